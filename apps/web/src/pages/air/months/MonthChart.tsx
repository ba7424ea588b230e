import type { AirMonths } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../../components/chart/Chart.tsx'
import type { Column } from '../../../components/table/column.ts'
import { ink } from '../../../theme/theme.ts'
import { isItem, type Metric, type MonthPair, pairsOf } from './metric.ts'

/** This year's months against last year's, side by side. */
export function MonthChart({ data, metric, tools }: { data: AirMonths; metric: Metric; tools: ReactNode }) {
  const { t } = useTranslation('air')
  const pairs = useMemo(() => pairsOf(data.months, metric), [data, metric])
  const unit = pairs.find((pair) => pair.value !== undefined)?.value?.unit ?? ''
  const name = isItem(metric) ? airItemInfo[metric].zh : t(`months.${metric}`)
  const label = t('months.chart', { name, year: data.year, last: data.year - 1 })
  const option = useMemo(
    () => ({
      grid: { left: 44, right: 12, top: 34, bottom: 24 },
      legend: { top: 0, right: 0, itemHeight: 10 },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: {
        type: 'category',
        data: pairs.map((pair) => Number(pair.month.slice(5))),
        name: t('months.month'),
      },
      yAxis: {
        type: 'value',
        name: unit,
        nameTextStyle: { align: 'left' },
        splitLine: { lineStyle: { color: ink.line } },
      },
      series: [
        {
          name: String(data.year - 1),
          type: 'bar',
          itemStyle: { color: '#b8c2cc' },
          data: pairs.map((pair) => pair.lastYear?.value ?? null),
        },
        {
          name: String(data.year),
          type: 'bar',
          itemStyle: { color: ink.accent },
          data: pairs.map((pair) => pair.value?.value ?? null),
        },
      ],
    }),
    [pairs, unit, data.year, t],
  )
  const columns: Column<MonthPair>[] = [
    { key: 'month', title: t('months.month'), value: (row) => row.month },
    { key: 'value', title: String(data.year), unit, value: (row) => row.value?.text ?? null, align: 'right' },
    {
      key: 'last',
      title: String(data.year - 1),
      unit,
      value: (row) => row.lastYear?.text ?? null,
      align: 'right',
    },
    { key: 'change', title: t('items.change'), value: (row) => row.change?.text ?? null, align: 'right' },
  ]
  return (
    <Chart
      id="m"
      label={label}
      option={option}
      columns={columns}
      rows={pairs}
      rowKey={(row) => row.month}
      tools={tools}
      height={240}
    />
  )
}
