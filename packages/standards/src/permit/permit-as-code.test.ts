import { describe, expect, it } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { contradictionRules, permitContradictions } from './contradictions.ts'
import type { PermitContent } from './document.ts'
import { compileObligations, recordGraceDays } from './obligations.ts'
import {
  checkReport,
  monthsBetween,
  type ReportContent,
  reconcile,
  relativeDifference,
} from './report-check.ts'
import { samplePermit } from './sample-permit.fixture.ts'

const compiled = (permit: PermitContent, from: string, to: string) => {
  const outcome = compileObligations(permit, { from, to })
  if (!outcome.ok) throw new Error(outcome.detail)
  return outcome.value
}

describe('a permit compiled to obligations', () => {
  const year = compiled(samplePermit, '2026-01-01', '2026-12-31')
  const keys = (kind: string) => year.filter((o) => o.kind === kind).map((o) => `${o.key} ${o.dueOn}`)
  it('gives the list made by hand', () => {
    expect(keys('report')).toEqual([
      'report:quarter:2026Q1 2026-04-15',
      'report:quarter:2026Q2 2026-07-15',
      'report:quarter:2026Q3 2026-10-15',
      'report:quarter:2026Q4 2027-01-15',
      'report:year:2026 2027-01-15',
    ])
    expect(keys('ledger')).toHaveLength(12)
    expect(keys('ledger')[0]).toBe('ledger:1:2026-01 2026-02-15')
    expect(keys('disclosure')).toEqual(['disclosure:1:2026 2027-01-15'])
    const tasks = keys('self-monitoring')
    expect(tasks).toHaveLength(12 + 12 + 4)
    expect(tasks).toContain('monitor:DA001:a21026:auto:2026-02 2026-02-28')
    expect(tasks).toContain('monitor:DW001:w01018:manual:2026Q1 2026-04-15')
    expect(keys('renewal')).toEqual([])
  })
  it('a continuous task asks for every hour of the month', () => {
    expect(year.find((o) => o.key === 'monitor:DA001:a21026:auto:2026-02')?.required).toBe(28 * 24)
  })
  it('the annual report stands in for the fourth quarter', () => {
    expect(year.find((o) => o.key === 'report:quarter:2026Q4')?.exempt).toContain('年度执行报告替代')
    expect(year.find((o) => o.key === 'report:quarter:2026Q3')?.exempt).toBeNull()
  })
  it('the fourth quarter is reported where no annual report is (P16)', () => {
    const late = compiled({ ...samplePermit, issuedOn: '2026-11-20' }, '2026-01-01', '2026-12-31')
    const exempt = Object.fromEntries(late.filter((o) => o.kind === 'report').map((o) => [o.key, o.exempt]))
    expect(exempt['report:year:2026']).toContain('并入 2027 年')
    expect(exempt['report:quarter:2026Q4']).toBeNull()
    expect(Object.keys(exempt)).toHaveLength(2)
  })
  it('begins with the permit and ends with it', () => {
    const first = compiled({ ...samplePermit, issuedOn: '2026-11-20' }, '2026-01-01', '2026-12-31')
    const november = first.find((o) => o.key === 'monitor:DA001:a21026:auto:2026-11')
    expect(november).toMatchObject({ periodFrom: '2026-11-20', required: 11 * 24, exempt: null })
    expect(first.find((o) => o.key === 'monitor:DW001:w01018:manual:2026Q4')?.exempt).toContain(
      '不足一个监测周期',
    )
    expect(compiled(samplePermit, '2031-01-01', '2031-12-31')).toEqual([])
  })
  it('asks for renewal in the year of its last day', () => {
    expect(
      compiled(samplePermit, '2030-01-01', '2030-12-31').filter((o) => o.kind === 'renewal'),
    ).toMatchObject([{ key: 'renewal:2030-06-09', dueOn: '2030-04-10' }])
  })
  it('counts daily and weekly tasks month by month', () => {
    const daily = compiled(
      {
        ...samplePermit,
        selfMonitoring: [{ outletNumber: 'DW001', factor: 'w01018', method: 'manual', frequency: 'day' }],
      },
      '2026-02-01',
      '2026-02-28',
    )
    expect(daily.find((o) => o.kind === 'self-monitoring')).toMatchObject({ required: 28, exempt: null })
    const weekly = compiled(
      {
        ...samplePermit,
        selfMonitoring: [{ outletNumber: 'DW001', factor: 'w01018', method: 'manual', frequency: 'week' }],
      },
      '2026-02-01',
      '2026-02-28',
    )
    expect(weekly.find((o) => o.kind === 'self-monitoring')?.required).toBe(4)
  })
  it('has keys that are unique and do not depend on the span', () => {
    expect(new Set(year.map((o) => o.key)).size).toBe(year.length)
    const july = compiled(samplePermit, '2026-07-01', '2026-07-31').map((o) => o.key)
    expect(july.every((key) => year.some((o) => o.key === key))).toBe(true)
    expect(recordGraceDays.status).toBe('design')
  })
  it('is offered as an evaluator', () => {
    const outcome = evaluatorById('permit.obligations')?.evaluate({
      permit: samplePermit,
      from: '2026-01-01',
      to: '2026-12-31',
    })
    expect(outcome?.ok && (outcome.value as { obligations: unknown[] }).obligations).toHaveLength(year.length)
    expect(compileObligations(samplePermit, { from: '2026-02-01', to: '2026-01-01' }).ok).toBe(false)
  })
})

