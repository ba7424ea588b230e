import type { Revision } from '@shanshui/contract'
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
import { shortTime } from '../../../format/time.ts'
import { ink } from '../../../theme/theme.ts'
import { type FactorInfo, limitText } from '../parts/factor.ts'
import { type Band, markBands, type OutletRow } from './outletRows.ts'
import { stateColours } from './stateColours.ts'

interface Input {
  readonly rows: readonly OutletRow[]
  readonly info: FactorInfo
  readonly markNames: ReadonlyMap<string, string>
  readonly revisions: readonly Pick<Revision, 'start'>[]
  readonly t: TFunction<'monitoring'>
}

const HOUR_MS = 3_600_000
/** A limit far above the values would press the curve flat. */
const WORTH_SHOWING = 4

/** Values with their limit and marks as bands above, the validity of each hour as a strip below, one time axis. */
export function outletOption(input: Input): EChartsCoreOption {
  const { rows, info, t } = input
  const counts = (row: OutletRow) => row.state === 'valid' || row.state === 'exempt'
  return {
    ...stripLayout({ height: 214, stripTop: 256, zoomBottom: 2, period: 'hour' }),
    tooltip: instantTooltip(rows, linesOf(input)),
    yAxis: [
      {
        type: 'value',
        gridIndex: 0,
        name: info.unit,
        scale: info.unit === '',
        ...axisTop(rows),
        splitLine: { lineStyle: { color: ink.line } },
      },
      stripScale,
    ],
    series: [
      {
        name: info.name,
        type: 'line',
        showSymbol: false,
        connectNulls: false,
        lineStyle: { color: ink.accent, width: 1.4 },
        itemStyle: { color: ink.accent },
        data: rows.map((row) => [onAxis(row.ms), counts(row) ? row.value : null]),
        markArea: bandsOf(input),
      },
      limitSeries(rows, t),
      dots(
        t('chart.exceeded'),
        'circle',
        ink.worse,
        rows.filter((row) => row.exceeded),
      ),
      dots(
        t('chart.void'),
        'diamond',
        stateColours.invalid,
        rows.filter((row) => row.state === 'invalid'),
      ),
      revisionTicks(t('chart.revised'), input.revisions),
      stateStrip(
        t('hourState.title'),
        rows.map(({ ms, state }) => ({ ms, state, colour: stateColours[state] })),
        HOUR_MS,
      ),
    ],
  }
}

/** The highest value of the hours that are not invalid. */
function countedTop(rows: readonly OutletRow[]): number {
  return Math.max(0, ...rows.filter((row) => row.state !== 'invalid').map((row) => row.value ?? 0))
}

/** Values that do not count, of a calibration for instance, must not press the others flat: they are in the table. */
function axisTop(rows: readonly OutletRow[]): { max?: number } {
  const max = countedTop(rows)
  const tallest = Math.max(0, ...rows.map((row) => row.value ?? 0))
  const limit = Math.max(0, ...rows.map((row) => row.limit ?? 0))
  const wanted = Math.max(max, limit <= max * WORTH_SHOWING ? limit : 0) * 1.1
  if (max === 0 || tallest <= wanted) return {}
  const step = 10 ** Math.floor(Math.log10(wanted)) / 2
  return { max: Math.ceil(wanted / step) * step }
}

function dots(name: string, symbol: string, color: string, rows: readonly OutletRow[]): object {
  return {
    name,
    type: 'scatter',
    symbol,
    symbolSize: 6,
    itemStyle: { color },
    data: rows.filter((row) => row.value !== null).map((row) => [onAxis(row.ms), row.value]),
  }
}

/** The limit changes with editions and permits: a stepped line, not one level. Left out where far above the values. */
function limitSeries(rows: readonly OutletRow[], t: Input['t']): object {
  const max = countedTop(rows)
  const limits = rows.map(({ limit }) => (limit !== null && limit <= max * WORTH_SHOWING ? limit : null))
  const last = limits.findLast((limit) => limit !== null) ?? null
  return {
    name: t('limit'),
    type: 'line',
    step: 'end',
    showSymbol: false,
    silent: true,
    lineStyle: { color: ink.worse, width: 1, type: 'dashed' },
    itemStyle: { color: ink.worse },
    data: rows.map((row, index) => [onAxis(row.ms), limits[index] ?? null]),
    endLabel: { show: false },
    ...(last === null
      ? {}
      : {
          markLine: {
            symbol: 'none',
            silent: true,
            lineStyle: { color: 'transparent' },
            data: [
              {
                yAxis: last,
                label: {
                  formatter: `${t('limit')} ${limitText(last)}`,
                  color: ink.worse,
                  position: 'insideEndTop',
                },
              },
            ],
          },
        }),
  }
}

function bandsOf({ rows, markNames }: Input): object {
  const bands = markBands(rows)
  return {
    silent: true,
    itemStyle: { color: 'rgba(138, 83, 0, 0.12)' },
    label: { show: bands.length <= 8, color: ink.warn, fontSize: 11, position: 'insideTop' },
    data: bands.map((band: Band) => [
      { xAxis: onAxis(band.fromMs), name: markNames.get(band.mark) ?? band.mark },
      { xAxis: onAxis(band.toMs) },
    ]),
  }
}

/** What is said of the hour under the pointer. */
function linesOf({ info, markNames, t }: Input) {
  return (row: OutletRow): string[] => [
    shortTime(row.ms),
    `${info.name} ${formatNumber(row.value, info.decimals)} ${info.unit}`,
    ...(row.limit === null ? [] : [`${t('limit')} ${limitText(row.limit)}`]),
    t(`hourState.${row.state}`),
    ...(row.reason === '' ? [] : [row.reason]),
    ...(row.mark === '' ? [] : [`${t('mark')} ${markNames.get(row.mark) ?? row.mark}`]),
  ]
}
