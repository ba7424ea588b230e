/** One year of an outlet, ten factors by the hour, and what the platform does with it: validity to fraud rules. */
import { OutletProcess, type ProcessHours, sectorKeys, tamper, tamperingKinds } from '@shanshui/demo/process'
import { type OutletFrame, type ParameterSeries, scanOutlet } from '@shanshui/fraud'
import {
  convertHours,
  exceedanceEvents,
  gasDayMeans,
  hourMass,
  judgeHours,
  type MarkedSpan,
  markEffect,
  markedMinutes,
  substituteQuarter,
  validHours,
  waterDays,
} from '@shanshui/standards'
import { frameOf } from '../../fraud/process-corpus.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
export const factorsOfOutlet = 10

export interface OutletYear {
  readonly frame: OutletFrame
  readonly hours: ProcessHours
  /** Spans of equipment marks and of stops, by pollutant. */
  readonly lost: readonly (readonly MarkedSpan[])[]
  readonly stopped: readonly (readonly MarkedSpan[])[]
}

/** Deterministic; every sector in turn, every fifth outlet tampered with for ten days. */
export function makeOutletYear(index: number, year: number): OutletYear {
  const fromMs = Date.parse(`${year}-01-01T00:00:00+08:00`)
  const toMs = Date.parse(`${year + 1}-01-01T00:00:00+08:00`)
  const sector = sectorKeys[index % sectorKeys.length] as (typeof sectorKeys)[number]
  let hours = new OutletProcess({ id: `O${index}`, sector, seed: 1_000 + index }).hours(fromMs, toMs)
  if (index % 5 === 0) {
    const kind = tamperingKinds[(index / 5) % tamperingKinds.length] as (typeof tamperingKinds)[number]
    const start = fromMs + (40 + (index % 250)) * dayMs
    hours = tamper(hours, { kind, fromMs: start, toMs: start + 10 * dayMs, strength: 2, seed: index })
  }
  const spans = (wanted: (mark: string) => boolean) =>
    hours.series.map(({ mark }) => spansOf(hours.startMs, mark, wanted))
  return {
    hours,
    frame: tenFactors(hours),
    lost: spans((mark) => ['invalid', 'missing', 'stopped'].includes(markEffect('hj212', mark))),
    stopped: spans((mark) => markEffect('hj212', mark) === 'stopped'),
  }
}

/** Start and stop of the source are working conditions: the data are valid. */
function spansOf(
  startMs: Float64Array,
  marks: readonly string[],
  wanted: (mark: string) => boolean,
): MarkedSpan[] {
  return marks.flatMap((mark, i) => {
    if (mark === '' || mark === 'St' || mark === 'Sd' || !wanted(mark)) return []
    const fromMs = startMs[i] as number
    return [{ fromMs, toMs: fromMs + hourMs }]
  })
}

/** Auxiliary factors of an outlet beside its pollutants, oxygen, flow and load. */
const auxiliary = {
  air: ['a01011', 'a01012', 'a01013', 'a01014', 'a01017'],
  water: ['w01010', 'w01003', 'w01014', 'w01009', 'w01002', 'w01012'],
} as const

function tenFactors(hours: ProcessHours): OutletFrame {
  const { o2, flow, load, startMs } = hours
  const frame = frameOf(hours)
  const pollutants = frame.parameters
  const columns = Number.isNaN(o2[0]) ? 2 : 3
  const missing = new Float64Array(startMs.length).fill(Number.NaN)
  const marks = hours.series[0]?.mark ?? []
  const others = auxiliary[hours.medium].slice(0, Math.max(0, factorsOfOutlet - columns - pollutants.length))
  const parameters = others.map(
    (parameter, k): ParameterSeries => ({
      o2,
      flow,
      load,
      parameter,
      value: hours.temperature.map((value, i) => value * (1 + k / 3) + ((i * (k + 3)) % 17) / 10),
      converted: missing,
      mark: marks,
      limit: missing,
      range: 1000,
    }),
  )
  return { ...frame, parameters: [...pollutants, ...parameters] }
}

export interface Totals {
  hours: number
  validHours: number
  exceedances: number
  massKg: number
  substitutedKg: number
  leads: number
}

/** Buffers of one factor's year; used again for every factor. */
export class Workspace {
  readonly lost: Uint8Array
  readonly stopped: Uint8Array
  readonly state: Uint8Array
  readonly converted: Float64Array
  readonly mass: Float64Array
  readonly filled: Float64Array
  readonly dayMean: Float64Array
  readonly dayMass: Float64Array
  readonly dayCount: Uint8Array
  readonly due: Uint8Array

  constructor(hours: number) {
    this.lost = new Uint8Array(hours)
    this.stopped = new Uint8Array(hours)
    this.state = new Uint8Array(hours)
    this.converted = new Float64Array(hours)
    this.mass = new Float64Array(hours)
    this.filled = new Float64Array(hours)
    const days = Math.floor(hours / 24)
    this.dayMean = new Float64Array(days)
    this.dayMass = new Float64Array(days)
    this.dayCount = new Uint8Array(days)
    this.due = new Uint8Array(days).fill(24)
  }
}

/** Validity of every factor; conversion, mass, substitution, daily means and exceedances of the pollutants. */
export function evaluateYear(
  { hours, frame, lost, stopped }: OutletYear,
  w: Workspace,
  totals: Totals,
): void {
  const { startMs, flow, o2, medium } = hours
  const n = startMs.length
  for (const [k, { value }] of frame.parameters.entries()) {
    markedMinutes(w.lost, startMs[0] as number, lost[k] ?? lost[0] ?? [])
    markedMinutes(w.stopped, startMs[0] as number, stopped[k] ?? stopped[0] ?? [])
    totals.validHours += validHours(w.state, value, w.lost, w.stopped)
    totals.hours += n
    const series = hours.series[k]
    if (series === undefined) continue
    convertHours(w.converted, value, o2, series.referenceO2 ?? { kind: 'measured' })
    hourMass(w.mass, value, flow, medium)
    for (let quarter = 0; quarter < 4; quarter++) {
      const sums = substituteQuarter(w.filled, w.mass, w.state, (quarter * n) >> 2, ((quarter + 1) * n) >> 2)
      totals.massKg += sums.measuredKg + sums.substitutedKg
      totals.substitutedKg += sums.substitutedKg
    }
    if (medium === 'air') gasDayMeans(w.dayMean, w.dayCount, w.converted, w.state)
    else
      waterDays(w.dayMean, w.dayMass, w.dayCount, { concentration: value, flow, valid: w.state, due: w.due })
    const { exceeds } = judgeHours({
      startMs,
      value: w.converted,
      state: w.state,
      limit: series.limit,
      decimals: 0,
    })
    totals.exceedances += exceedanceEvents({
      startMs,
      value: w.converted,
      limit: series.limit,
      exceeds,
    }).length
  }
}

export function scanYear({ frame }: OutletYear, totals: Totals): void {
  totals.leads += scanOutlet(frame).length
}
