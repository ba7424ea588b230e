// @vitest-environment happy-dom
import type { FigureDetail, FigureInputDay, FigureInputs, FigureRecord } from '@shanshui/contract'
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { answerWith, renderAt } from '../../testing/renderAt.tsx'
import { hexLines, visibleText } from './FigureRecordPart.tsx'
import { FigureSheet } from './FigureSheet.tsx'

const clause = { standard: 'HJ 663', at: '3.1' }
const summary = {
  id: 7,
  indicator: 'air.mean.pm25',
  value: 20,
  text: '20',
  unit: 'µg/m³',
  state: 'stale' as const,
  note: null,
  key: 'k',
  title: '甲市 2022 年 PM2.5 年均浓度',
  subject: { id: 1, name: '甲市' },
  period: { from: '2022-01-01', to: '2022-12-31' },
  edition: '2012' as const,
  sand: 'without' as const,
  stations: null,
  decimals: 0,
  computedAt: '2026-11-24T08:00:00+08:00',
}
const figure: FigureDetail = {
  ...summary,
  rounding: 'GB/T 8170 四舍六入五成双',
  basis: {
    standard: 'GB 3095-2012',
    edition: '2012',
    clauses: [clause],
    evaluator: 'air.period-statistics',
    evaluatorVersion: '1',
    formula: '(18 + 22) ÷ 2 = 20',
    inputs: { description: '城市日均值', count: 2, digest: 'aa11' },
    exclusions: [{ date: '2022-03-03', reason: '沙尘影响' }],
    trace: [{ rule: '算术平均', input: { n: 2 }, result: 20, clause }],
    unverified: ['HJ 663-2013 全文未核实'],
  },
  otherEditions: [{ ...summary, id: 8, edition: '2026-transition', text: '20' }],
  otherSand: null,
  dependsOn: [],
  usedBy: [],
  usedInReports: [{ reportId: 1, title: '年度报告', status: 'draft', sentence: 'PM2.5 年均浓度 20 µg/m³。' }],
  history: [
    { computedAt: '2026-11-24T08:00:00+08:00', value: 20, text: '20', digest: 'aa11', cause: '首次计算' },
  ],
  citation: '甲市 2022 年 PM2.5 年均浓度 20 µg/m³（GB 3095-2012）',
}
const inputs: FigureInputs = {
  figureId: 7,
  items: ['pm25'],
  digest: 'aa11',
  digestNow: 'bb22',
  days: [
    { pointId: 1, date: '2022-03-01', values: { pm25: 18 }, included: true, reason: null },
    { pointId: 1, date: '2022-03-02', values: { pm25: 22 }, included: true, reason: null },
    { pointId: 1, date: '2022-03-03', values: { pm25: 300 }, included: false, reason: '沙尘影响' },
  ],
}
const day: FigureInputDay = {
  figureId: 7,
  date: '2022-03-03',
  items: ['pm25'],
  stations: [
    {
      id: 3,
      name: '金河一站',
      day: { pm25: 300 },
      hours: [
        {
          hour: 1,
          at: '2022-03-03T00:00:00+08:00',
          values: { pm25: 311 },
          flags: { pm25: 'N' },
          marks: { pm25: 'S' },
          msg: '9001',
        },
      ],
    },
  ],
}
const record: FigureRecord = {
  msg: '9001',
  kind: 'frames',
  source: '10.0.0.9',
  receivedAt: '2022-03-03T01:00:02+08:00',
  text: '##0123QN=20220303010000\r\n',
  hex: '232330',
  bytes: 25,
}
const answers = {
  'GET /figures/7': { body: figure },
  'GET /figures/7/inputs': { body: inputs },
  'GET /figures/7/inputs/2022-03-03': { body: day },
  'GET /figures/records/9001': { body: record },
}

afterEach(cleanup)

test('shows the sentence, the formula with its numbers, the clause, the unverified rule and the state in words', async () => {
  answerWith(answers)
  await renderAt(<FigureSheet id={7} />, '/?figure=7')
  expect(await screen.findByText('(18 + 22) ÷ 2 = 20')).toBeTruthy()
  expect(screen.getByText('PM2.5 年均浓度 20 µg/m³。')).toBeTruthy()
  expect(screen.getAllByText('HJ 663 3.1').length).toBeGreaterThan(0)
  expect(screen.getByRole('button', { name: /待核实.*HJ 663-2013 全文未核实/ })).toBeTruthy()
  expect(screen.getByText('数据已变，待重算')).toBeTruthy()
  expect(screen.getByRole('button', { name: '立即重算' })).toBeTruthy()
})

test('says that the stored data have changed when the digests differ', async () => {
  answerWith(answers)
  await renderAt(<FigureSheet id={7} />, '/?figure=7')
  expect(await screen.findByText('数据库中的数据已改变')).toBeTruthy()
})

test('walks from a day to its hours to the raw frame by keyboard, and the address follows', async () => {
  answerWith(answers)
  const { search } = await renderAt(<FigureSheet id={7} />, '/?figure=7')
  const days = await screen.findByRole('slider')
  fireEvent.keyDown(days, { key: 'ArrowRight' })
  fireEvent.keyDown(days, { key: 'ArrowRight' })
  expect(days.getAttribute('aria-valuetext')).toContain('未采用：沙尘影响')
  fireEvent.keyDown(days, { key: 'Enter' })
  fireEvent.click(await screen.findByRole('button', { name: /311.*受沙尘影响/ }))
  expect(await screen.findByText(/##0123QN=20220303010000\\r\\n/)).toBeTruthy()
  expect(search().get('figureDay')).toBe('2022-03-03')
  expect(search().get('figureRecord')).toBe('9001')
})

test('the same figure under another edition opens in the same drawer', async () => {
  answerWith(answers)
  const { search } = await renderAt(<FigureSheet id={7} />, '/?figure=7&figureDay=2022-03-03')
  await screen.findByText('同口径比较')
  const [other] = screen.getAllByRole('button', { name: /^20/ })
  fireEvent.click(other!)
  expect(search().get('figure')).toBe('8')
  expect(search().has('figureDay')).toBe(false)
})

test('a refusal names what is closed, a fault names code and request', async () => {
  answerWith({
    'GET /figures/7': {
      status: 403,
      body: { type: '', title: '没有权限', status: 403, code: 'auth.forbidden' },
    },
  })
  await renderAt(<FigureSheet id={7} />)
  expect(await screen.findByText(/您的角色不能查看“数据项 7”/)).toBeTruthy()
  cleanup()
  answerWith({
    'GET /figures/7': {
      status: 500,
      body: {
        type: '',
        title: '系统内部错误',
        status: 500,
        code: 'server.bug',
        instance: 'urn:request:r-42',
      },
    },
  })
  await renderAt(<FigureSheet id={7} />)
  expect(await screen.findByText('系统内部错误')).toBeTruthy()
  expect(screen.getByText('server.bug')).toBeTruthy()
  expect(screen.getByText('r-42')).toBeTruthy()
})

test('bytes are printed sixteen a line with their offset, the closing CR LF visible', () => {
  expect(hexLines('2323303132330d0a')).toBe(`000000  ${'23 23 30 31 32 33 0d 0a'.padEnd(47)}  ##0123..`)
  expect(visibleText('ab\r\n')).toBe('ab\\r\\n\n')
})
