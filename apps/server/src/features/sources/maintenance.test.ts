import { describe, expect, it } from 'vitest'
import type { Device, Outlet } from '../registry/index.ts'
import type { QaRecord } from './maintenance.repository.ts'
import { verdictOf } from './maintenance-verdict.ts'
import { overdueSpans, qaIntervals, qaOverdue } from './qa.ts'
import { Settings } from './setting.repository.ts'

const at = (text: string) => Date.parse(`${text}T00:00:00+08:00`)
const input = (more: object) => ({
  outletId: 1,
  kind: 'comparison' as const,
  from: '2026-03-01T10:00:00+08:00',
  to: '2026-03-01T11:00:00+08:00',
  technician: '赵工',
  content: '比对',
  ...more,
})
const three = (online: number, reference: number) => Array.from({ length: 3 }, () => ({ online, reference }))

describe('the verdict of an entry', () => {
  it('COD 52 against 41 passes (26.8 % of ±30 %), ammonia 1.8 against 1.4 fails (0.4 above 0.3)', () => {
    expect(verdictOf('water', input({ factor: 'w01018', pairs: three(52, 41) }))).toMatchObject({
      passed: true,
    })
    const ammonia = verdictOf('water', input({ factor: 'w21003', pairs: three(1.8, 1.4) }))
    expect(ammonia).toMatchObject({ passed: false, status: 'unverified' })
    expect(ammonia.text).toContain('0.4')
  })
  it('two pairs are too few for waste water, whatever they say', () => {
    const verdict = verdictOf('water', input({ factor: 'w01018', pairs: three(41, 41).slice(1) }))
    expect(verdict).toMatchObject({ passed: false })
    expect(verdict.text).toContain('2 对')
  })
  it('a calibration is out of control beyond 5 % of the zero or 10 % of the span', () => {
    const drift = (zero: number, span: number) =>
      verdictOf(
        'air',
        input({ kind: 'calibration', factor: 'a21026', zeroDriftPercent: zero, spanDriftPercent: span }),
      )
    expect([drift(5, 10), drift(5.1, 0), drift(0, -10.1)].map((one) => one.passed)).toEqual([
      true,
      false,
      false,
    ])
  })
  it('where numbers say nothing the technician does', () => {
    expect(verdictOf('air', input({ kind: 'repair', passed: true }))).toEqual({
      passed: true,
      text: null,
      status: null,
    })
  })
})

const settings = new Settings(
  (
    [
      ['qa.calibrationDays', 90],
      ['qa.verificationDays', 180],
      ['qa.invalidateOverdue', 1],
    ] as const
  ).map(([key, value]) => ({
    key,
    value,
    title: '',
    unit: '',
    least: 0,
    most: 999,
    source: '',
    status: 'unverified',
    version: 1,
  })),
)
const air = { medium: 'air' } as Outlet
const device = (on: string | null) => ({ lastCalibratedOn: on, lastVerifiedOn: null }) as Device
const record = (
  kind: QaRecord['kind'],
  day: string,
  passed: boolean | null,
  factor: string | null = null,
): QaRecord => ({
  outletId: 1,
  kind,
  factor,
  atMs: at(day),
  passed,
  zeroDrift: null,
  spanDrift: null,
})

describe('overdue calibration', () => {
  it('begins after the period and ends with the next calibration; before the first nothing is known', () => {
    const spans = overdueSpans([at('2026-01-01'), at('2026-06-01')], 90, at('2026-12-31'))
    expect(spans).toEqual([
      { fromMs: at('2026-04-01'), toMs: at('2026-06-01') },
      { fromMs: at('2026-08-30'), toMs: at('2026-12-31') },
    ])
    expect(overdueSpans([], 90, at('2026-12-31'))).toEqual([])
  })
  it('takes the data out, and lowers the evidence', () => {
    const records = [record('calibration', '2026-02-01', true)]
    expect(qaIntervals(air, [device('2026-01-01')], records, at('2026-06-01'), settings)).toEqual([
      { factor: null, fromMs: at('2026-05-02'), toMs: at('2026-06-01'), why: 'calibration-overdue' },
    ])
    const overdue = (day: string) =>
      qaOverdue(air, [device('2026-01-01')], records, at(day), at(day) + 1, settings)
    expect([overdue('2026-05-01'), overdue('2026-05-03')]).toEqual([false, true])
  })
})

describe('a failed check', () => {
  it('takes out the time from the last that passed to the next that passes, of its factor only', () => {
    const records = [
      record('comparison', '2026-01-01', true, 'w01018'),
      record('comparison', '2026-02-01', false, 'w01018'),
      record('comparison', '2026-02-05', true, 'w01018'),
      record('comparison', '2026-02-03', true, 'w21003'),
    ]
    const water = { medium: 'water' } as Outlet
    expect(qaIntervals(water, [], records, at('2026-06-01'), settings)).toEqual([
      { factor: 'w01018', fromMs: at('2026-01-01'), toMs: at('2026-02-05'), why: 'comparison-failed' },
    ])
  })
  it('that is the first entry of the ledger reaches back to itself only', () => {
    const water = { medium: 'water' } as Outlet
    const [span] = qaIntervals(
      water,
      [],
      [record('comparison', '2026-02-01', false, 'w01018')],
      at('2026-06-01'),
      settings,
    )
    expect(span).toMatchObject({ fromMs: at('2026-02-01'), toMs: Number.POSITIVE_INFINITY })
  })
})
