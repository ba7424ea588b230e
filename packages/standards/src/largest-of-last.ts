/** The largest of the last `count` numbers (oldest first, NaN skipped), and how many there were; NaN of none. */
export function largestOfLast(
  values: ArrayLike<number>,
  count: number,
): { readonly largest: number; readonly found: number } {
  let found = 0
  let largest = Number.NaN
  for (let i = values.length - 1; i >= 0 && found < count; i--) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    found++
    if (!(value <= largest)) largest = value
  }
  return { largest, found }
}
