/** Both stores keep the same promise; the S3 one is held against a small server that looks at the signature. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { diskStore, storedPath } from './disk-store.ts'
import { hashOf } from './incoming.ts'
import { s3Store } from './s3-store.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanshui-stores-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Keeps objects in memory; remembers how requests were signed. */
function fakeS3() {
  const objects = new Map<string, Buffer>()
  const signed: { method: string; authorization: string; hash: string; date: string }[] = []
  const faults: { next: 'refuse' | 'lose' | undefined } = { next: undefined }
  const server: Server = createServer((request, response) => {
    signed.push({
      method: request.method ?? '',
      authorization: request.headers.authorization ?? '',
      hash: String(request.headers['x-amz-content-sha256']),
      date: String(request.headers['x-amz-date']),
    })
    void answer(request, response)
  })
  async function answer(request: IncomingMessage, response: import('node:http').ServerResponse) {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const body = Buffer.concat(pieces)
    const key = request.url ?? ''
    if (faults.next === 'refuse') {
      faults.next = undefined
      return response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
    }
    if (request.method === 'PUT') {
      // As S3 does: bytes that do not have the signed hash are refused.
      if (sha256(body) !== request.headers['x-amz-content-sha256'])
        return response.writeHead(400).end('<Error><Code>XAmzContentSHA256Mismatch</Code></Error>')
      if (faults.next !== 'lose') objects.set(key, body)
      faults.next = undefined
      return response.writeHead(200).end()
    }
    const found = objects.get(key)
    if (found === undefined) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    const part = range === null ? found : found.subarray(Number(range[1]), Number(range[2]) + 1)
    response.writeHead(range === null ? 200 : 206, { 'content-length': part.length })
    return response.end(request.method === 'HEAD' ? undefined : part)
  }
  return { server, objects, signed, faults }
}

const fake = fakeS3()
let endpoint: string
beforeAll(async () => {
  await new Promise<void>((ready) => fake.server.listen(0, '127.0.0.1', ready))
  endpoint = `http://127.0.0.1:${(fake.server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((done) => fake.server.close(done)))
afterEach(() => {
  fake.signed.length = 0
  fake.faults.next = undefined
})

const s3 = () =>
  s3Store({ endpoint: `${endpoint}/`, region: 'cn-north-1', bucket: 'bureau', key: 'AKID', secret: 'geheim' })
const file = (name: string, bytes: Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const bytesOf = async (stream: AsyncIterable<Uint8Array>) => {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe.each([
  ['disk', () => diskStore(join(folder, 'files'))],
  ['S3', s3],
] as const)('the %s store', (name, open) => {
  const content = Buffer.from(`证据 ${name} `.repeat(50_000))

  test('keeps what it took, once, and gives it back whole and in parts', async () => {
    const store = open()
    const hash = sha256(content)
    expect(await store.size(hash)).toBeUndefined()
    await store.put(file('a', content), hash, content.length)
    await store.put(file('a', content), hash, content.length)
    expect(await store.size(hash)).toBe(content.length)
    expect((await hashOf(await store.open(hash))).sha256).toBe(hash)
    const part = await bytesOf(await store.open(hash, { start: 10, end: 29 }))
    expect(part.equals(content.subarray(10, 30))).toBe(true)
  })

  test('taken in by many at once it is there once', async () => {
    const store = open()
    const bytes = Buffer.from(`at once ${name}`)
    const path = file('b', bytes)
    await Promise.all(Array.from({ length: 8 }, () => store.put(path, sha256(bytes), bytes.length)))
    expect(await store.size(sha256(bytes))).toBe(bytes.length)
  })

  test('what is not there is an answer, not a crash', async () => {
    await expect(open().open('0'.repeat(64))).rejects.toMatchObject({ code: 'evidence.store-unavailable' })
  })
})

test('nothing but a hash becomes a path', () => {
  for (const name of ['../../etc/passwd', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(60)}/../x`])
    expect(() => storedPath('/x', name)).toThrow('not a SHA-256')
})

test('on the disk no half-written file is left behind', async () => {
  const bytes = Buffer.from('whole or not at all')
  const store = diskStore(join(folder, 'whole'))
  await store.put(file('c', bytes), sha256(bytes), bytes.length)
  await expect(store.put(join(folder, 'not-there'), 'b'.repeat(64), 5)).rejects.toMatchObject({
    code: 'evidence.store-unavailable',
  })
  const left = readdirSync(join(folder, 'whole'), { recursive: true }).filter((name) =>
    String(name).includes('part'),
  )
  expect(left).toEqual([])
})

describe('requests to S3', () => {
  const bytes = Buffer.from('signed')

  test('carry a signature of version 4 that covers the hash of the body', async () => {
    await s3().put(file('d', bytes), sha256(bytes), bytes.length)
    expect([...fake.objects.keys()]).toContain(`/bureau/evidence/${sha256(bytes)}`)
    const put = fake.signed.find(({ method }) => method === 'PUT')
    expect(put?.hash).toBe(sha256(bytes))
    expect(put?.date).toMatch(/^\d{8}T\d{6}Z$/)
    for (const { authorization } of fake.signed) {
      expect(authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/cn-north-1\/s3\/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$/,
      )
      expect(authorization).toContain('x-amz-content-sha256')
      expect(authorization).not.toContain('geheim')
    }
  })

  test('that are refused say what the store said; bytes that were not kept are noticed', async () => {
    fake.faults.next = 'refuse'
    await expect(s3().size('c'.repeat(64))).rejects.toMatchObject({
      code: 'evidence.store-unavailable',
      message: expect.stringContaining('403'),
    })
    const lost = Buffer.from('lost on the way')
    fake.faults.next = 'lose'
    await expect(s3().put(file('e', lost), sha256(lost), lost.length)).rejects.toMatchObject({
      code: 'evidence.store-unavailable',
    })
  })

  test('to a store that does not answer fail with a code', async () => {
    const dead = s3Store({
      endpoint: 'http://127.0.0.1:9',
      region: 'x',
      bucket: 'b',
      key: 'k',
      secret: 's',
    })
    await expect(dead.size('d'.repeat(64))).rejects.toMatchObject({ code: 'evidence.store-unavailable' })
  })
})
