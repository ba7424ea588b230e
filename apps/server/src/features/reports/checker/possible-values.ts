/**
 * "Could this printed number come from these whole numbers?" answered exactly, in integers.
 * A printed number stands for every value within half of its last place; both ends count, because a draft may
 * have been rounded by GB/T 8170 or by hand.
 */

/** A decimal number as printed: 11.1 is { units: 111n, decimals: 1 }. */
export interface Printed {
  readonly units: bigint
  readonly decimals: number
}

/** Reads `"11.1"` or `"-0.5"`. Throws RangeError on other text. */
export function printed(text: string): Printed {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (match === null) throw new RangeError(`not a printed decimal: "${text}"`)
  const part = match[3] ?? ''
  const units = BigInt(`${match[2]}${part}`)
  return { units: match[1] === '-' ? -units : units, decimals: part.length }
}

export const asNumber = (p: Printed): number => Number(`${p.units}e-${p.decimals}`)
export const asText = (p: Printed): string => asNumber(p).toFixed(p.decimals)

const power = (n: number): bigint => 10n ** BigInt(n)

/** Is numerator / denominator × 100, printed with the decimals of `percent`, equal to `percent`? */
export function printsAsPercent(numerator: bigint, denominator: bigint, percent: Printed): boolean {
  if (denominator <= 0n) return false
  // |100 n / d − u / 10^k| ≤ 1 / (2·10^k)  ⇔  |200·10^k·n − 2 u d| ≤ d
  const difference = 200n * power(percent.decimals) * numerator - 2n * percent.units * denominator
  return (difference < 0n ? -difference : difference) <= denominator
}

/**
 * Every base value, printed with the decimals of `value`, from which `value` is a change of `changePercent`.
 * 20 with +11.1 % has one base: 18.
 */
export function possibleBases(value: Printed, changePercent: Printed): readonly Printed[] {
  const factor = 1 + asNumber(changePercent) / 100
  if (value.units <= 0n || factor <= 0) return []
  const half = 0.5 * 10 ** -changePercent.decimals
  const v = Number(value.units)
  const from = BigInt(Math.floor(v / (1 + (asNumber(changePercent) + half) / 100))) - 1n
  const low = 1 + (asNumber(changePercent) - half) / 100
  if (low <= 0) return []
  const to = BigInt(Math.ceil(v / low)) + 1n
  const found: Printed[] = []
  for (let base = from < 1n ? 1n : from; base <= to && found.length < 1000; base++) {
    if (printsAsPercent(value.units - base, base, changePercent))
      found.push({ units: base, decimals: value.decimals })
  }
  return found
}

/**
 * Can a change printed as `changePercent` come from unrounded values that print as `value` and `base`?
 * The widest change is between the ends of both printed intervals.
 */
export function changeWithinRounding(value: Printed, base: Printed, changePercent: Printed): boolean {
  const half = (p: Printed) => 0.5 * 10 ** -p.decimals
  const v = asNumber(value)
  const b = asNumber(base)
  if (b - half(base) <= 0) return false
  const least = ((v - half(value)) / (b + half(base)) - 1) * 100
  const most = ((v + half(value)) / (b - half(base)) - 1) * 100
  const r = asNumber(changePercent)
  const slack = half(changePercent) + 1e-9
  return r + slack >= least && r - slack <= most
}

export interface DayPair {
  readonly good: number
  readonly valid: number
}

/** Every pair good / valid with valid in [fewest, most] whose share prints as `percent`. */
export function possiblePairs(percent: Printed, fewest: number, most: number): readonly DayPair[] {
  const pairs: DayPair[] = []
  for (let valid = fewest; valid <= most; valid++) {
    const near = Math.floor((asNumber(percent) / 100) * valid)
    for (let good = Math.max(0, near - 1); good <= Math.min(valid, near + 2); good++) {
      if (printsAsPercent(BigInt(good), BigInt(valid), percent)) pairs.push({ good, valid })
    }
  }
  return pairs
}
