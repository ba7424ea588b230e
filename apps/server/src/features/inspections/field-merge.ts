/**
 * What one operation of a phone does to the record of a visit: pure, so that every order of arrival can be tried.
 * An item is written by whoever writes it first on a version; somebody else's different words on an item that changed
 * meanwhile are kept beside it, and a person decides. Nothing is lost either way.
 */
import { isDeepStrictEqual } from 'node:util'

export interface StandingItem {
  readonly value: unknown
  /** Version of the record when the item last changed. */
  readonly version: number
  readonly device: string
  /** The device's own count. */
  readonly seq: number
}

export interface Incoming {
  readonly value: unknown
  /** Version of the record that the device had read. */
  readonly baseVersion: number
  readonly device: string
  readonly seq: number
}

export type Verdict =
  /** Becomes the item. */
  | 'write'
  /** Says what the item says already. */
  | 'same'
  /** An older word of the same device that arrives late: kept in the history only. */
  | 'older'
  /** Two people wrote differently: both stay. */
  | 'conflict'

/** @param openConflict whether the item has versions side by side that nobody has decided on */
export function mergeOperation(
  standing: StandingItem | undefined,
  incoming: Incoming,
  openConflict: boolean,
): Verdict {
  if (standing === undefined) return 'write'
  const ownWord = standing.device === incoming.device
  if (ownWord && incoming.seq < standing.seq) return 'older'
  if (isDeepStrictEqual(standing.value, incoming.value)) return 'same'
  if (ownWord) return 'write'
  // Somebody who has read the conflict and writes again has not decided it: that is a step of its own, with a reason.
  if (openConflict) return 'conflict'
  return incoming.baseVersion >= standing.version ? 'write' : 'conflict'
}
