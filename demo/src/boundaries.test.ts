import { describe, expect, it } from 'vitest'
import { boundaries, type Polygon, type Position } from './boundaries.ts'
import { CITY_CODE, regions, stations } from './places.ts'
import { DEMO_SEED } from './year.ts'

const shapes = boundaries(DEMO_SEED)
const ringOf = (shape: Polygon) => shape.coordinates[0]!

function area(ring: readonly Position[]): number {
  let twice = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    twice += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1]
  }
  return twice / 2
}

function contains(ring: readonly Position[], [x, y]: Position): boolean {
  let inside = false
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x1, y1] = ring[i]!
    const [x2, y2] = ring[i + 1]!
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}

const side = (p: Position, q: Position, r: Position) =>
  Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

function crossings(ring: readonly Position[]): number {
  let found = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    for (let j = i + 2; j + 1 < ring.length; j++) {
      const [a, b, c, d] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) found++
    }
  }
  return found
}

describe('the boundaries of the demo city', () => {
  it('give every region one closed, anticlockwise ring that does not cross itself', () => {
    for (const { code } of regions) {
      const ring = ringOf(shapes.get(code)!)
      expect(ring[0]).toEqual(ring.at(-1))
      expect(area(ring)).toBeGreaterThan(0)
      expect(crossings(ring)).toBe(0)
    }
  })

  it('leave no gap and no overlap: the counties add up to the city', () => {
    const counties = regions.filter(({ level }) => level === 'county')
    const sum = counties.reduce((total, { code }) => total + area(ringOf(shapes.get(code)!)), 0)
    expect(sum).toBeCloseTo(area(ringOf(shapes.get(CITY_CODE)!)), 9)
  })

  it('hold each station in its county and in no other', () => {
    for (const { lon, lat, regionCode } of stations) {
      const holders = regions
        .filter(({ level }) => level === 'county')
        .filter(({ code }) => contains(ringOf(shapes.get(code)!), [lon, lat]))
      expect(holders.map(({ code }) => code)).toEqual([regionCode])
    }
  })
})
