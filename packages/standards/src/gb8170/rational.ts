/** An exact fraction; `d` is positive. Used wherever a double could fall on the wrong side of a limit. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

const DECIMAL = /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?\s*$/
/** Beyond this the text is no measured value but an attack on memory. */
const MAX_EXPONENT = 400

export function fraction(n: bigint, d: bigint): Rational {
  if (d === 0n) throw new RangeError('denominator 0')
  return d < 0n ? { n: -n, d: -d } : { n, d }
}

/**
 * Reads a decimal exactly. A number is read by its shortest decimal text (what a person typed), not by its
 * binary value: 2.675 is 2675/1000 here, though the double is below that. Throws RangeError on other text.
 */
export function rational(value: number | string | bigint): Rational {
  if (typeof value === 'bigint') return { n: value, d: 1n }
  const text = String(value)
  const match = DECIMAL.exec(text)
  const whole = match?.[2] ?? ''
  const part = match?.[3] ?? ''
  if (match === null || whole + part === '') throw new RangeError(`not a decimal number: "${text}"`)
  const exponent = Number(match[4] ?? '0') - part.length
  if (Math.abs(exponent) > MAX_EXPONENT) throw new RangeError(`number out of range: "${text}"`)
  const digits = BigInt(whole + part)
  const n = match[1] === '-' ? -digits : digits
  return exponent >= 0 ? { n: n * 10n ** BigInt(exponent), d: 1n } : { n, d: 10n ** BigInt(-exponent) }
}

export const add = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const subtract = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })
export const multiply = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d })
export const divide = (a: Rational, b: Rational): Rational => fraction(a.n * b.d, a.d * b.n)
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
export const absolute = (a: Rational): Rational => (a.n < 0n ? { n: -a.n, d: a.d } : a)

/** Largest integer not above the fraction. */
export function floorOf(a: Rational): bigint {
  const quotient = a.n / a.d
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient
}

/** The nearest double, for display and storage only. */
export function toNumber(a: Rational): number {
  const direct = Number(a.n) / Number(a.d)
  if (Number.isSafeInteger(Number(a.n)) && Number.isSafeInteger(Number(a.d))) return direct
  const scaled = (a.n * 10n ** 20n) / a.d
  return Number(`${scaled}e-20`)
}

/** Nearest integer, a half to the even one (四舍六入五成双); the sign is put back on the rounded absolute value. */
export function nearestEven(a: Rational): bigint {
  const negative = a.n < 0n
  const n = negative ? -a.n : a.n
  let quotient = n / a.d
  const twice = (n % a.d) * 2n
  if (twice > a.d || (twice === a.d && quotient % 2n === 1n)) quotient += 1n
  return negative ? -quotient : quotient
}
