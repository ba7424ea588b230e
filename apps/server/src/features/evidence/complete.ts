/**
 * From the last byte to evidence: hash, type, EXIF, scan, store, row. The row is written last and once (a unique index
 * decides); whatever fails before leaves an upload that can be completed again from the bytes that are there.
 */
import type { EvidenceScan } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announce } from './announce.ts'
import { evidenceById, insertEvidence, type NewEvidence, sameEvidence } from './evidence.repository.ts'
import type { EvidenceRow, ExifCapture, UploadRow } from './evidence.table.ts'
import type { EvidenceDeps } from './evidence-deps.ts'
import { readExif } from './exif.ts'
import { type FileType, sniffFile } from './file-type.ts'
import { scanFile } from './scan.ts'
import { readTolerance } from './setting.service.ts'
import { hashOfFile } from './store/incoming.ts'
import { openSubject } from './subject-door.ts'
import { deleteUpload, setEvidence, uploadById, uploadForUpdate } from './upload.repository.ts'
import { judge } from './verdict.ts'

/** Requests of this process that complete the same upload share one run. */
const running = new Map<string, Promise<EvidenceRow>>()

/**
 * Errors: `evidence.hash-differs` and `evidence.type-refused` end the upload; `evidence.store-unavailable` and
 * `evidence.subject-closed` leave it, to be completed by starting it again.
 */
export function completeUpload(deps: EvidenceDeps, actor: Actor, upload: UploadRow): Promise<EvidenceRow> {
  const key = `${deps.incoming.folder} ${upload.id}`
  const going = running.get(key)
  if (going !== undefined) return going
  const run = complete(deps, actor, upload).finally(() => running.delete(key))
  running.set(key, run)
  return run
}

interface Examined {
  readonly type: FileType
  readonly exif: ExifCapture | null
  readonly scan: EvidenceScan
}

async function complete(deps: EvidenceDeps, actor: Actor, upload: UploadRow): Promise<EvidenceRow> {
  const done = await completedBefore(deps, actor, upload)
  if (done !== undefined) return done
  const file = deps.incoming.path(upload.id)
  // A crash may have left bytes behind the acknowledged ones.
  await deps.incoming.cut(upload.id, upload.bytes)
  const found = await hashOfFile(file)
  if (found.sha256 !== upload.sha256 || found.bytes !== upload.bytes)
    throw await refuse(deps, actor, upload, 'evidence.hash-differs', {
      detail: `声明 ${upload.sha256.slice(0, 16)}…，收到 ${found.sha256.slice(0, 16)}…`,
    })
  const sniffed = await sniffFile(file, upload.file_name)
  if ('refused' in sniffed)
    throw await refuse(deps, actor, upload, 'evidence.type-refused', { detail: sniffed.refused })
  const { type } = sniffed
  const exif = type.kinds[0] === 'photo' ? await readExif(file) : null
  const scan = await scanned(deps, file)
  if (scan !== 'infected') await deps.store.put(file, upload.sha256, upload.bytes)
  const evidence = await addRow(deps, actor, upload, { type, exif, scan })
  if (scan === 'infected') await deps.incoming.quarantine(upload.id, upload.sha256)
  else await deps.incoming.remove(upload.id)
  announce(deps, evidence)
  return evidence
}

/** Another process, or this one before a crash, may have completed it. */
async function completedBefore(
  deps: EvidenceDeps,
  actor: Actor,
  upload: UploadRow,
): Promise<EvidenceRow | undefined> {
  return deps.db.asActor(actor, async (trx) => {
    const now = await uploadById(trx, upload.id)
    if (now === undefined) throw new AppError('evidence.upload-unknown', { detail: `上传 ${upload.id}` })
    return now.evidence_id === null ? undefined : evidenceById(trx, now.evidence_id)
  })
}

async function refuse(
  deps: EvidenceDeps,
  actor: Actor,
  upload: UploadRow,
  code: 'evidence.hash-differs' | 'evidence.type-refused',
  extra: { detail: string },
): Promise<AppError> {
  await deps.db.asActor(actor, async (trx) => {
    if (!(await deleteUpload(trx, upload.id))) return
    await recordAudit(trx, actor, 'evidence.refused', `evidence-upload:${upload.id}`, {
      code,
      ...extra,
      subject: `${upload.subject_kind}:${upload.subject_id}`,
      sha256: upload.sha256,
    })
  })
  await deps.incoming.remove(upload.id)
  return new AppError(code, extra)
}