describe('contradictions inside a permit', () => {
  const asOf = '2026-06-01'
  const rules = (permit: PermitContent, context = {}) =>
    permitContradictions(permit, { asOf, ...context }).map((c) => c.rule)
  const [air, water] = samplePermit.outlets
  if (air === undefined || water === undefined) throw new Error('fixture')
  const withAir = (change: Partial<typeof air>): PermitContent => ({
    ...samplePermit,
    outlets: [{ ...air, ...change }, water],
  })
  const limit = air.limits[0]
  if (limit === undefined) throw new Error('fixture')

  it('finds nothing in a sound permit', () => {
    expect(rules(samplePermit)).toEqual([])
  })
  it.each<[string, PermitContent]>([
    ['outlet-without-limits', withAir({ limits: [] })],
    ['limit-unit', withAir({ limits: [{ ...limit, unit: 'mg/L' }, ...air.limits.slice(1)] })],
    ['limit-medium', withAir({ limits: [...air.limits, { ...limit, factor: 'w01018' }] })],
    ['limit-range', withAir({ limits: [{ ...limit, min: 40 }, ...air.limits.slice(1)] })],
    ['limit-twice', withAir({ limits: [...air.limits, { ...limit, value: 36 }] })],
    ['outlet-medium', withAir({ medium: 'water' })],
    ['main-without-tonnes', withAir({ annualTonnes: [] })],
    ['outlet-duplicated', { ...samplePermit, outlets: [air, air, water] }],
    [
      'tonnes-sum',
      {
        ...samplePermit,
        totals: [
          { pollutant: 'SO2', tonnes: 120 },
          { pollutant: 'NOx', tonnes: 180 },
        ],
      },
    ],
    ['tonnes-total-missing', { ...samplePermit, totals: [{ pollutant: 'SO2', tonnes: 120.5 }] }],
    ['frequency-missing', { ...samplePermit, selfMonitoring: samplePermit.selfMonitoring.slice(0, 2) }],
    [
      'main-without-automatic',
      {
        ...samplePermit,
        selfMonitoring: samplePermit.selfMonitoring.map((m) => ({
          ...m,
          method: 'manual',
          frequency: 'day',
        })),
      },
    ],
    [
      'monitoring-unknown-outlet',
      {
        ...samplePermit,
        selfMonitoring: [
          ...samplePermit.selfMonitoring,
          { outletNumber: 'DA009', factor: 'a21026', method: 'manual', frequency: 'month' },
        ],
      },
    ],
    [
      'monitoring-without-limit',
      {
        ...samplePermit,
        selfMonitoring: [
          ...samplePermit.selfMonitoring,
          { outletNumber: 'DA001', factor: 'a21005', method: 'manual', frequency: 'month' },
        ],
      },
    ],
    [
      'method-frequency',
      {
        ...samplePermit,
        selfMonitoring: [
          ...samplePermit.selfMonitoring.slice(1),
          { outletNumber: 'DA001', factor: 'a21026', method: 'auto', frequency: 'quarter' },
        ],
      },
    ],
    ['annual-report-missing', { ...samplePermit, reports: [{ period: 'quarter', dueDays: 15 }] }],
    ['report-deadline-missing', { ...samplePermit, reports: [{ period: 'year' }] }],
    ['ledger-missing', { ...samplePermit, ledgers: [] }],
    [
      'special-period-empty',
      { ...samplePermit, specialPeriods: [{ name: '橙色预警', limits: [{ pollutant: 'NOx' }] }] },
    ],
    ['validity-too-long', { ...samplePermit, expiresOn: '2030-06-11' }],
    ['renewal-passed', { ...samplePermit, issuedOn: '2021-07-01', expiresOn: '2026-06-30' }],
    ['expired', { ...samplePermit, issuedOn: '2021-05-01', expiresOn: '2026-04-30' }],
  ])('%s', (rule, permit) => {
    expect(rules(permit)).toContain(rule)
  })
  it('oxygen and flow need no limit', () => {
    const extra = ['a19001', 'a00000', 'a01012'].map(
      (factor) => ({ outletNumber: 'DA001', factor, method: 'auto', frequency: 'continuous' }) as const,
    )
    expect(rules({ ...samplePermit, selfMonitoring: [...samplePermit.selfMonitoring, ...extra] })).toEqual([])
  })
  it('holds limits and oxygen against the standard it is handed, with its clause', () => {
    const clause = { standard: 'GB X', at: '表1' }
    const found = permitContradictions(samplePermit, {
      asOf,
      standardLimit: (_, factor) => (factor === 'a21026' ? { value: 30, clause } : { value: 100, clause }),
      standardOxygen: (outlet) => (outlet.medium === 'air' ? { value: 9, clause } : undefined),
    })
    expect(found.map((c) => [c.rule, c.factor, c.clause])).toEqual([
      ['limit-weaker', 'a21026', clause],
      ['reference-oxygen', null, clause],
    ])
  })
  it('does not compare numbers of different units', () => {
    const clause = { standard: 'GB X', at: '表1' }
    expect(rules(samplePermit, { standardLimit: () => ({ value: 0.1, unit: 'ng TEQ/m³', clause }) })).toEqual(
      [],
    )
  })
  it('every rule has a test of this file', () => {
    expect(Object.keys(contradictionRules)).toHaveLength(24)
    const outcome = evaluatorById('permit.contradictions')?.evaluate({
      permit: withAir({ limits: [] }),
      asOf,
    })
    expect(outcome).toMatchObject({ ok: true, value: { count: 3 } })
  })
})

