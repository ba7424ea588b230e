import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import type { Outlet } from '../registry/index.ts'
import type { LeadDraft } from './lead.table.ts'
import { day0, draftAbout, hour, insertPlant } from './lead-fixture.ts'
import { calmLead, raiseLead, reconcile } from './raise.service.ts'
import { seedRules } from './rule.service.ts'
import { changeRuleDirectly } from './rule-fixture.ts'

let database: TestDatabase
let outlet: Outlet
let other: Outlet
let told: string[] = []
const notify = async (_: unknown, notice: { dedupeKey: string }) => void told.push(notice.dedupeKey)
const now = day0 + 13 * hour

beforeAll(async () => {
  database = await createTestDatabase()
  await seedRules(database.db.pool, now)
  await changeRuleDirectly(database.db, 'exceedance.begins', { calmAfterHours: 24 })
  const plant = await insertPlant(database.db, {
    code: '91620300MA00000001',
    name: '甲厂',
    outlets: [{ number: 'DA001' }, { number: 'DA002' }],
  })
  ;[outlet, other] = plant.outlets as [Outlet, Outlet]
})
afterAll(() => database.drop())
beforeEach(async () => {
  told = []
  await database.db.pool.query('truncate lead, lead_occurrence, lead_history')
})

const raise = (draft: LeadDraft, atMs = now) =>
  database.db.transaction((trx) => raiseLead(trx, draft, atMs, notify))
const calm = (ruleId: string, atMs: number) =>
  database.db.transaction((trx) => calmLead(trx, outlet.id, ruleId, atMs))
const leads = async () =>
  (
    await database.db.pool.query(
      'select id, rule_id, factor, state, level, round(score::numeric, 4)::float8 as score, occurrences, version from lead order by id',
    )
  ).rows
const history = async () =>
  (await database.db.pool.query('select action from lead_history order by id')).rows.map((r) => r.action)

describe('one open lead for an object, a rule and a factor', () => {
  test('opens once, goes on in silence, and is the same after a replay', async () => {
    const first = await raise(draftAbout(outlet, { hours: [10, 11] }))
    expect(first.transition).toBe('opened')
    const second = await raise(draftAbout(outlet, { hours: [11, 12] }))
    expect(second).toEqual({ leadId: first.leadId, transition: 'continued' })
    const before = await leads()
    for (const hours of [
      [10, 11],
      [11, 12],
      [10, 12],
    ] as [number, number][])
      expect(await raise(draftAbout(outlet, { hours }))).toEqual({ leadId: first.leadId, transition: 'none' })
    expect(await leads()).toEqual(before)
    expect(before).toMatchObject([{ state: 'open', level: 'medium', score: 0.5, occurrences: 1 }])
    expect(told).toEqual([`lead:${first.leadId}:1:opened:medium`])
    expect(await history()).toEqual(['opened'])
  })

  test('eight connections that raise the same at the same moment open one lead and tell of it once', async () => {
    for (let i = 0; i < 20; i++) {
      const draft = draftAbout(outlet, { ruleId: `rule.${i}` })
      const raised = await Promise.all(Array.from({ length: 8 }, () => raise(draft)))
      expect(raised.filter((r) => r.transition === 'opened')).toHaveLength(1)
      expect(new Set(raised.map((r) => r.leadId)).size).toBe(1)
    }
    expect(await leads()).toHaveLength(20)
    expect((await history()).filter((action) => action === 'opened')).toHaveLength(20)
    expect(told.filter((key) => key.includes(':opened:'))).toHaveLength(20)
  })

  test('another factor or another outlet is another lead', async () => {
    await raise(draftAbout(outlet))
    await raise(draftAbout(outlet, { factor: 'a21002' }))
    await raise(draftAbout(other))
    expect(await leads()).toHaveLength(3)
  })

  test('the index refuses a second open lead whoever writes it', async () => {
    await raise(draftAbout(outlet))
    const copy = `insert into lead (feature_id, rule_id, factor, region_code, owner_id, state, level, weight, score, from_at, to_at,
      statistic, threshold, n, explanation, refutation, opened_at, changed_at)
      select feature_id, rule_id, factor, region_code, owner_id, 'watching', level, weight, score, from_at, to_at, statistic, threshold,
      n, explanation, refutation, opened_at, changed_at from lead`
    await expect(database.db.pool.query(copy)).rejects.toThrow('lead_one_open')
  })

  test('a rule that is switched off raises nothing', async () => {
    await changeRuleDirectly(database.db, 'exceedance.begins', { enabled: false })
    expect(await raise(draftAbout(outlet))).toEqual({ leadId: 0, transition: 'none' })
    await changeRuleDirectly(database.db, 'exceedance.begins', { enabled: true })
    expect(await leads()).toHaveLength(0)
  })
})

