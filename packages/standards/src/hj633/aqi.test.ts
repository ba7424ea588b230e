import { describe, expect, test } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { type AirValues, aqiOfParts, dayAqi, hourAqi, mayOmitItem } from './aqi.ts'
import { evaluateDayAqi, evaluateHourAqi } from './evaluate.ts'
import { forecastText, publication } from './forecast.ts'
import { aqiLevels, levelOf, levelRow, sensitiveGroups } from './levels.ts'

const values = (given: Partial<AirValues>): AirValues => ({
  pm25: null,
  pm10: null,
  o3: null,
  no2: null,
  so2: null,
  co: null,
  ...given,
})

describe('HJ 633: AQI, level, primary pollutant of published and worked cases', () => {
  test('B1 Guangzhou 2025-04-13, PM deducted', () => {
    const result = dayAqi(values({ so2: 6, no2: 25, co: 0.4, o3: 87 }), '2012')
    expect(result.iaqi).toMatchObject({ so2: 6, no2: 32, co: 10, o3: 44 })
    expect(result).toMatchObject({ aqi: 44, level: 1, primary: [] })
  })

  test('B2 Guangzhou 2025-04-14', () => {
    const result = dayAqi(values({ so2: 8, no2: 51, co: 0.6, o3: 158 }), '2012')
    expect(result.iaqi).toMatchObject({ so2: 8, no2: 64, co: 15, o3: 99 })
    expect(result).toMatchObject({ aqi: 99, level: 2, primary: ['o3'] })
  })

  test('B3 Shenzhen 2025-04-15', () => {
    const result = dayAqi(values({ so2: 8, no2: 44, co: 0.7, o3: 178 }), '2012')
    expect(result.iaqi).toMatchObject({ so2: 8, no2: 55, co: 18, o3: 117 })
    expect(result).toMatchObject({ aqi: 117, level: 3, primary: ['o3'] })
  })

  test('B4 site 1001A 2019-01-01 0 h, ozone missing, published all the same', () => {
    const result = hourAqi(values({ pm25: 53, pm10: 76, so2: 15, no2: 75, co: 1.2 }), '2012')
    expect(result.iaqi).toEqual({ pm25: 73, pm10: 63, so2: 5, no2: 38, co: 12, o3: null })
    expect(result).toMatchObject({ aqi: 73, level: 2, primary: ['pm25'] })
  })

  test('B5 site 1300A 2019-01-01 3 h', () => {
    const result = hourAqi({ pm25: 112, pm10: 512, so2: 47, no2: 91, o3: 8, co: 1.7 }, '2012')
    expect(result).toMatchObject({ aqi: 412, level: 6, primary: ['pm10'] })
  })

  test('B6 site 2647A 2019-01-09 13 h: SO2 above 800 counts 200', () => {
    const result = hourAqi({ pm25: 116, pm10: 249, so2: 915, no2: 44, o3: 58, co: 2.3 }, '2012')
    expect(result.iaqi).toMatchObject({ pm25: 152, pm10: 150, so2: 200 })
    expect(result).toMatchObject({ aqi: 200, level: 4, primary: ['so2'] })
  })

  test('B7 three items tie at 100 under 2026, B8 only ozone under 2012', () => {
    const day = { pm25: 60, pm10: 120, so2: 10, no2: 30, co: 0.8, o3: 160 }
    expect(dayAqi(day, '2026-transition')).toMatchObject({
      aqi: 100,
      level: 2,
      primary: ['pm25', 'pm10', 'o3'],
    })
    expect(dayAqi(day, '2012')).toMatchObject({
      aqi: 100,
      primary: ['o3'],
      iaqi: { pm25: 82, pm10: 85, no2: 38 },
    })
  })

  test('B9 the same day is good under 2012 and lightly polluted under 2026', () => {
    const day = { pm25: 72, pm10: 110, so2: 8, no2: 38, co: 0.9, o3: 95 }
    const old = dayAqi(day, '2012')
    expect(old).toMatchObject({ aqi: 97, level: 2, primary: ['pm25'] })
    expect(old.iaqi).toEqual({ pm25: 97, pm10: 80, so2: 8, no2: 48, co: 23, o3: 48 })
    const now = dayAqi(day, '2026-transition')
    expect(now).toMatchObject({ aqi: 111, level: 3, primary: ['pm25'], iaqi: { pm10: 93 } })
  })

  test('B10 with PM2.5 missing and the rest at most 100 the AQI is NA (5.3.1)', () => {
    const day = values({ pm10: 80, so2: 8, no2: 30, co: 0.7, o3: 120 })
    const result = dayAqi(day, '2026-transition')
    expect(result).toMatchObject({ aqi: null, level: null, primary: [], iaqi: { pm10: 72, o3: 67 } })
    expect(result.naReason).toContain('pm25')
    expect(dayAqi(day, '2012').aqi).toBe(67)
  })

  test('B11 with PM2.5 missing an AQI above 100 is published (5.3.1)', () => {
    const day = values({ pm10: 80, so2: 8, no2: 30, co: 0.7, o3: 180 })
    expect(dayAqi(day, '2026-transition')).toMatchObject({ aqi: 119, level: 3, primary: ['o3'] })
  })

  test('B12 six items tie at 50: good, and no primary pollutant', () => {
    const day = { pm25: 35, pm10: 50, o3: 100, no2: 40, so2: 50, co: 2 }
    for (const edition of ['2012', '2026-transition'] as const)
      expect(dayAqi(day, edition)).toMatchObject({ aqi: 50, level: 1, primary: [] })
  })

  test('B13 Hohhot 1090A 2022-01-04 21 h: PM10 and PM2.5 share the first place', () => {
    const result = hourAqi({ pm10: 195, pm25: 93, no2: 87, o3: 12, so2: 33, co: 2.8 }, '2012')
    expect(result.iaqi).toEqual({ pm10: 123, pm25: 123, no2: 44, o3: 4, so2: 11, co: 28 })
    expect(result).toMatchObject({ aqi: 123, level: 3, primary: ['pm25', 'pm10'] })
  })

  test('B14 Shanghai 2013-01-04 from published IAQIs', () => {
    const parts = { pm25: 59, o3: 24, co: 21, pm10: 49, so2: 22, no2: 62 }
    expect(aqiOfParts(parts, '2012')).toMatchObject({ aqi: 62, level: 2, primary: ['no2'] })
  })
})

