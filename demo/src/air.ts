import type { AirItem } from '@shanshui/standards'
import { civilDate, dayOf, dayStartMs, HOUR_MS } from './calendar.ts'
import { bell, stream } from './chance.ts'
import { climate, items } from './climate.ts'
import { hourIndex } from './hours.ts'
import { type DemoYear, generateYear } from './year.ts'

export interface Reading {
  /** µg/m³, CO mg/m³; NaN when the instrument gave none */
  readonly value: number
  /** mark of HJ 212: N normal, D fault, B communication, M maintenance, C calibration */
  readonly mark: string
}

/** The air of the demo city at any time: the same hours as in the files, and what an instrument shows within them. */
export class DemoAir {
  readonly #seed: number
  readonly #years = new Map<number, DemoYear>()

  constructor(seed: number) {
    this.#seed = seed
  }

  year(year: number): DemoYear {
    const known = this.#years.get(year)
    if (known) return known
    const made = generateYear(this.#seed, year)
    this.#years.set(year, made)
    return made
  }

  /** The hour that starts at `startMs` (a whole hour) at a station, by item. */
  hour(station: number, startMs: number): Record<AirItem, Reading> {
    const year = this.year(civilDate(dayOf(startMs)).year)
    const hourOfYear = Math.round((startMs - dayStartMs(year.plan.firstDay)) / HOUR_MS)
    const at = hourIndex(year.plan, station, hourOfYear)
    return byItem((item) => ({
      value: year.hours[item][at] as number,
      mark: String.fromCharCode(year.marks[item][at] as number),
    }))
  }

  /** What the instrument shows at an instant: near the mean of its hour, drawn towards the hours beside it. */
  instant(station: number, ms: number): Record<AirItem, Reading> {
    const startMs = Math.floor(ms / HOUR_MS) * HOUR_MS
    const part = (ms - startMs) / HOUR_MS
    const now = this.hour(station, startMs)
    const beside = this.hour(station, startMs + (part < 0.5 ? -HOUR_MS : HOUR_MS))
    const second = Math.floor(ms / 1000)
    return byItem((item) => {
      const { value, mark } = now[item]
      if (Number.isNaN(value)) return { value, mark }
      const other = Number.isNaN(beside[item].value) ? value : beside[item].value
      const drawn = value + (other - value) * 0.5 * Math.abs(part - 0.5)
      const scatter = 1 + 0.03 * bell(stream(this.#seed, `instant ${item} ${station}`), second)
      const decimals = item === 'co' ? 100 : 10
      return { value: Math.max(climate[item].floor, Math.round(drawn * scatter * decimals) / decimals), mark }
    })
  }
}

function byItem<T>(make: (item: AirItem) => T): Record<AirItem, T> {
  return Object.fromEntries(items.map((item) => [item, make(item)])) as Record<AirItem, T>
}
