import type { AirItem } from '@shanshui/standards'
import { bell, curve, integer, stream, uniform } from './chance.ts'
import { climate, items } from './climate.ts'
import { stations } from './places.ts'
import { daysTouched, type Outage, type SandEpisode, type YearPlan } from './plan.ts'

const STATIONS = stations.length
const DAY_VALUES = STATIONS * 24
/** µg/m³ that no demo hour exceeds. */
const HIGHEST_PM10 = 3400
/** PM2.5 above this share of PM10 would be an inversion (倒挂), which a reviewer throws out. */
const HIGHEST_FINE_SHARE = 0.93

/** Hours of one item in one year: station-major, so that the 24 hours of a station's day lie side by side. */
export type ItemHours = Float64Array

export function hourIndex(plan: YearPlan, station: number, hourOfYear: number): number {
  return station * plan.days * 24 + hourOfYear
}

/**
 * Turns daily city levels into station hours whose city value (mean, or daily maximum 8 h mean for O3) is that
 * level, before rounding and gaps. Sand is not in it yet.
 */
export function spreadOverHours(
  seed: number,
  plan: YearPlan,
  item: AirItem,
  levels: Float64Array,
): ItemHours {
  const of = climate[item]
  // PM2.5 and PM10 share their scatter: they are weighed on the same air
  const kin = item === 'pm25' || item === 'pm10' ? 'particles' : item
  const sharedDraw = stream(seed, `hours ${kin}`)
  const aloneDraws = stations.map((station) => stream(seed, `hours ${kin} ${station.code}`))
  const hours = new Float64Array(STATIONS * plan.days * 24)
  const pattern = new Float64Array(DAY_VALUES)
  for (let day = 0; day < plan.days; day++) {
    const level = levels[day] as number
    const before = levels[day - 1] ?? level
    const after = levels[day + 1] ?? level
    const firstHour = (plan.firstDay + day) * 24
    for (let hour = 0; hour < 24; hour++) {
      const distance = (hour - 11.5) / 24
      const drift = 1 + Math.abs(distance) * ((distance < 0 ? before : after) / level - 1)
      const noise =
        1 +
        of.shared *
          (0.8 * curve(sharedDraw, (firstHour + hour) / 5) + 0.4 * bell(sharedDraw, firstHour + hour))
      const common = (of.diurnal[hour] as number) * Math.min(2, Math.max(0.5, drift)) * Math.max(0.35, noise)
      for (let s = 0; s < STATIONS; s++) {
        const single = 1 + of.alone * bell(aloneDraws[s] as number, firstHour + hour)
        pattern[s * 24 + hour] = common * (of.site[s] as number) * Math.max(0.5, single)
      }
    }
    const scale = level / (item === 'o3' ? meanOfHighest8h(pattern) : meanOf(pattern))
    for (let s = 0; s < STATIONS; s++) {
      const to = hourIndex(plan, s, day * 24)
      for (let hour = 0; hour < 24; hour++) hours[to + hour] = (pattern[s * 24 + hour] as number) * scale
    }
  }
  return hours
}

function meanOf(pattern: Float64Array): number {
  let sum = 0
  for (let i = 0; i < pattern.length; i++) sum += pattern[i] as number
  return sum / pattern.length
}

/** Mean over the stations of the highest of the 17 windows of 8 hours that lie in the day. */
function meanOfHighest8h(pattern: Float64Array): number {
  let total = 0
  for (let s = 0; s < STATIONS; s++) {
    let window = 0
    let highest = 0
    for (let hour = 0; hour < 24; hour++) {
      window += pattern[s * 24 + hour] as number
      if (hour >= 8) window -= pattern[s * 24 + hour - 8] as number
      if (hour >= 7) highest = Math.max(highest, window / 8)
    }
    total += highest
  }
  return total / STATIONS
}

/** Adds sand weather to the particles: a wall within two hours, then a long fading. */
export function addSand(seed: number, plan: YearPlan, pm25: ItemHours, pm10: ItemHours): void {
  const draw = stream(seed, 'sand hours')
  for (const episode of plan.sand) {
    daysTouched(episode).forEach((day, k) => {
      const from = Math.max(episode.fromHour, day * 24)
      const to = Math.min(episode.toHour, day * 24 + 24)
      addSandDay(draw, plan, episode, { from, to, dayMean: episode.addedPm10[k] as number }, pm25, pm10)
    })
  }
}

