/**
 * First and last code of what a region's code covers: the nation's code 100000 all, a province's code (xx0000) the
 * province, a city's code (xxxx00) the city, any other code itself (GB/T 2260-2007, 3: two digits a level).
 */
export function regionSpan(code: number): [number, number]
/** For a query: nulls when no region is asked for. */
export function regionSpan(code: number | undefined): [number, number] | [null, null]
export function regionSpan(code: number | undefined): [number, number] | [null, null] {
  if (code === undefined) return [null, null]
  if (code === 100_000) return [100_000, 999_999]
  const width = code % 10_000 === 0 ? 10_000 : code % 100 === 0 ? 100 : 1
  return [code, code + width - 1]
}
