/**
 * Short texts that come again in every frame (factor codes, suffixes, ST, CN): one string object each, so that
 * they compare by address and cost no allocation. A direct-mapped cache: bounded, a hostile sender can only
 * make it slower.
 */
import { knownSuffixes } from './tables/fields.ts'

const SLOT_BITS = 14
const SLOTS = 1 << SLOT_BITS
/** 2^32 divided by the golden ratio: spreads similar texts over the table. */
const GOLDEN = 0x9e3779b1
/** Longest text that is cached: codes and names have at most twelve characters. */
export const LONGEST_INTERNED = 16

const texts: string[] = new Array<string>(SLOTS).fill('')
const canonicals: string[] = new Array<string>(SLOTS).fill('')
const lengths = new Uint8Array(SLOTS)
const keys = new Uint8Array(SLOTS * LONGEST_INTERNED)
const suffixByLower = new Map(knownSuffixes.map((suffix) => [suffix.toLowerCase(), suffix]))

/**
 * Index of the text `bytes[start, end)` (at most {@link LONGEST_INTERNED} ASCII bytes) for {@link internedText};
 * valid until the next call. `hash` is h = 31h + byte over the bytes, in 32 bits.
 */
export function internSlot(bytes: Buffer, start: number, end: number, hash: number): number {
  const slot = Math.imul(hash, GOLDEN) >>> (32 - SLOT_BITS)
  const length = end - start
  if (lengths[slot] === length && length > 0) {
    const base = slot * LONGEST_INTERNED
    let i = 0
    while (i < length && keys[base + i] === bytes[start + i]) i++
    if (i === length) return slot
  }
  return replace(slot, bytes, start, end)
}

function replace(slot: number, bytes: Buffer, start: number, end: number): number {
  const text = bytes.toString('latin1', start, end)
  texts[slot] = text
  canonicals[slot] = suffixByLower.get(text.toLowerCase()) ?? text
  // A longer text is handed out once and not found again: its length does not fit the key.
  const fits = text.length <= LONGEST_INTERNED
  lengths[slot] = fits ? text.length : 0
  if (fits) for (let i = start; i < end; i++) keys[slot * LONGEST_INTERNED + i - start] = bytes[i] as number
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
  if (end - start > LONGEST_INTERNED) return bytes.toString('latin1', start, end)
  let hash = 0
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
  return texts[internSlot(bytes, start, end, hash)] as string
}
