import { quantileOf } from './order.ts'

const MOST_PAIRS = 20_000

/** Theil–Sen slope: median of the slopes of all pairs (of evenly chosen pairs when there are more than 20 000). */
export function theilSen(x: Float64Array, y: Float64Array): number {
  const at: number[] = []
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) && Number.isFinite(y[i])) at.push(i)
  const n = at.length
  if (n < 2) return Number.NaN
  const stride = Math.max(1, Math.ceil((n * (n - 1)) / 2 / MOST_PAIRS))
  const slopes: number[] = []
  let count = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      if (count++ % stride !== 0) continue
      const dx = (x[at[j] as number] as number) - (x[at[i] as number] as number)
      if (dx !== 0) slopes.push(((y[at[j] as number] as number) - (y[at[i] as number] as number)) / dx)
    }
  return quantileOf(Float64Array.from(slopes).sort(), 0.5)
}
