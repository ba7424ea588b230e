/** Encoding of frames, and splitting of long ones (拆分包). */
import { crc16, crc16Modbus, crcText } from './crc.ts'
import { isEncryptedCommand } from './encrypted-shape.ts'
import { flagValue, type Version } from './flag.ts'
import { sm4Encrypt } from './sm4.ts'

/** One item of the data area: a plain pair, or the fields of one factor. */
export type CpItem =
  | { readonly name: string; readonly value: string | number }
  | { readonly code: string; readonly fields: Readonly<Record<string, string | number>> }

export interface FrameInput {
  readonly version: Version
  /** Left out of the segment when undefined (2005 uploads). */
  readonly qn?: string
  readonly st: string
  readonly cn: string
  readonly pw: string
  readonly mn: string
  /** Bit 0 of Flag. Default false. */
  readonly needAck?: boolean
  /** Decimal Flag in place of the computed one; null leaves the field out (2005). */
  readonly flag?: number | null
  /** Sub-packet: sets bit 1 of Flag and PNUM, PNO. */
  readonly packet?: { readonly total: number; readonly number: number }
  /** Supplementary data: RF=1, HJ 212-2025 only. */
  readonly resent?: boolean
  /** Items, or the text between `CP=&&` and `&&`. */
  readonly cp: readonly CpItem[] | string
}

export interface EncodeOptions {
  /** SM4 key, 16 bytes: data areas of the encrypted commands (HJ 212-2025 6.4.4) are encrypted. */
  readonly key?: Uint8Array
  /** `bytes`: raw ciphertext, the length stays that of the plain text; `braces`: printed as `{0xHH,…}`. Default bytes. */
  readonly cipherForm?: 'bytes' | 'braces'
  /** CRC-16/MODBUS instead of Annex A, for devices that know no other. */
  readonly modbusCrc?: boolean
}

const LONGEST_SEGMENT = 9999
/** Data areas above this are split: 950 bytes (HJ 212-2017 table 3; segment ≤ 1,024, HJ 212-2025 8.1.2). */
export const LONGEST_AREA = 950

/**
 * A frame's bytes, `##` to CR LF. Throws RangeError for what the frame cannot carry: a separator inside a header
 * field, a name or a value, or a segment above 9,999 bytes.
 */
export function encodeFrame(input: FrameInput, options: EncodeOptions = {}): Buffer {
  const area = typeof input.cp === 'string' ? input.cp : areaText(input.cp)
  if (typeof input.cp !== 'string') checkArea(area)
  const plain = Buffer.from(`${headText(input)}CP=&&${area}&&`, 'utf8')
  if (plain.length > LONGEST_SEGMENT)
    throw new RangeError(`A data segment has at most 9999 bytes, not ${plain.length}.`)
  const crc = Buffer.from(crcText(options.modbusCrc ? crc16Modbus(plain) : crc16(plain)))
  const length = Buffer.from(`##${String(plain.length).padStart(4, '0')}`)
  return Buffer.concat([length, encrypted(input, plain, options), crc, lineEnd])
}

/**
 * The same message as one frame or, when its data area is above `limit` bytes, as sub-packets cut between items,
 * each with its own QN and each repeating the plain items before the first factor (DataTime), so that each
 * parses alone. HJ 212-2017 C.49–C.50.
 */
export function encodeFrames(
  input: FrameInput & { readonly cp: readonly CpItem[] },
  options: EncodeOptions & { readonly limit?: number; readonly qns?: () => string } = {},
): Buffer[] {
  const limit = options.limit ?? LONGEST_AREA
  const groups = splitItems(input.cp, limit)
  if (groups.length === 1) return [encodeFrame(input, options)]
  return groups.map((cp, i) => {
    const packet = { total: groups.length, number: i + 1 }
    const qn = i === 0 || input.qn === undefined ? input.qn : (options.qns?.() ?? laterQn(input.qn, i))
    return encodeFrame({ ...input, ...(qn === undefined ? {} : { qn }), packet, cp }, options)
  })
}

const lineEnd = Buffer.from('\r\n')

