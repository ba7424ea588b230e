import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestDatabase,
  createTestDeps,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { createFirstAdministrator } from '../identity/index.ts'
import type { Outlet } from '../registry/index.ts'
import type { OutletHours } from '../sources/index.ts'
import type { ExceedanceSpan } from './hour-table.ts'
import { outletsInDoubt } from './lead.repository.ts'
import { acknowledgeLead } from './lead.service.ts'
import { type LeadWorker, startLeadWorker } from './lead.worker.ts'
import { day0, hour, insertPlant } from './lead-fixture.ts'
import { selectRules } from './rule.repository.ts'
import { createRule, seedRules } from './rule.service.ts'
import { scanOne } from './scan.job.ts'

let database: TestDatabase
let outlet: Outlet
let worker: LeadWorker
const clock = fixedClock(day0)
let told: string[] = []
const notify = async (_: unknown, notice: { dedupeKey: string; to: unknown }) => {
  const to = notice.to as { permission: string }
  told.push(`${notice.dedupeKey.split(':').slice(2).join(':')} ${to.permission}`)
}
/** Hours of SO₂ by offset from day0; undefined: no row. */
let values: (number | undefined)[] = []
let exceedances: ExceedanceSpan[] = []
let patch: Partial<OutletHours> = {}

const hoursFrom = (fromMs: number, toMs: number): OutletHours => {
  const offsets = values.flatMap((v, i) => {
    const ms = day0 + i * hour
    return v !== undefined && ms >= fromMs && ms < toMs ? [i] : []
  })
  const column = (pick: (i: number) => number) => Float64Array.from(offsets, pick)
  const value = column((i) => values[i] as number)
  return {
    outletId: outlet.id,
    factor: 'a21026',
    startMs: column((i) => day0 + i * hour),
    measured: value,
    converted: value,
    reported: value.map(() => Number.NaN),
    o2: column(() => 8),
    flow: column((i) => 100_000 + 8_000 * Math.sin(i / 5)),
    load: column((i) => 85 + 8 * Math.sin(i / 5)),
    massKg: column(() => 1),
    limit: column(() => 50),
    state: new Uint8Array(offsets.length).fill(1),
    marks: ' '.repeat(offsets.length),
    msg: BigInt64Array.from(offsets, (i) => BigInt(i + 1)),
    ...patch,
  }
}
const door = {
  readOutletHours: async (_: unknown, ids: readonly number[], fromMs: number, toMs: number) =>
    ids.includes(outlet.id) && values.some((v) => v !== undefined) ? [hoursFrom(fromMs, toMs)] : [],
  readExceedances: async () => exceedances,
}

beforeAll(async () => {
  database = await createTestDatabase()
  await createFirstAdministrator(database)
  await seedRules(database.db.pool, day0)
  const { outlets } = await insertPlant(database.db, {
    code: '91620300MA00000001',
    name: '甲厂',
    outlets: [{ number: 'DA001', properties: { factors: ['a21026'] } }],
  })
  ;[outlet] = outlets as [Outlet]
})
afterAll(() => database.drop())

const start = async () => {
  const deps = await createTestDeps(database.db, { clock })
  return startLeadWorker(deps, door, { notify, manual: true })
}
beforeEach(async () => {
  await database.db.pool.query(
    'truncate lead, lead_occurrence, lead_history, lead_queue, lead_timer, lead_scan_day, lead_scan_due, job',
  )
  values = []
  exceedances = []
  patch = {}
  told = []
  clock.set(day0)
  worker = await start()
})

async function hourPasses(i: number, value: number | undefined): Promise<void> {
  values[i] = value
  clock.set(day0 + (i + 1) * hour)
  await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0 + i * hour, toMs: day0 + (i + 1) * hour }])
  await worker.drainOnce()
}
const leads = async () =>
  (
    await database.db.pool.query(
      `select id, rule_id, factor, state, escalation, version, (extract(epoch from from_at - $1::timestamptz) / 3600)::float8 as from,
              (extract(epoch from to_at - $1::timestamptz) / 3600)::float8 as to, explanation from lead order by id`,
      [new Date(day0)],
    )
  ).rows

