import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { outletOption } from './outletOption.ts'
import type { OutletRow } from './outletRows.ts'

const START = Date.parse('2026-11-20T00:00:00+08:00')
const t = ((key: string) => key) as unknown as TFunction<'monitoring'>

const row = (hour: number, value: number, patch: Partial<OutletRow> = {}): OutletRow => ({
  ms: START + hour * 3_600_000,
  value,
  measured: value,
  converted: null,
  reported: null,
  limit: 50,
  state: 'valid',
  reason: '',
  mark: '',
  exceeded: false,
  massKg: null,
  ...patch,
})

interface Option {
  readonly yAxis: readonly { readonly max?: number }[]
  readonly series: readonly {
    readonly data: readonly (readonly [number, number | null])[]
    readonly markLine?: { readonly data: readonly { readonly yAxis: number }[] }
  }[]
}
const optionOf = (rows: readonly OutletRow[]): Option =>
  outletOption({
    rows,
    info: { code: 'a21026', name: 'SO₂', unit: 'mg/m³', decimals: 1 },
    markNames: new Map(),
    revisions: [],
    t,
  }) as unknown as Option

test('the limit is drawn hour by hour and named at its last value', () => {
  const limit = optionOf([row(0, 40), row(1, 40, { limit: 35 }), row(2, 40, { limit: null })]).series[1]
  expect(limit?.data.map(([, value]) => value)).toEqual([50, 35, null])
  expect(limit?.markLine?.data[0]?.yAxis).toBe(35)
})

test('a limit far above the values is left out', () => {
  const limit = optionOf([row(0, 5), row(1, 6)]).series[1]
  expect(limit?.data.map(([, value]) => value)).toEqual([null, null])
  expect(limit?.markLine).toBeUndefined()
})

test('the value of an invalid hour does not press the others flat, and is not on the curve', () => {
  const { yAxis, series } = optionOf([row(0, 40), row(1, 900, { state: 'invalid' })])
  expect(yAxis[0]?.max).toBeLessThan(100)
  expect(series[0]?.data.map(([, value]) => value)).toEqual([40, null])
})
