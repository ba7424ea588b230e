/** Decoding of one frame. Deviations of HJ 212 that devices show are tolerated and named; nothing is thrown. */
import { AnomalyList } from './anomaly.ts'
import { Cp } from './cp.ts'
import { parseCp } from './cp-parse.ts'
import { crcText, isPossibleCrc } from './crc.ts'
import { decryptArea } from './decrypt.ts'
import { defaultFillValues, type StationDialect } from './dialect.ts'
import { isEncryptedCommand } from './encrypted-shape.ts'
import { versionOf } from './flag.ts'
import { Frame, type FrameFault, type FrameFlag, type Header } from './frame.ts'
import { FrameStream } from './frame-stream.ts'
import { HeaderReader } from './header.ts'
import { RawFrame } from './raw-frame.ts'
import { asBuffer } from './text.ts'

export interface DecodeOptions {
  /** The station's known deviations. */
  readonly dialect?: StationDialect | ((mn: string) => StationDialect | undefined)
  /** SM4 keys of a station, 16 bytes each: the present one first, then the previous one. */
  readonly keys?: (mn: string) => readonly Uint8Array[] | undefined
}

const LONGEST_STANDARD_SEGMENT = 1024
/** What the four digits of the length can say: the limit of a line is the stream's matter. */
const LONGEST_SEGMENT = 9999
const reader = new HeaderReader()
const flags: readonly FrameFlag[] = Array.from({ length: 256 }, (_, value) => ({
  value,
  needAck: (value & 1) === 1,
  split: (value & 2) === 2,
}))
const noFlag: FrameFlag = { value: -1, needAck: false, split: false }

/**
 * Decodes one frame: what {@link FrameStream} yields, or its bytes from `##` on. Of several frames in the bytes
 * the first counts. Never throws: see `ok`, `fault`, `error`, `anomalies`.
 */
export function decodeFrame(input: Uint8Array | RawFrame, options: DecodeOptions = {}): Frame {
  if (input instanceof RawFrame) return decodeRaw(input, options)
  const stream = new FrameStream({ maxSegment: LONGEST_SEGMENT })
  stream.push(input)
  stream.finish()
  const raw = stream.next()
  return raw === undefined ? nothing(asBuffer(input)) : decodeRaw(raw, options)
}

/** All frames and failed candidates in `bytes`, in order. */
export function decodeAll(bytes: Uint8Array, options: DecodeOptions = {}): Frame[] {
  const stream = new FrameStream({ maxSegment: LONGEST_SEGMENT })
  stream.push(bytes)
  stream.finish()
  const frames: Frame[] = []
  for (let raw = stream.next(); raw !== undefined; raw = stream.next()) frames.push(decodeRaw(raw, options))
  return frames
}

function decodeRaw(raw: RawFrame, options: DecodeOptions): Frame {
  const anomalies = new AnomalyList()
  const { bytes, segmentStart, segmentEnd } = raw
  noteFraming(raw, anomalies)
  reader.read(bytes, segmentStart, segmentEnd, anomalies)
  const header: Header = reader.take()
  const { dialect: dialects } = options
  const dialect = typeof dialects === 'function' ? dialects(header.mn) : dialects
  const flagNumber = reader.flagNumber
  const flag = flagNumber < 0 ? noFlag : (flags[flagNumber] as FrameFlag)
  const version = dialect?.version ?? versionOf(flagNumber, header.st, header.mn)
  reader.noteFields(version, anomalies)

  let fault: FrameFault | null = defectFault(raw, dialect)
  let cpBytes = bytes
  let cpStart = reader.cpStart
  let cpEnd = reader.cpEnd
  const encryptedHere = raw.defect === 'encrypted' || (flagNumber >= 8 && isEncryptedCommand(header.cn))
  if (encryptedHere && cpStart >= 0) {
    const opened = decryptArea(raw, cpStart, cpEnd, options.keys?.(header.mn) ?? [], anomalies)
    if (opened.area !== null) {
      cpBytes = opened.area
      cpStart = 0
      cpEnd = opened.area.length
    }
    if (raw.defect === 'encrypted') fault = opened.fault
  }
  fault ??= reader.fault
  const readable = fault !== 'encrypted-no-key' && fault !== 'encrypted-wrong-key' && cpStart >= 0
  const cp = readable
    ? parseCp(cpBytes, cpStart, cpEnd, anomalies, dialect?.fillValues ?? defaultFillValues)
    : emptyCp
  return new Frame(
    version,
    header,
    reader.present,
    flag,
    reader.packet,
    cp,
    anomalies.take(),
    fault,
    fault === null ? null : explain(fault, raw),
    bytes,
  )
}

