import { AppError } from './errors.ts'

const largestId = 2_147_483_647

/** Cursor of a page that goes on from the last id of the one before. Errors: `request.cursor-invalid`. */
export function cursorId(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const id = Number(cursor)
  if (!Number.isSafeInteger(id) || id < 1) throw new AppError('request.cursor-invalid')
  return Math.min(id, largestId)
}

/** Rows of a list that goes into a file. */
const largestExport = 20_000

/** The items of all pages of a list, up to the bound of a file. */
export async function everyPage<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | undefined; all.length < largestExport; ) {
    const { items, next } = await page(cursor)
    all.push(...items)
    if (next === null) break
    cursor = next
  }
  return all
}
