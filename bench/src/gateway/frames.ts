/**
 * Minute frames (2051, ten factors, min, average, max and mark each; 959-byte class) made by patching a template, so that
 * the load costs the shared cores as little as it can.
 */
import { crc16, crcText, encodeFrame, formatTime } from '@shanshui/hj212'

export const factors = [
  'a34004',
  'a34002',
  'a05024',
  'a21004',
  'a21026',
  'a21005',
  'a01001',
  'a01002',
  'a01006',
  'a01007',
]
export const password = 'abc123'
export const mnOf = (station: number): string => `BE2C${String(station).padStart(20, '0')}`

const minuteMs = 60_000
const qnDigits = 17
const timeDigits = 14

/** Values of a minute by factor, as fields of HJ 212; the first `Avg` is patched and must have five digits. */
type Minute = readonly { readonly code: string; readonly fields: Readonly<Record<string, string>> }[]

const stationMinute: Minute = factors.map((code) => ({
  code,
  fields: { Min: '12.34', Avg: '000.0', Max: '23.45', Flag: 'N' },
}))

const pollutant = (code: string, avg: string, zs: string) => ({
  code,
  fields: {
    Min: '1.2',
    Avg: avg,
    Max: '48.0',
    ZsMin: '1.4',
    ZsAvg: zs,
    ZsMax: '56.2',
    Cou: '0.0215',
    Flag: 'N',
  },
})
const state = (code: string, avg: string) => ({ code, fields: { Min: avg, Avg: avg, Max: avg, Flag: 'N' } })

/** A waste-gas outlet: three pollutants measured and converted, oxygen, flow, velocity, temperature, pressure, humidity. */
export const outletMinute: Minute = [
  pollutant('a21026', '000.0', '32.1'),
  pollutant('a21002', '41.5', '48.6'),
  pollutant('a34013', '4.20', '4.92'),
  state('a19001', '8.20'),
  state('a00000', '366676'),
  state('a01011', '14.20'),
  state('a01012', '85.0'),
  state('a01013', '-0.35'),
  state('a01014', '9.50'),
]

/** A frame of one station whose QN, DataTime and first value are set anew for each message. */
export class FrameTemplate {
  readonly bytes: Buffer
  readonly #qnAt: number
  readonly #timeAt: number
  readonly #valueAt: number
  readonly #segmentEnd: number

  constructor(
    mn: string,
    { st, minute }: { st: string; minute: Minute } = { st: '22', minute: stationMinute },
  ) {
    this.bytes = encodeFrame({
      version: '2017',
      qn: '0'.repeat(qnDigits),
      st,
      cn: '2051',
      pw: password,
      mn,
      needAck: true,
      cp: [{ name: 'DataTime', value: '0'.repeat(timeDigits) }, ...minute],
    })
    this.#qnAt = this.bytes.indexOf('QN=') + 3
    this.#timeAt = this.bytes.indexOf('DataTime=') + 9
    this.#valueAt = this.bytes.indexOf('Avg=') + 4
    this.#segmentEnd = this.bytes.length - 6
  }

  /** Fills in serial number (becomes QN), minute and value; returns the bytes, which the next call changes. */
  fill(serial: number, dataTimeMs: number, value: number): Buffer {
    const { bytes } = this
    bytes.write(qnOf(serial), this.#qnAt, qnDigits, 'latin1')
    bytes.write(formatTime(dataTimeMs), this.#timeAt, timeDigits, 'latin1')
    bytes.write((value % 1000).toFixed(1).padStart(5, '0'), this.#valueAt, 5, 'latin1')
    bytes.write(crcText(crc16(bytes.subarray(6, this.#segmentEnd))), this.#segmentEnd, 4, 'latin1')
    return bytes
  }
}

/** The QN of the n-th frame of a run, as text: 17 digits are more than a double tells apart. */
export function qnOf(serial: number): string {
  return `20260101${String(serial % 1_000_000_000).padStart(9, '0')}`
}

/** The i-th minute before `nowMs`. */
export const minuteBefore = (nowMs: number, i: number): number =>
  Math.floor(nowMs / minuteMs) * minuteMs - (i + 1) * minuteMs
