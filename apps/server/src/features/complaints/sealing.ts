/**
 * Keys of the room, and what is sealed with them. The key file lies in the data folder, outside the database: a copy
 * of the database alone tells nobody who complained.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Complainant } from '@shanshui/contract'
import { AppError } from '../../platform/errors.ts'

interface KeyFile {
  /** The key that seals from now on; earlier ones stay to open with. */
  readonly current: string
  readonly keys: Readonly<Record<string, string>>
}

export interface Sealed {
  readonly keyId: string
  /** Nonce (12 bytes), tag (16 bytes), cipher text. */
  readonly bytes: Buffer
}

export interface Keys {
  /** Ids of the keys in the file. */
  readonly ids: readonly string[]
  seal(complaintId: number, person: Complainant): Sealed
  /** Errors: `complaint.key-missing` when the key is gone or the bytes are not those that were sealed. */
  open(complaintId: number, sealed: Sealed): Complainant
  /** Keyed digest (32 bytes) for a purpose: tells nothing without the key, and differs by purpose. */
  mark(purpose: string, text: string): Buffer
}

export const keyFileName = 'complainant.key'
const nonceBytes = 12
const tagBytes = 16

function newFile(): KeyFile {
  const id = `k${randomBytes(4).toString('hex')}`
  return { current: id, keys: { [id]: randomBytes(32).toString('base64') } }
}

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code

function readFile(path: string): KeyFile | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new AppError('complaint.key-missing', { detail: '读不了密钥文件', cause: error })
  }
  try {
    const file = JSON.parse(text) as KeyFile
    if (Buffer.from(file.keys[file.current] ?? '', 'base64').length === 32) return file
  } catch {
    // said below
  }
  throw new AppError('complaint.key-missing', { detail: `${keyFileName} 不是密钥文件` })
}

/** Made beside and linked into place: of two processes that start together one wins, and nobody reads half a file. */
function makeFile(dataDir: string, path: string): KeyFile {
  mkdirSync(dataDir, { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${JSON.stringify(newFile())}\n`, { mode: 0o600, flag: 'wx' })
  try {
    chmodSync(draft, 0o600)
    linkSync(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  const made = readFile(path)
  if (made === undefined) throw new AppError('complaint.key-missing', { detail: '密钥文件没有写成' })
  return made
}

/** A number that is bound to what it seals: bytes moved to another complaint do not open. */
const boundTo = (complaintId: number) => Buffer.from(`complainant:${complaintId}`)

function keysOf(file: KeyFile): Keys {
  const secretOf = (keyId: string): Buffer => {
    const text = file.keys[keyId]
    if (text === undefined)
      throw new AppError('complaint.key-missing', { detail: `密钥文件中没有密钥 ${keyId}` })
    return Buffer.from(text, 'base64')
  }
  const derived = (keyId: string, purpose: string) =>
    Buffer.from(hkdfSync('sha256', secretOf(keyId), Buffer.alloc(0), `shanshui ${purpose}`, 32))
  // Marks have to stay the same when a new key seals: they are made with the oldest.
  const oldest = Object.keys(file.keys)[0] ?? file.current
  return {
    ids: Object.keys(file.keys),
    seal(complaintId, person) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', derived(file.current, 'complainant'), nonce)
      cipher.setAAD(boundTo(complaintId))
      const text = Buffer.concat([cipher.update(JSON.stringify(person), 'utf8'), cipher.final()])
      return { keyId: file.current, bytes: Buffer.concat([nonce, cipher.getAuthTag(), text]) }
    },
    open(complaintId, { keyId, bytes }) {
      const key = derived(keyId, 'complainant')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
        decipher.setAAD(boundTo(complaintId))
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
        const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
        return JSON.parse(text.toString('utf8')) as Complainant
      } catch (error) {
        throw new AppError('complaint.key-missing', { detail: '内容与密钥不符', cause: error })
      }
    },
    mark: (purpose, text) => createHmac('sha256', derived(oldest, purpose)).update(text, 'utf8').digest(),
  }
}

/** Keys of the data folder; undefined when there is no file. Errors: `complaint.key-missing`. */
export function readKeys(dataDir: string): Keys | undefined {
  const file = readFile(join(dataDir, keyFileName))
  return file === undefined ? undefined : keysOf(file)
}

/** Makes the file with mode 0600, unless somebody else was first. */
export const makeKeys = (dataDir: string): Keys => keysOf(makeFile(dataDir, join(dataDir, keyFileName)))
