/** Civil days of Asia/Shanghai as text YYYY-MM-DD. This package imports nothing, so it has its own few lines. */
const offsetMs = 8 * 3_600_000

export const dayOf = (ms: number): string => new Date(ms + offsetMs).toISOString().slice(0, 10)

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** The same day `months` later, or the last of that month where it has none (民法典 202). */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const index = year * 12 + month - 1 + months
  const first = (at: number) => Date.UTC(Math.floor(at / 12), ((at % 12) + 12) % 12, 1)
  const last = new Date(first(index + 1) - 86_400_000).getUTCDate()
  return new Date(first(index) + (Math.min(date, last) - 1) * 86_400_000).toISOString().slice(0, 10)
}

/** The first day after `day` that is number `of` of its month, or its last where it is shorter. */
export function nextMonthly(day: string, of: number): string {
  const month = `${day.slice(0, 7)}-01`
  for (let later = 0; ; later++) {
    const first = monthsAfter(month, later)
    const last = new Date(Date.parse(`${monthsAfter(first, 1)}T00:00:00Z`) - 86_400_000).getUTCDate()
    const date = `${first.slice(0, 8)}${String(Math.min(of, last)).padStart(2, '0')}`
    if (date > day) return date
  }
}
