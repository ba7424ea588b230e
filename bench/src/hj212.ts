import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type CpItem, decodeFrame, encodeFrame, FrameStream } from '@shanshui/hj212'
import { fuzz } from '@shanshui/hj212/testing'
import type { BenchOptions, BenchResult } from './result.ts'
import { median } from './spread.ts'

const CHUNK_BYTES = 64 * 1024
const ROUNDS = 9
const FUZZ_FRAMES = 1_000_000
const FUZZ_SEED = 212
/** Growth of the heap over a million mutated frames that still counts as flat. */
const FLAT_BYTES = 16 * 1024 * 1024

interface Load {
  readonly what: string
  readonly frame: Buffer
  readonly suffixes: readonly string[]
  readonly bar: number
}

/** Decoding of two ordinary frames on one core, and a million mutated frames. */
export async function benchHj212({ quick }: BenchOptions): Promise<readonly BenchResult[]> {
  const loads = [realTime(), minute()]
  const rates = loads.map((): number[] => [])
  const seconds = quick ? 0.15 : 0.8
  for (const load of loads) measure(load, seconds)
  // Interleaved, so that a disturbance of the machine falls on both.
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, load] of loads.entries()) rates[i]?.push(measure(load, seconds))
  return [
    ...loads.map(
      ({ what, bar }, i): BenchResult => ({
        what,
        value: Math.round(median(rates[i] ?? [])),
        unit: 'frames/s',
        bar: { kind: 'at-least', value: bar, unit: 'frames/s' },
        note: `framing, CRC, header, every value read as a number and every mark; per second of processor time, median of ${ROUNDS}`,
      }),
    ),
    ...fuzzed(quick ? FUZZ_FRAMES / 10 : FUZZ_FRAMES),
  ]
}

/**
 * Frames per second of processor time, of a stream that comes in chunks as a socket gives them. Processor time of
 * the whole process, collector included: another process on the machine does not make the codec look slower.
 */
function measure({ frame, suffixes }: Load, seconds: number): number {
  const perChunk = Math.floor(CHUNK_BYTES / frame.length)
  const chunk = Buffer.concat(Array.from({ length: perChunk }, () => frame))
  const stream = new FrameStream()
  let frames = 0
  let sum = 0
  let normal = 0
  const began = process.cpuUsage()
  let used = 0
  while (used < seconds) {
    stream.push(chunk)
    for (let raw = stream.next(); raw !== undefined; raw = stream.next()) {
      const { ok, cp } = decodeFrame(raw)
      if (!ok) throw new Error('a frame of the benchmark is not usable')
      for (let factor = 0; factor < cp.factorCount; factor++) {
        for (const suffix of suffixes) {
          const value = cp.number(factor, suffix)
          if (!Number.isNaN(value)) sum += value
        }
        if (cp.mark(factor) === 'N') normal++
      }
      frames++
    }
    const { user, system } = process.cpuUsage(began)
    used = (user + system) / 1e6
  }
  // A fast wrong answer is worth nothing.
  if (normal !== frames * FACTORS.length || !(sum > 0))
    throw new Error('the benchmark has read other values than it wrote')
  return frames / used
}

const FACTORS = [
  'a21026',
  'a21002',
  'a34013',
  'a19001',
  'a01011',
  'a01012',
  'a01013',
  'a01014',
  'a21005',
  'a00000',
]

/** 506 bytes: ten factors of flue gas, four of them with their converted value. */
function realTime(): Load {
  const items = FACTORS.map(
    (code, i): CpItem => ({
      code,
      fields: { Rtd: value(i, 5), ...(i < 4 ? { ZsRtd: value(i + 3, i < 2 ? 4 : 5) } : {}), Flag: 'N' },
    }),
  )
  return load('2011', 506, items, ['Rtd', 'ZsRtd'], 250_000)
}

/** 959 bytes: ten factors with emission, minimum, mean and maximum. */
function minute(): Load {
  const items = FACTORS.map(
    (code, i): CpItem => ({
      code,
      fields: {
        Cou: value(i, i < 7 ? 7 : 6),
        Min: value(i, 5),
        Avg: value(i + 1, 5),
        Max: value(i + 2, 5),
        Flag: 'N',
      },
    }),
  )
  return load('2051', 959, items, ['Cou', 'Min', 'Avg', 'Max'], 120_000)
}

function load(cn: string, bytes: number, items: CpItem[], suffixes: string[], bar: number): Load {
  const frame = encodeFrame({
    version: '2017',
    qn: '20260801085857223',
    st: '31',
    cn,
    pw: '123456',
    mn: '010000A8900016F000169DC0',
    needAck: true,
    cp: [{ name: 'DataTime', value: '20260801085800' }, ...items],
  })
  if (frame.length !== bytes)
    throw new Error(`the frame of the benchmark has ${frame.length} bytes, not ${bytes}`)
  return { what: `decode ${cn}, ${FACTORS.length} factors, ${bytes} bytes`, frame, suffixes, bar }
}

/** A number of so many characters. */
function value(i: number, characters: number): string {
  return (13.137 * (i + 1)).toFixed(6).slice(0, characters)
}

function fuzzed(frames: number): BenchResult[] {
  setFlagsFromString('--expose-gc')
  globalThis.gc ??= runInNewContext('gc') as NonNullable<typeof globalThis.gc>
  fuzz(20_000, FUZZ_SEED)
  const { good, bad, seconds, heapGrowth, slowestMs } = fuzz(frames, FUZZ_SEED + 1)
  return [
    {
      what: `${frames} mutated frames, heap growth`,
      value: heapGrowth / 1024 / 1024,
      unit: 'MiB',
      bar: { kind: 'at-most', value: FLAT_BYTES / 1024 / 1024, unit: 'MiB' },
      note: `nothing thrown; ${good} usable, ${bad} reported as not usable; ${seconds.toFixed(1)} s; slowest ${slowestMs.toFixed(1)} ms`,
    },
  ]
}