describe('HJ 633: further rules', () => {
  test('an all-zero hour is 1 under 2026 and 0 under 2012', () => {
    const zero = { pm25: 0, pm10: 0, o3: 0, no2: 0, so2: 0, co: 0 }
    expect(hourAqi(zero, '2026-transition').aqi).toBe(1)
    expect(hourAqi(zero, '2012').aqi).toBe(0)
  })

  test('5.3.2: an item that is not monitored by plan may be left out after three clean years', () => {
    const day = values({ pm25: 20, pm10: 80, so2: 8, no2: 30, o3: 120 })
    expect(dayAqi(day, '2026-transition').aqi).toBeNull()
    expect(dayAqi(day, '2026-transition', { notMonitored: ['co'] }).aqi).toBe(72)
    expect(mayOmitItem([0, 0, 0])).toBe(true)
    expect(mayOmitItem([1, 0, 0, 0])).toBe(true)
    expect(mayOmitItem([0, 0, 1])).toBe(false)
    expect(mayOmitItem([1, 0, 0])).toBe(false)
    expect(mayOmitItem([0, 0])).toBe(false)
  })

  test('2012: above 800 the 1 h value stands in for the 8 h value of ozone', () => {
    expect(dayAqi(values({ o3: 801 }), '2012').iaqi.o3).toBeNull()
    expect(dayAqi(values({ o3: 801 }), '2012', { o3HourMax: 1000 }).iaqi.o3).toBe(400)
    expect(dayAqi(values({ o3: 801 }), '2026-transition').iaqi.o3).toBe(300)
  })

  test('the trace says where the IAQI above 800 comes from', () => {
    const hour = evaluateHourAqi(values({ so2: 915, pm25: 30 }), '2012')
    expect(hour.ok && hour.trace.find(({ rule }) => rule === 'IAQI(SO2)')).toMatchObject({
      result: 200,
      formula: '915 > 800 → 200（国家平台惯例）',
    })
    const day = evaluateDayAqi(values({ o3: 801 }), '2012', { o3HourMax: 1000 })
    expect(day.ok && day.trace[0]).toMatchObject({
      result: 400,
      formula: '801 > 800 → 400（O3日最大1小时分指数）',
    })
  })

  test('an hour without any value is refused, a negative value is named', () => {
    expect(evaluateHourAqi(values({}), '2012')).toMatchObject({ ok: false, reason: 'insufficient-data' })
    const outcome = evaluateDayAqi(values({ pm25: -4, pm10: 3 }), '2012')
    expect(outcome).toMatchObject({ ok: false, reason: 'invalid-input', missing: ['pm25'] })
  })

  test('every finding of an evaluation cites a clause', () => {
    const outcome = evaluateHourAqi(
      { pm25: 93, pm10: 195, o3: 12, no2: 87, so2: 33, co: 2.8 },
      '2026-transition',
    )
    expect(outcome.ok).toBe(true)
    if (!outcome.ok) return
    expect(outcome.trace.map(({ rule }) => rule)).toEqual([
      'IAQI(PM2.5)',
      'IAQI(PM10)',
      'IAQI(O3)',
      'IAQI(NO2)',
      'IAQI(SO2)',
      'IAQI(CO)',
      'AQI',
      '级别',
      '首要污染物',
    ])
    for (const { clause } of outcome.trace) expect(clause.standard).toBe('HJ 633-2026')
  })
})

