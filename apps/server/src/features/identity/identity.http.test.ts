import type { Session } from '@shanshui/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { authenticateBy, createOrganization, createUser, identityRoutes, verifyAuditChain } from './index.ts'

const start = Date.parse('2022-05-04T08:00:00+08:00')
const clock = fixedClock(start)
const password = 'Qilian-2022-snow'
let database: TestDatabase
let server: TestApp
let serial = 0

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, { routes: [identityRoutes], authenticate: authenticateBy, clock })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})
beforeEach(() => clock.set(start))

async function person(
  roles: Parameters<typeof createUser>[2]['roles'],
  mustChangePassword = false,
): Promise<{ id: number; login: string }> {
  serial++
  const login = `p${serial}`
  const id = await database.db.transaction(async (trx) => {
    const organization = await createOrganization(trx, 'system', {
      code: `o${serial}`,
      name: `单位${serial}`,
      type: 'bureau',
      regionCode: 629000,
    })
    const scope = {
      regions: [629000],
      owner: roles.includes('enterprise') ? ('own' as const) : ('any' as const),
    }
    const user = await createUser(trx, 'system', {
      login,
      name: `人${serial}`,
      organizationId: organization.id,
      roles,
      scope,
      password,
      mustChangePassword,
    })
    return user.id
  })
  return { id, login }
}

const logIn = (login: string, given = password) =>
  server.app.inject({ method: 'POST', url: '/api/v1/session', payload: { login, password: given } })

async function session(login: string): Promise<{ cookie: string; csrf: string; body: Session }> {
  const answer = await logIn(login)
  expect(answer.statusCode).toBe(200)
  const body = answer.json<Session>()
  const value = answer.cookies[0]
  return { cookie: `${value?.name}=${value?.value}`, csrf: body.csrfToken, body }
}

test('login sets a cookie that scripts cannot read and other sites cannot send', async () => {
  const { login } = await person(['analyst'])
  const answer = await logIn(login)
  expect(answer.cookies[0]).toMatchObject({
    name: 'shanshui_session',
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
  })
  expect(answer.json<Session>().permissions).toContain('series:mark')
  expect(answer.headers['cache-control']).toBe('no-store')
})

test('the session table does not hold the cookie itself', async () => {
  const { login } = await person(['analyst'])
  const { cookie } = await session(login)
  const token = cookie.split('=')[1] ?? ''
  const { rows } = await database.db.pool.query("select encode(token_hash, 'escape') as stored from session")
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row.stored).not.toContain(token)
})

test('a wrong password and an unknown login get the same answer', async () => {
  const { login } = await person(['analyst'])
  const [wrong, unknown] = [await logIn(login, 'Wrong-Pass-1'), await logIn('nobody-here', 'Wrong-Pass-1')]
  const { instance: _a, ...first } = wrong.json()
  const { instance: _b, ...second } = unknown.json()
  expect(first).toEqual(second)
  expect(first).toMatchObject({ status: 401, code: 'auth.failed', type: '/problems/auth.failed' })
})

test('a login that nobody has, or one that is disabled, is answered as one that exists', async () => {
  const [{ login }, disabled] = [await person(['clerk']), await person(['clerk'])]
  await database.db.pool.query('update app_user set disabled = true where id = $1', [disabled.id])
  const answers = async (name: string) => {
    const seen: unknown[] = []
    for (let i = 0; i < 7; i++) {
      const answer = await logIn(name, 'wrong')
      const { instance: _, ...problem } = answer.json()
      seen.push([answer.statusCode, problem, answer.headers['retry-after']])
    }
    return seen
  }
  const known = await answers(login)
  expect(await answers('nobody.here')).toEqual(known)
  expect(await answers(disabled.login)).toEqual(known)
})

