/** Opening the data area of an encrypted frame (HJ 212-2025 6.4, Annex A.2): the CRC is that of the plain text. */
import type { AnomalyList } from './anomaly.ts'
import { crc16 } from './crc.ts'
import { readBraces } from './encrypted-shape.ts'
import type { RawFrame } from './raw-frame.ts'
import { sm4Decrypt } from './sm4.ts'

export interface Opened {
  /** The plain data area; null when it was not opened. */
  readonly area: Buffer | null
  readonly fault: 'encrypted-no-key' | 'encrypted-wrong-key' | null
}

/**
 * Tries the keys in order. Right key and right mode give the CRC; since one wrong key in 256 gives it as well, the
 * plain text must also be printable and hold a `name=`. A frame whose CRC was right as received is only opened in
 * the printed form `{0xHH,…}`.
 */
export function decryptArea(
  raw: RawFrame,
  cpStart: number,
  cpEnd: number,
  keys: readonly Uint8Array[],
  anomalies: AnomalyList,
): Opened {
  const braces = readBraces(raw.bytes, cpStart, cpEnd)
  if (braces === null && raw.defect !== 'encrypted') return { area: null, fault: null }
  const sent = braces
    ? Buffer.concat([braces.cipher, raw.bytes.subarray(braces.end, cpEnd)])
    : raw.bytes.subarray(cpStart, cpEnd)
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k] as Uint8Array
    if (key.length !== 16) continue
    const area = sm4Decrypt(key, sent)
    if (!isPlainArea(area)) continue
    // Some senders print the braces and compute the CRC anew over what they send.
    if (raw.defect === 'encrypted' && crcOfPlain(raw, cpStart, cpEnd, area) !== raw.crcGiven) continue
    anomalies.add('encrypted')
    if (braces) anomalies.add('encrypted-brace-form')
    if (k > 0) anomalies.add('encrypted-previous-key')
    return { area, fault: null }
  }
  return { area: null, fault: keys.length === 0 ? 'encrypted-no-key' : 'encrypted-wrong-key' }
}

function crcOfPlain(raw: RawFrame, cpStart: number, cpEnd: number, area: Buffer): number {
  const before = raw.bytes.subarray(raw.segmentStart, cpStart)
  const after = raw.bytes.subarray(cpEnd, raw.segmentEnd)
  return crc16(Buffer.concat([before, area, after]))
}

/** No control characters, and a name with a value at its beginning. */
function isPlainArea(area: Buffer): boolean {
  for (let i = 0; i < area.length; i++) {
    const c = area[i] as number
    if (c < 0x20 || c === 0x7f) return false
  }
  const equals = area.indexOf(0x3d)
  if (equals < 1 || equals > 32) return false
  for (let i = 0; i < equals; i++) if ((area[i] as number) > 0x7e) return false
  return true
}
