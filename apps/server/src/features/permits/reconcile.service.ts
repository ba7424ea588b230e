/** Holds the three ledgers against each other; what diverges becomes a lead, what agrees again calms it. */
import type { LedgerMonth } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { dateOf, midnightOf } from '../series/index.ts'
import { endOf } from './civil-time.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { dropDivergence, putDivergence, selectDivergences } from './tonnage.repository.ts'
import { lastDayOf, ledgersOf, type OutletLedger, tonnesText } from './tonnage.service.ts'
import { ruleValues } from './tonnage-rules.ts'

const divergenceRule = 'permit.ledger-divergence'

export interface ReconcileResult {
  readonly compared: number
  readonly diverging: number
  /** Newly opened. */
  readonly leads: number
}

/** A month of a pollutant in which two ledgers are further apart than the tolerance. */
interface Apart {
  readonly pollutant: string
  readonly month: LedgerMonth
}

export async function reconcileByHand(
  deps: PermitRoomDeps,
  actor: Actor,
  year: number,
): Promise<ReconcileResult> {
  requirePermission(actor, 'total:write')
  const ids = await deps.db.asActor(actor, async (trx) => {
    const outlets = await listOutlets(trx)
    await recordAudit(trx, actor, 'total.reconciled', `tonnage:${year}`, { outlets: outlets.length })
    return outlets.map((outlet) => outlet.id)
  })
  return reconcileYear(deps, year, ids)
}

/** Months that have ended; outlets one by one, so that no lock is held for long. */
export async function reconcileYear(
  deps: PermitRoomDeps,
  year: number,
  outletIds?: readonly number[],
): Promise<ReconcileResult> {
  const q = deps.db.pool
  const outlets = await listOutlets(q, outletIds === undefined ? {} : { ids: outletIds })
  const ledgers = await ledgersOf(deps, q, outlets, year)
  const tolerance = (await ruleValues(q))['ledger.tolerance-percent']
  const thisMonth = dateOf(deps.clock.now()).slice(0, 7)
  const known = await selectDivergences(
    q,
    year,
    outlets.map((outlet) => outlet.id),
  )
  const ledgersOfOutlet = Map.groupBy(ledgers, (ledger) => ledger.outlet.id)
  const knownOfOutlet = Map.groupBy(known, (row) => row.outlet_id)
  let compared = 0
  let diverging = 0
  let leads = 0
  for (const outlet of outlets) {
    const months = (ledgersOfOutlet.get(outlet.id) ?? []).flatMap(endedBefore(thisMonth))
    compared += months.filter(({ month }) => month.within !== null).length
    const apart = months.filter(({ month }) => month.within === false)
    diverging += apart.length
    const stale = (knownOfOutlet.get(outlet.id) ?? []).filter(
      (row) =>
        !apart.some(({ pollutant, month }) => pollutant === row.pollutant && month.month === row.month),
    )
    if (apart.length === 0 && stale.length === 0) continue
    leads += await deps.db.transaction((trx) => noteDivergence(deps, trx, outlet, apart, stale, tolerance))
  }
  if (diverging > 0) deps.events.publish('total', { year })
  return { compared, diverging, leads }
}

const endedBefore =
  (thisMonth: string) =>
  ({ pollutant, row }: OutletLedger): Apart[] =>
    row.months.filter((month) => month.month < thisMonth).map((month) => ({ pollutant, month }))

/** Stores the months that diverge and raises one lead for the outlet, whatever the pollutants; 1 when it is new. */
async function noteDivergence(
  deps: PermitRoomDeps,
  trx: Trx,
  outlet: Outlet,
  apart: readonly Apart[],
  stale: readonly { pollutant: string; month: string }[],
  tolerance: number,
): Promise<number> {
  const now = deps.clock.now()
  for (const { pollutant, month } of stale) await dropDivergence(trx, outlet.id, pollutant, month)
  const worst = [...apart].sort((a, b) => (b.month.divergence ?? 0) - (a.month.divergence ?? 0))[0]
  if (worst === undefined) {
    await deps.doors.calmLead(trx, outlet.id, divergenceRule, now)
    return 0
  }
  const months = apart.map(({ month }) => month.month).sort()
  const percent = (worst.month.divergence ?? 0) * 100
  const grave = percent >= 4 * tolerance
  const { leadId, transition } = await deps.doors.raiseLead(
    trx,
    {
      ruleId: divergenceRule,
      featureId: outlet.id,
      enterpriseId: outlet.enterprise.id,
      factor: null,
      regionCode: outlet.regionCode,
      ownerId: outlet.ownerId,
      fromMs: midnightOf(`${months[0]}-01`),
      toMs: endOf(lastDayOf(months.at(-1) ?? '')),
      score: grave ? 0.4 : 0.25,
      level: grave ? 'medium' : 'watch',
      statistic: { name: '三本账最大相对偏差', value: percent, unit: '%' },
      threshold: `相对偏差不超过 ${tolerance}%`,
      n: apart.length,
      explanation: explanationOf(apart, worst),
      refutation: '核对自动监测有效率与替代数据、执行报告填报口径、产量与系数；改正有误的一本后自动复核。',
      evidence: { hoursMs: [], msgs: [] },
    },
    now,
  )
  for (const { pollutant, month } of apart) {
    await putDivergence(
      trx,
      {
        outletId: outlet.id,
        pollutant,
        month: month.month,
        divergence: month.divergence ?? 0,
        between: month.between ?? '',
        leadId: leadId > 0 ? leadId : null,
        regionCode: outlet.regionCode,
        ownerId: outlet.ownerId,
      },
      now,
    )
  }
  return transition === 'opened' ? 1 : 0
}

function explanationOf(apart: readonly Apart[], worst: Apart): string {
  const value = (tonnes: number | null) => (tonnes === null ? '无' : `${tonnesText(tonnes)} t`)
  const byPollutant = [...new Set(apart.map(({ pollutant }) => pollutant))].map((pollutant) => {
    const months = apart.filter((one) => one.pollutant === pollutant).map(({ month }) => month.month)
    return `${pollutant}（${months.join('、')}）`
  })
  const { month } = worst
  return (
    `三本账不符：${byPollutant.join('；')}。最大为 ${worst.pollutant} ${month.month}，` +
    `${month.between}相差 ${((month.divergence ?? 0) * 100).toFixed(1)}%：` +
    `自动监测 ${value(month.online)}、执行报告 ${value(month.reported)}、系数核算 ${value(month.accounted)}。`
  )
}
