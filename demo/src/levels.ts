import { type AirItem, airEditionOn, airLimit } from '@shanshui/standards'
import { isoDate } from './calendar.ts'
import { bell, curve, stream, uniform } from './chance.ts'
import { climate, items } from './climate.ts'
import type { YearGoals } from './goals.ts'
import type { YearPlan } from './plan.ts'

/**
 * Daily city levels: the shape of a year (season, weather, week) times a scale. The days that exceed a limit are
 * chosen beforehand, by rank, and stand clear above it; all others bend away below it. So the number of excellent
 * days does not depend on the scale, and the scale can be found by bisection on the annual mean or percentile.
 */
export interface YearShape {
  readonly plan: YearPlan
  /** by item: relative level of each day */
  readonly shape: Record<AirItem, Float64Array>
  /** by item: the level of a day that exceeds, NaN on all other days */
  readonly exceeding: Record<AirItem, Float64Array>
  /** by item: the limit of the day, µg/m³ (CO mg/m³), by the edition in force on the day */
  readonly limit: Record<AirItem, Float64Array>
}

/** Other days stay below this share of the limit, and bend from the knee on. */
const KNEE = 0.74
const CEILING = 0.955
/** An exceeding day stands so far above the limit that a missing station cannot bring it below. */
const CLEARLY_ABOVE = 1.04
/** PM10 contains PM2.5: a day's PM10 is at least so many times its PM2.5. */
const LEAST_COARSE = 1.35

export function shapeYear(seed: number, plan: YearPlan, goals: YearGoals): YearShape {
  const shape = tableOf((item) => relativeLevels(seed, plan, item))
  const limit = tableOf((item) => limits(plan, item))
  const exceeding = tableOf(() => new Float64Array(plan.days).fill(Number.NaN))
  chooseExceeding(seed, plan, goals, { plan, shape, exceeding, limit })
  return { plan, shape, exceeding, limit }
}

/** Levels of every day for a scale. `fine` are the PM2.5 levels, which PM10 must exceed. */
export function levelsAt(year: YearShape, item: AirItem, scale: number, fine?: Float64Array): Float64Array {
  const { shape, exceeding, limit } = {
    shape: year.shape[item],
    exceeding: year.exceeding[item],
    limit: year.limit[item],
  }
  const levels = new Float64Array(shape.length)
  for (let day = 0; day < levels.length; day++) {
    const fixed = exceeding[day] as number
    if (!Number.isNaN(fixed)) {
      levels[day] = fixed
      continue
    }
    const least = fine ? LEAST_COARSE * (fine[day] as number) : 0
    levels[day] = bend(Math.max(least, scale * (shape[day] as number)), limit[day] as number)
  }
  return levels
}

/** Identity below the knee, then a curve that never reaches the ceiling. */
function bend(level: number, limit: number): number {
  const knee = KNEE * limit
  if (level <= knee) return level
  const room = (CEILING - KNEE) * limit
  const over = level - knee
  return knee + (room * over) / (room + over)
}

function relativeLevels(seed: number, plan: YearPlan, item: AirItem): Float64Array {
  const of = climate[item]
  const stagnant = stream(seed, 'stagnation')
  const own = stream(seed, `weather ${item}`)
  const alone = Math.sqrt(1 - of.stagnation * of.stagnation)
  const levels = new Float64Array(plan.days)
  plan.dates.forEach((date, day) => {
    const epochDay = plan.firstDay + day
    const shared = 0.8 * curve(stagnant, epochDay / 4.3) + 0.6 * bell(stagnant, epochDay + 7_000_000)
    const single = 0.7 * curve(own, epochDay / 3.1) + 0.7 * bell(own, epochDay + 7_000_000)
    const weather = of.scatter * (of.stagnation * shared + alone * single)
    const weekend = date.weekday === 6 ? of.weekend[0] : date.weekday === 0 ? of.weekend[1] : 1
    levels[day] = seasonAt(of.season, date.month, date.date) * weekend * skewed(weather)
  })
  return levels
}

/** A positive, right-skewed factor around 1: (1 + x/4)⁴ stands in for eˣ, and is the same on every machine. */
function skewed(x: number): number {
  const base = Math.max(0.1, 1 + x / 4)
  return base * base * base * base
}

function seasonAt(season: readonly number[], month: number, date: number): number {
  const position = month - 1 + (date - 15.5) / 30.5
  const before = Math.floor(position)
  const part = position - before
  const weight = part * part * (3 - 2 * part)
  const at = (index: number) => season[(index + 12) % 12] as number
  return at(before) * (1 - weight) + at(before + 1) * weight
}

function limits(plan: YearPlan, item: AirItem): Float64Array {
  const averaging = item === 'o3' ? 'mda8' : 'day'
  return Float64Array.from({ length: plan.days }, (_, day) => {
    const edition = airEditionOn(isoDate(plan.firstDay + day))
    return airLimit(edition, item, averaging, 2) ?? Number.POSITIVE_INFINITY
  })
}

/** Of the days that are not excellent, sand takes its own; the rest is shared by summer ozone, winter PM2.5 and dust. */
function chooseExceeding(seed: number, plan: YearPlan, goals: YearGoals, year: YearShape): void {
  const valid = plan.days - plan.lostDays.size
  const rest = valid - goals.excellentDays - plan.sandDays.size
  if (rest < 0) throw new Error(`demo ${plan.year}: more sand days than days that may exceed`)
  const ozone = Math.round(rest * 0.36)
  const fine = Math.round(rest * 0.3)
  const taken = new Set([...plan.sandDays, ...plan.lostDays])
  const draw = stream(seed, `exceeding ${plan.year}`)
  const take = (item: AirItem, count: number, months: readonly number[], spread: number) => {
    for (const day of worstDays(plan, year.shape[item], taken, months, count)) {
      taken.add(day)
      const part = uniform(draw, day)
      year.exceeding[item][day] = (year.limit[item][day] as number) * (CLEARLY_ABOVE + spread * part * part)
    }
  }
  take('o3', ozone, [5, 6, 7, 8], 0.2)
  take('pm25', fine, [1, 2, 11, 12], 0.24)
  take('pm10', rest - ozone - fine, [1, 2, 3, 4, 5, 10, 11, 12], 0.45)
}

function worstDays(
  plan: YearPlan,
  shape: Float64Array,
  taken: ReadonlySet<number>,
  months: readonly number[],
  count: number,
): number[] {
  const candidates = plan.dates
    .map((date, day) => ({ day, month: date.month, level: shape[day] as number }))
    .filter(({ day, month }) => months.includes(month) && !taken.has(day))
    .sort((a, b) => b.level - a.level || a.day - b.day)
  return candidates.slice(0, count).map(({ day }) => day)
}

function tableOf<T>(make: (item: AirItem) => T): Record<AirItem, T> {
  return Object.fromEntries(items.map((item) => [item, make(item)])) as Record<AirItem, T>
}
