import type { AirRanking } from '@shanshui/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../../components/chart/Chart.tsx'
import { ink } from '../../../theme/theme.ts'
import { rankingColumns } from './rankingColumns.ts'

const ROW_HEIGHT = 24

/** Indexes of all cities in order, best on top, the own city emphasised. */
export function RankingChart({ data }: { data: AirRanking }) {
  const { t } = useTranslation('air')
  const ordered = useMemo(
    () =>
      data.entries.filter((entry) => entry.value !== null).sort((a, b) => (a.value ?? 0) - (b.value ?? 0)),
    [data],
  )
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 44, top: 6, bottom: 6, containLabel: true },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: { type: 'value', splitLine: { lineStyle: { color: ink.line } }, axisLabel: { show: false } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: ordered.map((entry) => `${entry.rank ?? '–'} ${entry.name}`),
        axisTick: { show: false },
      },
      series: [
        {
          name: t('ranking.index'),
          type: 'bar',
          barWidth: '62%',
          label: {
            show: true,
            position: 'right',
            formatter: (entry: { value: number }) => entry.value.toFixed(2),
          },
          data: ordered.map((entry) => ({
            value: entry.value,
            itemStyle: { color: entry.own ? ink.accent : '#b8c2cc' },
            label: entry.own ? { fontWeight: 'bold', color: ink.accent } : {},
          })),
        },
      ],
    }),
    [ordered, t],
  )
  const label = t('ranking.chart', { from: data.period.from, to: data.period.to })
  return (
    <Chart
      id="r"
      label={label}
      option={option}
      height={Math.max(160, ordered.length * ROW_HEIGHT + 12)}
      columns={rankingColumns(t)}
      rows={data.entries}
      rowKey={(entry) => entry.code}
    />
  )
}
