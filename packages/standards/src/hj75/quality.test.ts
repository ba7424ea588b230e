import { describe, expect, test } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import {
  accuracyPairs,
  accuracyPairsFor,
  accuracyParameters,
  accuracyRow,
  accuracyRows,
  judgeAccuracy,
  relativeAccuracy,
} from './accuracy.ts'
import {
  costsValidity,
  markCode,
  markCodes,
  markEffect,
  markingDeadlineHours,
  markingDeadlineMs,
  markLayers,
} from './marks.ts'
import {
  calibrationDueMs,
  calibrationPeriods,
  driftKinds,
  driftLimits,
  driftParameters,
  driftPercent,
  driftState,
  driftStates,
} from './quality.ts'

const beijing = (text: string) => Date.parse(`${text}+08:00`)

describe('drift and calibration', () => {
  test('gas: zero beyond 5 %, span beyond 10 % of full scale is out of control; on the bound it is not', () => {
    expect(driftState('gas', 'zero', 2.5)).toBe('in-control')
    expect(driftState('gas', 'zero', -2.6)).toBe('adjust')
    expect(driftState('gas', 'zero', 5)).toBe('adjust')
    expect(driftState('gas', 'zero', 5.01)).toBe('out-of-control')
    expect(driftState('gas', 'span', 10)).toBe('adjust')
    expect(driftState('particulate', 'span', -8.1)).toBe('out-of-control')
    expect(driftState('flow', 'zero', 3)).toBe('in-control')
    expect(driftState('flow', 'span', 1)).toBeUndefined()
    expect(driftStates).toHaveLength(3)
  })

  test('readings become % of full scale, without binary noise deciding', () => {
    expect(driftPercent(1.7, 1.4, 12)).toBeCloseTo(2.5, 9)
    expect(driftState('gas', 'zero', driftPercent(1.7, 1.4, 12))).toBe('in-control')
    expect(() => driftPercent(1, 0, 0)).toThrow('量程')
  })

  test('every limit is stricter than out-of-control', () => {
    for (const parameter of driftParameters)
      for (const kind of driftKinds) {
        const limit = driftLimits.value[parameter][kind]
        if (limit !== undefined) expect(limit.required).toBeLessThan(limit.outOfControl)
      }
  })

  test('calibration is overdue after its period; months are civil months', () => {
    const at = beijing('2026-11-30T10:00:00')
    expect(calibrationDueMs('automatic', at)).toBe(at + 86_400_000)
    expect(calibrationDueMs('manual-in-situ', at)).toBe(beijing('2026-12-15T10:00:00'))
    expect(calibrationDueMs('full-system', at)).toBe(beijing('2027-02-28T10:00:00'))
    expect(calibrationDueMs('verification-automatic', at)).toBe(beijing('2027-05-30T10:00:00'))
    expect(calibrationPeriods.status).toBe('unverified')
  })
})

