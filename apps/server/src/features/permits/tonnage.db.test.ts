import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, createTestDeps, type TestDatabase } from '../../platform/testing/index.ts'
import { listAccounting, putAccounting } from './accounting.service.ts'
import type { MonthlyMass, PermitRoomDeps } from './permit-doors.ts'
import {
  bureauActor,
  clockAt,
  enterpriseActor,
  makePermitPlant,
  type PermitPlant,
  testDoors,
} from './permit-fixture.ts'
import { listPermitted } from './permitted.service.ts'
import { reconcileYear } from './reconcile.service.ts'
import { submitReport } from './report.service.ts'
import { listLedgers } from './tonnage.service.ts'
import { changeRule } from './tonnage-rules.ts'

let test: TestDatabase
let plant: PermitPlant
let deps: PermitRoomDeps
const mass: MonthlyMass[] = []
const clock = clockAt('2022-07-20')
const bureau = bureauActor('source', 11)

beforeAll(async () => {
  test = await createTestDatabase()
  plant = await makePermitPlant(test.db, 1)
  await makePermitPlant(test.db, 2)
  deps = { ...(await createTestDeps(test.db, { clock })), doors: testDoors(mass) }
}, 120_000)
afterAll(() => test.drop())

const online = (month: string, tonnes: number, validShare = 0.98): MonthlyMass => ({
  outletId: plant.air.id,
  month,
  pollutant: 'SO2',
  kg: tonnes * 1000,
  validShare,
})
const ledger = async () => {
  const { items } = await listLedgers(deps, bureau, { year: 2022 })
  const row = items.find((r) => r.outletId === plant.air.id && r.pollutant === 'SO2')
  if (row === undefined) throw new Error('no ledger')
  return row
}
const leads = async () => {
  const { rows } = await test.db.pool.query(
    `select id, active, factor, explanation from lead where rule_id = 'permit.ledger-divergence' order by id`,
  )
  return rows
}
const account = (month: string, activity: number) =>
  putAccounting(deps, bureau, [
    {
      outletId: plant.air.id,
      pollutant: 'SO2',
      month,
      activity,
      activityUnit: 't 产品',
      coefficientKgPerUnit: 2,
      removalPercent: 90,
      reference: '产品台账 2022-01，系数手册',
      coefficientStatus: 'unverified',
    },
  ])

