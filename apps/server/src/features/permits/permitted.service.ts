/** Permitted tonnes against actual ones, and where the year will end. */
import type { LedgerMonth, PermittedAgainstActual } from '@shanshui/contract'
import { annualAmount } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { listOutlets, type Outlet, permitOn, permitVersions } from '../registry/index.ts'
import { dateOf } from '../series/index.ts'
import { daysInYear } from './civil-time.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { lastDayOf, ledgerNames, ledgersOf, type OutletLedger } from './tonnage.service.ts'
import { ruleValues } from './tonnage-rules.ts'

/** Actual tonnes of a month, by the order of methods: automatic data where usable, the report, the factors. */
function actualOf(month: LedgerMonth): { tonnes: number; basis: keyof typeof ledgerNames } | undefined {
  if (month.online !== null && month.onlineUsable) return { tonnes: month.online, basis: 'online' }
  if (month.reported !== null) return { tonnes: month.reported, basis: 'reported' }
  if (month.accounted !== null) return { tonnes: month.accounted, basis: 'accounted' }
  return undefined
}

interface Actual {
  tonnes: number
  readonly bases: Set<keyof typeof ledgerNames>
  readonly months: Set<string>
}

export async function listPermitted(
  deps: PermitRoomDeps,
  actor: Actor,
  query: { year: number; enterpriseId?: number; regionCode?: number; outlets?: boolean },
): Promise<{ items: PermittedAgainstActual[]; asOf: string }> {
  const { year, outlets: byOutlet = false, ...filter } = query
  const today = dateOf(deps.clock.now() - 86_400_000)
  const asOf = today < `${year}-12-31` ? today : `${year}-12-31`
  const items = await deps.db.asActor(actor, async (trx) => {
    const outlets = await listOutlets(trx, filter)
    const ledgers = await ledgersOf(deps, trx, outlets, year)
    return permittedItems(trx, outlets, ledgers, { year, asOf, byOutlet })
  })
  return { items, asOf }
}

/** Permitted against actual, by plant and, when asked, by outlet. */
export async function permittedItems(
  q: Queryable,
  outlets: readonly Outlet[],
  ledgers: readonly OutletLedger[],
  { year, asOf, byOutlet }: { year: number; asOf: string; byOutlet: boolean },
): Promise<PermittedAgainstActual[]> {
  const enterprises = new Map(outlets.map((outlet) => [outlet.enterprise.code, outlet.enterprise]))
  const versions = await permitVersions(q, [...enterprises.keys()])
  const rules = await ruleValues(q)
  const warnings = [rules['permitted.first-percent'], rules['permitted.second-percent']]
  const actual = new Map<string, Actual>()
  for (const { outlet, pollutant, row } of ledgers) {
    addActual(actual, `${outlet.enterprise.code} ${pollutant} `, row.months, asOf)
    addActual(actual, `${outlet.enterprise.code} ${pollutant} ${outlet.number}`, row.months, asOf)
  }
  const plantKeys = Map.groupBy(
    [...actual.keys()].map((key) => key.split(' ')).filter(([, , number]) => number === ''),
    ([code]) => code,
  )
  const items: PermittedAgainstActual[] = []
  for (const enterprise of enterprises.values()) {
    const permit = permitOn(versions.get(enterprise.code) ?? [], asOf)
    const add = (outletNumber: string | null, pollutant: string, permitted: number | null) => {
      const found = actual.get(`${enterprise.code} ${pollutant} ${outletNumber ?? ''}`)
      if (permitted === null && found === undefined) return
      items.push({
        enterpriseId: enterprise.id,
        enterpriseName: enterprise.name,
        regionCode: enterprise.regionCode,
        outletNumber,
        pollutant,
        permitted,
        ...standingOf(permitted, found, year, asOf, warnings),
      })
    }
    const totals = new Map(permit?.totals.map((total) => [total.pollutant, total.tonnes]) ?? [])
    const seen = (plantKeys.get(enterprise.code) ?? []).map(([, pollutant = '']) => pollutant)
    for (const pollutant of new Set([...totals.keys(), ...seen]))
      add(null, pollutant, totals.get(pollutant) ?? null)
    if (!byOutlet) continue
    for (const outlet of permit?.outlets ?? []) {
      for (const { pollutant, tonnes } of outlet.annualTonnes) add(outlet.number, pollutant, tonnes)
    }
  }
  return items
}

function addActual(
  into: Map<string, Actual>,
  key: string,
  months: readonly LedgerMonth[],
  asOf: string,
): void {
  for (const month of months) {
    if (month.month > asOf.slice(0, 7)) continue
    const found = actualOf(month)
    if (found === undefined) continue
    const sum = into.get(key) ?? { tonnes: 0, bases: new Set(), months: new Set() }
    sum.tonnes += found.tonnes
    sum.bases.add(found.basis)
    sum.months.add(month.month)
    into.set(key, sum)
  }
}

type StandingPart = Omit<
  PermittedAgainstActual,
  'enterpriseId' | 'enterpriseName' | 'regionCode' | 'outletNumber' | 'pollutant' | 'permitted'
>
function standingOf(
  permitted: number | null,
  actual: Actual | undefined,
  year: number,
  asOf: string,
  warnings: readonly number[],
): StandingPart {
  if (actual === undefined) {
    return {
      actual: null,
      basis: '',
      usedPercent: null,
      forecast: null,
      forecastPercent: null,
      standing: 'unknown',
      days: 0,
    }
  }
  const basis = basisText(actual)
  const days = daysCounted(actual.months, asOf)
  const whole = daysInYear(year)
  if (permitted === null) {
    const forecast = (actual.tonnes * whole) / days
    return {
      actual: actual.tonnes,
      basis,
      usedPercent: null,
      forecast,
      forecastPercent: null,
      standing: 'unknown',
      days,
    }
  }
  const annual = annualAmount(permitted, actual.tonnes, days, whole, warnings)
  const finite = (value: number) => (Number.isFinite(value) ? value : null)
  return {
    actual: actual.tonnes,
    basis,
    usedPercent: finite(annual.usedPercent),
    forecast: annual.projected,
    forecastPercent: finite(annual.projectedPercent),
    standing: annual.standing,
    days,
  }
}

/** Days of the months that have tonnes, the running month up to the day itself. */
function daysCounted(months: ReadonlySet<string>, asOf: string): number {
  let days = 0
  for (const month of months) {
    const last = lastDayOf(month)
    days += Number((last < asOf ? last : asOf).slice(8))
  }
  return days
}

/** Which ledgers, and which months where not every month since January has tonnes. */
function basisText({ bases, months }: Actual): string {
  const names = [...bases].map((name) => ledgerNames[name]).join('、')
  const numbers = [...months].map((month) => Number(month.slice(5))).sort((a, b) => a - b)
  const last = numbers.at(-1) ?? 0
  return numbers.length === last ? names : `${names}（仅有 ${numbers.join('、')} 月）`
}
