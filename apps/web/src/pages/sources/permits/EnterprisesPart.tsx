import type { ObligationEnterprise } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useObligationEnterprises } from '../../../api/permits.ts'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { percent } from '../parts/amountColumns.ts'

interface Props {
  readonly year: number
  readonly regionCode: number
  readonly onEnterprise: (id: number, state: string) => void
}

/** Due, done and overdue by enterprise, with the three rates of self-monitoring. */
export function EnterprisesPart({ year, regionCode, onEnterprise }: Props) {
  const { t } = useTranslation('permits')
  const query = useObligationEnterprises(year, regionCode)
  const columns = useMemo<readonly Column<ObligationEnterprise>[]>(
    () => [
      { key: 'name', title: t('column.enterprise'), value: (row) => row.enterpriseName },
      { key: 'region', title: t('column.region'), choices: true, value: (row) => row.regionName },
      {
        key: 'overdue',
        title: t('state.overdue'),
        decimals: 0,
        value: (row) => row.counts.overdue,
        render: (row) => <b className={row.counts.overdue > 0 ? 'worse' : 'muted'}>{row.counts.overdue}</b>,
      },
      { key: 'due', title: t('state.due'), decimals: 0, value: (row) => row.counts.due },
      { key: 'done', title: t('state.done'), decimals: 0, value: (row) => row.counts.done },
      { key: 'late', title: t('late'), decimals: 0, value: (row) => row.counts.late },
      { key: 'exempt', title: t('state.exempt'), decimals: 0, value: (row) => row.counts.exempt },
      percent('plan', t('column.plan'), (row) => row.planCompleteness),
      percent('linkage', t('column.linkage'), (row) => row.manualLinkage),
      percent('tasks', t('column.tasks'), (row) => row.taskCompletion),
      { key: 'findings', title: t('column.findings'), decimals: 0, value: (row) => row.findings },
    ],
    [t],
  )
  return (
    <Async
      query={query}
      what={t('view.enterprises')}
      isEmpty={(data) => data.items.length === 0}
      empty={<Empty title={t('empty.obligations')} hint={t('empty.obligationsHint')} />}
    >
      {(data) => (
        <DataTable
          id="ent"
          caption={t('view.enterprises')}
          columns={columns}
          rows={data.items}
          rowKey={(row) => `${row.enterpriseId} ${row.regionCode}`}
          onRow={(row) => {
            if (row.enterpriseId !== null)
              onEnterprise(row.enterpriseId, row.counts.overdue > 0 ? 'overdue' : '')
          }}
        />
      )}
    </Async>
  )
}
