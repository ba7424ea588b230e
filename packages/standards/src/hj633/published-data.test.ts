import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type AirItem, airItems } from '../gb3095/items.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { dayMean, eightHourMean, mda8 } from '../hj663/daily.ts'
import { type AirValues, dayAqi, hourAqi } from './aqi.ts'
import { aqiLevels, levelOf, levelRow } from './levels.ts'

type Line = Record<string, string>

function readTable(name: string): Line[] {
  const path = new URL(`../../fixtures/air/${name}`, import.meta.url)
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell])))
}

const label: Record<AirItem, string> = {
  pm25: 'PM2.5',
  pm10: 'PM10',
  o3: 'O3',
  no2: 'NO2',
  so2: 'SO2',
  co: 'CO',
}
const cell = (text: string | undefined) => (text === undefined || text === '' ? null : Number(text))
const hourValues = (line: Line) =>
  Object.fromEntries(airItems.map((item) => [item, cell(line[label[item]])])) as Record<
    AirItem,
    number | null
  >

const hourly = readTable('hourly_sites_20190311_0317.csv')

describe('national platform, 11 stations, March 2019', () => {
  test('the published hourly AQI is reproduced 1,826 times of 1,826', () => {
    const published = hourly.filter((line) => line.AQI !== '')
    const agreeing = published.filter((line) => hourAqi(hourValues(line), '2012').aqi === Number(line.AQI))
    expect(hourly).toHaveLength(1836)
    expect(published).toHaveLength(1826)
    expect(agreeing).toHaveLength(1826)
  })

  const days = naturalDays()

  test.each(['pm25', 'pm10', 'so2', 'no2'] as const)(
    'the 24 h mean of %s at label 24 is the half-even mean of 24 hours',
    (item) => {
      let compared = 0
      for (const day of days) {
        const published = cell(day[23]?.[`${label[item]}_24h`])
        const hours = day.map((line) =>
          line === undefined ? Number.NaN : (hourValues(line)[item] ?? Number.NaN),
        )
        if (published === null || hours.some(Number.isNaN)) continue
        compared++
        expect(roundHalfEven(dayMean(hours).value, 0)).toBe(published)
      }
      expect(compared).toBeGreaterThan(25)
    },
  )

  test('the 8 h mean of ozone at labels 8…24 is the half-even mean of its hours', () => {
    let compared = 0
    for (const day of days) {
      const hours = day.map((line) => (line === undefined ? Number.NaN : (hourValues(line).o3 ?? Number.NaN)))
      for (let hour = 8; hour <= 24; hour++) {
        const published = cell(day[hour - 1]?.O3_8h)
        if (published === null || hours.slice(hour - 8, hour).some(Number.isNaN)) continue
        compared++
        expect(eightHourMean(hours, hour)).toBe(published)
      }
    }
    expect(compared).toBeGreaterThan(900)
  })

  test('the daily maximum 8 h of the platform at label 24 is MDA8 over labels 8…24', () => {
    let compared = 0
    for (const day of days) {
      const published = cell(day[23]?.O3_8h_24h)
      const hours = day.map((line) => (line === undefined ? Number.NaN : (hourValues(line).o3 ?? Number.NaN)))
      if (published === null || hours.some(Number.isNaN)) continue
      compared++
      expect(mda8(hours, 160).value).toBe(published)
    }
    expect(compared).toBeGreaterThan(40)
  })

  /** Labels 1…24 of one station and date; label 24 is hour 0 of the next date. */
  function naturalDays(): (Line | undefined)[][] {
    const at = new Map(hourly.map((line) => [`${line.site} ${line.date} ${line.hour}`, line]))
    const sites = [...new Set(hourly.map(({ site }) => site))]
    const dates = [...new Set(hourly.map(({ date }) => date as string))].toSorted()
    return sites.flatMap((site) =>
      dates.map((date) =>
        Array.from({ length: 24 }, (_, index) =>
          index < 23 ? at.get(`${site} ${date} ${index + 1}`) : at.get(`${site} ${Number(date) + 1} 0`),
        ),
      ),
    )
  }
})

describe('national platform, original layout, 20 March 2019', () => {
  test('every published AQI is reproduced', () => {
    const lines = readTable('china_sites_layout_20190320.csv')
    const stations = Object.keys(lines[0]!).slice(3)
    let compared = 0
    for (const hour of new Set(lines.map((line) => line.hour)))
      for (const station of stations) {
        const value = (type: string) =>
          cell(lines.find((line) => line.hour === hour && line.type === type)?.[station])
        const published = value('AQI')
        if (published === null) continue
        const values = Object.fromEntries(airItems.map((item) => [item, value(label[item])])) as AirValues
        compared++
        expect(hourAqi(values, '2012').aqi).toBe(published)
      }
    expect(compared).toBeGreaterThan(300)
  })
})

describe('Guangdong, sand days of 2023', () => {
  const cities = readTable('gd_sand_days_2023.csv')
  const romans = ['I', 'II', 'III', 'IV', 'V', 'VI']

  test('class and level follow from the published AQI', () => {
    expect(cities).toHaveLength(57)
    for (const line of cities) {
      const level = levelOf(Number(line.AQI))
      expect(levelRow(level).class).toBe(line.category)
      expect(romans[level - 1]).toBe(line.level)
    }
    expect(aqiLevels).toHaveLength(6)
  })

  test('the published AQI kept the deducted PM10: 20 equal the rest, 37 are above it', () => {
    const differences = cities.map((line) => {
      const values = { ...hourValues({ ...line, O3: line.O3_8h ?? '' }) }
      return Number(line.AQI) - (dayAqi(values, '2012').aqi ?? 0)
    })
    expect(differences.filter((difference) => difference === 0)).toHaveLength(20)
    expect(differences.filter((difference) => difference > 0)).toHaveLength(37)
  })
})