describe('three ledgers of one outlet', () => {
  beforeAll(async () => {
    mass.push(online('2022-01', 10), online('2022-02', 10), online('2022-03', 10, 0.6))
    await submitReport(deps, enterpriseActor(plant), {
      permitId: plant.permit.id,
      period: 'quarter',
      periodFrom: '2022-01-01',
      totals: [{ pollutant: 'SO2', tonnes: 26 }],
      rows: [
        ['2022-01', 10.2],
        ['2022-02', 8],
        ['2022-03', 7.8],
      ].map(([month, tonnes]) => ({
        outletNumber: 'DA001',
        month: String(month),
        pollutant: 'SO2',
        tonnes: Number(tonnes),
      })),
      ledgerKept: true,
    })
    await account('2022-01', 50_000)
  })
  it('stand side by side; too gappy a month is no basis and is held against nothing', async () => {
    const { months, diverging } = await ledger()
    expect(months.map((m) => [m.month, m.online, m.reported, m.accounted, m.within])).toEqual([
      ['2022-01', 10, 10.2, 10, true],
      ['2022-02', 10, 8, null, false],
      ['2022-03', 10, 7.8, null, null],
    ])
    expect(months[2]?.onlineUsable).toBe(false)
    expect(months[1]).toMatchObject({ divergence: expect.closeTo(0.2, 9), between: '自动监测与执行报告' })
    expect(diverging).toBe(1)
  })
  it('a divergence becomes one lead, however often and by whomever it is reconciled', async () => {
    const results = await Promise.all([
      reconcileYear(deps, 2022),
      reconcileYear(deps, 2022),
      reconcileYear(deps, 2022),
    ])
    expect(results.reduce((sum, r) => sum + r.leads, 0)).toBe(1)
    expect(await leads()).toMatchObject([{ active: true, factor: '' }])
    expect((await leads())[0].explanation).toContain('2022-02')
    expect((await ledger()).months[1]?.leadId).toBe((await leads())[0].id)
  })
  it('a corrected ledger calms the lead', async () => {
    mass[1] = online('2022-02', 8.1)
    expect(await reconcileYear(deps, 2022)).toMatchObject({ diverging: 0 })
    expect(await leads()).toMatchObject([{ active: false }])
    expect((await ledger()).months[1]?.leadId).toBeNull()
  })
  it('the newest accounting counts and the former one stays', async () => {
    await account('2022-01', 55_000)
    expect((await ledger()).months[0]).toMatchObject({ accounted: 11, within: false })
    const { rows } = await test.db.pool.query('select count(*)::int as n from accounting_entry')
    expect(rows[0].n).toBe(2)
    const { items } = await listAccounting(deps, bureau, { year: 2022 })
    expect(items).toHaveLength(1)
    expect(items[0]?.formula).toContain('55000 t 产品 × 2 kg × (1 − 90%)')
  })
  it('a wider tolerance takes it in; the row says where it comes from', async () => {
    const rule = await changeRule(deps, bureau, 'ledger.tolerance-percent', {
      value: 15,
      source: '局内规定',
      status: 'design',
    })
    expect(rule).toMatchObject({ value: 15, source: '局内规定' })
    expect((await ledger()).months[0]?.within).toBe(true)
    await expect(
      changeRule(deps, bureau, 'no.such', { value: 1, source: '甲乙', status: 'design' }),
    ).rejects.toMatchObject({ code: 'total.rule-unknown' })
  })
  it('pages give every row once', async () => {
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await listLedgers(deps, bureau, {
        year: 2022,
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map((row) => `${row.outletId} ${row.pollutant}`))
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toEqual([...new Set(seen)])
    expect(seen.length).toBeGreaterThan(0)
  })
})

describe('permitted against actual', () => {
  it('takes usable automatic data first, then the report, and projects the days counted', async () => {
    const { items, asOf } = await listPermitted(deps, bureau, { year: 2022 })
    const so2 = items.find((row) => row.enterpriseId === plant.enterprise.id && row.pollutant === 'SO2')
    expect(asOf).toBe('2022-07-19')
    // 10 + 8.1 online, 7.8 of the report for the gappy March; 90 days.
    expect(so2).toMatchObject({ permitted: 120, days: 90, basis: '自动监测、执行报告', standing: 'normal' })
    expect(so2?.actual).toBeCloseTo(25.9, 9)
    expect(so2?.forecast).toBeCloseTo((25.9 / 90) * 365, 9)
  })
  it('warns when the year would end above what is permitted', async () => {
    mass.push(online('2022-04', 60))
    const { items } = await listPermitted(deps, bureau, { year: 2022, outlets: true })
    const rows = items.filter((row) => row.enterpriseId === plant.enterprise.id && row.pollutant === 'SO2')
    expect(rows.map((row) => [row.outletNumber, row.standing])).toEqual([
      [null, 'projected'],
      ['DA001', 'projected'],
    ])
  })
  it('projects only by the days of months that have tonnes, and names those months', async () => {
    mass.push({ outletId: plant.water.id, month: '2022-06', pollutant: 'COD', kg: 3000, validShare: 1 })
    const { items } = await listPermitted(deps, bureau, { year: 2022 })
    const cod = items.find((row) => row.enterpriseId === plant.enterprise.id && row.pollutant === 'COD')
    expect(cod).toMatchObject({ days: 30, basis: '自动监测（仅有 6 月）', forecast: (3 * 365) / 30 })
  })
  it('a plant without tonnes is unknown, not normal', async () => {
    const { items } = await listPermitted(deps, bureau, { year: 2022 })
    expect(
      items.find((row) => row.enterpriseId === plant.enterprise.id && row.pollutant === 'NOx'),
    ).toMatchObject({
      actual: null,
      standing: 'unknown',
    })
  })
})
