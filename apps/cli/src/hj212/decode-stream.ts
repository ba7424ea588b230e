/** `shanshui hj212 decode`: bytes on standard input, one JSON object a frame on standard output. */
import type { Readable } from 'node:stream'
import { type DecodeOptions, decodeFrame, FrameStream } from '@shanshui/hj212'
import type { Sink } from '../evaluate/sink.ts'

/** A pause of the sender after which a frame without its CR LF is taken as complete. */
const TAIL_PAUSE_MS = 200

export interface DecodeCounts {
  readonly frames: number
  readonly failed: number
  /** Bytes outside frames. */
  readonly skipped: number
}

export async function decodeStream(
  input: Readable,
  sink: Sink,
  options: DecodeOptions,
): Promise<DecodeCounts> {
  const stream = new FrameStream()
  let frames = 0
  let failed = 0
  const drain = async () => {
    for (let raw = stream.next(); raw !== undefined && !sink.closed; raw = stream.next()) {
      const frame = decodeFrame(raw, options)
      frames++
      if (!frame.ok) failed++
      await sink.write(`${JSON.stringify(frame)}\n`)
    }
    // A reader of a live line wants each frame when it comes.
    await sink.flush()
  }
  for await (const chunk of withPauses(input)) {
    if (sink.closed) break
    if (chunk === 'pause') stream.settle()
    else stream.push(chunk)
    await drain()
  }
  stream.finish()
  await drain()
  return { frames, failed, skipped: stream.skippedBytes }
}

/** The chunks of a stream, and the word `pause` where nothing has come for a while after a chunk. */
async function* withPauses(input: Readable): AsyncGenerator<Buffer | 'pause'> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>
  let coming = chunks.next()
  for (;;) {
    let timer: NodeJS.Timeout | undefined
    const paused = new Promise<'pause'>((resolve) => {
      timer = setTimeout(() => resolve('pause'), TAIL_PAUSE_MS)
    })
    const first = await Promise.race([coming, paused])
    clearTimeout(timer)
    if (first === 'pause') yield 'pause'
    const { done, value } = first === 'pause' ? await coming : first
    if (done === true) return
    yield Buffer.from(value)
    coming = chunks.next()
  }
}
