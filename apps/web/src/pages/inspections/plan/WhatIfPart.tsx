import type { InspectionPlanDetail } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWhatIf } from '../../../api/inspections.ts'
import { ErrorPanel } from '../../../components/ErrorPanel.tsx'
import { Panel } from '../../../components/Page.tsx'
import { formatNumber } from '../../../format/number.ts'

const MORE = 2

/** What two more inspectors would bring. */
export function WhatIfPart({ plan }: { plan: InspectionPlanDetail }) {
  const { t } = useTranslation('inspections')
  const ask = useWhatIf(plan.id)
  const answer = ask.data
  return (
    <Panel
      title={t('whatIf.title', { count: MORE })}
      tools={
        <Button size="small" loading={ask.isPending} onClick={() => ask.mutate(MORE)}>
          {t('whatIf.ask')}
        </Button>
      }
    >
      {answer === undefined && ask.error === null && <p className="muted">{t('whatIf.hint')}</p>}
      {answer !== undefined && (
        <>
          <p>
            {t('whatIf.answer', {
              more: answer.more,
              gain: formatNumber(answer.gain, 0),
              value: formatNumber(answer.value, 0),
              visits: answer.moreVisits,
            })}
          </p>
          <ul>
            {answer.added.map((one) => (
              <li key={one.candidateId}>
                {one.title} · {formatNumber(one.value, 0)}
              </li>
            ))}
          </ul>
        </>
      )}
      {ask.error !== null && <ErrorPanel error={ask.error} what={t('whatIf.ask')} />}
    </Panel>
  )
}
