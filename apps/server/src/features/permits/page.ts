/** Keyset pages: the cursor is the key of the last row, as JSON. */
import { AppError } from '../../platform/errors.ts'

/** Errors: `request.cursor-invalid`. */
export function readCursor<T extends readonly (string | number)[]>(
  cursor: string | undefined,
  kinds: { readonly [K in keyof T]: 'string' | 'number' },
): T | undefined {
  if (cursor === undefined) return undefined
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parts) && parts.length === kinds.length) {
      const fits = kinds.every((kind, index) => typeof parts[index] === kind)
      if (fits) return parts as unknown as T
    }
  } catch {
    // refused below
  }
  throw new AppError('request.cursor-invalid', { detail: cursor.slice(0, 60) })
}

export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  keyOf: (row: Row) => readonly (string | number)[],
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next =
    last === undefined || rows.length <= limit
      ? null
      : Buffer.from(JSON.stringify(keyOf(last))).toString('base64url')
  return { items: shown.map(present), next }
}

export const defaultPage = 100

/** First and last code of what a region's code covers (GB/T 2260: two digits a level). */
export function regionSpan(code: number | undefined): [number | null, number | null] {
  if (code === undefined) return [null, null]
  if (code === 100_000) return [100_000, 999_999]
  const width = code % 10_000 === 0 ? 10_000 : code % 100 === 0 ? 100 : 1
  return [code, code + width - 1]
}
