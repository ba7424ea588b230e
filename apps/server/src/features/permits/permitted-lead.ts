/**
 * Actual against permitted tonnes as leads: one for a plant or an outlet and a pollutant, while its figures are near or
 * above what the permit allows. 国务院令第736号 第三十四条 (more than permitted), 第二十一条 (what is discharged during
 * exceedances counts). The percentages of warning are the platform's or the bureau's.
 */
import type { PermittedAgainstActual } from '@shanshui/contract'
import { roundHalfEven } from '@shanshui/standards'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { dateOf, midnightOf } from '../series/index.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { permittedItems } from './permitted.service.ts'
import { lockTonnes } from './tonnage.repository.ts'
import { ledgersOf, tonnesText } from './tonnage.service.ts'
import { ruleValues } from './tonnage-rules.ts'

const permittedRule = 'permit.annual-tonnes'

export interface PermittedWatch {
  /** Plants and outlets, by pollutant, that are near or above what is permitted. */
  readonly near: number
  /** Newly opened. */
  readonly leads: number
}

/** What one object and pollutant has come to in a year. */
interface Reached {
  readonly featureId: number
  readonly name: string
  readonly ownerId: number
  readonly year: number
  readonly asOf: string
  readonly item: PermittedAgainstActual
}

/** Where nothing is permitted there is no share; the statistic has to be a number. */
const mostPercent = 1e6

interface Warnings {
  readonly first: number
  readonly second: number
}

const keyOf = ({ featureId, item }: Reached) => `${featureId} ${item.pollutant}`
/** In percent; a permitted nothing is exceeded by whatever there is. Sums of months carry noise in their last digits. */
const usedOf = ({ item }: Reached) =>
  item.usedPercent === null ? Infinity : roundHalfEven(item.usedPercent, 6)
const isExceeded = (one: Reached) => usedOf(one) >= 100

/** Looks at the running year, and at last year for what ended above; all plants when left out. */
export async function watchPermitted(
  deps: PermitRoomDeps,
  enterpriseIds?: readonly number[],
): Promise<PermittedWatch> {
  const wanted = enterpriseIds === undefined ? undefined : new Set(enterpriseIds)
  const isWanted = (id: number) => wanted === undefined || wanted.has(id)
  const outlets = await listOutlets(deps.db.pool, { enterpriseIds })
  const reached = await reachedOf(deps, deps.db.pool, outlets)
  const standing = await deps.doors.standingLeads(deps.db.pool, permittedRule)
  const concerned = new Set([
    ...reached.flatMap(({ item }) => item.enterpriseId ?? []),
    ...standing.flatMap(({ enterpriseId }) => enterpriseId ?? []),
  ])
  let near = 0
  let leads = 0
  for (const enterpriseId of [...concerned].filter(isWanted).sort((a, b) => a - b)) {
    const result = await deps.db.transaction((trx) => watchPlant(deps, trx, enterpriseId))
    near += result.near
    leads += result.leads
  }
  return { near, leads }
}

/** The figures are read again under the lock: of two sweeps the later does not act on what the earlier one saw. */
async function watchPlant(deps: PermitRoomDeps, trx: Trx, enterpriseId: number): Promise<PermittedWatch> {
  await lockTonnes(trx, enterpriseId)
  const now = deps.clock.now()
  const reached = await reachedOf(deps, trx, await listOutlets(trx, { enterpriseId }))
  const warnings = await warningsOf(trx)
  const held = new Set(reached.map(keyOf))
  let leads = 0
  for (const one of reached) {
    const { transition } = await deps.doors.raiseLead(trx, draftOf(one, warnings, now), now)
    if (transition === 'opened') leads += 1
  }
  for (const lead of await deps.doors.standingLeads(trx, permittedRule, enterpriseId)) {
    if (held.has(`${lead.featureId} ${lead.factor}`)) continue
    await deps.doors.calmLead(trx, lead.featureId, permittedRule, now, lead.factor)
  }
  return { near: reached.length, leads }
}

async function warningsOf(trx: Queryable): Promise<Warnings> {
  const rules = await ruleValues(trx)
  return { first: rules['permitted.first-percent'], second: rules['permitted.second-percent'] }
}

