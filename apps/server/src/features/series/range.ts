import { AppError } from '../../platform/errors.ts'
import { dayMs, midnightOf } from './civil-time.ts'

/**
 * Instant of a date (midnight in Asia/Shanghai) or of an ISO 8601 time with offset.
 * @throws AppError `series.range-invalid`
 */
export function instantOf(text: string, name: string): number {
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const ms = text.length === 10 ? midnightOf(text) : zoned ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  throw new AppError('series.range-invalid', { detail: `${name} 为“${text}”` })
}

/** Half-open range. @throws AppError `series.range-invalid`, `series.range-too-long` */
export function rangeOf(from: string, to: string, longestDays: number): { fromMs: number; toMs: number } {
  const fromMs = instantOf(from, 'from')
  const toMs = instantOf(to, 'to')
  if (fromMs >= toMs) throw new AppError('series.range-invalid', { detail: `${from} 不早于 ${to}` })
  if (toMs - fromMs > longestDays * dayMs) {
    throw new AppError('series.range-too-long', { detail: `${from} 至 ${to}，上限 ${longestDays} 日` })
  }
  return { fromMs, toMs }
}

/** Factor codes of a comma-separated list, undefined when there is none. */
export function listOf(text: string | undefined): string[] | undefined {
  const items = text
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  return items === undefined || items.length === 0 ? undefined : [...new Set(items)]
}

/** Ids of a comma-separated list. @throws AppError `request.invalid` */
export function idsOf(text: string | undefined): number[] | undefined {
  return listOf(text)?.map((item) => {
    const id = Number(item)
    if (Number.isInteger(id) && id > 0 && id < 2 ** 31) return id
    throw new AppError('request.invalid', { detail: `点位编号“${item}”不是正整数` })
  })
}
