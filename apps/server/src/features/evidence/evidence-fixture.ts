/** For tests of evidence: pictures as cameras write them, subjects that only a test knows, an upload in pieces. */
import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { EvidenceUploadStart } from '@shanshui/contract'
import sharp from 'sharp'
import type { App } from '../../platform/http/index.ts'
import type { EvidenceSubject, SubjectDoor } from './subject-door.ts'

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export interface PictureTags {
  readonly takenAt?: string
  readonly offset?: string
  readonly lon?: number
  readonly lat?: number
  readonly software?: string
}

const rational = (degrees: number) => {
  const whole = Math.floor(degrees)
  const minutes = Math.floor((degrees - whole) * 60)
  const seconds = Math.round(((degrees - whole) * 60 - minutes) * 60 * 10_000)
  return `${whole}/1 ${minutes}/1 ${seconds}/10000`
}

/** A small JPEG of one colour with the tags a camera writes; `seed` makes it another picture. */
export async function picture(tags: PictureTags = {}, seed = 1): Promise<Buffer> {
  const base = sharp({
    create: {
      width: 640,
      height: 480,
      channels: 3,
      background: { r: seed % 256, g: (seed * 7) % 256, b: 90 },
    },
  }).jpeg()
  const ifd0: Record<string, string> = { Make: 'Test' }
  if (tags.software !== undefined) ifd0.Software = tags.software
  const ifd2: Record<string, string> = {}
  if (tags.takenAt !== undefined) ifd2.DateTimeOriginal = tags.takenAt
  if (tags.offset !== undefined) ifd2.OffsetTimeOriginal = tags.offset
  const ifd3: Record<string, string> =
    tags.lon === undefined || tags.lat === undefined
      ? {}
      : {
          GPSLatitudeRef: tags.lat < 0 ? 'S' : 'N',
          GPSLatitude: rational(Math.abs(tags.lat)),
          GPSLongitudeRef: tags.lon < 0 ? 'W' : 'E',
          GPSLongitude: rational(Math.abs(tags.lon)),
        }
  if (Object.keys(tags).length === 0) return base.toBuffer()
  return base.withExif({ IFD0: ifd0, IFD2: ifd2, IFD3: ifd3 }).toBuffer()
}

/** A PNG of a few dozen bytes that claims so many pixels a side. */
export function pngClaiming(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const framed = Buffer.alloc(body.length + 8)
    framed.writeUInt32BE(data.length, 0)
    body.copy(framed, 4)
    framed.writeUInt32BE(crc32(body), body.length + 4)
    return framed
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1_000)))])
}

/** Door of matters that stand in a list: visible to their parties, the area's overseers and, once shown, the owner. */
export function listedSubjects(
  subjects: readonly (EvidenceSubject & { readonly closed?: boolean })[],
): SubjectDoor {
  return {
    kind: 'matter',
    async read(_q, actor, id) {
      const found = subjects.find((subject) => subject.id === id)
      if (found === undefined) return undefined
      const seen =
        found.parties.includes(actor.organizationId) ||
        (actor.owner === 'any' && actor.permissions.has('matter:oversee')) ||
        (found.shownToOwner && actor.owner === found.ownerId)
      return seen ? { ...found, mayAdd: found.closed !== true } : undefined
    },
  }
}

export interface Sender {
  readonly app: App
  readonly who: string
}

export async function begin(
  { app, who }: Sender,
  bytes: Uint8Array,
  more: Partial<EvidenceUploadStart> & { subject: EvidenceUploadStart['subject'] },
) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/evidence/uploads',
    headers: { 'x-test-actor': who },
    payload: { name: 'photo.jpg', bytes: bytes.length, sha256: sha256Of(bytes), ...more },
  })
  return { status: answer.statusCode, body: answer.json() }
}

export async function sendPiece({ app, who }: Sender, id: number, offset: number, piece: Uint8Array) {
  const answer = await app.inject({
    method: 'PATCH',
    url: `/api/v1/evidence/uploads/${id}`,
    headers: {
      'x-test-actor': who,
      'content-type': 'application/octet-stream',
      'upload-offset': String(offset),
    },
    payload: Buffer.from(piece),
  })
  return { status: answer.statusCode, body: answer.json() }
}

/** Begins and sends in pieces; the evidence, or the refusal. */
export async function upload(
  sender: Sender,
  bytes: Uint8Array,
  more: Partial<EvidenceUploadStart> & { subject: EvidenceUploadStart['subject'] },
  pieceBytes = 1 << 20,
) {
  let last = await begin(sender, bytes, more)
  while (last.status === 200 && last.body.evidence === null) {
    const { offset } = last.body
    last = await sendPiece(sender, last.body.id, offset, bytes.subarray(offset, offset + pieceBytes))
  }
  return last.status === 200 ? { status: 200, body: last.body.evidence } : last
}
