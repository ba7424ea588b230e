/**
 * SHA-256 of a file, piece by piece, so that a film of half a gigabyte is never in memory whole. In a worker, so that
 * the page stays alive. Not by `crypto.subtle`: it is not there on an intranet without TLS, and takes a file whole.
 */
import { hashBlob } from './hash-blob.ts'

/** Smaller files are hashed before a worker would have started. */
const inlineBytes = 1_048_576

/** Lower-case hexadecimal. `onProgress`: bytes hashed. Errors: `AbortError`, and that of a file that cannot be read. */
export function sha256Of(
  blob: Blob,
  onProgress?: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  if (blob.size <= inlineBytes || typeof Worker === 'undefined') return hashBlob(blob, onProgress, signal)
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sha256.worker.ts', import.meta.url), { type: 'module' })
    const end = (): void => {
      worker.terminate()
      signal?.removeEventListener('abort', onAbort)
    }
    const onAbort = (): void => {
      end()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', onAbort)
    worker.onmessage = ({ data }: MessageEvent<HashMessage>) => {
      if ('done' in data) return onProgress?.(data.done)
      end()
      if ('hash' in data) resolve(data.hash)
      else reject(new Error(data.error))
    }
    worker.onerror = () => {
      end()
      // An old browser without module workers.
      hashBlob(blob, onProgress, signal).then(resolve, reject)
    }
    worker.postMessage(blob)
  })
}

export type HashMessage = { readonly done: number } | { readonly hash: string } | { readonly error: string }
