/** Text of the wire: ASCII, Chinese in UTF-8 (HJ 212-2017 6.3); devices that send GBK are read as GB18030. */

const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true })

/** One-character strings by code: the commonest value, a mark, costs no allocation. */
const singles: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

/** A Buffer over the same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Place of an ASCII text in `bytes[from, limit)`, −1 when absent. Unlike indexOf it never looks beyond `limit`. */
export function indexWithin(bytes: Buffer, text: string, from: number, limit: number): number {
  const found = bytes.subarray(from, limit).indexOf(text, 0, 'latin1')
  return found < 0 ? -1 : from + found
}

/** Text of `bytes[start, end)`: UTF-8, else GB18030, else one character a byte. Never throws. */
export function textOf(bytes: Buffer, start: number, end: number): string {
  if (end - start === 1) {
    const single = singles[bytes[start] as number]
    if (single !== undefined) return single
  }
  for (let i = start; i < end; i++)
    if ((bytes[i] as number) >= 0x80) return wideText(bytes.subarray(start, end))
  return bytes.toString('latin1', start, end)
}

/** Encoding that reads these bytes without a fault. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'gb18030' | 'binary' {
  for (const [name, decoder] of [
    ['utf-8', utf8],
    ['gb18030', gb18030],
  ] as const) {
    try {
      decoder.decode(bytes)
      return name
    } catch {
      // the next encoding
    }
  }
  return 'binary'
}

function wideText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  if (encoding === 'utf-8') return utf8.decode(bytes)
  if (encoding === 'gb18030') return gb18030.decode(bytes)
  return asBuffer(bytes).toString('latin1')
}
