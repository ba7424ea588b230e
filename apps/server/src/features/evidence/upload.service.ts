/**
 * Resumable uploads: start, pieces in order, complete by themselves at the last byte. A piece is acknowledged when it
 * is on the disk and its offset is committed; after any crash the upload goes on from the acknowledged offset.
 */
import type { EvidenceUpload, EvidenceUploadStart } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { completeUpload } from './complete.ts'
import { presentEvidence, presentUpload } from './evidence.present.ts'
import { evidenceById, sameEvidence } from './evidence.repository.ts'
import type { Capture, DeviceCapture, EvidenceRow, UploadRow } from './evidence.table.ts'
import type { EvidenceDeps } from './evidence-deps.ts'
import { openSubject } from './subject-door.ts'
import {
  deleteUpload,
  insertUpload,
  openUploadOf,
  openUploads,
  setReceived,
  uploadById,
  uploadForUpdate,
} from './upload.repository.ts'

const mebibyte = 1_048_576

const unknownUpload = (id: number) =>
  new AppError('evidence.upload-unknown', { detail: `上传 ${id}，可能已过期` })

function checkSize(deps: EvidenceDeps, bytes: number): void {
  const limit = deps.config.evidenceLimitMb
  if (bytes > limit * mebibyte)
    throw new AppError('evidence.too-large', {
      detail: `文件 ${(bytes / mebibyte).toFixed(1)} MB，上限 ${limit} MB`,
      limitBytes: limit * mebibyte,
    })
}

/** The last part of what a browser sends as a name; only ever shown, never a path. */
export function shownName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim()
  return clean === '' || /^\.+$/.test(clean) ? '未命名' : clean.slice(0, 200)
}

function claimOf(body: EvidenceUploadStart): Capture | null {
  const atMs = msOf(body.claimedAt)
  const [lon, lat] = [body.claimedLon ?? null, body.claimedLat ?? null]
  if (atMs === null && (lon === null || lat === null)) return null
  return lon === null || lat === null ? { atMs, lon: null, lat: null } : { atMs, lon, lat }
}

function deviceOf(body: EvidenceUploadStart): DeviceCapture | null {
  const device = body.device ?? null
  if (device === null) return null
  const { lon, lat, accuracyM } = device
  const place = lon === null || lat === null ? { lon: null, lat: null } : { lon, lat }
  return { atMs: msOf(device.at), ...place, accuracyM }
}

function msOf(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text)
}

/** Begins an upload, or finds the one begun or the evidence there is. Errors: too-large, subject-unknown, subject-closed, uploads-too-many. */
export async function startUpload(
  deps: EvidenceDeps,
  actor: Actor,
  body: EvidenceUploadStart,
): Promise<EvidenceUpload> {
  checkSize(deps, body.bytes)
  const begun = await deps.db.asActor(actor, (trx) => beginUpload(deps, trx, actor, body))
  return begun.received === begun.bytes && begun.evidence_id === null
    ? finish(deps, actor, begun)
    : present(deps, actor, begun)
}

async function beginUpload(
  deps: EvidenceDeps,
  trx: Trx,
  actor: Actor,
  body: EvidenceUploadStart,
): Promise<UploadRow> {
  const { sha256 } = body
  // An inspection proves its matter: what is sent for one is kept with the other.
  const subject = await openSubject(deps.doors, trx, actor, body.subject)
  const demand = body.demand ?? subject.demand ?? ''
  const key = { subject: { kind: subject.kind, id: subject.id }, demand, sha256 }
  const now = deps.clock.now()
  const name = shownName(body.name)
  const fresh = {
    subject_kind: subject.kind,
    subject_id: subject.id,
    demand,
    kind: body.kind ?? null,
    title: (body.title ?? '').trim() || name,
    file_name: name,
    bytes: body.bytes,
    sha256,
    internal: body.internal ?? false,
    device: deviceOf(body),
    claim: claimOf(body),
    user_id: actor.userId,
  }
  const there = await sameEvidence(trx, { ...key, organizationId: actor.organizationId })
  if (there !== undefined)
    return { ...fresh, id: there.id, received: there.bytes, touched_ms: now, evidence_id: there.id }
  const begun = await openUploadOf(trx, actor.userId, key)
  if (begun !== undefined) return begun
  const open = (await openUploads(trx, actor.userId)).length
  if (open >= deps.config.evidenceOpenUploads)
    throw new AppError('evidence.uploads-too-many', {
      detail: `已有 ${open} 个未完成的上传，上限 ${deps.config.evidenceOpenUploads} 个`,
    })
  const id = await insertUpload(trx, fresh, now)
  if (id === undefined) {
    const other = await openUploadOf(trx, actor.userId, key)
    if (other !== undefined) return other
    throw unknownUpload(0)
  }
  await recordAudit(trx, actor, 'evidence.upload-started', `evidence-upload:${id}`, {
    subject: `${subject.kind}:${subject.id}`,
    demand,
    bytes: body.bytes,
    sha256,
  })
  return { ...fresh, id, received: 0, touched_ms: now, evidence_id: null }
}

