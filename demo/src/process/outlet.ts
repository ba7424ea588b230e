import { bell, stream, uniform } from '../chance.ts'
import { type Condition, episodeOf, hourNumber, msOfHour, WorkingCondition } from './condition.ts'
import { type Rough, rough } from './rough.ts'
import { type PollutantModel, type SectorKey, type SectorModel, sectors } from './sectors.ts'

export interface OutletPlan {
  readonly id: string
  readonly sector: SectorKey
  readonly seed: number
  /** 0 means as the sector; 0.3 means a plant whose pollutants stand 30 % higher, −0.3 lower */
  readonly worse?: number
  /** below 1: a plant with better control, its values scatter less */
  readonly scatter?: number
}

/** One pollutant of an outlet by the hour. NaN: no value. Mark: '' normal, else a flag of HJ 212 or HJ 75 (St, Sd). */
export interface ProcessSeries {
  readonly parameter: string
  readonly value: Float64Array
  readonly converted: Float64Array
  readonly mark: string[]
  readonly limit: Float64Array
  readonly range: Float64Array
  readonly step: number
  readonly referenceO2: number | undefined
}

/** Hours of one outlet, gap-free and ascending; o2 is NaN where the sector has none; load in %. */
export interface ProcessHours {
  readonly outlet: string
  readonly sector: SectorKey
  readonly medium: 'air' | 'water'
  readonly startMs: Float64Array
  readonly load: Float64Array
  readonly o2: Float64Array
  readonly flow: Float64Array
  readonly temperature: Float64Array
  readonly working: Condition['working'][]
  readonly series: readonly ProcessSeries[]
}

/** 21 % oxygen in air: GB 13271-2014 clause 5.2. Above 20.5 % nothing is converted. */
export const AIR_O2 = 21
const NOT_CONVERTIBLE_O2 = 20.5
const HOURS_PER_WEEK = 168

/** An outlet in honest operation: deterministic, and any hour can be had without the hours before it. */
export class OutletProcess {
  readonly plan: OutletPlan
  readonly sector: SectorModel
  readonly #condition: WorkingCondition
  readonly #o2: Rough
  readonly #flow: Rough
  readonly #common: Rough
  readonly #own: ReadonlyMap<string, Rough>

  constructor(plan: OutletPlan) {
    this.plan = plan
    this.sector = sectors[plan.sector]
    this.#condition = new WorkingCondition(this.sector, plan.seed)
    this.#o2 = rough(plan.seed, 'o2', 0.35)
    this.#flow = rough(plan.seed, 'flow', 0.3)
    this.#common = rough(plan.seed, 'common', 0.5)
    this.#own = new Map(
      this.sector.pollutants.map(({ parameter }) => [parameter, rough(plan.seed, `own ${parameter}`, 0.45)]),
    )
  }

  /** The whole hours of [fromMs, toMs). */
  hours(fromMs: number, toMs: number): ProcessHours {
    const first = hourNumber(fromMs)
    const n = Math.max(0, hourNumber(toMs) - first)
    const shared = this.#shared(first, n)
    const held = new Float64Array(n)
    for (let i = 0; i < n; i++) held[i] = heldHour(first + i, this.sector.resultEveryHours)
    const series = this.sector.pollutants.map((model, index) =>
      this.#series(model, index, first, held, shared),
    )
    return { outlet: this.plan.id, sector: this.plan.sector, medium: this.sector.medium, ...shared, series }
  }

  #shared(first: number, n: number) {
    const { o2, fullFlow, flowScatter, temperature } = this.sector
    const made = {
      startMs: new Float64Array(n),
      load: new Float64Array(n),
      o2: new Float64Array(n).fill(Number.NaN),
      flow: new Float64Array(n),
      temperature: new Float64Array(n),
      working: [] as Condition['working'][],
    }
    for (let i = 0; i < n; i++) {
      const hour = first + i
      const { working, load } = this.#condition.at(hour)
      const stopped = working === 'stopped'
      made.startMs[i] = msOfHour(hour)
      made.working.push(working)
      made.load[i] = rounded(load * 100, 0.1)
      const flow = fullFlow * (0.22 + 0.78 * load) * (1 + flowScatter * this.#flow.at(hour))
      made.flow[i] = stopped ? 0 : rounded(flow, fullFlow > 10_000 ? 1 : 0.1)
      made.temperature[i] = rounded(
        stopped ? 18 : temperature * (0.8 + 0.2 * load) + this.#flow.at(hour + 7),
        0.1,
      )
      if (o2 === undefined) continue
      const running =
        o2.full + o2.perLoad * (1 - load) * (working === 'running' ? 1 : 1.6) + o2.scatter * this.#o2.at(hour)
      made.o2[i] = stopped
        ? rounded(20.8 + 0.05 * bell(stream(this.plan.seed, 'still o2'), hour), 0.01)
        : rounded(running, 0.01)
    }
    return made
  }

  #series(
    model: PollutantModel,
    index: number,
    first: number,
    held: Float64Array,
    shared: { load: Float64Array; o2: Float64Array; working: Condition['working'][] },
  ): ProcessSeries {
    const n = held.length
    const { seed, worse = 0, scatter = 1 } = this.plan
    const own = this.#own.get(model.parameter) as Rough
    const [upsets, noise] = [
      stream(seed, `upset ${model.parameter}`),
      stream(seed, `noise ${model.parameter}`),
    ]
    const marks = stream(seed, `marks ${index}`)
    const reference = this.sector.o2?.reference
    const result: ProcessSeries = {
      parameter: model.parameter,
      value: new Float64Array(n),
      converted: new Float64Array(n).fill(Number.NaN),
      mark: [],
      limit: new Float64Array(n).fill(model.limit),
      range: new Float64Array(n).fill(model.range),
      step: model.step,
      referenceO2: reference,
    }
    for (let i = 0; i < n; i++) {
      const working = shared.working[i] as Condition['working']
      const hour = held[i] as number
      const load = this.#condition.at(hour).load
      const swing =
        Math.sqrt(1 - model.common) * own.at(hour) + Math.sqrt(model.common) * this.#common.at(hour)
      let level =
        model.limit *
        model.share *
        (1 + worse) *
        Math.exp(model.scatter * scatter * swing) *
        Math.max(load, 0.1) ** model.loadExponent *
        1.1
      level *= upsetAt(upsets, model.upsetsPer1000h, hour)
      if (working === 'starting') level *= 1.7
      const o2 = shared.o2[i] as number
      const gas =
        reference === undefined
          ? level
          : (level * (AIR_O2 - Math.min(o2, NOT_CONVERTIBLE_O2))) / (AIR_O2 - reference)
      const shown = gas + model.range * 0.0015 * bell(noise, hour)
      const mark = markAt(marks, working, first + i)
      result.mark.push(mark)
      result.value[i] = valueUnder(mark, working, shown, model, bell(noise, hour + 1))
      result.converted[i] = convert(result.value[i] as number, o2, reference, model.step)
    }
    return result
  }
}

