/**
 * `shanshui hj212 encode`: JSON lines in, frames out. A line is what `decode` writes, or less: `cp` may also be
 * text, or `items`: `[{name, value}, {code, fields}]` keep their order.
 */
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import {
  type CpItem,
  type EncodeOptions,
  encodeFrame,
  encodeFrames,
  type FrameInput,
  type Version,
} from '@shanshui/hj212'

type Given = Record<string, unknown>

const versions: readonly Version[] = ['2005', '2017', '2025', 'surface-water']

/** Returns the number of lines that could not be encoded; they are named on `err`. */
export async function encodeLines(
  input: Readable,
  out: Writable,
  err: Writable,
  options: EncodeOptions & { readonly split: boolean },
): Promise<number> {
  let failed = 0
  let lineNumber = 0
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber++
    if (line.trim() === '') continue
    try {
      const message = messageOf(JSON.parse(line))
      const frames =
        options.split && typeof message.cp !== 'string'
          ? encodeFrames({ ...message, cp: message.cp }, options)
          : [encodeFrame(message, options)]
      for (const frame of frames)
        if (!out.write(frame)) await new Promise((resolve) => out.once('drain', resolve))
    } catch (error) {
      failed++
      err.write(`第 ${lineNumber} 行: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  return failed
}

function messageOf(value: unknown): FrameInput {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('a line is an object')
  const given = value as Given
  const flag = flagOf(given)
  const packet = packetOf(given)
  return {
    version: versionOf(given, flag),
    ...(given.qn === undefined || given.qn === null ? {} : { qn: text(given, 'qn') }),
    st: text(given, 'st'),
    cn: text(given, 'cn'),
    pw: text(given, 'pw', '123456'),
    mn: text(given, 'mn'),
    ...(flag === undefined ? {} : { flag }),
    ...(given.needAck === undefined ? {} : { needAck: given.needAck === true }),
    ...(packet === undefined ? {} : { packet }),
    ...(String(given.rf ?? '') === '1' ? { resent: true } : {}),
    cp: areaOf(given),
  }
}

function text(given: Given, name: string, otherwise?: string): string {
  const value = given[name] ?? otherwise
  if (typeof value !== 'string' && typeof value !== 'number') throw new TypeError(`${name} is missing`)
  return String(value)
}

function flagOf(given: Given): number | null | undefined {
  if (given.flag === undefined) return undefined
  if (given.flag === null) return null
  const flag = Number(given.flag)
  if (!Number.isInteger(flag) || flag < 0 || flag > 255)
    throw new RangeError(`flag is 0…255, not ${String(given.flag)}`)
  return flag
}

function versionOf(given: Given, flag: number | null | undefined): Version {
  const named = versions.find((version) => version === given.version)
  if (named !== undefined) return named
  if (given.version !== undefined)
    throw new RangeError(`version is one of ${versions.join(', ')}, not ${String(given.version)}`)
  if (flag === null) return '2005'
  if (flag === undefined) return '2017'
  return flag < 4 ? '2005' : flag < 8 ? '2017' : '2025'
}

function packetOf(given: Given): { total: number; number: number } | undefined {
  if (given.pnum === undefined || given.pnum === null) return undefined
  return { total: Number(given.pnum), number: Number(given.pno) }
}

function areaOf(given: Given): string | CpItem[] {
  if (typeof given.cp === 'string') return given.cp
  if (Array.isArray(given.items)) return given.items as CpItem[]
  const { plain = {}, factors = {} } = (given.cp ?? {}) as {
    plain?: Record<string, string | string[]>
    factors?: Record<string, Record<string, string>>
  }
  const items: CpItem[] = []
  for (const [name, value] of Object.entries(plain))
    for (const one of Array.isArray(value) ? value : [value]) items.push({ name, value: one })
  for (const [code, fields] of Object.entries(factors)) items.push({ code, fields })
  return items
}