test('five wrong tries lock the account for 15 minutes, also for the right password', async () => {
  const { login } = await person(['analyst'])
  for (let i = 0; i < 4; i++) expect((await logIn(login, 'Wrong-Pass-1')).statusCode).toBe(401)
  const fifth = await logIn(login, 'Wrong-Pass-1')
  expect(fifth.statusCode).toBe(423)
  expect(fifth.headers['retry-after']).toBe('900')
  expect((await logIn(login)).statusCode).toBe(423)
  clock.advance(15 * 60_000 - 1)
  expect((await logIn(login)).statusCode).toBe(423)
  clock.advance(1)
  expect((await logIn(login)).statusCode).toBe(200)
})

test('wrong tries at the same time are counted one by one', async () => {
  const { login } = await person(['analyst'])
  const tries = await Promise.all(Array.from({ length: 8 }, () => logIn(login, 'Wrong-Pass-1')))
  expect(tries.filter((t) => t.statusCode === 401)).toHaveLength(4)
  expect(tries.filter((t) => t.statusCode === 423)).toHaveLength(4)
})

test('a right password sets the count of wrong ones back', async () => {
  const { login } = await person(['analyst'])
  for (let i = 0; i < 4; i++) await logIn(login, 'Wrong-Pass-1')
  expect((await logIn(login)).statusCode).toBe(200)
  for (let i = 0; i < 4; i++) expect((await logIn(login, 'Wrong-Pass-1')).statusCode).toBe(401)
})

test('a session ends after twelve hours, and after two idle hours', async () => {
  const { login } = await person(['analyst'])
  const { cookie } = await session(login)
  const look = () => server.app.inject({ url: '/api/v1/session', headers: { cookie } })
  for (let hour = 1; hour < 12; hour++) {
    clock.set(start + hour * 3_600_000)
    expect((await look()).statusCode).toBe(200)
  }
  clock.set(start + 12 * 3_600_000)
  expect((await look()).json()).toMatchObject({ status: 401, code: 'auth.session-expired' })

  clock.set(start)
  const second = await session(login)
  clock.advance(2 * 3_600_000)
  const idle = await server.app.inject({ url: '/api/v1/session', headers: { cookie: second.cookie } })
  expect(idle.json()).toMatchObject({ code: 'auth.session-expired' })
})

test('a write by cookie without the CSRF token is refused, with it accepted', async () => {
  const { login } = await person(['administrator'])
  const { cookie, csrf } = await session(login)
  const payload = { code: `x${login}`, name: '新单位', type: 'branch', regionCode: 629001 }
  const send = (headers: Record<string, string>) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/organizations',
      payload,
      headers: { cookie, ...headers },
    })
  expect((await send({})).json()).toMatchObject({ status: 403, code: 'auth.csrf' })
  expect((await send({ 'x-csrf-token': `${csrf.slice(0, -1)}!` })).json()).toMatchObject({
    code: 'auth.csrf',
  })
  expect((await send({ 'x-csrf-token': csrf })).statusCode).toBe(201)
})

test('logout ends the session at once', async () => {
  const { login } = await person(['analyst'])
  const { cookie, csrf } = await session(login)
  const out = await server.app.inject({
    method: 'DELETE',
    url: '/api/v1/session',
    headers: { cookie, 'x-csrf-token': csrf },
  })
  expect(out.statusCode).toBe(204)
  expect((await server.app.inject({ url: '/api/v1/session', headers: { cookie } })).statusCode).toBe(401)
})

test('a person with an initial password can only change it, and is in after that', async () => {
  const { login } = await person(['administrator'], true)
  const { cookie, csrf } = await session(login)
  const headers = { cookie, 'x-csrf-token': csrf }
  const users = () => server.app.inject({ url: '/api/v1/users', headers })
  expect((await users()).json()).toMatchObject({ status: 403, code: 'auth.password-change-required' })
  const change = (next: string, current = password) =>
    server.app.inject({ method: 'PUT', url: '/api/v1/session/password', headers, payload: { current, next } })
  expect((await change('short1A')).json()).toMatchObject({ status: 422, code: 'auth.password-weak' })
  expect((await change(`${login}-Abcdefg1`)).json()).toMatchObject({ code: 'auth.password-weak' })
  expect((await change('Another-Good-1', 'not-it')).json()).toMatchObject({
    status: 422,
    code: 'auth.password-wrong',
  })
  expect((await change('Another-Good-1')).statusCode).toBe(204)
  expect((await users()).statusCode).toBe(200)
})

