/** Effective transmission rate (数据传输有效率): sums of counters, never means of rates. */
import type { TransmissionReport, TransmissionRow } from '@shanshui/contract'
import {
  sumCounters,
  type TransmissionCounters,
  transmissionRates,
  type ValidDenominator,
} from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { devicesOf, type Outlet, regionNames } from '../registry/index.ts'
import { dateOf, dayMs, hourMs, midnightOf } from '../series/index.ts'
import { dayRows } from './day.repository.ts'
import { firstHours } from './month-mass.repository.ts'
import { readSettings, type Settings } from './setting.repository.ts'
import { outletsSeen } from './source.policy.ts'
import { isPollutant } from './source.table.ts'
import { rangeOf } from './source-range.ts'

type ReportDeps = Pick<Deps, 'db' | 'clock'>
type By = 'outlet' | 'enterprise' | 'county' | 'operator' | 'city'

interface DayCounters extends TransmissionCounters {
  readonly outlet: Outlet
  readonly date: string
  readonly promptReceived: number
  readonly promptValid: number
}

export async function transmissionReport(
  deps: ReportDeps,
  actor: Actor,
  query: { from: string; to: string; by: By; enterpriseId?: number; outletId?: number },
): Promise<TransmissionReport> {
  const range = rangeOf(query.from, dateOf(midnightOf(query.to) + dayMs), 366)
  return deps.db.asActor(actor, async (trx) => {
    const settings = await readSettings(trx)
    const outlets = await outletsSeen(trx, query)
    const days = await countedDays(trx, outlets, range, settings, deps.clock.now())
    const regions = await regionNames(trx)
    return reportOf(query, outlets, days, settings, regions)
  })
}

/** Counters by outlet and civil day; days on which nothing was due and nothing came are left out. */
async function countedDays(
  q: Queryable,
  outlets: readonly Outlet[],
  range: { fromMs: number; toMs: number },
  settings: Settings,
  nowMs: number,
): Promise<DayCounters[]> {
  const ids = outlets.map((outlet) => outlet.id)
  const [first, last] = [dateOf(range.fromMs), dateOf(range.toMs - 1)]
  const stored = new Map(
    (await dayRows(q, ids, first, last)).map((row) => [`${row.outlet_id}/${row.day}`, row]),
  )
  const since = await connectedSince(q, ids)
  const days: DayCounters[] = []
  for (const outlet of outlets)
    for (let day = range.fromMs; day < range.toMs; day += dayMs) {
      const date = dateOf(day)
      const row = stored.get(`${outlet.id}/${date}`)
      const none = { received: 0, valid: 0, promptReceived: 0, promptValid: 0 }
      if (row === undefined) {
        const due = dueWithoutData(outlet, day, since.get(outlet.id), nowMs, settings)
        if (due > 0) days.push({ outlet, date, due, validDue: due, ...none })
        continue
      }
      const { due, received, valid_due: validDue, valid } = row
      const prompt = { promptReceived: row.realtime_received, promptValid: row.realtime_valid }
      days.push({ outlet, date, due, received, validDue, valid, ...prompt })
    }
  return days
}

/**
 * Effective rate of transmission (0 … 1) by outlet and civil day of [fromMs, toMs), of the counters that the report uses:
 * hours of standstill and of standard checks are not due. Nothing for a day on which nothing was due.
 */
export async function readTransmission(
  q: Queryable,
  outlets: readonly Outlet[],
  fromMs: number,
  toMs: number,
  nowMs: number,
): Promise<{ outletId: number; startMs: number; rate: number }[]> {
  const settings = await readSettings(q)
  const range = { fromMs: midnightOf(dateOf(fromMs)), toMs }
  const days = await countedDays(q, outlets, range, settings, nowMs)
  return days.flatMap((day) => {
    const { effective } = transmissionRates(day, denominatorOf(settings))
    const startMs = midnightOf(day.date)
    return effective === null ? [] : [{ outletId: day.outlet.id, startMs, rate: effective / 100 }]
  })
}

const denominatorOf = (settings: Settings): ValidDenominator =>
  settings.number('transmission.denominator') === 1 ? 'validDue' : 'received'

