import { civilDate, dayOf, HOUR_MS } from '../calendar.ts'
import { integer, stream, uniform } from '../chance.ts'
import { type Rough, rough } from './rough.ts'
import type { SectorModel } from './sectors.ts'

const BEIJING_HOURS = 8
const HOURS_PER_YEAR = 8760

/** Whole hours since 1970-01-01 00:00 Beijing time. */
export function hourNumber(ms: number): number {
  return Math.floor(ms / HOUR_MS) + BEIJING_HOURS
}

export const msOfHour = (hour: number): number => (hour - BEIJING_HOURS) * HOUR_MS

export type Working = 'running' | 'stopped' | 'starting' | 'stopping'

export interface Condition {
  readonly working: Working
  /** share of full load, 0 when stopped */
  readonly load: number
}

const START_HOURS = 5
const STOP_HOURS = 2

/** An episode that happens at most once in a slot of hours; any hour can be asked without a past. */
export interface Episode {
  readonly from: number
  readonly to: number
}

export function episodeOf(
  of: number,
  slotHours: number,
  chance: number,
  lengths: readonly [number, number],
  hour: number,
): Episode | undefined {
  const slot = Math.floor(hour / slotHours)
  for (const each of [slot, slot - 1]) {
    if (uniform(of, each * 4) >= chance) continue
    const length = Math.round(lengths[0] + (lengths[1] - lengths[0]) * uniform(of, each * 4 + 1) ** 2)
    const from = each * slotHours + integer(of, each * 4 + 2, slotHours)
    if (hour >= from - STOP_HOURS && hour < from + length + START_HOURS) return { from, to: from + length }
  }
  return undefined
}

/** Load and working condition of a source, by the pattern of its sector: shifts, weekends, seasons, stops. */
export class WorkingCondition {
  readonly #sector: SectorModel
  readonly #stops: number
  readonly #noise: Rough
  readonly #batch: number

  constructor(sector: SectorModel, seed: number) {
    this.#sector = sector
    this.#stops = stream(seed, 'stops')
    this.#noise = rough(seed, 'load', 0.45)
    this.#batch = stream(seed, 'batches')
  }

  at(hour: number): Condition {
    const stop = this.#stopNear(hour)
    if (stop !== undefined && hour >= stop.from && hour < stop.to) return { working: 'stopped', load: 0 }
    const load = this.#running(hour)
    if (stop !== undefined && hour >= stop.to) {
      return { working: 'starting', load: load * (0.25 + 0.15 * (hour - stop.to + 1)) }
    }
    if (stop !== undefined) return { working: 'stopping', load: load * 0.45 }
    return { working: 'running', load }
  }

  #stopNear(hour: number): Episode | undefined {
    const { stopsPerYear, stopHours } = this.#sector
    if (stopsPerYear <= 0) return undefined
    const slot = Math.max(Math.round(HOURS_PER_YEAR / stopsPerYear), stopHours[1] + 48)
    return episodeOf(this.#stops, slot, 0.85, stopHours, hour)
  }

  #running(hour: number): number {
    const clock = ((hour % 24) + 24) % 24
    const { weekday, month } = civilDate(dayOf(msOfHour(hour)))
    const wander = this.#noise.at(hour)
    const day = Math.sin(((clock - 9) / 24) * 2 * Math.PI)
    switch (this.#sector.loadPattern) {
      case 'dispatch': {
        const evening = clock >= 17 && clock <= 21 ? 0.08 : 0
        const season = month <= 2 || month === 12 || month === 7 || month === 8 ? 0.06 : 0
        return within(0.68 + 0.13 * day + evening + season + 0.09 * wander, 0.4, 1)
      }
      case 'steady':
        return within(0.92 + 0.035 * wander, 0.65, 1.02)
      case 'day-shift': {
        const working = clock >= 7 && clock < 22 && weekday !== 0
        return working ? within(0.75 + 0.12 * wander, 0.35, 1) : within(0.3 + 0.06 * wander, 0.15, 0.5)
      }
      case 'batch': {
        const length = 5 + integer(this.#batch, Math.floor(hour / 240), 5)
        const phase = (hour % length) / length
        return within(0.78 + 0.14 * Math.sin(phase * 2 * Math.PI) + 0.06 * wander, 0.4, 1)
      }
      case 'heating': {
        const winter = month <= 3 || month >= 11
        const night = 0.08 * Math.cos(((clock - 4) / 24) * 2 * Math.PI)
        return within((winter ? 0.72 : 0.4) + night + 0.08 * wander, 0.2, 1)
      }
      case 'inflow': {
        const twoPeaks =
          Math.sin(((clock - 7) / 24) * 2 * Math.PI) + 0.5 * Math.sin(((clock - 5) / 12) * 2 * Math.PI)
        return within(
          0.7 + 0.13 * twoPeaks + (weekday === 0 || weekday === 6 ? -0.03 : 0) + 0.06 * wander,
          0.35,
          1.1,
        )
      }
    }
  }
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
