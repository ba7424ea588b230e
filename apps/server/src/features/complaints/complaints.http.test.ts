/** Complaints over HTTP: from the call to the closing, merged ones told by themselves, and nobody learns who complained. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RoleName, roleNames } from '@shanshui/contract'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roomRoutes } from '../../main.ts'
import type { Actor } from '../../platform/actor.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { insertEvidence, type People, settle } from '../matters/matter-fixture.ts'
import { complaintDeps, createComplaint } from './index.ts'
import { keyFileName } from './sealing.ts'
import { readTickets } from './ticket-file.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const clock = { ms: at('2026-11-23T09:00'), now: () => clock.ms }
const name = '欧阳静好'
const phone = '13987654321'
const address = '建设路 7 号 2 单元 301'

let database: TestDatabase
let server: TestApp
let dataDir: string
let people: People
const actors: Record<string, Actor> = {}

async function call(who: string | undefined, method: string, url: string, payload?: object) {
  const answer = await server.app.inject({
    method: method as NonNullable<InjectOptions['method']>,
    url: `/api/v1${url}`,
    headers: who === undefined ? {} : { 'x-test-actor': who },
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: answer.statusCode, text: answer.body, json: () => JSON.parse(answer.body) }
}
async function must(who: string, method: string, url: string, payload?: object) {
  const answer = await call(who, method, url, payload)
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`)
  return answer.json()
}
const codeOf = (answer: { json: () => { code: string } }) => answer.json().code

const complaint = (more: object = {}) => ({
  channel: '12345',
  theme: 'odour',
  regionCode: 629001,
  content: `夜间有刺鼻气味。我是${name}，电话 139-8765-4321，请回复`,
  place: '建设路口',
  lon: 102.1,
  lat: 38.5,
  enterpriseId: people.plant,
  complainant: { name, phone, address, idKind: 'none' },
  ...more,
})

async function step(who: string, id: number, transition: string, more: object = {}) {
  const { complaint: ticket } = await must('clerk', 'GET', `/complaints/${id}`)
  const { matter } = await must('clerk', 'GET', `/matters/${ticket.matter.id}`)
  return call(who, 'POST', `/matters/${ticket.matter.id}/steps`, {
    transition,
    version: matter.version,
    ...more,
  })
}
async function done(who: string, id: number, transition: string, more: object = {}) {
  const answer = await step(who, id, transition, more)
  if (answer.status !== 200) throw new Error(`${transition}: ${answer.status} ${answer.text}`)
}
async function prove(id: number, demand: string) {
  const { complaint: ticket } = await must('clerk', 'GET', `/complaints/${id}`)
  await insertEvidence(database.db, ticket.matter.id, actors.county as Actor, demand, 'document', clock.ms)
}

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'shanshui-complaints-'))
  people = await settle(database.db)
  await database.db.pool.query(
    `insert into region (code, name, level) values (629000, '金川市', 'city'), (629001, '金平县', 'county'), (629021, '银山县', 'county')`,
  )
  const { rows } = await database.db.pool.query<{ id: number }>(
    `insert into app_user (login, name, organization_id, roles, regions, owner_scope, password_hash)
     values ('clerk', '信访员', $1, '{clerk}', '{629000}', 'any', 'x'), ('auditor', '审计员', $1, '{auditor}', '{629000}', 'any', 'x')
     returning id`,
    [people.bureau],
  )
  const [clerk, auditor] = rows
  actors.clerk = testActor('clerk', { userId: clerk?.id ?? 0, organizationId: people.bureau })
  actors.auditor = testActor('auditor', { userId: auditor?.id ?? 0, organizationId: people.bureau })
  actors.county = people.county
  actors.other = people.other
  actors.dept = people.dept
  actors.enterprise = people.enterprise
  actors.head = people.head
  for (const role of roleNames)
    actors[`role-${role}`] = testActor(role as RoleName, {
      userId: people.head.userId,
      organizationId: role === 'enterprise' ? people.plantOwner : people.bureau,
      ...(role === 'enterprise' ? { owner: people.plantOwner } : {}),
    })
  server = await createTestApp(database.db, {
    clock,
    config: { dataDir },
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
    authenticate: () => async (request) => {
      const actor = actors[String(request.headers['x-test-actor'])]
      if (actor === undefined) return undefined
      return { actor, via: 'key', csrfToken: null, mustChangePassword: false }
    },
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('a named complaint', () => {
  let id: number
  let matterId: number

  test('gets its number, a problem and a matter, with the limit of 15 days', async () => {
    const detail = await must('clerk', 'POST', '/complaints', complaint({ outerNumber: 'A1' }))
    id = detail.complaint.id
    matterId = detail.complaint.matter.id
    expect(detail.complaint).toMatchObject({
      number: 'XF-629001-2026-0001',
      named: true,
      enterprise: { name: '甲冶炼厂' },
      matter: { state: 'received', stateTitle: '待受理' },
      due: { title: '告知是否受理', at: '2026-12-09T00:00:00.000+08:00', colour: 'green', overdue: false },
    })
    expect(detail.complaint.problem.number).toMatch(/^WT-629001-2026-/)
  })

  test('the text is blanked where it names the complainant, also with the phone in groups', async () => {
    const { content } = await must('clerk', 'GET', `/complaints/${id}`)
    expect(content).toBe('夜间有刺鼻气味。我是＊＊，电话 ＊＊，请回复')
  })

  test('the same number of the hotline is not registered twice', async () => {
    const again = await call('clerk', 'POST', '/complaints', complaint({ outerNumber: 'A1' }))
    expect([again.status, codeOf(again)]).toEqual([409, 'complaint.number-taken'])
    expect(again.json().detail).toContain('XF-629001-2026-0001')
  })

  test('the same command is carried out once', async () => {
    const body = complaint({ commandId: 'command-0001', content: '河边有人焚烧垃圾', theme: 'waste-gas' })
    const first = await must('clerk', 'POST', '/complaints', body)
    const second = await must('clerk', 'POST', '/complaints', body)
    expect(second.complaint.id).toBe(first.complaint.id)
  })

  test('only those who give out or handle the matter look at the complainant, with a reason', async () => {
    const look = (who: string, reason = '电话核实异味时段') =>
      call(who, 'POST', `/complaints/${id}/complainant/look`, { reason })
    expect((await look('county')).json().code).toBe('complaint.look-refused')
    expect((await look('other')).json().code).toBe('complaint.unknown')
    expect((await look('auditor')).status).toBe(403)
    expect((await look('enterprise')).status).toBe(403)
    expect((await look('clerk', '  看 看 ')).status).toBe(422)
    const seen = await look('clerk')
    expect(seen.json().complainant).toEqual({ name, phone, address, idKind: 'none' })
  })

  test('is dispatched, and the branch that handles it may look as well; every look is listed', async () => {
    await done('clerk', id, 'accept', { fields: { nature: 'enforcement', urgency: 'ordinary' } })
    await done('clerk', id, 'dispatch', { parties: { handler: { organizationId: people.branch } } })
    const seen = await must('county', 'POST', `/complaints/${id}/complainant/look`, {
      reason: '约举报人一同到现场',
    })
    expect(seen.complainant.phone).toBe(phone)
    const looks = async (who: string) =>
      (await must(who, 'GET', `/complaints/looks?complaintId=${id}`)).items.map(
        (row: { reason: string }) => row.reason,
      )
    expect(await looks('auditor')).toEqual(['约举报人一同到现场', '电话核实异味时段'])
    expect(await looks('clerk')).toHaveLength(2)
    expect(await looks('county')).toEqual(['约举报人一同到现场'])
    expect(await looks('other')).toEqual([])
    const { rows } = await database.db.pool.query(
      `select object, detail from audit where action = 'complaint.complainant-looked' order by seq`,
    )
    expect(rows.map(({ object, detail }) => [object, detail.reason])).toEqual([
      [`complaint:${id}`, '电话核实异味时段'],
      [`complaint:${id}`, '约举报人一同到现场'],
    ])
  })

  test('a repeat at the same place is proposed, merged, and has to be told by itself before closing', async () => {
    const detail = await must(
      'clerk',
      'POST',
      '/complaints',
      complaint({
        channel: '12369',
        lat: 38.501,
        content: '半夜气味呛人',
        complainant: { name: '孙另人', phone: '13500001111' },
      }),
    )
    const child = detail.complaint.id
    expect(detail.complaint.repeats).toBe(1)
    expect(detail.similar[0]).toMatchObject({ complaint: { id }, mergeable: true })
    expect(detail.similar[0].reasons).toContain('同一类问题')
    const merged = await must('clerk', 'POST', `/complaints/${child}/merge`, {
      version: detail.complaint.version,
      into: id,
      reason: '同一企业同一夜间异味',
    })
    expect(merged.complaint).toMatchObject({
      mergedInto: { id },
      matter: { state: 'joined', phase: 'dropped' },
    })
    const main = await must('clerk', 'GET', `/complaints/${id}`)
    expect(main.children.map((one: { id: number }) => one.id)).toEqual([child])
    const problem = await must('clerk', 'GET', `/problems/${main.complaint.problem.id}`)
    expect(problem.sources.map((one: { ref: string }) => one.ref).sort()).toEqual(
      [main.complaint.number, merged.complaint.number].sort(),
    )

    await done('county', id, 'sign')
    clock.ms = at('2026-11-24T10:00')
    await prove(id, 'site')
    await done('county', id, 'check', {
      fields: {
        verdict: 'substantiated',
        checkedOn: '2026-11-24',
        checkers: [people.county.userId, people.head.userId],
        findings: '集气罩破损',
      },
    })
    await prove(id, 'result')
    await done('county', id, 'handle', { fields: { measures: '更换集气罩' } })
    await prove(id, 'answer')
    await done('county', id, 'reply', {
      fields: { replyText: '已责令改正，气味消除', replyWay: 'phone', repliedOn: '2026-11-24' },
    })
    clock.ms = at('2026-11-25T10:00')
    await done('clerk', id, 'visit', { fields: { satisfaction: 'satisfied', visitedOn: '2026-11-25' } })
    const refused = await step('clerk', id, 'close')
    expect([refused.status, codeOf(refused)]).toEqual([409, 'complaint.answer-missing'])
    const { complaint: now } = await must('clerk', 'GET', `/complaints/${child}`)
    await must('clerk', 'POST', `/complaints/${child}/answers`, {
      version: now.version,
      way: '电话',
      text: '与另一件一并处理，已改正',
    })
    await done('clerk', id, 'close')
    const closed = await must('clerk', 'GET', `/complaints/${child}`)
    expect(closed.complaint).toMatchObject({
      verdict: 'substantiated',
      finishedAt: '2026-11-25T10:00:00.000+08:00',
    })
    expect(closed.answers.map((one: { text: string }) => one.text)).toEqual([
      '已责令改正，气味消除',
      '与另一件一并处理，已改正',
    ])
    expect((await must('clerk', 'GET', `/complaints/${id}`)).reviewUntil).toBe('2026-12-24')
  })

  test('a stale version and an ended complaint are refused', async () => {
    const detail = await must('clerk', 'POST', '/complaints', complaint({ content: '再次有刺鼻气味' }))
    const merge = (version: number) =>
      call('clerk', 'POST', `/complaints/${detail.complaint.id}/merge`, {
        version,
        into: id,
        reason: '同一企业再次异味',
      })
    expect(codeOf(await merge(99))).toBe('complaint.changed-meanwhile')
    expect(codeOf(await merge(detail.complaint.version))).toBe('complaint.merge-refused')
    expect(detail.earlier.length).toBeGreaterThan(0)
  })

  test('other counties, departments and the enterprise see nothing of it', async () => {
    for (const who of ['other']) {
      expect((await call(who, 'GET', `/complaints/${id}`)).status).toBe(404)
      expect((await must(who, 'GET', '/complaints?phase=all')).items).toEqual([])
      expect((await call(who, 'GET', `/matters/${matterId}`)).status).toBe(404)
    }
    for (const who of ['enterprise', 'dept']) {
      expect((await call(who, 'GET', `/complaints/${id}`)).status).toBe(403)
      expect((await call(who, 'GET', `/matters/${matterId}`)).status).toBe(404)
      expect((await must(who, 'GET', '/matters')).items).toEqual([])
    }
  })

  test('indicators say part and whole', async () => {
    const kpi = await must('head', 'GET', '/complaints/kpi?from=2026-11-01&to=2026-11-30&by=theme')
    const odour = kpi.rows.find((row: { key: string }) => row.key === 'odour')
    expect(odour).toMatchObject({
      title: '异味',
      received: 3,
      substantiated: { part: 2, whole: 2, percent: 100 },
      repeated: { part: 2, whole: 3, percent: 66.7 },
      satisfied: { part: 1, whole: 1 },
    })
    expect(kpi.total.received).toBe(4)
  })

  test('list and summary agree, and the keyset walks every row once', async () => {
    const summary = await must('clerk', 'GET', '/complaints/summary')
    const seen: number[] = []
    for (let cursor = ''; ; ) {
      const page = await must('clerk', 'GET', `/complaints?limit=1${cursor}`)
      seen.push(...page.items.map((row: { id: number }) => row.id))
      if (page.next === null) break
      cursor = `&cursor=${encodeURIComponent(page.next)}`
    }
    expect(seen).toHaveLength(summary.open)
    expect(new Set(seen).size).toBe(summary.open)
  })
})

describe('tickets of the hotline from a file', () => {
  const rows = [
    '工单编号,来电时间,诉求内容,区县,投诉类型,被反映单位,来电人,联系电话',
    'H2,2026-11-20 08:30,夜间噪声很大,金平县,噪声,甲冶炼厂,钱多多,13711110000',
    'H1,2026-11-19 08:30,夜间噪声很大,金平县,噪声,甲冶炼厂,匿名,',
    'H3,2026-11-20 08:30,扬尘,不存在县,扬尘,,,',
    'H4,2027-11-20 08:30,时间在将来的工单,金平县,扬尘,,,',
  ].join('\n')
  async function load(who: string) {
    const payload = `--x\r\nContent-Disposition: form-data; name="file"; filename="t.csv"\r\n\r\n${rows}\r\n--x--\r\n`
    return server.app.inject({
      method: 'POST',
      url: '/api/v1/complaints/import',
      headers: { 'x-test-actor': who, 'content-type': 'multipart/form-data; boundary=x' },
      payload,
    })
  }

  test('good lines are kept, faults are named by line, loading again changes nothing', async () => {
    const first = (await load('clerk')).json()
    expect(first).toMatchObject({ created: 2, unchanged: 0, encoding: 'UTF-8' })
    expect(first.errors.map((one: { line: number }) => one.line)).toEqual([4, 5])
    expect(first.errors[1].reason).toContain('收到时间不得晚于现在')
    expect((await load('clerk')).json()).toMatchObject({ created: 0, unchanged: 2 })
    expect((await load('county')).statusCode).toBe(403)
  })

  test('the limit runs from the day of the call, and the earlier call makes the later one a repeat', async () => {
    const { items } = await must('clerk', 'GET', '/complaints?theme=noise&order=recent')
    expect(
      items.map((one: { outerNumber: string; repeats: number }) => [one.outerNumber, one.repeats]),
    ).toEqual([
      ['H2', 1],
      ['H1', 0],
    ])
    expect(items[1].due.at).toBe('2026-12-05T00:00:00.000+08:00')
    expect(items[0]).toMatchObject({ named: true, enterprise: { name: '甲冶炼厂' } })
  })

  test('the template is a table that the import understands', async () => {
    const answer = await server.app.inject({
      url: '/api/v1/complaints/template',
      headers: { 'x-test-actor': 'clerk' },
    })
    const { errors } = await readTickets(answer.rawPayload)
    expect(errors).toEqual([])
  })
})

test('the key lies in a file of its own that only the owner reads, and the database holds no name', async () => {
  const file = join(dataDir, keyFileName)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const { keys, current } = JSON.parse(readFileSync(file, 'utf8'))
  const { rows } = await database.db.pool.query('select key_id, sealed from complainant')
  expect(rows.length).toBeGreaterThan(2)
  for (const row of rows) {
    expect(row.key_id).toBe(current)
    expect(row.sealed.toString('utf8')).not.toContain(name)
  }
  expect(Object.keys(keys)).toHaveLength(1)
  const tables = await database.db.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  )
  const holding: string[] = []
  for (const { name: table } of tables.rows) {
    const { rows: found } = await database.db.pool.query(
      `select 1 from "${table}" t where t::text like any ($1) limit 1`,
      [[`%${name}%`, `%${phone}%`, `%${address}%`, '%139-8765-4321%']],
    )
    if (found.length > 0) holding.push(table)
  }
  expect(holding).toEqual([])
})

test('no answer to any reading request, of any role, names the complainant', {
  timeout: 120_000,
}, async () => {
  const ids = await database.db.pool.query<{ id: number; matter_id: number; problem_id: number }>(
    'select id, matter_id, problem_id from complaint order by id limit 2',
  )
  const { rows: steps } = await database.db.pool.query<{ n: number }>(
    'select count(*)::int as n from complainant_look',
  )
  const reading = server.routes.filter(({ method, url }) => method === 'GET' && !url.includes('events'))
  let read = 0
  for (const role of [...roleNames.map((one) => `role-${one}`), 'clerk', 'county', 'enterprise', 'auditor']) {
    for (const { url } of reading) {
      for (const row of ids.rows) {
        const id = url.includes('/complaints')
          ? row.id
          : url.includes('/matters')
            ? row.matter_id
            : url.includes('/problems')
              ? row.problem_id
              : people.plant
        const path = url
          .replace(':format', 'csv')
          .replace(':kind', 'complaint-reply.html')
          .replace(/:[A-Za-z]+/g, String(id))
          .replace('*', '')
        const query = url.endsWith('/kpi') ? '?from=2026-01-01&to=2026-12-31' : ''
        const answer = await server.app.inject({ url: `${path}${query}`, headers: { 'x-test-actor': role } })
        if (answer.statusCode < 300) read++
        for (const secret of [name, phone, address, '139-8765-4321'])
          if (answer.body.includes(secret)) throw new Error(`${role} ${path} names the complainant`)
        if (!url.includes(':')) break
      }
    }
  }
  expect(read).toBeGreaterThan(500)
  // Reading leaves no look behind either: none was made on the way.
  const { rows: after } = await database.db.pool.query('select count(*)::int as n from complainant_look')
  expect(after).toEqual(steps)
})

test('a search for the name or number of the complainant finds nothing', async () => {
  for (const word of [name, phone])
    for (const url of ['/complaints?phase=all&search=', '/matters?search=', '/problems?search='])
      expect((await must('clerk', 'GET', `${url}${encodeURIComponent(word)}`)).items).toEqual([])
})

test('requests cannot read who complained, not even by a query of their own', async () => {
  await expect(
    database.db.asActor(actors.clerk as Actor, (trx) => trx.query('select * from complainant')),
  ).rejects.toThrow(/permission denied/)
  await expect(
    database.db.asActor(actors.clerk as Actor, (trx) =>
      trx.query('update complainant_look set reason = $1', ['x']),
    ),
  ).rejects.toThrow(/permission denied/)
})

test('bytes that were moved to another complaint do not open', async () => {
  const { rows } = await database.db.pool.query<{ complaint_id: number }>(
    'select complaint_id from complainant order by complaint_id',
  )
  const [a, b] = rows
  await database.db.pool.query(
    `update complainant x set sealed = y.sealed from complainant y where x.complaint_id = $1 and y.complaint_id = $2`,
    [a?.complaint_id, b?.complaint_id],
  )
  const look = await call('clerk', 'POST', `/complaints/${a?.complaint_id}/complainant/look`, {
    reason: '核对举报人信息',
  })
  expect([look.status, codeOf(look)]).toEqual([503, 'complaint.key-missing'])
})

test('a lost key file is not replaced: nothing more is sealed until it is back', async () => {
  const file = join(dataDir, keyFileName)
  const kept = readFileSync(file)
  rmSync(file)
  const restarted = complaintDeps({ ...server.deps })
  const input = complaint({ content: '另一件实名举报的内容' })
  const register = () => createComplaint(restarted, actors.clerk as Actor, input as never)
  await expect(register()).rejects.toMatchObject({ code: 'complaint.key-missing' })
  expect(existsSync(file)).toBe(false)
  writeFileSync(file, kept, { mode: 0o600 })
  await expect(register()).resolves.toMatchObject({ complaint: { named: true } })
})
