import { type BurdenMeter, permissionsOf } from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roomRoutes } from '../../main.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { burdenOf } from './burden.ts'
import { type AskedForm, askedForms } from './burden-catalogue.ts'

let database: TestDatabase
let server: TestApp
beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, {
    actor: testActor('section-head'),
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

/** Written by an enterprise without being a form: carries bytes, or computes and keeps nothing. */
const noForms: Readonly<Record<string, string>> = {
  'PATCH /api/v1/evidence/uploads/:id': 'bytes of a file',
  'DELETE /api/v1/evidence/uploads/:id': 'gives an upload up',
  'POST /api/v1/evaluators/:id': 'a calculation; nothing is kept',
}

test('every route that an enterprise may write to is in the catalogue of what is asked of it', async () => {
  const held: ReadonlySet<string> = permissionsOf(['enterprise'])
  const document: { paths: Record<string, Record<string, { operationId?: string }>> } = (
    await server.app.inject({ url: '/api/v1/openapi.json' })
  ).json()
  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => [
        `${method.toUpperCase()} ${path.replace(/\{([^}]+)\}/g, ':$1')}`,
        operationId,
      ]),
    ),
  )
  const known = new Set(askedForms().map(({ operation }) => operation))
  const missing = server.routes
    .filter(({ method, access }) => method !== 'GET' && 'permission' in access && held.has(access.permission))
    .map(({ method, url }) => `${method} ${url}`)
    .filter((route) => noForms[route] === undefined && !known.has(operations.get(route) ?? ''))
  expect(missing).toEqual([])
})

test('our own forms ask nothing twice, and the page says how many fields there are', async () => {
  const meter: BurdenMeter = (await server.app.inject({ url: '/api/v1/bureau/burden' })).json()
  expect(meter.duplicates).toEqual([])
  expect(meter.repeated).toBe(0)
  expect(meter.fields).toBe(meter.forms.reduce((sum, form) => sum + form.fields, 0))
  expect(meter.forms.length).toBeGreaterThan(10)
})

test('a fact asked for in three forms is two repetitions; keys, events and what is filled in are none', () => {
  const form = (id: string, role: 'fact' | 'key' | 'event' | 'prefilled'): AskedForm => ({
    id,
    title: id,
    operation: id,
    perYear: 1,
    fields: [{ path: 'address', concept: 'enterprise.address', title: '地址', role }],
  })
  const meter = burdenOf([
    form('a', 'fact'),
    form('b', 'fact'),
    form('c', 'fact'),
    form('d', 'prefilled'),
    form('e', 'key'),
  ])
  expect(meter.repeated).toBe(2)
  expect(meter.duplicates).toMatchObject([{ concept: 'enterprise.address', repeated: 2 }])
  expect(meter.duplicates[0]?.asked.map(({ form }) => form)).toEqual(['a', 'b', 'c'])
  expect(meter.fields).toBe(4)
})
