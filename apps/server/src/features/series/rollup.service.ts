/**
 * One drain of the roll-up: takes waiting buckets and recomputes everything that rests on them, whole buckets from
 * their sources, in one transaction: minutes → hours → station days → city hours and days → months → years.
 * Late data, corrections, marks and replays all come this way.
 */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { dayMs, nextStart, startOf } from './civil-time.ts'
import { internLayout } from './layout.repository.ts'
import { readSeries } from './read.repository.ts'
import {
  airFactors,
  type DenseHours,
  daysByPoint,
  denseHours,
  type RolledLayouts,
  rollCityDay,
  rollCityHours,
  rollStationDay,
  touching,
} from './rollup.days.ts'
import { rollHours } from './rollup.minutes.ts'
import { rollPeriod } from './rollup.months.ts'
import { addDay, allDays, type DaysByPoint, type Run, runsOf } from './rollup.plan.ts'
import {
  type BucketKey,
  claimBuckets,
  type DirtyBucket,
  deleteRolled,
  lockRollup,
  noSandDays,
  noteChanges,
  sandInForce,
  upsertRolled,
} from './rollup.repository.ts'
import type { SandInForce } from './sand.table.ts'
import type { ObservationRow, RolledChange } from './series.table.ts'
import { type City, loadTopology, type Topology } from './topology.ts'

const entriesPerDrain = 4_000
const pointsPerRead = 25

export interface Drained {
  /** Entries taken from the queue; 0 when nothing waited. */
  readonly entries: number
  readonly buckets: number
  readonly changes: readonly RolledChange[]
}

/** Drains once inside the transaction. */
export async function drainDirty(trx: Trx): Promise<Drained> {
  await lockRollup(trx)
  const { entries, buckets } = await claimBuckets(trx, entriesPerDrain)
  if (buckets.length === 0) return { entries, buckets: 0, changes: [] }
  const topology = await loadTopology(trx)
  const changes = await rollBuckets(trx, topology, buckets)
  await noteChanges(trx, changes)
  return { entries, buckets: buckets.length, changes }
}

async function rollBuckets(
  trx: Trx,
  topology: Topology,
  claimed: readonly DirtyBucket[],
): Promise<RolledChange[]> {
  const layouts: RolledLayouts = {
    rolled: await internLayout(trx, airFactors, 'rolled'),
    noSand: await internLayout(trx, airFactors, 'rolled-no-sand'),
  }
  const changes: RolledChange[] = []
  const days: DaysByPoint = new Map()
  const hours = new Map<number, Set<number>>()
  for (const bucket of claimed) {
    addDay(bucket.period === 'day' ? days : hours, bucket.pointId, bucket.startMs)
    // No roll-up of ours rests on the hours of an outlet; the room that evaluates them hears of the day.
    if (bucket.period === 'day' && !topology.stations.has(bucket.pointId))
      changes.push({ period: 'day', pointId: bucket.pointId, startMs: bucket.startMs })
  }
  for (const changed of await rollHours(trx, hours)) {
    changes.push(changed)
    addDay(days, changed.pointId, startOf('day', changed.startMs))
  }
  const changedDays: DaysByPoint = new Map()
  for (const change of await rollDays(trx, topology, days, layouts)) {
    changes.push(change)
    if (change.period === 'day') addDay(changedDays, change.pointId, change.startMs)
  }
  changes.push(...(await rollMonthsAndYears(trx, topology, changedDays, layouts)))
  return changes
}

async function rollDays(
  trx: Trx,
  topology: Topology,
  dirty: DaysByPoint,
  layouts: RolledLayouts,
): Promise<RolledChange[]> {
  const stationDays: DaysByPoint = new Map([...dirty].filter(([id]) => topology.stations.has(id)))
  const changes: RolledChange[] = []
  for (const run of runsOf(allDays(stationDays))) {
    changes.push(...(await rollRun(trx, topology, stationDays, run, layouts)))
  }
  return changes
}

