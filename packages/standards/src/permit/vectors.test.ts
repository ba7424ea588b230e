import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addDays, addMonths, daysBetween, periodOf } from '../civil-date.ts'
import { evaluatorById } from '../evaluators/registry.ts'
import {
  actualEmission,
  automaticTonnes,
  automaticUsable,
  dustTonnes,
  manualTonnes,
  sulphurTonnes,
} from './actual-emission.ts'
import { procedureClocks, procedureEnd, renewalBy, reportDueOn, reportNeed } from './deadlines.ts'
import { annualAmount, permitExcess } from './excess.ts'
import { permittedAmount, specialPeriodAmount } from './permitted-amount.ts'
import { endOfCalendarDays, endOfWorkingDays, holidayYears, isWorkingDay } from './working-days.ts'

const run = (id: string, input: object) => {
  const outcome = evaluatorById(id)?.evaluate(input)
  if (outcome === undefined || !outcome.ok) throw new Error(JSON.stringify(outcome))
  return outcome.value as Record<string, unknown>
}

describe('actual emission', () => {
  it('P1: sums hourly concentration times flow', () => {
    const samples = [
      { concentration: 30, flow: 400_000 },
      { concentration: 28, flow: 410_000 },
      { concentration: 33, flow: 395_000 },
    ]
    expect(automaticTonnes('air', samples)).toBeCloseTo(0.036515, 12)
    const value = run('permit.actual-emission', { medium: 'air', requiresAuto: true, autoSamples: samples })
    expect(value).toMatchObject({ method: 'auto' })
    expect(value.tonnes).toBeCloseTo(0.036515, 12)
  })
  it('leaves a pair with a gap out of the sum', () => {
    const samples = [
      { concentration: Number.NaN, flow: 400_000 },
      { concentration: 28, flow: 410_000 },
    ]
    expect(automaticTonnes('air', samples)).toBeCloseTo(0.01148, 12)
  })
  it('sums daily water means times daily volume', () => {
    expect(automaticTonnes('water', [{ concentration: 32, flow: 30_000 }])).toBeCloseTo(0.96, 12)
  })
  it('P2: automatic data of a quarter with 26.85 % missing are no basis', () => {
    const { missing, usable } = automaticUsable(2160, 1580)
    expect(missing * 100).toBeCloseTo(26.85, 2)
    expect(usable).toBe(false)
    expect(automaticUsable(2160, 1620)).toEqual({ missing: 0.25, usable: true })
    const outcome = actualEmission({
      medium: 'air',
      requiresAuto: true,
      autoTonnes: 9,
      runningHours: 2160,
      validHours: 1580,
    })
    expect(outcome).toMatchObject({ ok: false, reason: 'insufficient-data' })
    const direct = actualEmission({
      medium: 'air',
      requiresAuto: true,
      autoTonnes: 9,
      runningHours: 2160,
      validHours: 1580,
      activity: 1000,
      coefficient: 5,
      removalPercent: 90,
    })
    expect(direct).toMatchObject({
      ok: true,
      value: { method: 'direct-coefficient', tonnes: 5, autoUsable: false },
    })
  })
  it('P3: required automatic monitoring that is not installed is counted as direct discharge', () => {
    const facts = {
      medium: 'air',
      requiresAuto: true,
      activity: 90_000,
      coefficient: 2.5,
      removalPercent: 80,
    } as const
    expect(actualEmission(facts)).toMatchObject({
      ok: true,
      value: { method: 'direct-coefficient', tonnes: 225 },
    })
    expect(actualEmission({ ...facts, requiresAuto: false })).toMatchObject({
      ok: true,
      value: { method: 'coefficient', tonnes: expect.closeTo(45, 9) },
    })
  })
  it('P17: automatic data go before manual ones where neither is required, while their control is in date', () => {
    const facts = {
      medium: 'air',
      requiresAuto: false,
      autoTonnes: 3,
      enforcementTonnes: 4,
      manualTonnes: 5,
    } as const
    expect(actualEmission(facts)).toMatchObject({ value: { method: 'auto', tonnes: 3 } })
    expect(actualEmission({ ...facts, qaInDate: false })).toMatchObject({ value: { method: 'enforcement' } })
    expect(actualEmission({ ...facts, qaInDate: false, enforcementTonnes: undefined })).toMatchObject({
      value: { method: 'manual', tonnes: 5 },
    })
  })
  it('takes manual data, then the previous half-year, when the gap is proved to be nobody’s fault', () => {
    const facts = {
      medium: 'air',
      requiresAuto: true,
      autoTonnes: 9,
      runningHours: 2000,
      validHours: 1000,
      noFault: true,
      activity: 1,
      coefficient: 1,
      previousKgPerHour: 2,
    } as const
    expect(actualEmission({ ...facts, manualTonnes: 7 })).toMatchObject({
      value: { method: 'manual', tonnes: 7 },
    })
    expect(actualEmission(facts)).toMatchObject({ value: { method: 'previous-half-year', tonnes: 4 } })
  })
  it('adds the emission of abnormal conditions', () => {
    const outcome = actualEmission({ medium: 'air', requiresAuto: false, autoTonnes: 3, abnormalTonnes: 0.5 })
    expect(outcome).toMatchObject({ value: { tonnes: 3.5 } })
  })
  it('takes the mean of manual samples, scaled where the load differs by more than a quarter', () => {
    const samples = [
      { concentration: 10, flow: 100_000 },
      { concentration: 20, flow: 100_000 },
    ]
    expect(manualTonnes('air', { samples, hoursOrVolume: 1000 })).toBeCloseTo(1.5, 12)
    expect(manualTonnes('air', { samples, hoursOrVolume: 1000, sampleLoad: 50, periodLoad: 90 })).toBeCloseTo(
      2.7,
      12,
    )
    expect(manualTonnes('air', { samples, hoursOrVolume: 1000, sampleLoad: 80, periodLoad: 90 })).toBeCloseTo(
      1.5,
      12,
    )
    expect(manualTonnes('water', { samples, hoursOrVolume: 10_000 })).toBeCloseTo(0.15, 12)
    expect(manualTonnes('air', { samples: [], hoursOrVolume: 1 })).toBeNaN()
  })
  it('balances sulphur and ash', () => {
    expect(sulphurTonnes(10_000, 1, 0.9)).toBeCloseTo(180, 9)
    expect(dustTonnes(10_000, 20, 0.8)).toBeCloseTo(1600, 9)
    expect(
      run('permit.actual-emission', { medium: 'air', requiresAuto: true, coal: 10_000, sulphurPercent: 1 }),
    ).toMatchObject({ method: 'direct-balance', tonnes: 180 })
  })
})

