import type { CauseCount, MatterDetail, ProblemDetail } from '@shanshui/contract'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { seedCalendar } from './calendar.service.ts'
import { matterRoomRoutes } from './matter.routes.ts'
import { county, insertEvidence, type People, settle } from './matter-fixture.ts'

const day = 86_400_000
const start = Date.parse('2026-03-02T09:00:00+08:00')
const clock = fixedClock(start)
let database: TestDatabase
let server: TestApp
let people: People
let actor: Actor

beforeAll(async () => {
  database = await createTestDatabase()
  people = await settle(database.db)
  await seedCalendar(database.db.pool, start)
  server = await createTestApp(database.db, {
    routes: [(deps) => matterRoomRoutes(deps)],
    authenticate: () => async () => ({ actor, via: 'key', csrfToken: null, mustChangePassword: false }),
    clock,
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})
beforeEach(() => {
  actor = people.head
  clock.set(start)
})

async function call<T>(by: Actor, method: InjectOptions['method'], url: string, body?: object) {
  actor = by
  const answer = await server.app.inject({
    method,
    url: `/api/v1${url}`,
    ...(body === undefined ? {} : { payload: body }),
  })
  return {
    status: answer.statusCode,
    body: answer.json() as T & { code?: string; refusals?: { code: string; what?: string; zh: string }[] },
  }
}

const parties = () => ({
  overseer: { organizationId: people.bureau },
  handler: { organizationId: people.branch },
  acceptor: { organizationId: people.department },
})

async function opened(over: object = {}): Promise<MatterDetail> {
  const { status, body } = await call<MatterDetail>(people.head, 'POST', '/matters', {
    workflow: 'rectification',
    title: '烟气脱硫设施不正常运行',
    regionCode: county,
    enterpriseId: people.plant,
    source: 'inspectorate',
    parties: parties(),
    ...over,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

async function step(by: Actor, matter: MatterDetail, transition: string, more: object = {}) {
  return call<MatterDetail>(by, 'POST', `/matters/${matter.matter.id}/steps`, {
    transition,
    version: matter.matter.version,
    ...more,
  })
}

async function stepped(by: Actor, matter: MatterDetail, transition: string, more: object = {}) {
  const { status, body } = await step(by, matter, transition, more)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

const plan = {
  responsibleUnit: '单位C1',
  goals: [{ indicator: '二氧化硫', target: '≤50 mg/m³' }],
  dueOn: '2026-06-30',
  measures: '改造脱硫塔',
  acceptanceUnit: '单位D',
  cycleMonths: 0,
}

/** A matter whose remedy the handler works on. */
async function underWay(): Promise<MatterDetail> {
  let matter = await opened()
  const split = { problemText: '原文', list: 'central', key: true }
  matter = await stepped(people.head, matter, 'split', { fields: split })
  matter = await stepped(people.county, matter, 'submit-plan', { fields: plan })
  return stepped(people.head, matter, 'approve-plan')
}

async function toNotice(): Promise<MatterDetail> {
  let matter = await underWay()
  const { id } = matter.matter
  clock.advance(30 * day)
  const results = {
    result: '已完成',
    goalResults: [{ indicator: '二氧化硫', target: '≤50', actual: '32', data: '在线', reached: true }],
    sourceRemoved: true,
    paperOnly: false,
  }
  const missing = await step(people.county, matter, 'self-check', { fields: results })
  expect(missing.status).toBe(409)
  expect(missing.body.refusals?.filter(({ code }) => code === 'evidence').map(({ what }) => what)).toEqual([
    'closing-report',
    'after',
    'data',
  ])
  await insertEvidence(database.db, id, people.county, 'closing-report', 'document', clock.now())
  await insertEvidence(database.db, id, people.county, 'after', 'photo', clock.now(), true)
  await insertEvidence(database.db, id, people.county, 'data', 'data', clock.now())
  matter = await stepped(people.county, matter, 'self-check', { fields: results })
  matter = await stepped(people.head, matter, 'department-check', {
    fields: { checkFinding: '属实', repeatComplaints: 0 },
  })
  clock.advance(day)
  await insertEvidence(database.db, id, people.dept, 'site-record', 'document', clock.now())
  await insertEvidence(database.db, id, people.dept, 'acceptance-photo', 'photo', clock.now(), true)
  const acceptor = { ...people.dept, permissions: people.head.permissions, owner: 'any' as const }
  const accept = {
    ...results,
    acceptors: ['甲', '乙'],
    acceptedOn: '2026-04-02',
  }
  const { result: _, ...fields } = accept
  const one = await step(acceptor, matter, 'accept', { fields: { ...fields, acceptors: ['甲'] } })
  expect(one.status).toBe(409)
  matter = await stepped(acceptor, matter, 'accept', { fields })
  await insertEvidence(database.db, id, people.head, 'notice-page', 'photo', clock.now() + 1)
  clock.advance(60_000)
  return stepped(people.head, matter, 'notice', { fields: { noticePlace: '市局网站' } })
}

describe('a matter', () => {
  test('gets a number of its region and year, without gaps, and the first clock', async () => {
    const [a, b] = [await opened(), await opened()]
    const serial = (m: MatterDetail) => Number(m.matter.number.slice(-4))
    expect(a.matter.number).toMatch(/^ZG-629001-2026-\d{4}$/)
    expect(serial(b)).toBe(serial(a) + 1)
    expect(a.matter.due).toMatchObject({ clock: 'split', overdue: false })
    expect(a.matter.waitsFor).toEqual([
      { party: 'overseer', organization: { id: people.bureau, name: '单位B' } },
    ])
  })

  test('opened twice by one command is one', async () => {
    const commandId = 'command-0001'
    const a = await opened({ commandId })
    const b = await opened({ commandId })
    expect(b.matter.id).toBe(a.matter.id)
  })

  test('an opening without the parties that the workflow asks for is refused', async () => {
    const { status, body } = await call(people.head, 'POST', '/matters', {
      workflow: 'rectification',
      title: '没有责任单位',
      regionCode: county,
      parties: {},
    })
    expect(status).toBe(422)
    expect(body.code).toBe('matter.opening-invalid')
  })

  test('goes from the problem to the notice, and is cancelled only after the notice and with its evidence', async () => {
    let matter = await toNotice()
    expect(matter.matter.published).toBe(true)
    const early = await step(people.head, matter, 'cancel', {
      fields: { objections: '无', lookBackDrawn: true },
    })
    expect(early.status).toBe(409)
    expect(early.body.refusals?.map(({ code }) => code).sort()).toEqual(['evidence', 'guard'])
    clock.advance(14 * day)
    await insertEvidence(database.db, matter.matter.id, people.head, 'approval-form', 'document', clock.now())
    matter = await stepped(people.head, matter, 'cancel', {
      fields: { objections: '无', lookBackDrawn: true },
      lookBackMonths: 3,
    })
    expect(matter.matter).toMatchObject({ state: 'cancelled', phase: 'watched' })
    expect(matter.matter.lookBackOn).toMatch(/^2026-07-/)
    const undrawn = await step(people.head, matter, 'archive-undrawn', { fields: { lookBackResult: '好' } })
    expect(undrawn.status).toBe(409)
    clock.advance(95 * day)
    await insertEvidence(database.db, matter.matter.id, people.head, 'rebound-finding', 'photo', clock.now())
    matter = await stepped(people.head, matter, 'rebound', { reason: '再次超标' })
    expect(matter.matter).toMatchObject({ state: 'planning', phase: 'open', round: 2, rebounds: 1 })
    const chain = await call<{ ok: boolean; steps: number }>(
      people.head,
      'GET',
      `/matters/${matter.matter.id}/verify`,
    )
    expect(chain.body).toMatchObject({ ok: true, steps: matter.history.length })
  })

  test('accepted by its handler is refused', async () => {
    const matter = await opened({ parties: { ...parties(), acceptor: { organizationId: people.branch } } })
    const { status, body } = await step(people.head, matter, 'split', {
      fields: { problemText: '原文', list: 'central', key: true },
    })
    expect(status).toBe(409)
    expect(body.refusals?.some(({ zh }) => zh.includes('不得与责任单位'))).toBe(true)
  })

  test('two steps at once: one wins, the other is told', async () => {
    const matter = await opened()
    const fields = { problemText: '原文', list: 'central', key: true }
    const both = await Promise.all([
      step(people.head, matter, 'split', { fields }),
      step(people.head, matter, 'split', { fields }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('matter.changed-meanwhile')
  })

  test('a step sent again with its command is carried out once', async () => {
    const matter = await opened()
    const command = {
      commandId: 'step-00000001',
      fields: { problemText: '原文', list: 'central', key: true },
    }
    const a = await stepped(people.head, matter, 'split', command)
    const b = await stepped(people.head, matter, 'split', command)
    expect(b.matter.version).toBe(a.matter.version)
    expect(b.history).toHaveLength(a.history.length)
  })

  test('the date of the plan is the limit of the remedy', async () => {
    const matter = await underWay()
    const remedy = matter.clocks.find(({ clock: id }) => id === 'remedy')
    expect(remedy?.dueAt).toBe('2026-07-01T00:00:00.000+08:00')
    expect(matter.clocks.find(({ clock: id }) => id === 'dispatch')?.dueAt).toBe(
      '2026-03-26T00:00:00.000+08:00',
    )
  })

  test('a history that was changed in the database is found', async () => {
    const matter = await opened()
    await database.db.pool.query(`update matter_step set reason = '改' where matter_id = $1`, [
      matter.matter.id,
    ])
    const { body } = await call(people.head, 'GET', `/matters/${matter.matter.id}/verify`)
    expect(body).toMatchObject({ ok: false, broken: { seq: 1 } })
  })

  test('parties are changed with a reason, and the history says so', async () => {
    const matter = await opened()
    const { status, body } = await call<MatterDetail>(
      people.head,
      'POST',
      `/matters/${matter.matter.id}/parties`,
      {
        version: matter.matter.version,
        parties: { handler: { organizationId: people.otherBranch } },
        reason: '属地调整',
      },
    )
    expect(status).toBe(200)
    expect(body.matter.handler?.id).toBe(people.otherBranch)
    expect(body.history.at(-1)).toMatchObject({ transition: 'assign', reason: '属地调整' })
    const clash = await call(people.head, 'POST', `/matters/${matter.matter.id}/parties`, {
      version: body.matter.version,
      parties: { acceptor: { organizationId: people.otherBranch } },
      reason: '错误',
    })
    expect(clash.status).toBe(409)
  })
})

describe('who sees a matter', () => {
  test('its parties and the overseers of the area; a guessed id is not there for others', async () => {
    const matter = await opened()
    const status = async (by: Actor) => (await call(by, 'GET', `/matters/${matter.matter.id}`)).status
    expect(await status(people.head)).toBe(200)
    expect(await status(people.county)).toBe(200)
    expect(await status(people.dept)).toBe(200)
    expect(await status(people.other)).toBe(404)
    expect(await status({ ...people.dept, organizationId: people.otherBranch })).toBe(404)
    expect((await step(people.other, matter, 'split')).status).toBe(404)
  })

  test('the enterprise concerned from the step on that shows it, without internal fields', async () => {
    const matter = await opened()
    expect((await call(people.enterprise, 'GET', `/matters/${matter.matter.id}`)).status).toBe(404)
    await stepped(people.head, matter, 'split', {
      fields: { problemText: '原文', list: 'central', key: true },
    })
    const shown = await call<MatterDetail>(people.enterprise, 'GET', `/matters/${matter.matter.id}`)
    expect(shown.status).toBe(200)
    const list = await call<{ items: { id: number }[] }>(people.enterprise, 'GET', '/matters')
    expect(list.body.items.map(({ id }) => id)).toContain(matter.matter.id)
  })

  test('what waits for an organization is on its list, nobody else’s', async () => {
    const matter = await opened()
    const todo = async (by: Actor) =>
      (await call<{ items: { id: number }[] }>(by, 'GET', '/matters/todo?limit=1000')).body.items.map(
        ({ id }) => id,
      )
    expect(await todo(people.head)).toContain(matter.matter.id)
    expect(await todo(people.county)).not.toContain(matter.matter.id)
  })
})

describe('lists', () => {
  test('pages follow each other without gaps or doubles; counts agree', async () => {
    const seen: number[] = []
    for (let cursor = ''; ; ) {
      const { body } = await call<{ items: { id: number }[]; next: string | null }>(
        people.head,
        'GET',
        `/matters?limit=3${cursor}`,
      )
      seen.push(...body.items.map(({ id }) => id))
      if (body.next === null) break
      cursor = `&cursor=${body.next}`
    }
    const { rows } = await database.db.pool.query('select count(*)::int as n from matter')
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(rows[0].n)
    const { body } = await call<{ open: number; watched: number; closed: number; dropped: number }>(
      people.head,
      'GET',
      '/matters/summary',
    )
    expect(body.open + body.watched + body.closed + body.dropped).toBe(rows[0].n)
  })

  test('are exported as they are shown', async () => {
    actor = people.head
    const csv = await server.app.inject({ method: 'GET', url: '/api/v1/matters/export/csv' })
    expect(csv.statusCode).toBe(200)
    expect(csv.body).toContain('烟气脱硫设施不正常运行')
    const xlsx = await server.app.inject({ method: 'GET', url: '/api/v1/matters/export/xlsx' })
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })

  test('limits that come near are listed by their end', async () => {
    const { body } = await call<{ items: { due: { dueAt: string } }[] }>(
      people.head,
      'GET',
      '/matters/due?days=60',
    )
    const ends = body.items.map(({ due }) => due.dueAt)
    expect(ends.length).toBeGreaterThan(0)
    expect(ends).toEqual(ends.toSorted())
  })
})

describe('problems', () => {
  const draft = {
    source: 'media',
    title: '某厂区夜间冒黑烟',
    detail: '多次拍到夜间烟囱冒黑烟',
    theme: 'air',
    regionCode: county,
  }
  const register = (over: object) =>
    call<{ problem: ProblemDetail; matter: { id: number } | null }>(people.county, 'POST', '/problems', {
      ...draft,
      ...over,
    })

  test('keep one number, propose duplicates with reasons, and merge with all sources kept', async () => {
    const a = (await register({ enterpriseId: people.plant })).body.problem
    expect(a.problem.number).toMatch(/^WT-629001-2026-\d{4}$/)
    const b = (await register({ enterpriseId: people.plant, source: 'self', title: '厂区夜间冒黑烟' })).body
      .problem
    expect(b.duplicates[0]).toMatchObject({ problem: { id: a.problem.id } })
    expect(b.duplicates[0]?.reasons).toContain('同一对象')
    const merged = await call<ProblemDetail>(people.county, 'POST', `/problems/${b.problem.id}/merge`, {
      version: b.problem.version,
      intoId: a.problem.id,
      reason: '同一件事',
    })
    expect(merged.status).toBe(200)
    const into = await call<ProblemDetail>(people.county, 'GET', `/problems/${a.problem.id}`)
    expect(into.body.sources.map(({ source }) => source)).toEqual(['media', 'self'])
    expect(into.body.problem.sources).toBe(2)
    const apart = await call<ProblemDetail>(people.county, 'POST', `/problems/${b.problem.id}/unmerge`, {
      version: merged.body.problem.version,
      reason: '实为两件',
    })
    expect(apart.body.problem).toMatchObject({ state: 'untreated', mergedInto: null })
    expect(apart.body.merges[0]).toMatchObject({ undoReason: '实为两件' })
  })

  test('are registered and treated at once, and are then not among those that nobody works on', async () => {
    const { body, status } = await register({
      enterpriseId: people.plant,
      open: {
        workflow: 'rectification',
        parties: {
          ...parties(),
          overseer: { organizationId: people.branch },
          handler: { organizationId: people.otherBranch },
        },
      },
      commandId: 'register-0001',
    })
    expect(status, JSON.stringify(body)).toBe(201)
    expect(body.problem.problem).toMatchObject({ state: 'treated', matters: 1, openMatters: 1 })
    const again = await register({ enterpriseId: people.plant, commandId: 'register-0001' })
    expect(again.body.problem.problem.id).toBe(body.problem.problem.id)
    const left = await call<{ problems: { id: number }[] }>(people.county, 'GET', '/problems/unattended')
    expect(left.body.problems.map(({ id }) => id)).not.toContain(body.problem.problem.id)
  })

  test('have root causes and bottlenecks that can be taken back with a reason', async () => {
    const { problem } = (await register({})).body.problem
    const added = await call<ProblemDetail>(people.county, 'POST', `/problems/${problem.id}/causes`, {
      kind: 'money',
      text: '缺资金',
    })
    expect(added.body.causes).toMatchObject([{ kind: 'money', bottleneck: true }])
    const cause = added.body.causes[0]?.id
    const gone = await call<ProblemDetail>(
      people.county,
      'POST',
      `/problems/${problem.id}/causes/${cause}/remove`,
      { reason: '误填' },
    )
    expect(gone.body.causes).toEqual([])
  })

  test('are counted and found by what stands behind them, while it does', async () => {
    const { problem } = (await register({})).body.problem
    const counted = async (): Promise<{ problems: number; open: number; bottleneck: boolean }> => {
      const { body } = await call<{ items: CauseCount[] }>(people.county, 'GET', '/problems/causes')
      return body.items.find(({ kind }) => kind === 'season') ?? { problems: 0, open: 0, bottleneck: true }
    }
    const found = async (): Promise<number[]> => {
      const { body } = await call<{ items: { id: number }[] }>(people.county, 'GET', '/problems?cause=season')
      return body.items.map(({ id }) => id)
    }
    const before = await counted()
    const path = `/problems/${problem.id}/causes`
    const added = await call<ProblemDetail>(people.county, 'POST', path, { kind: 'season', text: '冻土' })
    expect(await counted()).toMatchObject({
      bottleneck: true,
      problems: before.problems + 1,
      open: before.open + 1,
    })
    expect(await found()).toContain(problem.id)
    const twice = await call<ProblemDetail>(people.county, 'POST', path, { kind: 'season', text: '汛期' })
    expect((await counted()).problems).toBe(before.problems + 1)
    expect((await call<{ items: CauseCount[] }>(people.other, 'GET', '/problems/causes')).body.items).toEqual(
      [],
    )
    for (const { id } of [...added.body.causes, ...twice.body.causes.slice(1)])
      await call(people.county, 'POST', `${path}/${id}/remove`, { reason: '误填' })
    expect((await counted()).problems).toBe(before.problems)
    expect(await found()).not.toContain(problem.id)
  })

  test('of another county are not there', async () => {
    const { problem } = (await register({})).body.problem
    expect((await call(people.other, 'GET', `/problems/${problem.id}`)).status).toBe(404)
    expect((await call(people.other, 'POST', '/problems', { ...draft })).status).toBe(403)
  })
})

describe('the working calendar', () => {
  test('a new year moves the limits that run, each with an entry in its history', async () => {
    clock.set(Date.parse('2026-12-25T09:00:00+08:00'))
    const matter = await opened()
    const before = matter.matter.due?.dueAt
    expect(matter.matter.due?.provisional).toBe(true)
    const keeper = {
      ...people.head,
      permissions: new Set([...people.head.permissions, 'calendar:write' as const]),
    }
    const put = await call<{ moved: number; year: { workingDays: number } }>(
      keeper,
      'PUT',
      '/calendar/2027',
      {
        off: [{ from: '2027-01-01', to: '2027-01-05' }],
        worked: [],
        source: '测试用通知',
        status: 'unverified',
        version: 0,
      },
    )
    expect(put.status, JSON.stringify(put.body)).toBe(200)
    expect(put.body.moved).toBeGreaterThan(0)
    const after = await call<MatterDetail>(people.head, 'GET', `/matters/${matter.matter.id}`)
    expect(after.body.matter.due?.dueAt).not.toBe(before)
    expect(after.body.matter.due?.provisional).toBe(false)
    expect(after.body.history.at(-1)?.reason).toContain('工作日历')
    const stale = await call(keeper, 'PUT', '/calendar/2027', {
      off: [],
      worked: [],
      source: '测试',
      status: 'unverified',
      version: 0,
    })
    expect(stale.status).toBe(409)
    const wrong = await call(keeper, 'PUT', '/calendar/2027', {
      off: [],
      worked: ['2027-01-04'],
      source: '测试',
      status: 'unverified',
      version: 1,
    })
    expect(wrong.body.code).toBe('calendar.invalid')
  })
})

test('workflows are told with their definition', async () => {
  const { body } = await call<{ items: { id: string }[] }>(people.head, 'GET', '/workflows')
  expect(body.items.map(({ id }) => id)).toContain('rectification')
  const { body: def } = await call<{ states: object[] }>(people.head, 'GET', '/workflows/rectification')
  expect(def.states.length).toBeGreaterThan(8)
  expect((await call(people.head, 'GET', '/workflows/nothing')).status).toBe(404)
})
