import type { InspectionPlanDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../format/number.ts'
import css from './plan.module.css'

/** Person-days used, risk covered, risk covered per person-day, what stays undone; then how good the plan can be. */
export function PlanNumbers({ plan }: { plan: InspectionPlanDetail }) {
  const { t } = useTranslation('inspections')
  const shown = (value: number | null, decimals: number) =>
    value === null ? '–' : formatNumber(value, decimals)
  const numbers: [string, string][] = [
    [
      t('plan.personDays'),
      `${formatNumber(plan.personDays.used, 0)} / ${formatNumber(plan.personDays.available, 0)}`,
    ],
    [t('plan.visits'), String(plan.visitCount)],
    [t('plan.value'), shown(plan.value, 0)],
    [t('plan.perPersonDay'), shown(plan.valuePerPersonDay, 1)],
    [t('plan.leftOut'), String(plan.leftOutCount)],
  ]
  return (
    <section aria-label={t('plan.numbers')}>
      <dl className={css.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">
        {plan.method !== null && t(`plan.method.${plan.method}`)}
        {plan.bound !== null && ` ${t('plan.bound', { value: formatNumber(plan.bound, 0) })}`}
        {plan.gap !== null && ` ${t('plan.gap', { percent: formatNumber(plan.gap * 100, 1) })}`}
        {plan.boundNote !== '' && ` ${plan.boundNote}`}
      </p>
      {plan.summary.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  )
}
