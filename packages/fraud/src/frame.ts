/** What a scan reads: the hours of one outlet on a gap-free grid, and whatever else is known about it. */

export interface OutletFrame {
  readonly outlet: string
  readonly medium: 'air' | 'water'
  /** starts of the hours, epoch ms, ascending and gap-free */
  readonly startMs: Float64Array
  readonly parameters: readonly ParameterSeries[]
  readonly extras?: Extras
}

/**
 * One parameter by the hour. NaN means not available; every array has the length of `startMs`.
 * Units are those of the device (mg/m³ dry standard, mg/L); `o2` in %, `flow` in m³/h, `load` in % or as a share.
 */
export interface ParameterSeries {
  /** code of HJ 212 or a common name: a21026, SO2, w01018, COD … */
  readonly parameter: string
  readonly value: Float64Array
  /** converted to the reference oxygen content as the device sent it; all NaN where nothing is converted */
  readonly converted: Float64Array
  readonly o2: Float64Array
  readonly flow: Float64Array
  readonly load: Float64Array
  /** flag of HJ 212, mark of HJ 75, or the Chinese word; '' is none */
  readonly mark: readonly string[]
  readonly limit: Float64Array
  /** full scale of the instrument: one number, or by the hour where it may have been changed */
  readonly range: number | Float64Array
}

/** Everything that not every caller has. Rules that need it stay silent without it. */
export interface Extras {
  readonly minutes?: readonly MinuteSeries[]
  readonly parameterChanges?: readonly ParameterChange[]
  /** maintenance tickets of the operator company */
  readonly tickets?: readonly {
    readonly fromMs: number
    readonly toMs: number
    readonly parameter?: string
  }[]
  /** visits by inspectors, and comparisons announced to the plant */
  readonly inspectionsMs?: readonly number[]
  readonly comparisons?: readonly Comparison[]
  /** by the hour, on the grid of the frame: kW or kWh of treatment and of production */
  readonly treatmentPower?: Float64Array
  readonly productionPower?: Float64Array
  /** by the hour: reagent in kg/h (limestone, ammonia …) */
  readonly reagentKg?: Float64Array
  /** kg of reagent needed for a kg of pollutant removed, e.g. 1.5625 for CaCO3 and SO2 (100 ÷ 64) */
  readonly reagentPerKg?: number
  /** before the treatment: value by the hour, same flow */
  readonly inlet?: readonly { readonly parameter: string; readonly value: Float64Array }[]
  readonly flueGas?: FlueGas
  readonly clock?: readonly { readonly serverMs: number; readonly deviceMs: number }[]
  readonly lateCorrections?: readonly LateCorrection[]
  /** outlets that share one stack with this one: never compared with it */
  readonly commonStack?: readonly string[]
}

export interface MinuteSeries {
  readonly parameter: string
  readonly startMs: Float64Array
  readonly value: Float64Array
}

export interface ParameterChange {
  readonly atMs: number
  readonly parameter: string
  readonly item: string
  readonly before: number
  readonly after: number
}

/** Online reading beside the manual one of the same time and sample. */
export interface Comparison {
  readonly atMs: number
  readonly parameter: string
  readonly online: number
  readonly manual: number
}

/** By the hour, to work the dry standard flow out again (HJ 75): m/s, °C, Pa (static), share of water. */
export interface FlueGas {
  readonly sectionM2: number
  readonly atmospherePa: number
  readonly velocity: Float64Array
  readonly temperature: Float64Array
  readonly staticPa: Float64Array
  readonly waterShare: Float64Array
}

export interface LateCorrection {
  readonly hourMs: number
  readonly parameter: string
  readonly receivedMs: number
  readonly before: number
  readonly after: number
}

export const HOUR_MS = 3_600_000

/** Hour of the day (0 … 23), Beijing time. */
export function clockOf(ms: number): number {
  return Math.floor(ms / HOUR_MS + 8) % 24
}
