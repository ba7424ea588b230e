/** Hours of an outlet as the fraud rules read them: raw and marked, on a gap-free grid. */
import type { OutletFrame, ParameterSeries } from '@shanshui/fraud'
import type { Device, Outlet, ParameterChange } from '../registry/index.ts'
import { hourMs } from '../series/index.ts'
import type { OutletHours } from './hour-table.ts'

/** Journal records by factor and hour, to name the evidence of a finding. */
export type Messages = ReadonlyMap<string, ReadonlyMap<number, bigint>>

const nan = (n: number) => new Float64Array(n).fill(Number.NaN)

export function outletFrame(
  outlet: Outlet,
  rows: readonly OutletHours[],
  devices: readonly Device[],
  changes: readonly ParameterChange[],
  tickets: readonly { readonly fromMs: number; readonly toMs: number }[],
  fromMs: number,
  toMs: number,
): OutletFrame {
  const first = Math.floor(fromMs / hourMs)
  const n = Math.max(0, Math.ceil(toMs / hourMs) - first)
  const startMs = Float64Array.from({ length: n }, (_, i) => (first + i) * hourMs)
  return {
    outlet: String(outlet.id),
    medium: outlet.medium,
    startMs,
    parameters: rows.map((row) => seriesOf(row)),
    extras: {
      parameterChanges: changes.flatMap(({ atMs, factor, name, before, after }) =>
        typeof before === 'number' && typeof after === 'number'
          ? [{ atMs, parameter: factor, item: name, before, after }]
          : [],
      ),
      tickets,
    },
  }

  function seriesOf(row: OutletHours): ParameterSeries {
    const [value, converted, o2, flow, load, limit] = [nan(n), nan(n), nan(n), nan(n), nan(n), nan(n)]
    const mark = new Array<string>(n).fill('')
    for (let j = 0; j < row.startMs.length; j++) {
      const i = Math.round((row.startMs[j] as number) / hourMs) - first
      if (i < 0 || i >= n) continue
      value[i] = row.measured[j] as number
      converted[i] = row.reported[j] as number
      o2[i] = row.o2[j] as number
      flow[i] = row.flow[j] as number
      load[i] = row.load[j] as number
      limit[i] = row.limit[j] as number
      mark[i] = (row.marks[j] ?? ' ').trim()
    }
    return {
      parameter: row.factor,
      value,
      converted,
      o2,
      flow,
      load,
      mark,
      limit,
      range: rangeOf(row.factor),
    }
  }

  /** Range of the device by hour, where it was changed; NaN when no device is registered. */
  function rangeOf(factor: string): number | Float64Array {
    const now = devices.flatMap((d) => d.parameters).find((p) => p.factor === factor)?.rangeHigh ?? Number.NaN
    const own = changes.filter(
      (c) => c.factor === factor && c.name === 'rangeHigh' && typeof c.before === 'number',
    )
    if (own.length === 0) return now
    return startMs.map((ms) => {
      const next = own.find((c) => c.atMs > ms)
      return next === undefined ? now : (next.before as number)
    })
  }
}

export function messagesOf(rows: readonly OutletHours[]): Messages {
  return new Map(
    rows.map((row) => {
      const byHour = new Map<number, bigint>()
      for (let j = 0; j < row.startMs.length; j++) {
        const msg = row.msg[j] ?? 0n
        if (msg > 0n) byHour.set(row.startMs[j] as number, msg)
      }
      return [row.factor, byHour]
    }),
  )
}
