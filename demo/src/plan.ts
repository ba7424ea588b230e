import { type CivilDate, civilDate, daysInYear, firstDayOf } from './calendar.ts'
import { integer, stream, uniform } from './chance.ts'
import type { YearGoals } from './goals.ts'
import { stations } from './places.ts'

/** Sand weather: hours [fromHour, toHour) counted from the first hour of the year. */
export interface SandEpisode {
  readonly fromHour: number
  readonly toHour: number
  /** mean that it adds to PM10 over the 24 hours of each day that it touches, µg/m³ */
  readonly addedPm10: readonly number[]
  /** PM2.5 that comes with it, as a share of PM10 */
  readonly fineShare: number
}

/** Hours without data: of one station or of the whole network; `item` null means every instrument. */
export interface Outage {
  readonly station: number
  readonly item: number | null
  readonly fromHour: number
  readonly toHour: number
  /** mark of HJ 212: D device fault, B communication, M maintenance */
  readonly mark: 'D' | 'B' | 'M'
}

/** What happens in a year, before any concentration is known. Days count from 0, 1 January. */
export interface YearPlan {
  readonly year: number
  readonly firstDay: number
  readonly days: number
  readonly dates: readonly CivilDate[]
  readonly sand: readonly SandEpisode[]
  readonly sandDays: ReadonlySet<number>
  readonly lostDays: ReadonlySet<number>
  readonly outages: readonly Outage[]
}

/** Months in which the network may lose a day: none of them has sand, so that every month keeps its 27 valid days. */
const QUIET_MONTHS = [7, 1, 9, 8] as const
/** One outage of one station a month, far from its neighbours: four of five stations keep the city valid (≥ 75 %). */
const OUTAGES_A_YEAR = 14
/** An added daily mean below this would leave it open whether the day exceeds 150 µg/m³. */
const LEAST_ADDED_PM10 = 165

export function planYear(seed: number, year: number, goals: YearGoals): YearPlan {
  const firstDay = firstDayOf(year)
  const days = daysInYear(year)
  const dates = Array.from({ length: days }, (_, day) => civilDate(firstDay + day))
  const sand = planSand(stream(seed, `sand ${year}`), year, firstDay, goals)
  const sandDays = new Set(sand.flatMap((episode) => daysTouched(episode)))
  const lostDays = planLostDays(stream(seed, `lost ${year}`), year, firstDay, goals.lostDays)
  const outages = [
    ...planOutages(stream(seed, `outage ${year}`), days, lostDays),
    ...[...lostDays].flatMap((day) => networkOutage(stream(seed, `network ${year}`), day)),
  ]
  return { year, firstDay, days, dates, sand, sandDays, lostDays, outages }
}

export function daysTouched(episode: SandEpisode): number[] {
  const first = Math.floor(episode.fromHour / 24)
  return episode.addedPm10.map((_, i) => first + i)
}

function planSand(of: number, year: number, firstDay: number, goals: YearGoals): SandEpisode[] {
  const episodes: SandEpisode[] = []
  goals.sandDays.forEach((wanted, monthIndex) => {
    const lengths: number[] = []
    for (let left = wanted; left > 0; left -= lengths.at(-1) ?? left) {
      const draw = 1 + integer(of, monthIndex * 40 + lengths.length, 2)
      lengths.push(Math.min(left, draw))
    }
    const monthStart = firstDayOf(year, monthIndex + 1) - firstDay
    const slot = Math.floor(28 / Math.max(1, lengths.length))
    lengths.forEach((length, k) => {
      const index = monthIndex * 40 + 10 + k
      const start = monthStart + k * slot + 1 + integer(of, index, slot - length - 1)
      episodes.push(sandEpisode(of, index, start, length))
    })
  })
  return episodes
}

function sandEpisode(of: number, index: number, startDay: number, length: number): SandEpisode {
  const start = 9 + integer(of, index + 1000, 6)
  const lasts =
    length === 1 ? 5 + integer(of, index + 2000, 5) : 24 * length - start - 6 - integer(of, index + 2000, 9)
  const strength = uniform(of, index + 3000)
  const addedPm10 = Array.from({ length }, (_, k) => {
    const fading = 1 / (1 + k)
    return Math.round(LEAST_ADDED_PM10 + 520 * strength * strength * fading)
  })
  return {
    fromHour: startDay * 24 + start,
    toHour: startDay * 24 + start + lasts,
    addedPm10,
    fineShare: 0.15 + 0.08 * uniform(of, index + 4000),
  }
}

function planLostDays(of: number, year: number, firstDay: number, wanted: number): Set<number> {
  const lost = new Set<number>()
  for (const month of QUIET_MONTHS.slice(0, wanted)) {
    lost.add(firstDayOf(year, month) - firstDay + 3 + integer(of, month, 22))
  }
  return lost
}

/** All stations but one are silent from early morning to late evening: neither a mean nor an 8 h maximum survives. */
function networkOutage(of: number, day: number): Outage[] {
  const spared = integer(of, day, stations.length)
  const from = 3 + integer(of, day + 500, 3)
  return stations
    .map((_, station) => station)
    .filter((station) => station !== spared)
    .map((station) => ({
      station,
      item: null,
      fromHour: day * 24 + from,
      toHour: day * 24 + from + 17,
      mark: 'B',
    }))
}

function planOutages(of: number, days: number, lostDays: ReadonlySet<number>): Outage[] {
  const outages: Outage[] = []
  const slot = Math.floor((days * 24) / OUTAGES_A_YEAR)
  for (let k = 0; k < OUTAGES_A_YEAR; k++) {
    const spread = uniform(of, k)
    const lasts = 4 + Math.floor(64 * spread * spread)
    const fromHour = k * slot + 24 + integer(of, k + 100, slot - lasts - 72)
    const toHour = fromHour + lasts
    const meetsLostDay = [...lostDays].some((day) => fromHour < day * 24 + 48 && toHour > day * 24 - 24)
    if (meetsLostDay) continue
    const whole = uniform(of, k + 200) < 0.4
    outages.push({
      station: integer(of, k + 300, stations.length),
      item: whole ? null : integer(of, k + 400, 6),
      fromHour,
      toHour,
      mark: whole ? 'B' : uniform(of, k + 500) < 0.3 ? 'M' : 'D',
    })
  }
  return outages
}
