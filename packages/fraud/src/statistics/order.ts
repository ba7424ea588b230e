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

/** The values at the given positions. */
export function picked(values: Float64Array, at: Int32Array): Float64Array {
  const result = new Float64Array(at.length)
  for (let k = 0; k < at.length; k++) result[k] = values[at[k] as number] as number
  return result
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

/** Median of the finite values, without sorting all of them. */
export function median(values: Float64Array): number {
  const kept = new Float64Array(values.length)
  let n = 0
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number
    if (Number.isFinite(v)) kept[n++] = v
  }
  return medianInPlace(kept.subarray(0, n))
}

function medianInPlace(values: Float64Array): number {
  const n = values.length
  if (n === 0) return Number.NaN
  const upper = selected(values, n >> 1)
  if (n % 2 === 1) return upper
  // everything below the middle is on its left now
  let lower = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n >> 1; i++) if ((values[i] as number) > lower) lower = values[i] as number
  return (lower + upper) / 2
}

/** The value that would stand at `k` after sorting; reorders the array (Hoare's selection). */
function selected(values: Float64Array, k: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = middleOf(values[low] as number, values[(low + high) >> 1] as number, values[high] as number)
    let [i, j] = [low, high]
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) break
      const swap = values[i] as number
      values[i++] = values[j] as number
      values[j--] = swap
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] as number
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

/** A median of absolute deviations × this is the standard deviation of the normal law. */
export const GAUSSIAN = 1.4826

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
