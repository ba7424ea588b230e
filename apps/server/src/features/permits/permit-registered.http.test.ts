/** A permit is compiled when the registry has it, not when the hour comes round. */
import type { Obligation } from '@shanshui/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { roomRoutes } from '../../main.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { type PermitWorker, startPermitWorker } from './permit.worker.ts'
import { bureauActor, clockAt, makePermitPlant, permitProperties, testDoors } from './permit-fixture.ts'

let test: TestDatabase
let server: TestApp
let worker: PermitWorker

beforeAll(async () => {
  test = await createTestDatabase()
  server = await createTestApp(test.db, {
    actor: bureauActor('source', 11),
    clock: clockAt('2022-04-20'),
    live: true,
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
  })
  worker = startPermitWorker({ ...server.deps, doors: testDoors() })
}, 120_000)
afterAll(async () => {
  await worker.stop()
  await server.close()
  await test.drop()
})

const call = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  server.app.inject({ method, url: `/api/v1${url}`, ...(payload === undefined ? {} : { payload }) })
const titles = async (permitId: number): Promise<string[]> => {
  const answer = await call('GET', `/permit-obligations?permitId=${permitId}&limit=1000`)
  return (answer.json().items as Obligation[]).map((one) => one.title)
}
const soon = { timeout: 8_000, interval: 100 }

it('obligations exist within seconds of the registration, and follow a change', async () => {
  const plant = await makePermitPlant(test.db, 1)
  const document = permitProperties(plant.code)
  const body = {
    kind: 'permit',
    code: `${plant.code}002V`,
    name: '第二张许可证',
    regionCode: plant.enterprise.regionCode,
    ownerId: plant.enterprise.ownerId,
    properties: document,
  }
  const made = await call('POST', '/features', body)
  expect(made.statusCode, made.body).toBe(201)
  const { id, version } = made.json()
  await expect.poll(() => titles(id), soon).toContainEqual(expect.stringContaining('治理设施运行'))

  const ledgers = [{ content: '固体废物贮存', frequency: 'quarter' }]
  const { kind, ...rest } = body
  const changed = await call('PUT', `/features/${id}`, {
    ...rest,
    version,
    properties: { ...document, ledgers },
  })
  expect(changed.statusCode, changed.body).toBe(200)
  await expect.poll(() => titles(id), soon).toContainEqual(expect.stringContaining('固体废物贮存'))
  // The ledger before it is no longer asked for, as far as it is still open.
  const { rows } = await test.db.pool.query(
    `select distinct state from permit_obligation where permit_id = $1 and title like '%治理设施运行%'`,
    [id],
  )
  expect(rows.filter((row) => row.state === 'due')).toEqual([])
  // The first permit was not announced: nothing has compiled it.
  expect(await titles(plant.permit.id)).toEqual([])
})

it('an import, which does not name its permits, compiles them all', async () => {
  const plant = await makePermitPlant(test.db, 2)
  server.deps.events.publish('registry', { kind: 'permit' })
  await expect.poll(() => titles(plant.permit.id), soon).not.toEqual([])
})