function splitItems(items: readonly CpItem[], limit: number): CpItem[][] {
  const firstFactor = items.findIndex((item) => 'code' in item)
  const repeated = firstFactor < 0 ? [] : items.slice(0, firstFactor)
  const base = Buffer.byteLength(areaText(repeated))
  const groups: CpItem[][] = []
  let group = [...repeated]
  let length = base
  for (const item of items.slice(repeated.length)) {
    const size = Buffer.byteLength(itemText(item)) + 1
    if (length + size > limit && group.length > repeated.length) {
      groups.push(group)
      group = [...repeated]
      length = base
    }
    group.push(item)
    length += size
  }
  groups.push(group)
  return groups
}

function laterQn(qn: string, by: number): string {
  return qn.length === 17 ? (BigInt(qn) + BigInt(by)).toString().padStart(17, '0') : qn
}

function headText(input: FrameInput): string {
  const { version, packet } = input
  const fields: [string, string | number | undefined | null][] = [
    ['QN', input.qn],
    ['ST', input.st],
    ['CN', input.cn],
    ['PW', input.pw],
    ['MN', input.mn],
    [
      'Flag',
      input.flag === undefined
        ? flagValue(version, input.needAck ?? false, packet !== undefined)
        : input.flag,
    ],
    ['PNUM', packet?.total],
    ['PNO', packet?.number],
    ['RF', input.resent && (version === '2025' || version === 'surface-water') ? 1 : undefined],
  ]
  let text = ''
  for (const [name, value] of fields) {
    if (value === undefined || value === null) continue
    const content = String(value)
    if (
      content.includes(';') ||
      content.includes(',') ||
      content.includes('&&') ||
      content.includes('\r') ||
      content.includes('\n')
    )
      throw new RangeError(`${name} must not contain a separator: ${JSON.stringify(content)}.`)
    text += `${name}=${content};`
  }
  return text
}

/** Text of the data area; a factor's fields are joined by ",", items by ";". */
export function areaText(items: readonly CpItem[]): string {
  return items.map(itemText).join(';')
}

function itemText(item: CpItem): string {
  if ('name' in item) return `${clean(item.name)}=${value(item.value)}`
  return Object.entries(item.fields)
    .map(([suffix, content]) => `${clean(item.code)}-${clean(suffix)}=${value(content)}`)
    .join(',')
}

function clean(name: string): string {
  for (const bad of [';', ',', '=', '&'])
    if (name.includes(bad))
      throw new RangeError(`A name in the data area must not contain ${bad}: ${JSON.stringify(name)}.`)
  return name
}

function value(content: string | number): string {
  if (typeof content === 'number') {
    if (!Number.isFinite(content))
      throw new RangeError(`A value must be finite, not ${content}; leave the field out.`)
    return numberText(content)
  }
  if (content.startsWith('//') && content.endsWith('//') && content.length >= 4) return content
  for (const bad of [';', ',', '='])
    if (content.includes(bad))
      throw new RangeError(
        `A value must not contain ${bad}: ${JSON.stringify(content)}. Log text stands between //.`,
      )
  return content
}

/** Without an exponent, which receivers do not read. */
function numberText(content: number): string {
  const text = String(content)
  return text.includes('e') ? content.toFixed(10) : text
}

function checkArea(area: string): void {
  if (area.includes('&&')) throw new RangeError('The data area must not contain &&.')
  if (area.includes('\r') || area.includes('\n'))
    throw new RangeError('The data area must not contain line ends.')
}

function encrypted(input: FrameInput, plain: Buffer, options: EncodeOptions): Buffer {
  if (options.key === undefined || !isEncryptedCommand(input.cn)) return plain
  const start = plain.indexOf('CP=&&') + 5
  const end = plain.length - 2
  const area = sm4Encrypt(options.key, plain.subarray(start, end))
  const full = area.length - (area.length % 16)
  const shown =
    options.cipherForm === 'braces' && full > 0
      ? Buffer.concat([braces(area.subarray(0, full)), area.subarray(full)])
      : area
  return Buffer.concat([plain.subarray(0, start), shown, plain.subarray(end)])
}

function braces(cipher: Uint8Array): Buffer {
  const bytes = Array.from(cipher, (byte) => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`)
  return Buffer.from(`{${bytes.join(',')}}`)
}
