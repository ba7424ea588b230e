import type { AirRanking } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { rankingColumns } from './rankingColumns.ts'

export function RankingTable({ data }: { data: AirRanking }) {
  const { t } = useTranslation('air')
  const columns = useMemo(() => rankingColumns(t), [t])
  const own = data.entries.find((entry) => entry.own)
  return (
    <DataTable
      id="rt"
      caption={t('ranking.chart', { from: data.period.from, to: data.period.to })}
      columns={columns}
      rows={data.entries}
      rowKey={(entry) => entry.code}
      {...(own === undefined ? {} : { selectedKey: own.code })}
    />
  )
}
