import type { AirItemName, Mark, Revision } from '@shanshui/contract'
import { airEditionOn, airItemInfo, airLimit } from '@shanshui/standards'
import type { EChartsCoreOption } from 'echarts/core'
import type { TFunction } from 'i18next'
import { formatNumber } from '../../../format/number.ts'
import { dateOf, shortTime } from '../../../format/time.ts'
import { ink } from '../../../theme/theme.ts'
import type { StationRow } from './stationRows.ts'
import type { StationPeriod } from './useStation.ts'
import { validityColours } from './validityColours.ts'

interface Input {
  readonly rows: readonly StationRow[]
  readonly item: AirItemName
  readonly period: StationPeriod
  readonly marks: readonly Mark[]
  readonly revisions: readonly Revision[]
  readonly zoneClass: 1 | 2
  readonly name: string
  readonly otherName: string
  readonly t: TFunction<'station'>
}

const STRIP = 1
const BEIJING_MS = 8 * 3_600_000

/** The axis runs in UTC; the city's wall clock is put on it, so that ticks stand at its midnights in any browser. */
const onAxis = (ms: number): number => ms + BEIJING_MS

/** The chart of the station page as an ECharts option: two grids on one time axis, values above, validity below. */
export function stationOption(input: Input): EChartsCoreOption {
  const { rows, item, otherName, name, t } = input
  const { unit } = airItemInfo[item]
  const limits = limitsOf(input)
  const timeAxis = {
    type: 'time',
    axisLabel: { formatter: (ms: number) => axisText(ms - BEIJING_MS, input.period), hideOverlap: true },
    axisLine: { lineStyle: { color: ink.lineStrong } },
    splitLine: { show: false },
  }
  return {
    useUTC: true,
    grid: [
      { left: 46, right: 16, top: 30, height: 210 },
      { left: 46, right: 16, top: 268, height: 12 },
    ],
    legend: { top: 0, right: 16, data: otherName === '' ? [name] : [name, otherName] },
    tooltip: { trigger: 'axis', formatter: tooltipOf(input) },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { ...timeAxis, gridIndex: 0, axisLabel: { show: false } },
      { ...timeAxis, gridIndex: STRIP, axisTick: { show: false } },
    ],
    yAxis: [
      {
        type: 'value',
        gridIndex: 0,
        name: unit,
        splitLine: { lineStyle: { color: ink.line } },
        max: ({ max }: { max: number }) => axisTop(max, limits),
      },
      { type: 'value', gridIndex: STRIP, min: 0, max: 1, show: false },
    ],
    dataZoom: [
      { type: 'slider', xAxisIndex: [0, STRIP], bottom: 4, height: 20, brushSelect: true },
      { type: 'inside', xAxisIndex: [0, STRIP], zoomOnMouseWheel: 'shift' },
    ],
    series: [
      {
        name,
        type: 'line',
        showSymbol: false,
        connectNulls: false,
        lineStyle: { color: ink.accent, width: 1.4 },
        itemStyle: { color: ink.accent },
        data: rows.map((row) => [
          onAxis(row.ms),
          row.validity === 'invalid' || row.validity === 'flagged' ? null : row.value,
        ]),
        markLine: limitLines(limits),
        markArea: markBands(input),
      },
      {
        name: t('validity.invalid'),
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: 6,
        itemStyle: { color: validityColours.invalid },
        data: rows
          .filter((row) => (row.validity === 'invalid' || row.validity === 'flagged') && row.value !== null)
          .map((row) => [onAxis(row.ms), row.value]),
      },
      ...(otherName === ''
        ? []
        : [
            {
              name: otherName,
              type: 'line',
              showSymbol: false,
              lineStyle: { color: '#9aa5b1', width: 1.2 },
              itemStyle: { color: '#9aa5b1' },
              data: rows.map((row) => [onAxis(row.ms), row.other]),
            },
          ]),
      revisionTicks(input),
      validityStrip(input),
    ],
  }
}

type LimitInput = Pick<Input, 'rows' | 'item' | 'period' | 'zoneClass' | 't'>

export interface LimitLine {
  readonly limit: number
  readonly label: string
}

/**
 * The limit of every edition in force inside the window, for the station's zone class. Particles have no hourly
 * limit (GB 3095 table 1): their daily one is drawn instead, and called so.
 */
export function limitsOf({ rows, item, period, zoneClass, t }: LimitInput): LimitLine[] {
  const first = rows[0]
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return []
  const averaging = period === 'hour' ? 'hour' : item === 'o3' ? 'mda8' : 'day'
  const editions = new Set([airEditionOn(dateOf(first.ms)), airEditionOn(dateOf(last.ms))])
  return [...editions].flatMap((edition) => {
    const own = airLimit(edition, item, averaging, zoneClass)
    const limit = own ?? airLimit(edition, item, 'day', zoneClass)
    if (limit === undefined) return []
    const name = own === undefined ? 'dayLimit' : 'limit'
    return [{ limit, label: t(name, { limit, edition: t(`editionShort.${edition}`) }) }]
  })
}

