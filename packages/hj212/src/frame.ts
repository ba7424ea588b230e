/** A decoded message. */
import type { Cp, CpJson } from './cp.ts'
import type { Version } from './flag.ts'
import { encodingOf, textOf } from './text.ts'

/** Fields of the data segment before CP, as received; '' when absent (see {@link Frame.has}). */
export interface Header {
  readonly qn: string
  readonly st: string
  readonly cn: string
  readonly pw: string
  /** Opaque key of the device, without surrounding spaces. */
  readonly mn: string
  readonly flag: string
  readonly pnum: string
  readonly pno: string
  /** '1' on supplementary data (补传) of HJ 212-2025. */
  readonly rf: string
}

export type HeaderName = keyof Header

/** What keeps a frame from use: a word for programs; `error` says it for people. */
export type FrameFault =
  | 'crc'
  | 'modbus-crc'
  | 'length'
  | 'oversize'
  | 'truncated'
  | 'encrypted-no-key'
  | 'encrypted-wrong-key'
  | 'no-CN'
  | 'no-MN'
  | 'bad-MN'
  | 'no-frame'

export interface FrameFlag {
  /** −1 when absent or not a number. */
  readonly value: number
  readonly needAck: boolean
  readonly split: boolean
}

export interface FrameJson {
  ok: boolean
  version: Version
  qn: string | null
  st: string | null
  cn: string | null
  mn: string | null
  pw: string | null
  flag: string | null
  pnum: string | null
  pno: string | null
  rf?: string
  cp: CpJson
  anomalies: readonly string[]
  error: string | null
  raw: string
}

export class Frame {
  /** Usable, with the deviations in `anomalies` tolerated. */
  readonly ok: boolean
  readonly version: Version
  readonly header: Header
  readonly flag: FrameFlag
  /** Place among sub-packets; null when the message is whole. */
  readonly packet: { readonly total: number; readonly number: number } | null
  readonly cp: Cp
  readonly anomalies: readonly string[]
  readonly fault: FrameFault | null
  readonly error: string | null
  /** From `##` to the end of the tail, as received. */
  readonly raw: Buffer
  private readonly present: number

  /** @internal */
  constructor(
    version: Version,
    header: Header,
    present: number,
    flag: FrameFlag,
    packet: { readonly total: number; readonly number: number } | null,
    cp: Cp,
    anomalies: readonly string[],
    fault: FrameFault | null,
    error: string | null,
    raw: Buffer,
  ) {
    this.ok = fault === null
    this.version = version
    this.header = header
    this.present = present
    this.flag = flag
    this.packet = packet
    this.cp = cp
    this.anomalies = anomalies
    this.fault = fault
    this.error = error
    this.raw = raw
  }

  /** Whether a header field was there at all, if only empty. */
  has(name: HeaderName): boolean {
    return (this.present & headerBits[name]) !== 0
  }

  /** One object a frame for logs and the command line. Texts as received; absent fields are null. */
  toJSON(): FrameJson {
    const text = (name: HeaderName) => (this.has(name) ? this.header[name] : null)
    return {
      ok: this.ok,
      version: this.version,
      qn: text('qn'),
      st: text('st'),
      cn: text('cn'),
      mn: text('mn'),
      pw: text('pw'),
      flag: text('flag'),
      pnum: text('pnum'),
      pno: text('pno'),
      ...(this.has('rf') ? { rf: this.header.rf } : {}),
      cp: this.cp.toJSON(),
      anomalies: this.anomalies,
      error: this.error,
      raw: this.rawText,
    }
  }

  /** The whole frame as text; bytes that are no text one character each. */
  get rawText(): string {
    return encodingOf(this.raw) === 'binary'
      ? this.raw.toString('latin1')
      : textOf(this.raw, 0, this.raw.length)
  }
}

export const headerBits: Record<HeaderName, number> = {
  qn: 1,
  st: 2,
  cn: 4,
  pw: 8,
  mn: 16,
  flag: 32,
  pnum: 64,
  pno: 128,
  rf: 256,
}
