import { type ErrorCode, errorCatalogue } from '@shanshui/contract'

/**
 * A refusal: not allowed, not found, conflicting, invalid. Expected outcomes are values and bugs are plain errors.
 * `detail` says what happened with which value; other members of `extra` go into the problem document.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly extra: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, extra: { detail?: string; cause?: unknown; [member: string]: unknown } = {}) {
    const { cause, ...members } = extra
    const entry = errorCatalogue[code]
    super(members.detail === undefined ? `${entry.title} (${code})` : `${entry.title}：${members.detail}`, {
      cause,
    })
    this.name = 'AppError'
    this.code = code
    this.status = entry.status
    this.extra = members
  }
}

export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail?: string
  instance?: string
  code: string
  [member: string]: unknown
}

/** RFC 9457 document of a refusal. Extras are spread first so that they cannot overwrite the standard members. */
export function toProblem(error: AppError, requestId?: string): ProblemDocument {
  const { detail, ...extra } = error.extra
  return {
    ...extra,
    type: `/problems/${error.code}`,
    title: errorCatalogue[error.code].title,
    status: error.status,
    code: error.code,
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(requestId === undefined ? {} : { instance: `urn:request:${requestId}` }),
  }
}
