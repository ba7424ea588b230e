import type { LeadDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../../../format/time.ts'
import { LevelMark, StateMark } from './LeadMarks.tsx'
import css from './triage.module.css'

/** What happened to this lead, and what the plant has had before. */
export function CaseHistory({ detail }: { detail: LeadDetail }) {
  const { t } = useTranslation('leads')
  const { plant, history, lead } = detail
  const others = [...plant.open, ...plant.past].filter((one) => one.id !== lead.id)
  return (
    <div className={css.twoParts}>
      <section className={css.part} aria-label={t('history')}>
        <h3>{t('history')}</h3>
        <ol className={css.history}>
          {history.map((entry) => (
            <li key={`${entry.at} ${entry.action}`}>
              <span className="muted">{shortTime(entry.at)}</span> {entry.title}
              <span className="muted"> {entry.by ?? t('system')}</span>
              {entry.note !== null && <p>{entry.note}</p>}
            </li>
          ))}
        </ol>
      </section>
      <section className={css.part} aria-label={t('plant')}>
        <h3>{t('plant')}</h3>
        <p className="muted">
          {t('plantRecord', { confirmed: plant.confirmed, notConfirmed: plant.notConfirmed })}
        </p>
        <ul className={css.history}>
          {others.map((one) => (
            <li key={one.id}>
              <LevelMark level={one.level} /> {one.ruleTitle}
              <span className="muted">
                {' '}
                {one.featureName}
                {one.factorName !== null && ` · ${one.factorName}`} · {shortTime(one.openedAt)}
              </span>{' '}
              <StateMark state={one.state} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
