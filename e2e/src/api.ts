/** The interface as a program uses it, beside the browser: to prepare a journey and to see what arrived. */
export interface ApiSession {
  readonly userId: number
  get<T>(path: string): Promise<T>
  put<T>(path: string, body: unknown): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  /** undefined when the server refuses. */
  try<T>(method: string, path: string, body: unknown): Promise<T | undefined>
}

/** Signs in; throws with what the server said when a request is refused. */
export async function apiAs(origin: string, login: string, password: string): Promise<ApiSession> {
  const base = `${origin}/api/v1`
  const signedIn = await fetch(`${base}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  if (!signedIn.ok) throw new Error(`${login} cannot sign in: ${await signedIn.text()}`)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const session = (await signedIn.json()) as { csrfToken: string; user: { id: number } }
  const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${base}${path}`, {
      method,
      headers: {
        cookie,
        'x-csrf-token': session.csrfToken,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const must = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await ask(method, path, body)
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    userId: session.user.id,
    get: (path) => must('GET', path),
    put: (path, body) => must('PUT', path, body),
    post: (path, body) => must('POST', path, body),
    try: async <T>(method: string, path: string, body: unknown) => {
      const response = await ask(method, path, body)
      return response.ok ? ((await response.json()) as T) : undefined
    },
  }
}
