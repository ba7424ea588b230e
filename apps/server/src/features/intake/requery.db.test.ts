import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Deps } from '../../platform/deps.ts'
import {
  createTestDatabase,
  createTestDeps,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import { internLayout, readSeries, writeObservations } from '../series/index.ts'
import { saveStation } from './gateway.service.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { dataFrame, TestDevice } from './test-device.ts'

const series = { internLayout, writeObservations, readSeries }
const mn = '010000A8900016F000169DC0'
const hourMs = 3_600_000
const six = Object.fromEntries(
  ['a05024', 'a21004', 'a21005', 'a21026', 'a34002', 'a34004'].map((code) => [code, { Avg: '5', Flag: 'N' }]),
)
let database: TestDatabase
let deps: Deps
let gateway: Gateway

beforeAll(async () => {
  database = await createTestDatabase()
  deps = await createTestDeps(database.db)
  const pointId = await database.db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', {
      code: 629000,
      name: '祁川市',
      level: 'city',
      parentCode: null,
    } as never)
    const point = await upsertFeature(trx, 'system', {
      kind: 'air-station',
      code: 'A',
      name: '站A',
      regionCode: 629000,
      lon: 102,
      lat: 38,
      properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'c' },
    } as never)
    return point.id
  })
  await saveStation(deps, testActor('analyst'), { mn, pointId, password: 'secret', reason: '登记' })
  gateway = await startGateway(deps, series, { host: '127.0.0.1', port: 0, requeryEveryMs: 0 })
})
afterAll(async () => {
  await gateway.stop()
  await deps.events.close()
  await database.drop()
})

it('asks a connected station by itself for what is missing, stores it, and does not ask twice within the cooldown', async () => {
  const asked: [string, string][] = []
  const device = await TestDevice.connect(gateway.port)
  device.onRequest = (frame) => {
    if (frame.header.cn !== '2061') return
    const [begin, end] = [frame.cp.plain('BeginTime')!, frame.cp.plain('EndTime')!]
    asked.push([begin, end])
    const answer = (cn: string, area: string) => device.write(device.reply(frame, cn, area))
    answer('9011', 'QnRtn=1')
    for (let at = parse(begin); at <= parse(end); at += hourMs)
      device.write(dataFrame({ mn, dataTimeMs: at, factors: six }).bytes)
    setTimeout(() => answer('9012', 'ExeRtn=1'), 200)
  }
  const thisHour = Math.floor(Date.now() / hourMs) * hourMs
  // an hour in the middle is there already: the rest is two commands
  await device.send({ mn, dataTimeMs: thisHour - 40 * hourMs, factors: six })
  const count = await gateway.requery()
  expect(count).toBeGreaterThanOrEqual(70)
  expect(await gateway.requery()).toBe(0)
  const done = async () =>
    (
      await database.db.pool.query<{ n: number }>(
        `select count(*)::int as n from hj212_command where state = 'done' and automatic`,
      )
    ).rows[0]!.n
  for (let i = 0; i < 150 && (await done()) < 2; i++) await new Promise((resolve) => setTimeout(resolve, 100))
  expect(asked).toHaveLength(2)
  const { rows } = await database.db.pool.query<{ n: number }>('select count(*)::int as n from obs_hour')
  expect(rows[0]!.n).toBe(count + 1)
  device.close()
}, 40_000)

const parse = (text: string): number =>
  Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T${text.slice(8, 10)}:00:00+08:00`)
