/**
 * Percentile by HJ 663: k = 1 + (n − 1)·p %, linear between the neighbours ("type 7"). NaN is skipped; NaN for none.
 * `p` is in percent, 0…100. The result is exact for values of up to four decimals and whole `p` (one division).
 */
export function percentile(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values as ArrayLike<number>)
  let n = 0
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as number
    if (!Number.isNaN(value)) sorted[n++] = value
  }
  return percentileOfSorted(sorted.subarray(0, n).sort(), p)
}

/** The same on ascending values without NaN. */
export function percentileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length
  if (n === 0 || !(p >= 0 && p <= 100)) return Number.NaN
  const { index, hundredths } = percentilePosition(n, p)
  return interpolate(sorted[index] as number, sorted[Math.min(index + 1, n - 1)] as number, hundredths)
}

/** Zero-based index of X(s) and the hundredths of the way to X(s+1). */
export function percentilePosition(n: number, p: number): { index: number; hundredths: number } {
  const position = (n - 1) * p
  const index = Math.floor(position / 100)
  return { index, hundredths: position - index * 100 }
}

const SCALES = [1, 10, 100, 1000, 10_000] as const

/** low + (high − low) × hundredths/100, over integers where the values are decimals. */
export function interpolate(low: number, high: number, hundredths: number): number {
  if (hundredths === 0 || low === high) return low
  for (const scale of SCALES) {
    const a = Math.round(low * scale)
    const b = Math.round(high * scale)
    if (a / scale !== low || b / scale !== high) continue
    return (100 * a + (b - a) * hundredths) / (100 * scale)
  }
  return low + ((high - low) * hundredths) / 100
}
