import { expect, test } from 'vitest'
import { isInScope, regionsLiteral } from './actor.ts'
import { testActor } from './testing/index.ts'

const reaches = (scope: number, regionCode: number) =>
  isInScope(testActor('analyst', { regions: regionsLiteral([scope]) }), { regionCode, ownerId: 0 })

test('a region code covers what lies below it and nothing beside it (GB/T 2260)', () => {
  expect([reaches(629_000, 629_021), reaches(629_000, 630_000)]).toEqual([true, false])
  expect([reaches(620_000, 629_021), reaches(620_000, 630_100)]).toEqual([true, false])
  expect([reaches(629_001, 629_001), reaches(629_001, 629_002)]).toEqual([true, false])
})

test('the code of the nation covers every region', () => {
  expect([110_000, 629_021, 820_000].map((code) => reaches(100_000, code))).toEqual([true, true, true])
})
