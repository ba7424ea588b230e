import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { registryRoutes } from '../registry/index.ts'
import { movePermitRecords } from './merged-enterprise.repository.ts'
import { sweepObligations } from './obligation.compile.ts'
import { listObligations } from './obligation.service.ts'
import { bureauActor, clockAt, makePermitPlant, testDoors } from './permit-fixture.ts'

const bureau = bureauActor('source', 11)
let database: TestDatabase
let server: TestApp

beforeAll(async () => {
  database = await createTestDatabase()
  const doors = { timelines: [], counts: [], afterMerge: [movePermitRecords] }
  server = await createTestApp(database.db, {
    actor: bureau,
    clock: clockAt('2022-04-20'),
    routes: [(deps) => registryRoutes(deps, doors)],
  })
}, 120_000)
afterAll(async () => {
  await server.close()
  await database.drop()
})

it('hours of the plant that goes on settle the permit of the one that was merged into it', async () => {
  const keep = await makePermitPlant(database.db, 1)
  const drop = await makePermitPlant(database.db, 2)
  const hours = [{ outletId: keep.air.id, factor: 'a21026', valid: 31 * 24, stopped: 0 }]
  const deps = { ...server.deps, doors: testDoors([], hours) }
  const state = async () => {
    const { items } = await listObligations(deps, bureau, { permitId: drop.permit.id, limit: 1000 })
    return items.find(({ key }) => key === 'monitor:DA001:a21026:auto:2022-03')?.state
  }
  await sweepObligations(deps)
  expect(await state()).toBe('overdue')

  const merged = await server.app.inject({
    method: 'POST',
    url: `/api/v1/enterprises/${keep.enterprise.id}/merge`,
    payload: { dropId: drop.enterprise.id, reason: '同一单位', versions: { keep: 1, drop: 1 } },
  })
  expect(merged.statusCode).toBe(201)
  await sweepObligations(deps)
  // The number of the permit still begins with the code that was given up.
  expect(await state()).toBe('done')
})
