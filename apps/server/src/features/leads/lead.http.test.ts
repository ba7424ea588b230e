import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { createFirstAdministrator } from '../identity/index.ts'
import type { Outlet } from '../registry/index.ts'
import type { OutletHours } from '../sources/index.ts'
import { leadRoomRoutes } from './lead.routes.ts'
import type { LeadDraft } from './lead.table.ts'
import { day0, draftAbout, hour, insertFeature, insertPlant } from './lead-fixture.ts'
import { calmLead, raiseLead } from './raise.service.ts'
import { seedRules } from './rule.service.ts'
import { scanJob } from './scan.job.ts'

const now = day0 + 20 * hour
const clock = fixedClock(now)
let database: TestDatabase
let server: TestApp
let [a1, a2, b1, far]: Outlet[] = []
let actor: Actor
let hours: OutletHours[] = []

const door = {
  readOutletHours: async (_: unknown, ids: readonly number[]) =>
    hours.filter((h) => ids.includes(h.outletId)),
  readExceedances: async () => [],
}

beforeAll(async () => {
  database = await createTestDatabase()
  await createFirstAdministrator(database)
  await seedRules(database.db.pool, now)
  const a = await insertPlant(database.db, {
    code: '91620300MA00000001',
    name: '甲冶炼厂',
    properties: { legalRepresentative: '张三', parkCode: 'P1', processes: ['闪速熔炼'] },
    outlets: [
      { number: 'DA001' },
      { number: 'DA002', properties: { operator: '乙运维公司', facility: 'sinter' } },
    ],
  })
  const b = await insertPlant(database.db, {
    code: '91620300MA00000002',
    name: '乙热电厂',
    properties: { industry: 'D4412', industryName: '热电联产', legalRepresentative: '张三' },
  })
  const c = await insertPlant(database.db, { code: '91620300MA00000003', name: '外县厂', regionCode: 629021 })
  ;[a1, a2] = a.outlets as [Outlet, Outlet]
  ;[b1] = b.outlets as [Outlet]
  ;[far] = c.outlets as [Outlet]
  for (const [outlet, model] of [
    [a1, 'X-100'],
    [b1, 'X-100'],
    [a2, 'Y-1'],
  ] as const) {
    await insertFeature(database.db, 'monitoring-device', `D-${outlet?.code}`, '设备', 629001, {
      outletCode: outlet?.code,
      model,
      manufacturer: '丙仪器',
      operator: outlet?.operator,
      parameters: [{ factor: 'a21026', rangeHigh: 200, unit: 'mg/m3', slope: 1, intercept: 0 }],
    })
  }
  server = await createTestApp(database.db, {
    routes: [(deps) => leadRoomRoutes(deps, door)],
    authenticate: () => async () => ({ actor, via: 'key', csrfToken: null, mustChangePassword: false }),
    clock,
    live: true,
  })
  server.deps.jobs.register(scanJob(server.deps, door))
})
afterAll(async () => {
  await server.close()
  await database.drop()
})
beforeEach(async () => {
  actor = testActor('officer', { userId: 1 })
  hours = []
  await database.db.pool.query('truncate lead, lead_occurrence, lead_history')
})

const raise = async (draft: LeadDraft) =>
  (await database.db.transaction((trx) => raiseLead(trx, draft, now, async () => undefined))).leadId
const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  const answer = await server.app.inject({
    method,
    url: `/api/v1${url}`,
    ...(payload === undefined ? {} : { payload }),
  })
  const isJson = String(answer.headers['content-type']).includes('json')
  return {
    status: answer.statusCode,
    body: isJson ? answer.json() : answer.rawPayload,
    headers: answer.headers,
  }
}
const at = (outlet: Outlet | undefined, over?: Parameters<typeof draftAbout>[1]) =>
  draftAbout(outlet as Outlet, over)

