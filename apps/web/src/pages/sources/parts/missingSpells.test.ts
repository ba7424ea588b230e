import type { SourceMissingHours } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { countMissing, missingSpells } from './missingSpells.ts'

const data: SourceMissingHours = {
  from: '2022-03-05T00:00:00+08:00',
  hours: 6,
  reasons: [
    { code: 'complete', text: '各因子齐全', party: '' },
    { code: 'not-sent', text: '没有上报', party: '运维单位' },
    { code: 'device-stopped', text: '停运', party: '企业' },
    { code: 'not-yet-due', text: '未到上报时间', party: '' },
  ],
  outlets: [
    {
      outletId: 1,
      outletName: '一',
      enterprise: { id: 9, name: '某厂' },
      cells: [1, 1, 0, 1, 2, 3],
      missingFactors: [],
    },
    {
      outletId: 2,
      outletName: '二',
      enterprise: { id: 9, name: '某厂' },
      cells: [0, 0, 0, 1, 0, 3],
      missingFactors: [],
    },
  ],
}

test('consecutive hours of one reason are one spell; hours that are there or not due are none', () => {
  expect(
    missingSpells(data).map(({ outletId, start, hours, code }) => [outletId, start, hours, code]),
  ).toEqual([
    [1, 0, 2, 'not-sent'],
    [1, 3, 1, 'not-sent'],
    [1, 4, 1, 'device-stopped'],
    [2, 3, 1, 'not-sent'],
  ])
})

test('a stop explains an hour and is no loss', () => {
  expect(countMissing(data)).toEqual([
    { code: 'not-sent', text: '没有上报', party: '运维单位', hours: 4, outlets: 2 },
  ])
})
