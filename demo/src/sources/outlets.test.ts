import { checkUnifiedCredit, facilityOf, isIndustryCode, isPermitNumber } from '@shanshui/standards'
import { describe, expect, it } from 'vitest'
import { boundaries } from '../boundaries.ts'
import { dayOf, HOUR_MS } from '../calendar.ts'
import { DEMO_SEED } from '../year.ts'
import { parks } from './cast.ts'
import { registryFiles } from './features.ts'
import { OutletHours } from './outlet-hours.ts'
import { type DemoOutlet, demoEnterprises, demoOutlets } from './outlets.ts'
import { demoPermits } from './permits.ts'
import { storyOf } from './story.ts'

const anchorMs = Date.parse('2026-11-25T09:00:00+08:00')
const DAY_MS = 24 * HOUR_MS
const originMs = anchorMs - 40 * DAY_MS
const outlets = demoOutlets(DEMO_SEED)
const outlet = (key: string): DemoOutlet => outlets.find((each) => each.key === key)!
const hoursOf = (key: string, fromMs = originMs, toMs = anchorMs + 8 * DAY_MS) =>
  new OutletHours(outlet(key), storyOf(anchorMs).get(key) ?? [], fromMs, toMs)

function inside(code: number, lon: number, lat: number): boolean {
  const ring = boundaries(DEMO_SEED).get(code)!.coordinates[0]!
  let odd = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [ring[i]!, ring[j]!]
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) odd = !odd
  }
  return odd
}

describe('the cast', () => {
  it('is 38 enterprises with 110 outlets in three counties, and two parks', () => {
    expect([demoEnterprises(DEMO_SEED).length, outlets.length, parks.length]).toEqual([38, 110, 2])
    expect(new Set(outlets.map((each) => each.enterprise.regionCode))).toEqual(
      new Set([629001, 629002, 629021]),
    )
    for (const list of [outlets.map((each) => each.code), outlets.map((each) => each.mn)])
      expect(new Set(list).size).toBe(110)
  })

  it('has valid codes with region digits that are not given out, and the same ones every time', () => {
    expect(demoOutlets(DEMO_SEED)).toEqual(outlets)
    for (const { code, industry, regionCode } of demoEnterprises(DEMO_SEED)) {
      expect(checkUnifiedCredit(code)).toMatchObject({ ok: true, parts: { region: String(regionCode) } })
      expect(isIndustryCode(industry)).toBe(true)
    }
    for (const { mn } of outlets) expect(mn).toMatch(/^[0-9A-F]{24}$/)
  })

  it('stands in its county, and names facilities of the limit tables for its medium', () => {
    for (const { key, lon, lat, enterprise, cast, medium } of outlets) {
      expect([key, inside(enterprise.regionCode, lon, lat)]).toEqual([key, true])
      expect([key, facilityOf(cast.facility)?.medium]).toEqual([key, medium])
    }
  })

  it('is held by permits whose contradictions are the two that were put in', () => {
    const permits = demoPermits(DEMO_SEED, outlets, dayOf(anchorMs), 60)
    expect(permits).toHaveLength(38)
    for (const { number, document } of permits) {
      expect(isPermitNumber(number)).toBe(true)
      const sums = new Map<string, number>()
      for (const { annualTonnes } of document.outlets)
        for (const { pollutant, tonnes } of annualTonnes)
          sums.set(pollutant, (sums.get(pollutant) ?? 0) + tonnes)
      const wrong = document.totals.filter(
        ({ pollutant, tonnes }) => Math.abs(tonnes - (sums.get(pollutant) ?? 0)) > 0.001,
      )
      expect([number.slice(0, 18), wrong.length > 0]).toEqual([
        document.creditCode,
        document.creditCode === outlet('coking-DA001').enterprise.code,
      ])
    }
    const files = registryFiles(DEMO_SEED, outlets, permits, dayOf(anchorMs))
    expect(files.map(({ kind, features }) => [kind, features.length])).toEqual([
      ['park', 2],
      ['enterprise', 39], // one of them twice, under its old name
      ['outlet', 110],
      ['monitoring-device', 110],
      ['treatment-facility', outlets.reduce((sum, { cast }) => sum + cast.treatment.length, 0)],
      ['permit', 38],
    ])
  })
})

describe('hours of an outlet', () => {
  it('are the same however far they are asked for', () => {
    for (const key of ['cement-DA001', 'starch-DW001', 'ferro-DA001', 'chp-DA002', 'sewage1-DW001']) {
      const [short, long] = [hoursOf(key), hoursOf(key, originMs, anchorMs + 20 * DAY_MS)]
      for (let ms = originMs; ms < anchorMs + 7 * DAY_MS; ms += 5 * HOUR_MS)
        for (const { code } of short.factors)
          expect(long.value(code, '2061', ms)).toEqual(short.value(code, '2061', ms))
    }
  })

  it('keep their limits in a quiet city: honest outlets exceed in fewer than one hour in five hundred', () => {
    let [over, all] = [0, 0]
    for (const each of outlets) {
      if (storyOf(anchorMs).has(each.key)) continue
      const hours = new OutletHours(each, [], originMs, anchorMs)
      for (const { factor, limit } of each.factors)
        for (let ms = originMs; ms < anchorMs; ms += HOUR_MS) {
          const given = hours.value(factor, '2061', ms)
          if (given === null || given.flag !== 'N') continue
          all++
          if ((given.converted ?? given.value ?? 0) > limit) over++
        }
    }
    expect(all).toBeGreaterThan(150_000)
    expect(over / all).toBeLessThan(0.002)
  })

  it('tell the story: exceeding now, at night, a start, a fault, silence', () => {
    const ratio = (key: string, factor: string, ms: number) => {
      const given = hoursOf(key).value(factor, '2061', ms)
      const { limit } = outlet(key).factors.find((each) => each.factor === factor)!
      return (given?.converted ?? given?.value ?? Number.NaN) / limit
    }
    const day = (daysAgo: number, clock: number) =>
      Date.parse('2026-11-25T00:00:00+08:00') - daysAgo * DAY_MS + clock * HOUR_MS
    expect(ratio('steel-DA002', 'a21026', anchorMs - HOUR_MS)).toBeGreaterThan(1.4)
    expect(ratio('steel-DA002', 'a21026', anchorMs - 8 * HOUR_MS)).toBeLessThan(1)
    expect(ratio('copper-DA001', 'a34013', day(2, 2))).toBeGreaterThan(1.1)
    expect(ratio('sewage2-DW001', 'w21003', day(8, 12))).toBeGreaterThan(1.3)
    expect(ratio('chp-DA002', 'a21026', day(4, 10))).toBeGreaterThan(1.3)
    expect(hoursOf('chp-DA002').value('a21026', '2061', day(6, 0))?.flag).toBe('F')
    expect(hoursOf('smelter-DA003').value('a21026', '2061', day(1, 15))).toMatchObject({
      value: null,
      flag: 'D',
    })
    expect(hoursOf('meat-DW001').value('w00000', '2061', day(3, 12))).toBeNull()
  })

  it('come to their hour again in six tens of minutes', () => {
    const hours = hoursOf('chp-DA001')
    const ms = anchorMs - 3 * HOUR_MS
    const tens = [0, 1, 2, 3, 4, 5].map((i) => hours.value('a21002', '2051', ms + i * 600_000)!.value!)
    const mean = tens.reduce((sum, value) => sum + value, 0) / 6
    expect(mean).toBeCloseTo(hours.value('a21002', '2061', ms)!.value!, 6)
    expect(new Set(tens).size).toBeGreaterThan(3)
  })
})
