/** Sums up to each position, so that the mean of any stretch costs two look-ups. NaN counts as nothing. */
export class Prefix {
  readonly #sum: Float64Array
  readonly #count: Int32Array

  constructor(values: Float64Array) {
    const n = values.length
    this.#sum = new Float64Array(n + 1)
    this.#count = new Int32Array(n + 1)
    for (let i = 0; i < n; i++) {
      const v = values[i] as number
      const finite = Number.isFinite(v)
      this.#sum[i + 1] = (this.#sum[i] as number) + (finite ? v : 0)
      this.#count[i + 1] = (this.#count[i] as number) + (finite ? 1 : 0)
    }
  }

  count(from: number, to: number): number {
    return (this.#count[to] as number) - (this.#count[from] as number)
  }

  sum(from: number, to: number): number {
    return (this.#sum[to] as number) - (this.#sum[from] as number)
  }

  mean(from: number, to: number): number {
    const n = this.count(from, to)
    return n === 0 ? Number.NaN : this.sum(from, to) / n
  }
}

/** Largest minus smallest of the `width` values ending at each position; NaN for the first width − 1 positions. */
export function rollingSpread(values: Float64Array, width: number): Float64Array {
  const n = values.length
  const result = new Float64Array(n).fill(Number.NaN)
  const high = new Int32Array(n)
  const low = new Int32Array(n)
  let [highFirst, highEnd, lowFirst, lowEnd] = [0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    const v = values[i] as number
    while (highEnd > highFirst && (values[high[highEnd - 1] as number] as number) <= v) highEnd--
    high[highEnd++] = i
    while (lowEnd > lowFirst && (values[low[lowEnd - 1] as number] as number) >= v) lowEnd--
    low[lowEnd++] = i
    if ((high[highFirst] as number) <= i - width) highFirst++
    if ((low[lowFirst] as number) <= i - width) lowFirst++
    if (i >= width - 1)
      result[i] = (values[high[highFirst] as number] as number) - (values[low[lowFirst] as number] as number)
  }
  return result
}

/** Change from the value before; NaN at the first. */
export function differences(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length).fill(Number.NaN)
  for (let i = 1; i < values.length; i++) result[i] = (values[i] as number) - (values[i - 1] as number)
  return result
}

/** Values minus the mean of the hours around them (half a width on both sides): what moves faster than that. */
export function highPass(values: Float64Array, half: number): Float64Array {
  const sums = new Prefix(values)
  const n = values.length
  const result = new Float64Array(n)
  for (let i = 0; i < n; i++)
    result[i] = (values[i] as number) - sums.mean(Math.max(0, i - half), Math.min(n, i + half + 1))
  return result
}
