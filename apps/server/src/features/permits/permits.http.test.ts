import type {
  ExecutionReportDetail,
  LedgerRow,
  Obligation,
  PermitDetail,
  PermitSummary,
} from '@shanshui/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { permitRoomRoutes } from './index.ts'
import {
  bureauActor,
  clockAt,
  enterpriseActor,
  makePermitPlant,
  noPermissions,
  type PermitPlant,
  testDoors,
} from './permit-fixture.ts'

let test: TestDatabase
let plant: PermitPlant
let other: PermitPlant
let weaker: PermitPlant
let bureau: TestApp
let holder: TestApp
let clerk: TestApp

beforeAll(async () => {
  test = await createTestDatabase()
  plant = await makePermitPlant(test.db, 1, (p) => ({ ...p, totals: [{ pollutant: 'SO2', tonnes: 100 }] }))
  other = await makePermitPlant(test.db, 2)
  // A gas boiler: SO2 50, NOx 200 mg/m³ at 3.5 % oxygen (GB 13271-2014 表2、表6).
  weaker = await makePermitPlant(
    test.db,
    3,
    (p) => ({
      ...p,
      outlets: p.outlets.map((outlet) =>
        outlet.medium === 'water'
          ? outlet
          : {
              ...outlet,
              referenceO2: 9,
              limits: outlet.limits.map((l) => (l.factor === 'a21026' ? { ...l, value: 100 } : l)),
            },
      ),
    }),
    'boiler-gas',
  )
  const clock = clockAt('2022-04-20')
  const routes = [(deps: TestApp['deps']) => permitRoomRoutes({ ...deps, doors: testDoors() })]
  bureau = await createTestApp(test.db, { routes, clock, actor: bureauActor('source', 11) })
  holder = await createTestApp(test.db, { routes, clock, actor: enterpriseActor(plant, 21) })
  clerk = await createTestApp(test.db, { routes, clock, actor: noPermissions })
}, 120_000)
afterAll(async () => {
  for (const app of [bureau, holder, clerk]) await app.close()
  await test.drop()
})

const get = async <T>(app: TestApp, url: string): Promise<T> => {
  const answer = await app.app.inject({ method: 'GET', url: `/api/v1${url}` })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json() as T
}
const send = (app: TestApp, url: string, payload: object) =>
  app.app.inject({ method: 'POST', url: `/api/v1${url}`, payload })

describe('permits over HTTP', () => {
  it('the bureau compiles, sees contradictions with their clause and the three rates', async () => {
    expect((await send(bureau, '/permit-obligations/compile', {})).json()).toMatchObject({ permits: 3 })
    const permit = await get<PermitDetail>(bureau, `/permits/${plant.permit.id}`)
    expect(permit.contradictions.map((c) => c.rule).sort()).toEqual(['tonnes-sum', 'tonnes-total-missing'])
    expect(permit.contradictions[0]?.clause).toContain('国务院令第736号')
    const weak = await get<PermitDetail>(bureau, `/permits/${weaker.permit.id}`)
    expect(weak.contradictions.map((c) => [c.rule, c.clause])).toEqual([
      ['limit-weaker', 'GB 13271-2014 表2'],
      ['reference-oxygen', 'GB 13271-2014 表6'],
    ])
    expect(permit.deadlines.length).toBeGreaterThan(5)
    const { items } = await get<{ items: { enterpriseId: number; planCompleteness: number }[] }>(
      bureau,
      '/permit-obligations/enterprises?year=2022',
    )
    expect(items.find((row) => row.enterpriseId === plant.enterprise.id)?.planCompleteness).toBe(100)
  })
  it('a permit lists by its standing', async () => {
    const all = await get<{ items: PermitSummary[] }>(bureau, '/permits?standing=valid')
    expect(all.items).toHaveLength(3)
    expect((await get<{ items: PermitSummary[] }>(bureau, '/permits?standing=expired')).items).toEqual([])
    expect(
      (await get<{ items: PermitSummary[] }>(bureau, `/permits?search=${other.code}`)).items,
    ).toHaveLength(1)
  })
  it('the calendar adds up to the list', async () => {
    const { days } = await get<{ days: { counts: Record<string, number> }[] }>(
      bureau,
      '/permit-obligations/calendar?from=2022-01-01&to=2022-12-31',
    )
    const list = await get<{ items: Obligation[] }>(
      bureau,
      '/permit-obligations?from=2022-01-01&to=2022-12-31&limit=1000',
    )
    const sum = days.reduce(
      (n, { counts }) =>
        n + (counts.due ?? 0) + (counts.done ?? 0) + (counts.overdue ?? 0) + (counts.exempt ?? 0),
      0,
    )
    expect(sum).toBe(list.items.length)
  })
  it('the holder submits a report for its own permit and for no other', async () => {
    const report = (permitId: number) => ({
      permitId,
      period: 'quarter',
      periodFrom: '2022-01-01',
      totals: [],
      rows: [{ outletNumber: 'DA001', month: '2022-01', pollutant: 'SO2', tonnes: 3 }],
      ledgerKept: true,
    })
    const answer = await send(holder, '/execution-reports', report(plant.permit.id))
    expect(answer.statusCode, answer.body).toBe(201)
    expect(answer.json<ExecutionReportDetail>()).toMatchObject({ origin: 'submitted', revision: 1 })
    const foreign = await send(holder, '/execution-reports', report(other.permit.id))
    expect(foreign.statusCode).toBe(404)
    expect(foreign.json()).toMatchObject({ code: 'permit.unknown' })
    const { items } = await get<{ items: PermitSummary[] }>(holder, '/permits')
    expect(items.map((row) => row.id)).toEqual([plant.permit.id])
  })
  it('the holder reads no ledgers of tonnes and compiles nothing', async () => {
    expect(
      (await holder.app.inject({ method: 'GET', url: '/api/v1/tonnage/ledgers?year=2022' })).statusCode,
    ).toBe(403)
    expect((await send(holder, '/permit-obligations/compile', {})).statusCode).toBe(403)
    expect((await clerk.app.inject({ method: 'GET', url: '/api/v1/permits' })).statusCode).toBe(403)
  })
  it('a report that was submitted stands in the ledger of its outlet', async () => {
    const { items } = await get<{ items: LedgerRow[] }>(bureau, '/tonnage/ledgers?year=2022')
    expect(items).toMatchObject([{ outletId: plant.air.id, pollutant: 'SO2', reported: 3, online: null }])
  })
  it('a file of reports is imported', async () => {
    const boundary = 'xyz'
    const csv = `permit,period,from,outlet,month,pollutant,tonnes\n${other.permit.code},quarter,2022-01-01,DA001,2022-02,NOx,1.5\n`
    const payload = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${csv}\r\n--${boundary}--\r\n`
    const answer = await bureau.app.inject({
      method: 'POST',
      url: '/api/v1/execution-reports/import',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload,
    })
    expect(answer.json()).toEqual({ reports: 1, rows: 1, errors: [] })
  })
  it('a cursor that is none is refused', async () => {
    const answer = await bureau.app.inject({ method: 'GET', url: '/api/v1/permit-obligations?cursor=zzz' })
    expect(answer.json()).toMatchObject({ code: 'request.cursor-invalid' })
  })
})
