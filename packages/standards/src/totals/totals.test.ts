import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { offsetOutcome, substitutionRatio, substitutionRules } from './offset.ts'
import { lightBand, targetProgress } from './progress.ts'
import { projectReduction, reductionKindNames, reductionKinds } from './reduction.ts'

const reduction = (...input: Parameters<typeof projectReduction>) => {
  const outcome = projectReduction(...input)
  if (!outcome.ok) throw new Error(`${outcome.detail} ${outcome.missing}`)
  return outcome.value
}

describe('reduction of a project', () => {
  it('P8: ultra-low retrofit by performance', () => {
    expect(reduction('retrofit', { efBefore: 0.42, efAfter: 0.18, activity: 820_000 }).tonnes).toBeCloseTo(
      196.8,
      9,
    )
  })
  it('P9: added volume of a sewage works', () => {
    const inputs = { volumeAdded: 30_000, concentrationIn: 280, concentrationOut: 32, days: 365 }
    expect(reduction('sewage-new', inputs).tonnes).toBeCloseTo(2715.6, 9)
  })
  it('P10: a closed line counts the months after the closure, the rest next year', () => {
    const { tonnes, nextYear } = reduction('closure', { baseEmission: 146 }, 7)
    expect(tonnes).toBeCloseTo(85.17, 2)
    expect(nextYear).toBeCloseTo(60.83, 2)
  })
  it.each([
    ['retrofit-auto', { concentrationBefore: 180, concentrationAfter: 45, flow: 500_000, hours: 6000 }, 405],
    ['fuel-switch', { coalReplaced: 10_000, efCoal: 8.5, gas: 5_000_000, efGas: 0.002 }, 75],
    ['sewage-upgrade', { volume: 20_000, concentrationBefore: 50, concentrationAfter: 30, days: 365 }, 146],
    ['industrial-water', { annualVolume: 1_000_000, concentrationBefore: 100, concentrationAfter: 40 }, 60],
    ['water-reuse', { annualVolume: 500_000, concentrationOut: 40 }, 20],
    ['livestock', { heads: 10_000, ef: 25, removalBefore: 40, removalAfter: 80 }, 100],
    ['vocs-source', { solvent: 100, vocBefore: 60, vocAfter: 10, removal: 20 }, 40],
    [
      'vocs-treatment',
      { generated: 100, collectionBefore: 50, removalBefore: 40, collectionAfter: 90, removalAfter: 80 },
      52,
    ],
    ['vehicles', { vehicles: 1000, kilometres: 20_000, efGramPerKm: 5 }, 100],
  ] as const)('%s', (kind, inputs, tonnes) => {
    expect(reduction(kind, inputs).tonnes).toBeCloseTo(tonnes, 6)
  })
  it('names what is missing and refuses what is impossible', () => {
    expect(projectReduction('retrofit', { efBefore: 1 })).toMatchObject({
      ok: false,
      missing: ['efAfter', 'activity'],
    })
    expect(projectReduction('closure', { baseEmission: 1 }, 13)).toMatchObject({
      ok: false,
      reason: 'invalid-input',
    })
    expect(projectReduction('closure', { baseEmission: -1 })).toMatchObject({
      ok: false,
      reason: 'invalid-input',
    })
  })
  it('fills its formula with the numbers', () => {
    const outcome = projectReduction('closure', { baseEmission: 146 }, 7)
    expect(outcome.ok && outcome.trace[0]?.formula).toBe('146 = 146；×7/12')
  })
  it('this year and next year make the whole (property)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 12 }),
        (baseEmission, months) => {
          const { tonnes, annual, nextYear } = reduction('closure', { baseEmission }, months)
          expect(tonnes + nextYear).toBeCloseTo(annual, 6)
        },
      ),
    )
  })
  it('offers every type by the command line', () => {
    expect(reductionKindNames).toHaveLength(12)
    expect(reductionKinds.status).toBe('unverified')
    const evaluator = evaluatorById('total.reduction')
    expect(evaluator?.csv?.input).toContain('baseEmission')
    expect(evaluator?.evaluate({ type: 'closure', baseEmission: 120, months: 6 })).toMatchObject({
      value: { tonnes: 60, annual: 120, nextYear: 60 },
    })
  })
})

describe('progress of a target', () => {
  it('P14: 77.5 % at the end of the fourth of five years is yellow', () => {
    const outcome = targetProgress(2400, 1860, 4, 5)
    expect(outcome).toMatchObject({
      value: { percent: 77.5, schedulePercent: 80, behind: 2.5, gap: 540, light: 'yellow' },
    })
  })
  it('is green at the schedule, yellow to ten points behind, red beyond', () => {
    const light = (recognised: number) => {
      const outcome = targetProgress(100, recognised, 4, 5)
      return outcome.ok && outcome.value.light
    }
    expect([light(80), light(79.9), light(70), light(69.9)]).toEqual(['green', 'yellow', 'yellow', 'red'])
    expect(lightBand.status).toBe('design')
  })
  it('a target of nothing is reached; a period that is none is refused', () => {
    expect(targetProgress(0, 0, 1, 5)).toMatchObject({ value: { percent: 100, gap: 0, light: 'green' } })
    expect(targetProgress(1, 0, 6, 5)).toMatchObject({ ok: false })
  })
})

describe('substitution', () => {
  it('doubles the pollutants of the indicator that the area fails', () => {
    expect(substitutionRatio('NOx', ['PM2.5'])).toEqual({ ratio: 2, because: ['PM2.5'] })
    expect(substitutionRatio('COD', ['PM2.5'])).toEqual({ ratio: 1, because: [] })
    expect(substitutionRatio('SO2', ['O3']).ratio).toBe(1)
    expect(substitutionRules.status).toBe('unverified')
  })
  it('P18: a tonne that serves a reduction target cannot be offered again', () => {
    const outcome = offsetOutcome({
      increments: [{ pollutant: 'NOx', tonnes: 10 }],
      failing: [],
      sources: [{ id: 'R-1', pollutant: 'NOx', tonnes: 10, usedFor: '2022年减排量' }],
    })
    expect(outcome).toMatchObject({ value: { pass: false, rejected: [{ id: 'R-1' }] } })
  })
  it('takes every pollutant by itself', () => {
    const outcome = offsetOutcome({
      increments: [
        { pollutant: 'NOx', tonnes: 10 },
        { pollutant: 'SO2', tonnes: 5 },
      ],
      failing: ['O3'],
      sources: [{ id: 'a', pollutant: 'NOx', tonnes: 100 }],
    })
    expect(outcome).toMatchObject({
      value: {
        pass: false,
        needs: [
          { needed: 20, enough: true },
          { needed: 5, enough: false },
        ],
      },
    })
  })
  it('rejects sources that are elsewhere, late, lapsed or named twice', () => {
    const base = { pollutant: 'NOx', tonnes: 1, region: '甲' }
    const outcome = offsetOutcome({
      increments: [{ pollutant: 'NOx', tonnes: 1 }],
      failing: [],
      region: '甲',
      date: '2026-06-01',
      sources: [
        { ...base, id: '1', region: '乙' },
        { ...base, id: '2', executed: false },
        { ...base, id: '3', validTo: '2026-05-31' },
        { ...base, id: '4' },
        { ...base, id: '4' },
      ],
    })
    expect(outcome.ok && outcome.value.rejected.map((r) => r.id)).toEqual(['1', '2', '3', '4'])
    expect(outcome).toMatchObject({ value: { pass: true } })
  })
})
