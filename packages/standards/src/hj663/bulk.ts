import { daysNeeded, validity } from '../gb3095/validity.ts'
import { decimalSum, meanOf } from '../gb8170/exact-sum.ts'
import { interpolate, percentilePosition } from './percentile.ts'
import { daysInMonth } from './period.ts'

/** Daily values of one calendar year, series after series: each has 365 or 366 values from 1 January, NaN = missing. */
export interface YearColumns {
  readonly values: Float64Array
  readonly year: number
}

export interface BulkYears {
  readonly mean: Float64Array
  readonly percentile: Float64Array
  readonly validDays: Uint16Array
  /** 1 where the data requirement of the year is met. */
  readonly complete: Uint8Array
}

/**
 * Mean, percentile, valid days and completeness of many station-years: the numbers of `periodStatistics` without an
 * object a day. The percentile is selected, not sorted. Throws RangeError when the length is no whole number of years.
 */
export function bulkYears({ values, year }: YearColumns, p: number): BulkYears {
  const monthEnds = monthEndsOf(year)
  const days = monthEnds[11] as number
  const series = values.length / days
  if (!Number.isInteger(series))
    throw new RangeError(`${values.length} values are no whole years of ${days} days`)
  const out = {
    mean: new Float64Array(series),
    percentile: new Float64Array(series),
    validDays: new Uint16Array(series),
    complete: new Uint8Array(series),
  }
  const scratch = new Float64Array(days)
  for (let index = 0; index < series; index++) {
    const one = values.subarray(index * days, (index + 1) * days)
    const total = decimalSum(one)
    const { count } = total
    out.validDays[index] = count
    out.mean[index] = meanOf(total)
    out.percentile[index] = selectPercentile(one, scratch, count, p)
    out.complete[index] = count >= validity.daysPerYear && monthsComplete(one, monthEnds) ? 1 : 0
  }
  return out
}

function monthEndsOf(year: number): number[] {
  let end = 0
  return Array.from({ length: 12 }, (_, month) => {
    end += daysInMonth(year, month + 1)
    return end
  })
}

function monthsComplete(days: Float64Array, monthEnds: readonly number[]): boolean {
  let day = 0
  for (let month = 0; month < 12; month++) {
    const end = monthEnds[month] as number
    let valid = 0
    for (; day < end; day++) if (!Number.isNaN(days[day] as number)) valid++
    if (valid < daysNeeded(month + 1)) return false
  }
  return true
}

function selectPercentile(days: Float64Array, scratch: Float64Array, count: number, p: number): number {
  if (count === 0) return Number.NaN
  let n = 0
  for (let i = 0; i < days.length; i++) {
    const value = days[i] as number
    if (!Number.isNaN(value)) scratch[n++] = value
  }
  const { index, hundredths } = percentilePosition(n, p)
  const low = select(scratch, n, index)
  if (hundredths === 0) return low
  // Everything right of the selected place is at least as large: the neighbour is its minimum.
  let high = scratch[index + 1] as number
  for (let i = index + 2; i < n; i++) if ((scratch[i] as number) < high) high = scratch[i] as number
  return interpolate(low, high, hundredths)
}

/** Quickselect (Hoare): afterwards scratch[k] is the k-th smallest, nothing left of it larger, nothing right smaller. */
function select(scratch: Float64Array, n: number, k: number): number {
  let left = 0
  let right = n - 1
  while (left < right) {
    const pivot = scratch[k] as number
    let i = left
    let j = right
    while (i <= j) {
      while ((scratch[i] as number) < pivot) i++
      while (pivot < (scratch[j] as number)) j--
      if (i > j) break
      const swap = scratch[i] as number
      scratch[i++] = scratch[j] as number
      scratch[j--] = swap
    }
    if (j < k) left = i
    if (k < i) right = j
  }
  return scratch[k] as number
}
