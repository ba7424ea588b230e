import type { LeadRule } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import css from './rules.module.css'

const height = 20

/** Hits of twelve months as small bars; the dark part of a bar was confirmed. Read out as a sentence. */
export function Trend({ months }: { months: LeadRule['statistics']['trend'] }) {
  const { t } = useTranslation('rules')
  const most = Math.max(1, ...months.map((month) => month.hits))
  const total = months.reduce((sum, month) => sum + month.hits, 0)
  if (total === 0) return <span className="muted">–</span>
  const scale = (count: number) => `${(count / most) * height}px`
  return (
    <span
      className={css.trend}
      role="img"
      aria-label={t('trendOf', { total, months: months.length })}
      title={months.map((m) => `${m.month}: ${m.hits}`).join('\n')}
    >
      {months.map((month) => (
        <span key={month.month} className={css.bar} style={{ height: scale(month.hits) }}>
          <span style={{ height: scale(month.confirmed) }} />
        </span>
      ))}
    </span>
  )
}
