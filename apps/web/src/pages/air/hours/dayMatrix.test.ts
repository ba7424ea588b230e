import type { ObservationColumns } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { dayCells } from './dayMatrix.ts'

const codes = { pm25: 'a34004', pm10: 'a34002', o3: 'a05024', no2: 'a21004', so2: 'a21026', co: 'a21005' }

function oneHour(
  values: Readonly<Record<keyof typeof codes, number | null>>,
  marks: Partial<typeof codes> = {},
): ObservationColumns {
  const of = (pick: (item: keyof typeof codes) => unknown): Record<string, never> =>
    Object.fromEntries(
      Object.entries(codes).map(([item, code]) => [code, pick(item as keyof typeof codes) as never]),
    )
  return {
    pointId: 1,
    period: 'hour',
    procedure: 'measured',
    count: 1,
    times: ['2022-01-04T20:00:00+08:00'],
    values: of((item) => [values[item]]),
    flags: of(() => 'N'),
    marks: of((item) => marks[item] ?? '.'),
    msg: ['1'],
    next: null,
  }
}

test('PM10 195 and PM2.5 93 in one hour tie at 123 under the 2012 breakpoints (published so, 2022-01-04 21 h)', () => {
  const cells = dayCells(oneHour({ pm10: 195, pm25: 93, no2: 87, o3: 12, so2: 33, co: 2.8 }), '2012')
  expect(cells).toHaveLength(24)
  expect(cells[20]).toMatchObject({ hour: 20, aqi: 123, level: 3 })
  expect([...(cells[20]?.primary ?? [])].sort()).toEqual(['pm10', 'pm25'])
  expect(cells[19]).toMatchObject({ aqi: null, level: null })
})

test('a value that review called invalid does not count, one affected by sand does', () => {
  const values = { pm10: 195, pm25: 93, no2: 87, o3: 12, so2: 33, co: 2.8 }
  expect(dayCells(oneHour(values, { pm10: 'S' }), '2012')[20]?.primary).toContain('pm10')
  expect(dayCells(oneHour(values, { pm10: 'X' }), '2012')[20]?.primary).toEqual(['pm25'])
})