describe('stream rules', () => {
  test('a value near the limit for six hours, in one lead however long it goes on; calmed a day after', async () => {
    for (let i = 0; i < 5; i++) await hourPasses(i, 46)
    expect(await leads()).toEqual([])
    for (let i = 5; i < 10; i++) await hourPasses(i, 46)
    expect(await leads()).toMatchObject([{ rule_id: 'limit.near', state: 'open', from: 0, to: 10 }])
    for (let i = 10; i < 34; i++) await hourPasses(i, 20)
    expect(await leads()).toMatchObject([{ state: 'calmed' }])
  })

  test('near the limit: as long as the lead says, from the beginning, however often it is looked at', async () => {
    const told = async () =>
      (
        await database.db.pool.query(
          `select statistic, n, explanation from lead where rule_id = 'limit.near'`,
        )
      ).rows
    for (let i = 0; i < 6; i++) await hourPasses(i, 46)
    expect(await told()).toMatchObject([{ statistic: { name: '持续时间', value: 6, unit: 'h' }, n: 6 }])
    // Longer than the hours that a change is usually looked at with.
    for (let i = 6; i < 45; i++) await hourPasses(i, 46)
    const [lead] = await told()
    expect(lead).toMatchObject({ statistic: { value: 45 }, n: 45 })
    expect(lead.explanation).toContain('2026-08-21 00:00 至 2026-08-22 21:00')
  })

  test('near the limit: hours above it are none, hours that are rounded down to it are', async () => {
    for (let i = 0; i < 12; i++) await hourPasses(i, i % 6 === 5 ? 51 : 48)
    expect(await leads()).toEqual([])
    for (let i = 12; i < 17; i++) await hourPasses(i, 50.4)
    expect(await leads()).toEqual([])
    await hourPasses(17, 50.4)
    expect(await leads()).toMatchObject([{ rule_id: 'limit.near', from: 12, to: 18 }])
  })

  test('near the limit: says nothing of pH', async () => {
    const air = outlet
    const { outlets } = await insertPlant(database.db, {
      code: '91620300MA00000002',
      name: '乙厂',
      outlets: [{ number: 'DW001', properties: { factors: ['w01001'] } }],
    })
    ;[outlet] = outlets as [Outlet]
    patch = { factor: 'w01001', limit: new Float64Array(12).fill(9) }
    values = Array.from({ length: 12 }, () => 8.6)
    clock.set(day0 + 12 * hour)
    await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0, toMs: day0 + 12 * hour }])
    expect(await worker.drainOnce()).toBe(1)
    outlet = air
    expect(await leads()).toEqual([])
  })

  test('sixty days handed over at once open no lead about the past but for what exceeded', async () => {
    const hours = 60 * 24
    // Every third day eight hours near the limit; every fourth nothing for twelve hours.
    values = Array.from({ length: hours }, (_, i) => {
      const [day, at] = [Math.floor(i / 24), i % 24]
      if (day % 4 === 0 && at >= 12) return undefined
      return day % 3 === 0 && at < 8 ? 47 : 20
    })
    exceedances = [
      { outletId: outlet.id, factor: 'a21026', fromMs: day0 + 30 * hour, toMs: day0 + 32 * hour },
    ]
    values[30] = 60
    values[31] = 60
    clock.set(day0 + hours * hour)
    await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0, toMs: day0 + hours * hour }])
    await worker.drainOnce()
    await worker.upkeep()
    expect(await leads()).toMatchObject([{ rule_id: 'exceedance.begins', from: 30, to: 32 }])
    const rules = (await selectRules(database.db.pool)).filter((rule) => rule.id === 'transmission.low')
    const deps = { ...(await createTestDeps(database.db, { clock })), notify }
    await scanOne(deps, door, outlet, rules, { fromMs: day0, toMs: day0 + hours * hour })
    expect(await leads()).toHaveLength(1)
  })

  test('hours of the last two days that come late do open one, and an open one is not lost when it grows old', async () => {
    values = Array.from({ length: 60 }, (_, i) => (i >= 20 && i < 30 ? 47 : 20))
    const look = async (nowHour: number) => {
      clock.set(day0 + nowHour * hour)
      await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0, toMs: day0 + 60 * hour }])
      await worker.drainOnce()
      return (await leads()).filter((lead) => lead.rule_id === 'limit.near')
    }
    expect(await look(78)).toEqual([])
    await database.db.pool.query(`update lead_rule set calm_after_hours = 2000 where id = 'limit.near'`)
    const [lead] = await look(77.9)
    expect(lead).toMatchObject({ state: 'open', from: 20, to: 30 })
    expect(await look(200)).toEqual([lead])
    await database.db.pool.query(`update lead_rule set calm_after_hours = 24 where id = 'limit.near'`)
  })

  test('an exceedance says how far, against which limit, and what would refute it', async () => {
    exceedances = [{ outletId: outlet.id, factor: 'a21026', fromMs: day0, toMs: day0 + 2 * hour }]
    await hourPasses(0, 60)
    await hourPasses(1, 75)
    const [lead] = await leads()
    expect(lead).toMatchObject({ rule_id: 'exceedance.begins', factor: 'a21026', from: 0, to: 2 })
    expect(lead.explanation).toMatch(
      /2026-08-21 00:00 至 2026-08-21 02:00 超标 2 小时，最大 75 .*限值 50，超标 0.5 倍/,
    )
    expect(told).toEqual(['1:opened:medium lead:handle'])
    const { rows } = await database.db.pool.query('select msgs from lead_occurrence')
    expect(rows[0].msgs).toEqual(['1', '2'])
  })

  test('a mark that comes later takes the exceedance back', async () => {
    exceedances = [{ outletId: outlet.id, factor: 'a21026', fromMs: day0, toMs: day0 + hour }]
    await hourPasses(0, 60)
    exceedances = []
    await hourPasses(1, 20)
    await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0, toMs: day0 + hour }])
    await worker.drainOnce()
    expect(await leads()).toMatchObject([{ rule_id: 'exceedance.begins', state: 'calmed' }])
  })

  test('what was kept before a crash is looked at by the next process, once', async () => {
    exceedances = [{ outletId: outlet.id, factor: 'a21026', fromMs: day0, toMs: day0 + hour }]
    values[0] = 60
    clock.set(day0 + hour)
    await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0, toMs: day0 + hour }])
    const next = await start()
    expect(await next.drainOnce()).toBe(1)
    expect(await worker.drainOnce()).toBe(0)
    expect(await leads()).toHaveLength(1)
  })

  test('a rule of one’s own compares two series', async () => {
    const deps = await createTestDeps(database.db, { clock })
    await createRule(deps, testActor('source', { userId: 1 }), {
      id: 'own.low-load',
      title: '低负荷高排放',
      description: '负荷低而浓度高',
      family: 'other',
      weight: 0.3,
      clause: '本局规定',
      status: 'design',
      condition: {
        kind: 'all',
        conditions: [
          { kind: 'threshold', quantity: { of: 'load', factor: '*' }, op: '<', value: 100 },
          {
            kind: 'compare',
            a: { of: 'judged', factor: 'a21026' },
            b: { of: 'load', factor: '*' },
            by: 'ratio',
            hours: 3,
            op: '>',
            value: 0.4,
          },
        ],
      },
    })
    // Half of the three hours must be known.
    for (let i = 0; i < 4; i++) await hourPasses(i, 40)
    expect((await leads()).map((l) => [l.rule_id, l.from, l.to])).toEqual([['own.low-load', 1, 4]])
    await database.db.pool.query(`update lead_rule set enabled = false where id = 'own.low-load'`)
  })
})

