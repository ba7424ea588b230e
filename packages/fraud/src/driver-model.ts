import { mad } from './statistics/order.ts'
import { robustFit } from './statistics/regression.ts'
import type { OutletView, SeriesView } from './view.ts'

/**
 * How a parameter follows the working of the plant: load (or flow when there is no load), oxygen, and the other
 * parameters of the same sample. Fitted on movements within days, so that a shifted level does not bend it.
 */
export interface DriverModel {
  /** expected movement within days, on the grid; NaN where unknown */
  readonly expected: Float64Array
  /** share of the movement that the drivers explain */
  readonly explained: number
  /** largest |slope ÷ standard error| of a driver */
  readonly strongest: number
  /** ln(value) less what load, oxygen and flow explain, on the valid hours (`series.at`) */
  readonly level: Float64Array
  /** the same, less what the other parameters explain as well; undefined when they explain little */
  readonly siblingLevel: Float64Array | undefined
  readonly names: readonly string[]
}

interface Driver {
  readonly name: string
  readonly fast: Float64Array
  /** the driver itself (logarithm where positive), on the grid */
  readonly whole: Float64Array
}

const MOST_SIBLINGS = 4
const WORTH = 0.15

export class Drivers {
  readonly #view: OutletView
  readonly #plant: readonly Driver[]
  readonly #siblings = new Map<string, Driver>()
  readonly #models = new Map<string, DriverModel>()

  constructor(view: OutletView) {
    this.#view = view
    const plant: Driver[] = []
    if (view.load !== undefined && varies(view.load)) plant.push(columnDriver(view, 'load', '生产负荷'))
    else if (view.flow !== undefined && varies(view.flow)) plant.push(columnDriver(view, 'flow', '流量'))
    if (view.o2 !== undefined && varies(view.o2)) plant.push(columnDriver(view, 'o2', '含氧量'))
    this.#plant = plant
  }

  /** Drivers that the plant itself gives: load or flow, oxygen. */
  get plant(): readonly Driver[] {
    return this.#plant
  }

  siblingsOf(series: SeriesView): readonly Driver[] {
    return this.#view.series
      .filter(
        (other) =>
          other !== series &&
          other.kind === 'pollutant' &&
          other.step < 0.1 * other.middle &&
          other.at.length > 0.3 * series.at.length,
      )
      .slice(0, MOST_SIBLINGS)
      .map((other) => this.#sibling(other))
  }

  modelOf(series: SeriesView): DriverModel {
    const known = this.#models.get(series.parameter)
    if (known !== undefined) return known
    const made = this.#fit(series)
    this.#models.set(series.parameter, made)
    return made
  }

  #sibling(series: SeriesView): Driver {
    const known = this.#siblings.get(series.parameter)
    if (known !== undefined) return known
    const whole = new Float64Array(this.#view.n).fill(Number.NaN)
    for (let k = 0; k < series.at.length; k++) whole[series.at[k] as number] = series.y[k] as number
    const driver = { name: series.zh, fast: series.fast, whole }
    this.#siblings.set(series.parameter, driver)
    return driver
  }

  #fit(series: SeriesView): DriverModel {
    const { n } = this.#view
    const plant = this.#plant
    const plantFit = robustFit(
      series.fast,
      plant.map(({ fast }) => fast),
    )
    const level = lessDrivers(series, plant, plantFit?.slopes)
    const all = [...plant, ...this.siblingsOf(series)]
    const fit =
      all.length > plant.length
        ? robustFit(
            series.fast,
            all.map(({ fast }) => fast),
          )
        : plantFit
    const expected = new Float64Array(n).fill(Number.NaN)
    const used = fit === undefined ? [] : fit === plantFit ? plant : all
    if (fit !== undefined)
      for (let i = 0; i < n; i++) {
        let sum = 0
        for (let j = 0; j < used.length; j++)
          sum += (fit.slopes[j] as number) * ((used[j] as Driver).fast[i] as number)
        expected[i] = sum
      }
    const gains = (fit?.explained ?? 0) - (plantFit?.explained ?? 0) > WORTH
    return {
      expected,
      explained: fit?.explained ?? 0,
      strongest: fit === undefined ? 0 : Math.max(0, ...fit.t.map(Math.abs)),
      level,
      siblingLevel:
        fit !== undefined && fit !== plantFit && gains ? lessDrivers(series, all, fit.slopes) : undefined,
      names: used.map(({ name }) => name),
    }
  }
}

function varies(column: Float64Array): boolean {
  return mad(column) > 0
}

function columnDriver(view: OutletView, key: 'load' | 'flow' | 'o2', name: string): Driver {
  const blank = new Float64Array(view.n).fill(Number.NaN)
  const column = view[key] ?? blank
  const whole = key === 'o2' ? column : column.map((v) => (v > 0 ? Math.log(v) : Number.NaN))
  return { name, fast: view.fast[key] ?? blank, whole }
}

/** Where a driver is missing for an hour its usual value stands in, so that no hour is lost. */
function lessDrivers(
  series: SeriesView,
  drivers: readonly Driver[],
  slopes: Float64Array | undefined,
): Float64Array {
  const result = series.y.slice()
  if (slopes === undefined) return result
  for (const [j, { whole }] of drivers.entries()) {
    const slope = slopes[j] as number
    let [sum, count] = [0, 0]
    for (const i of series.at) {
      const v = whole[i] as number
      if (!Number.isFinite(v)) continue
      sum += v
      count++
    }
    const usual = count === 0 ? 0 : sum / count
    for (let k = 0; k < result.length; k++) {
      const v = whole[series.at[k] as number] as number
      if (Number.isFinite(v)) result[k] = (result[k] as number) - slope * (v - usual)
    }
  }
  return result
}
