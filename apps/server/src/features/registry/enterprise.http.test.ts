import type {
  Dossier,
  EnterpriseSummary,
  Merge,
  MergePreview,
  MergeProposal,
  TimelineEntry,
} from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import type { DossierDoors, MergeMove } from './dossier.service.ts'
import {
  creditCode,
  deviceDraft,
  enterpriseDraft,
  makePlant,
  makeRegions,
  outletDraft,
  so2,
} from './enterprise-fixture.ts'
import { listEnterprises, listOutlets, registryRoutes, upsertFeature } from './index.ts'
import type { FeatureDraft } from './registry.service.ts'

let database: TestDatabase
let server: TestApp
let actor: Actor = testActor('source')
const moves: MergeMove[] = []
const at = (hour: number) => `2026-11-2${hour % 3}T0${hour}:00:00.000+08:00`

const doors: DossierDoors = {
  timelines: [
    {
      permission: 'lead:read',
      read: async (_, { outletIds }) =>
        outletIds.slice(0, 1).map((featureId) => ({ at: at(1), kind: 'lead', title: '恒值线索', featureId })),
    },
    {
      permission: 'source:read',
      read: async () => [
        { at: at(2), until: at(3), kind: 'exceedance', title: 'SO2 超标 2 小时', featureId: 1 },
      ],
    },
  ],
  counts: [
    { kind: 'lead', permission: 'lead:read', count: async (_, ids) => new Map(ids.map((id) => [id, 3])) },
    { kind: 'exceedance', permission: 'source:read', count: async () => new Map() },
  ],
  outletStates: {
    permission: 'source:read',
    read: async (_, ids) =>
      new Map(ids.map((id) => [id, { state: 'exceeding' as const, at: null, text: 'SO2 52' }])),
  },
  afterMerge: [
    async (_, move) => {
      moves.push(move)
    },
  ],
}

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, {
    routes: [(deps) => registryRoutes(deps, doors)],
    authenticate: () => async () => ({ actor, via: 'key', csrfToken: null, mustChangePassword: false }),
  })
  await database.db.transaction(makeRegions)
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const get = async <T>(url: string): Promise<T> =>
  (await server.app.inject({ url: `/api/v1${url}` })).json<T>()
const post = (url: string, payload: object) =>
  server.app.inject({ method: 'POST', url: `/api/v1${url}`, payload })
const plant = (n: number, name: string) =>
  database.db.transaction((trx) => makePlant(trx, creditCode(n), name))
const put = (draft: FeatureDraft) => database.db.transaction((trx) => upsertFeature(trx, 'system', draft))
async function as<T>(who: Actor, work: () => Promise<T>): Promise<T> {
  const before = actor
  actor = who
  try {
    return await work()
  } finally {
    actor = before
  }
}

test('the list counts what stands below each enterprise, and pages follow one another', async () => {
  const { enterprise } = await plant(1, '祁川镍业有限公司')
  await plant(2, '石岭水泥有限公司')
  await put(
    enterpriseDraft(creditCode(3), '金河热电', {
      properties: { industry: 'D4411', sector: 'power', permitClass: 'simplified' },
    }),
  )
  const first = await get<{ items: EnterpriseSummary[]; next: string }>('/enterprises?limit=2')
  expect(first.items[0]).toMatchObject({
    id: enterprise.id,
    regionName: '金河区',
    outlets: { air: 1, water: 1 },
    devices: 1,
    open: [
      { kind: 'lead', count: 3 },
      { kind: 'exceedance', count: 0 },
    ],
  })
  const second = await get<{ items: EnterpriseSummary[]; next: null }>(
    `/enterprises?limit=2&cursor=${first.next}`,
  )
  expect(second.items.map(({ name }) => name)).toEqual(['金河热电'])
  const names = async (query: string) =>
    (await get<{ items: EnterpriseSummary[] }>(`/enterprises?${query}`)).items.map(({ name }) => name)
  expect(await names('industry=D')).toEqual(['金河热电'])
  expect(await names('industry=C32&permitClass=key')).toHaveLength(2)
  expect(await names('sector=power')).toEqual(['金河热电'])
  expect(await names('regionCode=629002')).toEqual([])
  expect(await names(`search=${encodeURIComponent('水泥')}`)).toEqual(['石岭水泥有限公司'])
})

