import type { LeadChart } from '@shanshui/contract'
import type { EChartsCoreOption } from 'echarts/core'
import { shortTime, toMs } from '../../../format/time.ts'
import { ink } from '../../../theme/theme.ts'

const HOUR_MS = 3_600_000
const BAND = 'rgba(179, 38, 30, 0.09)'
const MARK = '#c9d1d9'
const LOAD = '#8a6d3b'
const REPORTED = '#7a5aa6'

export interface CaseWords {
  readonly value: string
  readonly reported: string
  readonly limit: string
  readonly load: string
  readonly o2: string
  readonly marks: string
}

type Points = readonly (readonly [number, number | null])[]

const points = (chart: LeadChart, values: readonly (number | null)[]): Points =>
  chart.hours.map((hour, i) => [toMs(hour), values[i] ?? null] as const)

const hasAny = (values: readonly (number | null)[]): boolean => values.some((value) => value !== null)

/** The value that a limit is compared with: converted where the outlet has a reference oxygen, else as measured. */
export function judged(chart: LeadChart): readonly (number | null)[] {
  return hasAny(chart.converted) ? chart.converted : chart.measured
}

/**
 * Above: the value, what the plant reported, the limit; the windows that triggered are shaded, the hours that count are
 * dotted. Below: load and oxygen, and a strip of the marks: what explains a jump, or does not.
 */
export function caseOption(chart: LeadChart, words: CaseWords): EChartsCoreOption {
  const value = judged(chart)
  const reported = differs(chart.reported, value)
  const showLoad = hasAny(chart.load)
  const showO2 = hasAny(chart.o2)
  const hits = chart.hits.map((i) => [toMs(chart.hours[i] ?? 0), value[i] ?? null])
  const marks = chart.hours.flatMap((hour, i) => ((chart.marks[i] ?? '').trim() === '' ? [] : [toMs(hour)]))
  const lower = { xAxisIndex: 1, showSymbol: false, type: 'line', lineStyle: { width: 1 } } as const
  return {
    grid: [
      { left: 48, right: 46, top: 30, height: 150 },
      { left: 48, right: 46, top: 204, height: 62 },
    ],
    legend: { top: 0, left: 40, itemWidth: 16, itemHeight: 8 },
    tooltip: {
      trigger: 'axis',
      valueFormatter: (v: unknown) => (typeof v === 'number' ? String(Number(v.toPrecision(5))) : '–'),
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    dataZoom: [{ type: 'inside', xAxisIndex: [0, 1] }],
    xAxis: [0, 1].map((gridIndex) => ({
      type: 'time',
      gridIndex,
      axisLabel: { show: gridIndex === 1, hideOverlap: true, formatter: (ms: number) => shortTime(ms) },
      axisLine: { lineStyle: { color: ink.lineStrong } },
    })),
    yAxis: [
      { type: 'value', splitLine: { lineStyle: { color: ink.line } } },
      { type: 'value', gridIndex: 1, min: 0, splitNumber: 2, splitLine: { show: false } },
      { type: 'value', gridIndex: 1, min: 0, splitNumber: 2, splitLine: { show: false } },
    ],
    series: [
      {
        name: words.value,
        type: 'line',
        showSymbol: false,
        data: points(chart, value),
        lineStyle: { width: 1.4, color: ink.accent },
        itemStyle: { color: ink.accent },
        markArea: {
          silent: true,
          itemStyle: { color: BAND },
          data: chart.windows.map(({ from, to }) => [{ xAxis: toMs(from) }, { xAxis: toMs(to) }]),
        },
      },
      {
        name: words.limit,
        type: 'line',
        step: 'start',
        showSymbol: false,
        data: points(chart, chart.limit),
        lineStyle: { width: 1.2, type: 'dashed', color: ink.worse },
        itemStyle: { color: ink.worse },
      },
      ...(reported
        ? [
            {
              name: words.reported,
              type: 'line',
              showSymbol: false,
              data: points(chart, chart.reported),
              lineStyle: { width: 1, color: REPORTED },
              itemStyle: { color: REPORTED },
            },
          ]
        : []),
      {
        type: 'scatter',
        symbolSize: 4,
        data: hits,
        itemStyle: { color: ink.worse },
        tooltip: { show: false },
        silent: true,
      },
      ...(showLoad
        ? [{ ...lower, yAxisIndex: 1, name: words.load, data: points(chart, chart.load), color: LOAD }]
        : []),
      ...(showO2
        ? [{ ...lower, yAxisIndex: 2, name: words.o2, data: points(chart, chart.o2), color: ink.better }]
        : []),
      {
        name: words.marks,
        type: 'line',
        xAxisIndex: 1,
        yAxisIndex: 1,
        data: [],
        color: MARK,
        markArea: {
          silent: true,
          itemStyle: { color: MARK, opacity: 0.5 },
          data: spans(marks).map(([from, to]) => [{ xAxis: from }, { xAxis: to }]),
        },
      },
    ],
  }
}

/** The reported line is drawn only where it tells something: it is not the computed one. */
function differs(reported: readonly (number | null)[], value: readonly (number | null)[]): boolean {
  return reported.some((r, i) => {
    const v = value[i]
    return r !== null && v != null && Math.abs(r - v) > 0.01 * Math.max(Math.abs(v), 1e-9)
  })
}

/** Runs of consecutive hours as [from, to). Hours ascending, epoch ms. */
export function spans(hours: readonly number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const hour of hours) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === hour) last[1] = hour + HOUR_MS
    else runs.push([hour, hour + HOUR_MS])
  }
  return runs
}
