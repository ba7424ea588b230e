/** Pools of the double random inspection, with the ceiling and the positive list of each unit. */
import type { getPools, PoolKind, PoolSummary, PoolUnit, SpecialReason } from '@shanshui/contract'
import type { Static } from 'typebox'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { cursorId } from '../../platform/page.ts'
import { regionSpan } from '../../platform/region.ts'
import { listEnterprises, type Point } from '../registry/index.ts'
import { isoOf } from '../series/index.ts'
import type { UnitRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { dayOf, isOnDuty, knownInspectors } from './inspector.service.ts'
import { openMattersOf } from './matter.repository.ts'
import {
  countPools,
  deleteOtherUnits,
  selectUnits,
  type UnitChange,
  type UnitDraft,
  updateUnit,
  upsertUnits,
} from './pool.repository.ts'
import { levelOf, quarterOf, quotaOf } from './quota.ts'
import { type RiskFacts, riskOf } from './risk.ts'
import { readSettings, type Settings } from './setting.service.ts'
import { permitClassOf, riskFactsOf } from './unit-facts.ts'

const poolOrder: readonly PoolKind[] = ['key', 'general', 'special']

export const capOf = (row: UnitRow, settings: Settings): { visits: number; source: string } => {
  if (row.cap !== null) return { visits: row.cap, source: row.cap_source ?? '' }
  const setting = settings.row(`cap.${row.kind}`)
  return { visits: setting.value, source: setting.source }
}

function presentUnit(row: UnitRow, settings: Settings): PoolUnit {
  const cap = capOf(row, settings)
  return {
    enterprise: { id: row.enterprise_id, name: row.name, code: row.code },
    regionCode: row.region_code,
    kind: row.kind,
    reason: row.reason,
    specialReason: row.special_reason,
    visitsThisYear: row.visits,
    cap: cap.visits,
    capSource: cap.source,
    capReached: row.visits >= cap.visits,
    positiveList:
      row.positive_from === null || row.positive_to === null
        ? null
        : { from: row.positive_from, to: row.positive_to, reason: row.positive_reason ?? '' },
    drawnThisYear: row.drawn,
    lastVisitOn: row.last_visit,
    risk: row.risk,
  }
}

type Pools = Static<(typeof getPools)['response'][200]>

export async function poolsOf(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: { regionCode: number; date?: string },
): Promise<Pools> {
  const day = query.date ?? dayOf(deps.clock.now())
  return deps.db.asActor(actor, async (trx) => {
    const region = regionSpan(query.regionCode)
    const settings = await readSettings(trx)
    const officers = (await knownInspectors(trx, { region })).filter((one) => isOnDuty(one, day)).length
    const quarter = quarterOf(day)
    const counted = await countPools(trx, region, Number(day.slice(0, 4)), quarter)
    const byKind = new Map(counted.map((row) => [row.kind, row]))
    const builtMs = Math.max(...counted.map((row) => row.built_ms ?? 0), 0)
    return {
      regionCode: query.regionCode,
      level: levelOf(query.regionCode),
      quarter,
      officers,
      builtAt: builtMs === 0 ? null : isoOf(builtMs),
      pools: poolOrder.map((kind): PoolSummary => {
        const row = byKind.get(kind)
        const units = row?.units ?? 0
        return {
          kind,
          units,
          drawnThisYear: row?.drawn_year ?? 0,
          drawnThisQuarter: row?.drawn_quarter ?? 0,
          ...quotaOf(kind, query.regionCode, { units, officers }, settings),
        }
      }),
    }
  })
}

export async function listUnits(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: { regionCode: number; kind?: PoolKind; search?: string; limit?: number; cursor?: string },
): Promise<{ items: PoolUnit[]; next: string | null }> {
  const limit = query.limit ?? 100
  return deps.db.asActor(actor, async (trx) => {
    const settings = await readSettings(trx)
    const rows = await selectUnits(trx, {
      today: dayOf(deps.clock.now()),
      region: regionSpan(query.regionCode),
      kind: query.kind,
      search: query.search,
      afterId: cursorId(query.cursor),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => presentUnit(row, settings)),
      next: rows.length > limit && last !== undefined ? String(last.enterprise_id) : null,
    }
  })
}

interface Special {
  readonly kind: PoolKind
  readonly reason: string
  readonly specialReason: SpecialReason | null
}

/** Special by what was found, otherwise by the class of the permit. */
function poolOf(
  enterprise: Point,
  facts: RiskFacts,
  open: { readonly supervision: boolean },
  settings: Settings,
): Special {
  const leads = settings.number('special.leads')
  if (facts.confirmedLeads >= leads)
    return {
      kind: 'special',
      specialReason: 'confirmed-leads',
      reason: `一年内查实线索 ${facts.confirmedLeads} 条（达到 ${leads} 条）`,
    }
  if (open.supervision) return { kind: 'special', specialReason: 'supervision', reason: '正在挂牌督办' }
  const permitClass = permitClassOf(enterprise)
  return permitClass === 'key'
    ? { kind: 'key', specialReason: null, reason: '排污许可重点管理' }
    : {
        kind: 'general',
        specialReason: null,
        reason: permitClass === 'simplified' ? '排污许可简化管理' : '排污登记管理',
      }
}

async function draftsOf(
  q: Queryable,
  deps: InspectionRoomDeps,
  enterprises: readonly Point[],
  settings: Settings,
): Promise<UnitDraft[]> {
  const nowMs = deps.clock.now()
  const facts = await riskFactsOf(q, deps.doors, enterprises, nowMs)
  const matters = await openMattersOf(
    q,
    enterprises.map((one) => one.id),
  )
  const supervised = new Set(
    matters
      .filter((one) => one.workflow === 'supervision' && one.phase === 'open')
      .map((one) => one.enterprise_id),
  )
  return enterprises.flatMap((enterprise) => {
    const known = facts.get(enterprise.id)
    if (known === undefined) return []
    const risk = riskOf(known, settings)
    const pool = poolOf(enterprise, known, { supervision: supervised.has(enterprise.id) }, settings)
    return [
      {
        enterpriseId: enterprise.id,
        regionCode: enterprise.regionCode,
        ...pool,
        risk: risk.value,
        riskParts: risk.parts,
      },
    ]
  })
}

/** Rebuilds the pools of a region from the registry, confirmed leads and supervision. */
export async function buildPools(
  deps: InspectionRoomDeps,
  actor: Actor,
  regionCode: number,
): Promise<{ added: number; moved: number; removed: number }> {
  return deps.db.asActor(actor, async (trx) => {
    const settings = await readSettings(trx)
    const enterprises = await listEnterprises(trx, { regionCode })
    const drafts = await draftsOf(trx, deps, enterprises, settings)
    const { added, moved } = await upsertUnits(trx, drafts, deps.clock.now())
    const removed = await deleteOtherUnits(
      trx,
      regionSpan(regionCode),
      drafts.map((draft) => draft.enterpriseId),
    )
    const counts = { added, moved, removed }
    await recordAudit(trx, actor, 'inspection.pools-built', `region:${regionCode}`, counts)
    return counts
  })
}

/** Errors: `inspection.unit-unknown`, `inspection.period-invalid`. */
export async function putUnit(
  deps: InspectionRoomDeps,
  actor: Actor,
  enterpriseId: number,
  change: UnitChange,
): Promise<PoolUnit> {
  const list = change.positiveList
  if (list !== undefined && list !== null && list.to < list.from)
    throw new AppError('inspection.period-invalid', { detail: `${list.from} 至 ${list.to}` })
  return deps.db.asActor(actor, async (trx) => {
    const settings = await readSettings(trx)
    const filter = { today: dayOf(deps.clock.now()), ids: [enterpriseId], limit: 1 }
    const [known] = await selectUnits(trx, filter)
    if (known === undefined)
      throw new AppError('inspection.unit-unknown', { detail: `对象库中没有单位 ${enterpriseId}` })
    await updateUnit(trx, enterpriseId, change)
    const [row] = await selectUnits(trx, filter)
    if (row === undefined) throw new Error('the unit vanished within its transaction')
    await recordAudit(trx, actor, 'inspection.unit-changed', `inspection-unit:${enterpriseId}`, change)
    return presentUnit(row, settings)
  })
}
