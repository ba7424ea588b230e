import type { PermitProperties } from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { creditCode, enterpriseDraft, makeRegions } from './enterprise-fixture.ts'
import { permitLimit, permitOf } from './permit-documents.ts'
import { upsertFeature } from './registry.service.ts'

let database: TestDatabase
const code = creditCode(7)
const limits = (value: number): PermitProperties['outlets'] => [
  {
    number: 'DA001',
    medium: 'air',
    main: true,
    limits: [{ factor: 'a21026', value, unit: 'mg/m³', averaging: 'hour', basis: 'GB 13271-2014' }],
    annualTonnes: [],
  },
]
const draft = (change: Partial<PermitProperties>, number = `${code}001P`) => ({
  kind: 'permit',
  code: number,
  name: '试验厂 排污许可证',
  regionCode: 629001,
  properties: {
    creditCode: code,
    issuedOn: '2020-06-10',
    expiresOn: '2025-06-09',
    authority: '试验市生态环境局',
    management: 'key' as const,
    outlets: limits(50),
    totals: [],
    selfMonitoring: [],
    reports: [],
    ledgers: [],
    ...change,
  },
})
const put = (...input: Parameters<typeof draft>) =>
  database.db.transaction((trx) => upsertFeature(trx, 'system', draft(...input)))

beforeAll(async () => {
  database = await createTestDatabase()
  await database.db.transaction(async (trx) => {
    await makeRegions(trx)
    await upsertFeature(trx, 'system', enterpriseDraft(code, '试验厂'))
  })
}, 120_000)
afterAll(() => database.drop())

test('a permit is its holder’s: number, owner and term must fit', async () => {
  await expect(put({}, `${creditCode(8)}001P`)).rejects.toMatchObject({ code: 'registry.feature-invalid' })
  await expect(put({ expiresOn: '2020-06-10' })).rejects.toMatchObject({ code: 'registry.feature-invalid' })
  const permit = await put({})
  const { rows } = await database.db.pool.query(`select owner_id from feature where kind = 'enterprise'`)
  expect(permit.ownerId).toBe(rows[0].owner_id)
  expect(permit.ownerId).not.toBe(0)
})

test('the version in force on the day sets the limit, also after a change', async () => {
  await put({ changedOn: '2022-03-01', outlets: limits(35) })
  const limitOn = async (day: string) => {
    const permit = await permitOf(database.db.pool, code, day)
    return permit && permitLimit(permit, 'DA001', 'a21026', 'hour')?.value
  }
  expect(await limitOn('2020-06-09')).toBeUndefined()
  expect(await limitOn('2022-02-28')).toBe(50)
  expect(await limitOn('2022-03-01')).toBe(35)
  expect(await limitOn('2025-06-09')).toBe(35)
  expect(await limitOn('2025-06-10')).toBeUndefined()
})

test('of two limits for one factor the stricter holds, and none for another averaging', async () => {
  const permit = await permitOf(database.db.pool, code, '2024-01-01')
  if (permit === undefined) throw new Error('no permit')
  const twice = { ...permit, outlets: [...permit.outlets, ...limits(20)] }
  expect(permitLimit(twice, 'DA001', 'a21026', 'hour')?.value).toBe(20)
  expect(permitLimit(twice, 'DA001', 'a21026', 'day')).toBeUndefined()
  expect(permitLimit(twice, 'DA009', 'a21026', 'hour')).toBeUndefined()
})
