import type { AirItemName, Mark, Revision } from '@shanshui/contract'
import { airEditionOn, airItemInfo, airLimit } from '@shanshui/standards'
import type { EChartsCoreOption } from 'echarts/core'
import type { TFunction } from 'i18next'
import {
  instantTooltip,
  onAxis,
  revisionTicks,
  stateStrip,
  stripLayout,
  stripScale,
} from '../../../components/chart/stateStrip.ts'
import { formatNumber } from '../../../format/number.ts'
import { dateOf, shortTime } from '../../../format/time.ts'
import { ink } from '../../../theme/theme.ts'
import { PERIOD_MS, type StationRow } from './stationRows.ts'
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

/** The chart of the station page as an ECharts option: two grids on one time axis, values above, validity below. */
export function stationOption(input: Input): EChartsCoreOption {
  const { rows, item, otherName, name, t } = input
  const { unit } = airItemInfo[item]
  const limits = limitsOf(input)
  return {
    ...stripLayout({ height: 210, stripTop: 268, zoomBottom: 4, period: input.period }),
    legend: { top: 0, right: 16, data: otherName === '' ? [name] : [name, otherName] },
    tooltip: instantTooltip(rows, linesOf(input)),
    yAxis: [
      {
        type: 'value',
        gridIndex: 0,
        name: unit,
        splitLine: { lineStyle: { color: ink.line } },
        max: ({ max }: { max: number }) => axisTop(max, limits),
      },
      stripScale,
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
      revisionTicks(t('revisions.title'), input.revisions),
      stateStrip(
        t('validity.title'),
        rows.map(({ ms, validity }) => ({ ms, state: validity, colour: validityColours[validity] })),
        PERIOD_MS[input.period],
      ),
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

/** What is said of the instant under the pointer. */
function linesOf({ item, name, otherName, t }: Input) {
  const { unit, decimals } = airItemInfo[item]
  return (row: StationRow): string[] => {
    const lines = [
      shortTime(row.ms),
      `${name} ${formatNumber(row.value, decimals)} ${unit}`,
      t(`validity.${row.validity}`),
    ]
    if (row.flag.trim() !== '') lines.push(`${t('flag')} ${row.flag}`)
    if (otherName !== '') lines.push(`${otherName} ${formatNumber(row.other, decimals)} ${unit}`)
    return lines
  }
}
