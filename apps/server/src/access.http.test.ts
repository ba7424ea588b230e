/** The role × route matrix, and the structure of the OpenAPI document, over all routes of the running product. */
import { rmSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { permissionsOf, type RoleName, roleNames, roles } from '@shanshui/contract'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFirstAdministrator } from './features/identity/index.ts'
import { roomRoutes } from './main.ts'
import type { RouteAccess } from './platform/http/index.ts'
import { builtWebFixture } from './platform/http/web.fixture.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from './platform/testing/index.ts'

let database: TestDatabase
let server: TestApp
let webDir: string

beforeAll(async () => {
  database = await createTestDatabase()
  webDir = builtWebFixture()
  server = await createTestApp(database.db, {
    // What a first request makes there goes with the test.
    config: { webDir, dataDir: webDir },
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
    authenticate: () => async (request) => {
      const role = request.headers['x-test-role'] as RoleName | undefined
      if (role === undefined) return undefined
      return { actor: testActor(role), via: 'key', csrfToken: null, mustChangePassword: false }
    },
  })
})
// The person that testActor names.
beforeAll(async () => {
  await createFirstAdministrator(database)
})
afterAll(async () => {
  await server.close()
  await database.drop()
  rmSync(webDir, { recursive: true })
})

/** A request that reaches the route: its parameters filled with something that does not exist. */
async function send(
  route: RouteAccess,
  role?: RoleName,
): Promise<{ status: number; code: string | undefined }> {
  const url = route.url.replace(/:[A-Za-z]+/g, '2147483647').replace('*', 'nothing.txt')
  const method = route.method as InjectOptions['method']
  const answer = await server.app.inject({
    method,
    url,
    headers: role === undefined ? {} : { 'x-test-role': role },
    ...(method === 'GET' || method === 'DELETE' ? {} : { payload: {} }),
  })
  const problem = String(answer.headers['content-type']).includes('problem+json')
  return { status: answer.statusCode, code: problem ? answer.json().code : undefined }
}

test('every route says who may use it', () => {
  expect(server.routes.length).toBeGreaterThan(40)
  for (const route of server.routes) expect(Object.keys(route.access)).toHaveLength(1)
})

test('what is public is named here, so that nothing becomes it by accident', () => {
  const open = server.routes
    .filter((route) => 'public' in route.access)
    .map((route) => `${route.method} ${route.url}`)
  expect(open.sort()).toEqual([
    'GET /*',
    'GET /api/v1/docs',
    'GET /api/v1/openapi.json',
    'GET /api/v1/public/complaint-form',
    'GET /api/v1/public/complaints/:number',
    'GET /healthz',
    'GET /metrics',
    'GET /problems',
    'GET /problems/:code',
    'GET /readyz',
    'POST /api/v1/public/complaints',
    'POST /api/v1/public/complaints/:number/photos',
    'POST /api/v1/session',
  ])
})

test('without login nothing but the public routes answers', async () => {
  for (const route of server.routes) {
    const { status, code } = await send(route)
    const name = `${route.method} ${route.url}`
    if ('public' in route.access) expect([name, status]).not.toEqual([name, 401])
    else expect([name, status, code]).toEqual([name, 401, 'auth.required'])
  }
})

describe.each(roleNames)('role %s', (role) => {
  test(`${roles[role].zh} is let in exactly where the table of permissions says`, async () => {
    const held: ReadonlySet<string> = permissionsOf([role])
    const wrong: string[] = []
    for (const route of server.routes) {
      if ('public' in route.access) continue
      const allowed = 'authenticated' in route.access || held.has(route.access.permission)
      const { status, code } = await send(route, role)
      const refused = status === 403 && code === 'auth.forbidden'
      if (status === 401 || status >= 500 || refused === allowed) {
        wrong.push(
          `${route.method} ${route.url}: ${status} ${code ?? ''}, should be ${allowed ? 'let in' : 'refused'}`,
        )
      }
    }
    expect(wrong).toEqual([])
  })
})

test('every refusal of the matrix is in the audit chain', async () => {
  const before = await count()
  await send({ method: 'GET', url: '/api/v1/users', access: { permission: 'user:read' } }, 'enterprise')
  expect(await count()).toBe(before + 1)
})

async function count(): Promise<number> {
  const { rows } = await database.db.pool.query(
    `select count(*)::int as n from audit where action = 'access.refused'`,
  )
  return rows[0].n
}

interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[]
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>
}

describe('the OpenAPI document', () => {
  const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace'])
  let document: {
    openapi: string
    info: Record<string, unknown>
    paths: Record<string, Record<string, Operation>>
  }
  let operations: { name: string; path: string; operation: Operation }[]

  beforeAll(async () => {
    document = (await server.app.inject({ url: '/api/v1/openapi.json' })).json()
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => methods.has(method))
        .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
    )
  })

  test('is 3.1 with the members that the specification requires', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    for (const path of Object.keys(document.paths)) expect(path).toMatch(/^\//)
  })

  test('holds against the official schema of OpenAPI 3.1', async () => {
    const verdict = await new Validator().validate(structuredClone(document))
    expect(verdict.errors).toBeUndefined()
    expect(verdict.valid).toBe(true)
    expect((await new Validator().validate({ ...document, paths: { noslash: {} } })).valid).toBe(false)
  })

  test('describes every route of the API', () => {
    const described = new Set(operations.map(({ name }) => name.replace(/\{([^}]+)\}/g, ':$1')))
    const api = server.routes.filter(
      (route) => route.url.startsWith('/api/v1/') && !/\/(openapi\.json|docs)$/.test(route.url),
    )
    expect(api.map((route) => `${route.method} ${route.url}`).filter((name) => !described.has(name))).toEqual(
      [],
    )
  })

  test('names every operation once, with a Chinese summary and a tag', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(ids.filter((id, index) => id === undefined || ids.indexOf(id) !== index)).toEqual([])
    for (const { name, operation } of operations) {
      expect(`${name} ${operation.summary}`).toMatch(/[\u4e00-\u9fff]/)
      expect([name, operation.tags?.length]).toEqual([name, 1])
    }
  })

  test('describes every response, success and refusal, the latter as problem+json', () => {
    for (const { name, operation } of operations) {
      const responses = Object.entries(operation.responses ?? {})
      expect([name, responses.some(([status]) => /^2\d\d$/.test(status))]).toEqual([name, true])
      for (const status of ['4XX', '5XX']) {
        const problem = operation.responses?.[status]?.content?.['application/problem+json']
        expect([name, status, problem?.schema !== undefined]).toEqual([name, status, true])
      }
      for (const [status, response] of responses) {
        expect([name, status, response.description]).toEqual([name, status, expect.stringMatching(/\S/)])
        expect([name, status, response.description]).not.toEqual([name, status, 'Default Response'])
      }
    }
  })

  test('declares each parameter in the path, as required', () => {
    for (const { name, path, operation } of operations) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, parameter]) => parameter).sort()
      const declared = (operation.parameters ?? []).filter((p) => p.in === 'path')
      expect([name, declared.map((p) => p.name).sort()]).toEqual([name, inPath])
      expect([name, declared.every((p) => p.required === true && p.schema !== undefined)]).toEqual([
        name,
        true,
      ])
    }
  })

  test('has a page that needs no network', async () => {
    const page = await server.app.inject({ url: '/api/v1/docs' })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/<script|https?:\/\//)
    for (const { operation } of operations) expect(page.body).toContain(`id="${operation.operationId}"`)
  })
})
