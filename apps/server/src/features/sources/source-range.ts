import { AppError } from '../../platform/errors.ts'
import { dayMs, midnightOf } from '../series/index.ts'

/** Beyond these there are no data, and texts of time stop being of the usual form. */
const [earliestMs, latestMs] = [Date.UTC(1970, 0, 1), Date.UTC(2200, 0, 1)]

/** Instant of a date (midnight in Asia/Shanghai) or of an ISO 8601 time. @throws AppError `source.range-invalid` */
export function instantOf(text: string, name: string): number {
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const ms = text.length === 10 ? midnightOf(text) : zoned ? Date.parse(text) : Number.NaN
  if (ms >= earliestMs && ms < latestMs) return ms
  throw new AppError('source.range-invalid', { detail: `${name} 为“${text}”` })
}

/** Half-open range. @throws AppError `source.range-invalid` */
export function rangeOf(from: string, to: string, longestDays: number): { fromMs: number; toMs: number } {
  const fromMs = instantOf(from, 'from')
  const toMs = instantOf(to, 'to')
  if (fromMs >= toMs) throw new AppError('source.range-invalid', { detail: `${from} 不早于 ${to}` })
  if (toMs - fromMs > longestDays * dayMs)
    throw new AppError('source.range-invalid', { detail: `${from} 至 ${to}，上限 ${longestDays} 日` })
  return { fromMs, toMs }
}

/** Optional bounds of a list. */
export function boundsOf(query: { from?: string | undefined; to?: string | undefined }): {
  fromMs?: number
  toMs?: number
} {
  return {
    ...(query.from === undefined ? {} : { fromMs: instantOf(query.from, 'from') }),
    ...(query.to === undefined ? {} : { toMs: instantOf(query.to, 'to') }),
  }
}

export const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value
