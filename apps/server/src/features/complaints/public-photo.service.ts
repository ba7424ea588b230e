/** Pictures that follow a complaint of the public page: few, small, for a short time, and evidence like any other. */
import { createHash } from 'node:crypto'
import { complaintTextLimits } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/errors.ts'
import { ageFault, readToken } from './form-token.ts'
import { giveBackPhotoPlace, intakeOfNonce, takePhotoPlace } from './public.repository.ts'
import { photoPurpose } from './public.service.ts'
import type { ComplaintDeps } from './room.ts'

const validMinutes = 30

export interface PhotoDoor {
  /** Keeps bytes as evidence of a complaint. */
  keep(
    complaintId: number,
    file: { readonly name: string; readonly bytes: Buffer; readonly sha256: string },
  ): Promise<void>
}

/** By its first bytes: what a browser calls a picture need not be one. */
function isPicture(bytes: Uint8Array): boolean {
  const starts = (...head: number[]) => head.every((byte, index) => bytes[index] === byte)
  return starts(0xff, 0xd8, 0xff) || starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
}

/** Errors: `public.photo-refused`, `public.form-expired`. */
export async function addPublicPhoto(
  deps: ComplaintDeps,
  door: PhotoDoor,
  number: string,
  token: string,
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<void> {
  const read = readToken((await deps.keys()).mark, photoPurpose, token)
  if (read === undefined || ageFault(read, deps.clock.now(), { minSeconds: 0, validMinutes }) !== undefined)
    throw new AppError('public.photo-refused', { detail: '补交照片的时间已过' })
  const intake = await intakeOfNonce(deps.db.pool, read.nonce)
  if (intake === undefined || intake.number !== number)
    throw new AppError('public.photo-refused', { detail: '凭证与编号不符' })
  const { photos, photoMb } = complaintTextLimits
  if (file.bytes.byteLength > photoMb * 1_048_576)
    throw new AppError('public.photo-refused', { detail: `超过 ${photoMb} MB` })
  if (!isPicture(file.bytes)) throw new AppError('public.photo-refused', { detail: '不是 JPEG 或 PNG 照片' })
  if (!(await takePhotoPlace(deps.db.pool, intake.id, photos)))
    throw new AppError('public.photo-refused', { detail: `已有 ${photos} 张` })
  try {
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    await door.keep(intake.complaint_id, { ...file, sha256 })
  } catch (error) {
    await giveBackPhotoPlace(deps.db.pool, intake.id)
    throw error
  }
}

/** The public as an actor of the evidence room: adds to complaints, and may nothing else. */
export const publicActor = (userId: number, organizationId: number): Actor => ({
  userId,
  name: '社会公众',
  organizationId,
  roles: [],
  permissions: new Set(['complaint:read', 'evidence:write'] as const),
  regions: '{[100000,1000000)}',
  owner: 'any',
})