function noteFraming(raw: RawFrame, anomalies: AnomalyList): void {
  const actual = raw.segmentEnd - raw.segmentStart
  if (raw.declared < 0) anomalies.add('length-not-4-digits')
  else if (raw.declared !== actual && raw.crcGiven >= 0) anomalies.add('length-mismatch')
  if (actual > LONGEST_STANDARD_SEGMENT) anomalies.add('length-over-1024')
  if (raw.defect === 'modbus') anomalies.add('crc-is-CRC16/MODBUS')
  if (raw.crcGiven >= 0)
    for (let i = raw.segmentEnd; i < raw.segmentEnd + 4; i++)
      if ((raw.bytes[i] as number) > 96) anomalies.add('crc-lowercase')
  if (raw.tail !== 'crlf' && raw.crcGiven >= 0) anomalies.add(`tail-${raw.tail}`)
}

function defectFault(raw: RawFrame, dialect: StationDialect | undefined): FrameFault | null {
  switch (raw.defect) {
    case null:
      return null
    case 'modbus':
      return dialect?.modbusCrc === true ? null : 'modbus-crc'
    case 'encrypted':
      return 'encrypted-no-key'
    default:
      return raw.defect
  }
}

function explain(fault: FrameFault, raw: RawFrame): string {
  const given = raw.crcGiven >= 0 ? crcText(raw.crcGiven) : 'none'
  const computed = raw.crcComputed >= 0 ? crcText(raw.crcComputed) : 'none'
  const actual = raw.segmentEnd - raw.segmentStart
  switch (fault) {
    case 'crc':
      return raw.crcGiven >= 0
        ? `crc: received ${given}, computed ${computed}${isPossibleCrc(raw.crcGiven) ? '' : '; the received one is not of the algorithm of HJ 212 Annex A'}`
        : `crc: no CRC found at or near the declared length ${raw.declared}`
    case 'modbus-crc':
      return `modbus crc: received ${given} is CRC-16/MODBUS, HJ 212 Annex A gives ${computed}; set the station's dialect to accept it`
    case 'length':
      return `length: declared ${raw.declared}, actual ${actual}, further apart than 64 bytes; the crc ${given} is right`
    case 'oversize':
      return `length: declared ${raw.declared} is above the limit`
    case 'truncated':
      return 'truncated: the frame ends before its declared length'
    case 'encrypted-no-key':
      return 'encrypted: no key for this MN'
    case 'encrypted-wrong-key':
      return `encrypted: no key of this MN gives the crc ${given} (wrong key or damaged)`
    case 'no-CN':
      return 'no CN: the command code is missing'
    case 'no-MN':
      return 'no MN: the device identifier is missing'
    case 'bad-MN':
      return 'MN: control characters or more than 40 bytes'
    case 'no-frame':
      return 'no frame found: no "##" with a length'
  }
}

const emptyCp = new Cp(Buffer.alloc(0), 0, 0, [], [0], [], [], null, [], [], [])

function nothing(raw: Buffer): Frame {
  const header = { qn: '', st: '', cn: '', pw: '', mn: '', flag: '', pnum: '', pno: '', rf: '' }
  const why = explain('no-frame', new RawFrame(raw, 0, 0, -1, -1, -1, 'none', null))
  return new Frame('2005', header, 0, noFlag, null, emptyCp, [], 'no-frame', why, raw)
}
