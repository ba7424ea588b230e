import { describe, expect, test } from 'vitest'
import {
  lookAlike,
  lookAlikes,
  OutletProcess,
  type ProcessHours,
  sectorKeys,
  sectors,
  tamper,
  tamperingKinds,
} from './index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const from = Date.parse('2025-01-01T00:00:00+08:00')
const of = (sector: (typeof sectorKeys)[number], days = 60, seed = 7) =>
  new OutletProcess({ id: 'x', sector, seed }).hours(from, from + days * DAY_MS)
const values = (hours: ProcessHours) => hours.series.flatMap(({ value }) => [...value])

describe('process model', () => {
  test.each(sectorKeys)('%s: an hour is the same, alone or within a year', (sector) => {
    const process = new OutletProcess({ id: 'x', sector, seed: 7 })
    const all = process.hours(from, from + 20 * DAY_MS)
    const at = 333
    const one = process.hours(from + at * HOUR_MS, from + (at + 1) * HOUR_MS)
    expect(one.series.map(({ value }) => value[0])).toEqual(all.series.map(({ value }) => value[at]))
    expect([one.load[0], one.o2[0], one.flow[0]]).toEqual([all.load[at], all.o2[at], all.flow[at]])
  })

  test.each(sectorKeys)(
    '%s: mostly within the limit, within the range, in steps of the instrument',
    (sector) => {
      const hours = of(sector, 365)
      for (const { value, converted, limit, range, step, mark } of hours.series) {
        const running = [...value.keys()].filter((i) => mark[i] === '' && hours.working[i] === 'running')
        const over = running.filter(
          (i) => (Number.isFinite(converted[i]) ? converted[i]! : value[i]!) > limit[i]!,
        )
        expect(over.length).toBeLessThan(0.12 * running.length)
        for (const i of running) {
          expect(value[i]).toBeGreaterThanOrEqual(0)
          expect(value[i]).toBeLessThanOrEqual(range[i]!)
          expect(Math.abs(value[i]! / step - Math.round(value[i]! / step))).toBeLessThan(1e-6)
        }
      }
    },
  )

  test('a converted value follows the reference oxygen of the sector', () => {
    const { series, o2 } = of('power')
    const [dust] = series
    const i = 500
    expect(dust!.converted[i]).toBeCloseTo((dust!.value[i]! * 15) / (21 - o2[i]!), 1)
    expect(sectors.power.o2?.reference).toBe(6)
  })

  test('marks of calibration and stops are there', () => {
    const marks = new Set(of('sinter', 365).series.flatMap(({ mark }) => mark))
    for (const mark of ['', 'C', 'M', 'F', 'St', 'Sd']) expect(marks).toContain(mark)
  })
})

describe('overlays', () => {
  const window = { fromMs: from + 20 * DAY_MS, toMs: from + 30 * DAY_MS }

  test.each(tamperingKinds)(
    '%s changes hours of its window, none before it, and not the honest hours',
    (kind) => {
      let changed = 0
      for (const sector of ['power', 'sewage', 'smelter-acid'] as const)
        for (const strength of [1, 2, 3] as const) {
          const honest = of(sector)
          const before = values(honest)
          const made = tamper(honest, { kind, ...window, strength, seed: 3 })
          expect(values(honest)).toEqual(before)
          expect(tamper(honest, { kind, ...window, strength, seed: 3 })).toEqual(made)
          const first = 20 * 24
          for (const [k, series] of made.series.entries()) {
            const own = honest.series[k]!
            expect(series.value.subarray(0, first)).toEqual(own.value.subarray(0, first))
            expect(series.value.subarray(30 * 24)).toEqual(own.value.subarray(30 * 24))
            for (let i = first; i < 30 * 24; i++)
              if (
                !Object.is(series.value[i], own.value[i]) ||
                !Object.is(series.converted[i], own.converted[i])
              )
                changed++
          }
        }
      expect(changed).toBeGreaterThan(500)
    },
  )

  test('cut values stay at or below the limit', () => {
    const made = tamper(of('power'), { kind: 'clipped', ...window, strength: 3, seed: 3 })
    for (const { converted, limit, mark } of made.series)
      for (let i = 20 * 24; i < 30 * 24; i++)
        if (mark[i] === '' && made.working[i] === 'running')
          expect(converted[i]).toBeLessThanOrEqual(limit[i]!)
  })

  test('one parameter alone leaves the others', () => {
    const honest = of('power')
    const made = tamper(honest, { kind: 'scaled', ...window, strength: 2, seed: 3, parameter: 'a21026' })
    expect(made.series[0]).toEqual(honest.series[0])
    expect(made.series[1]).not.toEqual(honest.series[1])
  })

  test.each(lookAlikes)('%s is deterministic and leaves the given hours', (kind) => {
    const honest = of('sewage')
    const before = values(honest)
    const episode = { kind, ...window, seed: 5 }
    expect(lookAlike(honest, episode)).toEqual(lookAlike(honest, episode))
    expect(values(honest)).toEqual(before)
  })
})
