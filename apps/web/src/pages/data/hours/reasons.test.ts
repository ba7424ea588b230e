import type { MissingHours } from '@shanshui/contract'
import { describe, expect, it } from 'vitest'
import { countReasons, parties, partyOf } from './reasons.ts'

const data: MissingHours = {
  from: '2026-08-21T00:00:00+08:00',
  hours: 4,
  reasons: [
    { code: 'complete', text: '六项齐全' },
    { code: 'device-fault', text: '仪器故障' },
  ],
  stations: [
    {
      pointId: 1,
      pointCode: 'a',
      pointName: '甲',
      mn: null,
      cells: [0, 1, 1, 0],
      missingItems: [0, 6, 6, 0],
      details: [],
    },
  ],
}

describe('reasons of missing hours', () => {
  it('gives every hour exactly one reason: the counts of a station sum to its hours', () => {
    const [row] = countReasons(data)
    expect(row?.counts).toEqual([2, 2])
    expect(row?.counts.reduce((sum, count) => sum + count, 0)).toBe(data.hours)
  })

  it('knows whose matter each reason is', () => {
    expect(new Set(Object.values(partyOf))).toEqual(new Set(parties))
  })
})
