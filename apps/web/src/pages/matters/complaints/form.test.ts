import { expect, test } from 'vitest'
import { bodyOf, emptyTyped, faultsOf, particularFaults, type Typed } from './form.ts'

const good: Typed = { ...emptyTyped, regionCode: 629_001, content: '夜里有刺鼻气味' }

test('county and text are asked for; a name only of a named one', () => {
  expect(faultsOf(emptyTyped)).toEqual(['regionCode', 'content'])
  expect(faultsOf(good)).toEqual([])
  expect(faultsOf({ ...good, named: true })).toEqual(['name'])
  expect(faultsOf({ ...good, named: true, name: '王小明', phone: '不详' })).toEqual(['phone'])
})

test.each([
  ['', '', []],
  ['102.1', '38.5', []],
  ['102.1', '', ['position']],
  ['38.5', '102.1', ['position']],
  ['东经', '38.5', ['position']],
])('position %s, %s: %j', (lon, lat, faults) => {
  expect(particularFaults({ ...good, lon, lat })).toEqual(faults)
})

test('of an anonymous one nothing about the person is sent, whatever was typed before', () => {
  const body = bodyOf({ ...good, named: false, name: '王小明', phone: '13800001111' }, 'c-12345678')
  expect(JSON.stringify(body)).not.toMatch(/王小明|13800001111/)
  expect(bodyOf({ ...good, named: true, name: ' 王小明 ' }, 'c-12345678')?.complainant).toEqual({
    name: '王小明',
  })
})

test('the time of receipt is Beijing time', () => {
  expect(bodyOf({ ...good, receivedAt: '2026-11-23T08:30' }, 'c-12345678')?.receivedAt).toBe(
    '2026-11-23T08:30:00+08:00',
  )
})
