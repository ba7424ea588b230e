import type { SeriesTable } from '../series/index.ts'
import { emptyColumns, type FactorColumns, type StepTable } from './hour-table.ts'

const minuteMs = 60_000

/**
 * Minutes of one outlet on an even grid. A minute is judged as the device sent it: the converted value where there is
 * one; limit, oxygen, flow, load and stops are those of its hour.
 */
export function minuteTable(
  series: SeriesTable,
  hours: StepTable,
  factors: readonly string[],
  fromMs: number,
  toMs: number,
): StepTable {
  const first = Math.floor(fromMs / minuteMs)
  const n = Math.max(0, Math.ceil(toMs / minuteMs) - first)
  const startMs = Float64Array.from({ length: n }, (_, i) => (first + i) * minuteMs)
  const hourAt = (i: number) =>
    Math.floor(((startMs[i] as number) - (hours.startMs[0] ?? Number.POSITIVE_INFINITY)) / hours.stepMs)
  const ofHour = (values: Float64Array) =>
    Float64Array.from({ length: n }, (_, i) => values[hourAt(i)] ?? Number.NaN)
  const columns = new Map<string, FactorColumns>()
  for (const factor of factors) columns.set(factor, columnsOf(factor))

  function columnsOf(factor: string): FactorColumns {
    const out = emptyColumns(n)
    const measured = series.columns.get(factor)
    const converted = series.columns.get(`${factor}Zs`)
    for (let j = 0; j < series.startMs.length; j++) {
      const i = Math.round((series.startMs[j] as number) / minuteMs) - first
      if (i < 0 || i >= n) continue
      const [value, judged] = [measured?.[j] ?? Number.NaN, converted?.[j] ?? Number.NaN]
      out.measured[i] = value
      out.judged[i] = Number.isNaN(judged) ? value : judged
      out.valid[i] = Number.isNaN(value) ? 0 : 1
      out.msg[i] = series.msg[j] ?? 0n
    }
    const hourly = hours.factors.get(factor)
    for (let i = 0; i < n; i++) {
      out.limit[i] = hourly?.limit[hourAt(i)] ?? Number.NaN
      out.stopped[i] = hourly?.stopped[hourAt(i)] ?? 0
      out.exceeding[i] = hourly?.exceeding[hourAt(i)] ?? 0
    }
    return out
  }
  return {
    startMs,
    stepMs: minuteMs,
    o2: ofHour(hours.o2),
    flow: ofHour(hours.flow),
    load: ofHour(hours.load),
    transmission: ofHour(hours.transmission),
    due: new Uint16Array(n),
    good: new Uint16Array(n),
    factors: columns,
  }
}
