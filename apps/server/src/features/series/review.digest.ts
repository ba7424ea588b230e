import { createHash } from 'node:crypto'

/** Digest of a day's values as a reviewer saw them; a later change of any of them shows. */
export function dayDigest(values: readonly number[], flags: string): string {
  return createHash('sha256')
    .update(`${values.join(',')}|${flags}`)
    .digest('hex')
    .slice(0, 32)
}