describe('reference method', () => {
  const pairsOf = (online: readonly number[], reference: readonly number[]) =>
    online.map((each, index) => ({ online: each, reference: reference[index] as number }))

  test('the row is chosen by the mean of the reference method', () => {
    expect(accuracyRow('SO2', 715)).toMatchObject({ criterion: 'relative-accuracy', limit: 15 })
    expect(accuracyRow('SO2', 714)).toMatchObject({ criterion: 'absolute', limit: 57 })
    expect(accuracyRow('SO2', 57)).toMatchObject({ criterion: 'relative', limit: 30 })
    expect(accuracyRow('SO2', 56)).toMatchObject({ criterion: 'absolute', limit: 17 })
    expect(accuracyRow('NOx', 40.9)).toMatchObject({ limit: 12 })
    expect(accuracyRow('PM', 10)).toMatchObject({ criterion: 'absolute', limit: 5 })
    expect(accuracyRow('PM', 10.1)).toMatchObject({ criterion: 'absolute', limit: 6 })
    expect(accuracyRow('PM', 200.1)).toMatchObject({ criterion: 'relative', limit: 15 })
    expect(accuracyRow('humidity', 5)).toMatchObject({ criterion: 'absolute', limit: 1.5 })
    expect(accuracyRow('temperature', -20)).toMatchObject({ limit: 3 })
    expect(accuracyRow('SO2', -1)).toBeUndefined()
  })

  test('the rows of a parameter touch without a gap', () => {
    for (const parameter of accuracyParameters) {
      const rows = accuracyRows.value.filter((row) => row.parameter === parameter)
      const sorted = rows.toSorted((a, b) => a.from - b.from)
      for (const [index, row] of sorted.slice(1).entries()) expect(row.from).toBe(sorted[index]!.to)
    }
  })

  test('relative accuracy: equal readings give 0, nine pairs with scatter more than the bias alone', () => {
    const reference = [800, 810, 790, 805, 795, 802, 798, 801, 799]
    expect(relativeAccuracy(pairsOf(reference, reference))).toBe(0)
    const shifted = reference.map((value) => value + 80)
    expect(relativeAccuracy(pairsOf(shifted, reference))).toBeCloseTo(10, 9)
    const scattered = reference.map((value, index) => value + (index % 2 === 0 ? 100 : 60))
    // d̄ = 82.22, Sd = 21.08, cc = 2.306·21.08/3 = 16.20 → 98.43/800 = 12.30 %
    expect(relativeAccuracy(pairsOf(scattered, reference))).toBeCloseTo(12.3, 2)
    expect(judgeAccuracy('SO2', pairsOf(scattered, reference))).toMatchObject({ pass: true, enough: true })
    const far = reference.map((value) => value + 121)
    expect(judgeAccuracy('SO2', pairsOf(far, reference))).toMatchObject({ pass: false })
  })

  test('one pair of a high concentration is not judged, five pairs of dust are enough', () => {
    expect(judgeAccuracy('SO2', [{ online: 800, reference: 800 }])).toBeUndefined()
    const dust = Array.from({ length: 5 }, () => ({ online: 14, reference: 8.5 }))
    expect(judgeAccuracy('PM', dust)).toMatchObject({ pass: false, deviation: 5.5, enough: true })
    expect(accuracyPairsFor('O2')).toBe(accuracyPairs.value.gas)
    expect(accuracyPairsFor('velocity')).toBe(5)
  })
})

describe('marks', () => {
  test('one letter means different things on different layers', () => {
    expect(markCode('hj212', 'B')?.zh).toBe('通讯异常')
    expect(markCode('report-condition', 'B')?.zh).toBe('闷炉')
    expect(markEffect('hj212', 'B')).toBe('missing')
    expect(markEffect('report-condition', 'B')).toBe('condition')
  })

  test('which marks cost validity', () => {
    const costing = (layer: (typeof markLayers)[number]) =>
      markCodes.filter((mark) => mark.layer === layer && costsValidity(mark.effect)).map(({ code }) => code)
    expect(costing('hj212')).toEqual(['F', 'M', 'S', 'D', 'C', 'B'])
    expect(costing('report-minute')).toEqual(['P', 'F', 'C', 'M', 'Md', 'D'])
    expect(costing('equipment')).not.toContain('数据有效')
    expect(costing('condition')).toEqual(['停运'])
    expect(costsValidity(markEffect('hj212', 'T'))).toBe(false)
    expect(costsValidity(markEffect('report-minute', 'O'))).toBe(false)
  })

  test('an unknown mark is not normal, an empty one is none', () => {
    expect(markEffect('hj212', 'x9')).toBe('invalid')
    expect(markEffect('hj212', '')).toBe('none')
  })

  test('a code stands once in its layer', () => {
    const keys = markCodes.map(({ layer, code }) => `${layer} ${code}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(markCodes.map(({ layer }) => layer)).size).toBe(markLayers.length)
  })

  test('a day is to be marked by noon of the next', () => {
    expect(markingDeadlineMs(beijing('2026-03-01T00:00:00'))).toBe(beijing('2026-03-02T12:00:00'))
    expect(markingDeadlineHours.status).toBe('unverified')
  })
})

test('source.drift refuses what the standard does not know', () => {
  const drift = evaluatorById('source.drift')!
  expect(drift.evaluate({ parameter: 'flow', kind: 'span', drift: 1 })).toMatchObject({
    reason: 'out-of-scope',
  })
  expect(drift.evaluate({ parameter: 'gas', kind: 'span', drift: 11 })).toMatchObject({
    value: { state: 'out-of-control' },
  })
})