test('a changed password ends the other sessions of the person', async () => {
  const { login } = await person(['analyst'])
  const [one, two] = [await session(login), await session(login)]
  await server.app.inject({
    method: 'PUT',
    url: '/api/v1/session/password',
    headers: { cookie: one.cookie, 'x-csrf-token': one.csrf },
    payload: { current: password, next: 'Another-Good-1' },
  })
  expect(
    (await server.app.inject({ url: '/api/v1/session', headers: { cookie: one.cookie } })).statusCode,
  ).toBe(200)
  expect(
    (await server.app.inject({ url: '/api/v1/session', headers: { cookie: two.cookie } })).statusCode,
  ).toBe(401)
})

async function administrator(): Promise<{ id: number; headers: Record<string, string> }> {
  const { id, login } = await person(['administrator'])
  const { cookie, csrf } = await session(login)
  return { id, headers: { cookie, 'x-csrf-token': csrf } }
}

test('an API key acts for its person without CSRF token until it is revoked', async () => {
  const { headers } = await administrator()
  const analyst = await person(['analyst'])
  const made = await server.app.inject({
    method: 'POST',
    url: '/api/v1/api-keys',
    headers,
    payload: { userId: analyst.id, name: '数据对接' },
  })
  const { apiKey, secret } = made.json()
  const authorization = `Bearer ${secret}`
  const who = await server.app.inject({ url: '/api/v1/session', headers: { authorization } })
  expect(who.json<Session>().user.login).toBe(analyst.login)
  expect((await server.app.inject({ url: '/api/v1/users', headers: { authorization } })).statusCode).toBe(403)
  const { rows } = await database.db.pool.query(`select encode(secret_hash, 'escape') as stored from api_key`)
  expect(rows[0].stored).not.toContain(secret)
  await server.app.inject({ method: 'DELETE', url: `/api/v1/api-keys/${apiKey.id}`, headers })
  const after = await server.app.inject({ url: '/api/v1/session', headers: { authorization } })
  expect(after.json()).toMatchObject({ status: 401, code: 'auth.api-key-invalid' })
})

test('an administrator makes a person, who logs in with the one-time password', async () => {
  const { headers } = await administrator()
  const organizations = await server.app.inject({ url: '/api/v1/organizations', headers })
  const organizationId = organizations.json().items[0].id
  const payload = {
    login: 'wang.li',
    name: '王丽',
    organizationId,
    roles: ['officer'],
    scope: { regions: [629001], owner: 'any' },
  }
  const made = await server.app.inject({ method: 'POST', url: '/api/v1/users', headers, payload })
  expect(made.statusCode).toBe(201)
  expect((await logIn('wang.li', made.json().oneTimePassword)).json<Session>().user.mustChangePassword).toBe(
    true,
  )
  const again = await server.app.inject({ method: 'POST', url: '/api/v1/users', headers, payload })
  expect(again.json()).toMatchObject({ status: 409, code: 'identity.login-taken' })
})

test('an administrator cannot give himself roles, nor change a version that is gone', async () => {
  const { id, headers } = await administrator()
  const patch = (user: number, payload: object) =>
    server.app.inject({ method: 'PATCH', url: `/api/v1/users/${user}`, headers, payload })
  expect((await patch(id, { version: 1, roles: ['auditor'] })).json()).toMatchObject({
    status: 409,
    code: 'identity.self-change',
  })
  const other = await person(['clerk'])
  expect((await patch(other.id, { version: 1, roles: ['duty'] })).json()).toMatchObject({
    roles: ['duty'],
    version: 2,
  })
  expect((await patch(other.id, { version: 1, roles: ['clerk'] })).statusCode).toBe(412)
})

