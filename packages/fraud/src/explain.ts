import { HOUR_MS } from './frame.ts'

/** Numbers and times as a bureau writes them. */

const BEIJING_MS = 8 * HOUR_MS

/** At most four significant digits, no trailing zeros. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '—'
  if (Math.abs(value) >= 1000) return String(Math.round(value))
  return String(Number(value.toPrecision(3)))
}

export function percent(share: number): string {
  return `${shown(share * 100)}%`
}

/** `2025年3月4日8时`, Beijing time. */
export function hourText(ms: number): string {
  const at = new Date(ms + BEIJING_MS)
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日${at.getUTCHours()}时`
}

/** `2025年3月4日8时至3月6日20时`: from the start of the first hour to the end of the last. */
export function spanText(startMs: Float64Array, from: number, to: number): string {
  const first = startMs[from]
  const last = startMs[Math.max(from, to - 1)]
  if (first === undefined || last === undefined) return ''
  const a = hourText(first)
  const b = hourText(last + HOUR_MS)
  return `${a}至${a.slice(0, 5) === b.slice(0, 5) ? b.slice(5) : b}`
}

export function hoursText(hours: number): string {
  return hours >= 72 ? `${shown(hours / 24)} 天` : `${hours} 小时`
}
