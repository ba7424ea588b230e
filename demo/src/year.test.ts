import { createHash } from 'node:crypto'
import { type AirItem, rankWithTies, yearOnYear } from '@shanshui/standards'
import { describe, expect, it } from 'vitest'
import { items } from './climate.ts'
import { annualFigures } from './figures.ts'
import { nationalFile } from './files.ts'
import { goalsOf } from './goals.ts'
import { hourIndex } from './hours.ts'
import { peerIndexes } from './peers.ts'
import { stations } from './places.ts'
import { daysTouched, planYear } from './plan.ts'
import { DEMO_SEED, generateYear } from './year.ts'

/** Digest of the national file of 2022. It changes only when the demo city is meant to change. */
const PINNED_2022 = '90366845149f3a64f5657a9aadf09f35f52b26f5a8a62cd00569529b0858b118'

const year2021 = generateYear(DEMO_SEED, 2021)
const year2022 = generateYear(DEMO_SEED, 2022)

describe('the year 2022 of the demo city, computed from raw hours by the published rules', () => {
  const found = annualFigures(year2022)
  const before = annualFigures(year2021)

  it('has PM2.5 20, 11.1 % above the 18 of 2021', () => {
    expect([found.rounded.pm25, before.rounded.pm25]).toEqual([20, 18])
    expect(yearOnYear(found.rounded.pm25, before.rounded.pm25)).toBe(11.1)
  })

  it('has PM10 62, 6.9 % above the 58 of 2021', () => {
    expect([found.rounded.pm10, before.rounded.pm10]).toEqual([62, 58])
    expect(yearOnYear(found.rounded.pm10, before.rounded.pm10)).toBe(6.9)
  })

  it('has a composite index of 3.35', () => {
    expect(found.index).toBe(3.35)
  })

  it('has 316 excellent of 361 valid days, 87.5 %, sand days included', () => {
    expect([found.excellent, found.valid, found.ratio]).toEqual([316, 361, 87.5])
  })

  it('keeps every month complete although four days and the sand days are left out', () => {
    expect(year2022.plan.lostDays.size).toBe(4)
    expect(found.complete).toBe(true)
    expect(before.complete).toBe(true)
  })

  it('takes the seventh place of fourteen', () => {
    const others = peerIndexes(DEMO_SEED, Date.UTC(2023, 5, 1)).filter(({ period }) => period === '2022')
    const ranked = rankWithTies([
      ...others.map(({ code, index }) => ({ id: code, value: index })),
      { id: 'own', value: found.index },
    ])
    expect(ranked).toHaveLength(14)
    expect(ranked.find(({ id }) => id === 'own')).toMatchObject({ rank: 7, tied: false })
  })

  it('would come out differently with the sand data: the deduction matters', () => {
    const withSand = { ...year2022, plan: { ...year2022.plan, sand: [], sandDays: new Set<number>() } }
    const figures = annualFigures(withSand)
    expect(figures.rounded.pm10).toBeGreaterThan(70)
    expect(figures.excellent).toBe(316)
  })
})

describe('the generator', () => {
  it('gives the same bytes for the same seed', () => {
    const text = nationalFile(generateYear(DEMO_SEED, 2022), 0, 365 * 24).text
    expect(text).toBe(nationalFile(year2022, 0, 365 * 24).text)
    expect(createHash('sha256').update(text).digest('hex')).toBe(PINNED_2022)
  })

  it('gives other bytes, but the same figures, for another seed', () => {
    const other = generateYear(7, 2022)
    expect(nationalFile(other, 0, 48).text).not.toBe(nationalFile(year2022, 0, 48).text)
    expect(annualFigures(other).rounded).toEqual(annualFigures(year2022).rounded)
  })

  it('reaches its goals in every year to come, up to a leap year', () => {
    for (let year = 2023; year <= 2028; year++) {
      const found = annualFigures(generateYear(DEMO_SEED, year))
      expect([year, found.rounded.pm25, found.rounded.pm10]).toEqual([
        year,
        goalsOf(year).pm25,
        goalsOf(year).pm10,
      ])
    }
  })

  it('fails loudly when the goals contradict each other', () => {
    expect(() => generateYear(DEMO_SEED, 2022, { ...goalsOf(2022), pm10: 12 })).toThrow(/did not arrive/)
    expect(() => generateYear(DEMO_SEED, 2022, { ...goalsOf(2022), excellentDays: 350 })).toThrow(/sand days/)
    expect(() => generateYear(DEMO_SEED, 2022, { ...goalsOf(2022), index: 3.2 })).toThrow(/index 3.35/)
  })

  it('finds all years within six seconds on one core', () => {
    const started = performance.now()
    for (let year = 2021; year <= 2026; year++) generateYear(DEMO_SEED, year)
    expect(performance.now() - started).toBeLessThan(6000)
  })
})

