/** Civil days of Asia/Shanghai and instants. */
import { shanghaiIso } from '../../platform/clock.ts'

const dayMs = 86_400_000
const offsetMs = 8 * 3_600_000

/** Civil day in Beijing. */
export const dayOf = (ms: number): string => new Date(ms + offsetMs).toISOString().slice(0, 10)
/** First moment of the civil day. */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) - offsetMs
/** First moment after the civil day. */
export const endOf = (day: string): number => startOf(day) + dayMs
export const iso = (at: Date): string => shanghaiIso(at.getTime())
export const isoOrNull = (at: Date | null): string | null => (at === null ? null : iso(at))
/** 366 in a leap year. */
export const daysInYear = (year: number): number =>
  (startOf(`${year + 1}-01-01`) - startOf(`${year}-01-01`)) / dayMs
