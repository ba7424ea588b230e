/** RFC 9457 problem as the server sends it, and what the client makes of a lost connection. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string
  readonly instance?: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  readonly [extra: string]: unknown
}

export class ProblemError extends Error {
  readonly problem: Problem
  readonly method: string
  readonly path: string

  constructor(problem: Problem, method: string, path: string) {
    super(problem.detail ?? problem.title)
    this.name = 'ProblemError'
    this.problem = problem
    this.method = method
    this.path = path
  }

  /** Request id to quote to the operator; `undefined` when the server was never reached. */
  get requestId(): string | undefined {
    return this.problem.instance?.replace(/^urn:request:/, '')
  }
}

export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.problem.code === code)
}

/** Codes made here, not by the server. */
export const clientCodes = { unreachable: 'client.unreachable', unreadable: 'client.unreadable' } as const

export async function problemOf(response: Response, method: string, path: string): Promise<ProblemError> {
  const fallback: Problem = {
    type: 'about:blank',
    title: `HTTP ${response.status}`,
    status: response.status,
    code: clientCodes.unreadable,
  }
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json')) return new ProblemError(fallback, method, path)
  const body: unknown = await response.json().catch(() => undefined)
  const problem = typeof body === 'object' && body !== null ? { ...fallback, ...body } : fallback
  return new ProblemError(problem, method, path)
}
