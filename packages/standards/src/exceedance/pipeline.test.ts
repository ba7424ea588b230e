import { describe, expect, test } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { judgeMeasuredHour } from './pipeline.ts'

const limit = { value: 35, decimals: 0 }

describe('decision about one hour', () => {
  test('16 marked minutes leave 44 valid ones: no exceedance, whatever the mean (HJ 75-2017)', () => {
    const marked = judgeMeasuredHour({ value: 500, markedMinutes: 16 }, limit)
    expect(marked).toMatchObject({ state: 'invalid', outcome: 'not-judged', multiple: null })
    expect(judgeMeasuredHour({ value: 500, markedMinutes: 15 }, limit).outcome).toBe('exceeds')
  })

  test('is converted before it is compared, and compared in the decimals of the limit', () => {
    expect(judgeMeasuredHour({ value: 30, o2: 8.2, referenceO2: 6 }, limit)).toMatchObject({
      compared: 35.15625,
      outcome: 'meets',
    })
    expect(judgeMeasuredHour({ value: 48, o2: 8.2, referenceO2: 6 }, limit)).toMatchObject({
      compared: 56.25,
      outcome: 'exceeds',
      multiple: (56.25 - 35) / 35,
    })
  })

  test('oxygen at which nothing can be converted leaves the hour undecided, with the reason', () => {
    expect(judgeMeasuredHour({ value: 48, o2: 20.8, referenceO2: 6 }, limit)).toMatchObject({
      outcome: 'undecidable',
      reason: 'O2_NOT_CONVERTIBLE',
    })
  })

  test('a limit of 0.5 is compared in one decimal unless told otherwise', () => {
    const evaluate = (value: number) =>
      evaluatorById('source.exceedance')?.evaluate({ value, limit: 0.5 }) as {
        value: { single: { outcome: string } }
      }
    expect(evaluate(0.54).value.single.outcome).toBe('meets')
    expect(evaluate(0.56).value.single.outcome).toBe('exceeds')
  })
})
