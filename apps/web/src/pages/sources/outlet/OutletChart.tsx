import type { OutletHourColumns } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMarkItems } from '../../../api/sources.ts'
import { Chart } from '../../../components/chart/Chart.tsx'
import { StateLegend } from '../../../components/chart/StateLegend.tsx'
import type { Column } from '../../../components/table/column.ts'
import { shortTime } from '../../../format/time.ts'
import { factorInfo } from '../parts/factor.ts'
import css from './outlet.module.css'
import { outletOption } from './outletOption.ts'
import { type Basis, countStates, type OutletRow, outletRows } from './outletRows.ts'
import { hourStates, stateColours } from './stateColours.ts'
import { useRevisedHours } from './useRevisedHours.ts'

interface Props {
  readonly columns: OutletHourColumns
  readonly factor: string
  readonly basis: Basis
  readonly name: string
  readonly onHour: (ms: number) => void
}

/** One time axis: values against the limit, marks as bands, validity below; every hour opens. */
export function OutletChart({ columns, factor, basis, name, onHour }: Props) {
  const { t, i18n } = useTranslation('monitoring')
  const items = useMarkItems()
  const info = factorInfo(factor)
  const found = columns.factors.find((one) => one.factor === factor)
  const rows = useMemo(
    () => (found === undefined ? [] : outletRows(columns, found, basis)),
    [columns, found, basis],
  )
  const revisions = useRevisedHours(columns, factor)
  const markNames = useMemo(() => {
    const language = i18n.language === 'en' ? 'en' : 'zh'
    return new Map((items.data?.items ?? []).map((item) => [item.code, item.name[language]]))
  }, [items.data, i18n.language])
  const option = useMemo(
    () => outletOption({ rows, info, markNames, revisions, t }),
    [rows, info, markNames, revisions, t],
  )
  const counts = useMemo(() => countStates(rows), [rows])
  const number = (
    key: string,
    title: string,
    value: (row: OutletRow) => number | null,
  ): Column<OutletRow> => ({
    key,
    title,
    unit: info.unit,
    decimals: info.decimals,
    value,
  })
  const tableColumns: Column<OutletRow>[] = [
    {
      key: 'time',
      title: t('hour'),
      oneLine: true,
      value: (row) => shortTime(row.ms),
      render: (row) => (
        <button type="button" className={`plain-button ${css.link}`} onClick={() => onHour(row.ms)}>
          {shortTime(row.ms)}
        </button>
      ),
    },
    number('measured', t('basis.measured'), (row) => row.measured),
    number('converted', t('basis.converted'), (row) => row.converted),
    number('reported', t('basis.reported'), (row) => row.reported),
    number('limit', t('limit'), (row) => row.limit),
    { key: 'mass', title: t('mass'), unit: 'kg', decimals: 2, value: (row) => row.massKg },
    {
      key: 'state',
      title: t('hourState.title'),
      choices: true,
      value: (row) => t(`hourState.${row.state}`),
    },
    { key: 'reason', title: t('reason'), value: (row) => row.reason || null },
    {
      key: 'mark',
      title: t('mark'),
      choices: true,
      value: (row) => (row.mark === '' ? null : (markNames.get(row.mark) ?? row.mark)),
    },
    {
      key: 'exceeded',
      title: t('over'),
      value: (row) => (row.exceeded ? t('over') : null),
      render: (row) => (row.exceeded ? <b className="worse">{t('over')}</b> : '–'),
    },
  ]
  return (
    <>
      <Chart
        id="o"
        label={t('chart.label', { name, factor: info.name })}
        option={option}
        height={328}
        columns={tableColumns}
        rows={rows}
        rowKey={(row) => row.ms}
        onPick={(index, series) => {
          const picked = series === 2 ? rows.filter((row) => row.exceeded && row.value !== null) : rows
          const row = series === 3 ? undefined : picked[index]
          if (row !== undefined) onHour(row.ms)
        }}
      />
      <StateLegend
        states={hourStates.map((state) => ({
          key: state,
          colour: stateColours[state],
          text: `${t(`hourState.${state}`)} ${counts[state]}`,
        }))}
      >
        <li className="muted">{t('chart.hint')}</li>
      </StateLegend>
    </>
  )
}
