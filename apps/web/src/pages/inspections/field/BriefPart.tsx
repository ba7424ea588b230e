import type { FieldOutlet, FieldTask } from '@shanshui/contract'
import { offSiteVerdictTitles } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import { useOfficial } from '../../../i18n/useOfficial.ts'
import { Arrival } from './Arrival.tsx'
import { CertificateForm } from './CertificateForm.tsx'
import css from './field.module.css'
import type { FieldView } from './fieldView.ts'

/** Why we came, who they are, what the data say already; then arriving and showing the certificates. */
export function BriefPart({ view, onNext }: { view: FieldView; onNext: () => void }) {
  const { t } = useTranslation('field')
  const { task } = view
  return (
    <>
      <section className={css.card} aria-label={t('brief.why')}>
        <h2>{t('brief.why')}</h2>
        <Lines lines={task.why} none={t('brief.none')} />
        <h2>{t('brief.what')}</h2>
        <Lines lines={task.what} none={t('brief.none')} />
      </section>
      <Arrival view={view} />
      <CertificateForm view={view} />
      <button type="button" className={css.primary} onClick={onNext}>
        {t('brief.toCheck')}
      </button>
      {task.enterprise !== null && <Enterprise enterprise={task.enterprise} />}
      <OffSite task={task} />
      {task.openLeads.length > 0 && (
        <details className={css.teach}>
          <summary>{t('brief.leads', { count: task.openLeads.length })}</summary>
          <div>
            {task.openLeads.map((lead) => (
              <article key={lead.id}>
                <h3>
                  {lead.object} · {lead.title}
                </h3>
                <p>{lead.explanation}</p>
                <p className={css.muted}>{t('brief.refutation', { text: lead.refutation })}</p>
              </article>
            ))}
          </div>
        </details>
      )}
      {task.openMatters.length > 0 && (
        <details className={css.teach}>
          <summary>{t('brief.matters', { count: task.openMatters.length })}</summary>
          <div>
            {task.openMatters.map((matter) => (
              <p key={matter.id}>
                {matter.number} {matter.title} · {matter.stateTitle}
                {matter.dueAt !== null && ` · ${t('brief.due', { at: shortTime(matter.dueAt) })}`}
              </p>
            ))}
          </div>
        </details>
      )}
      {task.outlets.length > 0 && <Outlets outlets={task.outlets} />}
    </>
  )
}

function Lines({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return <p className={css.muted}>{none}</p>
  return (
    <ul className={css.plainList}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function Enterprise({ enterprise }: { enterprise: NonNullable<FieldTask['enterprise']> }) {
  const { t } = useTranslation('field')
  const facts: [string, string | null][] = [
    [t('brief.creditCode'), enterprise.creditCode],
    [t('brief.address'), enterprise.address],
    [t('brief.industry'), enterprise.industry],
    [t('brief.person'), enterprise.person],
    [t('brief.permit'), enterprise.permit?.number ?? null],
    [t('brief.permitTo'), enterprise.permit?.validTo ?? null],
  ]
  return (
    <section className={css.card} aria-label={t('brief.enterprise')}>
      <h2>{t('brief.enterprise')}</h2>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
        <dt>{t('brief.phone')}</dt>
        <dd>
          {enterprise.phone === null ? '–' : <a href={`tel:${enterprise.phone}`}>{enterprise.phone}</a>}
        </dd>
      </dl>
    </section>
  )
}

function OffSite({ task }: { task: FieldTask }) {
  const { t } = useTranslation('field')
  const official = useOfficial()
  const { offSite } = task
  if (offSite === null) return null
  return (
    <details className={css.teach}>
      <summary>
        {t('brief.offSite', { count: offSite.items.filter(({ verdict }) => verdict === 'abnormal').length })}
      </summary>
      <div>
        <p className={css.muted}>{t('brief.offSiteDays', { from: offSite.from, to: offSite.to })}</p>
        <ul className={css.plainList}>
          {offSite.items.map((item) => (
            <li key={item.id}>
              <strong className={item.verdict === 'abnormal' ? css.bad : css.muted}>
                {official(offSiteVerdictTitles[item.verdict])}
              </strong>{' '}
              {item.title}：{item.finding}
            </li>
          ))}
        </ul>
        {offSite.remaining.length > 0 && <h3>{t('brief.remaining')}</h3>}
        <ul className={css.plainList}>
          {offSite.remaining.map(({ theme, title }) => (
            <li key={`${theme} ${title}`}>{title}</li>
          ))}
        </ul>
      </div>
    </details>
  )
}

const over = (value: number | null, limit: number | null): boolean =>
  value !== null && limit !== null && value > limit

function Outlets({ outlets }: { outlets: readonly FieldOutlet[] }) {
  const { t } = useTranslation('field')
  return (
    <details className={css.teach}>
      <summary>{t('brief.outlets', { count: outlets.length })}</summary>
      <div>
        {outlets.map((outlet) => (
          <article key={outlet.id}>
            <h3>
              {outlet.code} {outlet.name}
            </h3>
            <p className={css.muted}>
              {outlet.lastHour === null ? t('brief.noHour') : shortTime(outlet.lastHour)}
            </p>
            <ul className={css.plainList}>
              {outlet.factors.map((factor) => (
                <li key={factor.code}>
                  {factor.name}{' '}
                  <span className={over(factor.value, factor.limit) ? css.over : undefined}>
                    {factor.value ?? '–'} {factor.unit}
                  </span>
                  {factor.limit !== null && ` · ${t('brief.limit')} ${factor.limit}`}
                  {factor.clause !== null && <span className={css.muted}> {factor.clause}</span>}
                </li>
              ))}
            </ul>
          </article>
        ))}
      </div>
    </details>
  )
}
