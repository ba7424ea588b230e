import { clauseOf, standards } from '../clause.ts'
import { divide, nearestEven, type Rational, rational } from './rational.ts'

export const roundingClause = clauseOf(standards.gb8170)('3')
/** Clause 4: full values are compared unless a standard asks for rounded ones; HJ 663 does. */
export const judgementClause = clauseOf(standards.gb8170)('4')

const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const
/** Below this product a double's error is far under the guard band, so only near-ties need the decimal text. */
const FAST_LIMIT = 2 ** 30
const GUARD = 1e-6

/**
 * Rounds to `decimals` places by GB/T 8170-2008 clause 3: one step, a half goes to the even digit.
 * Works on the decimal text of the value, never on the binary double (2.675 → 2.68).
 * Negative `decimals` round to tens, hundreds … Returns NaN for NaN; throws RangeError on text that is no number.
 */
export function roundHalfEven(value: number | string, decimals: number): number {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return value
    const fast = roundFast(value, decimals)
    if (fast !== undefined) return fast
  }
  return roundRational(rational(value), decimals)
}

function roundFast(value: number, decimals: number): number | undefined {
  const power = POWERS[decimals]
  if (power === undefined) return undefined
  const scaled = Math.abs(value) * power
  if (scaled >= FAST_LIMIT) return undefined
  const whole = Math.floor(scaled)
  const rest = scaled - whole
  if (Math.abs(rest - 0.5) <= GUARD) return undefined
  const rounded = (rest > 0.5 ? whole + 1 : whole) / power
  return value < 0 && rounded !== 0 ? -rounded : rounded
}

/** Rounds an exact fraction to `decimals` places, half to even. GB/T 8170-2008 clause 3. */
export function roundRational(value: Rational, decimals: number): number {
  const shift = 10n ** BigInt(Math.abs(decimals))
  const scaled = decimals >= 0 ? { n: value.n * shift, d: value.d } : { n: value.n, d: value.d * shift }
  return Number(`${nearestEven(scaled)}e${-decimals}`) + 0
}

/**
 * Rounds to a multiple of `step`: 0.5 units, 0.2 units, 20, 1000 … (GB/T 8170-2008 clause 3: round 2x and halve;
 * round 5x and divide by 5). Throws RangeError when the step is not positive.
 */
export function roundToStep(value: number | string, step: number | string): number {
  const unit = rational(step)
  if (unit.n <= 0n) throw new RangeError(`step must be positive: ${step}`)
  const steps = nearestEven(divide(rational(value), unit))
  return roundRational({ n: steps * unit.n, d: unit.d }, decimalsOf(unit)) + 0
}

function decimalsOf(unit: Rational): number {
  return unit.d.toString().length - 1
}

/** The rounded value as text with its trailing zeros, as a report prints it: formatRounded(1.05, 1) = '1.0'. */
export function formatRounded(value: number | string, decimals: number): string {
  const rounded = roundHalfEven(value, decimals)
  return Number.isFinite(rounded) ? rounded.toFixed(Math.max(0, decimals)) : ''
}
