import type { AirBudget } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import css from './year.module.css'

/** What the rest of the year may be for the targets to be met, a sentence each. */
export function BudgetPart({ budget }: { budget: readonly AirBudget[] }) {
  const { t } = useTranslation('air')
  return (
    <ul className={css.sentences}>
      {budget.map((entry) => (
        <li key={`${entry.targetId} ${entry.indicator}`}>
          {!entry.reachable && <strong className="worse">{t('budget.unreachable')} </strong>}
          {entry.sentence}
          <div className="muted">
            {t('budget.target', { title: entry.title, reach: entry.reach, unit: entry.unit })} ·{' '}
            {t('budget.remaining', { count: entry.remainingDays })}
          </div>
        </li>
      ))}
    </ul>
  )
}
