import { hashBlob } from './hash-blob.ts'
import type { HashMessage } from './sha256.ts'

const answer = (message: HashMessage): void => self.postMessage(message)

self.onmessage = ({ data }: MessageEvent<Blob>) => {
  hashBlob(data, (done) => answer({ done })).then(
    (hash) => answer({ hash }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
  )
}