describe('permitted amount and excess', () => {
  it('P4: a special period allows last year’s daily mean less the cut', () => {
    expect(specialPeriodAmount(2.4, 30)).toBeCloseTo(1.68, 12)
    const outcome = permitExcess({ lastYearDailyMean: 2.4, reductionPercent: 30, specialActual: 1.75 })
    expect(outcome).toMatchObject({
      ok: true,
      value: { exceeded: true, special: { over: expect.closeTo(0.07, 9) } },
    })
  })
  it('P5: limit times gas times hours', () => {
    expect(permittedAmount({ limit: 35, flow: 1.2e6, hours: 5500 })).toMatchObject({
      value: { tonnes: expect.closeTo(231, 9), basis: 'specification' },
    })
    expect(permittedAmount({ limit: 50, product: 1_000_000, gasVolume: 2500 })).toMatchObject({
      value: { tonnes: expect.closeTo(125, 9) },
    })
  })
  it('P6: the smallest of specification, indicator and approval', () => {
    expect(run('permit.permitted-amount', { specification: 231, totalControl: 210, eia: 240 })).toMatchObject(
      {
        tonnes: 210,
        basis: 'total-control',
      },
    )
    expect(permittedAmount({})).toMatchObject({ ok: false })
  })
  it('P7: 168 t on day 200 of 300 permitted warns by the projection', () => {
    const annual = annualAmount(300, 168, 200, 365)
    expect(annual).toMatchObject({ standing: 'projected', usedPercent: 56 })
    expect(annual.projected).toBeCloseTo(306.6, 9)
    expect(annual.projectedPercent).toBeCloseTo(102.2, 9)
  })
  it('warns at 80 and 90 percent, exceeds above the permitted amount and not at it', () => {
    const at = (actual: number) => annualAmount(100, actual, 365, 365).standing
    expect([at(79.9), at(80), at(90), at(100), at(100.001)]).toEqual([
      'normal',
      'warn-80',
      'warn-90',
      'warn-90',
      'exceeded',
    ])
  })
  it('finds kinds, outlets and directions that the permit does not name', () => {
    const outcome = permitExcess({
      permittedKinds: ['SO2'],
      detected: [
        { pollutant: 'SO2', value: 5, detectionLimit: 3 },
        { pollutant: 'HCl', value: 5, detectionLimit: 3 },
        { pollutant: 'HF', value: 1, detectionLimit: 3 },
      ],
      permittedOutlets: ['DA001'],
      seenOutlets: ['DA001', 'DA009'],
      permittedDirect: false,
      seenDirect: true,
    })
    expect(outcome).toMatchObject({
      value: {
        unpermittedKinds: ['HCl'],
        unpermittedOutlets: ['DA009'],
        directionDiffers: true,
        exceeded: true,
      },
    })
  })
  it('finds banned units that ran', () => {
    expect(permitExcess({ bannedHours: 0 })).toMatchObject({ value: { exceeded: false } })
    expect(permitExcess({ bannedHours: 2 })).toMatchObject({ value: { exceeded: true } })
    expect(permitExcess({})).toMatchObject({ ok: false })
  })
  it('projects no less than what has been discharged (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e8 }), fc.integer({ min: 1, max: 365 }), (actual, days) => {
        expect(annualAmount(100, actual, days, 365).projected).toBeGreaterThanOrEqual(actual * (1 - 1e-12))
      }),
    )
  })
})

