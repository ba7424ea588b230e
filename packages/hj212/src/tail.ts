/** What stands behind the CRC: CR LF by the standard; LF, CR, spaces, the text `\r\n` or nothing from some devices. */
import type { Tail } from './raw-frame.ts'

const SPACE = 0x20
const CR = 0x0d
const LF = 0x0a
const BACKSLASH = 0x5c
const LONGEST_SPACES = 64

export interface FoundTail {
  readonly tail: Tail
  readonly end: number
}

/** The tail at `p` of `buffer[0, end)`; null when it depends on bytes to come. `open`: more bytes may come. */
export function readTail(buffer: Buffer, p: number, end: number, open: boolean): FoundTail | null {
  const none = { tail: 'none', end: p } as const
  if (p >= end) return open ? null : none
  switch (buffer[p]) {
    case LF:
      return { tail: 'lf', end: p + 1 }
    case CR:
      if (p + 1 >= end && open) return null
      return { tail: 'cr', end: p + 1 }
    case BACKSLASH:
      if (p + 4 > end && open) return null
      return buffer.toString('latin1', p, Math.min(p + 4, end)) === '\\r\\n'
        ? { tail: 'literal', end: p + 4 }
        : none
    case SPACE:
      return readSpaces(buffer, p, end, open)
    default:
      return none
  }
}

/** Spaces, with or without a line end behind them. */
function readSpaces(buffer: Buffer, p: number, end: number, open: boolean): FoundTail | null {
  let i = p
  while (i < end && buffer[i] === SPACE && i - p < LONGEST_SPACES) i++
  if (i >= end) return open ? null : { tail: 'spaces', end: i }
  if (buffer[i] === LF) return { tail: 'spaces', end: i + 1 }
  if (buffer[i] !== CR) return { tail: 'spaces', end: i }
  if (i + 1 >= end && open) return null
  return { tail: 'spaces', end: i + 1 < end && buffer[i + 1] === LF ? i + 2 : i + 1 }
}
