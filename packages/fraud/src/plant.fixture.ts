import type { Extras, OutletFrame, ParameterSeries } from './frame.ts'
import { HOUR_MS } from './frame.ts'

/** A small lively plant for tests: deterministic, its values follow the load, nothing in it is doubtful. */
export interface Plant {
  readonly n: number
  readonly startMs: Float64Array
  readonly load: Float64Array
  readonly o2: Float64Array
  readonly flow: Float64Array
  readonly series: {
    readonly parameter: string
    value: Float64Array
    converted: Float64Array
    mark: string[]
    limit: Float64Array
    range: Float64Array
  }[]
}

/** Uniform in [0, 1), the same for the same index. */
export function chance(index: number, stream = 0): number {
  let h = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(stream + 7, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return ((h ^ (h >>> 15)) >>> 0) / 4_294_967_296
}

export function wander(n: number, stream: number, memory: number): Float64Array {
  const result = new Float64Array(n)
  let x = 0
  for (let i = 0; i < n; i++) {
    const bell = chance(i, stream) + chance(i, stream + 100) + chance(i, stream + 200) - 1.5
    x = memory * x + Math.sqrt(1 - memory * memory) * 2 * bell
    result[i] = x
  }
  return result
}

const REFERENCE = 6
export const DAYS = 90

export function plant(parameters: readonly string[] = ['SO2', 'NOx'], days = DAYS): Plant {
  const n = days * 24
  const startMs = Float64Array.from(
    { length: n },
    (_, i) => Date.parse('2025-01-01T00:00:00+08:00') + i * HOUR_MS,
  )
  const shift = wander(n, 1, 0.9)
  const load = Float64Array.from(
    { length: n },
    (_, i) => Math.round((75 + 10 * Math.sin((i / 24) * 2 * Math.PI) + 5 * (shift[i] as number)) * 10) / 10,
  )
  const air = wander(n, 2, 0.8)
  const o2 = load.map((v, i) => Math.round((6 + (80 - v) * 0.03 + 0.3 * (air[i] as number)) * 100) / 100)
  const gas = wander(n, 3, 0.6)
  const flow = load.map((v, i) => Math.round(5000 * v * (1 + 0.02 * (gas[i] as number))))
  const series = parameters.map((parameter, k) => {
    const own = wander(n, 10 + k, 0.85)
    const value = load.map(
      (v, i) => Math.round(((200 * v) / 75) ** 0.7 * Math.exp(0.15 * (own[i] as number)) * 100) / 100,
    )
    return {
      parameter,
      value,
      converted: value.map((v, i) => convert(v, o2[i] as number)),
      mark: Array.from({ length: n }, () => ''),
      limit: new Float64Array(n).fill(80),
      range: new Float64Array(n).fill(300),
    }
  })
  return { n, startMs, load, o2, flow, series }
}

export function convert(value: number, o2: number): number {
  return Math.round(((value * (21 - REFERENCE)) / (21 - o2)) * 100) / 100
}

/** Writes values into [from, to) of a series and converts them. */
export function write(
  plant: Plant,
  k: number,
  from: number,
  to: number,
  make: (v: number, i: number) => number,
): void {
  const series = plant.series[k]
  if (series === undefined) return
  const before = series.value.slice()
  for (let i = from; i < to; i++) {
    series.value[i] = Math.round(make(before[i] as number, i) * 100) / 100
    series.converted[i] = convert(series.value[i] as number, plant.o2[i] as number)
  }
}

export function frameOf(plant: Plant, more: { extras?: Extras; medium?: 'air' | 'water' } = {}): OutletFrame {
  return {
    outlet: 'DA001',
    medium: more.medium ?? 'air',
    startMs: plant.startMs,
    parameters: plant.series.map(
      (series): ParameterSeries => ({ ...series, o2: plant.o2, flow: plant.flow, load: plant.load }),
    ),
    ...(more.extras !== undefined && { extras: more.extras }),
  }
}
