/** Evidence that is there: shown, withdrawn with a reason, verified against the audit chain. */
import type { EvidenceItem, EvidenceVerification } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announce } from './announce.ts'
import { isViewable, mayWithdraw, presentEvidence } from './evidence.present.ts'
import {
  auditedHash,
  evidenceById,
  evidenceOfSubject,
  markWithdrawn,
  shareRows,
} from './evidence.repository.ts'
import type { EvidenceRow, SubjectRef } from './evidence.table.ts'
import type { EvidenceDeps } from './evidence-deps.ts'
import { hashOf } from './store/incoming.ts'
import { type EvidenceSubject, visibleSubject } from './subject-door.ts'

/** @throws AppError `evidence.unknown` for one that is not there or that the actor does not see */
async function visibleEvidence(q: Queryable, id: number): Promise<EvidenceRow> {
  const row = await evidenceById(q, id)
  if (row === undefined)
    throw new AppError('evidence.unknown', { detail: `没有证据材料 ${id}，或不在您的数据范围内` })
  return row
}

/** Evidence of one subject, withdrawn ones marked. Errors: `evidence.subject-unknown`. */
export async function listEvidence(
  deps: EvidenceDeps,
  actor: Actor,
  subject: SubjectRef,
): Promise<{ items: EvidenceItem[]; mayAdd: boolean; limitBytes: number }> {
  return deps.db.asActor(actor, async (trx) => {
    const { mayAdd, kind, id } = await visibleSubject(deps.doors, trx, actor, subject)
    const rows = await evidenceOfSubject(trx, { kind, id })
    return {
      items: rows.map((row) => presentEvidence(row, actor, mayAdd)),
      mayAdd: mayAdd && actor.permissions.has('evidence:write'),
      limitBytes: deps.config.evidenceLimitMb * 1_048_576,
    }
  })
}

/** @throws AppError `evidence.unknown` */
export async function getEvidence(deps: EvidenceDeps, actor: Actor, id: number): Promise<EvidenceItem> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await visibleEvidence(trx, id)
    return presentEvidence(row, actor, await subjectOpen(deps, trx, actor, row))
  })
}

async function subjectOpen(
  deps: EvidenceDeps,
  q: Queryable,
  actor: Actor,
  row: EvidenceRow,
): Promise<boolean> {
  const door = deps.doors.find(({ kind }) => kind === row.subject_kind)
  return (await door?.read(q, actor, row.subject_id))?.mayAdd === true
}

/** A row whose file may be handed out. Errors: `evidence.unknown`, `evidence.quarantined`. */
export async function servedEvidence(deps: EvidenceDeps, actor: Actor, id: number): Promise<EvidenceRow> {
  const row = await deps.db.asActor(actor, (trx) => visibleEvidence(trx, id))
  if (!isViewable(row))
    throw new AppError('evidence.quarantined', {
      detail: row.scan === 'infected' ? '查杀发现病毒' : '等待病毒查杀',
    })
  return row
}

/** @throws AppError `evidence.unknown`, `evidence.withdrawn`, `evidence.subject-closed`, `auth.forbidden` */
export async function withdrawEvidence(
  deps: EvidenceDeps,
  actor: Actor,
  id: number,
  reason: string,
): Promise<EvidenceItem> {
  const row = await deps.db.asActor(actor, async (trx) => {
    const before = await visibleEvidence(trx, id)
    if (before.withdrawn_ms !== null) throw new AppError('evidence.withdrawn', { detail: `证据材料 ${id}` })
    if (before.organization_id !== actor.organizationId)
      throw new AppError('auth.forbidden', {
        detail: `证据材料 ${id} 由 ${before.organization_name} 提供，由其撤回`,
      })
    const open = await subjectOpen(deps, trx, actor, before)
    if (!mayWithdraw(before, actor, open))
      throw new AppError('evidence.subject-closed', { detail: `${before.subject_kind} ${before.subject_id}` })
    if (!(await markWithdrawn(trx, id, actor.userId, reason.trim(), deps.clock.now())))
      throw new AppError('evidence.withdrawn', { detail: `证据材料 ${id}` })
    const after = await visibleEvidence(trx, id)
    await recordAudit(trx, actor, 'evidence.withdrawn', `evidence:${id}`, {
      reason: reason.trim(),
      sha256: before.sha256,
      subject: `${before.subject_kind}:${before.subject_id}`,
    })
    return after
  })
  announce(deps, row)
  return presentEvidence(row, actor, true)
}

/** Hashes the stored file again and holds it against the row and the audit chain. Errors: `evidence.unknown`. */
export async function verifyEvidence(
  deps: EvidenceDeps,
  actor: Actor,
  id: number,
): Promise<EvidenceVerification> {
  const row = await deps.db.asActor(actor, (trx) => visibleEvidence(trx, id))
  const audited = await auditedHash(deps.db.pool, id)
  const found = row.scan === 'infected' ? undefined : await computed(deps, row.sha256)
  return {
    id,
    ok: found?.sha256 === row.sha256 && audited?.sha256 === row.sha256,
    recorded: row.sha256,
    audited: audited?.sha256 ?? null,
    computed: found?.sha256 ?? null,
    bytes: found?.bytes ?? null,
    auditSeq: audited?.seq ?? null,
    checkedAt: shanghaiIso(deps.clock.now()),
  }
}

async function computed(
  deps: Pick<EvidenceDeps, 'store'>,
  sha256: string,
): Promise<{ sha256: string; bytes: number } | undefined> {
  if ((await deps.store.size(sha256)) === undefined) return undefined
  return hashOf(await deps.store.open(sha256))
}

/** What the engine counts: not withdrawn, not quarantined. Times in epoch milliseconds. */
export interface CountedEvidence {
  readonly id: number
  readonly demand: string
  readonly kind: EvidenceRow['kind']
  readonly title: string
  readonly fileName: string
  readonly mediaType: string
  readonly sha256: string
  readonly bytes: number
  readonly takenMs: number | null
  readonly uploadedMs: number
  readonly lon: number | null
  readonly lat: number | null
  readonly located: boolean
  readonly verdict: EvidenceRow['verdict']
  readonly internal: boolean
  readonly byUser: { readonly id: number; readonly name: string }
  readonly organizationId: number
}

/** Evidence of a subject that counts, in the order in which it came. */
export async function evidenceOf(q: Queryable, subject: SubjectRef): Promise<CountedEvidence[]> {
  const rows = await evidenceOfSubject(q, subject)
  return rows
    .filter((row) => row.withdrawn_ms === null && isViewable(row))
    .map((row) => ({
      id: row.id,
      demand: row.demand,
      kind: row.kind,
      title: row.title,
      fileName: row.file_name,
      mediaType: row.media_type,
      sha256: row.sha256,
      bytes: row.bytes,
      takenMs: row.taken_ms,
      uploadedMs: row.uploaded_ms,
      lon: row.lon,
      lat: row.lat,
      located: row.located,
      verdict: row.verdict,
      internal: row.internal,
      byUser: { id: row.user_id, name: row.user_name },
      organizationId: row.organization_id,
    }))
}

/** Keeps region, owner and parties of a subject's evidence with the subject's; call it where the subject changes. */
export const shareEvidence = (trx: Queryable, subject: EvidenceSubject): Promise<void> =>
  shareRows(trx, subject)
