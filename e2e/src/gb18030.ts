/** Encodes text as GB18030, of which Node only has the decoder: the two-byte characters, which is all that files here use. */
const codes = new Map<string, readonly [number, number]>()
const decoder = new TextDecoder('gb18030')
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    if (trail === 0x7f) continue
    const character = decoder.decode(Uint8Array.of(lead, trail))
    if ([...character].length === 1) codes.set(character, [lead, trail])
  }
}

export function gb18030(text: string): Buffer {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else bytes.push(...(codes.get(character) ?? fail(character)))
  }
  return Buffer.from(bytes)
}

function fail(character: string): never {
  throw new Error(`no two-byte code for ${character}`)
}
