import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, createTestDeps, type TestDatabase } from '../../platform/testing/index.ts'
import type { HourCounts } from '../sources/index.ts'
import { sweepObligations, sweepOverdue } from './obligation.compile.ts'
import { evidenceObligation, listObligations, waiveObligation } from './obligation.service.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import {
  bureauActor,
  clockAt,
  enterpriseActor,
  makePermitPlant,
  type PermitPlant,
  testDoors,
} from './permit-fixture.ts'
import { getReport, submitReport, submitResults } from './report.service.ts'
import { importReports } from './report-import.service.ts'

let test: TestDatabase
let plant: PermitPlant
let other: PermitPlant
let deps: PermitRoomDeps
const hours: HourCounts[] = []
const clock = clockAt('2022-04-20')

beforeAll(async () => {
  test = await createTestDatabase()
  plant = await makePermitPlant(test.db, 1)
  other = await makePermitPlant(test.db, 2)
  deps = { ...(await createTestDeps(test.db, { clock })), doors: testDoors([], hours) }
}, 120_000)
afterAll(() => test.drop())

const bureau = bureauActor('source', 11)
const states = async (permitId: number) => {
  const { items } = await listObligations(deps, bureau, { permitId, limit: 1000 })
  return Object.fromEntries(items.map((o) => [o.key, o.state]))
}
const lead = async (p: PermitPlant) => {
  const { rows } = await test.db.pool.query<{ n: number; active: number }>(
    `select count(*)::int as n, count(*) filter (where active)::int as active from lead
      where rule_id = 'permit.obligation-overdue' and feature_id = $1`,
    [p.enterprise.id],
  )
  return rows[0]
}

describe('obligations of a permit', () => {
  it('fall overdue exactly once, with one lead an enterprise, whoever sweeps at once', async () => {
    await Promise.all([sweepObligations(deps), sweepObligations(deps), sweepOverdue(deps)])
    const { rows } = await test.db.pool.query(
      `select count(*)::int as n, count(distinct overdue_at)::int as times from permit_obligation where state = 'overdue' and permit_id = $1`,
      [plant.permit.id],
    )
    expect(rows[0].n).toBeGreaterThan(5)
    expect(await lead(plant)).toEqual({ n: 1, active: 1 })
    const before = await test.db.pool.query(
      'select id, overdue_at from permit_obligation where state = $1 order by id',
      ['overdue'],
    )
    clock.advance(86_400_000)
    await sweepObligations(deps)
    const after = await test.db.pool.query(
      'select id, overdue_at from permit_obligation where id = any($1) order by id',
      [before.rows.map((row) => row.id)],
    )
    expect(after.rows).toEqual(before.rows)
    expect(await lead(plant)).toEqual({ n: 1, active: 1 })
  })
  it('the permit’s own deadlines hold; what the annual report stands in for is exempt', async () => {
    const { items } = await listObligations(deps, bureau, {
      permitId: plant.permit.id,
      kind: 'report',
      limit: 100,
    })
    expect(items.map((o) => [o.key, o.dueOn, o.state])).toEqual([
      ['report:quarter:2021Q4', '2022-01-15', 'exempt'],
      ['report:year:2021', '2022-01-31', 'overdue'],
      ['report:quarter:2022Q1', '2022-04-15', 'overdue'],
      ['report:quarter:2022Q2', '2022-07-15', 'due'],
      ['report:quarter:2022Q3', '2022-10-15', 'due'],
      ['report:quarter:2022Q4', '2023-01-15', 'exempt'],
      ['report:year:2022', '2023-01-31', 'due'],
    ])
  })
  it('pages by key and gives each once', async () => {
    const all: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await listObligations(deps, bureau, {
        limit: 7,
        ...(cursor === undefined ? {} : { cursor }),
      })
      all.push(...page.items.map((o) => `${o.permitId} ${o.key}`))
      if (page.next === null) break
      cursor = page.next
    }
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBe((await listObligations(deps, bureau, { limit: 1000 })).items.length)
  })
  it('an enterprise sees its own and nobody else’s', async () => {
    const own = await listObligations(deps, enterpriseActor(plant), { limit: 1000 })
    expect(new Set(own.items.map((o) => o.permitId))).toEqual(new Set([plant.permit.id]))
    const [foreign] = (await listObligations(deps, bureau, { permitId: other.permit.id, kind: 'ledger' }))
      .items
    await expect(
      evidenceObligation(deps, enterpriseActor(plant), foreign?.id ?? 0, { evidence: '冒领' }),
    ).rejects.toMatchObject({ code: 'permit.obligation-unknown' })
  })
})

