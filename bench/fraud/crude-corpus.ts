import type { TamperingKind } from '@shanshui/demo/process'
import { tamperingKinds } from '@shanshui/demo/process'
import type { OutletFrame } from '@shanshui/fraud'
import { Draw, HOUR_MS, type Label, type LabelledOutlet } from './case.ts'

/**
 * A second generator that has nothing in common with the process model: first-order autoregression on a daily curve,
 * crude noise, any resolution, columns missing at will, a quarter or a year, one to four parameters. What holds on both
 * generators has a chance to hold on real data.
 */

interface Crude {
  readonly n: number
  readonly startMs: number
  readonly load: Float64Array
  readonly o2: Float64Array
  readonly flow: Float64Array
  readonly hasO2: boolean
  readonly reference: number
  readonly step: number
  readonly series: CrudeSeries[]
}

interface CrudeSeries {
  readonly parameter: string
  readonly value: Float64Array
  readonly mark: string[]
  readonly limit: number
  range: Float64Array
}

const NAMES = {
  air: ['SO2', 'NOx', 'PM', 'CO'],
  water: ['COD', 'NH3-N', 'TP', 'TN'],
} as const
const LIMITS: Readonly<Record<string, number>> = {
  SO2: 50,
  NOx: 100,
  PM: 20,
  CO: 150,
  COD: 60,
  'NH3-N': 8,
  TP: 1,
  TN: 20,
}

export function crudeOutlet(seed: number, kindOffset: number): LabelledOutlet {
  const draw = new Draw(seed ^ 0x2545f491)
  const medium = draw.chance(0.65) ? 'air' : 'water'
  const days = draw.chance(0.5) ? 90 : draw.chance(0.5) ? 180 : 365
  const crude = plant(draw, medium, days)
  const labels: Label[] = []
  const quarters = Math.max(1, Math.floor(days / 90))
  for (let quarter = 0; quarter < quarters; quarter++) {
    if (!draw.chance(0.6)) continue
    const kind = tamperingKinds[(kindOffset + quarter) % tamperingKinds.length] as TamperingKind
    labels.push(overlay(crude, draw, kind, quarter * 90 * 24, medium))
  }
  return { frame: framed(crude, draw, `C${seed}`, medium), labels, lookAlikes: [] }
}

function autoregression(draw: Draw, n: number, memory: number): Float64Array {
  const result = new Float64Array(n)
  let x = draw.bell()
  for (let i = 0; i < n; i++) {
    x = memory * x + Math.sqrt(1 - memory * memory) * draw.bell()
    result[i] = x
  }
  return result
}

function plant(draw: Draw, medium: 'air' | 'water', days: number): Crude {
  const n = days * 24
  const startMs = Date.parse('2025-01-01T00:00:00+08:00') + draw.below(200 * 24) * HOUR_MS
  const daily = draw.of([0, 0.05, 0.15, 0.25])
  const phase = draw.below(24)
  const wander = autoregression(draw, n, draw.between(0.7, 0.98))
  const load = new Float64Array(n)
  const base = draw.between(0.55, 0.85)
  const roughness = draw.of([0.02, 0.06, 0.1])
  for (let i = 0; i < n; i++)
    load[i] = Math.max(
      0.15,
      base + daily * Math.sin(((i - phase) / 24) * 2 * Math.PI) + roughness * (wander[i] as number),
    )
  stops(draw, load)
  const oxygen = autoregression(draw, n, 0.8)
  const reference = draw.of([6, 9, 11, 16])
  const flowNoise = autoregression(draw, n, 0.5)
  const o2 = load.map((v, i) =>
    v === 0 ? 20.9 : reference + draw.between(-0.05, 0.05) + 2 * (0.8 - v) + 0.35 * (oxygen[i] as number),
  )
  const flow = load.map((v, i) => (v === 0 ? 0 : 50_000 * v * (1 + 0.03 * (flowNoise[i] as number))))
  const step = draw.of([0, 0.01, 0.1, 0.001])
  const count = 1 + draw.below(4)
  const series = NAMES[medium].slice(0, count).map((parameter) => crudeSeries(draw, parameter, load))
  return { n, startMs, load, o2, flow, hasO2: medium === 'air' && draw.chance(0.85), reference, step, series }
}

