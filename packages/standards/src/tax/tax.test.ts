import { expect, test } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { equivalentOf, pollutionEquivalents } from './equivalents.ts'
import { outletTax, taxedPerOutlet, taxRates, taxShare } from './tax.ts'

const taxOf = (...input: Parameters<typeof outletTax>) => {
  const outcome = outletTax(...input)
  if (!outcome.ok) throw new Error(outcome.detail)
  return outcome.value
}
const cents = (yuan: number) => Math.round(yuan * 100) / 100

test('P11: the three largest air pollutants of an outlet are taxed', () => {
  const { lines, tax } = taxOf(
    'air',
    [
      { pollutant: 'SO2', kg: 12_000 },
      { pollutant: 'NOx', kg: 18_000 },
      { pollutant: 'smoke-dust', kg: 3_000 },
      { pollutant: 'HCl', kg: 500 },
    ],
    1.2,
  )
  expect(lines.map((l) => cents(l.equivalents ?? 0))).toEqual([12_631.58, 18_947.37, 1376.15, 46.51])
  expect(lines.map((l) => l.counted)).toEqual([true, true, true, false])
  expect(cents(tax)).toBe(39_546.11)
})

test('P12: low concentration lowers the tax unless one hour was over', () => {
  const so2 = (percentOfLimit: number, overLimit = false) =>
    cents(taxOf('air', [{ pollutant: 'SO2', kg: 12_000, percentOfLimit, overLimit }], 1.2).tax)
  expect([so2(45), so2(65), so2(45, true)]).toEqual([7578.95, 11_368.42, 15_157.89])
  expect([taxShare({ percentOfLimit: 50 }), taxShare({ percentOfLimit: 70 }), taxShare({})]).toEqual([
    0.75, 1, 1,
  ])
})

test('P13: first-class and other water pollutants have lists of their own; total nitrogen is not taxable', () => {
  const { lines, equivalents, tax } = taxOf(
    'water',
    [
      { pollutant: 'COD', kg: 24_000 },
      { pollutant: 'NH3-N', kg: 1800 },
      { pollutant: 'TP', kg: 150 },
      { pollutant: 'SS', kg: 9000 },
      { pollutant: 'Pb', kg: 10 },
      { pollutant: 'TN', kg: 5200 },
    ],
    1.4,
  )
  expect(equivalents).toBeCloseTo(28_900, 6)
  expect(cents(tax)).toBe(40_460)
  expect(lines.find((l) => l.pollutant === 'TP')?.counted).toBe(false)
  expect(lines.find((l) => l.pollutant === 'TN')).toMatchObject({ taxable: false, tax: 0 })
})

test('of COD, BOD5 and TOC only the largest is taxed', () => {
  const { lines } = taxOf('water', [
    { pollutant: 'COD', kg: 100 },
    { pollutant: 'BOD5', kg: 60 },
    { pollutant: 'SS', kg: 4 },
  ])
  expect(lines.map((l) => l.counted)).toEqual([false, true, true])
})

test('a line of CSV is one pollutant; nothing to tax is refused', () => {
  const evaluator = evaluatorById('permit.tax-equivalent')
  const outcome = evaluator?.evaluate({ medium: 'air', pollutant: 'SO2', kg: 950, rate: 1.2 })
  expect(outcome?.ok && evaluator?.csv?.cells(outcome.value)).toEqual([1000, 1200])
  expect(evaluator?.evaluate({ medium: 'air' })).toMatchObject({ ok: false })
})

test('every row of the table has a positive value and one place', () => {
  const keys = pollutionEquivalents.map((e) => `${e.taxClass === 'air'} ${e.pollutant}`)
  expect(new Set(keys).size).toBe(keys.length)
  expect(pollutionEquivalents.every((e) => e.kg > 0)).toBe(true)
  expect(equivalentOf('air', 'COD')).toBeUndefined()
  expect(taxRates.status).toBe('unverified')
  expect(taxedPerOutlet).toEqual({ air: 3, 'water-first': 5, 'water-second': 3 })
})
