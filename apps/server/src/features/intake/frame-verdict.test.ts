import { decodeFrame } from '@shanshui/hj212'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDataTime } from './frame-values.ts'
import { judgeFrame } from './frame-verdict.ts'
import type { Station } from './station.ts'
import { dataFrame } from './test-device.ts'

const hourMs = 3_600_000
const at = Date.parse('2026-11-24T08:00:00+08:00')
const station = (over: Partial<Station> = {}): Station => ({
  mn: 'MN1',
  pointId: 7,
  regionCode: 629000,
  ownerId: 0,
  password: 'secret',
  enabled: true,
  dialect: {},
  ...over,
})
type Factors = Parameters<typeof dataFrame>[0]['factors']
const judge = (
  factors: Factors,
  options: { cn?: string; dataTimeMs?: number; station?: Station; pw?: string } = {},
) => {
  const { bytes } = dataFrame({
    mn: 'MN1',
    cn: options.cn ?? '2061',
    dataTimeMs: options.dataTimeMs ?? at,
    factors,
    ...(options.pw && { pw: options.pw }),
  })
  return judgeFrame(decodeFrame(bytes), options.station ?? station(), at + 2 * hourMs)
}
const valuesOf = (...args: Parameters<typeof judge>) => {
  const verdict = judge(...args)
  if (verdict.kind !== 'values') throw new Error(JSON.stringify(verdict))
  return verdict.values
}

describe('values of a frame', () => {
  it('stand by ascending code, with minima, maxima, amounts and marks', () => {
    const values = valuesOf({
      a34004: { Min: '30', Avg: '35', Max: '40', Flag: 'N' },
      a21005: { Avg: '0.6', Cou: '1.5', Flag: 'd' },
    })
    expect(values).toEqual({
      period: 'hour',
      startMs: at,
      factors: ['a21005', 'a34004'],
      values: [0.6, 35],
      flags: 'DN',
      mins: [Number.NaN, 30],
      maxs: [Number.NaN, 40],
      cous: [1.5, Number.NaN],
    })
  })

  it('are taken from Rtd for 2011, and from whichever of the two there is', () => {
    expect(valuesOf({ a34004: { Rtd: '12' } }, { cn: '2011' })).toMatchObject({
      period: 'rt',
      values: [12],
      flags: 'N',
    })
    expect(valuesOf({ a34004: { Avg: '13' } }, { cn: '2011' }).values).toEqual([13])
    expect(valuesOf({ a34004: { Rtd: '14' } }, { cn: '2051' })).toMatchObject({ period: 'min', values: [14] })
  })

  it('are missing, never zero, when the text is no number', () => {
    expect(valuesOf({ a34004: { Avg: '', Flag: 'B' }, a34002: { Avg: '***', Flag: 'N' } })).toMatchObject({
      values: [Number.NaN, Number.NaN],
      flags: 'NB',
    })
  })

  it('change their unit exactly: the decimal point of the text moves', () => {
    const mg = station({ dialect: { units: { a34004: 'mg/m³', a21005: 'µg/m³', a34002: 'ng/m³' } } })
    const convert = (factors: Factors) => valuesOf(factors, { station: mg }).values
    expect(convert({ a34004: { Avg: '0.0565' } })).toEqual([56.5])
    expect(convert({ a21005: { Avg: '612.5' } })).toEqual([0.6125])
    expect(convert({ a34002: { Avg: '61500' } })).toEqual([61.5])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), (n) => {
        const text = (n / 10_000).toFixed(4)
        expect(convert({ a34004: { Avg: text } })[0]).toBe(Number((n / 10).toFixed(1)))
      }),
    )
  })

  it('follow the codes of the dialect, and leave out facility states', () => {
    const old = station({ dialect: { factors: { '02': 'a21026' } } })
    expect(valuesOf({ '02': { Avg: '9' }, SB1: { RS: '1' } }, { station: old }).factors).toEqual(['a21026'])
  })

  it('hold what the device converted itself beside what it measured, also where it converted only some', () => {
    const values = valuesOf({
      a21026: { Avg: '80', Max: '90', ZsAvg: '100', ZsMax: '112.5', Flag: 'T' },
      a19001: { Avg: '9', Flag: 'N' },
      a21002: { Avg: '40', ZsAvg: '', Flag: 'D' },
    })
    expect(values.factors).toEqual(['a19001', 'a21002', 'a21002Zs', 'a21026', 'a21026Zs'])
    expect(values.values).toEqual([9, 40, Number.NaN, 80, 100])
    expect(values.maxs).toEqual([Number.NaN, Number.NaN, Number.NaN, 90, 112.5])
    expect(values.flags).toBe('NDDTT')
    expect(valuesOf({ a21026: { Rtd: '8', ZsRtd: '10' } }, { cn: '2011' })).toMatchObject({
      factors: ['a21026', 'a21026Zs'],
      values: [8, 10],
    })
  })

  it('of an outlet stay in mg/m³, of an air station they come to µg/m³', () => {
    const dialect = { units: { a21026: 'mg/m³', a34013: 'µg/m³' } } as const
    const factors = { a21026: { Avg: '35', ZsAvg: '50' }, a34013: { Avg: '5200' } }
    expect(valuesOf(factors, { station: station({ dialect, kind: 'outlet' }) }).values).toEqual([35, 50, 5.2])
    expect(valuesOf(factors, { station: station({ dialect }) }).values).toEqual([35_000, 50_000, 5200])
    expect(valuesOf(factors, { station: station({ kind: 'outlet' }) }).values).toEqual([35, 50, 5200])
  })

  it('include the production load wherever the device puts it, and no other field information', () => {
    const load = (fields: Record<string, string>) =>
      valuesOf({ a21026: { Avg: '1' }, i33400: fields, i13001: { Info: '300' } })
    expect(load({ Avg: '85.5', Flag: 'N' })).toMatchObject({
      factors: ['a21026', 'i33400'],
      values: [1, 85.5],
    })
    expect(load({ Info: '85.5' }).values).toEqual([1, 85.5])
    expect(load({ Info: '//full//' }).values).toEqual([1, Number.NaN])
  })

  it('begin one interval earlier where the station labels the end, and at the start of the interval always', () => {
    const end = station({ dialect: { timeLabel: 'end', minuteInterval: 10 } })
    expect(valuesOf({ a34004: { Avg: '1' } }, { station: end }).startMs).toBe(at - hourMs)
    expect(
      valuesOf({ a34004: { Avg: '1' } }, { station: end, cn: '2051', dataTimeMs: at + 620_000 }).startMs,
    ).toBe(at)
    expect(valuesOf({ a34004: { Avg: '1' } }, { dataTimeMs: at + 59_000 }).startMs).toBe(at)
    const day = valuesOf({ a34004: { Avg: '1' } }, { cn: '2031' })
    expect(new Date(day.startMs).toISOString()).toBe('2026-11-23T16:00:00.000Z')
  })

  it('do not let a device reach into prototypes', () => {
    const strange = judge({ __proto__x: { Avg: '1' }, constructor: { Avg: '2' } } as never, {
      station: station({ dialect: { factors: {}, units: {} } }),
    })
    expect(strange).toMatchObject({ kind: 'values' })
  })
})

