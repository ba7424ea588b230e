import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { criticalValues, spearman } from './trend.ts'

describe('HJ 663: Spearman rank correlation', () => {
  test('F1 48, 45, 46, 40, 35 fall significantly: −0.900 reaches 0.900', () => {
    expect(spearman([48, 45, 46, 40, 35])).toMatchObject({
      ok: true,
      value: { rs: -0.9, critical: 0.9, significant: true, direction: 'falling', ranks: [5, 3, 4, 2, 1] },
    })
  })

  test('F2 30, 31, 29, 28, 30 show no trend, ties share the mean rank', () => {
    expect(spearman([30, 31, 29, 28, 30])).toMatchObject({
      ok: true,
      value: { rs: -0.375, significant: false, direction: 'none', ranks: [3.5, 5, 2, 1, 3.5] },
    })
  })

  test('0.01 is stricter', () => {
    expect(spearman([48, 45, 46, 40, 35], 0.01)).toMatchObject({ value: { critical: 1, significant: false } })
    expect(spearman([5, 4, 3, 2, 1], 0.01)).toMatchObject({ value: { rs: -1, significant: true } })
  })

  test('for an N without a row the next smaller N, which is stricter, is used', () => {
    expect(spearman(Array.from({ length: 11 }, (_, index) => index))).toMatchObject({
      value: { criticalFrom: 10, critical: 0.564 },
    })
  })

  test('fewer than five periods or a gap are refused', () => {
    expect(spearman([1, 2, 3, 4])).toMatchObject({ ok: false, reason: 'insufficient-data' })
    expect(spearman([1, 2, Number.NaN, 4, 5])).toMatchObject({ ok: false, missing: ['第3期'] })
  })

  test('critical values fall with N and rise with the level', () => {
    for (const [index, { value }] of criticalValues.entries()) {
      expect(Number(value.p01)).toBeGreaterThan(Number(value.p05))
      const before = criticalValues[index - 1]
      if (before !== undefined) expect(Number(value.p05)).toBeLessThan(Number(before.value.p05))
    }
  })

  test('N = 5…8: at most 5 % of all orders reach the critical value', () => {
    for (const n of [5, 6, 7, 8]) {
      const critical = Number(criticalValues.find(({ value }) => value.n === n)!.value.p05)
      let reaching = 0
      let all = 0
      for (const order of permutations(n)) {
        all++
        let sum = 0
        for (let i = 0; i < n; i++) sum += (i + 1 - order[i]!) ** 2
        if (1 - (6 * sum) / (n ** 3 - n) >= critical - 5e-4) reaching++
      }
      expect(reaching / all).toBeLessThanOrEqual(0.05)
    }
  })

  test('property: reversing the order of time turns the sign', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 20 })
    fc.assert(
      fc.property(distinct, (values) => {
        const [forward, backward] = [spearman(values), spearman(values.toReversed())]
        return forward.ok && backward.ok && forward.value.rs === 0 - backward.value.rs
      }),
    )
  })
})

function* permutations(n: number, chosen: number[] = []): Generator<number[]> {
  if (chosen.length === n) yield chosen
  else for (let k = 1; k <= n; k++) if (!chosen.includes(k)) yield* permutations(n, [...chosen, k])
}
