import type { OutletHourColumns } from '@shanshui/contract'
import { describe, expect, test } from 'vitest'
import { countStates, markBands, outletRows } from './outletRows.ts'

const HOUR_MS = 3_600_000
const start = Date.parse('2022-03-05T00:00:00+08:00')
const factor = {
  factor: 'a21026',
  name: '二氧化硫',
  unit: 'mg/m³',
  measured: [20, 30, null, 25, 22, 21],
  reported: [24, 36, null, 30, 26, 25],
  converted: [25, 37, null, null, 27, 26],
  massKg: [1, 2, null, 1, 1, 1],
  limit: [35, 35, 35, 35, 35, 35],
  limits: [],
  limitIndex: [0, 0, 0, 0, 0, 0],
  state: 'VV-IFE',
  reason: ['', '', 'no-data', 'maintenance', 'stopped', 'startup'],
  marks: '  MM F',
  exceeded: [false, true, false, false, false, false],
} as const
const columns = {
  outletId: 1,
  times: Array.from({ length: 6 }, (_, hour) => new Date(start + hour * HOUR_MS).toISOString()),
  o2: [],
  flow: [],
  load: [],
  factors: [],
  reasons: { 'no-data': '无数据', maintenance: '日常维护' },
} satisfies OutletHourColumns
const rowsOf = (basis: 'compared' | 'measured' | 'converted') =>
  outletRows(columns, factor as unknown as OutletHourColumns['factors'][number], basis)

describe('hours of an outlet as rows', () => {
  test('the compared value is the converted one, the measured one where there is none', () => {
    expect(rowsOf('compared').map(({ value }) => value)).toEqual([25, 37, null, 25, 27, 26])
    expect(rowsOf('measured')[1]?.value).toBe(30)
    expect(rowsOf('converted')[3]?.value).toBeNull()
  })

  test('states and reasons are words', () => {
    const rows = rowsOf('compared')
    expect(rows.map(({ state }) => state)).toEqual([
      'valid',
      'valid',
      'missing',
      'invalid',
      'stopped',
      'exempt',
    ])
    expect(rows.map(({ reason }) => reason)).toEqual(['', '', '无数据', '日常维护', 'stopped', 'startup'])
    expect(countStates(rows)).toEqual({ missing: 1, valid: 2, invalid: 1, stopped: 1, exempt: 1 })
  })

  test('hours with the same mark are one band; a gap ends it', () => {
    expect(markBands(rowsOf('compared'))).toEqual([
      { fromMs: start + 2 * HOUR_MS, toMs: start + 4 * HOUR_MS, mark: 'M' },
      { fromMs: start + 5 * HOUR_MS, toMs: start + 6 * HOUR_MS, mark: 'F' },
    ])
  })
})
