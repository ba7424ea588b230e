const OFFSET_MS = 8 * 3_600_000

/** Calendar year in Beijing of an instant (epoch ms). */
export function beijingYear(ms: number): number {
  return new Date(ms + OFFSET_MS).getUTCFullYear()
}

/** Civil day in Beijing, YYYY-MM-DD. */
export function beijingDate(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 10)
}
