import { expect, test } from 'vitest'
import { outletName, unitText } from './names.ts'

test('the plant is not named twice, an outlet is never left without a name', () => {
  expect(outletName('某钢铁有限公司2 号烧结机头烟囱', '某钢铁有限公司')).toBe('2 号烧结机头烟囱')
  expect(outletName('总排口', '某钢铁有限公司')).toBe('总排口')
  expect(outletName('某钢铁有限公司', '某钢铁有限公司')).toBe('某钢铁有限公司')
})

test('cubic metres are written with a raised three', () => {
  expect(['mg/m3', 'g/m3', 'mg/L', 'mg/m³'].map(unitText)).toEqual(['mg/m³', 'g/m³', 'mg/L', 'mg/m³'])
})
