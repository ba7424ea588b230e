import { describe, expect, it } from 'vitest'
import { DemoAir } from './air.ts'
import { HOUR_MS } from './calendar.ts'
import { nationalFile } from './files.ts'
import { DEMO_SEED } from './year.ts'

const air = new DemoAir(DEMO_SEED)
const noon = Date.parse('2026-07-20T12:00:00+08:00')

describe('the live air', () => {
  it('has the hours of the files: label 13 is the hour that starts at noon', () => {
    const { text } = nationalFile(air.year(2026), 0, 365 * 24)
    const line = text.split('\n').find((row) => row.startsWith('20260720,13,PM10,'))!
    const fromFile = line.split(',').slice(3)
    const live = [0, 1, 2, 3, 4].map((station) => air.hour(station, noon).pm10.value)
    expect(fromFile.map((field) => (field === '' ? Number.NaN : Number(field)))).toEqual(live)
  })

  it('shows instants whose mean over the hour is near the mean of the hour', () => {
    const { value } = air.hour(1, noon).o3
    let sum = 0
    for (let s = 0; s < 3600; s += 30) sum += air.instant(1, noon + s * 1000).o3.value
    expect(sum / 120 / value).toBeGreaterThan(0.9)
    expect(sum / 120 / value).toBeLessThan(1.1)
  })

  it('says with a mark why an hour is missing, and shows no instants in it', () => {
    for (let hour = 0; hour < 24 * 60; hour++) {
      const startMs = noon + hour * HOUR_MS
      const { value, mark } = air.hour(2, startMs).co
      expect(Number.isNaN(value)).toBe(mark !== 'N')
      if (Number.isNaN(value)) expect(air.instant(2, startMs + 60_000).co.value).toBeNaN()
    }
  })

  it('goes on over New Year', () => {
    const eve = Date.parse('2026-12-31T23:40:00+08:00')
    expect(air.instant(0, eve).pm10.mark).toBeTruthy()
    expect(air.hour(0, Date.parse('2027-01-01T00:00:00+08:00')).pm10.mark).toBeTruthy()
  })
})
