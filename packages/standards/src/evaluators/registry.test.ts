import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { samplePermit } from '../permit/sample-permit.fixture.ts'
import { evaluatorById, evaluators } from './registry.ts'
import { faultsOf } from './schema.ts'

const flatDay = Array.from({ length: 24 }, () => 100)
const sixColumns = { pm25: 20, pm10: 62, so2: 8, no2: 21, o3: 140, co: 0.9 }
const days = [
  { date: '2022-01-01', aqi: 80 },
  { date: '2022-01-02', aqi: 120, sand: true },
]
const month = Array.from({ length: 31 }, (_, index) => `2022-01-${String(index + 1).padStart(2, '0')}`)

/** One good input for every evaluator; a new evaluator without one fails the test below. */
const examples: Readonly<Record<string, unknown>> = {
  'air.aqi.hour': sixColumns,
  'air.aqi.day': sixColumns,
  'air.iaqi': { item: 'co', averaging: 'day', concentration: 2.2 },
  'air.day-mean': { hours: flatDay, item: 'pm25' },
  'air.mda8': { hours: flatDay },
  'air.city-mean': { sites: [41, 44, 46, 47] },
  'air.percentile': { values: [3, 4, 8, 2, 5, 4, null], p: 90 },
  'air.period-statistics': {
    dates: month,
    values: { pm25: month.map(() => 20) },
    from: '2022-01-01',
    to: '2022-01-31',
    kind: 'month',
  },
  'air.exceedance': { item: 'pm25', averaging: 'year', value: 33 },
  'air.annual-compliance': Object.fromEntries(
    Object.entries(sixColumns).map(([item, value]) => [item, { mean: value, percentile: value }]),
  ),
  'air.forecast-text': { low: 80, high: 120 },
  'air.budget.percentile': { target: 160, p: 90, daysSoFar: 300, aboveSoFar: 20, daysLeft: 65 },
  'air.compliance-rate': { meeting: 326, valid: 364 },
  'air.trend.spearman': { values: [48, 45, 46, 40, 35] },
  'air.three-year-average': { item: 'pm25', annual: [30, 31, 29] },
  'air.reference-state': { item: 'so2', concentration: 100 },
  'air.excellent-days': { days },
  'air.ratio-check': { ratio: 87.5, denominator: 361 },
  'air.composite-index': sixColumns,
  'air.index-change': { now: 3.4, base: 3.84 },
  'air.year-on-year': { now: 20, base: 18 },
  'air.rank': {
    entries: [
      { id: '甲', value: 3.1 },
      { id: '乙', value: null },
    ],
  },
  'air.rank.interval': {
    entries: [
      { id: '甲', low: 3, high: 3.2 },
      { id: '乙', low: 3.1, high: 3.4 },
    ],
  },
  'air.sand-share': { days },
  'air.sand-proposal': { pm10: [100, 100, 100, 100, 100, 100, 400, 100], pm25: flatDay.slice(0, 8) },
  'air.alert-grade': { aqi: [201, 220, 180] },
  'air.budget.mean': { target: 20, meanSoFar: 22, daysSoFar: 300, daysLeft: 65 },
  'air.budget.days': { target: 87.5, goodSoFar: 280, validSoFar: 320, daysLeft: 45 },
  'air.interval': { values: [10, null, 30], low: 5, high: 50, target: 40 },
  'code.unified-credit': { code: '914403001922038216' },
  'source.converted-concentration': { value: 48, o2: 8.2, referenceO2: 6 },
  'source.mass': { value: 28, flow: 366_676 },
  'source.standard-flow': {
    section: 12.5,
    velocity: 14.2,
    temperature: 85,
    atmosphericPressure: 84_600,
    staticPressure: -350,
    moisture: 0.095,
  },
  'source.dry-standard': {
    value: 20,
    temperature: 85,
    atmosphericPressure: 84_600,
    staticPressure: -350,
    moisture: 0.095,
  },
  'source.ppm': { ppm: 35, gas: 'so2' },
  'source.no-as-no2': { value: 30 },
  'source.base-volume': { value: 40, actual: 30_000, base: 21_000 },
  'source.valid-hour': { validMinutes: 45, value: 12.3 },
  'source.valid-day': { hours: flatDay },
  'source.capture-rate': { hours: 2184, invalidHours: 96, stopHours: 240 },
  'source.substitution': { captureRate: 95, gapHours: 20, masses: [3, 5, null, 4] },
  'source.drift': { parameter: 'gas', kind: 'zero', drift: 3 },
  'source.water-day': { concentrations: '38;42;55;30', flows: '120;150;90;60' },
  'source.water-valid': { flow: 12, analyser: 40, platform: 41 },
  'source.water-substitution': { masses: [12, 18, 15], massKg: null },
  'source.comparison': { parameter: 'COD', online: 52, reference: 41 },
  'source.transmission-rate': { due: 96, received: 92, valid: 88 },
  'source.transmission-counters': {
    factors: [
      {
        factor: 'w01018',
        hours: [
          { due: 2, received: 2, valid: 2, state: 'running' },
          { due: 2, received: 0, valid: 0, state: 'standard-check' },
        ],
      },
    ],
  },
  'source.limit': { medium: 'air', facility: 'cement-kiln', factor: 'a21026', date: '2022-01-01' },
  'source.rate-limit': { factor: 'a21026', grade: 2, heightM: 45 },
  'source.mixed-water-limit': { parts: [{ limit: 100, drainage: 10, output: 50 }] },
  'source.exceedance': { hours: [{ value: 40 }, { value: null }], limit: 35 },
  'source.exceedance-multiple': { value: 132, limit: 100 },
  'source.ultra-low': { validHours: 720, meetingHours: 684 },
  'source.incineration-day': { kind: 'municipal', means: [{ factor: 'a21024', value: 51, limit: 50 }] },
  'source.cumulative-days': { exceeds: [true, false, true] },
  'source.evidence-grade': { markWindowOpen: false, qualityAssuranceInDate: true, fraudLeadOpen: false },
  'permit.actual-emission': {
    medium: 'air',
    requiresAuto: true,
    autoSamples: [{ concentration: 28, flow: 410_000 }],
  },
  'permit.permitted-amount': { specification: 231, totalControl: 210, eia: 240 },
  'permit.excess': { permitted: 300, actual: 168, days: 200 },
  'deadline.end': { from: '2026-02-13', amount: 5, unit: 'day', law: '行政处罚法' },
  'deadline.before': { event: '2026-10-15', days: 7 },
  'permit.deadlines': {
    issuedOn: '2026-11-20',
    reportPeriod: 'quarter',
    periodDate: '2026-12-01',
    dueDays: 15,
  },
  'permit.obligations': { permit: samplePermit, from: '2026-01-01', to: '2026-12-31' },
  'permit.contradictions': {
    permit: { ...samplePermit, outlets: samplePermit.outlets.map((outlet) => ({ ...outlet, limits: [] })) },
    asOf: '2026-06-01',
  },
  'permit.tax-equivalent': { medium: 'air', pollutant: 'SO2', kg: 950, rate: 1.2 },
  'total.reduction': { type: 'closure', baseEmission: 120, months: 6 },
  'total.progress': { target: 100, recognised: 77.5, elapsed: 4, length: 5 },
  'total.offset': {
    increments: [{ pollutant: 'SO2', tonnes: 5 }],
    sources: [{ id: 'S1', pollutant: 'SO2', tonnes: 20, executed: true, validTo: '2030-01-01' }],
  },
  'rounding.gb8170': { value: '2.675', decimals: 2 },
}

