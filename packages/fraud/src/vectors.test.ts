import { describe, expect, test } from 'vitest'
import { markClass, markClasses } from './mark.ts'
import { parameterOf } from './parameter.ts'
import { lastDigitsUneven } from './rules/distribution.ts'
import { poissonTail } from './rules/gaps.ts'
import { countAround, hugsLimit } from './rules/limit.ts'
import { conversionDeviation } from './rules/oxygen.ts'
import { reagentRatio, standardFlow } from './rules/process.ts'
import { signTest } from './rules/records.ts'
import { combined, levelOf, scoreOf } from './score.ts'

describe('worked examples of the rules', () => {
  test('F03: of 720 hours 260 in [0.9 L, L] and 3 in (L, 1.1 L] is a hit', () => {
    const seen = { n: 720, below: 260, above: 3, nearBelow: 0, nearAbove: 0 }
    expect(seen.below / seen.n).toBeCloseTo(0.361, 3)
    expect(hugsLimit(seen)).toBe(true)
  })

  test('F03: one hour less than 30 %, one more than 1 %, or fewer than 168 hours is none', () => {
    expect(hugsLimit({ n: 720, below: 216, above: 7, nearBelow: 0, nearAbove: 0 })).toBe(true)
    expect(hugsLimit({ n: 720, below: 215, above: 7, nearBelow: 0, nearAbove: 0 })).toBe(false)
    expect(hugsLimit({ n: 720, below: 216, above: 8, nearBelow: 0, nearAbove: 0 })).toBe(false)
    expect(hugsLimit({ n: 167, below: 160, above: 0, nearBelow: 160, nearAbove: 0 })).toBe(false)
  })

  test('F03: ten times as many just below as just above, of at least 30, is a hit', () => {
    expect(hugsLimit({ n: 720, below: 60, above: 3, nearBelow: 30, nearAbove: 3 })).toBe(true)
    expect(hugsLimit({ n: 720, below: 60, above: 3, nearBelow: 29, nearAbove: 0 })).toBe(false)
  })

  test('F03: the limit itself counts as below, NaN counts as nothing', () => {
    expect(countAround([100, 100.1, 95, 89.9, Number.NaN], [100, 100, 100, 100, 100])).toEqual({
      n: 4,
      below: 2,
      above: 1,
      nearBelow: 2,
      nearAbove: 1,
    })
  })

  test('F11: last digits 120, 40, 42, 45, 30, 90, 38, 35, 30, 30 give 165.16', () => {
    const { chi, hit } = lastDigitsUneven([120, 40, 42, 45, 30, 90, 38, 35, 30, 30])
    expect(chi).toBeCloseTo(165.16, 10)
    expect(hit).toBe(true)
    expect(lastDigitsUneven([12, 4, 4, 4, 3, 9, 4, 3, 3, 3]).hit).toBe(false)
  })

  test('scores: .4, .5, .3 give 0.79, high; one rule alone never is', () => {
    expect(combined([0.4, 0.5, 0.3])).toBeCloseTo(0.79, 12)
    expect(levelOf(combined([0.4, 0.5, 0.3]))).toBe('high')
    expect(levelOf(combined([1]))).toBe('medium')
    expect(levelOf(combined([0.5, 0.4]))).toBe('high')
    expect(levelOf(0.699)).toBe('medium')
    expect(levelOf(0.4)).toBe('medium')
    expect(levelOf(0.39)).toBe('watch')
  })

  test('F13: 52.0 reported, 48.6 calculated deviates by 6.996 %', () => {
    expect(conversionDeviation(52, 48.6) * 100).toBeCloseTo(6.996, 3)
  })

  test('F16: 13 t of limestone for 12.744 t of SO2 is 0.653 of the need', () => {
    const hours = 24
    const each = (value: number) => new Float64Array(hours).fill(value)
    const { ratio, removedKg, usedKg } = reagentRatio({
      inlet: each(1800),
      outlet: each(30),
      flow: each(300_000),
      reagentKg: each(13_000 / hours),
      perKg: 100 / 64,
    })
    expect(removedKg).toBeCloseTo(12_744, 6)
    expect(usedKg).toBeCloseTo(13_000, 6)
    expect(removedKg * 1.5625).toBeCloseTo(19_912.5, 6)
    expect(ratio).toBeCloseTo(0.653, 3)
  })

  test('F15: the dry standard flow of a duct of 12.5 m² at 14.2 m/s, 85 °C, 9.5 % water', () => {
    const gas = {
      sectionM2: 12.5,
      atmospherePa: 84_600,
      velocity: 14.2,
      temperature: 85,
      staticPa: -350,
      waterShare: 0.095,
    }
    expect(standardFlow(gas)).toBeCloseTo(366_676, -1)
  })

  test('F21: five comparisons on one side have a probability of 0.03125', () => {
    expect(signTest(5)).toBe(0.03125)
  })

  test('F42: two or more events where one is expected', () => {
    expect(poissonTail(2, 1)).toBeCloseTo(1 - 2 / Math.E, 12)
    expect(poissonTail(0, 3)).toBe(1)
  })
})

describe('scores of overlapping windows', () => {
  const hit = (
    parameter: string,
    pattern: 'level' | 'edge' | 'oxygen',
    weight: number,
    from: number,
    to: number,
  ) => ({
    parameter,
    pattern,
    weight,
    from,
    to,
  })
  const shared = (parameter: string) => parameter === 'O2'

  test('of one pattern only the heaviest counts', () => {
    const all = [
      hit('SO2', 'level', 0.5, 0, 100),
      hit('SO2', 'level', 0.4, 10, 90),
      hit('SO2', 'edge', 0.4, 0, 100),
    ]
    expect(scoreOf(all[0]!, all, shared)).toBeCloseTo(0.7, 12)
  })

  test('another pollutant does not count, oxygen does', () => {
    const all = [
      hit('SO2', 'level', 0.5, 0, 100),
      hit('NOx', 'edge', 0.4, 0, 100),
      hit('O2', 'oxygen', 0.4, 0, 100),
    ]
    expect(scoreOf(all[0]!, all, shared)).toBeCloseTo(0.7, 12)
    expect(scoreOf(all[1]!, all, shared)).toBeCloseTo(0.64, 12)
  })

  test('windows that hardly meet do not count', () => {
    const all = [
      hit('SO2', 'level', 0.5, 0, 100),
      hit('SO2', 'edge', 0.4, 90, 190),
      hit('SO2', 'oxygen', 0.4, 50, 60),
    ]
    expect(scoreOf(all[0]!, all, shared)).toBe(0.5)
  })
})

describe('marks and names', () => {
  test.each([
    ['', 'none'],
    ['N', 'none'],
    ['正常', 'none'],
    ['C', 'equipment'],
    ['校准', 'equipment'],
    ['自动监测设备维护', 'equipment'],
    ['F', 'stopped'],
    ['停运', 'stopped'],
    ['启炉', 'stopped'],
    ['B', 'missing'],
    ['通讯中断', 'missing'],
    ['T', 'overRange'],
    ['超量程', 'overRange'],
    ['something new', 'equipment'],
  ] as const)('the mark "%s" is understood as %s', (mark, name) => {
    expect(markClass(mark)).toBe(markClasses[name])
  })

  test('codes and names of one parameter are one thing', () => {
    expect(parameterOf('a21026')).toEqual(parameterOf('SO2'))
    expect(parameterOf('w01001').kind).toBe('ph')
    expect(parameterOf('x').kind).toBe('pollutant')
  })
})
