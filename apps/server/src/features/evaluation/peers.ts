import { sha256 } from './day-table.ts'

/** Published composite index of a peer city for one period; NaN: not published. */
export interface PeerIndex {
  readonly code: string
  readonly name: string
  readonly index: number
  readonly source: string
}

/**
 * Published indexes for one span of days. `from`/`to` is the span that was published, which for a running year ends
 * with its last published month and not today.
 */
export interface PeerIndexes {
  readonly from: string
  readonly to: string
  readonly entries: readonly PeerIndex[]
}

export function peersDigest(peers: PeerIndexes): string {
  const lines = peers.entries.map((p) => `${p.code}|${Number.isNaN(p.index) ? '' : p.index}`).toSorted()
  return sha256(`${peers.from}/${peers.to}\n${lines.join('\n')}`)
}