async function scanned(deps: EvidenceDeps, file: string): Promise<EvidenceScan> {
  const command = deps.config.evidenceScanCommand.trim()
  if (command === '') return 'not-scanned'
  const { answer, detail } = await scanFile(command, file)
  if (answer !== 'failed') return answer
  deps.log.error({ event: 'evidence.scan-failed', detail }, 'the scanner gave no verdict')
  return 'waiting'
}

async function addRow(
  deps: EvidenceDeps,
  actor: Actor,
  upload: UploadRow,
  examined: Examined,
): Promise<EvidenceRow> {
  return deps.db.asActor(actor, async (trx) => {
    const ref = { kind: upload.subject_kind, id: upload.subject_id }
    const held = await uploadForUpdate(trx, upload.id)
    if (held === undefined) throw new AppError('evidence.upload-unknown', { detail: `上传 ${upload.id}` })
    const subject = await openSubject(deps.doors, trx, actor, ref)
    const row = newRow(upload, examined, actor, deps.clock.now(), {
      tolerance: await readTolerance(trx),
      place: subject.place ?? null,
    })
    const inserted = await insertEvidence(trx, {
      ...row,
      region_code: subject.regionCode,
      owner_id: subject.ownerId,
      parties: subject.parties,
      shown_to_owner: subject.shownToOwner,
    })
    const evidence =
      inserted === undefined
        ? await sameEvidence(trx, {
            subject: ref,
            demand: upload.demand,
            sha256: upload.sha256,
            organizationId: actor.organizationId,
          })
        : await evidenceById(trx, inserted)
    if (evidence === undefined)
      throw new Error(`evidence of upload ${upload.id} is not there after its insert`)
    await setEvidence(trx, upload.id, evidence.id)
    if (inserted !== undefined)
      await recordAudit(trx, actor, 'evidence.added', `evidence:${evidence.id}`, {
        sha256: upload.sha256,
        bytes: upload.bytes,
        subject: `${ref.kind}:${ref.id}`,
        demand: upload.demand,
        mediaType: row.media_type,
        scan: row.scan,
        verdict: row.verdict,
      })
    return evidence
  })
}

type Judgement = {
  tolerance: Parameters<typeof judge>[1]
  place: { readonly lon: number; readonly lat: number } | null
}

function newRow(
  upload: UploadRow,
  { type, exif, scan }: Examined,
  actor: Actor,
  atMs: number,
  against: Judgement,
): Omit<NewEvidence, 'region_code' | 'owner_id' | 'parties' | 'shown_to_owner'> {
  const wanted = upload.kind
  const kind = wanted !== null && (type.kinds as readonly string[]).includes(wanted) ? wanted : type.kinds[0]
  const judged = judge(
    {
      kind,
      exif,
      device: upload.device,
      claim: upload.claim,
      place: against.place,
      uploadedMs: atMs,
    },
    against.tolerance,
  )
  return {
    subject_kind: upload.subject_kind,
    subject_id: upload.subject_id,
    demand: upload.demand,
    kind,
    title: upload.title,
    file_name: nameWith(upload.file_name, type.extension),
    media_type: type.mediaType,
    bytes: upload.bytes,
    sha256: upload.sha256,
    internal: upload.internal,
    exif,
    device: upload.device,
    claim: upload.claim,
    taken_ms: judged.takenMs,
    taken_from: judged.takenFrom,
    lon: judged.lon,
    lat: judged.lat,
    place_from: judged.placeFrom,
    distance_m: judged.distanceM,
    located: judged.located,
    verdict: judged.verdict,
    findings: judged.findings,
    scan,
    uploaded_ms: atMs,
    user_id: actor.userId,
    organization_id: actor.organizationId,
  }
}

/** A name ends as the bytes say: `photo.jpg.exe` that is a PDF is handed out as `photo.jpg.exe.pdf`. */
function nameWith(name: string, extension: string): string {
  const same: Record<string, RegExp> = { jpg: /\.jpe?g$/i, heic: /\.hei[cf]$/i }
  return (same[extension] ?? new RegExp(`\\.${extension}$`, 'i')).test(name) ? name : `${name}.${extension}`
}
