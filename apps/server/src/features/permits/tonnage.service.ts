/** Three ledgers of tonnes by outlet, pollutant and month; permitted against actual; divergences become leads. */
import type { LedgerMonth, LedgerRow } from '@shanshui/contract'
import { monthsBetween, periodOf, reconcile, roundHalfEven } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { decodeCursor } from '../series/index.ts'
import { defaultPage, pageOf } from './page.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { selectReportedTonnes } from './report.repository.ts'
import { selectAccounting, selectDivergences } from './tonnage.repository.ts'
import { type RuleKey, ruleValues, tonnageRules } from './tonnage-rules.ts'

export const ledgerNames = { online: '自动监测', reported: '执行报告', accounted: '系数核算' } as const

interface Cell {
  online: number | null
  validShare: number | null
  reported: number | null
  accounted: number | null
  leadId: number | null
}
export interface OutletLedger {
  readonly outlet: Outlet
  readonly pollutant: string
  readonly row: LedgerRow
}

/** Ledgers of outlets in a year, in order of outlet and pollutant; outlets without any tonne are left out. */
export async function ledgersOf(
  deps: PermitRoomDeps,
  q: Queryable,
  outlets: readonly Outlet[],
  year: number,
): Promise<OutletLedger[]> {
  const ids = outlets.map((outlet) => outlet.id)
  if (ids.length === 0) return []
  const rules = await ruleValues(q)
  const cells = new Map<string, Cell>()
  const cell = (outletId: number, pollutant: string, month: string): Cell => {
    const key = `${outletId} ${pollutant} ${month}`
    const known = cells.get(key)
    if (known !== undefined) return known
    const made: Cell = { online: null, validShare: null, reported: null, accounted: null, leadId: null }
    cells.set(key, made)
    return made
  }
  for (const m of await deps.doors.monthlyMass(q, { year, outletIds: ids })) {
    Object.assign(cell(m.outletId, m.pollutant, m.month), { online: m.kg / 1000, validShare: m.validShare })
  }
  for (const r of await selectReportedTonnes(q, year, ids)) {
    cell(r.outlet_id, r.pollutant, r.month).reported = r.tonnes
  }
  for (const a of await selectAccounting(q, { year, outletIds: ids })) {
    cell(a.outlet_id, a.pollutant, a.month).accounted = a.tonnes
  }
  for (const d of await selectDivergences(q, year, ids)) {
    cell(d.outlet_id, d.pollutant, d.month).leadId = d.lead_id
  }
  const pollutants = new Map<number, Set<string>>()
  for (const key of cells.keys()) {
    const [id = '', pollutant = ''] = key.split(' ')
    const of = pollutants.get(Number(id)) ?? new Set<string>()
    pollutants.set(Number(id), of.add(pollutant))
  }
  const months = monthsBetween(`${year}-01-01`, `${year}-12-31`)
  return outlets.flatMap((outlet) =>
    [...(pollutants.get(outlet.id) ?? [])].sort().map((pollutant) => {
      const of = months.flatMap((month) => {
        const found = cells.get(`${outlet.id} ${pollutant} ${month}`)
        return found === undefined ? [] : [ledgerMonth(month, found, rules)]
      })
      return { outlet, pollutant, row: ledgerRow(outlet, pollutant, of) }
    }),
  )
}

function ledgerMonth(month: string, cell: Cell, rules: Readonly<Record<RuleKey, number>>): LedgerMonth {
  const usable =
    cell.online !== null && (1 - (cell.validShare ?? 0)) * 100 <= rules['automatic.missing-percent'] + 1e-9
  // What is no basis is not held against the others either.
  const triple = { online: usable ? cell.online : null, reported: cell.reported, accounted: cell.accounted }
  const largest = Math.max(triple.online ?? 0, triple.reported ?? 0, triple.accounted ?? 0)
  const compared =
    largest < rules['ledger.smallest-tonnes']
      ? { divergence: null, between: null, within: null }
      : reconcile(triple, rules['ledger.tolerance-percent'] / 100)
  return {
    month,
    online: cell.online,
    onlineValidShare: cell.validShare,
    onlineUsable: usable,
    reported: cell.reported,
    accounted: cell.accounted,
    divergence: compared.divergence,
    between: compared.between === null ? null : compared.between.map((name) => ledgerNames[name]).join('与'),
    within: compared.within,
    leadId: cell.leadId,
  }
}

function ledgerRow(outlet: Outlet, pollutant: string, months: LedgerMonth[]): LedgerRow {
  const sum = (pick: (month: LedgerMonth) => number | null): number | null => {
    const known = months.flatMap((month) => pick(month) ?? [])
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
  }
  return {
    outletId: outlet.id,
    outletNumber: outlet.number,
    outletName: outlet.name,
    enterpriseId: outlet.enterprise.id,
    enterpriseName: outlet.enterprise.name,
    pollutant,
    months,
    online: sum((month) => month.online),
    reported: sum((month) => month.reported),
    accounted: sum((month) => month.accounted),
    diverging: months.filter((month) => month.within === false).length,
  }
}

/** Outlets read at a time while a page fills. */
const chunk = 200

export async function listLedgers(
  deps: PermitRoomDeps,
  actor: Actor,
  query: {
    limit?: number
    cursor?: string
    enterpriseId?: number
    regionCode?: number
    year: number
    pollutant?: string
    diverging?: boolean
  },
) {
  const { limit = defaultPage, cursor, year, pollutant, diverging, ...filter } = query
  const after = decodeCursor(cursor, ['number', 'string'])
  return deps.db.asActor(actor, async (trx) => {
    const outlets = (await listOutlets(trx, filter)).filter((o) => after === undefined || o.id >= after[0])
    const rows: LedgerRow[] = []
    for (let from = 0; from < outlets.length && rows.length <= limit; from += chunk) {
      for (const { row } of await ledgersOf(deps, trx, outlets.slice(from, from + chunk), year)) {
        const passed = after !== undefined && row.outletId === after[0] && row.pollutant <= after[1]
        if (passed || (pollutant !== undefined && row.pollutant !== pollutant)) continue
        if (diverging === true && row.diverging === 0) continue
        rows.push(row)
      }
    }
    const rules = await tonnageRules(trx)
    const tolerance = rules.find((rule) => rule.key === 'ledger.tolerance-percent')
    if (tolerance === undefined) throw new Error('the tolerance has no row')
    return {
      ...pageOf(
        rows,
        limit,
        (row) => row,
        (row) => [row.outletId, row.pollutant],
      ),
      tolerance,
    }
  })
}

/** Last day of a month YYYY-MM. */
export const lastDayOf = (month: string): string => periodOf(`${month}-01`, 'month').to

/** Tonnes as they are written in a sentence. */
export const tonnesText = (tonnes: number): string => String(roundHalfEven(tonnes, 3))
