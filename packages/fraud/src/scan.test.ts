import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OutletFrame, ParameterSeries } from './frame.ts'
import { chance, frameOf, plant, write } from './plant.fixture.ts'
import { fraudRules } from './rules/index.ts'
import { scanOutlet } from './scan.ts'

const HOUR_MS = 3_600_000
const startMs = (n: number) => Float64Array.from({ length: n }, (_, i) => 1.7e12 + i * HOUR_MS)

function series(n: number, make: (i: number) => number, parameter = 'SO2'): ParameterSeries {
  const column = () => Float64Array.from({ length: n }, (_, i) => make(i))
  return {
    parameter,
    value: column(),
    converted: column(),
    o2: column(),
    flow: column(),
    load: column(),
    mark: [],
    limit: column(),
    range: column(),
  }
}

const frame = (n: number, parameters: readonly ParameterSeries[]): OutletFrame => ({
  outlet: 'x',
  medium: 'air',
  startMs: startMs(n),
  parameters,
})

describe('any numbers', () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e308, 5e-324),
  )
  const mark = fc.constantFrom(
    '',
    'N',
    'C',
    'M',
    'D',
    'F',
    'St',
    'B',
    'T',
    '停运',
    '校准',
    'garbage',
    '\u0000',
  )

  test('garbage never throws, scores stay in [0, 1), windows stay on the grid', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.array(value, { minLength: 1, maxLength: 50 }),
        fc.array(mark, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('SO2', 'NH3-N', 'TN', 'pH', 'O2', '流量', '湿度', 'x'),
        (n, values, marks, parameter) => {
          const garbage = (shift: number, name: string): ParameterSeries => ({
            ...series(n, (i) => values[(i * 7 + shift) % values.length] as number, name),
            mark: Array.from({ length: n }, (_, i) => marks[(i + shift) % marks.length] as string),
          })
          const made = frame(n, [garbage(0, parameter), garbage(3, 'NOx')])
          for (const lead of scanOutlet(made)) {
            expect(lead.score).toBeGreaterThan(0)
            expect(lead.score).toBeLessThan(1)
            expect(lead.fromMs).toBeLessThanOrEqual(lead.toMs)
            expect(made.startMs.includes(lead.fromMs) && made.startMs.includes(lead.toMs)).toBe(true)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test.each([0, 1, 2, 23, 24, 25, 167, 168, 169, 721])(
    '%i hours of nothing, zeros, or one value have no high lead',
    (n) => {
      for (const make of [() => Number.NaN, () => 0, () => 42])
        expect(
          scanOutlet(frame(n, [series(n, make), series(n, make, 'NOx')])).filter(
            ({ level }) => level === 'high',
          ),
        ).toEqual([])
    },
  )

  test('an outlet without parameters has no leads', () => {
    expect(scanOutlet(frame(100, []))).toEqual([])
  })

  test('an outlet that sends converted values only is read by those', () => {
    const made = plant(['SO2'])
    write(made, 0, 1000, 1060, () => 31)
    made.series[0]!.converted.fill(29, 1000, 1060)
    made.series[0]!.value.fill(Number.NaN)
    expect(scanOutlet(frameOf(made)).some(({ rule, level }) => rule === 'F27' && level === 'high')).toBe(true)
  })

  test('columns shorter than the grid count as missing', () => {
    const short = series(10, () => 5)
    expect(() => scanOutlet(frame(500, [short]))).not.toThrow()
  })
})

describe('what must not matter', () => {
  const tampered = (factor = 1, days = 90) => {
    const made = plant(['SO2', 'NOx'], days)
    write(made, 0, 1000, 1240, (v) => v * 0.45)
    write(made, 1, 400, 440, () => 31.5)
    for (const each of made.series)
      for (const column of [each.value, each.converted, each.limit, each.range])
        for (let i = 0; i < column.length; i++) column[i] = column[i]! * factor
    return frameOf(made)
  }
  const brief = (made: OutletFrame) =>
    scanOutlet(made).map(
      ({ rule, parameter, fromMs, toMs, level }) => `${rule} ${parameter} ${fromMs} ${toMs} ${level}`,
    )

  test('a scan of the same hours gives the same leads', () => {
    expect(scanOutlet(tampered())).toEqual(scanOutlet(tampered()))
  })

  test('other units give the same high leads', () => {
    const high = (made: OutletFrame) =>
      brief(made)
        .filter((line) => line.endsWith('high'))
        .sort()
    expect(high(tampered(1024))).toEqual(high(tampered()))
  })

  test('the order of the parameters', () => {
    const made = tampered()
    const turned = { ...made, parameters: made.parameters.toReversed() }
    const rules = (each: OutletFrame) =>
      brief(each)
        .filter((line) => line.endsWith('high'))
        .sort()
    expect(rules(turned)).toEqual(rules(made))
  })

  test('another outlet scanned before', () => {
    const alone = brief(tampered())
    scanOutlet(frameOf(plant(['CO'])))
    expect(brief(tampered())).toEqual(alone)
  })
})

describe('leads', () => {
  const made = plant()
  write(made, 0, 1000, 1050, () => 33.33)
  const leads = scanOutlet(frameOf(made))

  test('are ordered by score', () => {
    const scores = leads.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(leads[0]?.level).toBe('high')
  })

  test('of one rule are one for neighbouring windows, not one a day', () => {
    for (const { id } of fraudRules)
      expect(
        leads.filter(({ rule, parameter }) => rule === id && parameter === 'SO2').length,
        id,
      ).toBeLessThanOrEqual(2)
  })

  test('explain themselves', () => {
    for (const lead of leads) {
      expect(lead.explanation).toMatch(/[\u4e00-\u9fff].*[。]$/)
      expect(lead.explanation).not.toMatch(/NaN|undefined|Infinity/)
      expect(lead.refutation.length).toBeGreaterThan(5)
      expect(lead.threshold.length).toBeGreaterThan(3)
      expect(lead.hoursMs.length).toBeGreaterThan(0)
    }
  })

  test('a rule can be switched off, and asked for alone', () => {
    expect(scanOutlet(frameOf(made), { rules: ['F27'] }).every(({ rule }) => rule === 'F27')).toBe(true)
    const without = scanOutlet(frameOf(made), { weights: { F27: 0 } })
    expect(without.some(({ rule }) => rule === 'F27')).toBe(false)
  })
})

describe('the catalogue', () => {
  test('has F01 to F26 and no id twice', () => {
    const ids = fraudRules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (let k = 1; k <= 26; k++) expect(ids).toContain(`F${String(k).padStart(2, '0')}`)
  })

  test('no rule weighs more than 0.6, and every threshold says where it comes from', () => {
    for (const { id, weight, thresholds, title } of fraudRules) {
      expect(weight, id).toBeGreaterThan(0)
      expect(weight, id).toBeLessThanOrEqual(0.6)
      expect(thresholds.length, id).toBeGreaterThan(0)
      expect(title.zh.length * title.en.length, id).toBeGreaterThan(0)
      for (const { source, status } of thresholds)
        expect(source === 'design' ? status === 'design' : status === 'unverified', id).toBe(true)
    }
  })

  test('the weights of the published list are kept', () => {
    const weights: Record<string, number> = {
      F01: 0.3,
      F03: 0.3,
      F05: 0.5,
      F07: 0.3,
      F08: 0.6,
      F09: 0.6,
      F10: 0.3,
      F11: 0.3,
      F12: 0.5,
      F13: 0.4,
      F14: 0.4,
      F18: 0.6,
      F19: 0.4,
      F22: 0.5,
      F25: 0.5,
    }
    for (const { id, weight } of fraudRules)
      if (Number(id.slice(1)) <= 26) expect(weight, id).toBe(weights[id] ?? 0.2)
  })

  test('marks and values by chance alone make no high lead', () => {
    const n = 2000
    const noise = series(n, (i) => 20 + 10 * chance(i, 3))
    const blank = new Float64Array(n).fill(Number.NaN)
    const only = {
      ...noise,
      converted: blank,
      o2: blank,
      flow: blank,
      load: blank,
      range: blank,
      limit: blank,
    }
    expect(scanOutlet(frame(n, [only])).filter(({ level }) => level === 'high')).toEqual([])
  })
})
