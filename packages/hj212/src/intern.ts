/**
 * Short texts that come again in every frame (factor codes, suffixes, MN): one string object each, so that
 * they compare by address and cost no allocation. A direct-mapped cache: bounded, a hostile sender can only
 * make it slower.
 */
import { knownSuffixes } from './tables/fields.ts'

const SLOTS = 1 << 14
const LONGEST = 40

const texts: string[] = new Array<string>(SLOTS).fill('')
const canonicals: string[] = new Array<string>(SLOTS).fill('')
const suffixByLower = new Map(knownSuffixes.map((suffix) => [suffix.toLowerCase(), suffix]))

/** Index of the text `bytes[start, end)` for {@link internedText}; valid until the next call. `hash`: h = 31h + byte. */
export function internSlot(bytes: Buffer, start: number, end: number, hash: number): number {
  const slot = (hash ^ (hash >>> 14)) & (SLOTS - 1)
  const known = texts[slot] as string
  const length = end - start
  if (known.length === length) {
    let i = 0
    while (i < length && known.charCodeAt(i) === bytes[start + i]) i++
    if (i === length) return slot
  }
  const text = bytes.toString('latin1', start, end)
  texts[slot] = text
  canonicals[slot] = suffixByLower.get(text.toLowerCase()) ?? text
  return slot
}

export function internedText(slot: number): string {
  return texts[slot] as string
}

/** As the standard writes this suffix; the text itself when the standard does not know it. */
export function internedSuffix(slot: number): string {
  return canonicals[slot] as string
}

/** The text `bytes[start, end)` (ASCII expected), shared when short. */
export function intern(bytes: Buffer, start: number, end: number): string {
  if (end - start > LONGEST) return bytes.toString('latin1', start, end)
  let hash = 0
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
  return texts[internSlot(bytes, start, end, hash)] as string
}
