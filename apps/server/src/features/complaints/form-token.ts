/** Proof that a complaint comes from the page: a signed token with the time when the page was opened; used once. */
import { timingSafeEqual } from 'node:crypto'

export interface FormToken {
  readonly issuedMs: number
  readonly nonce: string
}

type Mark = (purpose: string, text: string) => Buffer

const sign = (mark: Mark, purpose: string, text: string) => mark(purpose, text).toString('base64url')

/** `<issued ms in base 36>.<nonce>.<signature>` */
export function makeToken(mark: Mark, purpose: string, { issuedMs, nonce }: FormToken): string {
  const text = `${issuedMs.toString(36)}.${nonce}`
  return `${text}.${sign(mark, purpose, text)}`
}

/** Undefined when it was not signed here for this purpose. */
export function readToken(mark: Mark, purpose: string, token: string): FormToken | undefined {
  const [issued, nonce, signature, ...rest] = token.split('.')
  if (issued === undefined || nonce === undefined || signature === undefined || rest.length > 0)
    return undefined
  const expected = Buffer.from(sign(mark, purpose, `${issued}.${nonce}`))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  return { issuedMs: Number.parseInt(issued, 36), nonce }
}

/** What is wrong with the age of a token; undefined when it may be used. */
export function ageFault(
  { issuedMs }: FormToken,
  nowMs: number,
  limits: { readonly minSeconds: number; readonly validMinutes: number },
): 'too-fast' | 'expired' | undefined {
  const age = nowMs - issuedMs
  if (age < limits.minSeconds * 1000) return 'too-fast'
  return age > limits.validMinutes * 60_000 ? 'expired' : undefined
}
