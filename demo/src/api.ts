import type { Problem } from '@shanshui/contract'
import { AppError } from '@shanshui/server'

/**
 * The product's HTTP interface, used by the demo city as any user would: nothing is loaded behind its back, every
 * file, decision and target stands in the journal and the audit chain under the name of who did it.
 */
export class Api {
  readonly #base: string
  #cookie = ''
  #csrf = ''

  constructor(origin: string) {
    this.#base = `${origin}/api/v1`
  }

  async logIn(login: string, password: string): Promise<void> {
    const response = await fetch(`${this.#base}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    const session = (await this.#read(response, 'POST /session')) as { csrfToken: string }
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
    this.#csrf = session.csrfToken
  }

  get<T>(path: string): Promise<T> {
    return this.#send<T>('GET', path)
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#send<T>('POST', path, body)
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.#send<T>('PUT', path, body)
  }

  /** Uploads a file as the import page does. */
  async upload<T>(
    path: string,
    file: { name: string; text: string },
    fields: Record<string, string>,
  ): Promise<T> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', new Blob([file.text], { type: 'text/csv' }), file.name)
    return this.#send<T>('POST', path, form)
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { cookie: this.#cookie, 'x-csrf-token': this.#csrf }
    const form = body instanceof FormData
    if (body !== undefined && !form) headers['content-type'] = 'application/json'
    const response = await fetch(this.#base + path, {
      method,
      headers,
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    })
    return (await this.#read(response, `${method} ${path}`)) as T
  }

  async #read(response: Response, what: string): Promise<unknown> {
    const text = await response.text()
    const body: unknown = text === '' ? null : JSON.parse(text)
    if (response.ok) return body
    const problem = body as Partial<Problem> | null
    const reason = [
      problem?.code,
      problem?.title,
      problem?.detail,
      JSON.stringify(problem?.errors ?? ''),
    ].filter(Boolean)
    throw new AppError('demo.load-failed', { detail: `${what} → ${response.status} ${reason.join(' ')}` })
  }
}
