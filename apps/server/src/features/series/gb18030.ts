/**
 * Text to GB18030, which Node reads but does not write: the table is the decoder turned round. Two-byte codes cover
 * what bureaus write; everything else of the basic plane and beyond takes the four-byte form of GB 18030-2022.
 */
let table: ReadonlyMap<string, number> | undefined

function twoByteTable(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, number>()
  const pair = new Uint8Array(2)
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      pair[0] = lead
      pair[1] = trail
      const text = decoder.decode(pair)
      if (text.length === 1 && text !== '\ufffd' && !codes.has(text)) codes.set(text, (lead << 8) | trail)
    }
  }
  return codes
}

/** Four-byte codes of the basic plane: found by asking the decoder, then kept. */
let fourByte: Map<number, number> | undefined
function fourByteTable(): Map<number, number> {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<number, number>()
  const bytes = new Uint8Array(4)
  for (let linear = 0; linear < 39_420; linear++) {
    spread(linear, bytes)
    const point = decoder.decode(bytes).codePointAt(0)
    if (point !== undefined && point !== 0xfffd && !codes.has(point)) codes.set(point, linear)
  }
  return codes
}

function spread(linear: number, into: Uint8Array): void {
  into[3] = 0x30 + (linear % 10)
  into[2] = 0x81 + (Math.floor(linear / 10) % 126)
  into[1] = 0x30 + (Math.floor(linear / 1_260) % 10)
  into[0] = 0x81 + Math.floor(linear / 12_600)
}

/** Position of U+10000 among the four-byte codes. */
const supplementaryStart = 189_000

/** Bytes of a text in GB18030; a character that has no code becomes a question mark. */
export function encodeGb18030(text: string): Buffer {
  table ??= twoByteTable()
  const bytes = Buffer.allocUnsafe(4 * text.length)
  let at = 0
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0x3f
    const pair = table.get(char)
    if (point < 0x80) bytes[at++] = point
    else if (pair !== undefined) at = bytes.writeUInt16BE(pair, at)
    else {
      fourByte ??= fourByteTable()
      const linear = point >= 0x10000 ? supplementaryStart + point - 0x10000 : fourByte.get(point)
      if (linear === undefined) bytes[at++] = 0x3f
      else {
        spread(linear, bytes.subarray(at, at + 4))
        at += 4
      }
    }
  }
  return bytes.subarray(0, at)
}
