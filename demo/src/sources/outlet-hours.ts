import type { DataCn, StationFactor, StationValue } from '@shanshui/hj212'
import { HOUR_MS } from '../calendar.ts'
import { bell, stream } from '../chance.ts'
import { type Dice, dice } from '../process/edit.ts'
import { OutletProcess, type ProcessHours, type ProcessSeries, sectors } from '../process/index.ts'
import { AIR_O2, rounded } from '../process/outlet.ts'
import type { DemoOutlet } from './outlets.ts'
import { type Happening, happen } from './overlays.ts'

/** Marks of working conditions are no marks of HJ 212: the enterprise states them on its own page. */
const NOT_ON_THE_LINE: ReadonlySet<string> = new Set(['', 'St', 'Sd'])
const TEN_MINUTES_MS = 600_000
const LOAD = 'i33400'
const PH = 'w01001'
/** The city is a quiet one: its plants stand at this share of the model's levels, and exceed seldom. */
const CALM = 0.66

/**
 * What the data logger of an outlet has for any hour of [fromMs, toMs): a pure function of seed, story and `fromMs`,
 * whatever `toMs` is (what happened is bounded by the story).
 */
export class OutletHours {
  readonly factors: readonly StationFactor[]
  readonly #fromMs: number
  readonly #hours: ProcessHours
  readonly #byFactor: ReadonlyMap<string, ProcessSeries>
  readonly #silent: readonly Extract<Happening, { what: 'silence' }>[]
  readonly #scatter: number
  readonly #water: boolean

