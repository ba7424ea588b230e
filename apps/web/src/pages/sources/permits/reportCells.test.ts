import { expect, test } from 'vitest'
import { lastEnded, monthsOf, startsOf, toInput } from './reportCells.ts'

test('a year has four quarters, and a quarter its three months', () => {
  expect(startsOf(2022, 'quarter')).toEqual(['2022-01-01', '2022-04-01', '2022-07-01', '2022-10-01'])
  expect(monthsOf('2022-10-01', 'quarter')).toEqual(['2022-10', '2022-11', '2022-12'])
})

const filled = (cells: Record<string, string>) =>
  toInput({
    permitId: 1,
    period: 'quarter',
    from: '2022-01-01',
    lines: [
      { outletNumber: 'DA001', pollutant: 'SO2' },
      { outletNumber: 'DA002', pollutant: 'SO2' },
    ],
    months: ['2022-01', '2022-02', '2022-03'],
    cells,
    kept: true,
  })

test('cells become rows, and their sums the totals', () => {
  expect(filled({ 'DA001 SO2 2022-01': '0.1', 'DA002 SO2 2022-03': ' 0.2 ' })).toMatchObject({
    rows: [{ tonnes: 0.1 }, { outletNumber: 'DA002', tonnes: 0.2 }],
    totals: [{ pollutant: 'SO2', tonnes: 0.3 }],
  })
})

test('a cell that is no number, or negative, is named; an empty form says nothing', () => {
  expect(filled({ 'DA001 SO2 2022-01': '一' })).toBe('DA001 SO2 2022-01')
  expect(filled({ 'DA001 SO2 2022-02': '-1' })).toBe('DA001 SO2 2022-02')
  expect(filled({})).toBe('')
})

test('the form begins with the last period that has ended', () => {
  expect(lastEnded(2022, 'month', '2022-11-25')).toBe('2022-10-01')
  expect(lastEnded(2022, 'quarter', '2022-11-25')).toBe('2022-07-01')
  expect(lastEnded(2022, 'year', '2022-11-25')).toBe('2022-01-01')
})
