import { AppError } from './errors.ts'

const largestId = 2_147_483_647

/** Cursor of a page that goes on from the last id of the one before. Errors: `request.cursor-invalid`. */
export function cursorId(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const id = Number(cursor)
  if (!Number.isSafeInteger(id) || id < 1) throw new AppError('request.cursor-invalid')
  return Math.min(id, largestId)
}
