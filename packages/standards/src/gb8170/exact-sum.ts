/** A sum kept as an integer over a power of ten: the value is `sum / scale`. */
export interface DecimalSum {
  readonly sum: number
  readonly scale: number
  readonly count: number
  /** False when the values had too many decimals to be summed as integers. */
  readonly exact: boolean
}

const MAX_SCALE = 10_000
const SNAP = 1e6

/**
 * Sums decimals exactly (missing = NaN is skipped). Measured values carry few decimals, so they are summed as integers:
 * in doubles 0.1 + 0.2 would already be wrong, and a mean on a half would round to the wrong side.
 * Values with more than four decimals (means of means) are summed with compensation and snapped to the sixth
 * decimal when they are within 1e-10 of it.
 */
export function decimalSum(values: ArrayLike<number>): DecimalSum {
  let sum = 0
  let scale = 1
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    let integer = Math.round(value * scale)
    while (integer / scale !== value) {
      if (scale === MAX_SCALE) return compensatedSum(values)
      scale *= 10
      sum *= 10
      integer = Math.round(value * scale)
    }
    sum += integer
    count++
  }
  return { sum, scale, count, exact: true }
}

function compensatedSum(values: ArrayLike<number>): DecimalSum {
  let sum = 0
  let lost = 0
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
    count++
  }
  return { sum: sum + lost, scale: 1, count, exact: false }
}

/** Arithmetic mean of the values that are not NaN, NaN when there is none; exact for decimals (one division). */
export function exactMean(values: ArrayLike<number>): number {
  return meanOf(decimalSum(values))
}

/** The mean behind a sum; NaN for an empty one. One division, so that a mean on a half is exactly on the half. */
export function meanOf({ sum, scale, count, exact }: DecimalSum): number {
  if (count === 0) return Number.NaN
  const mean = sum / (scale * count)
  return exact ? mean : snapped(mean)
}

/** A mean of means that should be 44.5 but came out one unit in the last place beside it is put back on 44.5. */
function snapped(value: number): number {
  const near = Math.round(value * SNAP) / SNAP
  return Math.abs(near - value) <= 1e-10 ? near : value
}

export function countValid(values: ArrayLike<number>): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i] as number)) count++
  return count
}
