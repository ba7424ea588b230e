import { afterEach, expect, test, vi } from 'vitest'
import { api, setCsrfToken, setSignedOutHandler, urlOf } from './client.ts'
import { clientCodes, isProblem, ProblemError } from './problem.ts'
import { shouldRetry } from './queryClient.ts'

function answer(status: number, body: unknown, type = 'application/json') {
  const calls: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, init })
    return new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: { 'content-type': type },
    })
  })
  return calls
}

const headerOf = (init: RequestInit | undefined, name: string): string | null =>
  new Headers(init?.headers).get(name)

afterEach(() => {
  vi.unstubAllGlobals()
  setCsrfToken(undefined)
  setSignedOutHandler(() => undefined)
})

test('empty parameters stay out of the address, lists are joined by commas', () => {
  expect(urlOf('/air/hours', { city: 6, at: undefined, q: '', stations: ['1', '2'] })).toBe(
    '/api/v1/air/hours?city=6&stations=1%2C2',
  )
})

test('every writing request carries the token of the session, a reading one does not', async () => {
  const calls = answer(200, {})
  setCsrfToken('secret')
  await api.get('/session')
  await api.post('/marks', { reason: '校准' })
  await api.delete('/session')
  expect(calls.map(({ init }) => headerOf(init, 'x-csrf-token'))).toEqual([null, 'secret', 'secret'])
  expect(headerOf(calls[1]?.init, 'content-type')).toBe('application/json')
})

test('an upload sends its fields before the file and leaves the content type to the browser', async () => {
  const calls = answer(202, { id: 1 })
  await api.upload('/imports', new File(['a,b'], 'air.csv'), { kind: 'station' })
  const form = calls[0]?.init.body as FormData
  expect([...form.keys()]).toEqual(['kind', 'file'])
  expect(headerOf(calls[0]?.init, 'content-type')).toBeNull()
})

test('a problem document becomes an error with code, detail and request id', async () => {
  answer(
    409,
    { title: '已被修改', status: 409, code: 'feature.conflict', instance: 'urn:request:r-7' },
    'application/problem+json',
  )
  const error = await api.put('/features/1', {}).catch((caught: unknown) => caught)
  expect(isProblem(error, 'feature.conflict')).toBe(true)
  expect((error as ProblemError).requestId).toBe('r-7')
})

test('an answer that is no problem document, and a server that is not reached, have codes of their own', async () => {
  answer(502, '<html>', 'text/html')
  const unreadable = await api.get('/x').catch((caught: unknown) => caught)
  expect(isProblem(unreadable, clientCodes.unreadable)).toBe(true)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
  const unreachable = await api.get('/x').catch((caught: unknown) => caught)
  expect(isProblem(unreachable, clientCodes.unreachable)).toBe(true)
})

test('a session that ended is told once, the question whether there is one is not an end', async () => {
  answer(401, { title: '请登录', status: 401, code: 'auth.required' }, 'application/problem+json')
  const ended = vi.fn()
  setSignedOutHandler(ended)
  await api.get('/session').catch(() => undefined)
  expect(ended).not.toHaveBeenCalled()
  await api.get('/air/hours').catch(() => undefined)
  expect(ended).toHaveBeenCalledTimes(1)
})

test('a refusal is final, a server that is starting is asked again twice', () => {
  const of = (status: number): ProblemError =>
    new ProblemError({ type: '', title: '', status, code: 'x' }, 'GET', '/x')
  expect(shouldRetry(0, of(403))).toBe(false)
  expect(shouldRetry(0, of(500))).toBe(false)
  expect(shouldRetry(1, of(503))).toBe(true)
  expect(shouldRetry(2, of(503))).toBe(false)
  expect(shouldRetry(0, of(0))).toBe(true)
})
