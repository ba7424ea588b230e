/**
 * What one operation of a phone does to an item of the record of a visit: pure, so that every order of arrival can be
 * tried. The last word of each phone counts. Whoever had read the others' words writes over them; whoever had not,
 * and says something else, is kept beside them until a person decides. Nothing is lost either way.
 */
import { isDeepStrictEqual } from 'node:util'

/** The last word of a phone on an item, or the word that stands. */
export interface Word {
  readonly device: string
  /** The device's own count. */
  readonly seq: number
  readonly value: unknown
  /** Version of the record when it came. */
  readonly version: number
}

export interface Incoming {
  readonly device: string
  readonly seq: number
  readonly value: unknown
  /** Version of the record that the device had read. */
  readonly baseVersion: number
}

export type Verdict =
  /** Becomes the item. */
  | 'write'
  /** Says what the item says already. */
  | 'same'
  /** An older word of the same device that arrives late: kept in the history only. */
  | 'older'
  /** Somebody else said something else that the device had not read: both stay. */
  | 'conflict'

/** @param words the last word of each device so far, and the one that stands if a person chose it */
export function mergeOperation(
  standing: Word | undefined,
  words: readonly Word[],
  incoming: Incoming,
): Verdict {
  if (words.some((word) => word.device === incoming.device && word.seq > incoming.seq)) return 'older'
  const known = standing === undefined ? words : [...words, standing]
  const unread = known.some(
    (word) =>
      word.device !== incoming.device &&
      word.version > incoming.baseVersion &&
      !isDeepStrictEqual(word.value, incoming.value),
  )
  if (unread) return 'conflict'
  return standing !== undefined && isDeepStrictEqual(standing.value, incoming.value) ? 'same' : 'write'
}
