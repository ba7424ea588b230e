/** Use cases around the gateway: the allow-list, quarantine decisions, commands, planned stops. */
import type { GatewayStation, StationDialect } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { isoOrNull } from '../../platform/clock.ts'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import type { CommandKind } from './command.repository.ts'
import { commandsTopic, stationsTopic } from './gateway.ts'
import {
  type CommandRow,
  insertCommand,
  insertStop,
  registeredPoint,
  type StationRow,
  type StopRow,
  stationRow,
  upsertStation,
} from './gateway-view.repository.ts'
import { appendDecision } from './journal.ts'
import { requireInScope, requirePlace } from './record-access.ts'
import type { StationBody } from './replay.ts'
import { factoryPassword } from './station.ts'
import { onlineState } from './station-state.ts'

export function presentStation(row: StationRow, nowMs: number): GatewayStation {
  const skewMs = row.skew_ms === null ? null : Number(row.skew_ms)
  return {
    mn: row.mn,
    pointId: row.point_id,
    pointCode: row.point_code,
    pointName: row.point_name,
    regionCode: row.region_code,
    enabled: row.enabled,
    defaultPassword: row.password === factoryPassword,
    dialect: row.dialect,
    online: onlineState(
      {
        enabled: row.enabled,
        dialect: row.dialect,
        lastFrameMs: row.last_frame_at?.getTime() ?? null,
        lastDataMs: row.last_data_at?.getTime() ?? null,
        dataAdvancedMs: row.data_advanced_at?.getTime() ?? null,
        skewMs,
      },
      nowMs,
    ),
    lastFrameAt: isoOrNull(row.last_frame_at),
    lastDataAt: isoOrNull(row.last_data_at),
    lastDataTime: isoOrNull(row.last_data_time),
    skewSeconds: skewMs === null ? null : skewMs / 1000,
    address: row.address,
    frames: Number(row.frames ?? 0),
    duplicates: Number(row.duplicates ?? 0),
    revised: Number(row.revised ?? 0),
    quarantined: Number(row.quarantined ?? 0),
  }
}

export interface StationDraft {
  readonly mn: string
  readonly pointId: number
  readonly password?: string | undefined
  readonly dialect?: StationDialect | undefined
  readonly enabled?: boolean | undefined
  readonly reason: string
}

/** The units of an air station are always written down: µg/m³, CO mg/m³ unless it says otherwise. */
export const usualUnits: NonNullable<StationDialect['units']> = {
  a34004: 'µg/m³',
  a34002: 'µg/m³',
  a05024: 'µg/m³',
  a21004: 'µg/m³',
  a21026: 'µg/m³',
  a21005: 'mg/m³',
}

/**
 * Registers a field machine or changes it; journalled, because its dialect decides what its frames mean.
 * @throws AppError intake.password-required, series.point-unknown, auth.forbidden
 */
export async function saveStation(deps: Deps, actor: Actor, draft: StationDraft): Promise<GatewayStation> {
  requirePermission(actor, 'gateway:operate')
  const nowMs = deps.clock.now()
  const row = await deps.db.asActor(actor, async (trx) => {
    const point = await requirePlace(trx, actor, draft.pointId)
    const before = await stationBefore(trx, actor, draft.mn)
    const password = draft.password ?? before?.password
    if (password === undefined) throw new AppError('intake.password-required', { detail: `MN ${draft.mn}` })
    const given = draft.dialect ?? before?.dialect ?? {}
    const outlet = point.kind === 'outlet'
    const dialect = outlet ? given : { ...given, units: { ...usualUnits, ...given.units } }
    const enabled = draft.enabled ?? before?.enabled ?? true
    const body: StationBody = {
      mn: draft.mn,
      pointId: point.id,
      regionCode: point.regionCode,
      ownerId: point.ownerId,
      enabled,
      dialect,
      ...(outlet && { kind: 'outlet' as const }),
    }
    await appendDecision(trx, { type: 'station', by: actor.userId, atMs: nowMs, reason: draft.reason, body })
    await upsertStation(trx, { mn: draft.mn, pointId: point.id, password, dialect, enabled })
    await recordAudit(trx, actor, 'gateway.station-saved', `hj212:${draft.mn}`, {
      pointId: point.id,
      enabled,
      dialect,
      passwordChanged: draft.password !== undefined,
      reason: draft.reason,
    })
    return (await stationRow(trx, draft.mn)) as StationRow
  })
  deps.events.publish(stationsTopic, { mn: draft.mn })
  return presentStation(row, nowMs)
}

