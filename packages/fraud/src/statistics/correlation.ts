import { sortedFinite } from './order.ts'

/** Pearson's coefficient over the pairs in which both are finite; NaN below three pairs or without variance. */
export function pearson(a: Float64Array, b: Float64Array): number {
  return laggedPearson(a, b, 0, 0, a.length)
}

/** Pearson's coefficient of a[i] with b[i − lag] for i in [from, to). A positive lag: `a` follows `b`. */
export function laggedPearson(
  a: Float64Array,
  b: Float64Array,
  lag: number,
  from: number,
  to: number,
): number {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0]
  const first = Math.max(from, lag, 0)
  const last = Math.min(to, a.length, b.length + lag)
  for (let i = first; i < last; i++) {
    const x = a[i] as number
    const y = b[i - lag] as number
    if (!(Number.isFinite(x) && Number.isFinite(y))) continue
    n++
    sa += x
    sb += y
    saa += x * x
    sbb += y * y
    sab += x * y
  }
  if (n < 3) return Number.NaN
  const va = saa - (sa * sa) / n
  const vb = sbb - (sb * sb) / n
  if (!(va > 1e-12 * saa && vb > 1e-12 * sbb)) return Number.NaN
  return (sab - (sa * sb) / n) / Math.sqrt(va * vb)
}

/** A window with fewer pairs than this share of its hours says nothing. */
const LEAST_SHARE = 0.7

/** Pearson's coefficient of the windows [k × stride, k × stride + width), by running sums. */
export function rollingPearson(a: Float64Array, b: Float64Array, width: number, stride: number): number[] {
  const n = Math.min(a.length, b.length)
  const sums = Array.from({ length: 6 }, () => new Float64Array(n + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const [count, sa, sb, saa, sbb, sab] = sums
  for (let i = 0; i < n; i++) {
    const both = Number.isFinite(a[i]) && Number.isFinite(b[i])
    const x = both ? (a[i] as number) : 0
    const y = both ? (b[i] as number) : 0
    count[i + 1] = (count[i] as number) + (both ? 1 : 0)
    sa[i + 1] = (sa[i] as number) + x
    sb[i + 1] = (sb[i] as number) + y
    saa[i + 1] = (saa[i] as number) + x * x
    sbb[i + 1] = (sbb[i] as number) + y * y
    sab[i + 1] = (sab[i] as number) + x * y
  }
  const result: number[] = []
  for (let from = 0; from + width <= n; from += stride) {
    const [m, x, y, xx, yy, xy] = sums.map(
      (sum) => (sum[from + width] as number) - (sum[from] as number),
    ) as [number, number, number, number, number, number]
    const va = xx - (x * x) / m
    const vb = yy - (y * y) / m
    const flat = m < Math.max(3, LEAST_SHARE * width) || !(va > 1e-9 * xx && vb > 1e-9 * yy)
    result.push(flat ? Number.NaN : (xy - (x * y) / m) / Math.sqrt(va * vb))
  }
  return result
}

/** Ranks from 1, ties get their mean rank, NaN stays NaN. */
export function ranks(values: Float64Array): Float64Array {
  const order = sortedFinite(values)
  const result = new Float64Array(values.length).fill(Number.NaN)
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number
    if (Number.isFinite(v)) result[i] = (lowerBound(order, v) + upperBound(order, v) + 1) / 2
  }
  return result
}

/** Spearman's rank correlation over the pairs in which both are finite. */
export function spearman(a: Float64Array, b: Float64Array): number {
  const x = new Float64Array(a.length).fill(Number.NaN)
  const y = new Float64Array(a.length).fill(Number.NaN)
  for (let i = 0; i < a.length; i++) {
    if (!(Number.isFinite(a[i]) && Number.isFinite(b[i]))) continue
    x[i] = a[i] as number
    y[i] = b[i] as number
  }
  return pearson(ranks(x), ranks(y))
}

/** Correlation of a series with itself so many steps earlier. */
export function autocorrelation(values: Float64Array, lag: number): number {
  return laggedPearson(values, values, lag, 0, values.length)
}

/** How many of a sorted sample are below `v`. */
export function lowerBound(sorted: Float64Array, v: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < v) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of a sorted sample are at or below `v`. */
export function upperBound(sorted: Float64Array, v: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) <= v) low = middle + 1
    else high = middle
  }
  return low
}
