import { describe, expect, it } from 'vitest'
import type { FigureRow } from '../evaluation/index.ts'
import { annualAirReview } from './annual-air-review.ts'
import { amount, joined, movement, place, type Sentence, sentence, textOf } from './sentence.ts'

const row = (over: Partial<FigureRow> = {}): FigureRow => ({
  id: 7,
  key: 'k',
  reportId: 0,
  indicator: 'air.mean.pm25',
  subjectId: 1,
  subjectName: '祁川市',
  title: '祁川市2022年PM2.5年均浓度',
  from: '2022-01-01',
  to: '2022-12-31',
  edition: '2012',
  sand: 'without',
  stations: null,
  pointIds: [1],
  exact: 20.1,
  value: 20,
  text: '20',
  unit: 'µg/m³',
  decimals: 0,
  note: null,
  inputs: 361,
  digest: 'd',
  state: 'fresh',
  computedAtMs: 0,
  regionCode: 629000,
  ownerId: 0,
  ...over,
})
const text = (s: Sentence) => textOf(s.parts)

describe('a sentence', () => {
  it('carries the id and state of every figure it prints', () => {
    const made = sentence('x')`浓度为${amount(row())}。`
    expect(text(made)).toBe('浓度为20微克/立方米。')
    expect(made.parts[1]).toMatchObject({ type: 'figure', figureId: 7, value: 20, state: 'fresh' })
  })

  it('cannot be given a number, a text or a figure that was not stored', () => {
    // @ts-expect-error a bare number has no basis
    expect(() => sentence('x')`浓度为${20}。`).toThrow()
    // @ts-expect-error a text has no basis
    expect(() => sentence('x')`浓度为${'20'}。`).toThrow()
    // @ts-expect-error only amount(), movement(), place() and bare() make printed figures, of stored rows
    expect(() => sentence('x')`浓度为${{ row: row(), text: '20' }}。`).not.toThrow()
  })

  it('takes the word of a change from the sign of the figure', () => {
    const change = (value: number | null, words?: { up: string; down: string }) =>
      movement(
        row({
          value,
          text: value === null ? '—' : value > 0 ? `+${value.toFixed(1)}` : value.toFixed(1),
          unit: '%',
        }),
        words,
      ).text
    expect([change(11.1), change(-6.9), change(0)]).toEqual(['上升11.1%', '下降6.9%', '持平'])
    expect(change(1.2, { up: '提高', down: '降低' })).toBe('提高1.2%')
    expect(change(null)).toContain('无可比')
  })

  it('joins clauses and leaves out what is not there', () => {
    const made = joined('x', [
      sentence('x')`排名${place(row({ text: '7', unit: '' }))}`,
      null,
      sentence('x')`。`,
    ])
    expect(text(made)).toBe('排名第7位。')
    expect(made.figures).toHaveLength(1)
  })
})

describe('the annual review', () => {
  const figures = (over: (indicator: string) => Partial<FigureRow>) => (indicator: string) =>
    row({ indicator, value: 1, text: '1', exact: 1, unit: '', ...over(indicator) })
  const whole = (over: (indicator: string) => Partial<FigureRow> = () => ({})) =>
    annualAirReview('祁川市', 2022, figures(over))
      .map((p) => p.sentences.map(text).join(''))
      .join('\n')

  it('says above or below the limit by the rounded value, and neither when the data are incomplete', () => {
    const of = (exact: number, note: string | null = null) =>
      whole((i) =>
        i === 'air.mean.pm25' ? { exact, note } : i === 'air.limit.pm25' ? { value: 35, text: '35' } : {},
      )
    expect(of(35.5)).toMatch(/PM2\.5）[^。]*超过二级标准（限值35/)
    expect(of(35.4)).toMatch(/PM2\.5）[^。]*达到二级标准（限值35/)
    expect(of(50, '数据不完整')).toMatch(/PM2\.5）[^。]*不作达标判定/)
  })

  it('leaves out the comparison and the rank when there are none', () => {
    const text = whole((i) => (/yoy|change|rank/.test(i) ? { value: null, text: '—' } : {}))
    expect(text).not.toContain('同比')
    expect(text).not.toContain('排名')
    expect(text).not.toContain('—')
  })

  it('names a part of the year by its days', () => {
    expect(whole(() => ({ to: '2022-09-30' }))).toContain('2022年1月1日至9月30日，')
  })
})
