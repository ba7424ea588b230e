const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** Calendar year in Beijing of an instant (epoch ms). */
export function beijingYear(ms: number): number {
  return new Date(ms + OFFSET_MS).getUTCFullYear()
}

/** Number of the civil day in Beijing (days since 1970-01-01). */
export function beijingDay(ms: number): number {
  return Math.floor((ms + OFFSET_MS) / DAY_MS)
}

/** Civil day in Beijing, YYYY-MM-DD. */
export function beijingDate(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 10)
}
