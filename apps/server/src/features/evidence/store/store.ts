/** Where the bytes of evidence lie, under their SHA-256. ADR 0015. */
import type { Readable } from 'node:stream'

export interface ByteRange {
  /** First and last byte, both included. */
  readonly start: number
  readonly end: number
}

export interface EvidenceStore {
  /**
   * Takes a local file in; when this resolves the bytes are durable. The same content again is no second copy, and the
   * local file stays where it is.
   * @throws AppError `evidence.store-unavailable`
   */
  put(file: string, sha256: string, bytes: number): Promise<void>
  /** @throws AppError `evidence.store-unavailable` also when the file is not there: a row says that it should be */
  open(sha256: string, range?: ByteRange): Promise<Readable>
  /** Bytes stored under the hash; undefined when there are none. */
  size(sha256: string): Promise<number | undefined>
}
