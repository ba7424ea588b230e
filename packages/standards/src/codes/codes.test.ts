import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { isIndustryCode, isOutletNumber, isPermitNumber, mediumOfOutletNumber } from './forms.ts'
import {
  checkUnifiedCredit,
  unifiedCreditAlphabet,
  unifiedCreditCheckCharacter,
  unifiedCreditSum,
  unifiedCreditWeights,
} from './unified-credit.ts'

// Codes that stand on business licences of listed companies.
const published = ['914403001922038216', '9144030071526726XG', '91330100799655058B', '91350100M000100Y43']

test.each(published)('%s, as published, passes (GB 32100-2015)', (code) => {
  expect(checkUnifiedCredit(code)).toMatchObject({ ok: true, parts: { region: code.slice(2, 8) } })
})

test('the weights are the powers of 3 modulo 31', () => {
  let power = 1
  for (const weight of unifiedCreditWeights) {
    expect(weight).toBe(power)
    power = (power * 3) % 31
  }
})

const payload = fc
  .tuple(
    fc.array(fc.constantFrom(...unifiedCreditAlphabet), { minLength: 2, maxLength: 2 }),
    fc.array(fc.constantFrom(...'0123456789'), { minLength: 6, maxLength: 6 }),
    fc.array(fc.constantFrom(...unifiedCreditAlphabet), { minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.flat().join(''))

test('every single wrong character and every swap of two unequal neighbours is noticed', () => {
  fc.assert(
    fc.property(payload, fc.nat(16), fc.constantFrom(...unifiedCreditAlphabet), (first17, place, other) => {
      const code = first17 + unifiedCreditCheckCharacter(first17)
      expect(checkUnifiedCredit(code).ok).toBe(true)
      const wrong = code.slice(0, place) + other + code.slice(place + 1)
      expect(checkUnifiedCredit(wrong).ok).toBe(wrong === code)
      if (place === 16) return
      const [a, b] = [code[place], code[place + 1]]
      const swapped = code.slice(0, place) + b + a + code.slice(place + 2)
      expect(checkUnifiedCredit(swapped).ok).toBe(swapped === code)
    }),
  )
})

test.each([
  ['91620300MA0000001', 'length'],
  ['91620300MAO000001X', 'characters'],
  ['91A20300MA00000013', 'characters'],
  ['914403001922038217', 'check'],
])('%s is refused: %s', (code, reason) => {
  expect(checkUnifiedCredit(code)).toMatchObject({ ok: false, reason })
})

test('a character outside the alphabet gives no sum', () => {
  expect(unifiedCreditSum('9144030019220382I')).toBeNaN()
})

test('the evaluator shows the sum and the character that is asked for', () => {
  const outcome = evaluatorById('code.unified-credit')?.evaluate({ code: '914403001922038217' })
  expect(outcome).toMatchObject({ ok: true, value: { valid: false, expected: '6' } })
})

test('codes of industries, outlets and permits are known by their form', () => {
  expect(['C32', 'C321', 'C3216', 'Z3216', 'C', 'C32161', '3216'].map(isIndustryCode)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ])
  expect(['DA001', 'DW012', 'YS001', 'DA1', '1#', 'XX001'].map(isOutletNumber)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  expect(mediumOfOutletNumber('DW001')).toBe('water')
  expect(mediumOfOutletNumber('1#')).toBeUndefined()
  expect(isPermitNumber('91530181MA6N3K2D5X001P')).toBe(true)
  expect(isPermitNumber('91530181MA6N3K2D5X')).toBe(false)
})
