import type { InspectionPlanDetail } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import { formatNumber } from '../../../format/number.ts'
import { fullTime } from '../../../format/time.ts'

/** Who changed the plan, how, and what it cost. */
export function PlanChanges({ plan }: { plan: InspectionPlanDetail }) {
  const { t } = useTranslation('inspections')
  if (plan.changes.length === 0) return null
  return (
    <Panel title={t('changes.title')}>
      <ul>
        {plan.changes.map((change) => (
          <li key={change.version}>
            {fullTime(change.at)} {change.by}：{change.text}（{t('change.value')}{' '}
            {formatNumber(change.valueDifference, 1)}，{t('change.travel')}{' '}
            {formatNumber(change.travelDifference, 0)} {t('change.minutes')}）
            {change.reason !== null && ` ${change.reason}`}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