/** An analyser that gives a result every so many hours shows the last result in between. */
function heldHour(hour: number, every: number): number {
  return hour - (((hour % every) + every) % every)
}

/** Multiplier of a short upset (treatment disturbed for some hours), 1 in between. */
function upsetAt(of: number, per1000h: number, hour: number): number {
  if (per1000h <= 0) return 1
  const episode = episodeOf(of, 500, per1000h / 2, [2, 9], hour)
  if (episode === undefined || hour < episode.from || hour >= episode.to) return 1
  const part = (hour - episode.from + 0.5) / (episode.to - episode.from)
  return 1 + (0.3 + 1.1 * uniform(of, episode.from)) * Math.sin(part * Math.PI)
}

/** Honest marks: weekly calibration, monthly maintenance, seldom a fault or a broken line; start and stop of the source. */
function markAt(of: number, working: Condition['working'], hour: number): string {
  if (working === 'stopped') return 'F'
  if (working === 'starting') return 'St'
  if (working === 'stopping') return 'Sd'
  const weekly = Math.floor(uniform(of, 1) * HOURS_PER_WEEK)
  const calibration = (((hour - weekly) % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK
  if (calibration < 1) return 'C'
  if (inEpisode(of + 11, 730, 0.8, [1, 4], hour)) return 'M'
  if (inEpisode(of + 23, 1100, 0.5, [2, 16], hour)) return 'D'
  if (inEpisode(of + 37, 900, 0.35, [1, 6], hour)) return 'B'
  return ''
}

function inEpisode(
  of: number,
  slot: number,
  chance: number,
  lengths: readonly [number, number],
  hour: number,
): boolean {
  const episode = episodeOf(of, slot, chance, lengths, hour)
  return episode !== undefined && hour >= episode.from && hour < episode.to
}

function valueUnder(
  mark: string,
  working: Condition['working'],
  shown: number,
  model: PollutantModel,
  chance: number,
): number {
  if (mark === 'B' || mark === 'D') return Number.NaN
  if (mark === 'C') return rounded(model.range * (0.4 + 0.02 * chance), model.step)
  if (working === 'stopped') return rounded(Math.max(0, model.range * 0.002 * (1 + chance)), model.step)
  return rounded(Math.max(0, shown), model.step)
}

/** C' × (21 − O2ref) / (21 − O2'), GB 13271-2014 clause 5.2; NaN where oxygen is missing or above 20.5 %. */
export function convert(value: number, o2: number, reference: number | undefined, step: number): number {
  if (reference === undefined || !(o2 < NOT_CONVERTIBLE_O2)) return Number.NaN
  return rounded((value * (AIR_O2 - reference)) / (AIR_O2 - o2), step)
}

export function rounded(value: number, step: number): number {
  const decimals = step >= 1 ? 1 : Math.round(1 / step)
  return Math.round(value * decimals) / decimals
}
