/** Passwords: argon2id, a rule for their strength, one-time passwords that can be read aloud. */
import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../../platform/errors.ts'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, cost)

export async function passwordFits(stored: string, password: string): Promise<boolean> {
  return verify(stored, password)
}

let unknownUserHash: Promise<string> | undefined
/** Spends the time of a real check, so that the answer's delay does not tell which logins exist. */
export async function pretendToCheck(password: string): Promise<void> {
  unknownUserHash ??= hashPassword('nobody')
  await passwordFits(await unknownUserHash, password)
}

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]
const shortest = 10

/** Errors: `auth.password-weak` with what is missing. */
export function requireStrongPassword(password: string, login: string): void {
  const faults: string[] = []
  if ([...password].length < shortest) faults.push(`少于 ${shortest} 个字符`)
  if (classes.filter((kind) => kind.test(password)).length < 3) faults.push('大写、小写、数字、符号不足三类')
  if (password.toLowerCase().includes(login.toLowerCase())) faults.push('含有账号')
  if (faults.length > 0) throw new AppError('auth.password-weak', { detail: faults.join('；') })
}

/** Without 0 O 1 l I, which people mistake for each other. */
const alphabet = { lower: 'abcdefghijkmnpqrstuvwxyz', upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ', digit: '23456789' }

/** 16 characters, about 92 bits, of all three classes. */
export function oneTimePassword(): string {
  const pick = (letters: string) => letters[randomInt(letters.length)] ?? ''
  const all = alphabet.lower + alphabet.upper + alphabet.digit
  const parts = [pick(alphabet.lower), pick(alphabet.upper), pick(alphabet.digit)]
  while (parts.length < 16) parts.push(pick(all))
  for (let i = parts.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    ;[parts[i], parts[j]] = [parts[j] ?? '', parts[i] ?? '']
  }
  return parts.join('')
}
