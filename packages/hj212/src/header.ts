/**
 * Reader of the data segment's fields before CP (HJ 212-2017 table 3). Order-free; understands `Flag=5CP=`
 * without separator, a comma for a semicolon, and spaces around names, all printed in the standards' own examples.
 */
import type { AnomalyList } from './anomaly.ts'
import type { Version } from './flag.ts'
import type { FrameFault, Header } from './frame.ts'
import { intern } from './intern.ts'
import { textOf } from './text.ts'

const EQUALS = 61
const SEMICOLON = 59
const COMMA = 44
const SPACE = 32
const AMPERSAND = 38
const LONGEST_MN = 40

const names = ['qn', 'st', 'cn', 'pw', 'mn', 'flag', 'pnum', 'pno', 'rf'] as const
const standardNames = ['QN', 'ST', 'CN', 'PW', 'MN', 'Flag', 'PNUM', 'PNO', 'RF'] as const
/** The names of two letters in order, RF last, in one comparison each. */
const twoLetters = ['QN', 'ST', 'CN', 'PW', 'MN', 'RF'].map(
  (name) => (name.charCodeAt(0) << 8) | name.charCodeAt(1),
)
const MN_BIT = 16
const CN_BIT = 4

export class HeaderReader {
  present = 0
  /** Bounds of the data area; −1 when there is none. */
  cpStart = -1
  cpEnd = -1
  /** 0…255, −1 when absent or not a number. */
  flagNumber = -1
  packet: { total: number; number: number } | null = null
  fault: FrameFault | null = null
  private fields: string[] = ['', '', '', '', '', '', '', '', '']
  private flagBad = false
  private mnTrimmed = false
  private closed = false

  read(bytes: Buffer, start: number, end: number, anomalies: AnomalyList): void {
    this.reset()
    let i = start
    let separated = true
    while (i < end) {
      let nameStart = i
      while (nameStart < end && bytes[nameStart] === SPACE) nameStart++
      if (nameStart > i) anomalies.add('field-spaces')
      let c = 0
      i = nameStart
      while (i < end) {
        c = bytes[i] as number
        if (c === EQUALS || c === SEMICOLON || c === COMMA) break
        i++
      }
      if (i >= end) {
        if (i > nameStart) anomalies.add('unknown-field')
        break
      }
      if (c !== EQUALS) {
        if (i > nameStart) anomalies.add('unknown-field')
        i++
        continue
      }
      let nameEnd = i
      while (nameEnd > nameStart && bytes[nameEnd - 1] === SPACE) nameEnd--
      if (nameEnd < i) anomalies.add('field-spaces')
      if (isCp(bytes, nameStart, nameEnd)) {
        if (!separated) anomalies.add('field-separator')
        this.readCpBounds(bytes, i + 1, end)
        return
      }
      i = this.readField(bytes, nameStart, nameEnd, i + 1, end, anomalies)
      separated = true
      if (i < end) {
        c = bytes[i] as number
        if (c === COMMA) anomalies.add('field-separator')
        if (c === SEMICOLON || c === COMMA) i++
        else separated = false
      }
    }
  }

  /** The fields; a new object. */
  take(): Header {
    const f = this.fields
    return {
      qn: f[0] as string,
      st: f[1] as string,
      cn: f[2] as string,
      pw: f[3] as string,
      mn: f[4] as string,
      flag: f[5] as string,
      pnum: f[6] as string,
      pno: f[7] as string,
      rf: f[8] as string,
    }
  }

  /** Names what deviates in the fields, in a fixed order, and finds what makes the message unusable. */
  noteFields(version: Version, anomalies: AnomalyList): void {
    const [qn, st, cn, pw, mn] = this.fields as [string, string, string, string, string]
    const { present } = this
    if ((present & 1) === 0) anomalies.add('no-QN')
    else if (qn.length !== 17 || !areDigits(qn)) anomalies.add('QN-not-17-digits')
    if ((present & 2) === 0) anomalies.add('no-ST')
    else if (st.length !== 2) anomalies.add('ST-not-2-chars')
    this.noteFlag(anomalies)
    if (pw.length !== 6 && (present & 8) !== 0) anomalies.add('PW-not-6-chars')
    if (this.mnTrimmed) anomalies.add('MN-spaces')
    if ((present & MN_BIT) !== 0 && !isHex24(mn)) anomalies.add('MN-not-24-hex')
    if (this.cpStart < 0) anomalies.add('no-CP')
    else if (!this.closed) anomalies.add('cp-unclosed')
    // Before its activation a device of HJ 212-2025 has no MN; it makes itself known by 1001.
    const mayLackMn = cn === '1001' && (version === '2025' || version === 'surface-water')
    if (cn === '' || (present & CN_BIT) === 0) this.fault = 'no-CN'
    else if (mn === '' && !mayLackMn) this.fault = 'no-MN'
    else if (mn.length > LONGEST_MN || hasControl(mn)) this.fault = 'bad-MN'
  }

