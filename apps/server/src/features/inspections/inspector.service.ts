/** Officers with a certificate: who may be planned, on which days, and for which units they stand back. */
import type { Inspector } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { listEnterprises } from '../registry/index.ts'
import type { InspectorRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import {
  deleteAbsence,
  deleteRecusal,
  type InspectorValues,
  insertAbsence,
  regionOfUser,
  selectAbsences,
  selectInspectors,
  selectRecusals,
  upsertInspector,
  upsertRecusal,
} from './inspector.repository.ts'

export const dayOf = (ms: number): string => shanghaiIso(ms).slice(0, 10)

/** An officer with days of absence and units to stand back from. */
export interface KnownInspector extends InspectorRow {
  readonly absences: readonly { id: number; from: string; to: string; reason: string }[]
  readonly recusals: readonly { enterpriseId: number; enterpriseName: string; reason: string }[]
}

/** Officers in order of region and id, as the reader may see them. */
export async function knownInspectors(
  q: Queryable,
  filter: Parameters<typeof selectInspectors>[1],
): Promise<KnownInspector[]> {
  const rows = await selectInspectors(q, filter)
  const ids = rows.map((row) => row.id)
  const absences = Map.groupBy(await selectAbsences(q, ids), (row) => row.inspector_id)
  const recusals = Map.groupBy(await selectRecusals(q, ids), (row) => row.inspector_id)
  return rows.map((row) => ({
    ...row,
    absences: (absences.get(row.id) ?? []).map((a) => ({
      id: a.id,
      from: a.from_on,
      to: a.to_on,
      reason: a.reason,
    })),
    recusals: (recusals.get(row.id) ?? []).map((r) => ({
      enterpriseId: r.enterprise_id,
      enterpriseName: r.enterprise_name,
      reason: r.reason,
    })),
  }))
}

/** Certified, in service and not absent on a civil day. */
export function isOnDuty(inspector: KnownInspector, day: string): boolean {
  return (
    inspector.active &&
    inspector.certificate_expires >= day &&
    !inspector.absences.some((absence) => absence.from <= day && day <= absence.to)
  )
}

function present(row: KnownInspector, today: string): Inspector {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    organization: { id: row.organization_id, name: row.organization_name },
    regionCode: row.region_code,
    certificate: row.certificate,
    certificateExpires: row.certificate_expires,
    certificateValid: row.certificate_expires >= today,
    skills: row.skills,
    home: { lon: row.lon, lat: row.lat },
    minutesPerDay: row.minutes_per_day,
    active: row.active,
    absences: [...row.absences],
    recusals: [...row.recusals],
    version: row.version,
  }
}

export async function listInspectors(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: { regionCode?: number },
): Promise<{ items: Inspector[] }> {
  const today = dayOf(deps.clock.now())
  return deps.db.asActor(actor, async (trx) => {
    const rows = await knownInspectors(trx, { region: regionSpan(query.regionCode) })
    return { items: rows.map((row) => present(row, today)) }
  })
}

async function inspectorBy(q: Queryable, userId: number): Promise<KnownInspector> {
  const [row] = await knownInspectors(q, { userIds: [userId] })
  if (row === undefined)
    throw new AppError('inspection.inspector-unknown', { detail: `用户 ${userId} 没有登记执法证件` })
  return row
}

/** Errors: `inspection.inspector-unknown` when there is no such person in the actor's area. */
export async function putInspector(
  deps: InspectionRoomDeps,
  actor: Actor,
  userId: number,
  body: InspectorValues & { version?: number },
): Promise<Inspector> {
  return deps.db.asActor(actor, async (trx) => {
    const region = await regionOfUser(trx, userId)
    if (region === undefined)
      throw new AppError('inspection.inspector-unknown', { detail: `没有用户 ${userId}` })
    const [known] = await selectInspectors(trx, { userIds: [userId] })
    if (known !== undefined && body.version !== undefined && known.version !== body.version)
      throw new AppError('inspection.changed-meanwhile', { detail: `${known.name} 的登记已被修改` })
    await upsertInspector(trx, userId, region, body)
    return changed(deps, trx, actor, userId, 'inspection.inspector-registered')
  })
}

async function changed(
  deps: InspectionRoomDeps,
  trx: Trx,
  actor: Actor,
  userId: number,
  action: string,
  detail: object = {},
): Promise<Inspector> {
  const row = await inspectorBy(trx, userId)
  await recordAudit(trx, actor, action, `inspector:${row.id}`, { userId, ...detail })
  return present(row, dayOf(deps.clock.now()))
}

/** Errors: `inspection.inspector-unknown`, `inspection.period-invalid`. */
export async function addAbsence(
  deps: InspectionRoomDeps,
  actor: Actor,
  userId: number,
  absence: { from: string; to: string; reason: string },
): Promise<Inspector> {
  if (absence.to < absence.from)
    throw new AppError('inspection.period-invalid', { detail: `${absence.from} 至 ${absence.to}` })
  return deps.db.asActor(actor, async (trx) => {
    await insertAbsence(trx, await inspectorBy(trx, userId), absence)
    return changed(deps, trx, actor, userId, 'inspection.absence-added', absence)
  })
}

export async function removeAbsence(
  deps: InspectionRoomDeps,
  actor: Actor,
  userId: number,
  absenceId: number,
): Promise<Inspector> {
  return deps.db.asActor(actor, async (trx) => {
    const inspector = await inspectorBy(trx, userId)
    await deleteAbsence(trx, inspector.id, absenceId)
    return changed(deps, trx, actor, userId, 'inspection.absence-removed', { absenceId })
  })
}

/** Errors: `inspection.inspector-unknown`, `registry.enterprise-unknown`. */
export async function putRecusal(
  deps: InspectionRoomDeps,
  actor: Actor,
  userId: number,
  enterpriseId: number,
  body: { reason: string; remove?: boolean },
): Promise<Inspector> {
  return deps.db.asActor(actor, async (trx) => {
    const inspector = await inspectorBy(trx, userId)
    const [enterprise] = await listEnterprises(trx, { ids: [enterpriseId] })
    if (enterprise === undefined)
      throw new AppError('registry.enterprise-unknown', { detail: `没有排污单位 ${enterpriseId}` })
    if (body.remove === true) await deleteRecusal(trx, inspector.id, enterpriseId)
    else await upsertRecusal(trx, inspector, enterpriseId, body.reason)
    const action = body.remove === true ? 'inspection.recusal-removed' : 'inspection.recusal-added'
    return changed(deps, trx, actor, userId, action, { enterpriseId, reason: body.reason })
  })
}
