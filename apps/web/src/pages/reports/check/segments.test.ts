import type { ReportCheck } from '@shanshui/contract'
import { describe, expect, it } from 'vitest'
import { segmentsOf } from './segments.ts'

const text = '优良天数比例87.5%，有效天数365天。'

function check(): ReportCheck {
  const figure = {
    kind: 'ratio',
    item: null,
    value: 87.5,
    decimals: 1,
    unit: '%',
    start: 6,
    end: 11,
    quote: '87.5%',
  }
  const finding = {
    severity: 'contradiction' as const,
    rule: 'share',
    start: 0,
    end: 11,
    quote: text.slice(0, 11),
    message: '',
    possible: [],
  }
  return { figures: [figure], findings: [finding] }
}

describe('segments of a checked text', () => {
  it('gives back the text unchanged when joined', () => {
    expect(
      segmentsOf(text, check())
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text)
  })

  it('colours a place by the gravest finding that covers it', () => {
    expect(segmentsOf(text, check()).find((segment) => segment.text === '87.5%')?.kind).toBe('contradiction')
    expect(
      segmentsOf(text, { ...check(), findings: [] }).find((segment) => segment.text === '87.5%')?.kind,
    ).toBe('figure')
    expect(segmentsOf(text, check()).at(-1)?.kind).toBe('plain')
  })
})