  private noteFlag(anomalies: AnomalyList): void {
    const { present, flagNumber } = this
    const numbered = (present & 64) !== 0 && (present & 128) !== 0
    if ((present & 32) === 0) anomalies.add('no-Flag')
    else if (this.flagBad) anomalies.add('Flag-not-number')
    if (flagNumber >= 12) anomalies.add('flag-version-reserved')
    const splitBit = flagNumber >= 0 && (flagNumber & 2) === 2
    if (splitBit && !numbered) anomalies.add('flag-split-bit-without-PNUM')
    if (!numbered) return
    if (!splitBit) anomalies.add('PNUM-without-split-bit')
    const total = wholeNumber(this.fields[6] as string)
    const number = wholeNumber(this.fields[7] as string)
    if (number < 1 || number > total) anomalies.add('packet-number-out-of-range')
    else this.packet = { total, number }
  }

  private reset(): void {
    this.present = 0
    this.cpStart = -1
    this.cpEnd = -1
    this.flagNumber = -1
    this.packet = null
    this.fault = null
    this.flagBad = false
    this.mnTrimmed = false
    this.closed = false
    for (let k = 0; k < 9; k++) this.fields[k] = ''
  }

  private readCpBounds(bytes: Buffer, from: number, end: number): void {
    let start = from
    while (start < end && bytes[start] === SPACE) start++
    if (bytes[start] === AMPERSAND && bytes[start + 1] === AMPERSAND && start + 2 <= end) start += 2
    else start = from
    this.closed = end - 2 >= start && bytes[end - 1] === AMPERSAND && bytes[end - 2] === AMPERSAND
    this.cpStart = start
    this.cpEnd = this.closed ? end - 2 : end
  }

  /** Reads one value and returns where it ends. */
  private readField(
    bytes: Buffer,
    nameStart: number,
    nameEnd: number,
    from: number,
    end: number,
    anomalies: AnomalyList,
  ): number {
    let i = from
    while (i < end) {
      const c = bytes[i] as number
      if (c === SEMICOLON || c === COMMA) break
      // `Flag=5CP=&&`, printed in the standard's own examples.
      if (
        c === AMPERSAND &&
        bytes[i - 1] === EQUALS &&
        bytes[i - 2] === 80 &&
        bytes[i - 3] === 67 &&
        i - 3 >= from
      ) {
        i -= 3
        break
      }
      i++
    }
    const field = fieldIndex(bytes, nameStart, nameEnd, anomalies)
    if (field < 0) {
      anomalies.add('unknown-field')
      return i
    }
    const bit = 1 << field
    if (this.present & bit) {
      anomalies.add('duplicate-header-field')
      return i
    }
    this.present |= bit
    this.fields[field] = field === 0 ? textOf(bytes, from, i) : this.valueOf(bytes, field, from, i)
    if (field === 5) this.readFlag(bytes, from, i)
    return i
  }

  private valueOf(bytes: Buffer, field: number, from: number, to: number): string {
    let start = from
    let end = to
    if (field === 4) {
      while (start < end && bytes[start] === SPACE) start++
      while (end > start && bytes[end - 1] === SPACE) end--
      this.mnTrimmed = start !== from || end !== to
    }
    for (let i = start; i < end; i++) if ((bytes[i] as number) >= 0x80) return textOf(bytes, start, end)
    return intern(bytes, start, end)
  }

  private readFlag(bytes: Buffer, from: number, to: number): void {
    let value = 0
    let digits = 0
    for (let i = from; i < to; i++) {
      const c = bytes[i] as number
      if (c === SPACE) continue
      if (c < 48 || c > 57 || ++digits > 3) {
        this.flagBad = true
        return
      }
      value = value * 10 + (c - 48)
    }
    if (digits === 0 || value > 255) this.flagBad = true
    else this.flagNumber = value
  }
}

function isCp(bytes: Buffer, start: number, end: number): boolean {
  return (
    end - start === 2 && ((bytes[start] as number) | 32) === 99 && ((bytes[start + 1] as number) | 32) === 112
  )
}

/** Place of a field name in {@link names}; −1 when unknown. */
function fieldIndex(bytes: Buffer, start: number, end: number, anomalies: AnomalyList): number {
  const length = end - start
  if (length < 2 || length > 4) return -1
  if (length === 2) {
    const k = twoLetters.indexOf(((bytes[start] as number) << 8) | (bytes[start + 1] as number))
    if (k >= 0) return k < 5 ? k : 8
  }
  for (let k = 0; k < names.length; k++) {
    const name = standardNames[k] as string
    if (name.length !== length) continue
    let i = 0
    while (i < length && name.charCodeAt(i) === bytes[start + i]) i++
    if (i === length) return k
  }
  const folded = (names as readonly string[]).indexOf(bytes.toString('latin1', start, end).toLowerCase())
  if (folded >= 0) anomalies.add('field-case')
  return folded
}

function areDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 48 || c > 57) return false
  }
  return true
}

function isHex24(mn: string): boolean {
  if (mn.length !== 24) return false
  for (let i = 0; i < 24; i++) {
    const c = mn.charCodeAt(i)
    if (!((c >= 48 && c <= 57) || (c >= 65 && c <= 70))) return false
  }
  return true
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32 || text.charCodeAt(i) === 127) return true
  return false
}

/** A number of 1…9 digits; −1 otherwise. */
function wholeNumber(text: string): number {
  return text.length > 0 && text.length < 10 && areDigits(text) ? Number(text) : -1
}