describe('the list', () => {
  test('is ranked by combined score and pages by key to the end without gap or double', async () => {
    for (let i = 0; i < 7; i++)
      await raise(at(a1, { ruleId: `rule.x${i}`, score: 0.1 + i * 0.03, hours: [i * 3, i * 3 + 1] }))
    await raise(at(b1, { score: 0.6 }))
    const seen: number[] = []
    let cursor = ''
    do {
      const { body } = await call('GET', `/leads?limit=3${cursor}`)
      seen.push(...body.items.map((lead: { id: number }) => lead.id))
      cursor = body.next === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    const all = (await call('GET', '/leads?limit=100')).body.items
    expect(seen).toEqual(all.map((lead: { id: number }) => lead.id))
    expect(new Set(seen).size).toBe(8)
    expect(all[0]).toMatchObject({ score: 0.6, level: 'medium', feature: { name: '乙热电厂DA001' } })
    const scores = all.map((lead: { score: number }) => lead.score)
    expect(scores).toEqual([...scores].sort((x: number, y: number) => y - x))
  })

  test('groups by plant, the worst first', async () => {
    await raise(at(b1, { score: 0.2 }))
    await raise(at(a1, { score: 0.3 }))
    await raise(at(a2, { score: 0.5 }))
    const { body } = await call('GET', '/leads/plants')
    expect(
      body.items.map((p: { enterprise: { name: string }; count: number }) => [p.enterprise.name, p.count]),
    ).toEqual([
      ['甲冶炼厂', 2],
      ['乙热电厂', 1],
    ])
    expect(body.items[0].leads[0].score).toBe(0.5)
  })

  test('shows a county its own, an enterprise none, and finds by name', async () => {
    await raise(at(a1))
    await raise(at(far))
    const names = async () =>
      (await call('GET', '/leads')).body.items?.map(
        (l: { enterprise: { name: string } }) => l.enterprise.name,
      )
    actor = testActor('officer', { regions: '{[629021,629022)}' })
    expect(await names()).toEqual(['外县厂'])
    actor = testActor('officer', { owner: 77 })
    expect(await names()).toEqual([])
    actor = testActor('enterprise', { owner: 77 })
    expect((await call('GET', '/leads')).status).toBe(403)
    actor = testActor('officer')
    const found = await call('GET', `/leads?search=${encodeURIComponent('外县')}`)
    expect(found.body.items).toHaveLength(1)
  })

  test('counts', async () => {
    await raise(at(a1))
    await raise(at(b1, { score: 0.2 }))
    expect((await call('GET', '/leads/summary')).body).toMatchObject({
      open: 2,
      medium: 1,
      watch: 1,
      plants: 2,
      openedToday: 2,
      overdue: 0,
    })
  })
})

describe('deciding', () => {
  test('walks from open to confirmed, keeps every step, and refuses what the state does not allow', async () => {
    const id = await raise(at(a1))
    const { lead } = (await call('GET', `/leads/${id}`)).body
    const acknowledged = await call('POST', `/leads/${id}/acknowledge`, { version: lead.version })
    expect(acknowledged.body).toMatchObject({ state: 'acknowledged', version: lead.version + 1 })
    const again = await call('POST', `/leads/${id}/acknowledge`, { version: lead.version + 1 })
    expect([again.status, again.body.code]).toEqual([409, 'lead.wrong-state'])
    const stale = await call('POST', `/leads/${id}/confirm`, { version: lead.version, grounds: '现场检查' })
    expect([stale.status, stale.body.code]).toEqual([412, 'lead.changed-meanwhile'])
    const confirmed = await call('POST', `/leads/${id}/confirm`, {
      version: lead.version + 1,
      grounds: '现场检查旁路开启',
    })
    expect(confirmed.body).toMatchObject({ state: 'confirmed', outcome: 'confirmed', dismissal: null })
    const detail = (await call('GET', `/leads/${id}`)).body
    expect(detail.history.map((h: { action: string }) => h.action)).toEqual([
      'confirmed',
      'acknowledged',
      'opened',
    ])
    expect(detail.allowed).toEqual(['reopen', 'outcome'])
    const { rows } = await database.db.pool.query(`select action from audit where object = $1 order by seq`, [
      `lead:${id}`,
    ])
    expect(rows.map((r) => r.action)).toEqual(['lead.acknowledged', 'lead.confirmed'])
  })

  test('a command given twice is carried out once', async () => {
    const id = await raise(at(a1))
    const { version } = (await call('GET', `/leads/${id}`)).body.lead
    const command = { version, commandId: 'abc-12345', reason: 'normal-process' }
    const first = await call('POST', `/leads/${id}/dismiss`, command)
    const second = await call('POST', `/leads/${id}/dismiss`, command)
    expect(second.body).toEqual(first.body)
    expect((await call('GET', `/leads/${id}`)).body.history).toHaveLength(2)
  })

  test('many are put aside with one reason; one that was changed meanwhile does not hold up the others', async () => {
    const ids = [await raise(at(a1)), await raise(at(a2)), await raise(at(b1))]
    const versions = new Map(
      (await call('GET', '/leads')).body.items.map((l: { id: number; version: number }) => [l.id, l.version]),
    )
    const leads = ids.map((id, i) => ({ id, version: (versions.get(id) as number) + (i === 1 ? 5 : 0) }))
    const { body } = await call('POST', '/leads/dismiss', { leads, reason: 'maintenance', note: '停产检修' })
    expect(body.dismissed).toEqual([ids[0], ids[2]])
    expect(body.refused).toMatchObject([{ id: ids[1], code: 'lead.changed-meanwhile' }])
    expect((await call('GET', '/leads?state=dismissed')).body.items).toMatchObject([
      { outcome: 'not-confirmed', dismissal: 'maintenance', outcomeGrounds: '运维、校准期间：停产检修' },
      { outcome: 'not-confirmed' },
    ])
  })

  test('the reason “other” must be explained, a duplicate says nothing about the rule', async () => {
    const id = await raise(at(a1))
    const { version } = (await call('GET', `/leads/${id}`)).body.lead
    const mute = await call('POST', `/leads/${id}/dismiss`, { version, reason: 'other' })
    expect([mute.status, mute.body.code]).toEqual([422, 'lead.reason-missing'])
    const put = await call('POST', `/leads/${id}/dismiss`, { version, reason: 'duplicate' })
    expect(put.body).toMatchObject({ state: 'dismissed', outcome: null })
  })

  test('nobody decides outside the own county, and directors only read', async () => {
    const id = await raise(at(far))
    actor = testActor('officer', { regions: '{[629001,629002)}' })
    expect((await call('POST', `/leads/${id}/acknowledge`, { version: 2 })).body.code).toBe('lead.unknown')
    actor = testActor('director')
    expect((await call('POST', `/leads/${id}/acknowledge`, { version: 2 })).status).toBe(403)
    expect((await call('GET', `/leads/${id}`)).body.allowed).toEqual([])
  })

  test('a closed lead is opened again, unless another of its kind is open', async () => {
    const id = await raise(at(a1))
    let { version } = (await call('GET', `/leads/${id}`)).body.lead
    ;({ version } = (await call('POST', `/leads/${id}/dismiss`, { version, reason: 'rule-unfit' })).body)
    const reopened = await call('POST', `/leads/${id}/reopen`, { version, note: '补充证据' })
    expect(reopened.body).toMatchObject({ state: 'open', outcome: null, dismissal: null })
    ;({ version } = (
      await call('POST', `/leads/${id}/dismiss`, { version: reopened.body.version, reason: 'rule-unfit' })
    ).body)
    await database.db.transaction((trx) =>
      calmLead(trx, (a1 as Outlet).id, 'exceedance.begins', now + 800 * hour),
    )
    await raise(at(a1, { hours: [900, 901] }))
    const refused = await call('POST', `/leads/${id}/reopen`, { version, note: '补充证据' })
    expect([refused.status, refused.body.code]).toEqual([409, 'lead.wrong-state'])
  })
})

describe('what a lead explains', () => {
  test('the chart of its window: values, limit, marks, hits, neighbours', async () => {
    const id = await raise(at(a1, { hours: [10, 12] }))
    const series = (outletId: number, factor: string, value: number): OutletHours => {
      const startMs = Float64Array.from({ length: 20 }, (_, i) => day0 + i * hour)
      const all = (v: number) => new Float64Array(20).fill(v)
      return {
        outletId,
        factor,
        startMs,
        measured: all(value),
        converted: all(value * 1.1),
        reported: all(Number.NaN),
        o2: all(8),
        flow: all(1000),
        load: all(90),
        massKg: all(1),
        limit: all(50),
        state: new Uint8Array(20).fill(1),
        marks: `${' '.repeat(19)}C`,
        msg: new BigInt64Array(20),
      }
    }
    hours = [
      series((a1 as Outlet).id, 'a21026', 60),
      series((a1 as Outlet).id, 'a21002', 70),
      series((a2 as Outlet).id, 'a21026', 10),
    ]
    const { body } = await call('GET', `/leads/${id}/chart?padHours=4`)
    expect(body.hours[0]).toBe('2026-08-21T06:00:00+08:00')
    expect(body.hours).toHaveLength(10)
    expect(body.converted[0]).toBeCloseTo(66, 9)
    expect(body).toMatchObject({ factor: 'a21026', reported: Array(10).fill(null), hits: [4] })
    expect(body.neighbours.map((n: { relation: string; factor: string }) => [n.relation, n.factor])).toEqual([
      ['same-outlet', 'a21002'],
      ['same-plant', 'a21026'],
    ])
  })

  test('a raw record that the journal does not have says so', async () => {
    const id = await raise(at(a1))
    const { body } = await call('GET', `/leads/${id}/frames`)
    expect(body).toMatchObject({
      total: 1,
      items: [{ msg: '65536', text: null, reason: '账本中没有这条记录' }],
    })
  })

  test('what counts together, and what else the plant has', async () => {
    const id = await raise(at(a1, { ruleId: 'F13', score: 0.4 }))
    await raise(at(a1, { ruleId: 'F22', score: 0.5 }))
    await raise(at(a2, { score: 0.5 }))
    const { body } = await call('GET', `/leads/${id}`)
    expect(body.lead).toMatchObject({ level: 'high', weight: 0.4 })
    expect(body.combined.map((c: { ruleId: string }) => c.ruleId).sort()).toEqual(['F13', 'F22'])
    expect(body.plant.open).toHaveLength(2)
    expect(body.operator).toBe('甲运维公司')
  })
})

describe('举一反三', () => {
  test('names similar outlets with the reasons, the most similar first, with their leads', async () => {
    const id = await raise(at(a1))
    await raise(at(b1))
    const { body } = await call('GET', `/leads/${id}/similar`)
    const [first] = body.items
    expect(first.feature.name).toBe('乙热电厂DA001')
    expect(first.reasons.map((r: { kind: string }) => r.kind)).toEqual([
      'legal-person',
      'device',
      'operator',
      'process',
    ])
    expect(first.similarity).toBeCloseTo(1 - 0.5 * 0.6 * 0.6 * 0.7, 9)
    expect(first.openLeads).toHaveLength(1)
    expect(body.items.map((i: { feature: { name: string } }) => i.feature.name)).not.toContain(
      '甲冶炼厂DA001',
    )
  })

  test('the screening list comes as CSV and XLSX', async () => {
    const id = await raise(at(a1))
    const csv = await call('GET', `/leads/${id}/similar/export/csv`)
    expect(csv.headers['content-type']).toContain('text/csv')
    expect(csv.body.toString()).toMatch(/^\ufeff序号,对象/)
    expect(csv.body.toString()).toContain('法定代表人相同：张三')
    const xlsx = await call('GET', `/leads/${id}/similar/export/xlsx`)
    expect(xlsx.body.subarray(0, 2).toString()).toBe('PK')
  })
})

describe('rules', () => {
  const rule = async (id: string) => (await call('GET', `/leads/rules/${id}`)).body

  test('say their condition in words, their clause and how far it was checked', async () => {
    expect(await rule('limit.near')).toMatchObject({
      status: 'design',
      conditionText:
        '（各监测因子判定浓度与限值之比不小于 0.9，且 各监测因子判定浓度与限值之比不大于 1），持续 6 小时以上',
      weight: 0.2,
      statistics: { hits: 0, precision: null, low: null },
    })
  })

  test('a threshold is changed with a reason and kept in the history; a stale version is refused', async () => {
    actor = testActor('source')
    const before = await rule('limit.near')
    const change = { version: before.version, parameters: { hours: 12 }, reason: '六小时太多' }
    const changed = await call('PUT', '/leads/rules/limit.near', change)
    expect(changed.body.conditionText).toContain('持续 12 小时以上')
    expect((await call('PUT', '/leads/rules/limit.near', change)).body.code).toBe(
      'lead.rule-changed-meanwhile',
    )
    const outside = await call('PUT', '/leads/rules/limit.near', {
      version: changed.body.version,
      parameters: { ratio: 3 },
      reason: '试试',
    })
    expect([outside.status, outside.body.errors[0].path]).toEqual([422, 'parameters/ratio'])
    const { items } = (await call('GET', '/leads/rules/limit.near/history')).body
    expect(items.map((h: { reason: string }) => h.reason)).toEqual(['六小时太多', '随系统提供'])
    await seedRules(database.db.pool, now)
    expect((await rule('limit.near')).parameters[1]).toMatchObject({ name: 'hours', value: 12, default: 6 })
  })

  test('a rule of one’s own is checked to the last leaf', async () => {
    actor = testActor('source')
    const draft = {
      id: 'own.low-oxygen',
      title: '低氧高负荷',
      description: '含氧量低而负荷高',
      family: 'other',
      weight: 0.2,
      clause: '本局规定',
      status: 'design',
      condition: {
        kind: 'all',
        conditions: [
          { kind: 'threshold', quantity: { of: 'o2', factor: '*' }, op: '<', value: 2 },
          {
            kind: 'not',
            condition: { kind: 'threshold', quantity: { of: 'lood', factor: '*' }, op: '<', value: 1 },
          },
        ],
      },
    }
    const wrong = await call('POST', '/leads/rules', draft)
    expect([wrong.status, wrong.body.errors]).toMatchObject([
      422,
      [{ path: 'condition/conditions/1/condition/quantity/of' }],
    ])
    ;(draft.condition.conditions[1] as { condition: { quantity: { of: string } } }).condition.quantity.of =
      'load'
    const made = await call('POST', '/leads/rules', draft)
    expect([made.status, made.body.conditionText]).toEqual([
      201,
      '含氧量（%）小于 2，且 不满足（生产负荷（%）小于 1）',
    ])
    expect((await call('POST', '/leads/rules', draft)).body.code).toBe('lead.rule-exists')
    actor = testActor('officer')
    expect((await call('POST', '/leads/rules', draft)).status).toBe(403)
  })

  test('precision by rule and by operator follows the outcomes, with Wilson’s interval', async () => {
    for (const [outlet, outcome] of [
      [a1, 'confirm'],
      [a2, 'dismiss'],
      [b1, 'confirm'],
    ] as const) {
      const id = await raise(at(outlet))
      const { version } = (await call('GET', `/leads/${id}`)).body.lead
      const body =
        outcome === 'confirm' ? { version, grounds: '查实' } : { version, reason: 'normal-process' }
      expect((await call('POST', `/leads/${id}/${outcome}`, body)).status).toBe(200)
    }
    const stats = (await call('GET', '/leads/stats')).body
    expect(stats.total).toMatchObject({ hits: 3, confirmed: 2, notConfirmed: 1 })
    expect(stats.total.precision).toBeCloseTo(2 / 3, 12)
    expect([stats.total.low.toFixed(4), stats.total.high.toFixed(4)]).toEqual(['0.2077', '0.9385'])
    const operators = stats.byOperator.map((r: { key: string; precision: number }) => [r.key, r.precision])
    expect(operators).toEqual([
      ['甲运维公司', 1],
      ['乙运维公司', 0],
    ])
    expect(stats.neverHit.map((r: { id: string }) => r.id)).toContain('data.absent')
    expect((await rule('exceedance.begins')).statistics).toMatchObject({ hits: 3, confirmed: 2 })
  })

  test('an outcome found later replaces the first one and stays in the history', async () => {
    const id = await raise(at(a1))
    let { version } = (await call('GET', `/leads/${id}`)).body.lead
    ;({ version } = (await call('POST', `/leads/${id}/confirm`, { version, grounds: '转现场核查' })).body)
    const { body } = await call('POST', `/leads/${id}/outcome`, {
      version,
      outcome: 'not-confirmed',
      grounds: '比对监测合格',
    })
    expect(body).toMatchObject({
      state: 'confirmed',
      outcome: 'not-confirmed',
      outcomeGrounds: '比对监测合格',
    })
    expect((await call('GET', '/leads/stats')).body.total).toMatchObject({ confirmed: 0, notConfirmed: 1 })
  })
})

describe('the scan', () => {
  test('is a job; a window that makes no sense is refused at once', async () => {
    actor = testActor('source')
    const wrong = await call('POST', '/leads/scan', { from: '2026-08-20', to: '2026-08-01' })
    expect([wrong.status, wrong.body.code]).toEqual([422, 'lead.window-invalid'])
    const { status, body } = await call('POST', '/leads/scan', { from: '2026-08-01', to: '2026-08-20' })
    expect(status).toBe(202)
    for (let i = 0; i < 200; i++) {
      const job = (await call('GET', `/jobs/${body.jobId}`)).body
      if (job.state === 'done') return expect(job.result).toMatchObject({ outlets: 4 })
      await new Promise((wait) => setTimeout(wait, 20))
    }
    expect.unreachable('the scan did not end')
  })
})
