import {
  checklistThemes,
  findingStateTitles,
  type OffSiteCheck,
  type OffSiteFinding,
  offSiteVerdictTitles,
} from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { integerParam, useAddress } from '../../../address/useAddress.ts'
import { useFindings, useOffSiteCheck, useRaiseFinding } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async, Empty } from '../../../components/states.tsx'
import { Unverified } from '../../../components/Unverified.tsx'
import { fullTime, shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { FindingSteps } from './FindingSteps.tsx'
import css from './off-site.module.css'
import { rowAddress } from './rowAddress.ts'

type Item = OffSiteCheck['items'][number]

const LONGEST = 366
const params = { days: integerParam(30, 1, LONGEST) }

/** What can be seen from data before anybody drives, and what has to be seen on site? */
export function OffSitePage() {
  const { t } = useTranslation('inspections')
  const { enterprise } = useParams()
  const id = Number(enterprise)
  const [{ days }, change] = useAddress(params)
  const query = useOffSiteCheck(id, days)
  const tools = (
    <label>
      {t('offSite.days')}{' '}
      <select value={days} onChange={(event) => change({ days: Number(event.target.value) })}>
        {[7, 30, 90, LONGEST].map((one) => (
          <option key={one} value={one}>
            {t('offSite.lastDays', { count: one })}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <Page
      title={
        query.data === undefined ? t('offSite.title') : `${query.data.enterpriseName} · ${t('offSite.title')}`
      }
      note={<Link to={`/sources/enterprises/${id}`}>{t('offSite.dossier')}</Link>}
      tools={tools}
    >
      <Async query={query} what={t('offSite.title')} rows={10}>
        {(check) => <Check check={check} />}
      </Async>
      <Findings enterpriseId={id} />
    </Page>
  )
}

function Check({ check }: { check: OffSiteCheck }) {
  const { t } = useTranslation('inspections')
  const count = (verdict: Item['verdict']) => check.items.filter((item) => item.verdict === verdict).length
  return (
    <>
      <p>
        {t('offSite.head', {
          from: check.from,
          to: check.to,
          abnormal: count('abnormal'),
          pass: count('pass'),
          noData: count('no-data'),
          at: fullTime(check.checkedAt),
        })}
      </p>
      <Panel title={t('offSite.items')}>
        <ul className={css.items}>
          {check.items.map((item) => (
            <ItemLine key={item.id} item={item} enterpriseId={check.enterpriseId} />
          ))}
        </ul>
      </Panel>
      <Remaining remaining={check.remaining} />
    </>
  )
}

function ItemLine({ item, enterpriseId }: { item: Item; enterpriseId: number }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const { may } = useSession()
  const raise = useRaiseFinding(enterpriseId)
  return (
    <li>
      <div className={css.line}>
        <strong className={`${css.verdict} ${item.verdict === 'abnormal' ? 'worse' : 'muted'}`}>
          {official(offSiteVerdictTitles[item.verdict])}
        </strong>
        <span className={css.grow}>
          <strong>{item.title}</strong> {item.finding}
        </span>
        {item.verdict === 'abnormal' && may('lead:handle') && (
          <Button
            size="small"
            loading={raise.isPending}
            disabled={raise.isSuccess}
            onClick={() => raise.mutate(item.id)}
          >
            {t(raise.isSuccess ? 'finding.raised' : 'finding.raise')}
          </Button>
        )}
      </div>
      {item.figures.length > 0 && (
        <p>{item.figures.map(({ name, value, unit }) => `${name} ${value}${unit ?? ''}`).join(' · ')}</p>
      )}
      {item.rows.length > 0 && (
        <details>
          <summary>{t('offSite.rows', { count: item.rows.length })}</summary>
          <ul>
            {item.rows.map((row) => {
              const to = rowAddress(row, enterpriseId)
              return (
                <li key={`${row.kind} ${row.id} ${row.title} ${row.at}`}>
                  {row.at !== null && `${shortTime(row.at)} `}
                  {to === undefined ? row.title : <Link to={to}>{row.title}</Link>}
                </li>
              )
            })}
          </ul>
        </details>
      )}
      <p className="muted">
        {item.basis} {item.status === 'unverified' && <Unverified source={item.basis} />}
        {item.status === 'design' && t('design')}
      </p>
      {raise.error !== null && <ErrorPanel error={raise.error} what={t('finding.raise')} />}
    </li>
  )
}

function Remaining({ remaining }: { remaining: OffSiteCheck['remaining'] }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const themes = Map.groupBy(remaining, ({ theme }) => theme)
  return (
    <Panel title={t('offSite.remaining', { count: remaining.length })}>
      {remaining.length === 0 && <p className="muted">{t('offSite.nothingRemains')}</p>}
      {[...themes].map(([theme, items]) => (
        <section key={theme}>
          <h3>
            {theme in checklistThemes
              ? official(checklistThemes[theme as keyof typeof checklistThemes])
              : theme}
          </h3>
          <ul>
            {items.map(({ title }) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  )
}

function Findings({ enterpriseId }: { enterpriseId: number }) {
  const { t } = useTranslation('inspections')
  const query = useFindings(enterpriseId)
  return (
    <Panel title={t('finding.title')}>
      <Async
        query={query}
        what={t('finding.title')}
        rows={3}
        isEmpty={(data) => data.pages.every(({ items }) => items.length === 0)}
        empty={<Empty title={t('finding.none')} />}
      >
        {(data) => (
          <ul className={css.items}>
            {data.pages
              .flatMap(({ items }) => items)
              .map((finding) => (
                <Finding key={finding.id} finding={finding} />
              ))}
          </ul>
        )}
      </Async>
    </Panel>
  )
}

function Finding({ finding }: { finding: OffSiteFinding }) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  return (
    <li>
      <div className={css.line}>
        <strong className={css.verdict}>{official(findingStateTitles[finding.state])}</strong>
        <span className={css.grow}>
          <strong>{finding.title}</strong> {finding.finding}
        </span>
        {finding.dueAt !== null && (
          <span className={finding.overdue ? 'worse' : 'muted'}>
            {t('finding.due', { at: shortTime(finding.dueAt) })}{' '}
            {finding.dueBasis?.status === 'unverified' && <Unverified source={finding.dueBasis.text} />}
          </span>
        )}
      </div>
      {[finding.verifyNote, finding.explanation, finding.decisionNote].map(
        (line) => line !== null && <p key={line}>{line}</p>,
      )}
      <FindingSteps finding={finding} />
    </li>
  )
}
