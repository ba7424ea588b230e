import { expect, test } from 'vitest'
import { instantTooltip, onAxis, stateStrip, stripLayout } from './stateStrip.ts'

const START = Date.parse('2022-03-01T00:00:00+08:00')
const HOUR_MS = 3_600_000

test('a name in the tooltip is text, whatever stands in it', () => {
  const { formatter } = instantTooltip([{ ms: START, name: '<img src=x>' }], (row) => [row.name, '甲 & 乙'])
  expect(formatter([{ value: [onAxis(START), 1] }])).toBe('&#60;img src=x&#62;<br>甲 &#38; 乙')
  expect(formatter([{ value: [onAxis(START) + 1, 1] }])).toBe('')
})

test('hours are labelled by the city’s clock, midnights by their date, days by their date alone', () => {
  const label = (period: 'hour' | 'day', ms: number) => {
    const { xAxis } = stripLayout({ height: 200, stripTop: 240, zoomBottom: 2, period })
    const { axisLabel } = xAxis[1] as { axisLabel: { formatter: (ms: number) => string } }
    return axisLabel.formatter(onAxis(ms))
  }
  expect(label('hour', START)).toBe('03-01')
  expect(label('hour', START + HOUR_MS)).toBe('01:00')
  expect(label('day', START + HOUR_MS)).toBe('03-01')
})

test('a cell of the strip is as wide as its step and in the colour of its state', () => {
  const strip = stateStrip('状态', [{ ms: START, state: 'valid', colour: '#8fb8a2' }], HOUR_MS) as {
    renderItem: (params: { dataIndex: number }, api: object) => object | undefined
  }
  const api = { coord: ([x, y]: [number, number]) => [(x - onAxis(START)) / 60_000, 100 - y * 12] }
  expect(strip.renderItem({ dataIndex: 0 }, api)).toEqual({
    type: 'rect',
    shape: { x: 0, y: 88, width: 60, height: 12 },
    style: { fill: '#8fb8a2' },
  })
  expect(strip.renderItem({ dataIndex: 1 }, api)).toBeUndefined()
})