/** One for an object and pollutant: the running year, unless only last year was exceeded. */
async function reachedOf(deps: PermitRoomDeps, q: Queryable, outlets: readonly Outlet[]): Promise<Reached[]> {
  const yesterday = dateOf(deps.clock.now() - 86_400_000)
  const year = Number(yesterday.slice(0, 4))
  const running = await reachedIn(deps, q, outlets, year, yesterday)
  const last = await reachedIn(deps, q, outlets, year - 1, `${year - 1}-12-31`)
  const found = new Map<string, Reached>()
  for (const one of [...running.filter(isExceeded), ...last.filter(isExceeded), ...running]) {
    if (!found.has(keyOf(one))) found.set(keyOf(one), one)
  }
  return [...found.values()]
}

async function reachedIn(
  deps: PermitRoomDeps,
  q: Queryable,
  outlets: readonly Outlet[],
  year: number,
  asOf: string,
): Promise<Reached[]> {
  const ledgers = await ledgersOf(deps, q, outlets, year)
  if (ledgers.length === 0) return []
  const items = await permittedItems(q, outlets, ledgers, { year, asOf, byOutlet: true })
  const near = items.filter(({ standing }) => standing !== 'normal' && standing !== 'unknown')
  return near.flatMap((item): Reached[] => {
    const own = outlets.filter(({ enterprise }) => enterprise.id === item.enterpriseId)
    const outlet = own.find(({ number }) => number === item.outletNumber)
    const feature = item.outletNumber === null ? own[0]?.enterprise : outlet
    // An outlet that is all there is of its plant has nothing to add to the plant's own lead.
    if (feature === undefined || (item.outletNumber !== null && isWholePlant(item, items))) return []
    const { id: featureId, name, ownerId } = feature
    return [{ featureId, name, ownerId, year, asOf, item }]
  })
}

const isWholePlant = (item: PermittedAgainstActual, items: readonly PermittedAgainstActual[]): boolean =>
  items.some(
    (plant) =>
      plant.outletNumber === null &&
      plant.enterpriseId === item.enterpriseId &&
      plant.pollutant === item.pollutant &&
      plant.permitted === item.permitted &&
      plant.actual === item.actual,
  )

function draftOf(one: Reached, warnings: Warnings, now: number) {
  const { item, year } = one
  const used = usedOf(one)
  const onlyProjected = item.standing === 'projected' && used < warnings.second
  return {
    ruleId: permittedRule,
    featureId: one.featureId,
    enterpriseId: item.enterpriseId,
    factor: item.pollutant,
    regionCode: item.regionCode,
    ownerId: one.ownerId,
    fromMs: midnightOf(`${year}-01-01`),
    // until now: what was calmed and holds again is a later moment, not the same stretch
    toMs: now,
    score: isExceeded(one) ? 0.5 : used >= warnings.second || onlyProjected ? 0.3 : 0.2,
    level: isExceeded(one) ? ('medium' as const) : ('watch' as const),
    statistic: onlyProjected
      ? { name: '推算全年占许可排放量', value: item.forecastPercent ?? 0, unit: '%' }
      : { name: '已用许可排放量', value: Math.min(used, mostPercent), unit: '%' },
    threshold: `${warnings.first}%、${warnings.second}%、100%，推算全年超过 100%`,
    n: item.days,
    explanation: explanationOf(one, warnings),
    refutation:
      '核对许可排放量（许可证是否变更、是否已取得新增指标）、自动监测有效率与流量、执行报告口径；改正后自动复核。',
    evidence: { hoursMs: [], msgs: [] },
  }
}

function explanationOf(one: Reached, { first, second }: Warnings): string {
  const { item, name, year, asOf } = one
  const tonnes = (value: number | null) => (value === null ? '无' : `${tonnesText(value)} t`)
  const percent = (value: number | null) => (value === null ? '' : `，占 ${value.toFixed(1)}%`)
  const used = usedOf(one)
  const reached =
    used > 100
      ? '已超过许可排放量'
      : used >= 100
        ? '已用尽许可排放量'
        : used >= second
          ? `已达许可排放量的 ${second}%`
          : used >= first
            ? `已达许可排放量的 ${first}%`
            : ''
  const ahead =
    used < 100 && (item.forecastPercent ?? 0) > 100
      ? `按已计 ${item.days} 日的日均推算，全年 ${tonnes(item.forecast)}${percent(item.forecastPercent)}`
      : ''
  return (
    `${name} ${item.pollutant} ${year} 年截至 ${asOf} 实际排放 ${tonnes(item.actual)}（${item.basis}），` +
    `许可 ${tonnes(item.permitted)}${percent(item.usedPercent)}：${[reached, ahead].filter((s) => s !== '').join('；')}。`
  )
}
