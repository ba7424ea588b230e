import { type AirItem, airItems, evaluatorById } from '@shanshui/standards'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { airWindow } from './air-window.ts'
import { dayNumber, periodKind, periodText, yearBefore } from './civil-day.ts'
import { type DayTable, emptyItemValues, itemDigest } from './day-table.ts'
import { closureOf, type FigureData, figureEngine, indicators } from './figure-engine.ts'
import type { FigureRequest } from './figure-request.ts'
import { indexInterval, standingOf } from './indicators-of-index.ts'

type Day = Record<AirItem, number>
const day = (over: Partial<Day> = {}): Day => ({
  pm25: 20,
  pm10: 62,
  o3: 130,
  no2: 28,
  so2: 12,
  co: 0.9,
  ...over,
})

function table(
  from: string,
  days: readonly Partial<Day>[],
  sandDays: Readonly<Record<number, { pm10: number; pm25: number }>> = {},
): DayTable {
  const measured = emptyItemValues(days.length)
  const noSand = emptyItemValues(days.length)
  const sand = new Uint8Array(days.length)
  for (const [i, values] of days.entries()) {
    for (const item of airItems) {
      measured[item][i] = values[item] ?? Number.NaN
      noSand[item][i] = values[item] ?? Number.NaN
    }
    const without = sandDays[i]
    if (without === undefined) continue
    sand[i] = 1
    noSand.pm10[i] = without.pm10
    noSand.pm25[i] = without.pm25
  }
  return { pointIds: [7], firstDay: dayNumber(from), days: days.length, measured, noSand, sand }
}

const dataOf = (days: DayTable): FigureData => ({
  table: () => days,
  subjectName: () => '祁川市',
  peers: (from, to) => ({
    from,
    to,
    entries: [
      { code: 'A', name: '甲市', index: 3.1, source: '' },
      { code: 'B', name: '乙市', index: 9.9, source: '' },
    ],
  }),
})

const request = (indicator: string, over: Partial<FigureRequest> = {}): FigureRequest => ({
  indicator,
  subjectId: 7,
  from: '2022-01-01',
  to: '2022-12-31',
  edition: '2012',
  sand: 'without',
  stations: null,
  ...over,
})

const twoYears = (() => {
  const base = Array.from({ length: 365 }, () => day({ pm25: 18, pm10: 58 }))
  const now = Array.from({ length: 365 }, (_, i) => (i < 4 ? {} : i < 49 ? day({ o3: 170 }) : day()))
  return table('2021-01-01', [...base, ...now])
})()

describe('figures over the days of 2022', () => {
  const engine = figureEngine(dataOf(twoYears))

  it('gives PM2.5 20 and +11.1 % on 18, recomputed under the same edition', () => {
    expect(engine.figure(request('air.mean.pm25')).text).toBe('20')
    const change = engine.figure(request('air.yoy.pm25'))
    expect(change.text).toBe('+11.1')
    expect(change.basis.formula).toBe('(20 − 18) ÷ 18 × 100% = 11.1%')
    expect(engine.figure(request('air.yoy.pm10')).text).toBe('+6.9')
  })

  it('gives 87.5 % as 316 of 361 and names the four excluded days', () => {
    expect(engine.figure(request('air.excellent.days')).value).toBe(316)
    expect(engine.figure(request('air.excellent.valid')).value).toBe(361)
    const ratio = engine.figure(request('air.excellent.ratio'))
    expect(ratio.text).toBe('87.5')
    expect(ratio.basis.formula).toBe('316 ÷ 361 × 100% = 87.5%')
    expect(ratio.basis.exclusions.map((e) => e.date)).toEqual([
      '2022-01-01',
      '2022-01-02',
      '2022-01-03',
      '2022-01-04',
    ])
  })

  it('shows the sum of the index with its numbers filled in', () => {
    const index = engine.figure(request('air.index'))
    expect(index.basis.formula).toContain('20/35 = 0.5714')
    expect(index.basis.formula).toContain('62/70 = 0.8857')
    expect(index.dependsOn).toHaveLength(6)
  })

  it('ranks second of three', () => {
    const rank = engine.figure(request('air.rank'))
    expect(rank.value).toBe(2)
    expect(rank.basis.formula).toContain('3 个城市')
  })

  it('says when the data of a year are incomplete, and gives the value for reference', () => {
    const half = table(
      '2022-01-01',
      Array.from({ length: 365 }, (_, i) => (i % 2 === 0 ? day() : {})),
    )
    const figure = figureEngine(dataOf(half)).figure(request('air.mean.pm25'))
    expect(figure.text).toBe('20')
    expect(figure.note).toContain('仅供参考')
  })

  it('prints a dash and says why when there is no value', () => {
    const none = table(
      '2021-01-01',
      Array.from({ length: 730 }, () => ({})),
    )
    const figure = figureEngine(dataOf(none)).figure(request('air.index'))
    expect([figure.value, figure.text]).toEqual([null, '—'])
    expect(figure.note).toContain('不能计算综合指数')
  })
})

