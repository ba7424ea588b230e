/** Chi-square of ten counts against an even share; nine degrees of freedom. */
export function evenChiSquare(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const even = total / counts.length
  return even === 0 ? 0 : counts.reduce((sum, count) => sum + (count - even) ** 2, 0) / even
}

const MOST_DECIMALS = 4

/** The step in which an instrument shows values: 1, 0.1 … 0.0001; 0 when the values are finer than that. */
export function displayStep(values: Float64Array): number {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const scale = 10 ** decimals
    let [n, off] = [0, 0]
    for (let i = 0; i < values.length; i++) {
      const v = values[i] as number
      if (!Number.isFinite(v)) continue
      n++
      const shifted = v * scale
      if (Math.abs(shifted - Math.round(shifted)) > 1e-6 * Math.max(1, Math.abs(shifted))) off++
    }
    if (n > 0 && off <= 0.01 * n) return 1 / scale
  }
  return 0
}

/** Steps of instruments in units of their last shown digit: 0.2, 0.25, 0.5, 2, 5 … */
const COARSE = [50, 25, 20, 10, 5, 4, 2] as const

/** The step in which values really change: instruments show 12.4, 12.6, 12.8 and never 12.5. `step` as of `displayStep`. */
export function trueStep(values: Float64Array, step: number): number {
  if (!(step > 0)) return step
  const units = values.filter(Number.isFinite).map((v) => Math.round(v / step))
  if (units.length === 0) return step
  const coarse = COARSE.find((multiple) => {
    const off = units.reduce((count, unit) => count + (unit % multiple === 0 ? 0 : 1), 0)
    return off <= 0.01 * units.length
  })
  return step * (coarse ?? 1)
}

/** How often each last digit appears, in units of the step. */
export function lastDigits(values: Float64Array, step: number): number[] {
  const counts = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number
    if (!Number.isFinite(v)) continue
    const digit = Math.abs(Math.round(v / step)) % 10
    counts[digit] = (counts[digit] ?? 0) + 1
  }
  return counts
}
