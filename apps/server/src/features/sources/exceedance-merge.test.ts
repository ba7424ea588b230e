import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptySteps,
  findExceedances,
  joinSteps,
  type KnownExceedance,
  matchExceedances,
} from './exceedance-merge.ts'
import type { LimitRow } from './source.table.ts'

const hourMs = 3_600_000
const limitOf = (id: number): LimitRow => ({
  id,
  value: id === 1 ? 50 : 35,
  min: null,
  decimals: 0,
  unit: 'mg/m³',
  averaging: 'hour',
  source: '',
  clause: null,
  why: '',
  status: 'primary',
})

function stepsOf(over: readonly number[], limits: readonly number[] = []) {
  const steps = emptySteps(over.length)
  for (const [i, one] of over.entries()) {
    const id = limits[i] ?? 1
    steps.startMs[i] = i * hourMs
    steps.value[i] = one > 0 ? 60 + i : 10
    steps.limit[i] = limitOf(id).value
    steps.limitId[i] = id
    steps.over[i] = one
  }
  return steps
}
const find = (over: readonly number[], limits?: readonly number[]) =>
  findExceedances(stepsOf(over, limits), hourMs, limitOf).map((one) => [
    one.fromMs / hourMs,
    one.hours,
    one.exempted,
  ])
const event = (from: number, to: number) => ({
  fromMs: from * hourMs,
  toMs: to * hourMs,
  hours: to - from,
  maxValue: 60,
  multiple: 0.2,
  limitId: 1,
  exempted: false,
})
const known = (id: number, from: number, to: number, standing = true): KnownExceedance => ({
  id,
  fromMs: from * hourMs,
  toMs: to * hourMs,
  standing,
})

describe('exceedances', () => {
  it('are runs of consecutive hours; an exempt hour and a change of the limit end a run', () => {
    expect(find([0, 1, 1, 0, 1])).toEqual([
      [1, 2, false],
      [4, 1, false],
    ])
    expect(find([1, 2, 2, 1])).toEqual([
      [0, 1, false],
      [1, 2, true],
      [3, 1, false],
    ])
    expect(find([1, 1, 1, 1], [1, 1, 2, 2])).toEqual([
      [0, 2, false],
      [2, 2, false],
    ])
  })

  it('are the same whether the hours are looked at together or joined from two stretches', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 60 }),
        fc.nat(),
        (over, at) => {
          const whole = stepsOf(over)
          const cut = 1 + (at % (over.length - 1))
          const part = (from: number, to: number) => ({
            startMs: whole.startMs.slice(from, to),
            value: whole.value.slice(from, to),
            limit: whole.limit.slice(from, to),
            limitId: whole.limitId.slice(from, to),
            over: whole.over.slice(from, to),
          })
          const joined = joinSteps([part(0, cut), part(cut, over.length)])
          expect(findExceedances(joined, hourMs, limitOf)).toEqual(findExceedances(whole, hourMs, limitOf))
        },
      ),
    )
  })
})

describe('which stored event is which', () => {
  it('an event that grew, shrank or moved keeps its number; what nothing supports is gone', () => {
    const { pairs, gone } = matchExceedances([known(1, 0, 3), known(2, 10, 12)], [event(1, 5)])
    expect(pairs.map((pair) => pair.known?.id)).toEqual([1])
    expect(gone.map((one) => one.id)).toEqual([2])
  })

  it('two that became one: the first goes on, the second is gone; one that became two: the first part goes on', () => {
    const merged = matchExceedances([known(1, 0, 2), known(2, 3, 5)], [event(0, 5)])
    expect([merged.pairs[0]?.known?.id, merged.gone.map((one) => one.id)]).toEqual([1, [2]])
    const split = matchExceedances([known(1, 0, 5)], [event(0, 2), event(3, 5)])
    expect(split.pairs.map((pair) => pair.known?.id)).toEqual([1, undefined])
  })

  it('a withdrawn one comes back where it began', () => {
    const { pairs, gone } = matchExceedances([known(1, 4, 6, false)], [event(4, 6)])
    expect([pairs[0]?.known?.id, gone]).toEqual([1, []])
    expect(matchExceedances([known(1, 4, 6, false)], [event(5, 6)]).pairs[0]?.known).toBeUndefined()
  })
})
