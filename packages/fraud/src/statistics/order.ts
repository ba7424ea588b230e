/** Order statistics of typed arrays. NaN is left out everywhere; an empty sample has NaN. */

/** The finite values, sorted ascending, in a new array. */
export function sortedFinite(values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length)
  let n = 0
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number
    if (Number.isFinite(v)) kept[n++] = v
  }
  return kept.subarray(0, n).sort()
}

/** Quantile with linear interpolation (type 7) of a sorted sample. */
export function quantileOf(sorted: Float64Array, p: number): number {
  const n = sorted.length
  if (n === 0) return Number.NaN
  const at = (n - 1) * Math.min(1, Math.max(0, p))
  const low = Math.floor(at)
  const a = sorted[low] as number
  const b = sorted[Math.min(low + 1, n - 1)] as number
  return a + (b - a) * (at - low)
}

export function quantile(values: Float64Array, p: number): number {
  return quantileOf(sortedFinite(values), p)
}

export function median(values: Float64Array): number {
  return quantile(values, 0.5)
}

const GAUSSIAN = 1.4826

/** Median absolute deviation × 1.4826: the standard deviation of the undisturbed part. */
export function mad(values: Float64Array): number {
  const middle = median(values)
  const away = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) away[i] = Math.abs((values[i] as number) - middle)
  return GAUSSIAN * median(away)
}

export function mean(values: Float64Array): number {
  let sum = 0
  let n = 0
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number
    if (!Number.isFinite(v)) continue
    sum += v
    n++
  }
  return n === 0 ? Number.NaN : sum / n
}

/** Standard deviation (n − 1); NaN below two values. */
export function deviation(values: Float64Array): number {
  const middle = mean(values)
  let sum = 0
  let n = 0
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number
    if (!Number.isFinite(v)) continue
    sum += (v - middle) ** 2
    n++
  }
  return n < 2 ? Number.NaN : Math.sqrt(sum / (n - 1))
}

/** Coefficient of variation; NaN when the mean is zero. */
export function variation(values: Float64Array): number {
  const middle = mean(values)
  return middle === 0 ? Number.NaN : deviation(values) / Math.abs(middle)
}
