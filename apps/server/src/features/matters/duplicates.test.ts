import { expect, test } from 'vitest'
import { type Comparable, likenessOf, metresBetween, proposedFrom, textSimilarity } from './duplicates.ts'

const now = Date.parse('2026-06-01T00:00:00+08:00')
const base: Comparable = {
  title: '厂区夜间冒黑烟',
  detail: '',
  theme: 'air',
  enterpriseId: 1,
  featureId: 2,
  lon: 102,
  lat: 38,
  foundMs: now,
}

test('a degree of latitude is 111 km', () => {
  expect(metresBetween({ lon: 102, lat: 38 }, { lon: 102, lat: 39 })).toBeCloseTo(111_195, -1)
})

test('words: the same is 1, nothing in common is 0, order of arguments does not matter', () => {
  expect(textSimilarity('夜间冒黑烟', '夜间，冒黑烟！')).toBe(1)
  expect(textSimilarity('夜间冒黑烟', '河道垃圾')).toBe(0)
  expect(textSimilarity('厂区冒黑烟', '冒黑烟')).toBe(textSimilarity('冒黑烟', '厂区冒黑烟'))
})

test('the same object and theme within three months is proposed, with its reasons', () => {
  const { score, reasons } = likenessOf(base, { ...base, title: '另一种说法', foundMs: now - 86_400_000 })
  expect(score).toBeGreaterThanOrEqual(proposedFrom)
  expect(reasons).toEqual(['同一对象', '发现时间相隔 1 天', '同一类别'])
})

test('time and theme alone make no duplicate', () => {
  const far = { ...base, title: '噪声扰民', enterpriseId: 9, featureId: 8, lon: 110, lat: 30 }
  expect(likenessOf(base, far)).toEqual({ score: 0, reasons: [] })
})

test('without an object the place and the words decide', () => {
  const near = { ...base, enterpriseId: null, featureId: null, lat: 38.001 }
  expect(likenessOf(base, near).score).toBeGreaterThanOrEqual(proposedFrom)
})
