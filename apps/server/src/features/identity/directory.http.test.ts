import type { DirectoryOrganization, DirectoryPerson, Session } from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { authenticateBy, createOrganization, createUser, identityRoutes } from './index.ts'

const password = 'Qilian-2022-snow'
let database: TestDatabase
let server: TestApp

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, { routes: [identityRoutes], authenticate: authenticateBy })
  await database.db.transaction(async (trx) => {
    for (const [code, type, role] of [
      ['bureau', 'bureau', 'section-head'],
      ['branch', 'branch', 'officer'],
      ['plant', 'enterprise', 'enterprise'],
    ] as const) {
      const unit = await createOrganization(trx, 'system', { code, name: code, type, regionCode: 629000 })
      await createUser(trx, 'system', {
        login: `${code}-user`,
        name: `${code}的人`,
        organizationId: unit.id,
        roles: [role],
        scope: { regions: [629000], owner: type === 'enterprise' ? 'own' : 'any' },
        password,
        mustChangePassword: false,
      })
    }
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

async function read<T>(login: string, url: string): Promise<T[]> {
  const session = await server.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login, password },
  })
  expect((session.json() as Session).user.login).toBe(login)
  const cookies = { shanshui_session: String(session.cookies[0]?.value) }
  const answer = await server.app.inject({ method: 'GET', url: `/api/v1${url}`, cookies })
  expect(answer.statusCode).toBe(200)
  return (answer.json() as { items: T[] }).items
}

const organizations = (login: string) => read<DirectoryOrganization>(login, '/directory/organizations')
const people = async (login: string) =>
  (await read<DirectoryPerson>(login, '/directory/people')).map(({ name }) => name).sort()

test('organizations that can be named are told to whoever reads matters, enterprises are not among them', async () => {
  const names = (await organizations('plant-user')).map(({ name }) => name)
  expect(names).toContain('bureau')
  expect(names).toContain('branch')
  expect(names).not.toContain('plant')
})

test('one sees the people of the own organization; who may assign, those of other bureaus too, never of enterprises', async () => {
  expect(await people('plant-user')).toEqual(['plant的人'])
  expect(await people('branch-user')).toEqual(['branch的人'])
  expect(await people('bureau-user')).toEqual(['branch的人', 'bureau的人'])
})
