import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ObservationRow, rounds } from './series-door.ts'

const row = (pointId: number, startMs: number, layoutId: number, value: number): ObservationRow => ({
  pointId,
  regionCode: 629000,
  ownerId: 0,
  startMs,
  layoutId,
  values: [value],
  flags: 'N',
  msg: 1n,
})
const keyOf = (r: ObservationRow) => `${r.pointId}|${r.startMs}|${r.layoutId}`

describe('rounds of a batch', () => {
  it('is one when no key repeats', () => {
    const rows = [row(1, 0, 1, 5), row(2, 0, 1, 5), row(1, 3_600_000, 1, 5), row(1, 500, 1, 5)]
    expect(rounds(rows).parts.flat()).toEqual(rows)
  })

  it('drops an identical repetition and puts another value for the same key into a later round', () => {
    const [a, b, c] = [row(1, 0, 1, 5), row(1, 0, 1, 5), row(1, 0, 1, 6)]
    expect(rounds([a, b, c])).toEqual({ parts: [[a], [c]], repeated: 1 })
  })

  it('treats a missing value as equal to a missing value', () => {
    expect(rounds([row(1, 0, 1, Number.NaN), row(1, 0, 1, Number.NaN)])).toMatchObject({ repeated: 1 })
  })

  it('has no key twice in a part, and the parts in order leave what writing row by row would leave', () => {
    const anyRow = fc
      .tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(0, 400, 1000),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 0, max: 2 }),
      )
      .map(([p, t, l, v]) => row(p, t, l, v))
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 40 }), (rows) => {
        const { parts, repeated } = rounds(rows)
        for (const part of parts) expect(new Set(part.map(keyOf)).size).toBe(part.length)
        expect(parts.flat().length + repeated).toBe(rows.length)
        const last = (list: readonly ObservationRow[]) => new Map(list.map((r) => [keyOf(r), r.values[0]]))
        expect(last(parts.flat())).toEqual(last(rows))
      }),
    )
  })
})
