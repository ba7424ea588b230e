/** The citizen's code: ten letters that are not mistaken for one another, 32¹⁰ ≈ 10¹⁵ of them. */
import { createHash } from 'node:crypto'

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const letters = 10

/** Code from a keyed digest (32 bytes): the same submission sent again gets the same code. */
export function codeFrom(mark: Uint8Array): string {
  const text = Array.from(mark.subarray(0, letters), (byte) => alphabet[byte % alphabet.length]).join('')
  return `${text.slice(0, 5)}-${text.slice(5)}`
}

/** As people type it: small letters, without the dash, with spaces. */
const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')

export const hashOfCode = (typed: string): Buffer =>
  createHash('sha256').update(plainCode(typed), 'utf8').digest()
