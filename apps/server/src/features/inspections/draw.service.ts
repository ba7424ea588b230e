/** Double random draws: made from frozen pools, kept whole, and repeated by anybody who asks. */
import { isDeepStrictEqual } from 'node:util'
import type { Draw, DrawDetail, PoolKind } from '@shanshui/contract'
import { endOfWorkingDays } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { cursorId } from '../../platform/page.ts'
import { regionSpan } from '../../platform/region.ts'
import { isoOf } from '../series/index.ts'
import {
  type DrawOfficer,
  type DrawUnit,
  drawOfficers,
  drawUnits,
  type PairDraw,
  type UnitDraw,
} from './draw/index.ts'
import {
  drawById,
  drawnOf,
  drawOfCommand,
  insertDraw,
  insertDrawn,
  moveDraw,
  selectDraws,
} from './draw.repository.ts'
import type { DrawAsked, DrawRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { nextSerial } from './inspector.repository.ts'
import { dayOf, isOnDuty, knownInspectors } from './inspector.service.ts'
import { selectUnits } from './pool.repository.ts'
import { quarterOf, quotaOf } from './quota.ts'
import { readSettings } from './setting.service.ts'

const mostUnits = 20_000
const usualReserves = 3

export interface DrawAsk {
  readonly regionCode: number
  readonly kind: PoolKind
  readonly publicRandomness: string
  readonly rate?: number
  readonly reserves?: number
  readonly commandId?: string
}

/** Errors: `inspection.pool-empty`. A command given twice answers the draw of the first time. */
export async function makeDraw(deps: InspectionRoomDeps, actor: Actor, ask: DrawAsk): Promise<DrawDetail> {
  const nowMs = deps.clock.now()
  const today = dayOf(nowMs)
  return deps.db.asActor(actor, async (trx) => {
    const before = ask.commandId === undefined ? undefined : await drawOfCommand(trx, ask.commandId)
    if (before !== undefined) return detailOf(trx, before)
    const settings = await readSettings(trx)
    const region = regionSpan(ask.regionCode)
    const rows = await selectUnits(trx, { today, region, kind: ask.kind, limit: mostUnits })
    const pool: DrawUnit[] = rows.map((row) => ({
      id: String(row.enterprise_id),
      title: row.name,
      drawnThisYear: row.drawn,
    }))
    const officers = (await knownInspectors(trx, { region }))
      .filter((one) => isOnDuty(one, today))
      .map(
        (one): DrawOfficer => ({
          id: String(one.user_id),
          name: one.name,
          conflicts: one.recusals.map((recusal) => String(recusal.enterpriseId)),
        }),
      )
    if (pool.length === 0 || officers.length < 2)
      throw new AppError('inspection.pool-empty', {
        detail: `对象 ${pool.length} 家，持证在岗执法人员 ${officers.length} 人`,
      })
    const usual = quotaOf(
      ask.kind,
      ask.regionCode,
      { units: pool.length, officers: officers.length },
      settings,
    )
    const rate = ask.rate ?? usual.rate
    const asked: DrawAsked = {
      rate: rate ?? 0,
      ...(rate === null ? { quota: usual.quota } : {}),
      publicRandomness: ask.publicRandomness,
      timestamp: shanghaiIso(nowMs),
      reserves: ask.reserves ?? usualReserves,
    }
    const units = drawUnits(pool, asked)
    const pairs = drawOfficers(units.chosen, officers, asked)
    const year = Number(today.slice(0, 4))
    const id = await insertDraw(trx, {
      number: await nextSerial(trx, 'CQ', ask.regionCode, year),
      regionCode: ask.regionCode,
      kind: ask.kind,
      quarter: quarterOf(today),
      rate,
      quota: units.quota,
      asked,
      pool,
      officers,
      units,
      pairs,
      atMs: nowMs,
      by: actor.userId,
      commandId: ask.commandId,
    })
    return changed(trx, actor, id, 'inspection.drawn', { seed: units.seed, chosen: units.chosen.length })
  })
}

async function changed(
  trx: Trx,
  actor: Actor,
  id: number,
  action: string,
  detail: object,
): Promise<DrawDetail> {
  const answer = await detailOf(trx, id)
  await announceIn(trx, [{ topic: 'inspection', data: { id } }])
  await recordAudit(trx, actor, action, `inspection-draw:${id}`, detail)
  return answer
}

const presentDraw = (row: DrawRow): Draw => ({
  id: row.id,
  number: row.number,
  regionCode: row.region_code,
  kind: row.kind,
  quarter: row.quarter,
  state: row.state,
  rate: row.rate,
  quota: row.quota,
  poolSize: row.pool.length,
  drawnAt: isoOf(row.drawn_ms),
  drawnBy: row.drawn_by_name ?? '',
  frozenAt: row.frozen_ms === null ? null : isoOf(row.frozen_ms),
  publishedAt: row.published_ms === null ? null : isoOf(row.published_ms),
  publishBy: row.publish_by,
  algorithm: row.units.algorithm,
  publicRandomness: row.settings.publicRandomness,
  unitPoolHash: row.units.poolHash,
  officerPoolHash: row.pairs.poolHash,
  unitSeed: row.units.seed,
  officerSeed: row.pairs.seed,
  version: row.version,
})

async function rowOf(q: Queryable, id: number): Promise<DrawRow> {
  const row = await drawById(q, id)
  if (row === undefined) throw new AppError('inspection.draw-unknown', { detail: `没有抽取 ${id}` })
  return row
}

async function detailOf(q: Queryable, id: number): Promise<DrawDetail> {
  const row = await rowOf(q, id)
  const titles = new Map(row.pool.map((unit) => [unit.id, unit.title]))
  const codes = await codesOfUnits(q, row)
  const unit = (unitId: string) => ({
    id: Number(unitId),
    name: titles.get(unitId) ?? unitId,
    code: codes.get(Number(unitId)) ?? '',
  })
  const names = new Map(row.officers.map((one) => [one.id, one.name]))
  const person = (userId: string) => ({ id: Number(userId), name: names.get(userId) ?? userId })
  const done = new Map((await drawnOf(q, id)).map((one) => [one.enterprise_id, one]))
  const pairs = new Map(row.pairs.pairs.map((pair) => [pair.unitId, pair]))
  return {
    ...presentDraw(row),
    pool: row.pool.map((one) => ({
      id: one.id,
      title: one.title,
      drawnThisYear: one.drawnThisYear === true,
    })),
    officers: row.officers.map((one) => ({
      id: one.id,
      name: one.name,
      conflicts: [...(one.conflicts ?? [])],
    })),
    order: [...row.units.order],
    chosen: row.units.chosen.map((unitId) => {
      const pair = pairs.get(unitId)
      const drawn = done.get(Number(unitId))
      return {
        enterprise: unit(unitId),
        officers: (pair?.officers ?? []).map(person),
        reserveOfficer: pair === undefined || pair.reserve === null ? null : person(pair.reserve),
        taskId: drawn?.task_id ?? null,
        visitedOn: drawn?.visited_on ?? null,
      }
    }),
    reserve: row.units.reserve.map(unit),
    unassigned: row.pairs.unassigned.map(unit),
    repeated: row.units.repeated,
  }
}

async function codesOfUnits(q: Queryable, row: DrawRow): Promise<Map<number, string>> {
  const ids = [...row.units.chosen, ...row.units.reserve].map(Number)
  const rows = await selectUnits(q, { today: dayOf(row.drawn_ms), ids, limit: ids.length })
  return new Map(rows.map((unit) => [unit.enterprise_id, unit.code]))
}

export async function listDraws(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: { regionCode?: number; kind?: PoolKind; limit?: number; cursor?: string },
): Promise<{ items: Draw[]; next: string | null }> {
  const limit = query.limit ?? 100
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectDraws(trx, {
      region: regionSpan(query.regionCode),
      kind: query.kind,
      beforeId: cursorId(query.cursor),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    return {
      items: page.map(presentDraw),
      next: rows.length > limit ? String(page.at(-1)?.id) : null,
    }
  })
}

export async function getDraw(deps: InspectionRoomDeps, actor: Actor, id: number): Promise<DrawDetail> {
  return deps.db.asActor(actor, (trx) => detailOf(trx, id))
}

/** Errors: `inspection.draw-unknown`, `inspection.draw-state`, `inspection.changed-meanwhile`. */
export async function freezeDraw(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  version: number,
): Promise<DrawDetail> {
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const row = await expectState(trx, id, 'drawn')
    const settings = await readSettings(trx)
    const publishBy = endOfWorkingDays(dayOf(nowMs), settings.number('publish.days'))
    await move(trx, row, version, { state: 'frozen', atMs: nowMs, publishBy })
    const regions = new Map(
      (
        await selectUnits(trx, {
          today: dayOf(nowMs),
          ids: row.units.chosen.map(Number),
          limit: row.units.chosen.length,
        })
      ).map((unit) => [unit.enterprise_id, unit.region_code]),
    )
    await insertDrawn(
      trx,
      id,
      Number(row.quarter.slice(0, 4)),
      row.pairs.pairs.map((pair) => ({
        enterpriseId: Number(pair.unitId),
        regionCode: regions.get(Number(pair.unitId)) ?? row.region_code,
        officers: pair.officers.map(Number),
        reserveOfficer: pair.reserve === null ? null : Number(pair.reserve),
      })),
    )
    return changed(trx, actor, id, 'inspection.draw-frozen', { publishBy })
  })
}

