/** Holds the three ledgers against each other; what diverges becomes a lead, what agrees again calms it. */
import { type Actor, requirePermission } from '../../platform/actor.ts'
import type { Trx } from '../../platform/db/index.ts'
import { listOutlets } from '../registry/index.ts'
import { dayOf, endOf, startOf } from './civil-time.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { dropDivergence, putDivergence, selectDivergences } from './tonnage.repository.ts'
import { lastDayOf, ledgersOf, type OutletLedger, tonnesText } from './tonnage.service.ts'
import { ruleValues } from './tonnage-rules.ts'

export const divergenceRule = 'permit.ledger-divergence'

/** Factor of HJ 212 that stands for a pollutant; the pollutant's name where it has none. */
const factorOf: Readonly<Record<string, string>> = {
  SO2: 'a21026',
  NOx: 'a21002',
  PM: 'a34013',
  VOCs: 'a24088',
  COD: 'w01018',
  'NH3-N': 'w21003',
  TP: 'w21011',
  TN: 'w21001',
}

export interface ReconcileResult {
  readonly compared: number
  readonly diverging: number
  /** Newly opened. */
  readonly leads: number
}

export async function reconcileByHand(
  deps: PermitRoomDeps,
  actor: Actor,
  year: number,
): Promise<ReconcileResult> {
  requirePermission(actor, 'total:write')
  const ids = await deps.db.asActor(actor, async (trx) => (await listOutlets(trx)).map((outlet) => outlet.id))
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
  const thisMonth = dayOf(deps.clock.now()).slice(0, 7)
  let compared = 0
  let diverging = 0
  let leads = 0
  for (const ledger of ledgers) {
    const ended = ledger.row.months.filter((month) => month.month < thisMonth)
    compared += ended.filter((month) => month.within !== null).length
    const apart = ended.filter((month) => month.within === false)
    diverging += apart.length
    const known = await selectDivergences(q, year, [ledger.outlet.id])
    const stale = known.filter(
      (row) => row.pollutant === ledger.pollutant && !apart.some((month) => month.month === row.month),
    )
    if (apart.length === 0 && stale.length === 0) continue
    leads += await deps.db.transaction((trx) => noteDivergence(deps, trx, ledger, apart, stale, tolerance))
  }
  if (diverging > 0) deps.events.publish('total', { year })
  return { compared, diverging, leads }
}

/** Stores the months that diverge and raises one lead for the outlet and pollutant; 1 when it is new. */
async function noteDivergence(
  deps: PermitRoomDeps,
  trx: Trx,
  { outlet, pollutant }: OutletLedger,
  apart: OutletLedger['row']['months'],
  stale: readonly { month: string }[],
  tolerance: number,
): Promise<number> {
  const now = deps.clock.now()
  const factor = factorOf[pollutant] ?? pollutant
  for (const { month } of stale) await dropDivergence(trx, outlet.id, pollutant, month)
  const first = apart[0]
  const last = apart.at(-1)
  if (first === undefined || last === undefined) {
    await deps.doors.calmLead(trx, outlet.id, divergenceRule, now, factor)
    return 0
  }
  const worst = apart.reduce((a, b) => ((b.divergence ?? 0) > (a.divergence ?? 0) ? b : a), first)
  const percent = (worst.divergence ?? 0) * 100
  const { leadId, transition } = await deps.doors.raiseLead(
    trx,
    {
      ruleId: divergenceRule,
      featureId: outlet.id,
      enterpriseId: outlet.enterprise.id,
      factor,
      regionCode: outlet.regionCode,
      ownerId: outlet.ownerId,
      fromMs: startOf(`${first.month}-01`),
      toMs: endOf(lastDayOf(last.month)),
      score: percent >= 4 * tolerance ? 0.4 : 0.25,
      level: percent >= 4 * tolerance ? 'medium' : 'watch',
      statistic: { name: '三本账最大相对偏差', value: percent, unit: '%' },
      threshold: `相对偏差不超过 ${tolerance}%`,
      n: apart.length,
      explanation: explanationOf(pollutant, apart, worst),
      refutation: '核对自动监测有效率与替代数据、执行报告填报口径、产量与系数；改正有误的一本后自动复核。',
      evidence: { hoursMs: [], msgs: [] },
    },
    now,
  )
  for (const month of apart) {
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

function explanationOf(
  pollutant: string,
  apart: OutletLedger['row']['months'],
  worst: OutletLedger['row']['months'][number],
): string {
  const value = (tonnes: number | null) => (tonnes === null ? '无' : `${tonnesText(tonnes)} t`)
  return (
    `${pollutant} 有 ${apart.length} 个月三本账不符（${apart.map((month) => month.month).join('、')}）；` +
    `最大在 ${worst.month}：${worst.between}相差 ${((worst.divergence ?? 0) * 100).toFixed(1)}%，` +
    `自动监测 ${value(worst.online)}、执行报告 ${value(worst.reported)}、系数核算 ${value(worst.accounted)}。`
  )
}
