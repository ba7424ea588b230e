/** Handing out a stored file: one range at a time (RFC 9110, 14), never as something that a browser runs. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EvidenceRow } from './evidence.table.ts'
import { isInline } from './file-type.ts'
import type { ByteRange, EvidenceStore } from './store/store.ts'

/** The range asked for; `all` without one or with one that is not understood, `none` when it lies outside. */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'all' | 'none' {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (asked === null || (asked[1] === '' && asked[2] === '')) return 'all'
  const [from, to] = [asked[1] ?? '', asked[2] ?? '']
  // `-n`: the last n bytes
  const start = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const end = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  return start > end || start >= bytes ? 'none' : { start, end }
}

/** Name for a download: plain for old programs, in full by RFC 8187. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${full}`
}

/** Headers under which no browser runs a file, whatever is in it. */
export function guardFile(reply: FastifyReply): FastifyReply {
  return reply
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'; img-src 'self'; media-src 'self'")
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'private, no-cache')
}

export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  store: EvidenceStore,
  row: EvidenceRow,
  download: boolean,
): Promise<FastifyReply> {
  const kind = !download && isInline(row.media_type) ? 'inline' : 'attachment'
  const etag = `"${row.sha256}"`
  guardFile(reply)
    .header('content-disposition', disposition(kind, row.file_name))
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  // A range of another version is no range of this one (RFC 9110, 13.1.5).
  const condition = request.headers['if-range']
  const range =
    condition === undefined || condition === etag ? rangeOf(request.headers.range, row.bytes) : 'all'
  if (range === 'none') return reply.code(416).header('content-range', `bytes */${row.bytes}`).send()
  reply.type(row.media_type)
  if (range === 'all') {
    reply.header('content-length', row.bytes)
    return reply.send(await store.open(row.sha256))
  }
  reply
    .code(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${row.bytes}`)
    .header('content-length', range.end - range.start + 1)
  return reply.send(await store.open(row.sha256, range))
}