/** Errors: as `freezeDraw`. */
export async function publishDraw(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  version: number,
): Promise<DrawDetail> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await expectState(trx, id, 'frozen')
    await move(trx, row, version, { state: 'published', atMs: deps.clock.now(), publishBy: null })
    return changed(trx, actor, id, 'inspection.draw-published', {})
  })
}

async function expectState(q: Queryable, id: number, state: DrawRow['state']): Promise<DrawRow> {
  const row = await rowOf(q, id)
  if (row.state !== state)
    throw new AppError('inspection.draw-state', { detail: `${row.number} 的状态是 ${row.state}` })
  return row
}

async function move(
  trx: Trx,
  row: DrawRow,
  version: number,
  to: Parameters<typeof moveDraw>[3],
): Promise<void> {
  if (!(await moveDraw(trx, row.id, version, to)))
    throw new AppError('inspection.changed-meanwhile', { detail: `${row.number} 已被他人处理` })
}

export interface Replay {
  readonly equal: boolean
  readonly differences: string[]
  readonly unitPoolHash: string
  readonly unitSeed: string
  readonly chosen: string[]
}

/** Draws again from what is stored and compares everything. */
export async function replayDraw(deps: InspectionRoomDeps, actor: Actor, id: number): Promise<Replay> {
  const row = await deps.db.asActor(actor, (trx) => rowOf(trx, id))
  const units: UnitDraw = drawUnits(row.pool, row.settings)
  const pairs: PairDraw = drawOfficers(units.chosen, row.officers, row.settings)
  const differences = [
    ...differencesOf('对象抽取', row.units, units),
    ...differencesOf('人员抽取', row.pairs, pairs),
  ]
  return {
    equal: differences.length === 0,
    differences,
    unitPoolHash: units.poolHash,
    unitSeed: units.seed,
    chosen: [...units.chosen],
  }
}

/** Names of the fields in which two answers differ. */
function differencesOf(what: string, stored: object, again: object): string[] {
  const left: Record<string, unknown> = { ...stored }
  // Stored answers went through JSON.
  const right: Record<string, unknown> = JSON.parse(JSON.stringify(again))
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((name) => !isDeepStrictEqual(left[name], right[name]))
    .map((name) => `${what}：${name} 不一致`)
}
