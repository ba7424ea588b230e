import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alertGrade } from './grade.ts'
import { type AlertPlan, alertPlans } from './plans.ts'

const gradeOf = (aqi: readonly number[], plan?: '2024' | '2017' | AlertPlan) => {
  const outcome = alertGrade(aqi, plan)
  return outcome.ok ? outcome.value.grade : 'refused'
}

describe('heavy-pollution alert, rules of 2024 (numbers to be verified)', () => {
  test.each([
    [[200], null],
    [[201], 'yellow'],
    [[151], null],
    [[151, 151], 'yellow'],
    [[150, 151], null],
    [[201, 201], 'orange'],
    [[151, 151, 151], 'orange'],
    [[201, 201, 201], 'orange'],
    [[201, 301, 201], 'red'],
    [[201, 300, 201], 'orange'],
    [[301, 201, 150, 201], 'orange'],
  ] as const)('%j → %s', (aqi, grade) => {
    expect(gradeOf(aqi)).toBe(grade)
  })

  test('the days above 300 must lie inside the run above 200', () => {
    expect(gradeOf([301, 100, 201, 201, 201])).toBe('orange')
  })

  test('the run of days is named', () => {
    expect(alertGrade([90, 201, 210, 80])).toMatchObject({
      ok: true,
      value: { grade: 'orange', from: 1, to: 2 },
    })
  })

  test('rows of 2024 are unverified and lift after 36 hours', () => {
    expect(alertPlans['2024']).toMatchObject({ status: 'unverified', value: { liftHours: 36 } })
  })
})

describe('heavy-pollution alert, rules of 2017', () => {
  test.each([
    [[201], 'blue'],
    [[201, 201], 'yellow'],
    [[201, 201, 201], 'orange'],
    [[301, 301, 201, 201], 'red'],
    [[301, 201, 301, 201], 'orange'],
    [[500], 'red'],
    [[499], 'blue'],
  ] as const)('%j → %s', (aqi, grade) => {
    expect(gradeOf(aqi, '2017')).toBe(grade)
  })
})

describe('plans are data', () => {
  test('a stricter local plan brings its own rows', () => {
    const local: AlertPlan = {
      version: '祁川2026',
      zh: '祁川市重污染天气应急预案',
      rules: [{ grade: 'yellow', zh: '黄色预警', anyOf: [[{ aqiAbove: 150, days: 1 }]] }],
      liftHours: 36,
    }
    const outcome = alertGrade([151], local)
    expect(outcome).toMatchObject({ value: { grade: 'yellow', plan: '祁川2026' } })
    if (outcome.ok) expect(outcome.trace[0]?.clause.standard).toBe('祁川市重污染天气应急预案')
  })

  test('a missing day is refused', () => {
    expect(gradeOf([])).toBe('refused')
    expect(gradeOf([200, Number.NaN])).toBe('refused')
  })

  test('property: more pollution never gives a milder grade', () => {
    const order = [null, 'blue', 'yellow', 'orange', 'red']
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 10 }),
        fc.nat(),
        (aqi, at) => {
          const worse = aqi.with(at % aqi.length, 500)
          return (['2024', '2017'] as const).every(
            (plan) => order.indexOf(gradeOf(worse, plan)) >= order.indexOf(gradeOf(aqi, plan)),
          )
        },
      ),
    )
  })
})
