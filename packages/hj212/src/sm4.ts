/**
 * Encryption of the data area: SM4, 16-byte key, ECB, no padding (HJ 212-2025 6.4.2 and Annex A.2). Full groups
 * of 16 bytes are encrypted, the rest (0…15 bytes) stays in clear, so that the length does not change. ECB
 * gives no authenticity: never treat encrypted traffic as authenticated.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'

const GROUP = 16

/** Encrypts the full groups of `area`; the result has the same length. `key`: 16 bytes, else RangeError. */
export function sm4Encrypt(key: Uint8Array, area: Uint8Array): Buffer {
  return apply(createCipheriv, key, area)
}

/** Decrypts the full groups of `area`; the result has the same length. `key`: 16 bytes, else RangeError. */
export function sm4Decrypt(key: Uint8Array, area: Uint8Array): Buffer {
  return apply(createDecipheriv, key, area)
}

function apply(
  create: typeof createCipheriv | typeof createDecipheriv,
  key: Uint8Array,
  area: Uint8Array,
): Buffer {
  if (key.length !== GROUP) throw new RangeError(`An SM4 key has 16 bytes, not ${key.length}.`)
  const full = area.length - (area.length % GROUP)
  const cipher = create('sm4-ecb', key, null)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(area.subarray(0, full)), cipher.final(), area.subarray(full)])
}
