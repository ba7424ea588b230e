/** Keyset pages: the cursor is the key of the last row. */
import { encodeCursor } from '../series/index.ts'

export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  keyOf: (row: Row) => readonly (string | number)[],
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = last === undefined || rows.length <= limit ? null : encodeCursor(keyOf(last))
  return { items: shown.map(present), next }
}

export const defaultPage = 100