describe('contents of an execution report', () => {
  const rows = ['2026-01', '2026-02', '2026-03'].flatMap((month) => [
    { outletNumber: 'DA001', month, pollutant: 'SO2', tonnes: 10 },
    { outletNumber: 'DA001', month, pollutant: 'NOx', tonnes: 15 },
  ])
  const report: ReportContent = {
    periodFrom: '2026-01-01',
    periodTo: '2026-03-31',
    totals: [
      { pollutant: 'SO2', tonnes: 30 },
      { pollutant: 'NOx', tonnes: 45 },
    ],
    rows,
    ledgerKept: true,
  }
  const first = rows[0]
  if (first === undefined) throw new Error('fixture')
  const rules = (change: Partial<ReportContent>, monitored = rows) =>
    checkReport(samplePermit, { ...report, ...change }, monitored).map((f) => f.rule)
  it('has nothing to find in a sound report', () => {
    expect(rules({})).toEqual([])
  })
  it.each<[string, Partial<ReportContent>]>([
    ['negative', { rows: [{ ...first, tonnes: -1 }, ...rows.slice(1)] }],
    ['outlet-unknown', { rows: [...rows, { ...first, outletNumber: 'DA007' }] }],
    ['month-outside', { rows: [...rows, { ...first, month: '2026-04' }] }],
    ['row-twice', { rows: [...rows, first] }],
    ['rows-missing', { rows: rows.slice(1) }],
    ['sum-differs', { totals: [{ pollutant: 'SO2', tonnes: 33 }] }],
    ['over-permitted', { rows: [{ ...first, tonnes: 101 }, ...rows.slice(1)] }],
    ['ledger-not-kept', { ledgerKept: false }],
  ])('%s', (rule, change) => {
    expect(rules(change)).toContain(rule)
  })
  it('differs from automatic monitoring beyond five percent and not at it', () => {
    expect(rules({}, [{ ...first, tonnes: 9.5 }])).toEqual([])
    expect(rules({}, [{ ...first, tonnes: 9.4 }])).toEqual(['monitoring-differs'])
  })
  it('names months across the turn of the year', () => {
    expect(monthsBetween('2025-11-01', '2026-02-28')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
  })
})

describe('three ledgers', () => {
  it('compare those that have a value', () => {
    expect(reconcile({ online: 10, reported: 9.6, accounted: null }, 0.05)).toEqual({
      divergence: expect.closeTo(0.04, 9),
      between: ['online', 'reported'],
      within: true,
    })
    expect(reconcile({ online: 10, reported: 10, accounted: 8 }, 0.05)).toMatchObject({
      divergence: 0.2,
      between: ['online', 'accounted'],
      within: false,
    })
    expect(reconcile({ online: 10, reported: null, accounted: null }, 0.05).within).toBeNull()
    expect(relativeDifference(0, 0)).toBe(0)
  })
})
