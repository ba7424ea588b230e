import { describe, expect, test } from 'vitest'
import { inputOf, pairsOf, type RecordValues } from './recordInput.ts'

const values: RecordValues = {
  outletId: 3,
  kind: 'routine',
  factor: '',
  from: '2022-03-05T09:00',
  to: '2022-03-05T10:00',
  technician: ' 王工 ',
  content: '巡检',
}

describe('a maintenance record as it is sent', () => {
  test('times are those of the city, an empty factor is the whole outlet', () => {
    expect(inputOf(values)).toEqual({
      outletId: 3,
      kind: 'routine',
      factor: null,
      from: '2022-03-05T09:00:00+08:00',
      to: '2022-03-05T10:00:00+08:00',
      technician: '王工',
      content: '巡检',
    })
  })

  test('a calibration carries its drifts, an empty one is not nought', () => {
    const input = inputOf({ ...values, kind: 'calibration', zeroDriftPercent: '1.2', spanDriftPercent: '' })
    expect([input.zeroDriftPercent, input.spanDriftPercent]).toEqual([1.2, null])
  })

  test('pairs are two numbers a line', () => {
    expect(pairsOf('52.1 50.3\n 48，47.2 \n\n')).toEqual([
      { online: 52.1, reference: 50.3 },
      { online: 48, reference: 47.2 },
    ])
    expect(pairsOf('52.1')).toBeUndefined()
    expect(pairsOf('52.1 五十')).toBeUndefined()
    expect(pairsOf('')).toEqual([])
  })

  test('a change of a parameter says what it was and what it is', () => {
    const changed = {
      ...values,
      kind: 'parameter-change',
      parameterName: '斜率',
      before: '1.00',
      after: '0.85',
    }
    expect(inputOf(changed as RecordValues).parameter).toEqual({
      name: '斜率',
      before: '1.00',
      after: '0.85',
    })
  })
})
