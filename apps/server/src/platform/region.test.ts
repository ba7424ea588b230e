import { expect, test } from 'vitest'
import { regionSpan } from './region.ts'

test('the code of the nation covers all codes, a province, a city, a county theirs', () => {
  expect(regionSpan(100_000)).toEqual([100_000, 999_999])
  expect(regionSpan(620_000)).toEqual([620_000, 629_999])
  expect(regionSpan(629_000)).toEqual([629_000, 629_099])
  expect(regionSpan(629_021)).toEqual([629_021, 629_021])
})

test('without a region nothing is narrowed', () => {
  expect(regionSpan(undefined)).toEqual([null, null])
})
