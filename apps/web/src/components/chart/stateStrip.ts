import type { Revision } from '@shanshui/contract'
import { BEIJING_MS, shortTime } from '../../format/time.ts'
import { ink } from '../../theme/theme.ts'

/** Place of the strip's grid and axes among those of the chart. */
const STRIP = 1

interface Instant {
  readonly ms: number
}
type Period = 'hour' | 'day'

/** The axis runs in UTC; the city's wall clock is put on it, so that ticks stand at its midnights in any browser. */
export const onAxis = (ms: number): number => ms + BEIJING_MS

interface Place {
  /** Of the values, px. */
  readonly height: number
  readonly stripTop: number
  readonly zoomBottom: number
  readonly period: Period
}

/** Values above, a strip with the state of each instant below, on one time axis that can be zoomed. */
export function stripLayout({ height, stripTop, zoomBottom, period }: Place) {
  const timeAxis = {
    type: 'time',
    axisLabel: { formatter: (ms: number) => axisText(ms - BEIJING_MS, period), hideOverlap: true },
    axisLine: { lineStyle: { color: ink.lineStrong } },
    splitLine: { show: false },
  }
  return {
    useUTC: true,
    grid: [
      { left: 46, right: 16, top: 30, height },
      { left: 46, right: 16, top: stripTop, height: 12 },
    ],
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { ...timeAxis, gridIndex: 0, axisLabel: { show: false } },
      { ...timeAxis, gridIndex: STRIP, axisTick: { show: false } },
    ],
    dataZoom: [
      { type: 'slider', xAxisIndex: [0, STRIP], bottom: zoomBottom, height: 20, brushSelect: true },
      { type: 'inside', xAxisIndex: [0, STRIP], zoomOnMouseWheel: 'shift' },
    ],
  }
}

function axisText(ms: number, period: Period): string {
  const text = shortTime(ms)
  if (period === 'day' || text.endsWith('00:00')) return text.slice(0, 5)
  return text.slice(6)
}

/** The vertical axis of the strip; stands second among those of the chart. */
export const stripScale = { type: 'value', gridIndex: STRIP, min: 0, max: 1, show: false } as const

interface ItemApi {
  coord(point: readonly [number, number]): [number, number]
}

/** One cell an instant, `stepMs` wide, in the colour of its state. */
export function stateStrip(
  name: string,
  cells: readonly (Instant & { readonly state: string; readonly colour: string })[],
  stepMs: number,
): object {
  return {
    name,
    type: 'custom',
    xAxisIndex: STRIP,
    yAxisIndex: STRIP,
    clip: true,
    encode: { x: 0 },
    data: cells.map(({ ms, state }) => [onAxis(ms), state]),
    renderItem: (params: { dataIndex: number }, itemApi: ItemApi) => {
      const cell = cells[params.dataIndex]
      if (cell === undefined) return undefined
      const [left, top] = itemApi.coord([onAxis(cell.ms), 1])
      const [right, bottom] = itemApi.coord([onAxis(cell.ms) + stepMs, 0])
      const shape = { x: left, y: top, width: Math.max(1, right - left), height: bottom - top }
      return { type: 'rect', shape, style: { fill: cell.colour } }
    },
  }
}

/** Small triangles at the foot of the curve where a value was replaced. */
export function revisionTicks(name: string, revisions: readonly Pick<Revision, 'start'>[]): object {
  return {
    name,
    type: 'scatter',
    symbol: 'triangle',
    symbolSize: 8,
    itemStyle: { color: ink.warn },
    data: revisions.map((revision) => [onAxis(Date.parse(revision.start)), 0]),
  }
}

/** The lines of the instant under the pointer. Names and reasons in them are data; the tooltip is HTML. */
export function instantTooltip<Row extends Instant>(
  rows: readonly Row[],
  linesOf: (row: Row) => readonly string[],
) {
  const byTime = new Map(rows.map((row) => [onAxis(row.ms), row]))
  const formatter = (points: readonly { value: readonly [number, unknown] }[]): string => {
    const row = byTime.get(points[0]?.value[0] ?? Number.NaN)
    return row === undefined ? '' : linesOf(row).map(escapeHtml).join('<br>')
  }
  return { trigger: 'axis', formatter }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
