/** From an hour message to a lead, through the rooms as the server wires them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestDatabase,
  createTestDeps,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { createFirstAdministrator } from '../identity/index.ts'
import { listOutlets } from '../registry/index.ts'
import { hourMs, startRollupWorker } from '../series/index.ts'
import {
  fileMark,
  readComparisons,
  readExceedances,
  readOutletHours,
  readTickets,
  readTransmission,
  type SourceWorker,
  startSourceWorker,
  writeMaintenance,
} from '../sources/index.ts'
import { at, makeTestPlant, type TestPlant, writeAir, writeWater } from '../sources/source-fixture.ts'
import { outletsInDoubt } from './lead.repository.ts'
import { confirmLead, getLead, listLeads } from './lead.service.ts'
import { leadsTimeline } from './lead.timeline.ts'
import { type LeadWorker, startLeadWorker } from './lead.worker.ts'
import { leadChart } from './lead-chart.ts'
import { seedRules } from './rule.service.ts'

const door = { readOutletHours, readExceedances, readTickets, readComparisons, readTransmission }
const day = at('2026-03-01T00:00')
const clock = fixedClock(at('2026-03-02T15:00'))
const officer = testActor('officer')
let database: TestDatabase
let plant: TestPlant
let sources: SourceWorker
let leads: LeadWorker

beforeAll(async () => {
  database = await createTestDatabase()
  await createFirstAdministrator(database)
  await seedRules(database.db.pool, clock.now())
  plant = await makeTestPlant(database.db)
  const deps = await createTestDeps(database.db, { clock })
  leads = startLeadWorker(deps, door, { manual: true })
  sources = startSourceWorker(
    deps,
    (changes) => leads.onEvaluated(changes),
    (ids) => outletsInDoubt(database.db.pool, ids),
    { loop: false },
  )
})
afterAll(async () => {
  await sources.stop()
  await leads.stop()
  await database.drop()
})

async function settle(): Promise<void> {
  const deps = await createTestDeps(database.db, { clock })
  const rollup = startRollupWorker(deps, (changes) => sources.onRolled(changes))
  while ((await rollup.drainOnce()) > 0);
  await rollup.stop()
  while ((await sources.drainOnce()) > 0);
  while ((await leads.drainOnce()) > 0);
}

const clockHour = (ms: number) => new Date(ms + 8 * hourMs).getUTCHours()
const exceedances = async () =>
  (await listLeads({ db: database.db, clock }, officer, { state: 'all', rule: 'exceedance.begins' })).items

test('three hours above the limit become one lead with its numbers, its chart and its place on the time line', async () => {
  await writeAir(database.db, plant.air, day, day + 24 * hourMs, (ms) => ({
    so2: clockHour(ms) >= 8 && clockHour(ms) < 11 ? 60 : 20,
  }))
  await settle()
  const [lead, ...more] = await exceedances()
  expect(more).toEqual([])
  expect(lead).toMatchObject({
    state: 'open',
    level: 'medium',
    factor: 'a21026',
    from: '2026-03-01T08:00:00+08:00',
    to: '2026-03-01T11:00:00+08:00',
    enterprise: { name: '试验厂1' },
    threshold: '限值 50 mg/m3',
    n: 3,
  })
  // 60 mg/m³ at the reference oxygen against 50.
  expect(lead?.statistic.value).toBeCloseTo(0.2, 9)
  const chart = await leadChart({ db: database.db, clock }, officer, door, lead?.id ?? 0, 2)
  expect(chart.hits).toEqual([2, 3, 4])
  expect(chart.limit[2]).toBe(50)
  expect(chart.converted.slice(1, 4)).toEqual([20, 60, 60])
  const line = await leadsTimeline(database.db.pool, {
    enterpriseId: plant.enterprise.id,
    outletIds: [plant.air.id],
    fromMs: day,
    toMs: day + 24 * hourMs,
  })
  expect(line.filter((entry) => entry.title.includes('超标'))).toMatchObject([
    { kind: 'lead', at: '2026-03-01T08:00:00+08:00', featureId: plant.air.id },
  ])
})

test('the same messages again change nothing; a later hour that exceeds makes the lead longer', async () => {
  const before = await exceedances()
  await writeAir(database.db, plant.air, day, day + 24 * hourMs, (ms) => ({
    so2: clockHour(ms) >= 8 && clockHour(ms) < 11 ? 60 : 20,
  }))
  await settle()
  expect(await exceedances()).toEqual(before)
  await writeAir(database.db, plant.air, day + 11 * hourMs, day + 12 * hourMs, () => ({ so2: 90 }), 5n)
  await settle()
  const [lead, ...more] = await exceedances()
  expect(more).toEqual([])
  expect(lead).toMatchObject({ id: before[0]?.id, state: 'open', to: '2026-03-01T12:00:00+08:00', n: 4 })
  expect(lead?.statistic.value).toBeCloseTo(0.8, 9)
})

test('corrected data take the lead back; what a person has confirmed stays confirmed', async () => {
  const [lead] = await exceedances()
  await writeAir(database.db, plant.air, day + 8 * hourMs, day + 12 * hourMs, () => ({ so2: 30 }), 9n)
  await settle()
  expect(await exceedances()).toMatchObject([{ id: lead?.id, state: 'calmed' }])
  await writeAir(database.db, plant.air, day + 20 * hourMs, day + 21 * hourMs, () => ({ so2: 70 }), 11n)
  await settle()
  const open = (await exceedances()).find((one) => one.state === 'open')
  expect(open?.from).toBe('2026-03-01T20:00:00+08:00')
  const deps = { db: database.db, clock }
  await confirmLead(deps, testActor('officer', { userId: 1 }), open?.id ?? 0, {
    version: open?.version ?? 0,
    grounds: '现场核查属实',
  })
  await writeAir(database.db, plant.air, day + 20 * hourMs, day + 21 * hourMs, () => ({ so2: 30 }), 12n)
  await settle()
  const { lead: decided } = await getLead(deps, officer, open?.id ?? 0)
  expect(decided).toMatchObject({ state: 'confirmed', outcome: 'confirmed' })
})

test('the ledger’s comparisons and the counters of transmission come through the doors of the room of sources', async () => {
  const deps = await createTestDeps(database.db, { clock })
  const plantUser = testActor('source', { userId: 1 })
  const [water] = await listOutlets(database.db.pool, { ids: [plant.water.id] })
  // Twenty of 24 hours came; in four a standard sample was checked.
  await writeWater(database.db, plant.water, day, day + 20 * hourMs, () => ({}))
  await settle()
  const rate = async () =>
    (await readTransmission(database.db.pool, water ? [water] : [], day, day + 24 * hourMs, clock.now()))[0]
  expect(await rate()).toMatchObject({ outletId: plant.water.id, startMs: day })
  expect((await rate())?.rate).toBeCloseTo(20 / 24, 9)
  await fileMark(deps, plantUser, {
    outletId: plant.water.id,
    item: 'standard-check',
    from: '2026-03-01T20:00:00+08:00',
    to: '2026-03-02T00:00:00+08:00',
    reason: '标样核查',
  })
  await settle()
  // One hour of standard checks a day is not due; pH has none, so that 2 of 72 leave the denominator.
  expect((await rate())?.rate).toBeCloseTo(60 / 70, 9)
  await writeMaintenance(deps, plantUser, {
    outletId: plant.water.id,
    kind: 'comparison',
    factor: 'w01018',
    from: '2026-03-01T10:00:00+08:00',
    to: '2026-03-01T13:00:00+08:00',
    technician: '赵工',
    content: '实际水样比对',
    pairs: [41, 42, 43].map((reference) => ({ online: 40, reference })),
  })
  const ofDay = await readComparisons(database.db.pool, plant.water.id, day, day + 24 * hourMs)
  expect(ofDay).toEqual(
    [41, 42, 43].map((reference, i) => ({
      atMs: day + (10 + i) * hourMs,
      factor: 'w01018',
      online: 40,
      reference,
    })),
  )
  expect(
    await readComparisons(database.db.pool, plant.water.id, day + 24 * hourMs, day + 48 * hourMs),
  ).toEqual([])
})
