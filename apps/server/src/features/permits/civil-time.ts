/** What the room says of civil days beyond the series' door: their end, the length of a year, instants on the wire. */
import { shanghaiIso } from '../../platform/clock.ts'
import { dayMs, midnightOf } from '../series/index.ts'

/** First moment after the civil day. */
export const endOf = (day: string): number => midnightOf(day) + dayMs
export const iso = (at: Date): string => shanghaiIso(at.getTime())
/** 366 in a leap year. */
export const daysInYear = (year: number): number =>
  (midnightOf(`${year + 1}-01-01`) - midnightOf(`${year}-01-01`)) / dayMs
