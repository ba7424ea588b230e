import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, createTestDeps, type TestDatabase } from '../../platform/testing/index.ts'
import type { MonthlyMass, PermitRoomDeps } from './permit-doors.ts'
import { bureauActor, clockAt, makePermitPlant, type PermitPlant, testDoors } from './permit-fixture.ts'
import { watchPermitted } from './permitted-lead.ts'
import { changeRule } from './tonnage-rules.ts'

let test: TestDatabase
/** SO2 120 t of DA001, which is all the plant has. */
let single: PermitPlant
/** SO2 120 t of DA001, 200 t of the plant. */
let larger: PermitPlant
let deps: PermitRoomDeps
const mass: MonthlyMass[] = []
/** 334 days are counted. */
const clock = clockAt('2022-12-01')

beforeAll(async () => {
  test = await createTestDatabase()
  single = await makePermitPlant(test.db, 1)
  larger = await makePermitPlant(test.db, 2, (p) => ({ ...p, totals: [{ pollutant: 'SO2', tonnes: 200 }] }))
  deps = { ...(await createTestDeps(test.db, { clock })), doors: testDoors(mass) }
}, 120_000)
afterAll(() => test.drop())
beforeEach(async () => {
  mass.length = 0
  clock.advance(3_600_000)
  await watchPermitted(deps)
  clock.advance(3_600_000)
})

const year = (outletId: number, tonnes: number, pollutant = 'SO2', of = 2022) => {
  for (let m = 1; m <= (of === 2022 ? 11 : 12); m++) {
    const month = `${of}-${String(m).padStart(2, '0')}`
    mass.push({ outletId, month, pollutant, kg: (tonnes * 1000) / (of === 2022 ? 11 : 12), validShare: 1 })
  }
}
const active = async () => {
  const { rows } = await test.db.pool.query(
    `select feature_id, factor, level, explanation, statistic, openings from lead
      where rule_id = 'permit.annual-tonnes' and active order by feature_id, factor`,
  )
  return rows
}
const notices = async () =>
  (
    await test.db.pool.query(
      `select count(*)::int as n from lead_history where action in ('opened', 'reopened')`,
    )
  ).rows[0].n

describe('actual tonnes against permitted ones', () => {
  it('nothing is said below the first percentage', async () => {
    year(single.air.id, 90)
    expect(await watchPermitted(deps)).toEqual({ near: 0, leads: 0 })
    expect(await active()).toEqual([])
  })
  it('one lead for the plant and pollutant, exactly once under parallel sweeps; the only outlet adds none', async () => {
    year(single.air.id, 97)
    const before = await notices()
    const sweeps = await Promise.all([1, 2, 3, 4].map(() => watchPermitted(deps)))
    expect(sweeps.reduce((sum, sweep) => sum + sweep.leads, 0)).toBe(1)
    const [lead, ...others] = await active()
    expect(others).toEqual([])
    expect(lead).toMatchObject({ feature_id: single.enterprise.id, factor: 'SO2', level: 'watch' })
    expect(lead.explanation).toContain('已达许可排放量的 80%')
    expect(await notices()).toBe(before + 1)
  })
  it('the second percentage, a year that would end above, and what is exceeded are told apart', async () => {
    for (const [tonnes, words, level] of [
      [109, '已达许可排放量的 90%', 'watch'],
      [115, '推算，全年', 'watch'],
      [120, '已用尽许可排放量', 'medium'],
      [130, '已超过许可排放量', 'medium'],
    ] as const) {
      mass.length = 0
      clock.advance(3_600_000)
      year(single.air.id, tonnes)
      await watchPermitted(deps)
      const [lead, ...others] = await active()
      expect(others).toEqual([])
      expect(lead.explanation).toContain(words)
      expect(lead.level).toBe(level)
    }
  })
  it('an outlet above its own tonnes is a lead although the plant is not', async () => {
    year(larger.air.id, 125)
    await watchPermitted(deps)
    expect(await active()).toMatchObject([{ feature_id: larger.air.id, factor: 'SO2', level: 'medium' }])
  })
  it('each pollutant is a lead of its own, and is calmed by its own figures only', async () => {
    year(single.air.id, 130)
    year(single.air.id, 190, 'NOx')
    await watchPermitted(deps)
    expect((await active()).map((lead) => lead.factor)).toEqual(['NOx', 'SO2'])
    mass.splice(0, 11)
    year(single.air.id, 60)
    clock.advance(3_600_000)
    await watchPermitted(deps)
    expect((await active()).map((lead) => lead.factor)).toEqual(['NOx'])
  })
  it('figures that say so again within the day open the lead again', async () => {
    year(single.air.id, 130)
    expect((await watchPermitted(deps)).leads).toBe(1)
    expect(await active()).toHaveLength(1)
  })
  it('what ended above last year stays although the new year is fresh', async () => {
    year(single.air.id, 130, 'SO2', 2021)
    await watchPermitted(deps)
    expect((await active())[0].explanation).toContain('2021 年截至 2021-12-31')
    mass.length = 0
    year(single.air.id, 115, 'SO2', 2021)
    clock.advance(3_600_000)
    await watchPermitted(deps)
    expect(await active()).toEqual([])
  })
  it('only the plants asked for are looked at', async () => {
    year(single.air.id, 130)
    expect(await watchPermitted(deps, [larger.enterprise.id])).toEqual({ near: 0, leads: 0 })
    expect(await active()).toEqual([])
  })
  it('the bureau may warn earlier; the row says by whom', async () => {
    year(single.air.id, 90)
    const rule = { value: 70, source: '局内规定', status: 'design' } as const
    await changeRule(deps, bureauActor('source', 11), 'permitted.first-percent', rule)
    await watchPermitted(deps)
    expect((await active())[0].explanation).toContain('已达许可排放量的 70%')
  })
})
