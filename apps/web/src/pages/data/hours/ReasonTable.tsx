import type { MissingHours } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../components/table/column.ts'
import { DataTable } from '../../../components/table/DataTable.tsx'
import { countReasons } from './reasons.ts'

type Row = ReturnType<typeof countReasons>[number]

/** The grid in numbers: hours of each reason that occurs, by station. */
export function ReasonTable({ data }: { data: MissingHours }) {
  const { t } = useTranslation('data')
  const rows = useMemo(() => countReasons(data), [data])
  const columns = useMemo<readonly Column<Row>[]>(() => {
    const occurring = data.reasons.flatMap((reason, index) =>
      rows.some((row) => (row.counts[index] ?? 0) > 0) ? [{ ...reason, index }] : [],
    )
    return [
      { key: 'station', title: t('station.name'), value: (row) => row.station },
      ...occurring.map(
        (reason): Column<Row> => ({
          key: reason.code,
          title: reason.text,
          unit: 'h',
          decimals: 0,
          value: (row) => row.counts[reason.index] ?? 0,
        }),
      ),
    ]
  }, [data, rows, t])
  return (
    <DataTable
      id="reasons"
      caption={t('hours.count')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.pointId}
      exportName={t('hours.title')}
    />
  )
}
