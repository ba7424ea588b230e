import type { OutletFrame } from '@shanshui/fraud'
import { expect, test } from 'vitest'
import { copiedOutlets } from './copied-outlets.ts'

const hours = 24 * 30
const startMs = Float64Array.from({ length: hours }, (_, i) => i * 3_600_000)
const nan = new Float64Array(hours).fill(Number.NaN)
/** Uneven, and without any relation between two seeds. */
const noise = (seed: number) => (i: number) => {
  const x = Math.sin((i + 1) * 12.9898 * seed) * 43_758.5453
  return x - Math.floor(x)
}
const frame = (outlet: string, value: (i: number) => number, mark = ''): OutletFrame => ({
  outlet,
  medium: 'air',
  startMs,
  parameters: [
    {
      parameter: 'a21026',
      value: Float64Array.from({ length: hours }, (_, i) => value(i)),
      converted: nan,
      o2: nan,
      flow: nan,
      load: nan,
      mark: new Array<string>(hours).fill(mark),
      limit: nan,
      range: 200,
    },
  ],
})
const own = noise(1)
const other = noise(7)

test('four days that move as another outlet does are named with it; days before and after are not', () => {
  const copied = (i: number) => (i >= 240 && i < 336 ? 2 * own(i) + 5 : other(i))
  const [found, ...more] = copiedOutlets(
    frame('1', own),
    [{ name: '2 号烟囱', frame: frame('2', copied) }],
    0.6,
  )
  expect(more).toEqual([])
  // Windows of three days, a day apart; the step into the copy is none of its own.
  expect([found?.fromMs, found?.toMs]).toEqual([264 * 3_600_000, 336 * 3_600_000])
  expect(found?.explanation).toContain('2 号烟囱')
  expect(found).toMatchObject({ rule: 'F09', parameter: 'a21026', weight: 0.6, level: 'medium' })
})

test('outlets that always agree share a stack, and marked hours do not count', () => {
  expect(copiedOutlets(frame('1', own), [{ name: '同', frame: frame('2', own) }], 0.6)).toEqual([])
  const copied = (i: number) => (i >= 240 && i < 336 ? own(i) : other(i))
  expect(copiedOutlets(frame('1', own), [{ name: '标', frame: frame('2', copied, 'C') }], 0.6)).toEqual([])
})
