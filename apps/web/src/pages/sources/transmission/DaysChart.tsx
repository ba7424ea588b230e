import type { TransmissionReport } from '@shanshui/contract'
import type { EChartsCoreOption } from 'echarts/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../../components/chart/Chart.tsx'
import type { Column } from '../../../components/table/column.ts'
import { ink } from '../../../theme/theme.ts'

type Day = TransmissionReport['days'][number]

/** The rate day by day against its target; the axis starts below the lowest day, not at nought. */
export function DaysChart({ report }: { report: TransmissionReport }) {
  const { t } = useTranslation('monitoring')
  const { days, threshold } = report
  const option = useMemo((): EChartsCoreOption => {
    const lowest = Math.min(threshold.value, ...days.map((day) => day.effectiveRate ?? 100))
    return {
      grid: { left: 46, right: 16, top: 26, bottom: 24 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: days.map((day) => day.date.slice(5)) },
      yAxis: {
        type: 'value',
        name: '%',
        min: Math.max(0, Math.floor(lowest / 10) * 10),
        max: 100,
        splitLine: { lineStyle: { color: ink.line } },
      },
      series: [
        {
          name: t('transmission.effective'),
          type: 'line',
          showSymbol: days.length < 40,
          symbolSize: 5,
          connectNulls: false,
          lineStyle: { color: ink.accent, width: 1.4 },
          itemStyle: { color: ink.accent },
          data: days.map((day) => day.effectiveRate),
          markLine: {
            symbol: 'none',
            silent: true,
            lineStyle: { color: ink.worse, width: 1 },
            data: [
              {
                yAxis: threshold.value,
                label: { formatter: `${threshold.value}%`, color: ink.worse, position: 'insideEndTop' },
              },
            ],
          },
        },
      ],
    }
  }, [days, threshold.value, t])
  const columns: Column<Day>[] = [
    { key: 'date', title: t('transmission.date'), value: (row) => row.date },
    { key: 'due', title: t('transmission.due'), decimals: 0, value: (row) => row.due },
    { key: 'received', title: t('transmission.received'), decimals: 0, value: (row) => row.received },
    { key: 'valid', title: t('transmission.validCount'), decimals: 0, value: (row) => row.valid },
    {
      key: 'effective',
      title: t('transmission.effective'),
      unit: '%',
      decimals: 2,
      value: (row) => row.effectiveRate,
    },
  ]
  return (
    <Chart
      id="days"
      label={t('transmission.byDay')}
      option={option}
      height={200}
      columns={columns}
      rows={days}
      rowKey={(row) => row.date}
    />
  )
}