/**
 * Takes the next piece. Errors: `evidence.offset-differs` with the right `offset`, `evidence.upload-unknown`,
 * `evidence.too-large` for bytes beyond the stated length, and those of completing.
 */
export async function takePiece(
  deps: EvidenceDeps,
  actor: Actor,
  id: number,
  offset: number,
  piece: Uint8Array,
): Promise<EvidenceUpload> {
  const upload = await deps.db.asActor(actor, (trx) => writePiece(deps, trx, id, offset, piece))
  return upload.received === upload.bytes && upload.evidence_id === null
    ? finish(deps, actor, upload)
    : present(deps, actor, upload)
}

async function writePiece(
  deps: EvidenceDeps,
  trx: Trx,
  id: number,
  offset: number,
  piece: Uint8Array,
): Promise<UploadRow> {
  const upload = await uploadForUpdate(trx, id)
  if (upload === undefined) throw unknownUpload(id)
  if (offset !== upload.received)
    throw new AppError('evidence.offset-differs', {
      detail: `本片从 ${offset} 起，应从 ${upload.received} 起`,
      offset: upload.received,
    })
  if (offset + piece.length > upload.bytes)
    throw new AppError('evidence.too-large', {
      detail: `声明 ${upload.bytes} 字节，本片将超出 ${offset + piece.length - upload.bytes} 字节`,
    })
  if (piece.length === 0) return upload
  await deps.incoming.write(id, offset, piece)
  const received = offset + piece.length
  const now = deps.clock.now()
  await setReceived(trx, id, received, now)
  return { ...upload, received, touched_ms: now }
}

/** Completes; two requests that find the last byte there complete one after the other. */
async function finish(deps: EvidenceDeps, actor: Actor, upload: UploadRow): Promise<EvidenceUpload> {
  const evidence = await completeUpload(deps, actor, upload)
  return presentUpload(
    { ...upload, evidence_id: evidence.id },
    deps.config.evidenceUploadHours,
    presentEvidence(evidence, actor, true),
  )
}

async function present(deps: EvidenceDeps, actor: Actor, upload: UploadRow): Promise<EvidenceUpload> {
  let evidence: EvidenceRow | undefined
  if (upload.evidence_id !== null) {
    const { evidence_id } = upload
    evidence = await deps.db.asActor(actor, (trx) => evidenceById(trx, evidence_id))
  }
  const shown = evidence === undefined ? null : presentEvidence(evidence, actor, true)
  return presentUpload(upload, deps.config.evidenceUploadHours, shown)
}

/** @throws AppError `evidence.upload-unknown` */
export async function getUpload(deps: EvidenceDeps, actor: Actor, id: number): Promise<EvidenceUpload> {
  const upload = await deps.db.asActor(actor, (trx) => uploadById(trx, id))
  if (upload === undefined) throw unknownUpload(id)
  return present(deps, actor, upload)
}

/** The actor's own uploads that wait for bytes. */
export async function listUploads(deps: EvidenceDeps, actor: Actor): Promise<{ items: EvidenceUpload[] }> {
  const rows = await deps.db.asActor(actor, (trx) => openUploads(trx, actor.userId))
  return { items: rows.map((row) => presentUpload(row, deps.config.evidenceUploadHours, null)) }
}

/** Forgets an upload and its bytes; one that is complete stays evidence. Errors: `evidence.upload-unknown`. */
export async function abandonUpload(deps: EvidenceDeps, actor: Actor, id: number): Promise<void> {
  await deps.db.asActor(actor, async (trx) => {
    const upload = await uploadForUpdate(trx, id)
    if (upload === undefined || upload.evidence_id !== null) throw unknownUpload(id)
    await deleteUpload(trx, id)
    await recordAudit(trx, actor, 'evidence.upload-abandoned', `evidence-upload:${id}`, {
      received: upload.received,
    })
  })
  await deps.incoming.remove(id)
}
