import { type AirItem, percentile } from '@shanshui/standards'
import { cityDays } from './city-days.ts'
import { items } from './climate.ts'
import { annualFigures } from './figures.ts'
import { goalsOf, type YearGoals } from './goals.ts'
import {
  addSand,
  clearMarked,
  type ItemHours,
  type ItemMarks,
  keepFineBelowCoarse,
  markGaps,
  roundAsShown,
  spreadOverHours,
} from './hours.ts'
import { levelsAt, shapeYear, type YearShape } from './levels.ts'
import { planYear, type YearPlan } from './plan.ts'

export interface DemoYear {
  readonly plan: YearPlan
  readonly hours: Readonly<Record<AirItem, ItemHours>>
  readonly marks: Readonly<Record<AirItem, ItemMarks>>
}

export const DEMO_SEED = 629_000

/** How near the search has to come; far inside the rounding of the published figure, so that any order of rounding agrees. */
const tolerance: Record<AirItem, number> = {
  pm25: 0.03,
  pm10: 0.05,
  o3: 0.3,
  no2: 0.04,
  so2: 0.03,
  co: 0.012,
}
const MOST_ROUNDS = 8

/**
 * The hours of one calendar year, up to its last hour whatever the time is: a pure function of seed and year, so that
 * what is loaded today agrees with what is loaded tomorrow. Throws when the search does not reach the goals.
 */
export function generateYear(seed: number, year: number, goals: YearGoals = goalsOf(year)): DemoYear {
  const plan = planYear(seed, year, goals)
  const shape = shapeYear(seed, plan, goals)
  const marks = markGaps(seed, plan)
  const hours = {} as Record<AirItem, ItemHours>
  const wanted: Record<AirItem, number> = { ...pick(goals) }
  const open = new Set<AirItem>(items)
  let misses: string[] = []
  for (let round = 0; round < MOST_ROUNDS && open.size > 0; round++) {
    Object.assign(hours, buildHours(seed, shape, wanted, marks, open, hours))
    misses = []
    for (const item of [...open]) {
      const found = annualStatistic(item, cityDays(plan, item, hours[item], true))
      const error = goals[item] - found
      if (Math.abs(error) <= tolerance[item]) {
        // PM10 leans on PM2.5, so the pair is settled together
        if (!isParticle(item)) open.delete(item)
        continue
      }
      wanted[item] += error
      misses.push(`${item} ${found.toFixed(3)} instead of ${goals[item]}`)
    }
    if (!misses.some((miss) => miss.startsWith('pm'))) {
      open.delete('pm25')
      open.delete('pm10')
    }
  }
  if (open.size > 0) throw new Error(`demo year ${year}: the search did not arrive: ${misses.join(', ')}`)
  checkFigures({ plan, hours }, goals)
  return { plan, hours, marks }
}

/** The last word is that of the published rules, on the finished hours: rounded figures, index and days. */
function checkFigures(year: Pick<DemoYear, 'plan' | 'hours'>, goals: YearGoals): void {
  const found = annualFigures(year)
  const wrong = items
    .filter((item) => found.rounded[item] !== goals[item])
    .map((item) => `${item} ${found.rounded[item]} instead of ${goals[item]}`)
  if (!found.complete) wrong.push('a month has too few valid days')
  if (goals.index !== undefined && found.index !== goals.index) {
    wrong.push(`index ${found.index} instead of ${goals.index}`)
  }
  const validDays = year.plan.days - goals.lostDays
  if (found.excellent !== goals.excellentDays || found.valid !== validDays) {
    wrong.push(
      `${found.excellent}/${found.valid} excellent days instead of ${goals.excellentDays}/${validDays}`,
    )
  }
  if (wrong.length > 0) throw new Error(`demo year ${year.plan.year}: ${wrong.join('; ')}`)
}

function pick({ pm25, pm10, o3, no2, so2, co }: YearGoals): Record<AirItem, number> {
  return { pm25, pm10, o3, no2, so2, co }
}

function isParticle(item: AirItem): boolean {
  return item === 'pm25' || item === 'pm10'
}

/** Rebuilds the hours of the items that are still open. */
function buildHours(
  seed: number,
  shape: YearShape,
  wanted: Record<AirItem, number>,
  marks: Record<AirItem, ItemMarks>,
  open: ReadonlySet<AirItem>,
  before: Record<AirItem, ItemHours>,
): Record<AirItem, ItemHours> {
  const { plan } = shape
  const hours = { ...before }
  let fine: Float64Array | undefined
  for (const item of items) {
    if (!open.has(item)) continue
    const levels = findLevels(shape, item, wanted[item], item === 'pm10' ? fine : undefined)
    if (item === 'pm25') fine = levels
    hours[item] = spreadOverHours(seed, plan, item, levels)
  }
  if (open.has('pm25')) addSand(seed, plan, hours.pm25, hours.pm10)
  for (const item of open) roundAsShown(item, hours[item])
  if (open.has('pm25')) keepFineBelowCoarse(hours.pm25, hours.pm10)
  for (const item of open) clearMarked(hours[item], marks[item])
  return hours
}

/** Bisection on the scale: the statistic of the daily levels grows with it. */
function findLevels(shape: YearShape, item: AirItem, wanted: number, fine?: Float64Array): Float64Array {
  let low = 0
  let high = 8 * wanted
  let levels = levelsAt(shape, item, high, fine)
  for (let step = 0; step < 40; step++) {
    const scale = (low + high) / 2
    levels = levelsAt(shape, item, scale, fine)
    if (annualStatistic(item, withoutExcluded(shape.plan, item, levels)) < wanted) low = scale
    else high = scale
  }
  return levels
}

function withoutExcluded(plan: YearPlan, item: AirItem, levels: Float64Array): Float64Array {
  const kept = levels.slice()
  for (const day of plan.lostDays) kept[day] = Number.NaN
  if (isParticle(item)) for (const day of plan.sandDays) kept[day] = Number.NaN
  return kept
}

/** The statistic of the year that the index uses: mean, for CO the 95th, for O3 the 90th percentile (HJ 663). */
export function annualStatistic(item: AirItem, days: Float64Array): number {
  if (item === 'co') return percentile(days, 95)
  if (item === 'o3') return percentile(days, 90)
  let sum = 0
  let count = 0
  for (const value of days) {
    if (Number.isNaN(value)) continue
    sum += value
    count++
  }
  return sum / count
}