/** A limit far above the values is left outside: it would press the curve flat. */
const WORTH_SHOWING = 3

function isNear(limit: number, max: number): boolean {
  return limit <= max * WORTH_SHOWING
}

/** Limits that the axis does not reach; they are told in words below the chart. */
export function limitsOutside(input: LimitInput): LimitLine[] {
  const max = Math.max(0, ...input.rows.map((row) => row.value ?? 0))
  return limitsOf(input).filter(({ limit }) => !isNear(limit, max))
}

function axisTop(max: number, limits: readonly LimitLine[]): number {
  const near = limits.map(({ limit }) => limit).filter((limit) => isNear(limit, max))
  const top = Math.max(max, ...near) * 1.06
  const step = 10 ** Math.floor(Math.log10(Math.max(top, 1e-6))) / 2
  return Math.ceil(top / step) * step
}

function limitLines(limits: readonly LimitLine[]): object {
  return {
    symbol: 'none',
    silent: true,
    lineStyle: { color: ink.worse, width: 1 },
    data: limits.map(({ limit, label }) => ({
      yAxis: limit,
      label: { formatter: label, color: ink.worse, position: 'insideEndTop' },
    })),
  }
}

function markBands({ marks, item, t }: Input): object {
  const { code } = airItemInfo[item]
  const bands = marks.filter(
    (mark) => mark.withdrawn === null && (mark.factors === null || mark.factors.includes(code)),
  )
  return {
    silent: false,
    itemStyle: { color: 'rgba(179, 38, 30, 0.12)' },
    label: {
      show: bands.length <= 6,
      color: ink.secondary,
      fontSize: 11,
      position: 'insideTop',
      formatter: t('markBand'),
    },
    data: bands.map((mark) => [
      { xAxis: onAxis(Date.parse(mark.from)), name: mark.reason },
      { xAxis: onAxis(Date.parse(mark.to)) },
    ]),
  }
}

/** Small triangles at the foot of the curve where a value was replaced. */
function revisionTicks({ revisions, t }: Input): object {
  return {
    name: t('revisions.title'),
    type: 'scatter',
    symbol: 'triangle',
    symbolSize: 8,
    itemStyle: { color: ink.warn },
    data: revisions.map((revision) => [onAxis(Date.parse(revision.start)), 0]),
  }
}

interface ItemApi {
  value(dimension: number): number
  coord(point: readonly [number, number]): [number, number]
}

function validityStrip({ rows, period, t }: Input): object {
  const step = period === 'hour' ? 3_600_000 : 86_400_000
  return {
    name: t('validity.title'),
    type: 'custom',
    xAxisIndex: STRIP,
    yAxisIndex: STRIP,
    clip: true,
    encode: { x: 0 },
    data: rows.map((row) => [onAxis(row.ms), row.validity]),
    renderItem: (params: { dataIndex: number }, itemApi: ItemApi) => {
      const row = rows[params.dataIndex]
      if (row === undefined) return undefined
      const [left, top] = itemApi.coord([onAxis(row.ms), 1])
      const [right, bottom] = itemApi.coord([onAxis(row.ms) + step, 0])
      const shape = { x: left, y: top, width: Math.max(1, right - left), height: bottom - top }
      return { type: 'rect', shape, style: { fill: validityColours[row.validity] } }
    },
  }
}

function tooltipOf({ rows, item, name, otherName, t }: Input) {
  const { unit, decimals } = airItemInfo[item]
  const byTime = new Map(rows.map((row) => [onAxis(row.ms), row]))
  return (points: readonly { value: readonly [number, unknown] }[]): string => {
    const row = byTime.get(points[0]?.value[0] ?? Number.NaN)
    if (row === undefined) return ''
    const lines = [
      shortTime(row.ms),
      `${escapeHtml(name)} ${formatNumber(row.value, decimals)} ${unit}`,
      t(`validity.${row.validity}`),
    ]
    if (row.flag.trim() !== '') lines.push(`${t('flag')} ${escapeHtml(row.flag)}`)
    if (otherName !== '') lines.push(`${escapeHtml(otherName)} ${formatNumber(row.other, decimals)} ${unit}`)
    return lines.join('<br>')
  }
}

/** Station names are data; the tooltip is HTML. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function axisText(ms: number, period: StationPeriod): string {
  const text = shortTime(ms)
  if (period === 'day' || text.endsWith('00:00')) return text.slice(0, 5)
  return text.slice(6)
}