describe('delivered rules', () => {
  const near = async () => (await selectRules(database.db.pool, ['limit.near']))[0]
  const older = `update lead_rule set condition = '{"kind":"exceeding","factor":"*"}'`

  test('get their new condition, once, unless the bureau has changed the rule', async () => {
    const before = await near()
    await database.db.pool.query(`${older} where id = 'limit.near'`)
    await seedRules(database.db.pool, day0)
    expect(await near()).toMatchObject({
      condition: before?.condition,
      version: (before?.version ?? 0) + 1,
    })
    await seedRules(database.db.pool, day0)
    expect((await near())?.version).toBe((before?.version ?? 0) + 1)
    await database.db.pool.query(`${older}, updated_by = 1 where id = 'limit.near'`)
    await seedRules(database.db.pool, day0)
    expect((await near())?.condition).toEqual({ kind: 'exceeding', factor: '*' })
    await database.db.pool.query(`update lead_rule set updated_by = null where id = 'limit.near'`)
    await seedRules(database.db.pool, day0)
    expect((await near())?.condition).toEqual(before?.condition)
  })
})

describe('dead-man timers', () => {
  test('fire when nothing arrives, also after a restart in between, once; data put the lead to rest', async () => {
    await hourPasses(0, 20)
    worker = await start()
    clock.set(day0 + 4.9 * hour)
    await worker.upkeep()
    expect(await leads()).toEqual([])
    clock.set(day0 + 5 * hour)
    await worker.upkeep()
    await worker.upkeep()
    expect(await leads()).toMatchObject([
      { rule_id: 'data.absent', factor: 'a21026', state: 'open', from: 4 },
    ])
    await hourPasses(7, 20)
    await hourPasses(8, 20)
    expect(await leads()).toMatchObject([{ rule_id: 'data.absent', state: 'calmed' }])
  })

  test('are wound up by the arrival: hours that are handed in late are no silence while they come', async () => {
    clock.set(day0 + 40 * hour)
    for (let i = 0; i < 10; i++) {
      values[i] = 20
      await worker.onEvaluated([
        { outletId: outlet.id, fromMs: day0 + i * hour, toMs: day0 + (i + 1) * hour },
      ])
      await worker.drainOnce()
    }
    await worker.upkeep()
    clock.set(day0 + 43.9 * hour)
    await worker.upkeep()
    expect(await leads()).toEqual([])
    clock.set(day0 + 44 * hour)
    await worker.upkeep()
    expect(await leads()).toMatchObject([{ rule_id: 'data.absent', from: 13 }])
  })

  test('do not fire for a source that is marked as stopped', async () => {
    values = [20, 0, 0, 0, 0, 0, 0]
    patch = { state: Uint8Array.of(1, 3, 3, 3, 3, 3, 3), measured: new Float64Array(7).fill(Number.NaN) }
    clock.set(day0 + 7 * hour)
    await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0, toMs: day0 + 7 * hour }])
    await worker.drainOnce()
    clock.set(day0 + 8 * hour)
    await worker.upkeep()
    expect(await leads()).toEqual([])
  })
})

