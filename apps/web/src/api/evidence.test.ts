import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { uploadEvidence } from './evidence.ts'

const bytes = new Uint8Array(10).map((_, i) => i)
const sha256 = createHash('sha256').update(bytes).digest('hex')
const subject = { kind: 'matter', id: 7 } as const

/** A server that takes four bytes a piece, and breaks when told. */
function server(faults: ('cut' | 'elsewhere')[] = []) {
  let received: number[] = []
  const log: string[] = []
  const answer = (status: number, body: object) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
    })
  const upload = () => ({
    id: 3,
    offset: received.length,
    chunkBytes: 4,
    evidence: received.length === bytes.length ? { id: 9, sha256 } : null,
  })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const offset = new Headers(init.headers).get('upload-offset')
    log.push(`${init.method} ${url.replace('/api/v1', '')}${offset === null ? '' : ` @${offset}`}`)
    if (init.method === 'POST') {
      expect(JSON.parse(String(init.body))).toMatchObject({ bytes: 10, sha256, subject })
      return answer(200, upload())
    }
    const fault = faults.shift()
    if (fault === 'cut') throw new TypeError('network')
    const piece = [...new Uint8Array(await (init.body as Blob).arrayBuffer())]
    if (fault === 'elsewhere') {
      // The piece had arrived, its answer had not.
      received = [...received, ...piece]
      return answer(409, { code: 'evidence.offset-differs', status: 409, title: '', offset: received.length })
    }
    received = [...received, ...piece]
    return answer(200, upload())
  })
  return { log, received: () => received, begun: (first: number[]) => (received = first) }
}
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const blob = new Blob([bytes])

test('a file goes in pieces from where the server stands', async () => {
  const { log, received, begun } = server()
  begun([0, 1, 2, 3])
  const progress: number[] = []
  const item = await uploadEvidence(
    blob,
    { subject, name: 'a.jpg' },
    { onProgress: (done, phase) => phase === 'sending' && progress.push(done) },
  )
  expect(item.id).toBe(9)
  expect(received()).toEqual([...bytes])
  expect(log).toEqual([
    'POST /evidence/uploads',
    'PATCH /evidence/uploads/3 @4',
    'PATCH /evidence/uploads/3 @8',
  ])
  expect(progress).toEqual([4, 8, 10])
})

test('a lost connection is tried again; a piece that had arrived is not sent twice', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const { received } = server(['cut', 'elsewhere'])
  const running = uploadEvidence(blob, { subject, name: 'a.jpg' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect((await running).id).toBe(9)
  expect(received()).toEqual([...bytes])
})

test('stopped, it sends no more', async () => {
  const { log } = server()
  const stop = new AbortController()
  const running = uploadEvidence(
    blob,
    { subject, name: 'a.jpg' },
    {
      signal: stop.signal,
      onProgress: (done) => done === 4 && stop.abort(new DOMException('x', 'AbortError')),
    },
  )
  await expect(running).rejects.toThrow('x')
  expect(log.filter((line) => line.startsWith('PATCH')).length).toBeLessThan(3)
})
