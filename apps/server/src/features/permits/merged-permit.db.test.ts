import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, createTestDeps, type TestDatabase } from '../../platform/testing/index.ts'
import { noDoors } from '../registry/dossier.service.ts'
import { mergeEnterprises } from '../registry/merge.service.ts'
import { movePermitRecords } from './merged-enterprise.repository.ts'
import { sweepObligations } from './obligation.compile.ts'
import { listObligations } from './obligation.service.ts'
import { bureauActor, clockAt, makePermitPlant, testDoors } from './permit-fixture.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
}, 120_000)
afterAll(() => test.drop())

it('hours of the plant that goes on settle the permit of the one that was merged into it', async () => {
  const keep = await makePermitPlant(test.db, 1)
  const drop = await makePermitPlant(test.db, 2)
  const bureau = bureauActor('source', 11)
  const rooms = await createTestDeps(test.db, { clock: clockAt('2022-04-20') })
  const hours = [{ outletId: keep.air.id, factor: 'a21026', valid: 31 * 24, stopped: 0 }]
  const deps = { ...rooms, doors: testDoors([], hours) }
  await sweepObligations(deps)
  const state = async () => {
    const { items } = await listObligations(deps, bureau, { permitId: drop.permit.id, limit: 1000 })
    return items.find(({ key }) => key === 'monitor:DA001:a21026:auto:2022-03')?.state
  }
  expect(await state()).toBe('overdue')

  const doors = { ...noDoors, afterMerge: [movePermitRecords] }
  await mergeEnterprises(rooms, bureau, doors, keep.enterprise.id, {
    dropId: drop.enterprise.id,
    reason: '同一单位',
    versions: { keep: 1, drop: 1 },
  })
  await sweepObligations(deps)
  // The number of the permit still begins with the code that was given up.
  expect(await state()).toBe('done')
})