function stops(draw: Draw, load: Float64Array): void {
  const times = draw.below(4)
  for (let k = 0; k < times; k++) {
    const from = draw.below(load.length)
    load.fill(0, from, from + 6 + draw.below(draw.chance(0.3) ? 900 : 80))
  }
}

function crudeSeries(draw: Draw, parameter: string, load: Float64Array): CrudeSeries {
  const n = load.length
  const limit = LIMITS[parameter] ?? 50
  const scatter = draw.of([0.03, 0.08, 0.15, 0.25, 0.4])
  const own = autoregression(draw, n, draw.between(0.3, 0.96))
  const answer = draw.of([0, 0.3, 0.8, 1.2])
  const level = limit * draw.between(0.2, 0.75)
  const value = new Float64Array(n)
  const mark = Array.from({ length: n }, () => '')
  const drift = draw.chance(0.3) ? draw.between(-0.4, 0.4) : 0
  for (let i = 0; i < n; i++) {
    const seasonal = 1 + drift * Math.sin((i / n) * Math.PI)
    const l = load[i] as number
    value[i] =
      l === 0
        ? 0.01 * limit * draw.next()
        : level * seasonal * l ** answer * Math.exp(scatter * (own[i] as number))
    if (l === 0) mark[i] = 'F'
  }
  faults(draw, value, mark)
  return { parameter, value, mark, limit, range: new Float64Array(n).fill(limit * draw.of([2, 4, 10])) }
}

function faults(draw: Draw, value: Float64Array, mark: string[]): void {
  const daily = draw.chance(0.3) ? draw.below(24) : -1
  for (let i = 0; i < value.length; i++) if (i % 24 === daily && mark[i] === '') mark[i] = 'C'
  for (let k = draw.below(Math.ceil(value.length / 300)); k > 0; k--) {
    const from = draw.below(value.length)
    const to = Math.min(value.length, from + 1 + draw.below(draw.chance(0.1) ? 200 : 12))
    const how = draw.of(['', 'D', 'M', '维护', '通讯中断'])
    for (let i = from; i < to; i++) {
      if (mark[i] === 'F') continue
      mark[i] = how
      value[i] = Number.NaN
    }
  }
}

function overlay(
  crude: Crude,
  draw: Draw,
  kind: TamperingKind,
  quarterFrom: number,
  medium: 'air' | 'water',
): Label {
  const longest = kind === 'constant' || kind === 'calibration-gas' ? 7 : 21
  const least = kind === 'constant' || kind === 'calibration-gas' ? 12 : 72
  const length = least + draw.below(longest * 24)
  let from = quarterFrom + 10 * 24 + draw.below(50 * 24)
  // nobody tampers with a plant that stands still
  for (
    let k = 0;
    k < 8 && crude.load.subarray(from, from + length).filter((v) => v > 0).length < 0.8 * length;
    k++
  )
    from = quarterFrom + 10 * 24 + draw.below(50 * 24)
  const to = Math.min(crude.n, from + length)
  const strength = (1 + draw.below(3)) as 1 | 2 | 3
  const target = draw.of(crude.series)
  const whole = kind === 'dilution' || draw.chance(0.3)
  for (const series of whole ? crude.series : [target]) apply(crude, series, draw, kind, from, to, strength)
  if (kind === 'dilution') {
    for (let i = from; i < to; i++) {
      if (medium === 'air') crude.o2[i] = (crude.o2[i] as number) - ([1.5, 3, 5][strength - 1] as number)
      else crude.flow[i] = (crude.flow[i] as number) * ([1.5, 2, 3][strength - 1] as number)
    }
  }
  return {
    kind,
    parameter: whole ? '' : target.parameter,
    fromMs: crude.startMs + from * HOUR_MS,
    toMs: crude.startMs + to * HOUR_MS,
    strength,
  }
}