test('a disabled person is out at once', async () => {
  const { headers } = await administrator()
  const other = await person(['clerk'])
  const { cookie } = await session(other.login)
  await server.app.inject({
    method: 'PATCH',
    url: `/api/v1/users/${other.id}`,
    headers,
    payload: { version: 1, disabled: true },
  })
  expect((await server.app.inject({ url: '/api/v1/session', headers: { cookie } })).statusCode).toBe(401)
  expect((await logIn(other.login)).json()).toMatchObject({ code: 'auth.failed' })
})

test('an enterprise user sees the own organisation only', async () => {
  const { headers } = await administrator()
  const organizations = await server.app.inject({ url: '/api/v1/organizations', headers })
  const payload = {
    login: 'qcty',
    name: '企业环保员',
    organizationId: organizations.json().items[0].id,
    roles: ['enterprise'],
    scope: { regions: [629001], owner: 'any' },
  }
  const made = await server.app.inject({ method: 'POST', url: '/api/v1/users', headers, payload })
  expect(made.json()).toMatchObject({ status: 422, code: 'identity.scope-invalid' })
})

test('writes and refused accesses are in the audit chain, with the request', async () => {
  const { login, id } = await person(['auditor'])
  const { cookie } = await session(login)
  const refused = await server.app.inject({ url: '/api/v1/api-keys', headers: { cookie } })
  expect(refused.json()).toMatchObject({ status: 403, code: 'auth.forbidden', permission: 'user:write' })
  const { items } = (
    await server.app.inject({ url: `/api/v1/audit?userId=${id}`, headers: { cookie } })
  ).json()
  expect(items[0]).toMatchObject({ action: 'access.refused', object: 'GET /api/v1/api-keys' })
  expect(`urn:request:${items[0].requestId}`).toBe(refused.json().instance)
  expect(items.map((item: { action: string }) => item.action)).toContain('auth.login')
  const check = await server.app.inject({ url: '/api/v1/audit/verification', headers: { cookie } })
  expect(check.json()).toMatchObject({ ok: true, broken: null })
})

test('a write without the CSRF token is in the audit chain too', async () => {
  const { login, id } = await person(['administrator'])
  const { cookie } = await session(login)
  await server.app.inject({ method: 'POST', url: '/api/v1/organizations', payload: {}, headers: { cookie } })
  const { rows } = await database.db.pool.query(
    `select detail->>'code' as code from audit where action = 'access.refused' and user_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ code: 'auth.csrf' }])
})

test('a password typed in the place of the login is not kept', async () => {
  await logIn('My Secret Pass!9')
  const { rows } = await database.db.pool.query(
    `select audit::text as entry from audit order by seq desc limit 1`,
  )
  expect(rows[0].entry.toLowerCase()).not.toContain('secret')
})

test('sessions that ended are removed when somebody logs in', async () => {
  const { login } = await person(['analyst'])
  await session(login)
  clock.advance(13 * 3_600_000)
  await session(login)
  const { rows } = await database.db.pool.query(
    'select count(*)::int as n from session where expires_at <= $1',
    [new Date(clock.now())],
  )
  expect(rows[0].n).toBe(0)
})

test('one flipped character in the audit chain is named', async () => {
  const { rows } = await database.db.pool.query('select seq from audit order by seq offset 3 limit 1')
  const seq = Number(rows[0].seq)
  await database.db.pool.query(`update audit set detail = detail || '{"x":1}' where seq = $1`, [seq])
  expect(await verifyAuditChain(database.db.pool)).toMatchObject({
    ok: false,
    broken: { seq, reason: '内容与哈希不符' },
  })
  await database.db.pool.query(`update audit set detail = detail - 'x' where seq = $1`, [seq])
  expect(await verifyAuditChain(database.db.pool)).toMatchObject({ ok: true })
  await database.db.pool.query('delete from audit where seq = $1', [seq])
  expect(await verifyAuditChain(database.db.pool)).toMatchObject({
    ok: false,
    broken: { reason: `第 ${seq} 条缺失` },
  })
})