test('a dossier holds outlets with their state, devices and facilities', async () => {
  const [first] = await listEnterprises(database.db.pool)
  const dossier = await get<Dossier>(`/enterprises/${first?.id}`)
  expect(dossier).toMatchObject({
    operators: ['清源运维'],
    feature: { code: creditCode(1) },
    outlets: [
      {
        number: 'DA001',
        current: { state: 'exceeding' },
        devices: [{ parameters: [so2] }],
        facilities: [{ type: 'desulphurisation' }],
      },
      { number: 'DW001', devices: [], facilities: [] },
    ],
  })
  expect(await get('/enterprises/999999')).toMatchObject({ status: 404, code: 'registry.enterprise-unknown' })
})

test('one time line of all rooms, the newest first, in pages without gap or repetition', async () => {
  const [first] = await listEnterprises(database.db.pool)
  await put(deviceDraft(`${creditCode(1)}-DA001`, `D-${creditCode(1).slice(-6)}`, [{ ...so2, slope: 0.7 }]))
  await put(
    enterpriseDraft(creditCode(1), '祁川镍业有限公司', {
      validFrom: '2026-11-01',
      properties: { employees: 300 },
    }),
  )
  const url = `/enterprises/${first?.id}/timeline`
  const all = await get<{ items: TimelineEntry[]; counts: Record<string, number> }>(url)
  expect(all.items.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['registry', 'device', 'lead', 'exceedance']),
  )
  expect(all.items.map(({ at: time }) => Date.parse(time))).toEqual(
    all.items.map(({ at: time }) => Date.parse(time)).toSorted((a, b) => b - a),
  )
  const titles = all.items.map(({ title, detail }) => `${title}|${detail}`).join('\n')
  expect(titles).toMatch(/参数修改\|二氧化硫 斜率 1 → 0.7；操作人：系统/)
  expect(titles).toMatch(/修改排污单位“祁川镍业有限公司”\|启用日期 空 → 2026-11-01；从业人数 空 → 300/)
  expect(titles).toMatch(/“祁川镍业有限公司”启用/)

  const walked: TimelineEntry[] = []
  let cursor = ''
  do {
    const page = await get<{ items: TimelineEntry[]; next: string | null }>(`${url}?limit=2${cursor}`)
    walked.push(...page.items)
    cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`
  } while (cursor !== '')
  expect(walked).toEqual(all.items)
  const some = await get<{ items: TimelineEntry[] }>(`${url}?kinds=device`)
  expect(some.items.map(({ kind }) => kind)).toEqual(['device'])
  expect(all.counts.device).toBe(1)
  expect(await get(`${url}?cursor=x`)).toMatchObject({ code: 'request.cursor-invalid' })
})

test('who may not read leads finds none of them in counts and time line', async () => {
  const [first] = await listEnterprises(database.db.pool)
  await as(testActor('enterprise', { owner: first?.ownerId ?? 0 }), async () => {
    const list = await get<{ items: EnterpriseSummary[] }>('/enterprises')
    expect(list.items.map(({ code }) => code)).toEqual([creditCode(1)])
    expect(list.items[0]?.open.map(({ kind }) => kind)).toEqual(['exceedance'])
    const line = await get<{ items: TimelineEntry[] }>(`/enterprises/${first?.id}/timeline`)
    expect(line.items.some(({ kind }) => kind === 'lead')).toBe(false)
    const other = (await listEnterprises(database.db.pool)).at(-1)
    expect(await get(`/enterprises/${other?.id}`)).toMatchObject({ status: 404 })
    expect(await get(`/enterprises/${other?.id}/timeline`)).toMatchObject({ status: 404 })
    expect((await post(`/enterprises/${first?.id}/merge`, {})).statusCode).toBe(403)
  })
})

async function merge(keepId: number, dropId: number, more: object = {}) {
  const versions = Object.fromEntries(
    (
      await database.db.pool.query('select id, version from feature where id = any($1)', [[keepId, dropId]])
    ).rows.map((row) => [row.id, row.version]),
  )
  return post(`/enterprises/${keepId}/merge`, {
    dropId,
    reason: '同一营业执照',
    versions: { keep: versions[keepId], drop: versions[dropId] },
    ...more,
  })
}
/** Everything that a merger may change, to compare before and after. */
async function shapeOf(ids: readonly number[]) {
  const { rows } = await database.db.pool.query(
    `select id, code, name, owner_id, valid_to, properties from feature where id = any($1) order by id`,
    [ids],
  )
  return rows
}

test('two registrations are proposed, merged with everything below, found by the old codes, and taken apart again', async () => {
  const keep = await plant(11, '西区化工有限公司')
  const drop = await plant(12, '西区化工有限责任公司')
  await put(outletDraft(creditCode(12), 'DA007'))
  await put(deviceDraft(`${creditCode(12)}-DA007`, 'D-seven', [so2]))
  const { items } = await get<{ items: MergeProposal[] }>('/enterprises/merge-proposals')
  const proposal = items.find((item) => [item.keep.id, item.drop.id].includes(drop.enterprise.id))
  expect(proposal?.reasons.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['name', 'near']))
  // the one with more devices is kept when nobody says otherwise
  expect([proposal?.keep.id, proposal?.drop.id]).toEqual([drop.enterprise.id, keep.enterprise.id])

  const preview = await get<MergePreview>(
    `/enterprises/${keep.enterprise.id}/merge?dropId=${drop.enterprise.id}`,
  )
  expect(preview.twins.map(({ number }) => number)).toEqual(['DA001', 'DW001'])
  expect(preview.moves.find(({ code }) => code.endsWith('DA007'))).toMatchObject({
    newCode: `${creditCode(11)}-DA007`,
  })

  const all = (await database.db.pool.query('select id from feature')).rows.map((row) => row.id)
  const before = await shapeOf(all)
  const outletsBefore = (await listOutlets(database.db.pool)).length
  const done = await merge(keep.enterprise.id, drop.enterprise.id)
  expect(done.statusCode).toBe(201)
  expect(done.json<Merge>()).toMatchObject({
    drop: { code: creditCode(12) },
    reason: '同一营业执照',
    undoneAt: null,
  })
  expect(moves.at(-1)).toMatchObject({
    fromId: drop.enterprise.id,
    toId: keep.enterprise.id,
    twins: [{ toId: keep.outlets[0]?.id }, { toId: keep.outlets[1]?.id }],
  })

  // nothing is counted twice
  const outlets = await listOutlets(database.db.pool, { enterpriseId: keep.enterprise.id })
  expect(outlets.map(({ number }) => number).toSorted()).toEqual(['DA001', 'DA007', 'DW001'])
  expect((await listOutlets(database.db.pool)).length).toBe(outletsBefore - 2)
  expect((await listEnterprises(database.db.pool)).some(({ id }) => id === drop.enterprise.id)).toBe(false)
  const dossier = await get<Dossier>(`/enterprises/${keep.enterprise.id}`)
  expect(dossier.summary).toMatchObject({ devices: 3, formerNames: ['西区化工有限责任公司'] })
  expect(dossier.formerCodes).toEqual([creditCode(12)])

  // old codes lead on: API, search, references of files
  expect(await get(`/enterprises/by-code/${creditCode(12)}`)).toMatchObject({ id: keep.enterprise.id })
  expect(
    (await get<{ items: EnterpriseSummary[] }>(`/enterprises?search=${creditCode(12)}`)).items.map(
      ({ id }) => id,
    ),
  ).toEqual([keep.enterprise.id])
  const added = await put(outletDraft(creditCode(12), 'DA008'))
  expect(added).toMatchObject({
    code: `${creditCode(11)}-DA008`,
    properties: { enterpriseCode: creditCode(11) },
  })
  expect((await put(outletDraft(creditCode(12), 'DA007', { name: '七号' }))).id).toBe(
    outlets.find(({ number }) => number === 'DA007')?.id,
  )
  await expect(put(enterpriseDraft(creditCode(12), '西区化工'))).rejects.toMatchObject({
    code: 'registry.code-merged',
  })

  const { rows } = await database.db.pool.query(
    `select detail from audit where action = 'registry.enterprise-merged' order by seq desc limit 1`,
  )
  expect(rows[0].detail).toMatchObject({ from: creditCode(12), to: creditCode(11), reason: '同一营业执照' })
  expect(
    (await get<{ items: TimelineEntry[] }>(`/enterprises/${keep.enterprise.id}/timeline`)).items.some(
      ({ detail }) => detail?.includes('曾用代码'),
    ),
  ).toBe(true)

  // taken apart: what the merger set goes back, what was edited since stays
  const id = done.json<Merge>().id
  const undone = await post(`/enterprises/merges/${id}/undo`, { reason: '实为两家' })
  expect(undone.json<Merge>()).toMatchObject({ undoReason: '实为两家' })
  const seven = (row: { code: string; name: string }) =>
    row.code.endsWith('DA007') ? { ...row, name: '七号' } : row
  expect(await shapeOf(all)).toEqual(before.map(seven))
  expect((await post(`/enterprises/merges/${id}/undo`, { reason: 'x' })).json()).toMatchObject({
    code: 'registry.merge-undone',
  })
  expect(await get(`/enterprises/by-code/${creditCode(12)}`)).toMatchObject({ id: drop.enterprise.id })
})

test('of two outlets with one number the chosen one goes on with the code; devices of the other move to it', async () => {
  const keep = await plant(21, '东区铜业')
  const drop = await plant(22, '东区铜业公司')
  const chosen = drop.outlets[0]?.id ?? 0
  const done = await merge(keep.enterprise.id, drop.enterprise.id, {
    twins: [{ number: 'DA001', keep: chosen }],
  })
  expect(done.statusCode).toBe(201)
  const outlets = await listOutlets(database.db.pool, { enterpriseId: keep.enterprise.id })
  expect(outlets.find(({ number }) => number === 'DA001')).toMatchObject({
    id: chosen,
    code: `${creditCode(21)}-DA001`,
  })
  const dossier = await get<Dossier>(`/enterprises/${keep.enterprise.id}`)
  expect(dossier.outlets.find(({ id }) => id === chosen)?.devices).toHaveLength(2)
  const undone = await post(`/enterprises/merges/${done.json<Merge>().id}/undo`, { reason: '恢复' })
  expect(undone.statusCode).toBe(200)
  const back = await listOutlets(database.db.pool, { enterpriseId: keep.enterprise.id })
  expect(back.find(({ number }) => number === 'DA001')?.id).toBe(keep.outlets[0]?.id)
})

test('mergers at once: one wins, the others are told; no enterprise is lost', async () => {
  const [a, b, c] = [await plant(31, '甲铁厂'), await plant(32, '乙铁厂'), await plant(33, '丙铁厂')]
  const ids = [a, b, c].map(({ enterprise }) => enterprise.id) as [number, number, number]
  const answers = await Promise.all([
    merge(ids[0], ids[1]),
    merge(ids[1], ids[0]),
    merge(ids[1], ids[2]),
    merge(ids[2], ids[1]),
    merge(ids[0], ids[1]),
  ])
  const won = answers.filter(({ statusCode }) => statusCode === 201)
  expect(won.length).toBeGreaterThan(0)
  for (const answer of answers) {
    if (answer.statusCode !== 201)
      expect(['registry.merge-invalid', 'request.changed-meanwhile']).toContain(answer.json().code)
  }
  const standing = (await listEnterprises(database.db.pool, { ids })).map(({ id }) => id)
  expect(standing).toHaveLength(3 - won.length)
  // every outlet number stands once, below a standing enterprise
  const outlets = (await listOutlets(database.db.pool)).filter((o) => ids.includes(o.enterprise.id))
  expect(outlets.every((o) => standing.includes(o.enterprise.id))).toBe(true)
  expect(new Set(outlets.map((o) => o.code)).size).toBe(outlets.length)
})

test('an outlet registered while its enterprise is being merged goes to the one that stands', async () => {
  const keep = await plant(41, '甲焦化')
  const drop = await plant(42, '乙焦化')
  const [done] = await Promise.all([
    merge(keep.enterprise.id, drop.enterprise.id),
    ...Array.from({ length: 6 }, (_, index) => put(outletDraft(creditCode(42), `DA02${index}`))),
  ])
  expect(done?.statusCode).toBe(201)
  const outlets = await listOutlets(database.db.pool, { enterpriseId: keep.enterprise.id })
  expect(outlets).toHaveLength(8)
})

test('a merger of a merged enterprise waits until the later one is undone', async () => {
  const [a, b, c] = [await plant(51, '甲食品'), await plant(52, '乙食品'), await plant(53, '丙食品')]
  const first = (await merge(b.enterprise.id, a.enterprise.id)).json<Merge>()
  const second = (await merge(c.enterprise.id, b.enterprise.id)).json<Merge>()
  expect(await get(`/enterprises/by-code/${creditCode(51)}`)).toMatchObject({ id: c.enterprise.id })
  expect((await post(`/enterprises/merges/${first.id}/undo`, { reason: 'x' })).json()).toMatchObject({
    code: 'registry.merge-invalid',
  })
  expect((await post(`/enterprises/merges/${second.id}/undo`, { reason: 'x' })).statusCode).toBe(200)
  expect(await get(`/enterprises/by-code/${creditCode(51)}`)).toMatchObject({ id: b.enterprise.id })
  expect((await post(`/enterprises/merges/${first.id}/undo`, { reason: 'x' })).statusCode).toBe(200)
})

test('what a stale screen or a foreign region asks is refused; a pair declared two is proposed no more', async () => {
  const a = await plant(61, '北山石料厂')
  const b = await plant(62, '北山石料 厂')
  expect(
    (await merge(a.enterprise.id, b.enterprise.id, { versions: { keep: 9, drop: 9 } })).json(),
  ).toMatchObject({ status: 412 })
  expect((await merge(a.enterprise.id, a.enterprise.id)).json()).toMatchObject({
    code: 'registry.merge-invalid',
  })
  await as(testActor('source', { regions: '{[629002,629003)}' }), async () => {
    expect((await merge(a.enterprise.id, b.enterprise.id)).json()).toMatchObject({
      code: 'registry.enterprise-unknown',
    })
  })
  const proposed = async () =>
    (await get<{ items: MergeProposal[] }>('/enterprises/merge-proposals')).items.some((item) =>
      [item.keep.id, item.drop.id].includes(b.enterprise.id),
    )
  expect(await proposed()).toBe(true)
  const pair = { aId: b.enterprise.id, bId: a.enterprise.id, reason: '两个采区' }
  expect((await post('/enterprises/merge-proposals/distinct', pair)).statusCode).toBe(204)
  expect(await proposed()).toBe(false)
})

test('with two thousand plants the list goes by an index where row-level security holds', async () => {
  const { pool } = database.db
  const codes = Array.from({ length: 2_000 }, (_, n) => creditCode(10_000 + n))
  await pool.query(
    `insert into feature (kind, code, name, region_code, owner_id, properties)
     select 'enterprise', c, c, 629001, 1, '{"industry":"C3216","industryName":"铜","sector":"steel","permitClass":"key","autoMonitored":true}'
       from unnest($1::text[]) c`,
    [codes],
  )
  await pool.query(
    `insert into feature (kind, code, name, region_code, owner_id, properties)
     select 'outlet', c || '-DA00' || n, c, 629001, 1, jsonb_build_object('enterpriseCode', c, 'number', 'DA00' || n, 'medium', 'air')
       from unnest($1::text[]) c, generate_series(1, 3) n`,
    [codes],
  )
  await pool.query('analyze feature')
  const started = performance.now()
  const page = await get<{ items: EnterpriseSummary[] }>('/enterprises?limit=1000')
  expect(page.items).toHaveLength(1_000)
  expect(page.items.at(-1)?.outlets.air).toBe(3)
  // Tens of milliseconds by the index; minutes when every outlet is read for every enterprise.
  expect(performance.now() - started).toBeLessThan(5_000)
})
