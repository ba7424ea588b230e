import { describe, expect, test } from 'vitest'
import { airItemInfo, airItems } from '../gb3095/items.ts'
import { airParameters } from './air.ts'
import { parameterByCode, parameters, parametersByOldCode, unreliableUnits } from './catalogue.ts'
import { noiseParameters } from './noise.ts'
import { typeDigits } from './parameter.ts'
import { waterParameters } from './water.ts'

describe('HJ 212-2017 tables B.1, B.2, B.3', () => {
  test('63 water, 121 gas and 12 noise codes, each once', () => {
    expect([waterParameters.length, airParameters.length, noiseParameters.length]).toEqual([63, 121, 12])
    expect(new Set(parameters.map(({ code }) => code)).size).toBe(parameters.length)
  })

  test('old codes of 2005 lead to the new ones', () => {
    expect(parametersByOldCode('011').map(({ code }) => code)).toEqual(['w01018'])
    expect(parametersByOldCode('02').map(({ code }) => code)).toEqual(['a21026'])
    expect(parametersByOldCode('S01').map(({ code }) => code)).toEqual(['a19001'])
    expect(parametersByOldCode('B02').map(({ code }) => code)).toEqual(['a00000'])
    const old = parameters.flatMap(({ oldCode }) => oldCode ?? [])
    expect(new Set(old).size).toBe(old.length)
  })

  test('rows carry unit, emission unit and type', () => {
    expect(parameterByCode('w21003')).toMatchObject({
      zh: '氨氮',
      unit: 'mg/L',
      emissionUnit: 'kg',
      type: 'N4.2',
    })
    expect(parameterByCode('a21002')).toMatchObject({
      oldCode: '03',
      zh: '氮氧化物',
      unit: 'mg/m³',
      type: 'N5.1',
    })
    expect(parameterByCode('Leq')).toMatchObject({ unit: 'dB', type: 'N3.1' })
    expect(parameterByCode('x99999')).toBeUndefined()
  })

  test('every air item has its row, ozone among the extras', () => {
    for (const item of airItems) expect(parameterByCode(airItemInfo[item].code)).toBeDefined()
    expect(airParameters.some(({ code }) => code === 'a05024')).toBe(false)
  })

  test('types are digits before and after the point', () => {
    expect(typeDigits('N3.1')).toEqual({ whole: 3, decimals: 1 })
    expect(typeDigits('N9')).toEqual({ whole: 9, decimals: 0 })
    expect(typeDigits(null)).toBeNull()
    for (const { type } of parameters) if (type !== null) expect(typeDigits(type)).not.toBeNull()
  })

  test('the unreliable default units are all ng/m³', () => {
    for (const code of unreliableUnits) expect(parameterByCode(code)?.unit).toBe('ng/m³')
  })
})