describe('scores of an outlet', () => {
  test('a second independent rule lifts both leads at once and is told once', async () => {
    const a = await raise(draftAbout(outlet, { ruleId: 'F13', score: 0.4 }))
    const b = await raise(draftAbout(outlet, { ruleId: 'F22', score: 0.5 }))
    expect((await leads()).map((l) => [l.level, l.score])).toEqual([
      ['high', 0.7],
      ['high', 0.7],
    ])
    expect(told).toEqual([
      `lead:${a.leadId}:1:opened:medium`,
      `lead:${a.leadId}:1:escalated:high`,
      `lead:${b.leadId}:1:opened:high`,
    ])
  })

  test('the level falls only after the score has been low for as long as the rule waits', async () => {
    await raise(draftAbout(outlet, { ruleId: 'exceedance.begins', score: 0.5 }))
    await raise(draftAbout(outlet, { ruleId: 'permit.ledger-divergence', score: 0.4, factor: null }))
    expect((await leads()).map((l) => l.level)).toEqual(['high', 'high'])
    await calm('permit.ledger-divergence', now)
    expect((await leads()).map((l) => [l.state, l.level])).toEqual([
      ['open', 'high'],
      ['calmed', 'high'],
    ])
    await raise(draftAbout(outlet, { hours: [12, 40] }), now + 25 * hour)
    expect((await leads())[0]).toMatchObject({ level: 'medium', score: 0.5 })
    expect(await history()).toContain('de-escalated')
  })
})

describe('calming', () => {
  test('waits for the duration of the rule, then calms once; a replay of the stream brings nothing back', async () => {
    await raise(draftAbout(outlet, { hours: [10, 12] }))
    await calm('exceedance.begins', day0 + 13 * hour)
    expect((await leads())[0]).toMatchObject({ state: 'open' })
    await calm('exceedance.begins', day0 + 37 * hour)
    await calm('exceedance.begins', day0 + 38 * hour)
    expect((await leads())[0]).toMatchObject({ state: 'calmed' })
    await raise(draftAbout(outlet, { hours: [10, 11] }))
    await raise(draftAbout(outlet, { hours: [11, 12] }))
    await calm('exceedance.begins', day0 + 13 * hour)
    expect(await leads()).toMatchObject([{ state: 'calmed', occurrences: 1 }])
    expect(await history()).toEqual(['opened', 'calmed'])
  })

  test('a new stretch after that is a new lead', async () => {
    const first = await raise(draftAbout(outlet, { hours: [10, 12] }))
    await calm('exceedance.begins', day0 + 37 * hour)
    const second = await raise(draftAbout(outlet, { hours: [50, 51] }), day0 + 51 * hour)
    expect(second.transition).toBe('opened')
    expect(second.leadId).not.toBe(first.leadId)
  })
})

describe('a window of data', () => {
  const found = (drafts: LeadDraft[], quietAtMs: number | null) =>
    database.db.transaction((trx) =>
      reconcile(
        trx,
        {
          featureId: outlet.id,
          ruleId: 'exceedance.begins',
          factor: 'a21026',
          fromMs: day0,
          toMs: day0 + 48 * hour,
          drafts,
          withdraws: true,
          quietAtMs,
        },
        now,
        notify,
      ),
    )

  test('says the same twice without changing a row', async () => {
    await found([draftAbout(outlet, { hours: [10, 12] })], null)
    const before = await leads()
    await found([draftAbout(outlet, { hours: [10, 12] })], null)
    expect(await leads()).toEqual(before)
  })

  test('takes back what corrected data do not bear out, and keeps the lead in the history', async () => {
    await found([draftAbout(outlet, { hours: [10, 12] })], null)
    await found([], day0 + 13 * hour)
    expect(await leads()).toMatchObject([{ state: 'calmed' }])
    expect(await history()).toEqual(['opened', 'calmed'])
  })

  test('a stretch that a correction has shortened becomes shorter', async () => {
    await found([draftAbout(outlet, { hours: [10, 20] })], null)
    await found([draftAbout(outlet, { hours: [10, 14] })], null)
    const { rows } = await database.db.pool.query('select to_at from lead')
    expect(rows[0].to_at.getTime()).toBe(day0 + 14 * hour)
    expect(await leads()).toMatchObject([{ state: 'open', occurrences: 1 }])
  })
})
