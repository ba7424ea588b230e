import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

const pieceBytes = 2 * 1_048_576

/** Hashes in pieces; the event loop turns between them. */
export async function hashBlob(
  blob: Blob,
  onProgress?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  const hash = sha256.create()
  for (let at = 0; at < blob.size; at += pieceBytes) {
    signal?.throwIfAborted()
    const piece = await blob.slice(at, at + pieceBytes).arrayBuffer()
    hash.update(new Uint8Array(piece))
    onProgress?.(Math.min(at + pieceBytes, blob.size))
  }
  return bytesToHex(hash.digest())
}
