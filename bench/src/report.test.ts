import { describe, expect, it } from 'vitest'
import { markdown, plain, replaceSections, shown } from './report.ts'
import { type BenchResult, barMet } from './result.ts'

const upsert: BenchResult = {
  what: 'upsert with history',
  value: 61_234,
  unit: 'rows/s',
  against: { what: 'COPY', value: 100_000, unit: 'rows/s' },
  ratio: 0.612,
  bar: { kind: 'at-least', value: 0.6, unit: '' },
}

describe('the performance report', () => {
  it('judges the ratio where there is one, else the value', () => {
    expect(barMet(upsert)).toBe(true)
    expect(barMet({ ...upsert, ratio: 0.59 })).toBe(false)
    expect(
      barMet({ what: 'p99', value: 12, unit: 'ms', bar: { kind: 'at-most', value: 10, unit: 'ms' } }),
    ).toBe(false)
    expect(barMet({ what: 'free', value: 1, unit: 's' })).toBeUndefined()
  })

  it('shows four significant digits and says whether the bar is met', () => {
    expect(shown(1_234_567)).toBe('1,235,000')
    const text = markdown([{ title: 'Storage', results: [upsert], seconds: 3 }], ['2 cores'])
    expect(text).toContain(
      '| upsert with history | 61,230 rows/s | COPY: 100,000 rows/s | 0.612 | ≥ 0.6 | met |',
    )
  })

  it('prints the same lines to a terminal', () => {
    const text = plain({ title: 'Storage', results: [{ ...upsert, ratio: 0.5 }], seconds: 3 })
    expect(text).toMatch(/upsert with history +61,230 rows\/s +COPY: 100,000 rows\/s +0\.5 +≥ 0\.6 +missed/)
  })

  it('measures one section anew and leaves the others as they were', () => {
    const section = (title: string, value: number) => ({ title, results: [{ ...upsert, value }], seconds: 1 })
    const before = markdown([section('Codec', 1), section('Storage', 2)], ['2 cores'])
    const after = replaceSections(before, markdown([section('Storage', 3)], ['2 cores']))
    expect(after).toBe(markdown([section('Codec', 1), section('Storage', 3)], ['2 cores']))
    expect(replaceSections('', after)).toBe(after)
  })
})