describe('reminders', () => {
  test('follow up, go one level up, and then rest; an acknowledged lead is not reminded of', async () => {
    exceedances = [{ outletId: outlet.id, factor: 'a21026', fromMs: day0, toMs: day0 + hour }]
    await hourPasses(0, 60)
    for (const hours of [24, 25, 26, 50, 51, 80]) {
      clock.set(day0 + hours * hour)
      // Within the calm of the rule the lead would end; it still holds here.
      await database.db.pool.query('update lead set quiet_since = null')
      await worker.upkeep()
    }
    // The silence that follows is a lead of its own, of the lowest level.
    expect(told.filter((key) => !key.includes(':watch'))).toEqual([
      '1:opened:medium lead:handle',
      '1:reminded:medium lead:handle',
      '1:unanswered:medium total:review',
    ])
    expect((await leads()).filter((l) => l.rule_id === 'exceedance.begins')).toMatchObject([
      { escalation: 2 },
    ])
  })

  test('stop with the acknowledgement', async () => {
    exceedances = [{ outletId: outlet.id, factor: 'a21026', fromMs: day0, toMs: day0 + hour }]
    await hourPasses(0, 60)
    const deps = await createTestDeps(database.db, { clock })
    const [lead] = await leads()
    await acknowledgeLead(deps, testActor('officer'), lead.id, { version: lead.version })
    clock.set(day0 + 30 * hour)
    await worker.upkeep()
    expect(told).toEqual(['1:opened:medium lead:handle'])
  })
})

