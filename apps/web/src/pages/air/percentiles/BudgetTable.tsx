import type { AirBudget, AirYear } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { ScrollRegion } from '../../../components/ScrollRegion.tsx'
import { formatCount } from '../../../format/number.ts'
import year from '../year/year.module.css'

/** What the rest of the year may average, and how many more bad days it may have, target by target. */
export function BudgetTable({ data }: { data: AirYear }) {
  const { t } = useTranslation('air')
  if (data.budget.length === 0) return <p className="muted">{t('budget.none', { year: data.year })}</p>
  return (
    <ScrollRegion className={year.scroll} label={t('budget.title')}>
      <table className={year.table}>
        <thead>
          <tr>
            <th scope="col">{t('budget.targetHead')}</th>
            <th scope="col" className="number">
              {t('budget.reach')}
            </th>
            <th scope="col" className="number">
              {t('budget.remainingDays')}
            </th>
            <th scope="col" className="number">
              {t('budget.restMean')}
            </th>
            <th scope="col" className="number">
              {t('budget.badDays')}
            </th>
            <th scope="col" className="number">
              {t('budget.goodDays')}
            </th>
            <th scope="col">{t('budget.sentence')}</th>
          </tr>
        </thead>
        <tbody>
          {data.budget.map((entry) => (
            <BudgetRow key={`${entry.targetId} ${entry.indicator}`} entry={entry} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function BudgetRow({ entry }: { entry: AirBudget }) {
  const { t } = useTranslation('air')
  return (
    <tr>
      <th scope="row" className={year.name}>
        {entry.title}
      </th>
      <td className="number">
        {entry.reach} <span className={year.unit}>{entry.unit}</span>
      </td>
      <td className="number">{formatCount(entry.remainingDays)}</td>
      <td className="number">{entry.restMeanText ?? '–'}</td>
      <td className="number">{formatCount(entry.badDaysAffordable)}</td>
      <td className="number">{formatCount(entry.goodDaysNeeded)}</td>
      <td className={year.sentence}>
        {!entry.reachable && <strong className="worse">{t('budget.unreachable')} </strong>}
        {entry.sentence}
      </td>
    </tr>
  )
}
