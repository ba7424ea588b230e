import { clientCodes, ProblemError, problemOf } from './problem.ts'

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
export type Query = Readonly<Record<string, QueryValue>>

const BASE = '/api/v1'
let csrfToken: string | undefined
let onSignedOut: () => void = () => undefined

/** The session hands over the token that every writing request must carry. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token
}

/** Called when the server says that nobody is signed in any more. */
export function setSignedOutHandler(handler: () => void): void {
  onSignedOut = handler
}

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value)) search.set(name, value.join(','))
    else search.set(name, String(value))
  }
  const text = search.toString()
  return `${BASE}${path}${text === '' ? '' : `?${text}`}`
}

async function send(method: string, path: string, query: Query, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('accept', 'application/json, application/problem+json')
  if (method !== 'GET' && csrfToken !== undefined) headers.set('x-csrf-token', csrfToken)
  let response: Response
  try {
    response = await fetch(urlOf(path, query), { ...init, method, headers, credentials: 'same-origin' })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    const problem = { type: 'about:blank', title: '', status: 0, code: clientCodes.unreachable }
    throw new ProblemError(problem, method, path)
  }
  if (response.ok) return response
  const error = await problemOf(response, method, path)
  if (response.status === 401 && path !== '/session') onSignedOut()
  throw error
}

async function bodyOf<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

function withJson(body: unknown): RequestInit {
  if (body === undefined) return {}
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** Typed by the caller with the contract's Static types; the server validates the same schema. */
export const api = {
  get: async <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
    bodyOf<T>(await send('GET', path, query, signal === undefined ? {} : { signal })),
  post: async <T>(path: string, body?: unknown, query: Query = {}): Promise<T> =>
    bodyOf<T>(await send('POST', path, query, withJson(body))),
  put: async <T>(path: string, body?: unknown): Promise<T> =>
    bodyOf<T>(await send('PUT', path, {}, withJson(body))),
  patch: async <T>(path: string, body?: unknown): Promise<T> =>
    bodyOf<T>(await send('PATCH', path, {}, withJson(body))),
  delete: async <T>(path: string, body?: unknown): Promise<T> =>
    bodyOf<T>(await send('DELETE', path, {}, withJson(body))),
  /** multipart/form-data; `fields` come before the file so that the server can judge them first. */
  upload: async <T>(path: string, file: File, fields: Readonly<Record<string, string>> = {}): Promise<T> => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', file, file.name)
    return bodyOf<T>(await send('POST', path, {}, { body: form }))
  },
  /** One piece of a resumable upload; `offset`: where in the file it begins. */
  piece: async <T>(path: string, bytes: Blob, offset: number): Promise<T> => {
    const headers = { 'content-type': 'application/octet-stream', 'upload-offset': String(offset) }
    return bodyOf<T>(await send('PATCH', path, {}, { body: bytes, headers }))
  },
  blob: async (path: string, query: Query = {}): Promise<Blob> => (await send('GET', path, query, {})).blob(),
} as const
