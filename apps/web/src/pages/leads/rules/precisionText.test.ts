import { expect, test } from 'vitest'
import { precisionText } from './precisionText.ts'

test('a share stands with its interval, and nothing stands where no lead has an outcome', () => {
  expect(precisionText({ precision: 2 / 3, low: 0.2077, high: 0.9385 })).toBe('67 %（21–94）')
  expect(precisionText({ precision: 0, low: 0, high: 0.2425 })).toBe('0 %（0–24）')
  expect(precisionText({ precision: null, low: null, high: null })).toBe('–')
})
