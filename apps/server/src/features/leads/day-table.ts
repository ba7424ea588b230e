import { dayMs, startOf } from '../series/index.ts'
import { emptyColumns, type FactorColumns, type StepTable } from './hour-table.ts'
import type { TransmissionDay } from './source-door.ts'

/**
 * Civil days of Beijing out of hours, whole days only: means of the valid hours, sums of mass, valid over due. Of a day
 * the share of transmission is the sum of the numerators over the sum of the denominators, or as the room of sources has
 * counted it.
 */
export function dayTable(hours: StepTable, counted?: readonly TransmissionDay[]): StepTable {
  const first = hours.startMs[0]
  const last = hours.startMs.at(-1)
  const startsAt =
    first === undefined ? 0 : startOf('day', first) === first ? first : startOf('day', first) + dayMs
  const endsAt = last === undefined ? 0 : startOf('day', last + hours.stepMs)
  const n = Math.max(0, Math.round((endsAt - startsAt) / dayMs))
  const startMs = Float64Array.from({ length: n }, (_, i) => startsAt + i * dayMs)
  const perDay = Math.round(dayMs / hours.stepMs)
  const offset = first === undefined ? 0 : Math.round((startsAt - first) / hours.stepMs)
  const steps = (day: number) => Array.from({ length: perDay }, (_, h) => offset + day * perDay + h)
  const mean = (values: Float64Array, counts?: Uint8Array) =>
    Float64Array.from({ length: n }, (_, day) => {
      const known = steps(day).filter((i) => !Number.isNaN(values[i] as number) && (counts?.[i] ?? 1) === 1)
      return known.reduce((sum, i) => sum + (values[i] as number), 0) / known.length
    })
  const total = (values: Uint16Array) =>
    Uint16Array.from({ length: n }, (_, day) => steps(day).reduce((sum, i) => sum + (values[i] ?? 0), 0))
  const [due, good] = [total(hours.due), total(hours.good)]
  return {
    startMs,
    stepMs: dayMs,
    o2: mean(hours.o2),
    flow: mean(hours.flow),
    load: mean(hours.load),
    transmission: counted === undefined ? shares() : rates(counted),
    due,
    good,
    factors: new Map([...hours.factors].map(([factor, columns]) => [factor, daily(columns)])),
  }

  function shares(): Float64Array {
    return Float64Array.from({ length: n }, (_, i) => (good[i] as number) / (due[i] as number))
  }

  function rates(of: readonly TransmissionDay[]): Float64Array {
    const byDay = new Map(of.map((day) => [day.startMs, day.rate]))
    return startMs.map((ms) => byDay.get(ms) ?? Number.NaN)
  }

  function daily(columns: FactorColumns): FactorColumns {
    const out = emptyColumns(n)
    out.measured.set(mean(columns.measured, columns.valid))
    out.judged.set(mean(columns.judged, columns.valid))
    out.limit.set(mean(columns.limit))
    for (let day = 0; day < n; day++) {
      const at = steps(day)
      out.mass[day] = at.reduce(
        (sum, i) => sum + (Number.isNaN(columns.mass[i] as number) ? 0 : (columns.mass[i] as number)),
        0,
      )
      out.valid[day] = at.some((i) => columns.valid[i] === 1) ? 1 : 0
      out.stopped[day] = at.every((i) => columns.stopped[i] === 1) ? 1 : 0
      out.exceeding[day] = at.some((i) => columns.exceeding[i] === 1) ? 1 : 0
      out.msg[day] = at.reduce(
        (max, i) => ((columns.msg[i] ?? 0n) > max ? (columns.msg[i] as bigint) : max),
        0n,
      )
    }
    return out
  }
}