/** Stations and cities of one stretch of days. */
async function rollRun(
  trx: Trx,
  topology: Topology,
  dirty: DaysByPoint,
  run: Run,
  layouts: RolledLayouts,
): Promise<RolledChange[]> {
  const inRun = (day: number) => day >= run.fromMs && day < run.toMs
  const stationIds = [...dirty].filter(([, days]) => [...days].some(inRun)).map(([id]) => id)
  const cities = topology.cities.filter((city) => city.stationIds.some((id) => stationIds.includes(id)))
  const readIds = [...new Set([...stationIds, ...cities.flatMap((city) => city.stationIds)])].sort(
    (a, b) => a - b,
  )
  const dense = await readHours(trx, readIds, run)
  const sand = await sandInForce(trx, [...readIds, ...cities.map((city) => city.id)], run.fromMs, run.toMs)

  const rows: ObservationRow[] = []
  const untouched: BucketKey[] = []
  for (const id of stationIds) {
    const station = topology.stations.get(id)
    const hours = dense.get(id)
    if (station === undefined || hours === undefined) continue
    for (const day of dirty.get(id) ?? []) {
      if (!inRun(day)) continue
      const own = rollStationDay(station, hours, (day - run.fromMs) / dayMs, day, sand, layouts)
      rows.push(...own)
      if (own.length === 1) untouched.push({ pointId: id, startMs: day, layoutId: 0 })
    }
  }
  const changes = changesOf('day', await upsertRolled(trx, 'day', rows))
  changes.push(...changesOf('day', await deleteRolled(trx, 'day', 'rolled-no-sand', untouched)))
  for (const city of cities) {
    const days = new Set<number>()
    for (const id of city.stationIds) for (const day of dirty.get(id) ?? []) if (inRun(day)) days.add(day)
    changes.push(...(await rollCity(trx, city, dense, run, [...days], sand, layouts)))
  }
  return changes
}

async function readHours(
  q: Queryable,
  pointIds: readonly number[],
  run: Run,
): Promise<Map<number, DenseHours>> {
  const dense = new Map<number, DenseHours>()
  for (let from = 0; from < pointIds.length; from += pointsPerRead) {
    const part = pointIds.slice(from, from + pointsPerRead)
    const table = await readSeries(q, { period: 'hour', pointIds: part, ...run, factors: airFactors })
    for (const [id, hours] of denseHours(table, run.fromMs, run.toMs)) dense.set(id, hours)
  }
  return dense
}

async function rollCity(
  trx: Trx,
  city: City,
  dense: ReadonlyMap<number, DenseHours>,
  run: Run,
  days: readonly number[],
  sand: readonly SandInForce[],
  layouts: RolledLayouts,
): Promise<RolledChange[]> {
  const hourRows = days.flatMap((day) => rollCityHours(city, dense, (day - run.fromMs) / dayMs, day, layouts))
  const changes = changesOf('hour', await upsertRolled(trx, 'hour', hourRows))
  const query = { period: 'day' as const, pointIds: city.stationIds, ...run, factors: airFactors }
  const withSand = daysByPoint(await readSeries(trx, { ...query, procedure: 'rolled' }))
  const ownSand = sand.filter((period) => period.cityId === city.id)
  const withoutSand =
    ownSand.length === 0
      ? withSand
      : daysByPoint(await readSeries(trx, { ...query, procedure: 'rolled-no-sand' }))
  const rows: ObservationRow[] = []
  const untouched: BucketKey[] = []
  for (const day of days) {
    const row = rollCityDay(city, withSand, day, layouts.rolled)
    if (row !== undefined) rows.push(row)
    const touched = touching(ownSand, day, day + dayMs).length > 0
    const noSand = touched ? rollCityDay(city, withoutSand, day, layouts.noSand) : undefined
    if (noSand !== undefined) rows.push(noSand)
    else untouched.push({ pointId: city.id, startMs: day, layoutId: 0 })
  }
  changes.push(...changesOf('day', await upsertRolled(trx, 'day', rows)))
  changes.push(...changesOf('day', await deleteRolled(trx, 'day', 'rolled-no-sand', untouched)))
  return changes
}

