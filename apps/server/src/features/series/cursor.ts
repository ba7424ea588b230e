import { AppError } from '../../platform/errors.ts'

/** Page cursor: the key of the last row of a page. Opaque on the wire. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** @throws AppError `request.cursor-invalid` unless it holds values of these types, numbers finite */
export function decodeCursor<const T extends readonly ('string' | 'number')[]>(
  cursor: string | undefined,
  types: T,
): { [K in keyof T]: T[K] extends 'string' ? string : number } | undefined {
  if (cursor === undefined) return undefined
  const key = parse(cursor)
  const fits =
    Array.isArray(key) &&
    key.length === types.length &&
    types.every((type, i) => (type === 'number' ? Number.isFinite(key[i]) : typeof key[i] === type))
  if (!fits) throw new AppError('request.cursor-invalid', { detail: cursor })
  return key as { [K in keyof T]: T[K] extends 'string' ? string : number }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
