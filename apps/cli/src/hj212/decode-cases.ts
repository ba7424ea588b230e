/**
 * `shanshui hj212 decode --jsonl`: a case a line, `{id, raw}`, `{id, chunks: [text…]}` or `{id, chunks_hex: [hex…]}`,
 * each a stream of its own; answered by `{id, frames, errors}` in the same order.
 */

import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { type DecodeOptions, decodeFrame, type FrameJson, FrameStream } from '@shanshui/hj212'
import type { Sink } from '../evaluate/sink.ts'

const BYTE_ORDER_MARK = '\uFEFF'

interface Answer {
  readonly id: unknown
  /** Every frame and failed candidate; those not usable have `ok: false`. */
  readonly frames: readonly FrameJson[]
  /** What is wrong with the case, or with its frames. */
  readonly errors: readonly string[]
}

export async function decodeCases(input: Readable, sink: Sink, options: DecodeOptions): Promise<number> {
  let failed = 0
  let first = true
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (sink.closed) break
    // Editors put a byte order mark before the first case; JSON does not know it.
    const line = first && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
    first = false
    if (line.trim() === '') continue
    const answer = answerOf(line, options)
    if (answer.errors.length > 0) failed++
    await sink.write(`${JSON.stringify(answer)}\n`)
  }
  await sink.flush()
  return failed
}

function answerOf(line: string, options: DecodeOptions): Answer {
  let given: unknown
  try {
    given = JSON.parse(line)
  } catch {
    return { id: null, frames: [], errors: [`not JSON: ${line.slice(0, 80)}`] }
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { id: null, frames: [], errors: ['a case is an object with raw, chunks or chunks_hex'] }
  const id = 'id' in given ? given.id : null
  const chunks = chunksOf(given)
  if (typeof chunks === 'string') return { id, frames: [], errors: [chunks] }
  return { id, ...decoded(chunks, options) }
}

/** The chunks of a case; a sentence when they are not given properly. */
function chunksOf(given: object): Buffer[] | string {
  if ('raw' in given) return typeof given.raw === 'string' ? [Buffer.from(given.raw)] : 'raw must be text'
  if ('chunks' in given)
    return texts(given.chunks)?.map((text) => Buffer.from(text)) ?? 'chunks must be an array of texts'
  if (!('chunks_hex' in given)) return 'neither raw nor chunks nor chunks_hex is given'
  const list = texts(given.chunks_hex)
  if (list === undefined || !list.every(isHex)) return 'chunks_hex must be an array of hexadecimal texts'
  return list.map((text) => Buffer.from(withoutSpaces(text), 'hex'))
}

function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '')
}

function isHex(text: string): boolean {
  const digits = withoutSpaces(text)
  return digits.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(digits)
}

function decoded(chunks: readonly Buffer[], options: DecodeOptions): Pick<Answer, 'frames' | 'errors'> {
  const stream = new FrameStream()
  const frames: FrameJson[] = []
  const drain = () => {
    for (let raw = stream.next(); raw !== undefined; raw = stream.next())
      frames.push(decodeFrame(raw, options).toJSON())
  }
  for (const chunk of chunks) {
    stream.push(chunk)
    drain()
  }
  stream.finish()
  drain()
  const errors = frames.flatMap((frame) => frame.error ?? [])
  if (frames.length === 0) errors.push('no frame found')
  return { frames, errors }
}
