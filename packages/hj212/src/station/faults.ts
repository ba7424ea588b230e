/**
 * What real devices do wrong, to be switched on in the simulator. Each works on the bytes of one frame; those of the
 * line (loss, duplicates, half-open sockets …) are switches of the station.
 */
import { crc16, crc16Modbus, crcText } from '../crc.ts'
import { asBuffer } from '../text.ts'

/** A frame taken apart, to be put together wrongly. */
interface Parts {
  segment: Buffer
  length: string
  crc: string
  tail: string
  before: string
}

type Deform = (parts: Parts) => void

const edit =
  (change: (segment: string) => string): Deform =>
  (parts) => {
    // latin1 keeps every byte, whatever the encoding of its text is.
    parts.segment = Buffer.from(change(parts.segment.toString('latin1')), 'latin1')
    parts.length = String(parts.segment.length).padStart(4, '0')
    parts.crc = crcText(crc16(parts.segment))
  }

const cpOf = (change: (area: string) => string): Deform =>
  edit((segment) => {
    const at = segment.indexOf('CP=&&') + 5
    return segment.slice(0, at) + change(segment.slice(at, -2)) + segment.slice(-2)
  })

/** Replaces the first numeric value of a factor. */
const firstValue = (value: string): Deform =>
  cpOf((area) => area.replace(/(-(?:Rtd|Avg)=)[^,;]*/, `$1${value}`))

export const frameFaults = {
  'crc-lowercase': (parts) => {
    parts.crc = parts.crc.toLowerCase()
  },
  'crc-modbus': (parts) => {
    parts.crc = crcText(crc16Modbus(parts.segment))
  },
  'crc-wrong': (parts) => {
    parts.crc = crcText(crc16(parts.segment) ^ 0x4000)
  },
  'tail-none': (parts) => {
    parts.tail = ''
  },
  'tail-lf': (parts) => {
    parts.tail = '\n'
  },
  'tail-spaces': (parts) => {
    parts.tail = '  '
  },
  'tail-literal': (parts) => {
    parts.tail = '\\r\\n'
  },
  'junk-before': (parts) => {
    parts.before = 'http://www.example.org HEARTBEAT\0#'
  },
  'length-short': (parts) => {
    parts.length = String(parts.segment.length)
  },
  'length-padded-with-spaces': (parts) => {
    parts.length = String(parts.segment.length).padStart(4, ' ')
  },
  'length-includes-crc': (parts) => {
    parts.length = String(parts.segment.length + 4).padStart(4, '0')
  },
  'length-includes-frame': (parts) => {
    parts.length = String(parts.segment.length + 12).padStart(4, '0')
  },
  'length-too-small': (parts) => {
    parts.length = String(Math.max(1, parts.segment.length - 40)).padStart(4, '0')
  },
  'qn-missing': edit((segment) => segment.replace(/QN=[^;]*;/, '')),
  'qn-empty': edit((segment) => segment.replace(/QN=[^;]*;/, 'QN=;')),
  'qn-epoch': edit((segment) => segment.replace(/QN=[^;]*;/, 'QN=1700000000000;')),
  'data-time-17': cpOf((area) => area.replace(/(DataTime=\d{14})/, '$1000')),
  'data-time-12': cpOf((area) => area.replace(/(DataTime=\d{12})\d{2}/, '$1')),
  'data-time-dashed': cpOf((area) =>
    area.replace(/DataTime=(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/, 'DataTime=$1-$2-$3 $4:$5:$6'),
  ),
  'mn-lowercase': edit((segment) => segment.replace(/MN=[^;]*/, (mn) => `MN=${mn.slice(3).toLowerCase()}`)),
  'mn-spaces': edit((segment) => segment.replace(/MN=([^;]*)/, 'MN=$1  ')),
  'pw-empty': edit((segment) => segment.replace(/PW=[^;]*/, 'PW=')),
  'pw-long': edit((segment) => segment.replace(/PW=[^;]*/, 'PW=BF470F88957588DE902D1A52')),
  'st-three': edit((segment) => segment.replace(/ST=[^;]*/, 'ST=101')),
  'flag-missing': edit((segment) => segment.replace(/Flag=\d+;/, '')),
  'flag-split-without-packets': edit((segment) => segment.replace(/Flag=\d+;/, 'Flag=3;')),
  'flag-joined': edit((segment) => segment.replace(/(Flag=\d+);CP=/, '$1CP=')),
  'commas-everywhere': cpOf((area) => area.replaceAll(';', ',')),
  'semicolons-everywhere': cpOf((area) => area.replaceAll(',', ';')),
  'trailing-semicolon': cpOf((area) => `${area};`),
  'spaces-around-names': edit((segment) => segment.replace(';ST=', '; ST =')),
  'suffix-case': cpOf((area) => area.replaceAll('-Flag=', '-flag=')),
  'code-without-letter': cpOf((area) => area.replace(/([;,])[a-z](\d{5}-)/g, '$1$2')),
  'extra-suffix': cpOf((area) => area.replace(/([;,])(\w+)-(Rtd|Avg)=/, '$1$2-ValidNum=45,$2-$3=')),
  'flag-before-value': cpOf((area) =>
    area.replace(/([;,])(\w+-(?:Rtd|Avg)=[^,;]*),(\w+-Flag=[^,;]*)/, '$1$3,$2'),
  ),
  'stray-flag': cpOf((area) => `${area};Flag=N`),
  'duplicate-factor': cpOf((area) => area.replace(/([;,])(\w+-(?:Rtd|Avg)=[^,;]*)/, '$1$2,$2')),
  'value-empty': firstValue(''),
  'value-dash': firstValue('-'),
  'value-nan': firstValue('NaN'),
  'value-stars': firstValue('***'),
  'value-exponent': firstValue('0.12E+01'),
  'value-plus': firstValue('+1.2'),
  'value-thousands': firstValue('1,234'),
  'value-fill': firstValue('-9999'),
  'value-15-decimals': firstValue('1.123456789012345'),
} as const satisfies Record<string, Deform>

export type FrameFault = keyof typeof frameFaults

/** A well-formed frame with a fault put in. Length and CRC fit the changed segment unless they are the fault. */
export function deform(frame: Uint8Array, fault: FrameFault): Buffer {
  const bytes = asBuffer(frame)
  const segment = bytes.subarray(6, bytes.length - 6)
  const parts: Parts = {
    segment,
    length: bytes.toString('latin1', 2, 6),
    crc: bytes.toString('latin1', bytes.length - 6, bytes.length - 2),
    tail: '\r\n',
    before: '',
  }
  frameFaults[fault](parts)
  return Buffer.concat([
    Buffer.from(`${parts.before}##${parts.length}`, 'latin1'),
    parts.segment,
    Buffer.from(parts.crc + parts.tail, 'latin1'),
  ])
}
