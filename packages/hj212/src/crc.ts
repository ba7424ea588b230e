/**
 * CRC of HJ 212 (HJ 212-2017 Annex A; the same in HJ/T 212-2005 and HJ 212-2025).
 *
 * The standard's "ANSI CRC16" shifts the register right by eight before a byte is XORed in, so that the old
 * low byte is thrown away: after every byte the state is one of 256 values, and the low byte of a right CRC
 * is always one of 00 01 40 41 80 81 C0 C1. It is a checksum of 8-bit strength, never integrity protection.
 */

const POLYNOMIAL = 0xa001

function table16(): Uint16Array {
  const table = new Uint16Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let register = byte
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ POLYNOMIAL : register >> 1
    table[byte] = register
  }
  return table
}

const T = table16()

// The high byte alone is the state: state' = T[state ^ byte] >> 8, linear over GF(2). Hence the state after
// four bytes is the XOR of four independent look-ups, which the processor runs side by side.
const L1 = new Uint8Array(256)
const L2 = new Uint8Array(256)
const L3 = new Uint8Array(256)
const L4 = new Uint8Array(256)
for (let i = 0; i < 256; i++) {
  L1[i] = (T[i] as number) >> 8
}
for (let i = 0; i < 256; i++) {
  L2[i] = L1[L1[i] as number] as number
}
for (let i = 0; i < 256; i++) {
  L3[i] = L1[L2[i] as number] as number
  L4[i] = L2[L2[i] as number] as number
}

/**
 * CRC of `bytes[start, end)`, 0…0xFFFF; of nothing 0xFFFF.
 * Source: HJ 212-2017 Annex A.
 */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
  if (end <= start) return 0xffff
  let state = 0xff
  let i = start
  const last = end - 1
  const fours = last - 3
  while (i < fours) {
    state =
      (L4[state ^ (bytes[i] as number)] as number) ^
      (L3[bytes[i + 1] as number] as number) ^
      (L2[bytes[i + 2] as number] as number) ^
      (L1[bytes[i + 3] as number] as number)
    i += 4
  }
  while (i < last) {
    state = L1[state ^ (bytes[i] as number)] as number
    i++
  }
  return T[state ^ (bytes[last] as number)] as number
}

/** CRC-16/MODBUS of `bytes[start, end)`: what a widespread family of devices computes instead. */
export function crc16Modbus(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let register = 0xffff
  for (let i = start; i < end; i++)
    register = (register >> 8) ^ (T[(register ^ (bytes[i] as number)) & 0xff] as number)
  return register
}

/** Whether a received CRC can have come from the algorithm of Annex A at all, judged by its low byte. */
export function isPossibleCrc(crc: number): boolean {
  return (crc & 0b00111110) === 0
}

/** Four upper-case hexadecimal digits, high byte first. */
export function crcText(crc: number): string {
  return crc.toString(16).toUpperCase().padStart(4, '0')
}
