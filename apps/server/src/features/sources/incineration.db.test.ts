import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { creditCode, enterpriseDraft, makeRegions, outletDraft } from '../registry/enterprise-fixture.ts'
import { type Point, upsertFeature } from '../registry/index.ts'
import { hourMs, internLayout, type ObservationRow, writeObservations } from '../series/index.ts'
import { queueEverything } from './dirty.repository.ts'
import { drainSources } from './drain.service.ts'
import { exceedanceRows } from './exceedance.repository.ts'
import { at, cause } from './source-fixture.ts'
import { sourceDigest } from './wipe.repository.ts'

let test: TestDatabase
let furnace: Point
const factors = ['a00000', 'a19001', 'a21024', 'a01901']
const start = at('2026-03-01T00:00')
const drain = async (nowMs: number) => {
  await queueEverything(test.db.pool, null, '重算')
  await test.db.transaction((trx) => drainSources(trx, { nowMs, doubted: async () => new Set<number>() }))
}

beforeAll(async () => {
  test = await createTestDatabase()
  await test.db.transaction(async (trx) => {
    await makeRegions(trx)
    const code = creditCode(9)
    const sector = { properties: { sector: 'waste-incineration' } }
    await upsertFeature(trx, 'system', enterpriseDraft(code, '焚烧厂', sector))
    furnace = await upsertFeature(
      trx,
      'system',
      outletDraft(code, 'DA001', {
        properties: {
          facility: 'waste-incinerator',
          factors: ['a21024', 'a01901'],
          eiaApprovedOn: '2020-01-01',
        },
      }),
    )
  })
})
afterAll(() => test.drop())

async function write(
  period: 'hour' | 'min',
  fromMs: number,
  count: number,
  stepMs: number,
  hcl: number,
  degrees: number,
  msg = 1n,
) {
  await test.db.transaction(async (trx) => {
    const layoutId = await internLayout(trx, factors)
    const { id: pointId, regionCode, ownerId } = furnace
    const rows: ObservationRow[] = Array.from({ length: count }, (_, i) => ({
      pointId,
      regionCode,
      ownerId,
      startMs: fromMs + i * stepMs,
      layoutId,
      values: [50_000, 11, hcl, degrees],
      flags: 'NNNN',
      msg,
    }))
    await writeObservations(trx, period, rows, cause)
  })
}
const kinds = async () =>
  (await exceedanceRows(test.db.pool, {}))
    .filter((one) => one.state !== 'withdrawn')
    .map((one) => `${one.kind} ${one.factor} ${one.hours}`)
    .sort()

it('is judged by the day at 11 % oxygen: HCl 51 against 50 is an exceedance day, an hour alone is none', async () => {
  await write('hour', start, 24, hourMs, 51, 900)
  await write('hour', start + 24 * hourMs, 23, hourMs, 40, 900)
  await write('hour', start + 47 * hourMs, 1, hourMs, 200, 900)
  await drain(at('2026-03-20T00:00'))
  expect(await kinds()).toEqual(['day a21024 1'])
})

it('with five exceedance days in a month is an event of the month, wherever in the month the fifth lies', async () => {
  await write('hour', start + 4 * 24 * hourMs, 3 * 24, hourMs, 60, 900)
  await drain(at('2026-03-20T00:00'))
  expect(await kinds()).toEqual(['day a21024 1', 'day a21024 3'])
  await write('hour', start + 15 * 24 * hourMs, 24, hourMs, 60, 900)
  await drain(at('2026-03-20T00:00'))
  expect(await kinds()).toEqual(['day a21024 1', 'day a21024 1', 'day a21024 3', 'month-days * 5'])
  await write('hour', start + 15 * 24 * hourMs, 24, hourMs, 30, 900, 2n)
  await drain(at('2026-03-20T00:00'))
  expect(await kinds()).toEqual(['day a21024 1', 'day a21024 3'])
})

it('with five five-minute means below 850 ℃ in a day is an event of the furnace, with four it is none', async () => {
  const minutes = 60_000
  await write('min', start + 10 * hourMs, 4, 5 * minutes, 30, 840)
  await drain(at('2026-03-20T00:00'))
  expect(await kinds()).not.toContain('furnace a01901 4')
  await write('min', start + 11 * hourMs, 1, 5 * minutes, 30, 849.9)
  await drain(at('2026-03-20T00:00'))
  expect(await kinds()).toContain('furnace a01901 5')
  const before = await sourceDigest(test.db.pool)
  await drain(at('2026-03-20T00:00'))
  expect(await sourceDigest(test.db.pool)).toBe(before)
})
