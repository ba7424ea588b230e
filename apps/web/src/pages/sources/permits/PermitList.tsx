import type { PermitSummary } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePermits } from '../../../api/permits.ts'
import { Async, Empty } from '../../../components/states.tsx'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'

const tone = { valid: '', expiring: 'worse', expired: 'worse' } as const

/** Permits with their standing and the number of contradictions in each. */
export function PermitList({ regionCode }: { regionCode: number }) {
  const { t } = useTranslation('permits')
  const query = usePermits(regionCode, '')
  const columns = useMemo<readonly Column<PermitSummary>[]>(
    () => [
      {
        key: 'enterprise',
        title: t('column.enterprise'),
        value: (row) => row.enterpriseName,
        render: (row) => <Link to={`/sources/permits/${row.id}`}>{row.enterpriseName}</Link>,
      },
      { key: 'number', title: t('column.number'), oneLine: true, value: (row) => row.number },
      { key: 'region', title: t('column.region'), choices: true, value: (row) => row.regionName },
      {
        key: 'management',
        title: t('column.management'),
        choices: true,
        value: (row) => t(`management.${row.management}`),
      },
      { key: 'expires', title: t('column.expires'), oneLine: true, value: (row) => row.expiresOn },
      {
        key: 'standing',
        title: t('column.standing'),
        choices: true,
        value: (row) => t(`standing.${row.standing}`),
        render: (row) => <b className={tone[row.standing]}>{t(`standing.${row.standing}`)}</b>,
      },
      { key: 'outlets', title: t('column.outlets'), decimals: 0, value: (row) => row.outlets },
      {
        key: 'findings',
        title: t('column.findings'),
        decimals: 0,
        value: (row) => row.findings,
        render: (row) => <b className={row.findings > 0 ? 'worse' : 'muted'}>{row.findings}</b>,
      },
      { key: 'overdue', title: t('state.overdue'), decimals: 0, value: (row) => row.counts.overdue },
    ],
    [t],
  )
  const { rows, paging } = pagedRows(query)
  return (
    <Async
      query={query}
      what={t('view.permits')}
      isEmpty={() => rows.length === 0}
      empty={<Empty title={t('empty.permits')} hint={t('empty.permitsHint')} />}
    >
      {() => (
        <DataTable
          id="permits"
          caption={t('view.permits')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          paging={paging}
        />
      )}
    </Async>
  )
}
