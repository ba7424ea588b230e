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
