import { checklistThemeNames } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { checklists, lawsOf } from './checklists/index.ts'
import { type DisturbanceFacts, disturbanceOf } from './disturbance.ts'
import type { SettingRow } from './inspection.table.ts'
import { daysOfQuarter, quarterOf, quotaOf } from './quota.ts'
import { combinedValue, riskOf } from './risk.ts'
import type { Settings } from './setting.service.ts'

/** Settings of a test: named values, 0 for the others. */
const settingsOf = (values: Readonly<Record<string, number>>): Settings => {
  const row = (key: string): SettingRow => ({
    key,
    title: key,
    value: values[key] ?? 0,
    unit: null,
    source: '试验',
    status: 'design',
  })
  return { row, number: (key) => row(key).value }
}

test('a county draws 25 % of 37 key units: 10 in a quarter; a city 5 % of 137: 7', () => {
  const settings = settingsOf({ 'rate.county.key': 0.25, 'rate.city.key': 0.05 })
  expect(quotaOf('key', 629001, { units: 37, officers: 12 }, settings).quota).toBe(10)
  expect(quotaOf('key', 629000, { units: 137, officers: 46 }, settings).quota).toBe(7)
  expect(quotaOf('key', 629000, { units: 140, officers: 46 }, settings).quota).toBe(7)
})

test('46 officers of a city take 230 general units a year, 12 of a county 120: a quarter of it each quarter', () => {
  const settings = settingsOf({ 'ratio.city.general': 5, 'ratio.county.general': 10 })
  expect(quotaOf('general', 629000, { units: 999, officers: 46 }, settings).quota).toBe(Math.ceil(230 / 4))
  expect(quotaOf('general', 629001, { units: 999, officers: 12 }, settings).quota).toBe(30)
  expect(quotaOf('general', 629001, { units: 8, officers: 12 }, settings).quota).toBe(8)
})

test('quarters begin and end on their days', () => {
  expect(quarterOf('2026-11-25')).toBe('2026-Q4')
  expect(quarterOf('2026-03-31')).toBe('2026-Q1')
  expect(daysOfQuarter('2026-Q2')).toEqual({ from: '2026-04-01', to: '2026-06-30' })
})

const quiet: DisturbanceFacts = {
  pool: 'key',
  cap: 4,
  visits: 0,
  lastVisitOn: null,
  positiveList: null,
  quietDays: 30,
}
const risk = { kinds: ['risk'], exception: null, on: '2026-11-25' } as const

test('the yearly ceiling stops a visit, and an exception passes it', () => {
  const full = { ...quiet, visits: 4 }
  expect(disturbanceOf(full, risk)).toContain('上限 4 次')
  expect(disturbanceOf({ ...quiet, visits: 3 }, risk)).toBeUndefined()
  expect(disturbanceOf(full, { ...risk, kinds: ['complaint'], exception: 'complaint' })).toBeUndefined()
  expect(disturbanceOf(full, { ...risk, kinds: ['quota'] })).toContain('上限')
})

test('a unit of the positive list is spared the round of risk, not the random draw', () => {
  const listed = { ...quiet, positiveList: { from: '2026-01-01', to: '2026-12-31' } }
  expect(disturbanceOf(listed, risk)).toContain('正面清单')
  expect(disturbanceOf(listed, { ...risk, kinds: ['quota'] })).toBeUndefined()
  expect(disturbanceOf(listed, { ...risk, on: '2027-01-01' })).toBeUndefined()
})

test('who was visited 29 days ago is left in peace, 30 days ago not; a look-back comes all the same', () => {
  const visited = (lastVisitOn: string) => ({ ...quiet, lastVisitOn })
  expect(disturbanceOf(visited('2026-10-27'), risk)).toContain('2026-10-27')
  expect(disturbanceOf(visited('2026-10-26'), risk)).toBeUndefined()
  expect(disturbanceOf(visited('2026-11-24'), { ...risk, kinds: ['look-back'] })).toBeUndefined()
})

test('risk is the sum of its parts, each no more than its own most, and 100 at the most', () => {
  const settings = settingsOf({
    'risk.permit.key': 30,
    'risk.confirmed-lead': 10,
    'risk.confirmed-lead.max': 30,
    'risk.exceedance': 3,
    'risk.exceedance.max': 20,
    'risk.obligation': 2,
    'risk.obligation.max': 10,
    'risk.never-visited': 10,
  })
  const facts = {
    permitClass: 'key',
    confirmedLeads: 1,
    exceedances: 2,
    overdueObligations: 0,
    visitedWithinYear: true,
  } as const
  expect(riskOf(facts, settings)).toMatchObject({ value: 46 })
  const worst = {
    ...facts,
    confirmedLeads: 9,
    exceedances: 99,
    overdueObligations: 99,
    visitedWithinYear: false,
  }
  expect(riskOf(worst, settings).value).toBe(100)
  expect(riskOf(facts, settings).parts.map((part) => part.points)).toEqual([30, 10, 6])
})

test('values of several reasons combine without passing 100', () => {
  expect(combinedValue([50])).toBe(50)
  expect(combinedValue([50, 50])).toBe(75)
  expect(combinedValue([100, 20])).toBe(100)
  expect(combinedValue([])).toBe(0)
})

test('checklists: every theme, sixty items at least, each with law, steps, examples and proof', () => {
  expect(checklists.map((list) => list.theme)).toEqual(checklistThemeNames)
  const items = checklists.flatMap((list) => list.items)
  expect(items.length).toBeGreaterThanOrEqual(60)
  expect(new Set(items.map((item) => item.id)).size).toBe(items.length)
  const known = new Set(lawsOf(checklists).map((law) => law.id))
  for (const item of items) {
    expect(item.law.length).toBeGreaterThan(0)
    expect(item.law.filter((id) => !known.has(id))).toEqual([])
    expect(item.how.length).toBeGreaterThanOrEqual(2)
    expect(item.evidence.length).toBeGreaterThan(0)
    expect(item.conform).not.toBe(item.notConform)
    expect(item.limit === null).toBe(item.limitStatus === null)
  }
})
