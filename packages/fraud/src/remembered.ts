/** A function that works its answer out once for each key, for as long as the key lives. */
export function remembered<K extends object, A extends readonly unknown[], V>(
  make: (key: K, ...rest: A) => V,
): (key: K, ...rest: A) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return (key, ...rest) => {
    const before = known.get(key)
    if (before !== undefined) return before.value
    const value = make(key, ...rest)
    known.set(key, { value })
    return value
  }
}
