import { expect, test } from 'vitest'
import { fileLines, markLines } from './fileLines.ts'

test('label 24 of a day stands in the file as hour 0 of the next day', () => {
  expect(fileLines('2022-12-31', '3.24', 'PM10')).toEqual({ starts: '20230101,0,', item: '20230101,0,PM10,' })
  expect(fileLines('2022-01-22', '3.6', 'PM2.5')?.item).toBe('20220122,6,PM2.5,')
})

test('without an hour, or with a record that is no station file, nothing is marked', () => {
  expect(fileLines('2022-01-22', '', 'PM2.5')).toBeUndefined()
  expect(markLines('##0123QN=…', fileLines('2022-01-22', '3.6', 'PM2.5'))).toBeUndefined()
})

test('hour 1 is not taken for hour 16, and PM2.5 not for PM2.5_24h', () => {
  const text = '20220122,1,PM2.5,24,22\n20220122,1,PM2.5_24h,25,24\n20220122,16,PM2.5,15,13\n'
  const marked = markLines(text, fileLines('2022-01-22', '3.1', 'PM2.5'))
  expect(marked?.map((line) => line.mark)).toEqual(['item', 'hour', undefined, undefined])
})
