import { type InspectionPlanDetail, type PlanChange, visitKindTitles } from '@shanshui/contract'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../components/Page.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'

type LeftOut = InspectionPlanDetail['leftOut'][number]

interface Props {
  readonly plan: InspectionPlanDetail
  readonly editable: boolean
  readonly onAdd: (change: PlanChange) => void
}

/** What stays undone, and why. */
export function LeftOutPart({ plan, editable, onAdd }: Props) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const [date] = plan.days
  const first = plan.inspectors.slice(0, 2).map(({ id }) => id)
  const columns: Column<LeftOut>[] = [
    { key: 'title', title: t('leftOut.what'), value: (row) => row.enterprise?.name ?? row.title },
    {
      key: 'kind',
      title: t('leftOut.kind'),
      value: (row) => official(visitKindTitles[row.kind]),
      choices: true,
      oneLine: true,
    },
    { key: 'value', title: t('leftOut.value'), decimals: 0, value: (row) => row.value },
    { key: 'reason', title: t('leftOut.reason'), value: (row) => row.reason },
    ...(editable && date !== undefined && first.length > 0
      ? [
          {
            key: 'add',
            title: t('leftOut.add'),
            value: () => null,
            render: (row: LeftOut) => (
              <Button
                size="small"
                onClick={() =>
                  onAdd({ kind: 'add', candidateId: row.candidateId, date, inspectorIds: first })
                }
              >
                {t('leftOut.add')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Panel title={t('leftOut.title', { count: plan.leftOut.length })}>
      <DataTable
        id="left"
        caption={t('leftOut.title', { count: plan.leftOut.length })}
        columns={columns}
        rows={plan.leftOut}
        rowKey={(row) => row.candidateId}
      />
    </Panel>
  )
}
