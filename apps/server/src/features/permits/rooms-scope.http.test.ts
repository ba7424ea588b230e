/** Nobody reads or changes another plant's or county's outlets, marks, ledgers, permits, reports, leads and mergers. */
import { permissionsOf } from '@shanshui/contract'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roomRoutes } from '../../main.ts'
import type { Actor } from '../../platform/actor.ts'
import { silentLogger } from '../../platform/log.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { createFirstAdministrator, notify } from '../identity/index.ts'
import { raiseLead, seedRules } from '../leads/index.ts'
import { upsertFeature } from '../registry/index.ts'
import { startRollupWorker } from '../series/index.ts'
import { startSourceWorker } from '../sources/index.ts'
import { at, makeTestPlant, type TestPlant, writeAir, writeWater } from '../sources/source-fixture.ts'
import { permitProperties } from './permit-fixture.ts'

const clock = { ms: at('2026-03-02T10:30'), now: () => clock.ms }
const rooms =
  /^\/api\/v1\/(sources|leads|permits|permit-obligations|execution-reports|self-monitoring|tonnage|reduction|allowance|enterprises)/
let database: TestDatabase
let server: TestApp
let own: TestPlant
let foreign: TestPlant
const actors: Record<string, Actor> = {}
/** Ids of what belongs to the plant that must stay hidden. */
const hidden: Record<string, number | string> = {}

async function call(who: string, method: string, url: string, payload?: object) {
  const answer = await server.app.inject({
    method: method as NonNullable<InjectOptions['method']>,
    url: `/api/v1${url}`,
    headers: { 'x-test-actor': who },
    ...(payload === undefined ? {} : { payload }),
  })
  if (method !== 'GET' && answer.statusCode < 300) {
    const after = await auditRows()
    ;(after > audited ? kept : silent).add(nameOf(method, `/api/v1${url}`))
    audited = after
  }
  return {
    status: answer.statusCode,
    text: answer.body,
    json: () => (answer.body === '' ? undefined : JSON.parse(answer.body)),
  }
}

/** Writes that succeeded: those that left a row in the audit chain, and those that left none. */
const kept = new Set<string>()
const silent = new Set<string>()
let audited = 0
async function auditRows(): Promise<number> {
  const { rows } = await database.db.pool.query<{ n: number }>(
    `select count(*)::int as n from audit where action <> 'access.refused'`,
  )
  return rows[0]?.n ?? 0
}
function nameOf(method: string, url: string): string {
  const fits = server.routes.filter(
    (route) =>
      route.method === method && new RegExp(`^${route.url.replace(/:[A-Za-z]+/g, '[^/]+')}$`).test(url),
  )
  const route = fits.toSorted((a, b) => a.url.split(':').length - b.url.split(':').length)[0]
  return `${method} ${route?.url ?? url}`
}