function addSandDay(
  draw: number,
  plan: YearPlan,
  episode: SandEpisode,
  part: { from: number; to: number; dayMean: number },
  pm25: ItemHours,
  pm10: ItemHours,
): void {
  const count = part.to - part.from
  const envelope = Array.from({ length: count }, (_, i) => sandStrength(episode, part.from + i))
  const scale = (part.dayMean * 24) / envelope.reduce((sum, value) => sum + value, 0)
  for (let s = 0; s < STATIONS; s++) {
    for (let i = 0; i < count; i++) {
      const hour = part.from + i
      const at = hourIndex(plan, s, hour)
      const scatter = 1 + 0.1 * bell(draw, (plan.firstDay * 24 + hour) * 8 + s)
      const added = (envelope[i] as number) * scale * scatter
      pm10[at] = Math.min(HIGHEST_PM10, (pm10[at] as number) + added)
      pm25[at] = (pm25[at] as number) + added * episode.fineShare
    }
  }
}

function sandStrength(episode: SandEpisode, hour: number): number {
  const since = hour - episode.fromHour + 0.5
  const passed = since / (episode.toHour - episode.fromHour)
  return (Math.min(1, since / 2) * (1.04 - passed)) / (1 + 3 * passed)
}

/** What the instrument shows: whole µg/m³, CO with one decimal, nothing below its floor. */
export function roundAsShown(item: AirItem, hours: ItemHours): void {
  const { floor } = climate[item]
  const parts = item === 'co' ? 10 : 1
  for (let i = 0; i < hours.length; i++) {
    hours[i] = Math.max(floor, Math.round((hours[i] as number) * parts) / parts)
  }
}

/** Keeps PM2.5 below PM10 in every hour, as on real instruments that pass review. */
export function keepFineBelowCoarse(pm25: ItemHours, pm10: ItemHours): void {
  for (let i = 0; i < pm25.length; i++) {
    pm25[i] = Math.min(pm25[i] as number, Math.floor(HIGHEST_FINE_SHARE * (pm10[i] as number)))
  }
}

/** One character code per hour: `N`, or the HJ 212 mark that says why there is no value. */
export type ItemMarks = Uint8Array

const NORMAL = 'N'.charCodeAt(0)
const CALIBRATION = 'C'.charCodeAt(0)
const FAULT = 'D'.charCodeAt(0)

/**
 * Why hours are missing: planned outages, weekly calibration of the gas analysers, and single lost hours. At most two
 * lost hours a day outside the outages, so that no 8 h mean and no daily mean falls for them.
 */
export function markGaps(seed: number, plan: YearPlan): Record<AirItem, ItemMarks> {
  const marks = Object.fromEntries(
    items.map((item) => [item, new Uint8Array(STATIONS * plan.days * 24).fill(NORMAL)]),
  ) as Record<AirItem, ItemMarks>
  const draw = stream(seed, 'single gaps')
  items.forEach((item, i) => {
    const gas = item !== 'pm25' && item !== 'pm10'
    for (let s = 0; s < STATIONS; s++) {
      for (let day = 0; day < plan.days; day++) {
        const epochDay = plan.firstDay + day
        const to = hourIndex(plan, s, day * 24)
        if (gas && (epochDay + s * 2) % 7 === 0) marks[item][to + 1 + (i % 3)] = CALIBRATION
        const index = (epochDay * STATIONS + s) * items.length + i
        if (uniform(draw, index) < 0.05) marks[item][to + integer(draw, ~index, 24)] = FAULT
      }
    }
  })
  for (const outage of plan.outages) markOutage(plan, outage, marks)
  return marks
}

function markOutage(plan: YearPlan, outage: Outage, marks: Record<AirItem, ItemMarks>): void {
  const code = outage.mark.charCodeAt(0)
  const from = hourIndex(plan, outage.station, outage.fromHour)
  items.forEach((item, i) => {
    if (outage.item !== null && outage.item !== i) return
    marks[item].fill(code, from, from + outage.toHour - outage.fromHour)
  })
}

export function clearMarked(hours: ItemHours, marks: ItemMarks): void {
  for (let i = 0; i < hours.length; i++) {
    if (marks[i] !== NORMAL) hours[i] = Number.NaN
  }
}