describe('HJ 633: levels, colours, health', () => {
  test('both ends of each band', () => {
    const ends = [0, 50, 51, 100, 101, 150, 151, 200, 201, 300, 301, 500]
    expect(ends.map(levelOf)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
    for (const { level, from, to } of aqiLevels) {
      expect(levelOf(from)).toBe(level)
      expect(levelOf(to)).toBe(level)
      expect(levelRow(level).level).toBe(level)
    }
  })

  test('official colours', () => {
    expect(aqiLevels.map(({ colour }) => colour)).toEqual([
      '#00E400',
      '#FFFF00',
      '#FF7E00',
      '#FF0000',
      '#99004C',
      '#7E0023',
    ])
    expect(aqiLevels.map((row) => row.class)).toEqual([
      '优',
      '良',
      '轻度污染',
      '中度污染',
      '重度污染',
      '严重污染',
    ])
  })

  test('the sensitive groups of the items above 100 are told once each', () => {
    const outcome = evaluatorById('air.aqi.day')!.evaluate(
      { pm25: 80, pm10: 130, o3: 90, no2: 20, so2: 8, co: 0.5 },
      { edition: '2026-transition' },
    )
    expect(outcome).toMatchObject({ ok: true, value: { class: '轻度污染', sensitive: sensitiveGroups.pm25 } })
    const carbon = evaluatorById('air.aqi.day')!.evaluate(
      { pm25: 50, pm10: 100, o3: 150, no2: 60, so2: 100, co: 5 },
      { edition: '2026-transition' },
    )
    // Every other item is between 50 and 100: only the group of CO is told.
    expect(carbon).toMatchObject({ ok: true, value: { sensitive: ['心血管疾病患者'] } })
  })
})

describe('HJ 633-2026: forecast', () => {
  test.each([
    [30, 45, '优'],
    [80, 120, '良至轻度污染'],
    [290, 310, '重度污染至严重污染'],
  ])('%i–%i → %s', (low, high, zh) => {
    expect(forecastText(low, high)).toMatchObject({ ok: true, value: { zh } })
  })

  test('a reversed range is refused; three days ahead by 20:00', () => {
    expect(forecastText(120, 80)).toMatchObject({ ok: false, reason: 'invalid-input' })
    expect(publication).toMatchObject({ forecastDays: 3, forecastBy: '20:00', dailyReportBy: '12:00' })
  })
})
