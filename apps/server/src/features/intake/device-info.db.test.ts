import { encodeFrame, formatTime, QnSource } from '@shanshui/hj212'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Deps } from '../../platform/deps.ts'
import {
  createTestDatabase,
  createTestDeps,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import {
  applyDecision,
  digestOf,
  internLayout,
  readSeries,
  wipeDerived,
  writeObservations,
} from '../series/index.ts'
import { deviceInfoAt, deviceInfoChanges } from './device-info.repository.ts'
import { saveStation } from './gateway.service.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { replay } from './replay.ts'
import { TestDevice } from './test-device.ts'

const series = { internLayout, writeObservations, readSeries }
const minuteMs = 60_000
const nowMs = Math.floor(Date.now() / 3_600_000) * 3_600_000
const mn = '010000A8900016F000169DC0'
const qns = new QnSource()

let database: TestDatabase
let deps: Deps
let gateway: Gateway
let device: TestDevice
let point: number

beforeAll(async () => {
  database = await createTestDatabase()
  deps = await createTestDeps(database.db, { config: { gatewayPort: 0 } })
  point = await database.db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', { code: 629000, name: '祁川市', level: 'city' } as never)
    const made = await upsertFeature(trx, 'system', {
      kind: 'air-station',
      code: 'A',
      name: '站A',
      regionCode: 629000,
      lon: 102,
      lat: 38,
      properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'c' },
    } as never)
    return made.id
  })
  await saveStation(deps, testActor('analyst'), { mn, pointId: point, password: 'secret', reason: '登记' })
  gateway = await startGateway(deps, series, { requeryEveryMs: 0 })
  device = await TestDevice.connect(gateway.port)
})
afterAll(async () => {
  device.close()
  await gateway.stop()
  await deps.events.close()
  await database.drop()
})

async function say(cn: string, atMs: number, area: string): Promise<void> {
  const qn = qns.next(Date.now())
  const cp = `DataTime=${formatTime(atMs)};${area}`
  const bytes = encodeFrame({ version: '2017', qn, st: '31', cn, pw: 'secret', mn, needAck: true, cp })
  expect(await device.exchange(bytes, qn)).toBe('9014')
}

const changes = async () =>
  (await deviceInfoChanges(database.db.pool, [point], 0, nowMs + 1)).map(
    ({ polId, code, atMs, value, before }) =>
      `${(atMs - nowMs) / minuteMs} ${polId} ${code} ${before ?? '-'} → ${value}`,
  )

describe('field information', () => {
  it('is kept where it changes, with what it was before; a repetition adds nothing', async () => {
    await say('3020', nowMs - 50 * minuteMs, 'PolId=a21026;i13001-Info=300;i13008-Info=1')
    await say('3020', nowMs - 40 * minuteMs, 'PolId=a21026;i13001-Info=300;i13008-Info=1')
    await say('3020', nowMs - 30 * minuteMs, 'PolId=a21026;i13001-Info=200;i13008-Info=1')
    await say('3020', nowMs - 30 * minuteMs, 'PolId=a21002;i13001-Info=200')
    await say('2021', nowMs - 20 * minuteMs, 'SB1-RS=1')
    await say('2021', nowMs - 10 * minuteMs, 'SB1-RS=0')
    expect(await changes()).toEqual([
      '-50 a21026 i13001 - → 300',
      '-50 a21026 i13008 - → 1',
      '-30 a21026 i13001 300 → 200',
      '-30 a21002 i13001 - → 200',
      '-20  SB1 - → 1',
      '-10  SB1 1 → 0',
    ])
    const inForce = await deviceInfoAt(database.db.pool, [point], nowMs - 35 * minuteMs)
    expect(inForce.map(({ code, value }) => [code, value])).toEqual([
      ['i13001', '300'],
      ['i13008', '1'],
    ])
  })

  it('that comes late takes its place in time; values, converted values and the load stand beside', async () => {
    await say('3020', nowMs - 45 * minuteMs, 'PolId=a21026;i13001-Info=250')
    await say('3020', nowMs - 5 * minuteMs, 'i33400-Info=82.5')
    await say('2061', nowMs - 60 * minuteMs, 'a21026-Avg=20,a21026-ZsAvg=28,a21026-Flag=N;i33400-Avg=80')
    expect((await changes()).filter((text) => text.includes('a21026 i13001'))).toEqual([
      '-50 a21026 i13001 - → 300',
      '-45 a21026 i13001 300 → 250',
      '-30 a21026 i13001 250 → 200',
    ])
    const { rows } = await database.db.pool.query(
      `select period, factor, value from obs_value where point_id = $1 and procedure = 'measured' order by period, factor`,
      [point],
    )
    expect(rows).toEqual([
      { period: 'hour', factor: 'a21026', value: 20 },
      { period: 'hour', factor: 'a21026Zs', value: 28 },
      { period: 'hour', factor: 'i33400', value: 80 },
      { period: 'rt', factor: 'i33400', value: 82.5 },
    ])
  })

  it('is the same after a replay of the journal', async () => {
    const before = { changes: await changes(), digest: await digestOf(database.db.pool, 'all') }
    await gateway.stop()
    await database.db.pool.query(
      `insert into device_info (point_id, region_code, owner_id, mn, pol_id, code, at, value, msg)
      values ($1, 629000, 0, 'x', '', 'i13001', now(), 'stray', 1)`,
      [point],
    )
    await replay({ db: database.db }, { ...series, applyDecision, wipeDerived })
    expect({ changes: await changes(), digest: await digestOf(database.db.pool, 'all') }).toEqual(before)
  })

  it('is seen by who may see the point', async () => {
    const count = async (owner: 'any' | number) =>
      database.db.asActor(
        { ...testActor('enterprise'), regions: '{[629000,629100)}', owner },
        async (trx) => (await deviceInfoChanges(trx, [point], 0, nowMs + 1)).length,
      )
    await database.db.pool.query('update device_info set owner_id = 5')
    expect([await count('any'), await count(5), await count(6)]).toEqual([8, 8, 0])
  })
})