function apply(
  crude: Crude,
  series: CrudeSeries,
  draw: Draw,
  kind: TamperingKind,
  from: number,
  to: number,
  strength: 1 | 2 | 3,
): void {
  const { value, limit, mark } = series
  const open = (i: number) => (crude.load[i] as number) > 0 && Number.isFinite(value[i]) && mark[i] === ''
  const before = value.slice()
  const write = (make: (i: number) => number): void => {
    for (let i = from; i < to; i++) if (open(i)) value[i] = make(i)
  }
  const sorted = before.subarray(from, to).filter(Number.isFinite).sort()
  const high = sorted[Math.floor(sorted.length * 0.7)] ?? limit
  const factor = [0.7, 0.5, 0.3][strength - 1] as number
  switch (kind) {
    case 'constant': {
      const kept = before.subarray(0, from).filter(Number.isFinite).at(-1) ?? 1
      write(() => kept * (1 + (3 - strength) * 0.002 * draw.bell()))
      return
    }
    case 'clipped': {
      const cap = limit * draw.between(0.9, 0.99)
      const more = Math.max(1, (cap * 1.05) / high)
      write((i) => {
        const v = (before[i] as number) * more
        return v > cap ? cap * (1 - (3 - strength) * 0.01 * draw.next()) : v
      })
      return
    }
    case 'range-change': {
      const shown = draw.chance(0.8)
      const range = series.range.slice()
      if (shown) for (let i = from; i < to; i++) range[i] = (range[i] as number) * factor
      series.range = range
      write((i) => (before[i] as number) * factor)
      return
    }
    case 'dilution':
      // without oxygen the sample itself is thinned
      if (!crude.hasO2) write((i) => (before[i] as number) * ([0.65, 0.5, 0.33][strength - 1] as number))
      return
    case 'copied-days': {
      const source = from - 24 * (1 + draw.below(5))
      write(
        (i) =>
          (before[source + ((i - from) % 24)] as number) * (1 + (strength === 1 ? 0.008 * draw.bell() : 0)),
      )
      return
    }
    case 'scaled':
      write((i) => (before[i] as number) * factor)
      return
    case 'time-shifted': {
      const lag = [6, 12, 30][strength - 1] as number
      write((i) => before[i - lag] as number)
      return
    }
    case 'calibration-gas': {
      const gas = limit * draw.between(0.05, 0.5)
      write(() => gas * (1 + 0.004 * (4 - strength) * draw.bell()))
      return
    }
    case 'selective-outage': {
      const cap = limit * ([1, 0.9, 0.8][strength - 1] as number)
      const more = Math.max(1, (cap * 1.02) / (sorted[Math.floor(sorted.length * 0.8)] ?? cap))
      const how = draw.of(['', 'D', 'M'])
      for (let i = from; i < to; i++) {
        if (!open(i)) continue
        value[i] = (before[i] as number) * more
        if ((value[i] as number) <= cap) continue
        value[i] = Number.NaN
        mark[i] = how
      }
    }
  }
}

function framed(crude: Crude, draw: Draw, outlet: string, medium: 'air' | 'water'): OutletFrame {
  const { n } = crude
  const blank = () => new Float64Array(n).fill(Number.NaN)
  const round = (v: number) => (crude.step > 0 ? Math.round(v / crude.step) * crude.step : v)
  const tidy = (v: number) => (crude.step > 0 ? Number(round(v).toFixed(4)) : v)
  const load = draw.chance(0.3) ? blank() : crude.load.map((v) => Math.round(v * 1000) / 10)
  const flow = draw.chance(0.25) ? blank() : crude.flow.map(Math.round)
  const { hasO2 } = crude
  const o2 = hasO2 ? crude.o2.map((v) => Math.round(v * 100) / 100) : blank()
  const hasConverted = hasO2 && draw.chance(0.85)
  const hasRange = draw.chance(0.75)
  return {
    outlet,
    medium,
    startMs: Float64Array.from({ length: n }, (_, i) => crude.startMs + i * HOUR_MS),
    parameters: crude.series.map((series) => {
      const value = series.value.map(tidy)
      const converted = hasConverted
        ? value.map((v, i) =>
            (o2[i] as number) < 20
              ? tidy((v * (21 - crude.reference)) / (21 - (o2[i] as number)))
              : Number.NaN,
          )
        : blank()
      return {
        parameter: series.parameter,
        value,
        converted,
        o2,
        flow,
        load,
        mark: series.mark,
        limit: new Float64Array(n).fill(series.limit),
        range: hasRange ? series.range : blank(),
      }
    }),
  }
}
