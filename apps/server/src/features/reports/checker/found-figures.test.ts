import { expect, test } from 'vitest'
import { findFigures } from './found-figures.ts'

const longest = 200_000 // characters, as the contract of the route allows

test.each([
  ['digits', '1'],
  ['digits and points', '1.'],
  ['a list', '1、'],
  ['a list with spaces', '1  、  '],
  ['digits in space', '1          '],
  ['spaces', ' \t'],
  ['items', 'PM2.5O3'],
  ['values', 'O3 1μg/m3'],
  ['changes', '同比上升1'],
])('%s without an end are read in the time their length asks for', (_, piece) => {
  const started = performance.now()
  findFigures(piece.repeat(Math.floor(longest / piece.length)))
  // a pattern that looks at every end for every start needs minutes
  expect(performance.now() - started).toBeLessThan(3_000)
})

test('a sentence of usual length is read whole', () => {
  const text = `${'全市环境空气质量持续改善，'.repeat(20)}PM2.5年均浓度为20微克/立方米，优良天数比例为87.5%`
  expect(
    findFigures(text).map(({ kind, value }) => [kind, Number(value.units) / 10 ** value.decimals]),
  ).toEqual([
    ['concentration', 20],
    ['excellent-ratio', 87.5],
  ])
})