describe('field information', () => {
  const infoOf = (...args: Parameters<typeof judge>) => {
    const verdict = judge(...args)
    return verdict.kind === 'info' ? verdict.info : verdict.kind
  }

  it('is read from parameters (3020), facility states (2021) and raw data of 2025 (2013)', () => {
    expect(
      infoOf(
        { i13001: { Info: '300' }, i13008: { Info: '1.02' }, i11001: { Info: '//log//' } },
        { cn: '3020' },
      ),
    ).toEqual({
      atMs: at,
      items: [
        { polId: '', code: 'i13001', value: '300' },
        { polId: '', code: 'i13008', value: '1.02' },
      ],
      values: undefined,
    })
    expect(infoOf({ SB1: { RS: '1' }, SB2: { RS: '0' } }, { cn: '2021' })).toMatchObject({
      items: [
        { polId: '', code: 'SB1', value: '1' },
        { polId: '', code: 'SB2', value: '0' },
      ],
    })
    expect(infoOf({ w01018: { Avg: '33', i13001: '200' } }, { cn: '2013' })).toMatchObject({
      items: [{ polId: 'w01018', code: 'i13001', value: '200' }],
    })
  })

  it('gives the production load as a value at its moment', () => {
    expect(infoOf({ i33400: { Info: '72' } }, { cn: '3020' })).toMatchObject({
      values: { period: 'rt', startMs: at, factors: ['i33400'], values: [72], flags: 'N' },
    })
  })

  it('of logs alone is a mere record, of an impossible time it is refused', () => {
    expect(infoOf({ i11001: { Info: '//log//' } }, { cn: '3020' })).toBe('record')
    expect(infoOf({ i13001: { Info: '1' } }, { cn: '3020', dataTimeMs: at + 9 * hourMs })).toBe('refused')
  })
})

describe('refusals', () => {
  const reasonOf = (verdict: ReturnType<typeof judge>) =>
    verdict.kind === 'refused' ? [verdict.reason, verdict.acknowledge] : verdict.kind
  const pm = { a34004: { Avg: '1' } }

  it('name the reason; what the device did right is acknowledged, what a stranger sends is not', () => {
    expect(reasonOf(judge(pm, { station: undefined as never, pw: 'x' }))).toEqual(['password-wrong', false])
    expect(reasonOf(judge(pm, { station: station({ enabled: false }) }))).toEqual(['mn-disabled', false])
    expect(reasonOf(judge(pm, { dataTimeMs: at + 3 * hourMs }))).toEqual(['datatime-future', true])
    expect(reasonOf(judge(pm, { dataTimeMs: at - 31 * 24 * hourMs }))).toEqual(['datatime-too-old', true])
    expect(reasonOf(judge({}))).toEqual(['no-factors', true])
    expect(reasonOf(judge(pm, { cn: '7777' }))).toEqual(['command-unknown', true])
    expect(reasonOf(judge({}, { cn: '9015' }))).toBe('record')
    const unknown = judgeFrame(
      decodeFrame(dataFrame({ mn: 'MN1', dataTimeMs: at, factors: pm }).bytes),
      undefined,
      at,
    )
    expect(reasonOf(unknown)).toEqual(['mn-unknown', false])
  })
})

describe('DataTime', () => {
  it.each([
    ['20261124080000', at],
    ['20261124080000123', at],
    ['202611240800', at],
    ['2026-11-24 08:00:00', at],
    ['20261324080000', undefined],
    ['20260230080000', undefined],
    ['20261124250000', undefined],
    ['yesterday', undefined],
    [undefined, undefined],
  ])('%s', (text, ms) => {
    expect(parseDataTime(text)).toBe(ms)
  })
})
