import { roundHalfEven } from '@shanshui/standards'

/** What stands where there is no number: an en dash, never 0. */
export const NO_VALUE = '–'

/** Rounds by GB/T 8170 and keeps the standard's decimals: 35.5 with 0 decimals → `36`, 34.5 → `34`. */
export function formatNumber(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_VALUE
  const rounded = roundHalfEven(value, decimals)
  return (Object.is(rounded, -0) ? 0 : rounded).toFixed(decimals)
}

/** With a sign, for changes: `+11.1`, `−3.0`, `0.0`. */
export function formatSigned(value: number | null | undefined, decimals: number): string {
  const text = formatNumber(value, decimals)
  if (text === NO_VALUE) return text
  if (text.startsWith('-')) return `−${text.slice(1)}`
  return Number(text) === 0 ? text : `+${text}`
}

/** Thousands apart, for counts. */
export function formatCount(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_VALUE
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 })
}