  constructor(outlet: DemoOutlet, story: readonly Happening[], fromMs: number, toMs: number) {
    this.#fromMs = fromMs
    this.#water = outlet.medium === 'water'
    this.#scatter = stream(outlet.seed, 'minutes')
    this.#silent = story.filter((each) => each.what === 'silence')
    this.#hours = story.reduce(
      (hours, each, i) => happen(hours, each, stream(outlet.seed, `story ${i}`)),
      ownHours(outlet, fromMs, toMs),
    )
    this.#byFactor = new Map(this.#hours.series.map((series) => [series.parameter, series]))
    this.factors = stationFactors(outlet)
  }

  /** Value of a factor as the logger sends it: of an hour, of ten minutes, or of the instant; null: no record. */
  value(code: string, cn: DataCn, startMs: number): StationValue | null {
    const i = Math.floor((startMs - this.#fromMs) / HOUR_MS)
    if (i < 0 || i >= this.#hours.startMs.length || this.#isSilent(startMs)) return null
    const series = this.#byFactor.get(code)
    const within = cn === '2061' || series === undefined ? 1 : this.#within(series, i, startMs)
    return series === undefined ? this.#shared(code, i) : pollutant(series, i, within)
  }

  #isSilent(ms: number): boolean {
    return this.#silent.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)
  }

  #shared(code: string, i: number): StationValue | null {
    const { o2, flow, temperature, load, working } = this.#hours
    const stopped = working[i] === 'stopped'
    const flag = stopped ? 'F' : 'N'
    const share = (load[i] as number) / 100
    switch (code) {
      // m³/s and L/s are the units of the factor tables (HJ 212-2017 tables B.1 and B.2)
      case 'a00000':
        return { value: (flow[i] as number) / 3600, flag, cou: flow[i] as number }
      case 'w00000':
        return { value: (flow[i] as number) / 3.6, flag, cou: flow[i] as number }
      case 'a01011':
        return { value: stopped ? 0 : 6 + 9 * share, flag }
      case 'a01012':
        return { value: temperature[i] as number, flag }
      case 'a01013':
        return { value: stopped ? 0 : -0.12 - 0.2 * share, flag }
      case 'a01014':
        return { value: stopped ? 0.5 : 8.5 + 2.5 * share, flag }
      case 'a19001':
        return { value: o2[i] as number, flag }
      case LOAD:
        return { value: load[i] as number, flag: 'N' }
    }
    return null
  }

  /** Six tens of minutes scatter around their hour and come to it again; a value that stands still does so within the hour. */
  #within(series: ProcessSeries, i: number, ms: number): number {
    if (this.#water || series.value[i] === series.value[i - 1]) return 1
    const ten = Math.floor((ms - (this.#hours.startMs[i] as number)) / TEN_MINUTES_MS)
    const swing = 0.03 * bell(this.#scatter, i * 3 + (ten >> 1))
    return 1 + (ten % 2 === 0 ? swing : -swing)
  }
}

function pollutant(series: ProcessSeries, i: number, within: number): StationValue | null {
  const value = series.value[i] as number
  const mark = series.mark[i] as string
  const flag = NOT_ON_THE_LINE.has(mark) ? 'N' : mark
  if (Number.isNaN(value) && flag === 'N') return null // left out of the message, without a word
  const given = Number.isNaN(value) ? null : value * within
  if (series.referenceO2 === undefined) return { value: given, flag }
  const converted = series.converted[i] as number
  return { value: given, flag, converted: Number.isNaN(converted) ? null : converted * within }
}

/** What the data logger of an outlet sends, in the order of its messages. */
export function stationFactors(outlet: DemoOutlet): StationFactor[] {
  const own = outlet.factors.map(({ factor, step }) => ({
    code: factor,
    decimals: step >= 1 ? 1 : step >= 0.1 ? 2 : 3,
  }))
  if (outlet.medium === 'water') return [{ code: 'w00000', decimals: 2 }, ...own, { code: LOAD, decimals: 1 }]
  const gas = ['a01011', 'a01012', 'a01013', 'a01014'].map((code) => ({ code, decimals: 2 }))
  const oxygen = outlet.cast.referenceO2 === undefined ? [] : [{ code: 'a19001', decimals: 2 }]
  return [{ code: 'a00000', decimals: 3 }, ...gas, ...oxygen, ...own, { code: LOAD, decimals: 1 }]
}

/** The model's hours moved to the outlet's own limits, reference oxygen, ranges and flow. */
function ownHours(outlet: DemoOutlet, fromMs: number, toMs: number): ProcessHours {
  const { cast, key, seed } = outlet
  const worse = CALM * (1 + (cast.worse ?? 0)) - 1
  const plan = { id: key, sector: cast.process, seed, worse, scatter: 0.55 }
  const hours = new OutletProcess(plan).hours(fromMs, toMs)
  const size = cast.size ?? 1
  const models = new Map(sectors[cast.process].pollutants.map((model) => [model.parameter, model]))
  return {
    ...hours,
    flow: hours.flow.map((flow) => Math.round(flow * size * 100) / 100),
    series: hours.series.flatMap((series) => {
      const factor = outlet.factors.find((each) => each.factor === series.parameter)
      const model = models.get(series.parameter)
      if (factor === undefined || model === undefined) return []
      // acid is no pollutant that comes and goes with the plant's manners
      const scale = factor.limit / model.limit / (series.parameter === PH ? (1 + worse) * 1.09 : 1)
      return moved(series, scale, factor, cast.referenceO2, instrumentOf(outlet, series.parameter))
    }),
  }
}

function moved(
  series: ProcessSeries,
  scale: number,
  factor: { readonly limit: number; readonly rangeHigh: number },
  reference: number | undefined,
  instrument: Instrument,
): ProcessSeries {
  const model = series.referenceO2
  // what is compared with the limit keeps its share of it: converted where there is a reference, else as measured
  const shift = model === undefined || reference === undefined ? 1 : (AIR_O2 - model) / (AIR_O2 - reference)
  const value = new Float64Array(series.value.length)
  const converted = new Float64Array(series.value.length).fill(Number.NaN)
  for (let i = 0; i < value.length; i++) {
    const [raw, ofModel] = [series.value[i] as number, series.converted[i] as number]
    if (i > 0 && raw === series.value[i - 1] && instrument.held) {
      value[i] = value[i - 1] as number
    } else {
      const judged = model !== undefined && reference === undefined && !Number.isNaN(ofModel) ? ofModel : raw
      // the model's own rounding would show in the last digits of the larger values
      const fine = judged + (instrument.uniform(i) - 0.5) * series.step * (scale > 1 ? 1 : 0)
      // the model's start is rich in everything; acid is no matter of starting
      const tame = series.parameter === PH && series.mark[i] === 'St' ? 1 / 1.7 : 1
      value[i] = rounded(
        Math.max(0, fine * scale * shift * tame * (1 + instrument.scatter * instrument.bell(i))),
        series.step,
      )
    }
    if (reference === undefined || Number.isNaN(ofModel) || raw === 0) continue
    converted[i] = rounded(((value[i] as number) * ofModel * scale) / (raw * scale * shift), series.step)
  }
  return {
    ...series,
    value,
    converted,
    limit: new Float64Array(series.limit.length).fill(factor.limit),
    range: new Float64Array(series.range.length).fill(factor.rangeHigh),
    referenceO2: reference,
  }
}

/** The analyser of one factor of an outlet, and its draws. */
interface Instrument extends Dice {
  /** an analyser shows its last result until it has the next one */
  readonly held: boolean
  /** scatter of the instrument beside that of the process */
  readonly scatter: number
}

function instrumentOf(outlet: DemoOutlet, factor: string): Instrument {
  const held = outlet.medium === 'water'
  return {
    held,
    scatter: held && factor !== PH ? 0.06 : 0.004,
    ...dice(outlet.seed, `instrument ${factor}`),
  }
}
