import { describe, expect, test } from 'vitest'
import { baseVolumeConcentration, convertedConcentration } from '../conversion/oxygen.ts'
import { compare, overLimitMultiple } from '../exceedance/multiple.ts'
import { chooseLimit, type OutletFacts } from './choose.ts'
import { emissionEditions } from './editions.ts'
import { decimalsOf } from './emission-limit.ts'
import { facilities, facilityOf } from './facilities.ts'
import { airFactors as a, waterFactors as w } from './factors.ts'
import { emissionLimits } from './tables/index.ts'

const limitOf = (facts: OutletFacts, factor: string, date: string) => {
  const choice = chooseLimit(facts, factor, date)
  if (!choice.ok) throw new Error(choice.detail)
  return choice.limit
}
const refused = (facts: OutletFacts, factor: string, date: string) => {
  const choice = chooseLimit(facts, factor, date)
  return choice.ok ? choice.limit.source : `${choice.reason} ${choice.standard}`
}
const air = (facility: string, facts: Partial<OutletFacts> = {}): OutletFacts => ({
  medium: 'air',
  facility,
  eiaApprovedOn: '2010-01-01',
  ...facts,
})

describe('the tables', () => {
  test('every row names facilities that exist and, unless ultra-low, an edition', () => {
    const editions = new Set(emissionEditions.map(({ standard }) => standard))
    for (const row of emissionLimits) {
      for (const scope of row.scopes) expect(facilityOf(scope), `${row.standard} ${scope}`).toBeDefined()
      if (row.variant !== 'ultra-low') expect(editions.has(row.standard), row.standard).toBe(true)
      expect(row.value >= 0, row.standard).toBe(true)
      expect(Number.isFinite(row.value)).toBe(true)
    }
  })

  test('a cell stands once: no two rows answer the same question', () => {
    const seen = new Set<string>()
    for (const { standard, table, scopes, factor, averaging, variant, when } of emissionLimits)
      for (const scope of scopes) {
        const key = [standard, table, scope, factor, averaging, variant, JSON.stringify(when ?? {})].join('|')
        expect(seen.has(key), key).toBe(false)
        seen.add(key)
      }
  })

  test('a special limit is never above the normal one of its table pair', () => {
    for (const special of emissionLimits.filter(({ variant }) => variant === 'special')) {
      const normal = emissionLimits.find(
        (row) =>
          row.variant === 'new' &&
          row.standard === special.standard &&
          row.factor === special.factor &&
          row.averaging === special.averaging &&
          JSON.stringify(row.when) === JSON.stringify(special.when) &&
          row.scopes.some((scope) => special.scopes.includes(scope)),
      )
      if (normal !== undefined && special.notDetectable !== true)
        expect(special.value, `${special.standard} ${special.scopes} ${special.factor}`).toBeLessThanOrEqual(
          normal.value,
        )
    }
  })

  test('every facility has a family that is known, and every held edition has rows', () => {
    const families = new Set(emissionEditions.map(({ family }) => family))
    for (const { key, standards } of facilities)
      expect(
        standards.filter((family) => !families.has(family)),
        key,
      ).toEqual([])
    const withRows = new Set(emissionLimits.map(({ standard }) => standard))
    expect(emissionEditions.filter(({ held, standard }) => held && !withRows.has(standard))).toEqual([])
  })

  test('decimals are those in which a limit is written', () => {
    expect([400, '1.0', 0.05, '0.40', 3e-5, 0.00003, 0.000008].map(decimalsOf)).toEqual([0, 1, 2, 2, 5, 5, 6])
  })
})

