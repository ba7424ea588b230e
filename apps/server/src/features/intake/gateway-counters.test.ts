import { describe, expect, it } from 'vitest'
import type { FrameValues } from './frame-values.ts'
import { Durations, Rate, StationCounters } from './gateway-counters.ts'

const factors = ['a34004']
const values = (startMs: number, value: number): FrameValues => ({
  period: 'hour',
  startMs,
  factors,
  values: [value],
  flags: 'N',
  mins: undefined,
  maxs: undefined,
  cous: undefined,
})

describe('counts of stations', () => {
  it('tell an identical repetition from a revision', () => {
    const counters = new StationCounters()
    for (const value of [5, 5, 6]) counters.frame('A', 1_000, '10.0.0.1', 900, values(0, value))
    expect(counters.take()).toMatchObject([{ mn: 'A', frames: 3, duplicates: 1, revised: 1, skewMs: -100 }])
    expect(counters.take()).toEqual([])
  })

  it('are taken in turns: nobody is forgotten and nothing is counted twice', () => {
    const counters = new StationCounters()
    for (let round = 0; round < 3; round++)
      for (let i = 0; i < 25; i++) counters.frame(`S${i}`, 1_000, 'x', undefined, undefined)
    const taken = [counters.take(10), counters.take(10), counters.take(10), counters.take(10)]
    expect(taken.map((t) => t.length)).toEqual([10, 10, 5, 0])
    expect(new Set(taken.flat().map((t) => t.mn)).size).toBe(25)
    expect(taken.flat().every((t) => t.frames === 3)).toBe(true)
  })

  it('come back whole when a save failed', () => {
    const counters = new StationCounters()
    counters.frame('A', 3_600_000, 'x', undefined, undefined)
    counters.putBack(counters.take())
    counters.frame('A', 3_600_001, 'x', undefined, undefined)
    const [delta] = counters.take()
    expect(delta).toMatchObject({ frames: 2 })
    expect([...delta!.presence]).toEqual([[3_600_000, 2]])
  })
})

it('gives percentiles of the last durations and a rate over ten seconds', () => {
  const durations = new Durations()
  expect(durations.percentile(0.99)).toBe(0)
  for (let i = 1; i <= 100; i++) durations.add(i)
  expect(durations.percentile(0.5)).toBe(51)
  expect(durations.percentile(0.99)).toBe(100)
  const rate = new Rate()
  for (let ms = 0; ms < 10_000; ms += 10) rate.add(ms)
  expect(rate.perSecond(10_000)).toBeCloseTo(100)
})
