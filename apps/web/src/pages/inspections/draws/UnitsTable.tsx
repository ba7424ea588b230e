import { type PoolUnit, specialReasonTitles } from '@shanshui/contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column } from '../../../components/table/column.ts'
import { DataTable, type Paging } from '../../../components/table/DataTable.tsx'
import { useOfficial } from '../../../i18n/useOfficial.ts'

interface Props {
  readonly title: string
  readonly units: readonly PoolUnit[]
  readonly paging: Paging
}

/** Units of one pool, with what keeps them from being disturbed. */
export function UnitsTable({ title, units, paging }: Props) {
  const { t } = useTranslation('inspections')
  const official = useOfficial()
  const columns: Column<PoolUnit>[] = [
    {
      key: 'name',
      title: t('unit.name'),
      value: (row) => row.enterprise.name,
      render: (row) => <Link to={`/inspections/off-site/${row.enterprise.id}`}>{row.enterprise.name}</Link>,
    },
    {
      key: 'reason',
      title: t('unit.reason'),
      value: (row) =>
        row.specialReason === null
          ? row.reason
          : `${official(specialReasonTitles[row.specialReason])} ${row.reason}`,
    },
    { key: 'risk', title: t('unit.risk'), decimals: 0, value: (row) => row.risk },
    {
      key: 'visits',
      title: t('unit.visits'),
      value: (row) => (row.cap === null ? String(row.visitsThisYear) : `${row.visitsThisYear} / ${row.cap}`),
      render: (row) => (
        <span className={row.capReached ? 'worse' : undefined} title={row.capSource ?? ''}>
          {row.cap === null ? row.visitsThisYear : `${row.visitsThisYear} / ${row.cap}`}
        </span>
      ),
    },
    {
      key: 'positive',
      title: t('unit.positive'),
      value: (row) =>
        row.positiveList === null ? null : `${row.positiveList.from} – ${row.positiveList.to}`,
    },
    { key: 'drawn', title: t('unit.drawn'), value: (row) => (row.drawnThisYear ? t('yes') : null) },
    { key: 'last', title: t('unit.last'), value: (row) => row.lastVisitOn, oneLine: true },
  ]
  return (
    <DataTable
      id="units"
      caption={title}
      columns={columns}
      rows={units}
      rowKey={(row) => row.enterprise.id}
      paging={paging}
    />
  )
}
