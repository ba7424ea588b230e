/** One handler for what is thrown, one for unknown addresses, one mapping of library errors; a page per code. */
import { type ErrorCode, errorCatalogue, errorCodes } from '@shanshui/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError, toProblem } from '../errors.ts'
import { ShapeError } from './validation.ts'

const byLibraryCode: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.body-too-large',
  FST_REQ_FILE_TOO_LARGE: 'request.body-too-large',
  FST_PARTS_LIMIT: 'request.body-too-large',
  FST_FILES_LIMIT: 'request.body-too-large',
  FST_FIELDS_LIMIT: 'request.body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported-media',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'request.unsupported-media',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.invalid',
  FST_ERR_BAD_URL: 'request.invalid',
  // PostgreSQL: a value that its type cannot hold, e.g. a page cursor beyond an int or with text in it
  '22P02': 'request.invalid',
  '22003': 'request.invalid',
  '22008': 'request.invalid',
  '22021': 'request.invalid',
  '22P05': 'request.invalid',
  // PostgreSQL: statement limit, and the server going or not there
  '57014': 'request.timeout',
  '57P01': 'database.unavailable',
  '57P02': 'database.unavailable',
  '57P03': 'database.unavailable',
  '08006': 'database.unavailable',
  '08001': 'database.unavailable',
  '53300': 'database.unavailable',
  '53100': 'database.unavailable',
  ECONNREFUSED: 'database.unavailable',
  ECONNRESET: 'database.unavailable',
}

/** The multipart reader's errors have no codes. */
const brokenForm = /^Multipart: Boundary not found|unexpected end of multipart data/i

/** The refusal that an error is, or undefined for a bug. */
export function asRefusal(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (error instanceof ShapeError) {
    return new AppError('request.invalid', { detail: error.message.slice(0, 500), errors: error.errors })
  }
  const { code, message, statusCode } = error as { code?: string; message?: string; statusCode?: number }
  const known = code === undefined ? undefined : byLibraryCode[code]
  if (known !== undefined)
    return new AppError(known, { detail: code?.startsWith('FST_') ? message : undefined, cause: error })
  if (
    message === 'timeout exceeded when trying to connect' ||
    message === 'Connection terminated unexpectedly'
  ) {
    return new AppError('database.unavailable', { cause: error })
  }
  if (message !== undefined && brokenForm.test(message))
    return new AppError('request.invalid', { detail: `multipart 表单不完整：${message}` })
  // A refusal of the HTTP library that has no code of its own here, e.g. a malformed address.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('request.invalid', { detail: message })
  }
  return undefined
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  if (error.status === 503) reply.header('retry-after', '5')
  const seconds = error.extra.retryAfterSeconds
  if (typeof seconds === 'number') reply.header('retry-after', String(Math.ceil(seconds)))
  return reply
    .code(error.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((document: unknown) => JSON.stringify(document))
    .send(toProblem(error, request.id))
}

export function handleError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(thrown)
  if (refusal !== undefined) {
    // The sender's doing as a rule; if a schema let it through, whoever reads the log can tighten that.
    if ((refusal.cause as { code?: string } | undefined)?.code?.startsWith('22'))
      request.log.warn({ event: 'http.value-refused', err: refusal.cause }, 'the database refused a value')
    if (refusal.status >= 500)
      request.log.error(
        {
          event: 'http.unavailable',
          code: refusal.code,
          err: refusal.cause ?? thrown,
        },
        refusal.code,
      )
    return sendProblem(request, reply, refusal)
  }
  request.log.error(
    {
      event: 'http.bug',
      method: request.method,
      url: request.routeOptions.url,
      err: thrown,
    },
    'request failed',
  )
  return sendProblem(request, reply, new AppError('server.bug'))
}

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

const page = (title: string, body: string) =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><style>body{font:16px/1.7 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}` +
  `code{background:#f2f2f2;padding:0 .3em}td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}</style>${body}</html>`

/** Page of one code: what it means and what to do; undefined for a code that does not exist. */
export function problemPage(code: string): string | undefined {
  if (!errorCodes.includes(code as ErrorCode)) return undefined
  const entry = errorCatalogue[code as ErrorCode]
  return page(
    entry.title,
    `<h1>${escapeHtml(entry.title)}</h1><p lang="en">${escapeHtml(entry.en)}</p>` +
      `<p><strong>怎么办：</strong>${escapeHtml(entry.advice)}</p>` +
      `<p>错误代码 <code>${code}</code>，HTTP 状态 ${entry.status}。<a href="/problems">全部错误代码</a></p>`,
  )
}

export function problemIndex(): string {
  const rows = errorCodes.map((code) => {
    const entry = errorCatalogue[code]
    return `<tr><td><a href="/problems/${code}"><code>${code}</code></a></td><td>${entry.status}</td><td>${escapeHtml(entry.title)}</td></tr>`
  })
  return page(
    '错误代码',
    `<h1>错误代码</h1><table><tr><th>代码</th><th>状态</th><th>含义</th></tr>${rows.join('')}</table>`,
  )
}
