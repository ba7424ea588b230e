/** Frames damaged at random, reproducibly: for the fuzz test and the benchmark. */
import { decodeFrame } from './decode.ts'
import { encodeFrame } from './encode.ts'
import { FrameStream } from './frame-stream.ts'
import { deform, type FrameFault, frameFaults } from './station/faults.ts'

/** Mulberry32: a small generator of 32 random bits, so that a failing round can be run again. */
export function randomBits(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
}

const faults = Object.keys(frameFaults) as FrameFault[]
const key = Buffer.alloc(16, 0x30)

function seeds(): Buffer[] {
  const header = {
    qn: '20260801100000123',
    st: '32',
    pw: '123456',
    mn: '010000A8900016F000169DC0',
    needAck: true,
  }
  const factors = ['w01018', 'w21003', '011', '__proto__', 'LA'].map((code, i) => ({
    code,
    fields: { Min: i, Avg: i + 0.5, Max: i + 1, Flag: 'N' },
  }))
  const cp = [{ name: 'DataTime', value: '20260801090000' }, ...factors]
  return [
    encodeFrame({ ...header, version: '2017', cn: '2061', cp }),
    encodeFrame({ ...header, version: '2005', cn: '2011', cp, packet: { total: 3, number: 2 } }),
    encodeFrame({ ...header, version: '2025', cn: '2011', cp }, { key }),
    encodeFrame({ ...header, version: '2025', cn: '2011', cp }, { key, cipherForm: 'braces' }),
    encodeFrame({ ...header, version: '2017', cn: '3020', cp: 'i11001-Info=//日志,a;b=c//;i12001-Info=1' }),
    encodeFrame({ ...header, version: '2017', cn: '9014', cp: [] }),
  ]
}

export interface FuzzResult {
  readonly frames: number
  readonly good: number
  readonly bad: number
  readonly seconds: number
  /** Heap after, less heap before, bytes; NaN when the garbage collector cannot be called. */
  readonly heapGrowth: number
  /** Longest time for one chunk, ms. */
  readonly slowestMs: number
}

/**
 * Feeds `count` mutated frames through streams in chunks of any size and reads every frame completely. Throws
 * what the codec throws, which is the point; bounded by `count`.
 */
export function fuzz(count: number, seed: number): FuzzResult {
  const next = randomBits(seed)
  const originals = seeds()
  let stream = new FrameStream()
  let good = 0
  let bad = 0
  let slowestMs = 0
  const collect = globalThis.gc
  collect?.()
  const heapBefore = process.memoryUsage().heapUsed
  const began = performance.now()
  for (let i = 0; i < count; i++) {
    const bytes = mutate(originals[next() % originals.length] as Buffer, next)
    const at = performance.now()
    const cutAt = next() % (bytes.length + 1)
    for (const chunk of [bytes.subarray(0, cutAt), bytes.subarray(cutAt)]) {
      stream.push(chunk)
      for (let raw = stream.next(); raw !== undefined; raw = stream.next()) {
        const frame = decodeFrame(raw, { keys: () => [key] })
        JSON.stringify(frame)
        if (frame.ok) good++
        else bad++
      }
    }
    if (next() % 64 === 0) {
      stream.finish()
      for (let raw = stream.next(); raw !== undefined; raw = stream.next()) JSON.stringify(decodeFrame(raw))
      if (stream.buffered !== 0) throw new Error(`${stream.buffered} bytes stay behind after the end.`)
      stream = new FrameStream()
    }
    slowestMs = Math.max(slowestMs, performance.now() - at)
  }
  const seconds = (performance.now() - began) / 1000
  collect?.()
  const heapGrowth = collect === undefined ? Number.NaN : process.memoryUsage().heapUsed - heapBefore
  return { frames: count, good, bad, seconds, heapGrowth, slowestMs }
}

function mutate(original: Buffer, next: () => number): Buffer {
  let bytes: Buffer = Buffer.from(original)
  if (next() % 4 === 0) bytes = deform(bytes, faults[next() % faults.length] as FrameFault)
  for (let n = next() % 4; n > 0; n--) bytes = once(bytes, next)
  return bytes
}

const tokens = [
  '##',
  '&&',
  '\r\n',
  ';',
  ',',
  '=',
  '-',
  'CP=&&',
  '##0100',
  '{0x',
  '//',
  '__proto__-Rtd=1',
  '\u0000',
  '9999',
]

function once(bytes: Buffer, next: () => number): Buffer {
  const at = next() % (bytes.length + 1)
  switch (next() % 6) {
    case 0:
      if (at < bytes.length) bytes[at] = next() & 0xff
      return bytes
    case 1:
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + (next() % 20))),
      ])
    case 2:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(tokens[next() % tokens.length] as string),
        bytes.subarray(at),
      ])
    case 3:
      return Buffer.concat([bytes, bytes.subarray(at)])
    case 4:
      return bytes.subarray(0, at)
    default:
      if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << (next() & 7))
      return bytes
  }
}