describe('deadlines', () => {
  it('P15: renewal is applied for 60 days before the expiry', () => {
    expect(renewalBy('2027-03-15')).toBe('2027-01-14')
  })
  it('P16: a permit of 2026-11-20 reports the fourth quarter and not the year', () => {
    expect(daysBetween('2026-11-20', '2026-12-31')).toBe(41)
    expect(reportNeed('year', '2026-11-20', '2026-12-31')).toMatchObject({
      required: false,
      mergedInto: '2027',
    })
    expect(reportNeed('quarter', '2026-11-20', '2026-12-31')).toEqual({ required: true })
    expect(
      run('permit.deadlines', {
        issuedOn: '2026-11-20',
        reportPeriod: 'quarter',
        periodDate: '2026-12-01',
        dueDays: 15,
      }),
    ).toMatchObject({ reportRequired: '1', reportDueOn: '2027-01-15' })
  })
  it('a permit held just long enough reports', () => {
    expect(reportNeed('year', '2026-10-01', '2026-12-31').required).toBe(true)
    expect(reportNeed('year', '2026-10-02', '2026-12-31').required).toBe(false)
    expect(reportNeed('quarter', '2026-12-02', '2026-12-31').required).toBe(false)
    expect(reportNeed('month', '2026-12-21', '2026-12-31').required).toBe(true)
    expect(reportNeed('month', '2026-12-22', '2026-12-31').required).toBe(false)
    expect(reportNeed('month', '2027-01-02', '2026-12-31').required).toBe(false)
  })
  it('follows the permit’s own deadline, else the default', () => {
    expect(reportDueOn({ period: 'year', dueOn: '01-15' }, '2026-12-31')).toBe('2027-01-15')
    expect(reportDueOn({ period: 'year', dueDays: 31 }, '2026-12-31')).toBe('2027-01-31')
    expect(reportDueOn({ period: 'year' }, '2026-12-31')).toBe('2027-01-31')
    expect(reportDueOn({ period: 'quarter' }, '2026-09-30')).toBe('2026-10-15')
    expect(reportDueOn({ period: 'month', dueDays: 10 }, '2026-09-30')).toBe('2026-10-10')
  })
  const clock = (event: string) => {
    const found = procedureClocks.find((c) => c.event === event)
    if (found === undefined) throw new Error(event)
    return found
  }
  it('L24: thirty days over the October holiday end on the first working day', () => {
    expect(procedureEnd(clock('change-basic'), '2026-09-04').calendar).toBe('2026-10-08')
  })
  it('L25: both readings of twenty days, alarmed on the earlier', () => {
    expect(procedureEnd(clock('decision-simplified'), '2026-09-08')).toEqual({
      calendar: '2026-09-28',
      working: '2026-10-12',
      alarmOn: '2026-09-28',
      provisional: false,
    })
  })
  it('a year whose calendar is not published is provisional', () => {
    expect(procedureEnd(clock('decision-key'), '2026-12-20').provisional).toBe(true)
  })
})

describe('working days', () => {
  it('2026 has 248', () => {
    const days = Array.from({ length: 365 }, (_, i) => addDays('2026-01-01', i))
    expect(days.filter((day) => isWorkingDay(day))).toHaveLength(248)
    expect(holidayYears.status).toBe('unverified')
  })
  test.each([
    ['2026-02-13', 5, '2026-02-27'],
    ['2026-04-30', 5, '2026-05-11'],
    ['2026-09-18', 10, '2026-10-09'],
    ['2026-09-24', 7, '2026-10-12'],
    ['2026-06-17', 3, '2026-06-23'],
    ['2026-12-25', 7, '2027-01-06'],
  ])('%s and %i working days end on %s', (from, days, end) => {
    expect(endOfWorkingDays(from, days)).toBe(end)
  })
  it('calendar days roll over a day off, not over a worked weekend day', () => {
    expect(endOfCalendarDays('2026-07-03', 90)).toBe('2026-10-08')
    expect(endOfCalendarDays('2026-04-09', 30)).toBe('2026-05-09')
  })
  it('months keep the day or take the last', () => {
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
    expect(addMonths('2026-10-15', 3)).toBe('2027-01-15')
    expect(addMonths('2027-01-15', -3)).toBe('2026-10-15')
    expect(periodOf('2026-11-20', 'quarter')).toEqual({ from: '2026-10-01', to: '2026-12-31' })
    expect(periodOf('2024-02-10', 'month')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(periodOf('2026-11-20', 'half-year')).toEqual({ from: '2026-07-01', to: '2026-12-31' })
  })
})
