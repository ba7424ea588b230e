/** Keyset pages whose cursor is the last id of the page. */
import { AppError } from '../../platform/errors.ts'

/** @throws AppError request.cursor-invalid */
export function pageNumber(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError('request.cursor-invalid', { detail: cursor })
  return Number(cursor)
}

export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  keyOf: (row: Row) => string,
): { items: Item[]; next: string | null } {
  const last = rows.at(-1)
  return { items: rows.map(present), next: last !== undefined && rows.length === limit ? keyOf(last) : null }
}