/** From when an outlet has to send: its first hour, or the acceptance of its device. */
async function connectedSince(q: Queryable, ids: readonly number[]): Promise<Map<number, number>> {
  const since = await firstHours(q, ids)
  for (const device of await devicesOf(q, ids)) {
    const accepted = device.acceptedOn === null ? Number.NaN : midnightOf(device.acceptedOn)
    if (accepted < (since.get(device.outletId) ?? Number.POSITIVE_INFINITY))
      since.set(device.outletId, accepted)
  }
  return since
}

/** Items due on a day of which nothing came. */
function dueWithoutData(
  outlet: Outlet,
  day: number,
  since: number | undefined,
  nowMs: number,
  settings: Settings,
): number {
  if (since === undefined || since >= day + dayMs) return 0
  const untilMs = Math.min(day + dayMs, nowMs - settings.number('hour.graceMinutes') * 60_000)
  const hours = Math.floor((untilMs - Math.max(day, since)) / hourMs)
  const items = settings.number('transmission.zsDue') === 1 && outlet.medium === 'air' ? 2 : 1
  return Math.max(0, hours) * outlet.factors.filter(isPollutant).length * items
}

function reportOf(
  query: { from: string; to: string; by: By },
  outlets: readonly Outlet[],
  days: readonly DayCounters[],
  settings: Settings,
  regions: ReadonlyMap<number, string>,
): TransmissionReport {
  const { value, source, status } = settings.row('transmission.alarm')
  const denominator = denominatorOf(settings)
  const keyOf = (outlet: Outlet): [string, string] => {
    if (query.by === 'outlet') return [String(outlet.id), `${outlet.enterprise.name} ${outlet.name}`]
    if (query.by === 'enterprise') return [String(outlet.enterprise.id), outlet.enterprise.name]
    if (query.by === 'operator') return [outlet.operator ?? '', outlet.operator ?? '未登记运维单位']
    const code = query.by === 'county' ? outlet.regionCode : Math.floor(outlet.regionCode / 100) * 100
    return [String(code), regions.get(code) ?? String(code)]
  }
  const groups = new Map<string, { name: string; outlets: Set<number>; days: DayCounters[] }>()
  const groupOf = (outlet: Outlet) => {
    const [key, name] = keyOf(outlet)
    const group = groups.get(key) ?? { name, outlets: new Set<number>(), days: [] }
    groups.set(key, group)
    return group
  }
  for (const outlet of outlets) groupOf(outlet).outlets.add(outlet.id)
  for (const day of days) groupOf(day.outlet).days.push(day)
  const row = (key: string, name: string, count: number, own: readonly DayCounters[]) =>
    rowOf(key, name, count, own, value, denominator)
  return {
    from: query.from,
    to: query.to,
    by: query.by,
    threshold: { value, source, status },
    denominator,
    items: [...groups].map(([key, group]) => row(key, group.name, group.outlets.size, group.days)),
    total: row('total', '合计', outlets.length, days),
    days: [...Map.groupBy(days, ({ date }) => date)]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([date, own]) => ({ date, ...countersOf(own, denominator) })),
  }
}

function countersOf(days: readonly DayCounters[], denominator: ValidDenominator) {
  const sum = sumCounters(days)
  const rates = transmissionRates(sum, denominator)
  return {
    ...sum,
    transmissionRate: rates.transmission,
    validRate: rates.valid,
    effectiveRate: rates.effective,
  }
}

function rowOf(
  key: string,
  name: string,
  outlets: number,
  days: readonly DayCounters[],
  threshold: number,
  denominator: ValidDenominator,
): TransmissionRow {
  const counters = countersOf(days, denominator)
  const inTime = sumCounters(
    days.map((day) => ({ ...day, received: day.promptReceived, valid: day.promptValid })),
  )
  const prompt = transmissionRates(inTime, denominator)
  return {
    key,
    name,
    outlets,
    ...counters,
    realtime: { received: inTime.received, valid: inTime.valid, effectiveRate: prompt.effective },
    applicable: counters.due > 0,
    alarm: counters.transmissionRate !== null && counters.transmissionRate < threshold,
  }
}