describe('sand', () => {
  const days = Array.from({ length: 365 }, (_, i) => (i === 100 ? day({ pm10: 900, pm25: 200 }) : day()))
  const engine = figureEngine(
    dataOf(table('2022-01-01', days, { 100: { pm10: Number.NaN, pm25: Number.NaN } })),
  )

  it('takes PM10 and PM2.5 without the sand day and says which day', () => {
    const without = engine.figure(request('air.mean.pm10'))
    expect(without.text).toBe('62')
    expect(without.basis.exclusions).toEqual([{ date: '2022-04-11', reason: '受沙尘影响，扣除' }])
    expect(engine.figure(request('air.mean.pm10', { sand: 'with' })).text).toBe('64')
  })

  it('keeps the sand day in the share of excellent days', () => {
    expect(engine.figure(request('air.excellent.days')).value).toBe(364)
    expect(engine.figure(request('air.excellent.valid')).value).toBe(365)
    expect(engine.figure(request('air.sand.exceed-share')).text).toBe('0.3')
    expect(engine.figure(request('air.excellent.ratio-less-sand')).text).toBe('100.0')
  })

  it('is one figure with and without sand where sand changes nothing', () => {
    expect(engine.figure(request('air.mean.so2')).key).toBe(
      engine.figure(request('air.mean.so2', { sand: 'with' })).key,
    )
  })
})

describe('the same data under two editions', () => {
  it('counts a day of PM2.5 72 as excellent under 2012 and not under 2026', () => {
    const engine = figureEngine(
      dataOf(
        table(
          '2022-01-01',
          Array.from({ length: 365 }, () => day({ pm25: 72 })),
        ),
      ),
    )
    expect(engine.figure(request('air.excellent.ratio')).text).toBe('100.0')
    expect(engine.figure(request('air.excellent.ratio', { edition: '2026-transition' })).text).toBe('0.0')
  })

  it('says that a year across the change of standards is judged by one edition', () => {
    const engine = figureEngine(
      dataOf(
        table(
          '2026-01-01',
          Array.from({ length: 200 }, () => day()),
        ),
      ),
    )
    const figure = engine.figure(
      request('air.mean.pm25', { from: '2026-01-01', to: '2026-06-30', edition: '2026-transition' }),
    )
    expect(figure.basis.unverified.some((u) => u.includes('跨越标准更替'))).toBe(true)
  })
})

