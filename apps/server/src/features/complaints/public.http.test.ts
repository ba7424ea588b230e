/** The public page's routes: no login, every limit, nothing given away. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { roomRoutes } from '../../main.ts'
import type { Actor } from '../../platform/actor.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { type People, settle } from '../matters/matter-fixture.ts'

const clock = { ms: Date.parse('2026-11-23T09:00:00+08:00'), now: () => clock.ms }
let database: TestDatabase
let server: TestApp
let dataDir: string
let people: People
let clerk: Actor
let address = 1

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'shanshui-public-'))
  people = await settle(database.db)
  await database.db.pool.query(
    `insert into region (code, name, level) values (629000, '金川市', 'city'), (629001, '金平县', 'county'), (629021, '银山县', 'county')`,
  )
  const { rows } = await database.db.pool.query<{ id: number }>(
    `insert into app_user (login, name, organization_id, roles, regions, owner_scope, password_hash)
     values ('clerk', '信访员', $1, '{clerk}', '{629000}', 'any', 'x') returning id`,
    [people.bureau],
  )
  clerk = testActor('clerk', { userId: rows[0]?.id ?? 0, organizationId: people.bureau })
  server = await createTestApp(database.db, {
    clock,
    config: {
      dataDir,
      trustProxy: true,
      publicComplaintsPerHour: 3,
      publicComplaintsPerDay: 5,
      publicComplaintsPerMinute: 6,
      publicLookUpsPerMinute: 1000,
    },
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
    authenticate: () => async (request) =>
      request.headers['x-test-actor'] === 'clerk'
        ? { actor: clerk, via: 'key', csrfToken: null, mustChangePassword: false }
        : undefined,
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  // Tests do not stand in each other's limits.
  address++
  clock.ms += 2 * 60_000
})

const from = (host = address) => ({ 'x-forwarded-for': `198.51.${host >> 8}.${host & 255}` })
async function token(): Promise<string> {
  const answer = await server.app.inject({ url: '/api/v1/public/complaint-form', headers: from() })
  clock.ms += 10_000
  return answer.json().token
}
const form = (more: object = {}) => ({
  theme: 'odour',
  regionCode: 629001,
  content: `夜里有刺鼻气味，编号${Math.random()}`,
  place: '建设路口小区',
  named: false,
  ...more,
})
async function submit(more: object = {}, host = address) {
  const body = form({ token: await token(), ...more })
  return server.app.inject({
    method: 'POST',
    url: '/api/v1/public/complaints',
    headers: from(host),
    payload: body,
  })
}
const look = (number: string, code: string) =>
  server.app.inject({
    url: `/api/v1/public/complaints/${encodeURIComponent(number)}?code=${encodeURIComponent(code)}`,
    headers: from(),
  })

describe('handing in', () => {
  test('answers with a number and a code; the state is found with both and says what comes next', async () => {
    const answer = await submit({ accused: '甲冶炼厂', named: true, name: '周小鱼', phone: '13711112222' })
    expect(answer.statusCode).toBe(201)
    const receipt = answer.json()
    expect(receipt).toMatchObject({ repeated: false, informBy: '2026-12-08' })
    expect(receipt.number).toMatch(/^XF-629001-2026-\d{4}$/)
    const status = (await look(receipt.number, receipt.code.toLowerCase().replace('-', ' '))).json()
    expect(status).toMatchObject({
      number: receipt.number,
      state: 'received',
      informBy: '2026-12-08',
      acceptedAt: null,
      answers: [],
      next: '我们将在 15 日内告知是否受理。',
    })
    expect(JSON.stringify(status)).not.toMatch(/周小鱼|13711112222|气味，编号/)
    const { rows } = await database.db.pool.query(
      'select enterprise_id, registered_by, look_up_hash from complaint where number = $1',
      [receipt.number],
    )
    expect(rows[0]).toMatchObject({ enterprise_id: people.plant, registered_by: null })
    expect(rows[0].look_up_hash).toHaveLength(32)
  })

  test('the clerk finds it waiting, with the limit of 15 days, and may look at who wrote it', async () => {
    const { number } = (await submit({ named: true, name: '周小鱼', phone: '13711112222' })).json()
    const asClerk = { 'x-test-actor': 'clerk' }
    const list = await server.app.inject({ url: `/api/v1/complaints?search=${number}`, headers: asClerk })
    const [row] = list.json().items
    expect(row).toMatchObject({ number, channel: 'web', named: true, matter: { state: 'received' } })
    const seen = await server.app.inject({
      method: 'POST',
      url: `/api/v1/complaints/${row.id}/complainant/look`,
      headers: asClerk,
      payload: { reason: '电话告知受理' },
    })
    expect(seen.json().complainant).toEqual({ name: '周小鱼', phone: '13711112222' })
  })

  test.each([
    [{ named: true }, 'public.name-missing'],
    [{ named: true, name: '周小鱼' }, 'public.name-missing'],
    [{ regionCode: 629000 }, 'public.region-unknown'],
    [{ website: 'http://spam.example' }, 'public.not-accepted'],
    [{ token: 'abc.def.ghi' }, 'public.form-expired'],
    [{ token: '' }, 'public.form-expired'],
    [{ content: '臭' }, 'request.invalid'],
    [{ content: '臭'.repeat(2001) }, 'request.invalid'],
    [{ place: 'x'.repeat(201) }, 'request.invalid'],
    [{ theme: 'weather' }, 'request.invalid'],
    [{ surprise: 1 }, 'request.invalid'],
    [{ lon: 500, lat: 2 }, 'request.invalid'],
  ])('%j is refused with %s', async (more, code) => {
    const answer = await submit(more)
    expect(answer.json().code).toBe(code)
  })

  test('a form handed in at once, too late or twice is refused', async () => {
    const early = await server.app.inject({ url: '/api/v1/public/complaint-form', headers: from() })
    const send = (given: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/public/complaints',
        headers: from(),
        payload: form({ token: given }),
      })
    expect((await send(early.json().token)).json().code).toBe('public.too-fast')
    clock.ms += 5_000
    expect((await send(early.json().token)).statusCode).toBe(201)
    expect((await send(early.json().token)).json().code).toBe('public.form-used')
    const late = await token()
    clock.ms += 121 * 60_000
    expect((await send(late)).json().code).toBe('public.form-expired')
  })

  test('the same text from the same address within minutes is the same ticket, with the same code', async () => {
    const text = { content: '河水发黑，有死鱼，每天夜里排放', theme: 'waste-water' }
    const first = (await submit(text)).json()
    const again = (await submit({ ...text, content: '河水发黑 有死鱼、每天夜里排放！' })).json()
    expect(again).toMatchObject({ number: first.number, code: first.code, repeated: true })
    const other = (await submit(text, address + 7_000)).json()
    expect(other.number).not.toBe(first.number)
    expect(other.code).not.toBe(first.code)
    clock.ms += 31 * 60_000
    expect((await submit(text)).json().repeated).toBe(false)
  })

  test('of ten at the same moment with the same form one is taken', async () => {
    const payload = form({ token: await token(), content: '同一时刻提交十次的内容' })
    const all = await Promise.all(
      Array.from({ length: 10 }, () =>
        server.app.inject({ method: 'POST', url: '/api/v1/public/complaints', headers: from(), payload }),
      ),
    )
    expect(all.every(({ statusCode }) => statusCode === 201)).toBe(true)
    expect(new Set(all.map((answer) => answer.json().number)).size).toBe(1)
    expect(all.filter((answer) => answer.json().repeated === false)).toHaveLength(1)
  })
})

describe('limits', () => {
  test('an address hands in three an hour and five a day; another one is not concerned', async () => {
    const codes: string[] = []
    for (let i = 0; i < 4; i++) {
      const answer = await submit()
      codes.push(answer.statusCode === 201 ? 'taken' : answer.json().code)
    }
    expect(codes).toEqual(['taken', 'taken', 'taken', 'public.too-many'])
    expect((await submit({}, address + 9_000)).statusCode).toBe(201)
    clock.ms += 3_600_000
    expect([(await submit()).statusCode, (await submit()).statusCode]).toEqual([201, 201])
    const refused = await submit()
    expect(refused.json()).toMatchObject({ status: 429, code: 'public.too-many', limit: 'day' })
    expect(refused.json().retryAfterSeconds).toBeGreaterThan(3_600)
    clock.ms += 86_400_000
    expect((await submit()).statusCode).toBe(201)
  })

  test('all together hand in six a minute, also at the same moment', async () => {
    const tokens = await Promise.all(Array.from({ length: 12 }, () => token()))
    const all = await Promise.all(
      tokens.map((given, i) =>
        server.app.inject({
          method: 'POST',
          url: '/api/v1/public/complaints',
          headers: from(20_000 + i),
          payload: form({ token: given }),
        }),
      ),
    )
    expect(all.filter(({ statusCode }) => statusCode === 201)).toHaveLength(6)
    expect(all.filter(({ statusCode }) => statusCode === 429)).toHaveLength(6)
  })

  test('addresses are kept as marks only, and are forgotten', async () => {
    await submit()
    const { rows } = await database.db.pool.query(
      `select count(*) filter (where address_mark is null)::int as forgotten,
              count(*) filter (where at < to_timestamp($1::float8 / 1000) - interval '2 days' and address_mark is not null)::int as old,
              bool_or(i::text like '%198.51%') as plain from public_intake i`,
      [clock.ms],
    )
    expect(rows[0]).toMatchObject({ old: 0, plain: false })
  })
})

describe('looking up', () => {
  test('an unknown number, a ticket without code and a wrong code are the same refusal', async () => {
    const { number, code } = (await submit()).json()
    const { rows } = await database.db.pool.query<{ number: string }>(
      `insert into complaint (number, region_code, owner_id, channel, title, content, theme, urgency, nature, named, received_at, registered_at)
       values ('XF-629001-2026-9999', 629001, 0, 'visit', 'x', 'x', 'odour', 'ordinary', 'enforcement', false, now(), now()) returning number`,
    )
    const answers = await Promise.all([
      look('XF-629001-2020-0001', code),
      look(rows[0]?.number ?? '', code),
      look(number, 'AAAAA-AAAAA'),
      look(`${number}' or '1'='1`, code),
    ])
    for (const answer of answers) {
      const { instance: _, ...problem } = answer.json()
      expect([answer.statusCode, problem]).toEqual([
        404,
        {
          type: '/problems/public.complaint-unknown',
          title: '编号或查询码不正确',
          status: 404,
          code: 'public.complaint-unknown',
        },
      ])
    }
    expect((await look(number, code)).statusCode).toBe(200)
  })
})

describe('pictures', () => {
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
    Buffer.from('1f15c4890000000d49444154789c626001000000ffff030000060005', 'hex'),
    Buffer.from('57bfabd40000000049454e44ae426082', 'hex'),
  ])
  function send(number: string, photoToken: string, bytes: Buffer, file = 'a.png') {
    const body = Buffer.concat([
      Buffer.from(
        `--x\r\nContent-Disposition: form-data; name="file"; filename="${file}"\r\nContent-Type: image/png\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n--x--\r\n'),
    ])
    return server.app.inject({
      method: 'POST',
      url: `/api/v1/public/complaints/${number}/photos?token=${encodeURIComponent(photoToken)}`,
      headers: { ...from(), 'content-type': 'multipart/form-data; boundary=x' },
      payload: body,
    })
  }
  const other = (n: number) => Buffer.concat([png, Buffer.from([n])])

  test('three are taken as evidence of the complaint, a fourth is refused', async () => {
    const { number, photoToken } = (await submit()).json()
    const codes: number[] = []
    for (let n = 0; n < 4; n++) codes.push((await send(number, photoToken, other(n))).statusCode)
    expect(codes).toEqual([204, 204, 204, 422])
    const { rows } = await database.db.pool.query(
      `select e.internal, e.shown_to_owner, o.name from evidence e join organization o on o.id = e.organization_id
        join complaint c on c.id = e.subject_id where e.subject_kind = 'complaint' and c.number = $1`,
      [number],
    )
    expect(rows).toHaveLength(3)
    expect(rows[0]).toEqual({ internal: true, shown_to_owner: false, name: '社会公众' })
    expect(existsSync(dataDir) && readdirSync(dataDir).length).toBeGreaterThan(0)
  })

  test.each([
    ['no picture', Buffer.from('<html><script>alert(1)</script></html>'), 'public.photo-refused'],
    ['larger than 5 MB', Buffer.concat([png, Buffer.alloc(5 * 1_048_576)]), 'request.body-too-large'],
  ])('%s is refused and takes no place', async (_, bytes, code) => {
    const { number, photoToken } = (await submit()).json()
    expect((await send(number, photoToken, bytes)).json().code).toBe(code)
    expect((await send(number, photoToken, png)).statusCode).toBe(204)
  })

  test('the token of another ticket, a form token and an old one are refused', async () => {
    const a = (await submit()).json()
    const b = (await submit()).json()
    expect((await send(a.number, b.photoToken, png)).json().code).toBe('public.photo-refused')
    expect((await send(a.number, await token(), png)).json().code).toBe('public.photo-refused')
    clock.ms += 31 * 60_000
    expect((await send(a.number, a.photoToken, png)).json().code).toBe('public.photo-refused')
  })
})

test('a bureau that does not want it closes the page', async () => {
  const shut = await createTestApp(database.db, {
    clock,
    config: { dataDir, publicComplaints: false },
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
  })
  expect((await shut.app.inject({ url: '/api/v1/public/complaint-form' })).json().code).toBe('public.closed')
  await shut.close()
})