/** Months and years of the points whose days changed. */
async function rollMonthsAndYears(
  trx: Trx,
  topology: Topology,
  changedDays: DaysByPoint,
  layouts: RolledLayouts,
): Promise<RolledChange[]> {
  const scopes = new Map<number, { id: number; regionCode: number; ownerId: number }>()
  for (const city of topology.cities) scopes.set(city.id, city)
  for (const station of topology.stations.values()) scopes.set(station.id, station)
  const changes: RolledChange[] = []
  const byYear = new Map<number, DaysByPoint>()
  for (const [pointId, days] of changedDays) {
    for (const day of days) {
      const year = startOf('year', day)
      const own: DaysByPoint = byYear.get(year) ?? new Map()
      byYear.set(year, own)
      addDay(own, pointId, startOf('month', day))
    }
  }
  for (const [yearMs, months] of byYear)
    changes.push(...(await rollYear(trx, scopes, yearMs, months, layouts)))
  return changes
}

async function rollYear(
  trx: Trx,
  scopes: ReadonlyMap<number, { id: number; regionCode: number; ownerId: number }>,
  yearMs: number,
  months: DaysByPoint,
  layouts: RolledLayouts,
): Promise<RolledChange[]> {
  const pointIds = [...months.keys()]
  const range = { fromMs: yearMs, toMs: nextStart('year', yearMs) }
  const query = { period: 'day' as const, pointIds, ...range, factors: airFactors }
  const withSand = daysByPoint(await readSeries(trx, { ...query, procedure: 'rolled' }))
  const touched = await noSandDays(trx, pointIds, range.fromMs, range.toMs)
  const noSand =
    touched.length === 0
      ? withSand
      : daysByPoint(await readSeries(trx, { ...query, procedure: 'rolled-no-sand' }))
  const rows = { month: [] as ObservationRow[], year: [] as ObservationRow[] }
  const untouched = { month: [] as BucketKey[], year: [] as BucketKey[] }
  const roll = (pointId: number, unit: 'month' | 'year', startMs: number) => {
    const point = scopes.get(pointId)
    if (point === undefined) return
    const row = rollPeriod(point, withSand.get(pointId) ?? new Map(), unit, startMs, layouts.rolled)
    if (row !== undefined) rows[unit].push(row)
    const inSand = touched.some((t) => t.pointId === pointId && startOf(unit, t.startMs) === startMs)
    const own = inSand
      ? rollPeriod(point, noSand.get(pointId) ?? new Map(), unit, startMs, layouts.noSand)
      : undefined
    if (own !== undefined) rows[unit].push(own)
    else untouched[unit].push({ pointId, startMs, layoutId: 0 })
  }
  for (const [pointId, starts] of months) {
    for (const start of starts) roll(pointId, 'month', start)
    roll(pointId, 'year', yearMs)
  }
  const changes: RolledChange[] = []
  for (const unit of ['month', 'year'] as const) {
    changes.push(...changesOf(unit, await upsertRolled(trx, unit, rows[unit])))
    changes.push(...changesOf(unit, await deleteRolled(trx, unit, 'rolled-no-sand', untouched[unit])))
  }
  return changes
}

function changesOf(
  period: RolledChange['period'],
  rows: readonly { pointId: number; startMs: number }[],
): RolledChange[] {
  const seen = new Set<string>()
  const changes: RolledChange[] = []
  for (const { pointId, startMs } of rows) {
    const key = `${pointId}/${startMs}`
    if (seen.has(key)) continue
    seen.add(key)
    changes.push({ period, pointId, startMs })
  }
  return changes
}