/**
 * The station that an MN is registered for until now. Who does not have it in the own scope must not take its MN
 * away, and with it all that the machine reports from then on.
 */
async function stationBefore(trx: Trx, actor: Actor, mn: string): Promise<StationRow | undefined> {
  const before = await stationRow(trx, mn)
  if (before === undefined) {
    if ((await registeredPoint(trx, mn)) === undefined) return undefined
    throw new AppError('auth.forbidden', { detail: `MN ${mn} 已登记给本人数据范围以外的站点` })
  }
  requireInScope(actor, { regionCode: before.region_code, ownerId: before.owner_id }, before.point_name)
  return before
}

export interface CommandDraft {
  readonly mn: string
  readonly kind: CommandKind
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const longestQueryMs = 31 * 86_400_000

/** Queues a command; the gateway that holds the station's connection sends it. */
export async function queueCommand(deps: Deps, actor: Actor, draft: CommandDraft): Promise<CommandRow> {
  requirePermission(actor, 'gateway:operate')
  const range = draft.kind.startsWith('query') ? queryRange(draft) : { fromMs: undefined, toMs: undefined }
  const row = await deps.db.asActor(actor, async (trx) => {
    const station = await stationRow(trx, draft.mn)
    if (station === undefined) throw new AppError('intake.station-unknown', { detail: `MN ${draft.mn}` })
    requireInScope(actor, { regionCode: station.region_code, ownerId: station.owner_id }, station.point_name)
    const made = await insertCommand(trx, {
      mn: draft.mn,
      kind: draft.kind,
      ...range,
      by: actor.name,
      atMs: deps.clock.now(),
    })
    await recordAudit(trx, actor, 'gateway.command', `hj212:${draft.mn}`, {
      kind: draft.kind,
      from: draft.from,
      to: draft.to,
    })
    return made
  })
  deps.events.publish(commandsTopic, { id: row.id })
  return row
}

function queryRange(draft: CommandDraft): { fromMs: number; toMs: number } {
  const fromMs = Date.parse(draft.from ?? '')
  const toMs = Date.parse(draft.to ?? '')
  if (!(fromMs <= toMs && toMs - fromMs <= longestQueryMs))
    throw new AppError('intake.command-range-invalid', {
      detail: `起 ${draft.from ?? '（无）'}，止 ${draft.to ?? '（无）'}`,
    })
  return { fromMs, toMs }
}

export interface StopDraft {
  readonly pointId: number
  readonly from: string
  readonly to: string
  readonly reason: string
}

/** Announces that a station will stand still: its hours are then missing for that reason. */
export async function createStop(deps: Deps, actor: Actor, draft: StopDraft): Promise<StopRow> {
  requirePermission(actor, 'gateway:operate')
  const fromMs = Date.parse(draft.from)
  const toMs = Date.parse(draft.to)
  if (!(fromMs < toMs))
    throw new AppError('intake.planned-stop-invalid', { detail: `${draft.from} 至 ${draft.to}` })
  return await deps.db.asActor(actor, async (trx) => {
    await requirePlace(trx, actor, draft.pointId)
    const { pointId, reason } = draft
    const row = await insertStop(trx, {
      pointId,
      fromMs,
      toMs,
      reason,
      by: actor.name,
      atMs: deps.clock.now(),
    })
    await recordAudit(trx, actor, 'gateway.planned-stop', `feature:${pointId}`, {
      from: draft.from,
      to: draft.to,
      reason,
    })
    return row
  })
}