describe('what a figure stands on', () => {
  it('names a registered evaluator', () => {
    for (const indicator of indicators)
      expect(evaluatorById(indicator.evaluator), indicator.indicator).toBeDefined()
  })

  it('puts every dependency before its dependents', () => {
    const seen: string[] = []
    for (const r of closureOf([request('air.rank'), request('air.index.change')])) {
      seen.push(`${r.indicator}|${r.from}`)
    }
    expect(seen.indexOf('air.index|2022-01-01')).toBeGreaterThan(seen.indexOf('air.mean.pm25|2022-01-01'))
    expect(seen.indexOf('air.rank|2022-01-01')).toBeGreaterThan(seen.indexOf('air.index|2022-01-01'))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('gives the same digest for the same values and another for any other', () => {
    const days = Array.from({ length: 40 }, () => day())
    const a = itemDigest(table('2022-01-01', days), 'pm25', 'with')
    expect(itemDigest(table('2022-01-01', days), 'pm25', 'with')).toBe(a)
    days[17] = day({ pm25: 20.001 })
    expect(itemDigest(table('2022-01-01', days), 'pm25', 'with')).not.toBe(a)
    expect(itemDigest(table('2022-01-01', days), 'pm10', 'with')).toBe(
      itemDigest(
        table(
          '2022-01-01',
          days.map((d) => ({ ...d, pm25: 1 })),
        ),
        'pm10',
        'with',
      ),
    )
  })

  it('changing one day changes the digest of exactly the figures that read it (property)', () => {
    const base = Array.from({ length: 59 }, () => day())
    const spans = [
      ['2022-01-01', '2022-01-31'],
      ['2022-02-01', '2022-02-28'],
    ] as const
    fc.assert(
      fc.property(fc.nat({ max: 58 }), fc.constantFrom(...airItems), (at, item) => {
        const changed = base.map((d, i) => (i === at ? { ...d, [item]: d[item] + 1 } : d))
        const [before, after] = [
          figureEngine(dataOf(table('2022-01-01', base))),
          figureEngine(dataOf(table('2022-01-01', changed))),
        ]
        for (const [from, to] of spans) {
          for (const other of airItems) {
            const r = request(`air.max.${other}`, { from, to })
            const inSpan = at < 31 === (from === '2022-01-01')
            expect(before.figure(r).digest !== after.figure(r).digest).toBe(inSpan && other === item)
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('missing data as an interval (property)', () => {
  const value = fc.integer({ min: 1, max: 300 })
  const anyDay = fc.record({
    pm25: value,
    pm10: value,
    o3: value,
    no2: value,
    so2: value,
    co: fc.integer({ min: 1, max: 50 }).map((v) => v / 10),
  })

  it('the true index and the true rank lie inside, whatever days are masked', () => {
    fc.assert(
      fc.property(
        fc.array(anyDay, { minLength: 12, maxLength: 40 }),
        fc.array(fc.nat({ max: 39 }), { maxLength: 10 }),
        fc.array(
          fc.integer({ min: 50, max: 1500 }).map((v) => v / 100),
          { minLength: 1, maxLength: 13 },
        ),
        (days, masked, peerIndexes) => {
          const full = table('2022-01-01', days)
          const holes = table(
            '2022-01-01',
            days.map((d, i) => (masked.includes(i) ? {} : d)),
          )
          const to = new Date(Date.UTC(2022, 0, days.length)).toISOString().slice(0, 10)
          const truth = indexInterval(airWindow(full, '2022-01-01', to, '2012'), 'with')
          expect(truth.low).toBe(truth.high)
          const interval = indexInterval(airWindow(holes, '2022-01-01', to, '2012'), 'with', full)
          expect(interval.low).toBeLessThanOrEqual(truth.low)
          expect(interval.high).toBeGreaterThanOrEqual(truth.low)
          const peers = {
            from: '2022-01-01',
            to,
            entries: peerIndexes.map((index, i) => ({ code: `P${i}`, name: `P${i}`, index, source: '' })),
          }
          const rank = standingOf(truth.low, truth, peers).rank ?? Number.NaN
          const hidden = {
            ...peers,
            entries: peers.entries.map((p, i) => (i % 3 === 0 ? { ...p, index: Number.NaN } : p)),
          }
          const standing = standingOf(null, interval, hidden)
          expect(standing.best).toBeLessThanOrEqual(rank)
          expect(standing.worst).toBeGreaterThanOrEqual(rank)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('civil periods', () => {
  it('names whole months, quarters, half-years and years', () => {
    expect(periodKind('2022-01-01', '2022-12-31')).toBe('year')
    expect(periodKind('2024-02-01', '2024-02-29')).toBe('month')
    expect(periodKind('2022-04-01', '2022-06-30')).toBe('quarter')
    expect(periodKind('2022-07-01', '2022-12-31')).toBe('half-year')
    expect(periodKind('2022-01-01', '2022-09-12')).toBe('to-date')
    expect(periodText('2022-01-01', '2022-09-12')).toBe('2022年1月1日—9月12日')
  })

  it('puts a whole February on a whole February and drops 29 February otherwise', () => {
    expect(yearBefore('2025-02-01', '2025-02-28')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
    expect(yearBefore('2024-01-01', '2024-02-29')).toEqual({ from: '2023-01-01', to: '2023-02-28' })
    expect(yearBefore('2022-01-01', '2022-12-31')).toEqual({ from: '2021-01-01', to: '2021-12-31' })
  })
})
