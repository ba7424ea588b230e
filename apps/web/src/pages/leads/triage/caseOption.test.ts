import type { LeadChart } from '@shanshui/contract'
import { describe, expect, test } from 'vitest'
import { sparkPath } from './CaseChart.tsx'
import { caseOption, judged, spans } from './caseOption.ts'

const HOUR_MS = 3_600_000
const words = { value: 'SO2', reported: '上报', limit: '限值', load: '负荷', o2: '含氧量', marks: '标记' }

function chartOf(patch: Partial<LeadChart>): LeadChart {
  const hours = Array.from({ length: 4 }, (_, i) => `2026-11-20T0${i}:00:00+08:00`)
  const none = [null, null, null, null]
  return {
    hours,
    factor: 'a21026',
    factorName: 'SO2',
    unit: 'mg/m³',
    measured: [10, 11, 12, 13],
    converted: none,
    reported: none,
    limit: [35, 35, 35, 35],
    o2: none,
    flow: none,
    load: none,
    marks: ['', 'M', 'M', ''],
    state: ['valid', 'invalid', 'invalid', 'valid'],
    hits: [3],
    windows: [{ from: hours[2] as string, to: hours[3] as string }],
    neighbours: [],
    ...patch,
  }
}

interface Drawn {
  readonly name?: string
  readonly markArea?: { data: unknown[] }
}
const drawn = (chart: LeadChart) => (caseOption(chart, words) as { series: Drawn[] }).series

describe('chart of a lead', () => {
  test('judges the converted value where there is one, else the measured', () => {
    expect(judged(chartOf({}))).toEqual([10, 11, 12, 13])
    expect(judged(chartOf({ converted: [null, 20, 21, 22] }))).toEqual([null, 20, 21, 22])
  })

  test('draws what the plant reported only where it differs from what was computed', () => {
    expect(drawn(chartOf({ reported: [10, 11, 12, 13] })).map(({ name }) => name)).not.toContain('上报')
    expect(drawn(chartOf({ reported: [10, 11, 12, 9] })).map(({ name }) => name)).toContain('上报')
  })

  test('marked hours that touch are one band', () => {
    const band = drawn(chartOf({})).find(({ name }) => name === '标记')
    const from = Date.parse('2026-11-20T01:00:00+08:00')
    expect(band?.markArea?.data).toEqual([[{ xAxis: from }, { xAxis: from + 2 * HOUR_MS }]])
    expect(spans([0, HOUR_MS, 3 * HOUR_MS])).toEqual([
      [0, 2 * HOUR_MS],
      [3 * HOUR_MS, 4 * HOUR_MS],
    ])
  })

  test('a missing value breaks the small curve', () => {
    expect(sparkPath([1, null, 1]).match(/M/g)).toHaveLength(2)
    expect(sparkPath([null, null])).toBe('')
  })
})
