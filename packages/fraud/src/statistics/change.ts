import { type Stretch, strongestApart } from '../windows.ts'
import { mad, median } from './order.ts'
import { Prefix } from './rolling.ts'

/** A stretch whose level differs from the level before and after it. Positions in the given array, `to` exclusive. */
export interface Dip {
  readonly from: number
  readonly to: number
  /** level inside minus level around it */
  readonly shift: number
  /** shift ÷ spread of the same statistic over the whole record */
  readonly z: number
}

const SCALES = [6, 12, 24, 48, 96, 192, 384, 768, 1536] as const
/** Values further than so many robust deviations are drawn in: one spike is no level. */
const DRAWN_IN = 6
/** A regular series may have no spread at all over a day; its yardstick is never smaller than this share of its own. */
const LEAST_SCALE = 0.1

/**
 * Stretches of another level, by a filter of several widths: mean inside minus mean of the neighbourhood on both
 * sides. The spread of that very statistic over the record is the yardstick, so that a plant whose level wanders is
 * measured by its own wandering. `sign` −1 looks for lower stretches, 1 for higher ones.
 */
export function dips(values: Float64Array, sign: -1 | 1, least: number): Dip[] {
  const n = values.length
  const middle = median(values)
  const spread = mad(values)
  const drawn = values.map((v) =>
    Math.min(middle + DRAWN_IN * spread, Math.max(middle - DRAWN_IN * spread, v)),
  )
  const sums = new Prefix(drawn)
  const found: Dip[] = []
  for (const width of SCALES) {
    if (width * 2.5 > n) break
    found.push(...dipsOfWidth(sums, n, width, sign, least, LEAST_SCALE * spread))
  }
  return strongestApart(found)
}

function dipsOfWidth(
  sums: Prefix,
  n: number,
  width: number,
  sign: -1 | 1,
  least: number,
  leastScale: number,
): Dip[] {
  const side = Math.min(Math.max(width, 24), 336)
  const stride = Math.max(1, width >> 4)
  const count = Math.floor((n - width) / stride) + 1
  const statistic = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    const from = k * stride
    const to = from + width
    const [before, after] = [Math.max(0, from - side), Math.min(n, to + side)]
    const left = from - before
    const right = after - to
    // at the ends of the record only one side is there
    const around =
      left < side / 2
        ? sums.mean(to, after)
        : right < side / 2
          ? sums.mean(before, from)
          : (sums.mean(before, from) + sums.mean(to, after)) / 2
    statistic[k] = sums.mean(from, to) - around
  }
  const scale = Math.max(mad(statistic), leastScale)
  if (!(scale > 0)) return []
  const result: Dip[] = []
  for (let k = 0; k < count; k++) {
    const z = (sign * (statistic[k] as number)) / scale
    if (z < least) continue
    const near = Math.max(1, Math.floor(width / 2 / stride))
    let best = true
    for (let j = Math.max(0, k - near); best && j < Math.min(count, k + near + 1); j++)
      if (sign * (statistic[j] as number) > sign * (statistic[k] as number)) best = false
    if (!best) continue
    result.push({ from: k * stride, to: k * stride + width, shift: statistic[k] as number, z })
  }
  return result
}

/**
 * Ends of a stretch moved to where the contrast between inside and outside is greatest: the sum of deviations from
 * the middle of both levels is least before the one end and after the other.
 */
export function sharpened(values: Float64Array, dip: Dip): Dip {
  const reach = Math.max(8, dip.to - dip.from)
  const [low, high] = [Math.max(0, dip.from - reach), Math.min(values.length, dip.to + reach)]
  const inside = median(values.subarray(dip.from, dip.to))
  const around = median(
    Float64Array.from([...values.subarray(low, dip.from), ...values.subarray(dip.to, high)]),
  )
  const half = (inside + around) / 2
  const sign = inside < around ? -1 : 1
  const cap = Math.abs(around - inside)
  // the stretch with the greatest sum of sign × (value − half), each drawn in
  let [best, bestFrom, bestTo, sum, start] = [0, dip.from, dip.to, 0, low]
  for (let i = low; i < high; i++) {
    const gain = sign * ((values[i] as number) - half)
    const drawn = Math.max(-cap, Math.min(cap, gain))
    if (sum <= 0) {
      sum = 0
      start = i
    }
    sum += drawn
    if (sum > best) {
      best = sum
      bestFrom = start
      bestTo = i + 1
    }
  }
  return { ...dip, from: bestFrom, to: bestTo }
}

/** Level inside less the level around (as many hours on both sides, at least a day). */
export function insideAgainstAround(level: Float64Array, dip: Stretch): number {
  const side = Math.max(24, Math.min(240, dip.to - dip.from))
  const around = [
    ...level.subarray(Math.max(0, dip.from - side), dip.from),
    ...level.subarray(dip.to, Math.min(level.length, dip.to + side)),
  ]
  return median(level.subarray(dip.from, dip.to)) - median(Float64Array.from(around))
}