describe('the scan', () => {
  const scan = async (days: number) => {
    const deps = { ...(await createTestDeps(database.db, { clock })), notify }
    const rules = (await selectRules(database.db.pool)).filter((rule) => rule.enabled && rule.kind === 'day')
    return scanOne(deps, door, outlet, rules, { fromMs: day0, toMs: day0 + days * 24 * hour })
  }
  /** A lively series that stands still at one value for two days near the end. */
  const withStandstill = (days: number) =>
    Array.from({ length: days * 24 }, (_, i) =>
      i >= (days - 3) * 24 && i < (days - 1) * 24
        ? 21
        : 22 + 6 * Math.sin(i / 5) + 3 * Math.sin(i * 1.7) + 2 * Math.sin(i * 0.31),
    )

  test('finds a standstill, explains it with its hours and messages, and says the same when it is run again', async () => {
    values = withStandstill(30)
    clock.set(day0 + 30 * 24 * hour)
    const first = await scan(30)
    expect(first.opened).toBeGreaterThan(0)
    const before = await leads()
    expect(before.map((l) => l.rule_id)).toContain('F01')
    const { rows } = await database.db.pool.query(
      `select cardinality(hours) as hours, cardinality(msgs) as msgs, o.refutation from lead_occurrence o
         join lead l on l.id = o.lead_id where l.rule_id = 'F01'`,
    )
    expect(rows[0].hours).toBeGreaterThan(20)
    expect(rows[0].msgs).toBe(rows[0].hours)
    expect(rows[0].refutation).not.toBe('')
    expect(await scan(30)).toEqual({ opened: 0, continued: 0 })
    expect(await leads()).toEqual(before)
    const doubted = await outletsInDoubt(database.db.pool, [outlet.id, 1])
    expect([...doubted]).toEqual([outlet.id])
  })

  test('finds nothing in lively data, and a day with too little of it', async () => {
    values = Array.from({ length: 48 }, (_, i) => (i % 24 < 20 ? 22 + 6 * Math.sin(i / 5) : undefined))
    clock.set(day0 + 48 * hour)
    await scan(2)
    expect((await leads()).map((l) => [l.rule_id, l.from, l.to])).toEqual([['transmission.low', 0, 48]])
  })

  test('takes the rate of transmission as the room of sources counts it', async () => {
    // Twenty of 24 hours by the table; the four others were not due.
    values = Array.from({ length: 24 }, (_, i) => (i < 20 ? 22 + 6 * Math.sin(i / 5) : undefined))
    clock.set(day0 + 24 * hour)
    const rules = (await selectRules(database.db.pool)).filter((rule) => rule.id === 'transmission.low')
    const deps = { ...(await createTestDeps(database.db, { clock })), notify }
    const scanWith = (rate: number) =>
      scanOne(
        deps,
        { ...door, readTransmission: async () => [{ outletId: outlet.id, startMs: day0, rate }] },
        outlet,
        rules,
        { fromMs: day0, toMs: day0 + 24 * hour },
      )
    await scanWith(1)
    expect(await leads()).toEqual([])
    await scanWith(0.85)
    const { rows } = await database.db.pool.query('select rule_id, statistic from lead')
    expect(rows).toEqual([
      { rule_id: 'transmission.low', statistic: { name: '传输有效率（最低一日）', value: 0.85 } },
    ])
  })

  test('compares with the pairs of the ledger (F21) and with the clock of the station (F23)', async () => {
    values = Array.from({ length: 48 }, (_, i) => 22 + 6 * Math.sin(i / 5) + 3 * Math.sin(i * 1.7))
    clock.set(day0 + 50 * hour)
    const rules = (await selectRules(database.db.pool)).filter((rule) => ['F21', 'F23'].includes(rule.id))
    const deps = { ...(await createTestDeps(database.db, { clock })), notify }
    const scanWith = (reference: number) => {
      const pair = (i: number) => ({ atMs: day0 + (20 + i) * hour, factor: 'a21026', online: 20, reference })
      const readComparisons = async () => [0, 1, 2, 3, 4].map(pair)
      return scanOne(deps, { ...door, readComparisons }, outlet, rules, {
        fromMs: day0,
        toMs: day0 + 48 * hour,
      })
    }
    await scanWith(20)
    expect(await leads()).toEqual([])
    await database.db.pool.query(
      `insert into hj212_station (mn, point_id, password) values ('MN1', $1, 'x')`,
      [outlet.id],
    )
    await database.db.pool.query(
      `insert into hj212_station_state (mn, last_frame_at, skew_ms) values ('MN1', to_timestamp($1 / 1000.0), -95000)`,
      [day0 + 49.9 * hour],
    )
    await scanWith(22)
    const { rows } = await database.db.pool.query(
      'select rule_id, factor, statistic from lead order by rule_id',
    )
    expect(rows).toMatchObject([
      { rule_id: 'F21', factor: 'a21026', statistic: { name: '符号检验概率', value: 0.5 ** 5 } },
      { rule_id: 'F23', factor: '', statistic: { name: '时钟差', value: -95 } },
    ])
  })

  test('follows late data of past days once they have settled, with their own window', async () => {
    values = Array.from({ length: 24 }, () => 20)
    clock.set(day0 + 10 * 24 * hour + hour)
    await worker.onEvaluated([{ outletId: outlet.id, fromMs: day0, toMs: day0 + 24 * hour }])
    await worker.drainOnce()
    await worker.upkeep()
    const jobs = async () =>
      (await database.db.pool.query('select input from job')).rows.map((row) => row.input)
    expect(await jobs()).toEqual([])
    clock.set(day0 + 10 * 24 * hour + hour + 61_000)
    await worker.upkeep()
    await worker.upkeep()
    expect(await jobs()).toEqual([{ from: '2026-07-27', to: '2026-08-30', outletIds: [outlet.id] }])
  })

  test('is handed to a job once a day, by whichever process is first', async () => {
    const other = await start()
    clock.set(day0 + 26 * hour)
    await Promise.all([worker.upkeep(), other.upkeep()])
    await worker.upkeep()
    const { rows } = await database.db.pool.query('select name, input from job')
    expect(rows).toEqual([{ name: 'lead-scan', input: { to: '2026-08-21' } }])
  })
})
