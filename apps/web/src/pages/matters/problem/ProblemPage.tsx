import { type ProblemDetail, problemThemeTitles } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { urlOf } from '../../../api/client.ts'
import { useProblem, useProblemRefresh, useSimilarEnterprises } from '../../../api/problems.ts'
import { useCarriedSearch } from '../../../app/layout/useScope.ts'
import { Page, Panel } from '../../../components/Page.tsx'
import { Async } from '../../../components/states.tsx'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { useSession } from '../../../session/session.tsx'
import { NewMatter } from '../open/NewMatter.tsx'
import { useNewMatterAddress } from '../open/useNewMatterAddress.ts'
import { DueMark, ReboundMark, StateMark } from '../parts/MatterMarks.tsx'
import { ProblemState, SourceBadge } from '../problems/ProblemMarks.tsx'
import { CausesPart } from './CausesPart.tsx'
import { DuplicatesPart } from './DuplicatesPart.tsx'
import css from './problem.module.css'

/** What was found, who told of it, what is behind it, who works on it, and where else it may be? */
export function ProblemPage() {
  const { t } = useTranslation('problems')
  const id = Number(useParams().id)
  const query = useProblem(id)
  useProblemRefresh()
  return (
    <Page title={query.data?.problem.title ?? t('one')} note={query.data?.problem.number}>
      <Async query={query} what={t('one')} rows={14}>
        {(detail) => <Problem detail={detail} />}
      </Async>
      <NewMatter />
    </Page>
  )
}

function Problem({ detail }: { detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  return (
    <>
      <Head detail={detail} />
      <div className={css.columns}>
        <div className={css.column}>
          <MattersPart detail={detail} />
          <DuplicatesPart detail={detail} />
          <SourcesPart detail={detail} />
        </div>
        <div className={css.column}>
          <CausesPart detail={detail} />
          {detail.problem.enterprise !== null && (
            <SimilarPart id={detail.problem.id} title={t('similar.title')} />
          )}
        </div>
      </div>
    </>
  )
}

function Head({ detail }: { detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const search = useCarriedSearch()
  const { problem } = detail
  return (
    <Panel label={t('one')}>
      <p className={css.facts}>
        <ProblemState state={problem.state} />
        <SourceBadge source={problem.source} count={problem.sources} />
        <span>{official(problemThemeTitles[problem.theme])}</span>
        {problem.enterprise !== null && (
          <Link to={{ pathname: `/sources/enterprises/${problem.enterprise.id}`, search }}>
            {problem.enterprise.name}
          </Link>
        )}
        {problem.feature !== null && problem.feature.kind !== 'enterprise' && (
          <span>{problem.feature.name}</span>
        )}
        {problem.regionName !== null && <span>{problem.regionName}</span>}
        <span className="muted">{t('foundAt', { time: shortTime(problem.foundAt) })}</span>
        {problem.mergedInto !== null && (
          <Link to={{ pathname: `/matters/problems/${problem.mergedInto.id}`, search }}>
            {t('mergedInto', { number: problem.mergedInto.number })}
          </Link>
        )}
      </p>
      {detail.detail !== '' && <p className={css.detail}>{detail.detail}</p>}
    </Panel>
  )
}

function MattersPart({ detail }: { detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  const official = useOfficial()
  const { may } = useSession()
  const search = useCarriedSearch()
  const openNew = useNewMatterAddress()
  const { problem, matters } = detail
  const open = () =>
    openNew({
      problemId: problem.id,
      ...(problem.enterprise === null ? {} : { enterpriseId: problem.enterprise.id }),
    })
  return (
    <Panel
      title={t('matters.title')}
      tools={
        may('matter:open') &&
        problem.state !== 'merged' && (
          <Button
            type={matters.length === 0 ? 'primary' : 'default'}
            size="small"
            className="no-print"
            onClick={open}
          >
            {t('matters.open')}
          </Button>
        )
      }
    >
      {matters.length === 0 && <p className="worse">{t('matters.none')}</p>}
      <ul className={css.lines}>
        {matters.map((one) => (
          <li key={one.id}>
            <Link to={{ pathname: `/matters/${one.id}`, search }}>{one.title}</Link>
            <span className="muted">
              {official(one.workflowTitle)} {one.number}
              {one.handler !== null && ` · ${one.handler.name}`}
            </span>
            <span>
              <StateMark matter={one} /> <ReboundMark count={one.rebounds} />{' '}
              {one.due !== null && <DueMark due={one.due} />}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Every source of the problem, those of merged ones too. */
function SourcesPart({ detail }: { detail: ProblemDetail }) {
  const { t } = useTranslation('problems')
  return (
    <Panel title={t('sources.title', { count: detail.sources.length })}>
      <ul className={css.lines}>
        {detail.sources.map((one) => (
          <li key={one.id}>
            <span>
              <SourceBadge source={one.source} /> <strong>{one.title}</strong>
            </span>
            <span className="muted">
              {shortTime(one.foundAt)}
              {one.ref !== null && ` · ${one.ref}`}
              {one.registeredBy !== null && ` · ${t('sources.by', { name: one.registeredBy })}`}
              {one.problem.id !== detail.problem.id &&
                ` · ${t('sources.from', { number: one.problem.number })}`}
            </span>
            {one.detail !== '' && <p className={css.detail}>{one.detail}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const SHOWN = 12

/** 举一反三: which enterprises are like this one, and why. */
function SimilarPart({ id, title }: { id: number; title: string }) {
  const { t } = useTranslation('problems')
  const search = useCarriedSearch()
  const query = useSimilarEnterprises(id)
  return (
    <Panel
      title={title}
      tools={
        <a href={urlOf(`/problems/${id}/similar/export/xlsx`)} download className="no-print">
          {t('similar.export')}
        </a>
      }
    >
      <Async
        query={query}
        what={title}
        rows={4}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="muted">{t('similar.none')}</p>}
      >
        {({ items }) => (
          <ul className={css.lines}>
            {items.slice(0, SHOWN).map((one) => (
              <li key={one.enterprise.id}>
                <span>
                  <Link to={{ pathname: `/sources/enterprises/${one.enterprise.id}`, search }}>
                    {one.enterprise.name}
                  </Link>
                  {one.openProblems > 0 && (
                    <span className="worse"> {t('similar.open', { count: one.openProblems })}</span>
                  )}
                  {one.sameTheme > 0 && (
                    <span className="worse"> {t('similar.sameTheme', { count: one.sameTheme })}</span>
                  )}
                </span>
                <span className="muted">{one.reasons.map(({ text }) => text).join('；')}</span>
              </li>
            ))}
          </ul>
        )}
      </Async>
    </Panel>
  )
}
