import type { MissingHours, ObservationColumns } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { spellsOf } from './missingSpells.ts'
import { countValidity, stationRows, validityOf } from './stationRows.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-03-01T00:00:00+08:00')
const at = (hour: number): string => new Date(START + hour * HOUR_MS).toISOString()

function columns(
  hours: readonly number[],
  values: readonly (number | null)[],
  flags: string,
  marks: string,
): ObservationColumns {
  return {
    pointId: 1,
    period: 'hour',
    procedure: 'measured',
    count: hours.length,
    times: hours.map(at),
    values: { a34004: [...values] },
    flags: { a34004: flags },
    marks: { a34004: marks },
    msg: hours.map((hour) => String(65_536 + hour)),
    next: null,
  }
}

test('an hour that never arrived is a row of its own, so that the gap is seen', () => {
  const rows = stationRows(columns([0, 1, 4], [10, 11, 14], 'NNN', '...'), 'a34004', 'hour', undefined)
  expect(rows.map((row) => row.validity)).toEqual(['valid', 'valid', 'missing', 'missing', 'valid'])
  expect(rows[2]?.ms).toBe(START + 2 * HOUR_MS)
})

test('a review mark outranks the value, the device flag outranks sand', () => {
  expect(validityOf(10, 'N', 'X')).toBe('invalid')
  expect(validityOf(null, 'N', '.')).toBe('missing')
  expect(validityOf(10, 'D', 'S')).toBe('flagged')
  expect(validityOf(10, 'I', '.')).toBe('invalid')
  expect(validityOf(10, 'N', 'S')).toBe('sand')
})

test('the compared station is joined by instant and only where its value may be used', () => {
  const other = columns([0, 1], [20, 21], 'NN', '.X')
  const rows = stationRows(columns([0, 1], [10, 11], 'NN', '..'), 'a34004', 'hour', other)
  expect(rows.map((row) => row.other)).toEqual([20, null])
  expect(countValidity(rows)).toEqual({ valid: 2, sand: 0, flagged: 0, invalid: 0, missing: 0 })
})

test('neighbouring missing hours of one reason are one spell, newest first', () => {
  const data: MissingHours = {
    from: '2026-03-01T00:00:00+08:00',
    hours: 7,
    reasons: [
      { code: 'complete', text: '六项齐全' },
      { code: 'link-down', text: '链路中断' },
      { code: 'device-fault', text: '仪器故障' },
      { code: 'not-yet-due', text: '未到上报时间' },
    ],
    stations: [
      {
        pointId: 1,
        pointCode: 's',
        pointName: 's',
        mn: null,
        cells: [0, 1, 1, 2, 0, 2, 3],
        missingItems: [0, 6, 6, 1, 0, 1, 6],
        details: [{ hour: 3, text: 'PM2.5' }],
      },
    ],
  }
  expect(spellsOf(data, 1).map(({ hours, items, reason, detail }) => [hours, items, reason, detail])).toEqual(
    [
      [1, 1, '仪器故障', ''],
      [1, 1, '仪器故障', 'PM2.5'],
      [2, 6, '链路中断', ''],
    ],
  )
  expect(spellsOf(data, 2)).toEqual([])
})
