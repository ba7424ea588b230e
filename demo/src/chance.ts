/**
 * Chance without state: every draw is a pure function of a stream and an index, so that any hour can be generated
 * alone and two machines agree to the byte. Only integer multiplication, addition and division are used; no function
 * whose last bit differs between engines.
 */

/** A 32-bit hash of two integers (finaliser of MurmurHash3). */
function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Names a stream of draws by text, under the seed of the city. */
export function stream(seed: number, name: string): number {
  let h = seed | 0
  for (let i = 0; i < name.length; i++) h = mix(h, name.charCodeAt(i))
  return h | 0
}

/** Uniform in [0, 1). */
export function uniform(of: number, index: number): number {
  return mix(of, index | 0) / 4_294_967_296
}

/** A whole number in [0, below). */
export function integer(of: number, index: number, below: number): number {
  return Math.floor(uniform(of, index) * below)
}

/** Bell-shaped, mean 0, variance 1, never beyond ±3.5: the sum of four uniforms, from the halves of two hashes. */
export function bell(of: number, index: number): number {
  const a = mix(of, index | 0)
  const b = mix(a, ~index)
  return ((a & 0xffff) + (a >>> 16) + (b & 0xffff) + (b >>> 16) - 131_070) * (1.7320508075688772 / 65_536)
}

/** A smooth random curve with a knot at every whole `x`, of about unit variance. */
export function curve(of: number, x: number): number {
  const knot = Math.floor(x)
  const part = x - knot
  const weight = part * part * (3 - 2 * part)
  const value = bell(of, knot) * (1 - weight) + bell(of, knot + 1) * weight
  return value * 1.16 // interpolation takes away about a quarter of the variance
}
