import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawOfficers, drawUnits, shuffled } from './draw.ts'
import type { DrawSettings, DrawUnit } from './draw.types.ts'

const settings: DrawSettings = {
  rate: 0.25,
  publicRandomness: '福利彩票3D 第2026321期 4 0 7',
  timestamp: '2026-11-25T10:00:00.000+08:00',
  reserves: 3,
}
const poolOf = (n: number): DrawUnit[] =>
  Array.from({ length: n }, (_, i) => ({ id: `E${i}`, title: `企业${i}` }))

test('the same words give the same draw, in whatever order the pool is written', () => {
  const pool = poolOf(37)
  const draw = drawUnits(pool, settings)
  expect(drawUnits(pool.toReversed(), settings)).toEqual(draw)
  expect([draw.chosen.length, draw.reserve.length, draw.repeated]).toEqual([10, 3, false])
  expect(drawUnits(pool, { ...settings, publicRandomness: '1' }).order).not.toEqual(draw.order)
})

test('one more unit, another name or another time makes another draw', () => {
  const pool = poolOf(12)
  const seeds = [
    drawUnits(pool, settings),
    drawUnits([...pool, { id: 'X', title: '新' }], settings),
    drawUnits([{ id: 'E0', title: '改名' }, ...pool.slice(1)], settings),
    drawUnits(pool, { ...settings, timestamp: '2026-11-25T10:00:01.000+08:00' }),
  ].map((draw) => draw.seed)
  expect(new Set(seeds).size).toBe(4)
})

test('four quarters of 25 % take all 37 units before any comes again', () => {
  const drawn = new Set<string>()
  const sizes = [1, 2, 3, 4].map((quarter) => {
    const pool = poolOf(37).map((unit) => ({ ...unit, drawnThisYear: drawn.has(unit.id) }))
    const { chosen } = drawUnits(pool, { ...settings, timestamp: `Q${quarter}` })
    const fresh = chosen.filter((id) => !drawn.has(id)).length
    for (const id of chosen) drawn.add(id)
    return [chosen.length, fresh]
  })
  expect(sizes).toEqual([
    [10, 10],
    [10, 10],
    [10, 10],
    [10, 7],
  ])
  expect(drawn.size).toBe(37)
})

test('every unit is as likely as another: χ² over 4,000 draws', () => {
  const ids = poolOf(12).map((unit) => unit.id)
  const draws = 4_000
  const first = new Map(ids.map((id) => [id, 0]))
  for (let i = 0; i < draws; i++) {
    const [id = ''] = shuffled(ids, `seed ${i}`)
    first.set(id, (first.get(id) ?? 0) + 1)
  }
  const expected = draws / ids.length
  const chi2 = [...first.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
  // 11 degrees of freedom, 0.1 % point
  expect(chi2).toBeLessThan(31.26)
})

test('pairs: two different officers, none in conflict, nobody with two more units than another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 0, max: 30 }), (people, units) => {
      const officers = Array.from({ length: people }, (_, i) => ({ id: `P${i}`, name: `人${i}` }))
      const ids = poolOf(units).map((unit) => unit.id)
      const { pairs, unassigned } = drawOfficers(ids, officers, settings)
      expect([pairs.length, unassigned]).toEqual([units, []])
      const load = new Map(officers.map((one) => [one.id, 0]))
      for (const pair of pairs) {
        expect(new Set([...pair.officers, pair.reserve]).size).toBe(3)
        for (const id of pair.officers) load.set(id, (load.get(id) ?? 0) + 1)
      }
      expect(Math.max(...load.values()) - Math.min(...load.values())).toBeLessThanOrEqual(1)
    }),
  )
})

test('who has to stand back is not drawn; with one officer left nobody is', () => {
  const officers = [
    { id: 'A', name: '甲', conflicts: ['E0'] },
    { id: 'B', name: '乙' },
    { id: 'C', name: '丙' },
  ]
  const { pairs } = drawOfficers(['E0'], officers, settings)
  expect(pairs[0]?.officers.toSorted()).toEqual(['B', 'C'])
  expect(pairs[0]?.reserve).toBeNull()
  expect(drawOfficers(['E0'], officers.slice(0, 2), settings).unassigned).toEqual(['E0'])
})