describe('registered evaluators', () => {
  test('every evaluator has an example here, and every example an evaluator', () => {
    expect(evaluators.map(({ id }) => id).toSorted()).toEqual(Object.keys(examples).toSorted())
  })

  test.each(evaluators.map((evaluator) => [evaluator.id, evaluator] as const))('%s', (id, evaluator) => {
    const outcome = evaluator.evaluate(examples[id], { edition: '2026-transition' })
    if (!outcome.ok) throw new Error(`${id}: ${outcome.detail}`)
    expect(faultsOf(evaluator.outputSchema, outcome.value)).toEqual([])
    expect(outcome.trace.length).toBeGreaterThan(0)
    for (const finding of outcome.trace) expect(finding.clause.standard).not.toBe('')
    expect(evaluator.clauses.length).toBeGreaterThan(0)
    expect(JSON.parse(JSON.stringify(evaluator.inputSchema))).toEqual(evaluator.inputSchema)
    if (evaluator.csv !== undefined)
      expect(evaluator.csv.cells(outcome.value)).toHaveLength(evaluator.csv.output.length)
  })

  test.each(evaluators.map((evaluator) => [evaluator.id, evaluator] as const))(
    '%s never throws on bad input',
    (_, evaluator) => {
      for (const bad of [null, 7, 'text', [], {}, { hours: 'x', values: 3 }]) {
        const outcome = evaluator.evaluate(bad)
        if (!outcome.ok) expect(outcome.clause.standard).not.toBe('')
      }
      fc.assert(
        fc.property(fc.anything(), (bad) => {
          evaluator.evaluate(bad)
        }),
        { numRuns: 50 },
      )
    },
  )
})

describe('edition', () => {
  const dust = { pm25: 72, pm10: 110, so2: 8, no2: 38, co: 0.9, o3: 95 }
  const aqiOf = (input: object, options?: { edition?: string; today?: string }) => {
    const outcome = evaluatorById('air.aqi.hour')!.evaluate(input, options)
    return outcome.ok ? (outcome.value as { aqi: number }).aqi : outcome.reason
  }

  test('the asked one goes first, then the date of the datum, then the one in force today', () => {
    expect(aqiOf({ ...dust, date: '2026-05-01' }, { edition: '2012' })).toBe(97)
    expect(aqiOf({ ...dust, date: '2025-05-01' })).toBe(97)
    expect(aqiOf({ ...dust, date: '2026-05-01' })).toBe(111)
    expect(aqiOf(dust, { today: '2026-02-28' })).toBe(97)
    expect(aqiOf(dust, { today: '2026-03-01' })).toBe(111)
  })

  test('an unknown one is refused', () => {
    expect(aqiOf(dust, { edition: '2019' })).toBe('invalid-input')
  })
})

describe('schema faults', () => {
  test('say where, what was expected and what came', () => {
    const { inputSchema } = evaluatorById('air.mda8')!
    expect(faultsOf(inputSchema, { hours: [1] })).toEqual(['hours：至少24个，收到1个'])
    expect(faultsOf(inputSchema, {})).toEqual(['hours：缺少'])
    expect(faultsOf(inputSchema, { hours: flatDay.with(3, Number.NaN) })[0]).toContain('hours[3]')
    expect(faultsOf(inputSchema, { hours: flatDay, zoneClass: 3 })[0]).toContain('1、2')
  })

  test('an array is no object, and text is no number', () => {
    expect(faultsOf({ type: 'object' }, [])).toHaveLength(1)
    expect(faultsOf({ type: 'number' }, '3')).toHaveLength(1)
  })
})
