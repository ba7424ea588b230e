/** Human decisions about frames in quarantine: release them to a point, or set them aside. */
import type { QuarantineReason } from '@shanshui/contract'
import { decodeFrame } from '@shanshui/hj212'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { applyFrames, contentOf, type StationValues } from './frame-apply.ts'
import { loadStations } from './gateway.repository.ts'
import { usualUnits } from './gateway.service.ts'
import { decideQuarantine, openQuarantine, type QuarantineRow } from './gateway-view.repository.ts'
import { appendDecision, readRecord } from './journal.ts'
import { requireInScope, requirePlace } from './record-access.ts'
import { codecDialect, type ReleaseBody, type StationBody } from './replay.ts'
import type { ValueWriter } from './series-door.ts'
import type { Station } from './station.ts'

export interface Selection {
  readonly ids?: readonly string[] | undefined
  readonly mn?: string | undefined
  readonly reason: string
}

export interface ReleaseResult {
  readonly released: number
  readonly stillFailing: { id: string; reason: QuarantineReason }[]
}

/**
 * Reads quarantined frames again as the allow-list stands now, or for a named point, and writes their values. The
 * human decision replaces the checks of password, time and registration; a frame that still cannot be read stays.
 */
export async function releaseQuarantine(
  deps: Deps,
  writer: ValueWriter,
  actor: Actor,
  selection: Selection & { pointId?: number | undefined },
): Promise<ReleaseResult> {
  requirePermission(actor, 'gateway:operate')
  const rows = await selected(deps, actor, selection)
  const point = await targetPoint(deps, actor, selection.pointId)
  const stations = new Map((await loadStations(deps.db.pool)).map((s) => [s.mn, s]))
  const nowMs = deps.clock.now()
  return await deps.db.transaction(async (trx) => {
    const found: { row: QuarantineRow; item: StationValues; station: Station }[] = []
    const stillFailing: ReleaseResult['stillFailing'] = []
    for (const row of rows) {
      const station = placeFor(row, stations, point)
      if (station) requireInScope(actor, station, `MN ${station.mn}`)
      const item = station && (await reread(trx, row, station))
      if (item) found.push({ row, item, station })
      else stillFailing.push({ id: row.id, reason: station ? row.reason : 'mn-unknown' })
    }
    if (found.length === 0) return { released: 0, stillFailing }
    const body: ReleaseBody = {
      by: actor.name,
      frames: found.map(({ row, station }) => ({ msg: row.msg, station: withoutPassword(station) })),
    }
    await appendDecision(trx, {
      type: 'release',
      by: actor.userId,
      atMs: nowMs,
      reason: selection.reason,
      body,
    })
    const cause = { by: actor.name, reason: selection.reason, atMs: nowMs }
    await applyFrames(
      trx,
      writer,
      found.map((f) => f.item),
      cause,
    )
    const ids = found.map((f) => f.row.id)
    const released = await decideQuarantine(trx, ids, 'released', actor.name, selection.reason, nowMs)
    await recordAudit(trx, actor, 'gateway.quarantine-released', 'hj212', { ids, reason: selection.reason })
    return { released, stillFailing }
  })
}

async function selected(deps: Deps, actor: Actor, selection: Selection): Promise<QuarantineRow[]> {
  if (selection.ids === undefined && selection.mn === undefined)
    throw new AppError('intake.quarantine-selection-empty')
  return await deps.db.asActor(actor, (trx) => openQuarantine(trx, { ids: selection.ids, mn: selection.mn }))
}

async function targetPoint(deps: Deps, actor: Actor, pointId: number | undefined) {
  if (pointId === undefined) return undefined
  return deps.db.asActor(actor, (trx) => requirePlace(trx, actor, pointId))
}

type PlacePoint = { id: number; kind: string; regionCode: number; ownerId: number }

function placeFor(
  row: QuarantineRow,
  stations: Map<string, Station>,
  point: PlacePoint | undefined,
): Station | undefined {
  const known = row.mn === null ? undefined : stations.get(row.mn)
  if (point === undefined) return known
  return {
    mn: row.mn ?? '',
    pointId: point.id,
    regionCode: point.regionCode,
    ownerId: point.ownerId,
    password: '',
    enabled: true,
    dialect: known?.dialect ?? (point.kind === 'outlet' ? {} : { units: usualUnits }),
    ...(point.kind === 'outlet' && { kind: point.kind }),
  }
}

async function reread(trx: Trx, row: QuarantineRow, station: Station): Promise<StationValues | undefined> {
  const record = await readRecord(trx, BigInt(row.msg))
  if (record === undefined) return undefined
  const frame = decodeFrame(record.bytes, { dialect: () => codecDialect(station) })
  if (frame.fault !== null) return undefined
  return contentOf(frame, station, BigInt(row.msg))
}

function withoutPassword({ password: _, ...station }: Station): StationBody {
  return station
}

/** Sets frames aside for good; their bytes stay in the journal. */
export async function dismissQuarantine(deps: Deps, actor: Actor, selection: Selection): Promise<number> {
  requirePermission(actor, 'gateway:operate')
  const rows = await selected(deps, actor, selection)
  if (rows.length === 0) return 0
  const nowMs = deps.clock.now()
  return await deps.db.asActor(actor, async (trx) => {
    const ids = rows.map((r) => r.id)
    const body = { by: actor.name, msgs: rows.map((r) => r.msg) }
    await appendDecision(trx, {
      type: 'dismiss',
      by: actor.userId,
      atMs: nowMs,
      reason: selection.reason,
      body,
    })
    const count = await decideQuarantine(trx, ids, 'dismissed', actor.name, selection.reason, nowMs)
    await recordAudit(trx, actor, 'gateway.quarantine-dismissed', 'hj212', { ids, reason: selection.reason })
    return count
  })
}
