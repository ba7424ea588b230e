/** Hours of an outlet as the fraud rules read them: raw and marked, on a gap-free grid. */
import type { Extras, OutletFrame, ParameterSeries } from '@shanshui/fraud'
import type { Queryable } from '../../platform/db/index.ts'
import { type StationClock, stationClocks } from '../intake/index.ts'
import { type Device, type Outlet, type ParameterChange, parameterChanges } from '../registry/index.ts'
import { dayMs, hourMs, readSeries } from '../series/index.ts'
import type { OutletHours } from '../sources/index.ts'
import { machineChanges } from './machine-changes.ts'
import type { SourceDoor } from './source-door.ts'

/** Journal records by factor and hour, to name the evidence of a finding. */
export type Messages = ReadonlyMap<string, ReadonlyMap<number, bigint>>

const nan = (n: number) => new Float64Array(n).fill(Number.NaN)

/** Minutes are looked at for the end of the window only: they are sixty times as many. */
const minuteDays = 8

/** Changes of instrument parameters, as the registry was told and as the machine itself has told. */
export async function changesOf(
  q: Queryable,
  outlet: Outlet,
  fromMs: number,
  toMs: number,
): Promise<ParameterChange[]> {
  const told = await machineChanges(q, outlet.id, fromMs, toMs)
  return [...(await parameterChanges(q, [outlet.id], fromMs, toMs)), ...told].sort((a, b) => a.atMs - b.atMs)
}

/** What is known of an outlet besides its hours. Rules that need what is not known stay silent. */
export async function extrasOf(
  q: Queryable,
  door: SourceDoor,
  outlet: Outlet,
  changes: readonly ParameterChange[],
  fromMs: number,
  toMs: number,
): Promise<Extras> {
  const minutes = await readSeries(q, {
    period: 'min',
    pointIds: [outlet.id],
    fromMs: Math.max(fromMs, toMs - minuteDays * dayMs),
    toMs,
    factors: outlet.factors,
  })
  return {
    parameterChanges: changes.flatMap(({ atMs, factor, name, before, after }) =>
      typeof before === 'number' && typeof after === 'number'
        ? [{ atMs, parameter: factor, item: name, before, after }]
        : [],
    ),
    comparisons: ((await door.readComparisons?.(q, outlet.id, fromMs, toMs)) ?? []).map(
      ({ atMs, factor, online, reference }) => ({ atMs, parameter: factor, online, manual: reference }),
    ),
    clock: clockOf(await stationClocks(q, [outlet.id]), fromMs, toMs),
    tickets: (await door.readTickets?.(q, outlet.id, fromMs, toMs)) ?? [],
    minutes: [...minutes.columns]
      .filter(([, value]) => value.some((v) => !Number.isNaN(v)))
      .map(([parameter, value]) => ({ parameter, startMs: minutes.startMs, value })),
  }
}

/**
 * Clocks of the stations as their last frames showed them. A scan ends with yesterday, the last frame came today: a clock
 * read within a day after the window stands in its last hour.
 */
export function clockOf(
  clocks: readonly StationClock[],
  fromMs: number,
  toMs: number,
): { serverMs: number; deviceMs: number }[] {
  return clocks
    .filter(({ receivedMs }) => receivedMs >= fromMs && receivedMs < toMs + dayMs)
    .map(({ receivedMs, skewMs }) => {
      const serverMs = Math.min(receivedMs, toMs - 1)
      return { serverMs, deviceMs: serverMs + skewMs }
    })
}

export function outletFrame(
  outlet: Outlet,
  rows: readonly OutletHours[],
  devices: readonly Device[],
  changes: readonly ParameterChange[],
  fromMs: number,
  toMs: number,
): OutletFrame {
  const first = Math.floor(fromMs / hourMs)
  const n = Math.max(0, Math.ceil(toMs / hourMs) - first)
  const startMs = Float64Array.from({ length: n }, (_, i) => (first + i) * hourMs)
  const parameters = rows.map((row) => seriesOf(row))
  return { outlet: String(outlet.id), medium: outlet.medium, startMs, parameters }

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