async function made(who: string, method: string, url: string, payload?: object) {
  const answer = await call(who, method, url, payload)
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`)
  return answer.json()
}

async function settle(): Promise<void> {
  const deps = { db: database.db, clock, log: silentLogger }
  const worker = startSourceWorker(
    deps,
    async () => undefined,
    async () => new Set(),
    { loop: false },
  )
  const rollup = startRollupWorker(deps, (changes) => worker.onRolled(changes))
  while ((await rollup.drainOnce()) > 0);
  await rollup.stop()
  while ((await worker.drainOnce()) > 0);
  await worker.stop()
}

async function makePermit(plant: TestPlant): Promise<number> {
  const { enterprise, code } = plant
  const permit = await database.db.transaction((trx) =>
    upsertFeature(trx, 'system', {
      kind: 'permit',
      code: `${code}001P`,
      name: `${enterprise.name} 排污许可证`,
      regionCode: enterprise.regionCode,
      ownerId: enterprise.ownerId,
      properties: { ...permitProperties(code), issuedOn: '2025-01-01', expiresOn: '2029-12-31' },
    }),
  )
  return permit.id
}

beforeAll(async () => {
  database = await createTestDatabase()
  await createFirstAdministrator(database)
  own = await makeTestPlant(database.db, 1, 629001)
  foreign = await makeTestPlant(database.db, 2, 629002)
  await seedRules(database.db.pool, clock.ms)
  Object.assign(actors, {
    bureau: testActor('source', { name: '王工' }),
    director: testActor('director', { userId: 8 }),
    plant: testActor('enterprise', { userId: 6, name: '李环保', owner: own.enterprise.ownerId }),
    theirs: testActor('enterprise', { userId: 7, name: '赵环保', owner: foreign.enterprise.ownerId }),
    county: testActor('county-head', { userId: 9, regions: '{[629001,629002)}' }),
    // everything that a person can be allowed, in one county only
    section: testActor('source', {
      userId: 10,
      regions: '{[629001,629002)}',
      permissions: permissionsOf(['source', 'director', 'enterprise', 'officer']),
    }),
  })
  server = await createTestApp(database.db, {
    clock,
    routes: [
      (deps) => async (app) => {
        for (const routes of roomRoutes(deps)) await app.register(routes)
      },
    ],
    authenticate: () => async (request) => {
      const actor = actors[String(request.headers['x-test-actor'])]
      return actor && { actor, via: 'key', csrfToken: null, mustChangePassword: false }
    },
  })
  const from = at('2026-03-01T00:00')
  for (const plant of [own, foreign]) {
    await writeAir(database.db, plant.air, from, at('2026-03-02T10:00'), (ms) => ({
      so2: ms >= at('2026-03-01T20:00') && ms < at('2026-03-01T23:00') ? 75 : 20,
    }))
    await writeWater(database.db, plant.water, from, at('2026-03-02T10:00'), () => ({}))
  }
  await settle()
  await makePermit(own)
  hidden.permit = await makePermit(foreign)
  const { enterprise, air } = foreign
  hidden.enterprise = enterprise.id
  hidden.outlet = air.id
  const span = { from: '2026-03-01T20:00:00+08:00', to: '2026-03-01T21:00:00+08:00' }
  const mark = await made('theirs', 'POST', '/sources/marks', {
    ...span,
    outletId: air.id,
    item: 'maintenance',
    reason: '隐秘的检修',
  })
  hidden.mark = mark.id
  const record = await made('theirs', 'POST', '/sources/maintenance', {
    ...span,
    outletId: air.id,
    kind: 'routine',
    technician: '隐秘的人',
    content: '隐秘的巡检',
  })
  hidden.maintenance = record.id
  await made('bureau', 'POST', '/permit-obligations/compile', {})
  const { rows: obligations } = await database.db.pool.query(
    `select id from permit_obligation where permit_id = $1 and kind = 'ledger' and state in ('due', 'overdue') order by due_on limit 1`,
    [hidden.permit],
  )
  hidden.obligation = obligations[0].id
  hidden.report = (
    await made('theirs', 'POST', '/execution-reports', {
      permitId: hidden.permit,
      period: 'quarter',
      periodFrom: '2025-10-01',
      totals: [],
      rows: [{ outletNumber: 'DA001', month: '2025-10', pollutant: 'SO2', tonnes: 1 }],
      ledgerKept: true,
      complianceNote: '隐秘的说明',
    })
  ).id
  hidden.lead = await database.db.transaction(async (trx) => {
    const { leadId } = await raiseLead(
      trx,
      {
        ruleId: 'exceedance.begins',
        featureId: air.id,
        enterpriseId: enterprise.id,
        factor: 'a21026',
        regionCode: air.regionCode,
        ownerId: air.ownerId,
        operator: null,
        fromMs: at('2026-03-01T20:00'),
        toMs: at('2026-03-01T23:00'),
        score: 0.5,
        level: 'medium',
        statistic: { name: '最大超标倍数', value: 0.5 },
        threshold: '限值 50 mg/m³',
        n: 3,
        explanation: '隐秘的线索',
        refutation: '已标记',
        evidence: { hoursMs: [at('2026-03-01T20:00')], msgs: ['1'] },
      },
      clock.ms,
      notify,
    )
    return leadId
  })
  const { rows } = await database.db.pool.query(`select id from exceedance where outlet_id = $1 limit 1`, [
    air.id,
  ])
  hidden.exceedance = rows[0].id
  const claim = await made('bureau', 'POST', '/reduction-projects', {
    project: {
      code: 'R-隐秘',
      name: '隐秘的减排',
      type: 'closure',
      subjectId: air.id,
      facility: '锅炉',
      completedOn: '2026-01-31',
    },
    claims: [
      {
        pollutant: 'NOx',
        year: 2026,
        inputs: { baseEmission: 146, months: 11 },
        inputReferences: ['2020年环统'],
        evidence: [{ title: '注销', reference: '文号' }],
      },
    ],
  })
  hidden.claim = claim.claims[0].id
  hidden.project = claim.projectId
}, 120_000)
afterAll(async () => {
  await server.close()
  await database.drop()
})

/** Queries that the routes ask for; the first that fits is taken. */
const queries = () => [
  '',
  '?year=2026',
  '?from=2026-03-01&to=2026-03-03',
  '?from=2026-03-01&to=2026-03-03&by=enterprise',
  '?from=2026-03-01&to=2026-03-03&by=outlet',
  '?date=2026-03-01',
  '?month=2026-03',
  '?from=2026-03-01T00:00:00%2B08:00&hours=24',
  `?hour=${encodeURIComponent('2026-03-01T20:00:00+08:00')}&factor=a21026`,
  `?dropId=${hidden.enterprise}`,
  `?outletId=${hidden.outlet}&from=2026-03-01&to=2026-03-03`,
]

describe.each(['plant', 'county', 'section'])('%s', (who) => {
  test('no page of the rooms shows anything of the other plant, whatever ids are guessed', async () => {
    const wrong: string[] = []
    let answered = 0
    for (const route of server.routes) {
      if (route.method !== 'GET' || !rooms.test(route.url)) continue
      const url = route.url.replace('/api/v1', '')
      const pathOf = (id: number | string) =>
        url
          .replace(/:[iI]d/, String(id))
          .replace(':format', 'csv')
          .replace(':code', foreign.code)
      const rule = url.startsWith('/leads/rules/')
      const ids = rule
        ? ['exceedance.begins']
        : url.includes(':id')
          ? [...new Set(Object.values(hidden))]
          : ['']
      let fitting: string | undefined
      for (const query of queries()) {
        if ((await call(who, 'GET', pathOf(ids[0] ?? '') + query)).status === 400) continue
        fitting = query
        break
      }
      if (fitting === undefined) {
        wrong.push(`${url}: no query fits`)
        continue
      }
      for (const id of ids) {
        const more = `${fitting === '' ? '?' : '&'}enterpriseId=${hidden.enterprise}`
        for (const query of url.includes(':id') ? [fitting] : [fitting, fitting + more]) {
          const path = pathOf(id) + query
          const { status, text } = await call(who, 'GET', path)
          if (status < 300) answered++
          if (
            status >= 500 ||
            (status < 300 && /试验厂2|隐秘/.test(text + (text.includes(foreign.code) ? '隐秘' : '')))
          )
            wrong.push(`${path}: ${status} ${text.slice(0, 300)}`)
          if (status === 403) break
        }
      }
    }
    expect(wrong).toEqual([])
    expect(answered).toBeGreaterThan(15)
  }, 120_000)

  test('no write reaches the other plant', async () => {
    const before = await digest()
    const span = { from: '2026-03-01T20:00:00+08:00', to: '2026-03-01T21:00:00+08:00' }
    const reason = '越权的理由'
    const version = 1
    const { outlet, enterprise, mark, maintenance, permit, obligation, lead, exceedance, claim, project } =
      hidden
    const attempts: [string, string, object][] = [
      ['POST', '/sources/marks', { ...span, outletId: outlet, item: 'maintenance', reason }],
      ['POST', `/sources/marks/${mark}/review`, { decision: 'accept', reason }],
      ['POST', `/sources/marks/${mark}/withdraw`, { reason }],
      ['POST', `/sources/exceedances/${exceedance}/judge`, { decision: 'exempt', reason, version }],
      [
        'POST',
        '/sources/maintenance',
        { ...span, outletId: outlet, kind: 'routine', technician: '某', content: '越权' },
      ],
      ['POST', `/sources/maintenance/${maintenance}/withdraw`, { reason }],
      ['POST', `/permit-obligations/${obligation}/evidence`, { evidence: '假的台账' }],
      ['POST', `/permit-obligations/${obligation}/waiver`, { reason }],
      ['POST', '/permit-obligations/compile', { permitId: permit }],
      [
        'POST',
        '/execution-reports',
        {
          permitId: permit,
          period: 'quarter',
          periodFrom: '2025-10-01',
          totals: [],
          rows: [],
          ledgerKept: true,
        },
      ],
      [
        'POST',
        '/self-monitoring-results',
        {
          results: [
            {
              permitId: permit,
              outletNumber: 'DW001',
              factor: 'w01018',
              sampledOn: '2026-02-01',
              value: 1,
              unit: 'mg/L',
              reference: '假的报告',
            },
          ],
        },
      ],
      ...['acknowledge', 'watch'].map((step): [string, string, object] => [
        'POST',
        `/leads/${lead}/${step}`,
        { version },
      ]),
      ['POST', `/leads/${lead}/confirm`, { version, grounds: reason }],
      ['POST', `/leads/${lead}/dismiss`, { version, reason: 'other', note: reason }],
      ['POST', `/leads/${lead}/reopen`, { version, note: reason }],
      ['POST', `/leads/${lead}/outcome`, { version, outcome: 'confirmed', grounds: reason }],
      ['POST', '/leads/scan', { outletIds: [outlet] }],
      [
        'PUT',
        '/tonnage/accounting',
        {
          entries: [
            {
              outletId: outlet,
              pollutant: 'SO2',
              month: '2026-01',
              activity: 1,
              activityUnit: 't',
              coefficientKgPerUnit: 1,
              removalPercent: 0,
              reference: '系数手册',
              coefficientStatus: 'unverified',
            },
          ],
        },
      ],
      [
        'POST',
        `/enterprises/${own.enterprise.id}/merge`,
        { dropId: enterprise, reason, versions: { keep: 1, drop: 1 } },
      ],
      [
        'POST',
        `/enterprises/${enterprise}/merge`,
        { dropId: own.enterprise.id, reason, versions: { keep: 1, drop: 1 } },
      ],
      ['POST', '/enterprises/merge-proposals/distinct', { aId: own.enterprise.id, bId: enterprise, reason }],
      [
        'POST',
        `/reduction-projects/${project}/claims`,
        {
          pollutant: 'NOx',
          year: 2027,
          inputs: { baseEmission: 1, months: 1 },
          inputReferences: ['某'],
          evidence: [],
        },
      ],
      ['POST', `/reductions/${claim}/advance`, { event: 'start', version }],
      ['POST', `/reductions/${claim}/review`, { event: 'reject', reason, version }],
    ]
    for (const [method, url, body] of attempts) {
      const { status, text } = await call(who, method, url, body)
      expect([method, url, status, text]).toEqual([
        method,
        url,
        expect.toSatisfy((code: number) => code === 403 || code === 404),
        expect.any(String),
      ])
    }
    const many = await call(who, 'POST', '/leads/dismiss', {
      leads: [{ id: lead, version: 1 }],
      reason: 'other',
      note: reason,
    })
    if (many.status < 300)
      expect(many.json()).toMatchObject({ dismissed: [], refused: [{ id: lead, code: 'lead.unknown' }] })
    expect(await digest()).toEqual(before)
  })
})

/** All rows of the business tables, so that a write which slipped through shows. */
async function digest(): Promise<Record<string, string>> {
  const kept: Record<string, string> = {}
  for (const table of [
    'source_mark',
    'exceedance',
    'exceedance_judgement',
    'maintenance_record',
    'permit_obligation',
    'execution_report',
    'self_monitoring_result',
    'lead',
    'lead_history',
    'accounting_entry',
    'enterprise_merge',
    'enterprise_distinct',
    'reduction_claim',
    'reduction_event',
    'job',
  ]) {
    const { rows } = await database.db.pool.query(
      `select count(*)::text || md5(coalesce(string_agg(t::text, '' order by t::text), '')) as d from ${table} t`,
    )
    kept[table] = rows[0].d
  }
  return kept
}

test('an enterprise sees no lead, no merger and no tonne of the bureau', async () => {
  for (const url of [
    '/leads',
    '/leads/summary',
    '/enterprises/merges',
    '/enterprises/merge-proposals',
    '/allowance/accounts',
    '/reductions',
  ])
    expect([url, (await call('plant', 'GET', url)).status]).toEqual([url, 403])
  const { json } = await call('plant', 'GET', `/enterprises/${own.enterprise.id}/timeline`)
  expect(json().items.filter((entry: { kind: string }) => entry.kind === 'lead')).toEqual([])
})

test('the plant itself and the bureau do see what the others must not', async () => {
  for (const who of ['theirs', 'bureau']) {
    expect((await call(who, 'GET', `/sources/marks?outletId=${hidden.outlet}`)).text).toContain('隐秘的检修')
    expect((await call(who, 'GET', `/execution-reports/${hidden.report}`)).text).toContain('隐秘的说明')
  }
  expect((await call('bureau', 'GET', `/leads/${hidden.lead}`)).text).toContain('隐秘的线索')
})

describe('what the bureau wrote about a plant', () => {
  const span = { from: '2026-03-01T08:00:00+08:00', to: '2026-03-01T09:00:00+08:00' }
  test('is not taken back by the plant: a failed comparison stays', async () => {
    const outletId = own.air.id
    const record = await made('bureau', 'POST', '/sources/maintenance', {
      ...span,
      outletId,
      kind: 'comparison',
      factor: 'a21026',
      technician: '监测站',
      content: '监督性比对',
      pairs: [{ online: 10, reference: 60 }],
    })
    const mark = await made('bureau', 'POST', '/sources/marks', {
      ...span,
      outletId,
      item: 'maintenance',
      reason: '现场核实采样管断开',
    })
    const reason = '与我无关'
    for (const url of [`/sources/maintenance/${record.id}/withdraw`, `/sources/marks/${mark.id}/withdraw`]) {
      const { status, json } = await call('plant', 'POST', url, { reason })
      expect([url, status, json().code]).toEqual([url, 403, 'auth.forbidden'])
    }
    await made('bureau', 'POST', `/sources/marks/${mark.id}/withdraw`, { reason })
  })

  test('is judged once by two who saw the same version', async () => {
    const { rows } = await database.db.pool.query<{ id: number; version: number }>(
      `select id, version from exceedance where outlet_id = $1 and state = 'candidate' limit 1`,
      [own.air.id],
    )
    const { id, version } = rows[0] as { id: number; version: number }
    const grades = await database.db.pool.query(
      `update exceedance set grade = 'B' where id = $1 and grade = 'C'`,
      [id],
    )
    expect(grades.rowCount).toBeLessThan(2)
    const answers = await Promise.all(
      (['confirm', 'exempt', 'confirm', 'exempt'] as const).map((decision) =>
        call('bureau', 'POST', `/sources/exceedances/${id}/judge`, { decision, reason: '同时认定', version }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
  })
})

test('a merger does not reach outlets in another county', async () => {
  const third = await makeTestPlant(database.db, 3, 629001)
  await database.db.pool.query('update feature set region_code = 629002 where id = $1', [third.air.id])
  const path = `/enterprises/${own.enterprise.id}/merge`
  const preview = await call('section', 'GET', `${path}?dropId=${third.enterprise.id}`)
  expect([preview.status, preview.json().code]).toEqual([403, 'auth.forbidden'])
  const body = { dropId: third.enterprise.id, reason: '同一单位', versions: { keep: 1, drop: 1 } }
  expect((await call('section', 'POST', path, body)).status).toBe(403)
  expect((await call('bureau', 'GET', `${path}?dropId=${third.enterprise.id}`)).status).toBe(200)
})

test('tonnes leave only the pool of a reduction in the own county', async () => {
  const { claim } = hidden
  await database.db.pool.query(
    `update reduction_claim set state = 'recognised', verified = claimed, recognised = claimed, reviewed_by = 99 where id = $1`,
    [claim],
  )
  const account = { pollutant: 'NOx', regionCode: 629001, origin: 'pooled', validFrom: '2026-01-01' }
  const { id } = await made('section', 'POST', '/allowance/accounts', { ...account, name: '金河区储备' })
  const entry = { accountId: id, kind: 'reduction', tonnes: 1, claimId: claim, reference: '他县的减排' }
  const { status, json } = await call('section', 'POST', '/allowance/entries', entry)
  expect([status, json().code]).toEqual([409, 'total.reduction-used'])
  await made('bureau', 'POST', '/allowance/entries', entry)
})

test('no range, cursor or number of a query makes the server fail', async () => {
  const odd = [
    '9999-12-31',
    '0001-01-01',
    '2026-02-30',
    '-1',
    '1e300',
    'NaN',
    "'",
    '%00',
    '99999999999999999999',
    '~',
  ]
  const cursors = [
    'x',
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    ...[
      '[1e300,1e300]',
      '["a","b"]',
      '[null]',
      '[{}]',
      '["9999-99-99",1]',
      '[-1,-1]',
      '["99999999999999999999"]',
    ].map((text) => Buffer.from(text).toString('base64url')),
  ]
  const broken: string[] = []
  for (const route of server.routes) {
    if (route.method !== 'GET' || !rooms.test(route.url)) continue
    const url = route.url
      .replace('/api/v1', '')
      .replace(':format', 'csv')
      .replace(':code', foreign.code)
      .replace(/:[iI]d/, String(hidden[/:id\/|:id$/.test(route.url) ? roomId(route.url) : 'outlet']))
    const tries = [
      ...odd.flatMap((value) => [
        `?from=${value}&to=2026-03-03&by=outlet`,
        `?from=2026-03-01&to=${value}&by=outlet`,
        `?year=${value}`,
        `?month=${value}`,
        `?date=${value}`,
        `?search=${value}`,
        `?regionCode=${value}`,
        `?hour=${value}&factor=${value}`,
      ]),
      '?month=2026-99',
      '?from=0001-01-01&to=9999-12-31&by=outlet',
      '?from=2026-03-03&to=2026-03-01&by=outlet',
      '?hour=9999-12-31T23:00:00Z&factor=a21026',
      ...cursors.flatMap((cursor) => [
        `?cursor=${cursor}`,
        `?year=2026&cursor=${cursor}`,
        `?order=recent&cursor=${cursor}`,
      ]),
    ]
    for (const query of tries) {
      const { status, text } = await call('bureau', 'GET', url + query)
      if (status >= 500) broken.push(`${url}${query}: ${status} ${text.slice(0, 120)}`)
    }
  }
  expect(broken).toEqual([])
}, 180_000)

/** Which of the hidden ids a route is about. */
function roomId(url: string): string {
  const kinds: Record<string, string> = {
    '/sources/outlets': 'outlet',
    '/sources/exceedances': 'exceedance',
    '/leads': 'lead',
    '/permits': 'permit',
    '/execution-reports': 'report',
    '/enterprises': 'enterprise',
    '/reductions': 'claim',
  }
  return Object.entries(kinds).find(([start]) => url.startsWith(`/api/v1${start}`))?.[1] ?? 'outlet'
}

describe('the audit chain', () => {
  const version = 1
  const reason = '审计走查的理由'
  const span = { from: '2026-03-01T10:00:00+08:00', to: '2026-03-01T11:00:00+08:00' }
  const evidence = [{ title: '注销', reference: '文号' }]
  const claimOf = (year: number) => ({
    pollutant: 'NOx',
    year,
    inputs: { baseEmission: 146, months: 1 },
    inputReferences: ['2020年环统'],
    evidence,
  })

  async function lead(): Promise<{ id: number; version: number }> {
    const { items } = await made('bureau', 'GET', '/leads?state=all')
    return items.find((one: { id: number }) => one.id === hidden.lead)
  }

  test('marks, ledgers and settings', async () => {
    const outletId = foreign.air.id
    await made('bureau', 'POST', `/sources/marks/${hidden.mark}/review`, { decision: 'accept', reason })
    const record = await made('bureau', 'POST', '/sources/maintenance', {
      ...span,
      outletId,
      kind: 'routine',
      technician: '某',
      content: '巡检',
    })
    await made('bureau', 'POST', `/sources/maintenance/${record.id}/withdraw`, { reason })
    const [setting] = (await made('bureau', 'GET', '/sources/settings')).items
    const { key, value, source, status } = setting
    await made('bureau', 'PUT', `/sources/settings/${key}`, {
      value,
      source,
      status,
      version: setting.version,
      reason,
    })
  })

  test('leads and rules', async () => {
    const step = async (name: string, body: object) =>
      made('bureau', 'POST', `/leads/${hidden.lead}/${name}`, { ...body, version: (await lead()).version })
    await step('acknowledge', {})
    await step('watch', {})
    await step('confirm', { grounds: reason })
    await step('outcome', { outcome: 'confirmed', grounds: reason })
    await step('reopen', { note: reason })
    await step('dismiss', { reason: 'other', note: reason })
    await step('reopen', { note: reason })
    const leads = [{ id: hidden.lead, version: (await lead()).version }]
    const many = await made('bureau', 'POST', '/leads/dismiss', { leads, reason: 'other', note: reason })
    expect(many.dismissed).toEqual([hidden.lead])
    const rule = await made('bureau', 'GET', '/leads/rules/exceedance.begins')
    await made('bureau', 'PUT', '/leads/rules/exceedance.begins', {
      version: rule.version,
      enabled: true,
      reason,
    })
    const { items } = await made('bureau', 'GET', '/leads/rules')
    const plain = items.find(
      (one: { condition: { kind: string } }) => !['fraud', 'raised'].includes(one.condition.kind),
    )
    await made('bureau', 'POST', '/leads/rules', {
      id: 'audit.walk',
      title: '走查',
      description: '走查用',
      family: plain.family,
      condition: { kind: 'threshold', factor: 'a21026', field: 'value', above: 400 },
      weight: 0.1,
      clause: '走查',
      status: 'design',
    }).catch(async () => {
      const condition = JSON.parse(JSON.stringify(plain.condition), (_, value) =>
        typeof value === 'object' && value !== null && 'parameter' in value
          ? plain.parameters.find((one: { name: string }) => one.name === value.parameter).value
          : value,
      )
      await made('bureau', 'POST', '/leads/rules', {
        id: 'audit.walk',
        title: '走查',
        description: '走查用',
        family: plain.family,
        condition,
        weight: 0.1,
        clause: '走查',
        status: 'design',
      })
    })
    await made('bureau', 'POST', '/leads/scan', {})
  })

  test('permits', async () => {
    const { rows: shown } = await database.db.pool.query(
      `select id from permit_obligation where permit_id = $1 and state in ('due', 'overdue')
         and kind in ('ledger', 'disclosure') limit 1`,
      [hidden.permit],
    )
    await made('theirs', 'POST', `/permit-obligations/${shown[0].id}/evidence`, { evidence: '台账 1 号' })
    const { rows } = await database.db.pool.query(
      `select id from permit_obligation where state in ('due', 'overdue') limit 1`,
    )
    await made('bureau', 'POST', `/permit-obligations/${rows[0].id}/waiver`, { reason })
    const result = {
      permitId: hidden.permit,
      outletNumber: 'DW001',
      factor: 'w01018',
      sampledOn: '2026-02-01',
      value: 1,
      unit: 'mg/L',
      reference: '报告 1 号',
    }
    await made('theirs', 'POST', '/self-monitoring-results', { results: [result] })
    const csv = `permit,period,from,outlet,month,pollutant,tonnes\n${foreign.code}001P,quarter,2025-10-01,DA001,2025-11,SO2,2\n`
    const form = `--x\r\ncontent-disposition: form-data; name="file"; filename="r.csv"\r\ncontent-type: text/csv\r\n\r\n${csv}\r\n--x--\r\n`
    const before = await auditRows()
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/execution-reports/import',
      headers: { 'x-test-actor': 'bureau', 'content-type': 'multipart/form-data; boundary=x' },
      payload: form,
    })
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
    expect(await auditRows()).toBeGreaterThan(before)
    kept.add('POST /api/v1/execution-reports/import')
  })

  test('tonnes', async () => {
    await made('bureau', 'POST', '/tonnage/reconcile', { year: 2025 })
    await made('bureau', 'PUT', '/tonnage/rules/ledger.tolerance-percent', {
      value: 25,
      source: '走查',
      status: 'unverified',
    })
    const entry = {
      outletId: own.air.id,
      pollutant: 'SO2',
      month: '2026-01',
      activity: 1,
      activityUnit: 't',
      coefficientKgPerUnit: 1,
      removalPercent: 0,
      reference: '系数手册',
      coefficientStatus: 'unverified',
    }
    await made('bureau', 'PUT', '/tonnage/accounting', { entries: [entry] })
    const odd = await call('bureau', 'PUT', '/tonnage/accounting', {
      entries: [{ ...entry, month: '2026-13' }],
    })
    expect(odd.status).toBe(400)
    await made('bureau', 'PUT', '/reduction-targets', {
      year: 2026,
      regionCode: 629000,
      pollutant: 'NOx',
      tonnes: 10,
      source: '下达文件',
    })
    const added = await made('bureau', 'POST', `/reduction-projects/${hidden.project}/claims`, claimOf(2027))
    const changed = await made('bureau', 'PUT', `/reductions/${added.id}`, {
      inputs: { baseEmission: 146, months: 1 },
      inputReferences: ['2020年环统'],
      evidence,
      version: added.version,
    })
    const started = await made('bureau', 'POST', `/reductions/${added.id}/advance`, {
      event: 'start',
      version: changed.version,
    })
    const completed = await made('bureau', 'POST', `/reductions/${added.id}/advance`, {
      event: 'complete',
      version: started.version,
    })
    await made('director', 'POST', `/reductions/${added.id}/review`, {
      event: 'reject',
      reason,
      version: completed.version,
    })
    const application = await made('bureau', 'POST', '/allowance/applications', {
      projectCode: 'P-1',
      projectName: '新项目',
      regionCode: 629001,
      increments: [{ pollutant: 'NOx', tonnes: 1 }],
      failing: [],
    })
    await made('director', 'POST', `/allowance/applications/${application.id}/decision`, {
      decision: 'refuse',
      reason,
      version,
    })
  })

  test('mergers', async () => {
    const [aId, bId] = [own.enterprise.id, foreign.enterprise.id]
    const pair = await Promise.all([aId, bId].map((id) => made('bureau', 'GET', `/enterprises/${id}`)))
    const [keep, drop] = pair.map((one) => one.feature.version)
    await made('bureau', 'POST', '/enterprises/merge-proposals/distinct', { aId, bId, reason })
    const preview = await made('bureau', 'GET', `/enterprises/${aId}/merge?dropId=${bId}`)
    const merge = await made('bureau', 'POST', `/enterprises/${aId}/merge`, {
      dropId: bId,
      reason,
      versions: { keep, drop },
      twins: preview.twins.map(({ number, keep }: { number: string; keep: number }) => ({ number, keep })),
    })
    await made('bureau', 'POST', `/enterprises/merges/${merge.id}/undo`, { reason })
  })

  test('has a row for every write of the rooms', () => {
    const writes = server.routes
      .filter((route) => rooms.test(route.url) && !['GET', 'HEAD', 'OPTIONS'].includes(route.method))
      .map((route) => `${route.method} ${route.url}`)
    expect(writes.length).toBeGreaterThan(35)
    // the only silent one: every lead of the list had been refused
    expect([...silent]).toEqual(['POST /api/v1/leads/dismiss'])
    expect(writes.filter((write) => !kept.has(write))).toEqual([])
  })
})