describe('the hours', () => {
  it('are what an instrument shows: whole µg/m³, one decimal of CO', () => {
    for (const item of items) {
      const parts = item === 'co' ? 10 : 1
      const strange = year2022.hours[item].filter(
        (value) => !Number.isNaN(value) && (Math.round(value * parts) / parts !== value || value <= 0),
      )
      expect([item, ...strange]).toEqual([item])
    }
  })

  it('never have more PM2.5 than PM10', () => {
    const { pm25, pm10 } = year2022.hours
    expect(pm25.findIndex((value, i) => value >= pm10[i]!)).toBe(-1)
  })

  it('miss between 0.5 and 3 % of the values, and each missing hour has a mark', () => {
    for (const item of items) {
      const values = year2022.hours[item]
      let missing = 0
      let unexplained = 0
      values.forEach((value, i) => {
        if (!Number.isNaN(value)) return
        missing++
        if (!'BCDM'.includes(String.fromCharCode(year2022.marks[item][i]!))) unexplained++
      })
      expect(unexplained).toBe(0)
      expect(missing / values.length).toBeGreaterThan(0.005)
      expect(missing / values.length).toBeLessThan(0.03)
    }
  })

  it('reach beyond 1500 µg/m³ of PM10 in a sand storm, and only there', () => {
    const sandy = new Set(year2022.plan.sand.flatMap((episode) => daysTouched(episode)))
    let highest = 0
    let elsewhere = 0
    for (let s = 0; s < stations.length; s++) {
      for (let hour = 0; hour < 365 * 24; hour++) {
        const value = year2022.hours.pm10[hourIndex(year2022.plan, s, hour)]!
        if (sandy.has(Math.floor(hour / 24))) highest = Math.max(highest, value || 0)
        else elsewhere = Math.max(elsewhere, value || 0)
      }
    }
    expect(elsewhere).toBeLessThan(700)
    expect(highest).toBeGreaterThan(1500)
  })

  it('rise and fall together at the stations, for they breathe the same air', () => {
    for (const item of ['pm25', 'no2', 'o3'] as const) expect(correlation(item, 0, 3)).toBeGreaterThan(0.85)
  })

  it('have summer ozone, winter PM2.5 and a quieter Sunday', () => {
    expect(meanOf('o3', (month) => month === 7)).toBeGreaterThan(1.4 * meanOf('o3', (month) => month === 12))
    expect(meanOf('pm25', (month) => month === 1)).toBeGreaterThan(2 * meanOf('pm25', (month) => month === 7))
    expect(meanOf('no2', (_, weekday) => weekday === 0)).toBeLessThan(
      meanOf('no2', (_, weekday) => weekday === 3),
    )
  })
})

describe('the plan of a year', () => {
  it('takes no more sand days from a month than the 27 valid days leave', () => {
    for (let year = 2021; year <= 2030; year++) {
      const { dates, sandDays, lostDays } = planYear(DEMO_SEED, year, goalsOf(year))
      const left = new Map<number, number>()
      dates.forEach(({ month }, day) => {
        if (!sandDays.has(day) && !lostDays.has(day)) left.set(month, (left.get(month) ?? 0) + 1)
      })
      for (const [month, days] of left) expect(days).toBeGreaterThanOrEqual(month === 2 ? 25 : 27)
    }
  })

  it('never silences two stations at once outside the lost days, so that four of five carry the city', () => {
    const { outages, lostDays } = year2022.plan
    const single = outages.filter(({ fromHour }) => !lostDays.has(Math.floor(fromHour / 24)))
    for (const [i, outage] of single.entries()) {
      for (const other of single.slice(i + 1)) {
        expect(outage.fromHour < other.toHour && other.fromHour < outage.toHour).toBe(false)
      }
    }
  })
})

function correlation(item: AirItem, a: number, b: number): number {
  const pairs: [number, number][] = []
  for (let hour = 0; hour < 365 * 24; hour++) {
    const x = year2022.hours[item][hourIndex(year2022.plan, a, hour)]!
    const y = year2022.hours[item][hourIndex(year2022.plan, b, hour)]!
    if (!Number.isNaN(x) && !Number.isNaN(y)) pairs.push([x, y])
  }
  const mx = pairs.reduce((sum, [x]) => sum + x, 0) / pairs.length
  const my = pairs.reduce((sum, [, y]) => sum + y, 0) / pairs.length
  let xy = 0
  let xx = 0
  let yy = 0
  for (const [x, y] of pairs) {
    xy += (x - mx) * (y - my)
    xx += (x - mx) ** 2
    yy += (y - my) ** 2
  }
  return xy / Math.sqrt(xx * yy)
}

function meanOf(item: AirItem, chosen: (month: number, weekday: number) => boolean): number {
  let sum = 0
  let count = 0
  year2022.plan.dates.forEach(({ month, weekday }, day) => {
    if (!chosen(month, weekday)) return
    for (let hour = 0; hour < 24; hour++) {
      const value = year2022.hours[item][hourIndex(year2022.plan, 0, day * 24 + hour)]!
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
  })
  return sum / count
}
