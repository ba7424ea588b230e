import { expect, test } from 'vitest'
import { formatCount, formatNumber, formatSigned, NO_VALUE } from './number.ts'

test('a half goes to the even digit, on decimal text (GB/T 8170 clause 3)', () => {
  expect(formatNumber(34.5, 0)).toBe('34')
  expect(formatNumber(35.5, 0)).toBe('36')
  expect(formatNumber(2.675, 2)).toBe('2.68')
  expect(formatNumber(0.45, 1)).toBe('0.4')
})

test('the decimals of the standard are kept, trailing zeros included', () => {
  expect(formatNumber(1, 1)).toBe('1.0')
  expect(formatNumber(3.4, 2)).toBe('3.40')
})

test('a missing value is a dash, never zero', () => {
  expect(formatNumber(null, 0)).toBe(NO_VALUE)
  expect(formatNumber(undefined, 0)).toBe(NO_VALUE)
  expect(formatNumber(Number.NaN, 1)).toBe(NO_VALUE)
  expect(formatCount(null)).toBe(NO_VALUE)
})

test('a change carries its sign, zero carries none', () => {
  expect(formatSigned(11.11, 1)).toBe('+11.1')
  expect(formatSigned(-3, 1)).toBe('−3.0')
  expect(formatSigned(-0.01, 1)).toBe('0.0')
})
