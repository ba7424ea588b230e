import type { AirPercentiles } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../../components/chart/Chart.tsx'
import type { Column } from '../../../components/table/column.ts'
import { ink } from '../../../theme/theme.ts'

type Curve = AirPercentiles['items'][number]

interface Row {
  readonly p: number
  readonly value: number | null
  readonly last: number | null
}

/** Percentile against concentration, this year and last; the judged percentiles and their limits are marked. */
export function PercentileChart({
  data,
  curve,
  tools,
}: {
  data: AirPercentiles
  curve: Curve
  tools: ReactNode
}) {
  const { t } = useTranslation('air')
  const { zh, unit, decimals } = airItemInfo[curve.item]
  const year = Number(data.period.from.slice(0, 4))
  const rows = useMemo<Row[]>(
    () =>
      curve.curve.map((point) => ({
        p: point.p,
        value: point.value,
        last: curve.lastYear.find((other) => other.p === point.p)?.value ?? null,
      })),
    [curve],
  )
  const option = useMemo(
    () => ({
      grid: { left: 46, right: 70, top: 44, bottom: 36 },
      legend: { top: 0, right: 0 },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'value',
        min: 0,
        max: 100,
        name: t('percentiles.axis'),
        nameLocation: 'middle',
        nameGap: 22,
      },
      yAxis: { type: 'value', name: unit, splitLine: { lineStyle: { color: ink.line } } },
      series: [
        {
          name: String(year - 1),
          type: 'line',
          showSymbol: false,
          lineStyle: { color: '#9aa5b1', width: 1.5, type: 'dashed' },
          itemStyle: { color: '#9aa5b1' },
          data: rows.map((row) => [row.p, row.last]),
        },
        {
          name: String(year),
          type: 'line',
          showSymbol: false,
          lineStyle: { color: ink.accent, width: 2 },
          itemStyle: { color: ink.accent },
          data: rows.map((row) => [row.p, row.value]),
          markLine: {
            symbol: 'none',
            silent: true,
            data: curve.evaluated.flatMap((entry) => [
              {
                xAxis: entry.p,
                lineStyle: { color: ink.faint, type: 'dotted' },
                label: { formatter: `P${entry.p}` },
              },
              ...(entry.limit === null
                ? []
                : [
                    {
                      yAxis: entry.limit,
                      lineStyle: { color: ink.worse },
                      label: { formatter: `${t('items.limit')} ${entry.limit}`, color: ink.worse },
                    },
                  ]),
            ]),
          },
        },
      ],
    }),
    [rows, curve, unit, year, t],
  )
  const columns: Column<Row>[] = [
    { key: 'p', title: t('percentiles.percentile'), decimals: 0, value: (row) => row.p },
    { key: 'value', title: String(year), unit, decimals, value: (row) => row.value },
    { key: 'last', title: String(year - 1), unit, decimals, value: (row) => row.last },
  ]
  const label = t('percentiles.chart', { item: zh, year, last: year - 1 })
  return (
    <Chart
      id="p"
      label={label}
      option={option}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.p}
      tools={tools}
      height={300}
    />
  )
}