describe('what settles an obligation', () => {
  it('a report, submitted late, and its statement on ledgers', async () => {
    const report = await submitReport(deps, enterpriseActor(plant), {
      permitId: plant.permit.id,
      period: 'quarter',
      periodFrom: '2022-01-01',
      totals: [{ pollutant: 'SO2', tonnes: 6 }],
      rows: ['2022-01', '2022-02', '2022-03'].map((month) => ({
        outletNumber: 'DA001',
        month,
        pollutant: 'SO2',
        tonnes: 2,
      })),
      ledgerKept: true,
    })
    expect(report.findings.map((f) => f.rule)).toEqual(['rows-missing'])
    const { items } = await listObligations(deps, bureau, { permitId: plant.permit.id, limit: 1000 })
    expect(items.find((o) => o.key === 'report:quarter:2022Q1')).toMatchObject({ state: 'done', late: true })
    expect(items.find((o) => o.key === 'ledger:1:2022Q1')).toMatchObject({ state: 'done', late: false })
  })
  it('a correction is a revision; the report is not later by it', async () => {
    clock.advance(86_400_000)
    const again = await submitReport(deps, enterpriseActor(plant), {
      permitId: plant.permit.id,
      period: 'quarter',
      periodFrom: '2022-02-01',
      totals: [],
      rows: [],
      ledgerKept: true,
    })
    expect(again).toMatchObject({ revision: 2, periodFrom: '2022-01-01', periodTo: '2022-03-31' })
  })
  it('refuses a report whose rows cannot be right, naming each', async () => {
    await expect(
      submitReport(deps, enterpriseActor(plant), {
        permitId: plant.permit.id,
        period: 'quarter',
        periodFrom: '2022-01-01',
        totals: [],
        rows: [
          { outletNumber: 'DA009', month: '2022-01', pollutant: 'SO2', tonnes: 1 },
          { outletNumber: 'DA001', month: '2022-05', pollutant: 'SO2', tonnes: -1 },
        ],
        ledgerKept: true,
      }),
    ).rejects.toMatchObject({ code: 'permit.report-invalid', extra: { errors: { length: 3 } } })
  })
  it('refuses a report of a period that still runs', async () => {
    const input = {
      permitId: plant.permit.id,
      period: 'quarter' as const,
      periodFrom: '2022-04-01',
      totals: [],
      rows: [],
      ledgerKept: true,
    }
    await expect(submitReport(deps, enterpriseActor(plant), input)).rejects.toMatchObject({
      code: 'permit.report-early',
    })
  })
  it('a manual result of the period, once stored however often it is sent', async () => {
    const result = {
      permitId: plant.permit.id,
      outletNumber: 'DW001',
      factor: 'w01018',
      sampledOn: '2022-02-10',
      value: 31,
      unit: 'mg/L',
      reference: 'JC-2022-011',
    }
    expect(await submitResults(deps, enterpriseActor(plant), [result])).toEqual({ stored: 1 })
    expect(await submitResults(deps, enterpriseActor(plant), [result])).toEqual({ stored: 0 })
    expect((await states(plant.permit.id))['monitor:DW001:w01018:manual:2022Q1']).toBe('done')
    await expect(
      submitResults(deps, enterpriseActor(plant), [{ ...result, factor: 'w21003' }]),
    ).rejects.toMatchObject({ code: 'permit.result-invalid' })
  })
  it('valid hours of a month that has ended, when no more than a quarter is missing', async () => {
    const days = 31 * 24
    hours.push(
      { outletId: plant.air.id, factor: 'a21026', valid: days * 0.75, stopped: 0 },
      { outletId: plant.air.id, factor: 'a21002', valid: Math.floor(days * 0.7), stopped: 0 },
    )
    await sweepObligations(deps, [plant.permit.id])
    const now = await states(plant.permit.id)
    expect(now['monitor:DA001:a21026:auto:2022-03']).toBe('done')
    expect(now['monitor:DA001:a21002:auto:2022-03']).toBe('overdue')
    expect(now['monitor:DA001:a21026:auto:2022-04']).toBe('due')
  })
  it('a statement settles ledgers and disclosure, not reports; a waiver needs the bureau', async () => {
    const of = async (key: string) =>
      (await listObligations(deps, bureau, { permitId: plant.permit.id, limit: 1000 })).items.find(
        (o) => o.key === key,
      )?.id ?? 0
    const done = await evidenceObligation(deps, enterpriseActor(plant), await of('disclosure:1:2022'), {
      evidence: 'https://example.org/2022',
      doneOn: '2022-03-01',
    })
    expect(done).toMatchObject({ state: 'done', late: false, evidence: 'https://example.org/2022' })
    await expect(
      evidenceObligation(deps, enterpriseActor(plant), await of('report:year:2021'), { evidence: '已报' }),
    ).rejects.toMatchObject({ code: 'permit.evidence-elsewhere' })
    await expect(
      waiveObligation(deps, enterpriseActor(plant), await of('report:year:2021'), '不用报'),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
    expect(await waiveObligation(deps, bureau, await of('report:year:2021'), '上年停产')).toMatchObject({
      state: 'waived',
    })
    await expect(waiveObligation(deps, bureau, await of('report:year:2021'), '再免')).rejects.toMatchObject({
      code: 'permit.obligation-settled',
    })
  })
  it('calms the lead when nothing is overdue any more', async () => {
    const { items } = await listObligations(deps, bureau, {
      permitId: plant.permit.id,
      state: 'overdue',
      limit: 1000,
    })
    expect(items.every((o) => o.leadId !== null)).toBe(true)
    for (const { id } of items) await waiveObligation(deps, bureau, id, '试验')
    expect(await lead(plant)).toEqual({ n: 1, active: 0 })
    expect(await lead(other)).toEqual({ n: 1, active: 1 })
  })
})

describe('reports of a file', () => {
  const text = (rows: string[]) =>
    new TextEncoder().encode(['permit,period,from,outlet,month,pollutant,tonnes', ...rows].join('\n'))
  it('stores the good ones, names every bad line and leaves out the report it belongs to', async () => {
    const number = other.permit.code
    const bytes = text([
      `${number},年报,2021-01-01,DA001,2021-01,SO2,5`,
      `${number},年报,2021-01-01,全厂,,SO2,5`,
      `${number},季报,2022-01-01,DA001,2022-01,SO2,多`,
      `${number},季报,2022-01-01,DA001,2022-02,SO2,2`,
      `91620000000000000X001P,季报,2022-01-01,DA001,2022-01,SO2,1`,
      `${number},季报,2021-10-01,DA077,2021-10,SO2,1`,
    ])
    const result = await importReports(deps, bureau, bytes)
    expect(result).toMatchObject({ reports: 1, rows: 1 })
    expect(result.errors.map((e) => [e.line, e.column])).toEqual([
      [4, 'tonnes'],
      [6, 'permit'],
      [7, null],
    ])
    const { rows } = await test.db.pool.query<{ id: number }>(
      'select id from execution_report where permit_id = $1',
      [other.permit.id],
    )
    expect(await getReport(deps, bureau, rows[0]?.id ?? 0)).toMatchObject({
      origin: 'imported',
      totals: [{ pollutant: 'SO2', tonnes: 5 }],
      rows: [{ outletNumber: 'DA001', month: '2021-01', pollutant: 'SO2', tonnes: 5 }],
    })
    await expect(getReport(deps, enterpriseActor(plant), rows[0]?.id ?? 0)).rejects.toMatchObject({
      code: 'permit.report-unknown',
    })
  })
  it('refuses a file without the columns', async () => {
    await expect(importReports(deps, bureau, new TextEncoder().encode('a,b\n1,2'))).rejects.toMatchObject({
      code: 'permit.report-file',
    })
  })
})