describe('from a reading over the conversion to the limit', () => {
  test('coal mill: 24 at 16 % O2 is not converted and meets 30', () => {
    const limit = limitOf(air('cement-coal-mill'), a.pm, '2022-01-01')
    expect(compare(24, limit)).toBe('meets')
  })

  test('slag dryer with its own heat: 425.45 meets 600, under special 400 exceeds by 0.06', () => {
    const { value } = convertedConcentration(180, 15.5, { kind: 'reference-oxygen', o2: 8 })
    expect(value).toBeCloseTo(425.45, 2)
    expect(compare(value!, limitOf(air('cement-dryer'), a.so2, '2022-01-01'))).toBe('meets')
    const special = limitOf(air('cement-dryer', { special: true }), a.so2, '2022-01-01')
    expect(compare(value!, special)).toBe('exceeds')
    expect(overLimitMultiple(value!, special.value)).toBeCloseTo(0.06, 2)
  })

  test('nickel of single-layer plating on its base volume: 0.60 against 0.5, multiple 0.2', () => {
    const value = baseVolumeConcentration(0.4, 600, 400)
    const plating = { medium: 'water', facility: 'plating-water', eiaApprovedOn: '2012-01-01' } as const
    const limit = limitOf(plating, w.ni, '2024-01-01')
    expect(limit.row?.point).toBe('workshop')
    expect(value).toBeCloseTo(0.6, 12)
    expect(compare(value, limit)).toBe('exceeds')
    expect(overLimitMultiple(value, limit.value)).toBeCloseTo(0.2, 12)
  })

  test('pyrite acid: 320 at 3640 m³/t is 416 above 400; smelter-gas acid has another standard', () => {
    const value = baseVolumeConcentration(320, 3640, 2800)
    expect(value).toBeCloseTo(416, 10)
    expect(compare(value, limitOf(air('sulphuric-acid'), a.so2, '2024-01-01'))).toBe('exceeds')
    expect(refused(air('copper-acid-plant'), a.so2, '2024-01-01')).toContain('GB 25467-2010')
  })

  test('petrochemical furnace below 850 ℃: 125.32 meets 150, exceeds special 100 by 0.25', () => {
    const { value } = convertedConcentration(110, 5.2, { kind: 'reference-oxygen', o2: 3 })
    expect(value).toBeCloseTo(125.32, 2)
    expect(compare(value!, limitOf(air('petrochemical-furnace'), a.nox, '2022-01-01'))).toBe('meets')
    const special = limitOf(air('petrochemical-furnace', { special: true }), a.nox, '2022-01-01')
    expect(overLimitMultiple(value!, special.value)).toBeCloseTo(0.25, 2)
  })

  test('hot- and cold-blast cupola at 14 % O2; until 2023-06-30 GB 9078 holds for an existing foundry', () => {
    const hot = convertedConcentration(25, 14, { kind: 'reference-oxygen', o2: 12 }).value!
    const cold = convertedConcentration(25, 14, { kind: 'reference-oxygen', o2: 15 }).value!
    expect([hot, cold].map((value) => Math.round(value * 100) / 100)).toEqual([32.14, 21.43])
    const limit = limitOf(air('cupola-hot'), a.pm, '2024-01-01')
    expect([compare(hot, limit), compare(cold, limit), limit.value]).toEqual(['meets', 'meets', 40])
    const before = limitOf(air('cupola-hot', { conditions: { zoneGrade: 2 } }), a.pm, '2023-06-30')
    expect([before.source, before.value]).toEqual(['GB 9078-1996 表2', 150])
    expect(refused(air('cupola-hot', { conditions: { zoneGrade: 2 } }), a.nox, '2023-06-30')).toBe(
      'none GB 9078-1996',
    )
  })

  test('a limit that depends on the function zone is not guessed, and the answer says what is missing', () => {
    const choice = chooseLimit(air('ferro-alloy-furnace'), a.pm, '2022-01-01')
    expect(choice.ok ? '' : choice.detail).toContain('功能区类别')
  })

  test('chromate kiln SO2 at 9 % O2, oxidising and reducing', () => {
    const facts = (facility: string) =>
      air(facility, { conditions: { category: '硫化合物、硫酸盐、涉重金属无机化合物' } })
    const oxidising = convertedConcentration(350, 9, { kind: 'reference-oxygen', o2: 8 }).value!
    const reducing = convertedConcentration(350, 9, { kind: 'reference-oxygen', o2: 5 }).value!
    expect([oxidising, reducing].map((value) => Math.round(value * 100) / 100)).toEqual([379.17, 466.67])
    expect(compare(oxidising, limitOf(facts('inorganic-kiln-oxidising'), a.so2, '2022-01-01'))).toBe('meets')
    expect(compare(reducing, limitOf(facts('inorganic-kiln-reducing'), a.so2, '2022-01-01'))).toBe('exceeds')
  })

  test('brick kiln: 423.53 exceeds 300, and the amendment that is not held is named', () => {
    const { value } = convertedConcentration(120, 17.5, { kind: 'excess-air', coefficient: 1.7 })
    expect(value).toBeCloseTo(423.53, 2)
    const choice = chooseLimit(air('brick-kiln'), a.so2, '2022-01-01')
    if (!choice.ok) throw new Error(choice.detail)
    expect(compare(value!, choice.limit)).toBe('exceeds')
    expect(choice.notes.join()).toContain('修改单')
  })
})

describe('waste water', () => {
  const water = (facility: string, facts: Partial<OutletFacts> = {}): OutletFacts => ({
    medium: 'water',
    facility,
    eiaApprovedOn: '2005-01-01',
    ...facts,
  })

  test('landfill NH3-N 20: meets 25, exceeds special 8 by 1.5; a sample of 2025 has the edition of 2024, not held', () => {
    expect(compare(20, limitOf(water('landfill-water'), w.nh3n, '2023-05-01'))).toBe('meets')
    const special = limitOf(water('landfill-water', { special: true }), w.nh3n, '2023-05-01')
    expect(overLimitMultiple(20, special.value)).toBeCloseTo(1.5, 12)
    expect(refused(water('landfill-water'), w.nh3n, '2025-05-01')).toBe('not-held GB 16889-2024')
  })

  test('a county hospital to a sewer with treatment: COD 250, coliforms 5000', () => {
    expect(limitOf(water('hospital-water-pretreatment'), w.cod, '2022-01-01').value).toBe(250)
    expect(limitOf(water('hospital-water-pretreatment'), w.coliform, '2022-01-01').value).toBe(5000)
  })

  test('first-class pollutants of GB 8978 are sampled at the workshop (a dam outlet proves nothing)', () => {
    const { row } = limitOf(water('water-1'), w.cd, '2022-01-01')
    expect([row?.table, row?.point, row?.value]).toEqual(['表1', 'workshop', 0.1])
  })

  test('direct and indirect discharge have their own value; direct where it is not known', () => {
    const dyeing = (conditions: OutletFacts['conditions']) =>
      limitOf(water('dyeing-water', { eiaApprovedOn: '2014-01-01', conditions }), w.cod, '2022-01-01').value
    expect([dyeing({ discharge: 'direct' }), dyeing({ discharge: 'indirect' }), dyeing(undefined)]).toEqual([
      80, 200, 80,
    ])
  })
})
