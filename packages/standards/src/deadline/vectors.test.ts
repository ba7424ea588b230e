/** Worked examples over the calendar of 2026, with the holidays of that year, and over weekends alone. */
import { describe, expect, test } from 'vitest'
import { addDays } from '../civil-date.ts'
import { calendarOf } from './calendar-of.ts'
import { type DayLimit, endOfWorkingDays, hoursEnd, limitEnd, workingDaysBefore } from './limit-end.ts'
import { dayUnitOf } from './short-periods.ts'
import { holidayYears, isWorkingDay, workingDaysBetween, workingDaysOfYear } from './work-calendar.ts'

const days = (amount: number): DayLimit => ({ amount, unit: 'day' })
const working = (amount: number): DayLimit => ({ amount, unit: 'working-day' })
const months = (amount: number): DayLimit => ({ amount, unit: 'month' })
const years = (amount: number): DayLimit => ({ amount, unit: 'year' })
const end = (from: string, limit: DayLimit, ...extensions: DayLimit[]) =>
  limitEnd(from, limit, { extensions }).end
const plainEnd = (from: string, limit: DayLimit, ...extensions: DayLimit[]) =>
  limitEnd(from, limit, { extensions, roll: false }).end

test('2026 has 248 working days: 365 less 104 weekend days, 19 weekdays off, and 6 made up', () => {
  expect(workingDaysOfYear(2026)).toBe(248)
  expect(holidayYears.status).toBe('unverified')
  expect(isWorkingDay('2026-02-14')).toBe(true)
  expect(isWorkingDay('2026-10-05')).toBe(false)
})

describe('limits over the holidays of 2026', () => {
  test.each([
    ['L1 听证申请 5 个工作日：02-14 上班，02-15 至 23 放假', '2026-02-13', working(5), '2026-02-27'],
    ['L2 05-09 上班', '2026-04-30', working(5), '2026-05-11'],
    ['L3 立案 15 日，02-21 在假期内', '2026-02-06', days(15), '2026-02-24'],
    ['L4 90 日，10-01 放假', '2026-07-03', days(90), '2026-10-08'],
    ['L5 90 日', '2026-08-20', days(90), '2026-11-18'],
    ['L7 缴款 15 日，10-01', '2026-09-16', days(15), '2026-10-08'],
    ['L8 缴款 15 日，09-26', '2026-09-11', days(15), '2026-09-28'],
    ['L9 催告 10 个工作日', '2026-09-18', working(10), '2026-10-09'],
    ['L10 起诉 6 个月，3 月 31 日起', '2026-03-31', months(6), '2026-09-30'],
    ['L10 申请强制执行 3 个月', '2026-09-30', months(3), '2026-12-30'],
    ['L11 复议 60 日', '2026-08-03', days(60), '2026-10-08'],
    ['L11 复议 60 日，另一起点同一末日', '2026-08-08', days(60), '2026-10-08'],
    ['L13 先行登记保存 7 个工作日', '2026-09-24', working(7), '2026-10-12'],
    ['L14 送达 7 个工作日', '2026-09-28', working(7), '2026-10-13'],
    ['L16 责令改正 3 个工作日', '2026-04-30', working(3), '2026-05-08'],
    ['L17 复查 30 日，05-09 调休上班不顺延', '2026-04-09', days(30), '2026-05-09'],
    ['L18 移送拘留 3 个工作日', '2026-06-17', working(3), '2026-06-23'],
    ['L19 信访告知 15 日', '2026-09-18', days(15), '2026-10-08'],
    ['L19 异议 5 个工作日，09-20 上班', '2026-09-18', working(5), '2026-09-24'],
    ['L20 信访 60 日', '2026-08-07', days(60), '2026-10-08'],
    ['L21 信息公开 20 个工作日', '2026-09-10', working(20), '2026-10-14'],
    ['L22 临时披露 5 个工作日', '2026-02-12', working(5), '2026-02-26'],
    ['L23 报告书 60 日', '2026-07-27', days(60), '2026-09-28'],
    ['L23 报告表 30 日', '2026-07-27', days(30), '2026-08-26'],
    ['L23 报告表 30 日按工作日读', '2026-07-27', working(30), '2026-09-07'],
    ['L24 许可变更 30 日', '2026-09-04', days(30), '2026-10-08'],
    ['L25 简化管理 20 日', '2026-09-08', days(20), '2026-09-28'],
    ['L25 简化管理 20 日按工作日读', '2026-09-08', working(20), '2026-10-12'],
    ['L26 停产决定送达 7 个工作日', '2026-09-30', working(7), '2026-10-15'],
    ['L26 整改方案 15 个工作日', '2026-09-30', working(15), '2026-10-27'],
    ['L28 应急总结 30 日', '2026-09-01', days(30), '2026-10-08'],
    ['L29 撤回公开 3 个工作日', '2026-06-18', working(3), '2026-06-24'],
    ['L30 危险废物确认 5 个工作日', '2026-09-24', working(5), '2026-10-09'],
  ])('%s', (_, from, limit, expected) => {
    expect(end(from, limit)).toBe(expected)
    expect(limitEnd(from, limit).provisional).toBe(false)
  })

  test('L3, L5: an extension is added to the end before it is moved', () => {
    expect(end('2026-02-06', days(15), days(15))).toBe('2026-03-09')
    expect(end('2026-08-20', days(90), days(30))).toBe('2026-12-18')
    expect(limitEnd('2026-08-20', days(90), { extensions: [days(30), days(30)] })).toEqual({
      end: '2027-01-18',
      unrolled: '2027-01-17',
      provisional: true,
    })
  })

  test('L6: twelve days of monitoring are not counted, and a make-up Saturday is no day off', () => {
    const stops = [{ from: '2026-07-20', to: '2026-07-31' }]
    expect(limitEnd('2026-06-30', days(90), { stops }).end).toBe('2026-10-10')
    expect(end('2026-06-30', days(102))).toBe('2026-10-10')
  })

  test('L9: the application is possible from the next day, and a count of calendar days would be wrong', () => {
    expect(addDays(end('2026-09-18', working(10)), 1)).toBe('2026-10-10')
    expect(end('2026-09-18', days(10))).toBe('2026-09-28')
    expect(dayUnitOf('行政强制法', 10)).toBe('working-day')
  })

  test('L12, L27: a coercive maximum ends by the plain date', () => {
    expect(plainEnd('2026-09-05', days(30))).toBe('2026-10-05')
    expect(plainEnd('2026-11-30', months(3))).toBe('2027-02-28')
    expect(limitEnd('2026-11-30', months(3), { roll: false }).provisional).toBe(false)
  })

  test('L15: seven working days before the hearing, and seven clear ones', () => {
    expect(workingDaysBefore('2026-10-15', 7)).toEqual({
      looser: '2026-09-30',
      stricter: '2026-09-29',
      provisional: false,
    })
  })

  test('L21: extended by twenty working days', () => {
    expect(end('2026-09-10', working(20), working(20))).toBe('2026-11-11')
  })

  test('L31: over the end of the year without a notice the result is provisional', () => {
    expect(limitEnd('2026-12-25', working(7))).toMatchObject({ end: '2027-01-06', provisional: true })
  })

  test('L32: hours run from the moment on, through the night and the holiday', () => {
    const known = Date.parse('2026-10-01T23:20:00+08:00')
    expect(hoursEnd(known, 4)).toBe(Date.parse('2026-10-02T03:20:00+08:00'))
    expect(hoursEnd(known, 2)).toBe(Date.parse('2026-10-02T01:20:00+08:00'))
  })

  test('L33: two years and five years of limitation', () => {
    expect(plainEnd('2026-08-14', years(2)) < '2028-08-20').toBe(true)
    expect(plainEnd('2026-08-15', years(5)) >= '2031-08-15').toBe(true)
  })
})

describe('limits over weekends and New Year', () => {
  test.each([
    ['G1 告知 15 日', '2026-11-23', days(15), '2026-12-08'],
    ['G1 办结 60 日', '2026-11-23', days(60), '2027-01-22'],
    ['G2 异议 5 个工作日', '2026-11-23', working(5), '2026-11-30'],
    ['G3 复查 30 日', '2026-11-23', days(30), '2026-12-23'],
    ['G4 决定 90 日，周日顺延', '2026-11-23', days(90), '2027-02-22'],
    ['G5 听证申请 5 个工作日', '2026-11-23', working(5), '2026-11-30'],
    ['G6 送达 7 个工作日', '2026-11-23', working(7), '2026-12-02'],
    ['G6 缴款 15 日', '2026-12-02', days(15), '2026-12-17'],
    ['G9 复查窗口 30 日', '2026-11-02', days(30), '2026-12-02'],
    ['G13 临时披露 5 个工作日', '2026-11-23', working(5), '2026-11-30'],
    ['G14 信息公开 20 个工作日', '2026-11-23', working(20), '2026-12-21'],
    ['G18 催告 10 个工作日', '2026-11-23', working(10), '2026-12-07'],
  ])('%s', (_, from, limit, expected) => {
    expect(end(from, limit)).toBe(expected)
  })

  test('G1, G4: extended', () => {
    const extended = limitEnd('2026-11-23', days(60), { extensions: [days(30)] })
    expect(extended).toMatchObject({ unrolled: '2027-02-21', end: '2027-02-22' })
    expect(end('2026-11-23', days(90), days(30), days(30))).toBe('2027-04-22')
  })

  test('G4: ten days of monitoring', () => {
    const stops = [{ from: '2026-12-01', to: '2026-12-10' }]
    expect(limitEnd('2026-11-23', days(90), { stops }).end).toBe('2027-03-03')
  })

  test('G5: seven working days after the notice is the day of the hearing', () => {
    expect(workingDaysBefore('2026-12-15', 7).looser).toBe('2026-12-04')
    expect(endOfWorkingDays('2026-12-04', 7)).toBe('2026-12-15')
  })

  test('G8, G9: days after the order up to the check; a check on the 33rd day is outside the window', () => {
    const daysOf = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
    expect(daysOf('2026-11-02', '2026-11-20')).toBe(18)
    expect(daysOf('2026-11-02', '2026-12-05')).toBe(33)
    expect('2026-12-05' > end('2026-11-02', days(30))).toBe(true)
  })

  test('G12: a seal ends after 30 days, and after 30 more', () => {
    expect(plainEnd('2026-11-01', days(30))).toBe('2026-12-01')
    expect(plainEnd('2026-11-01', days(30), days(30))).toBe('2026-12-31')
  })

  test('G14: extended by twenty working days, New Year is skipped', () => {
    expect(end('2026-11-23', working(20), working(20))).toBe('2027-01-19')
    expect(isWorkingDay('2027-01-01')).toBe(false)
  })

  test('G15: seven months of data are no cycle of twelve', () => {
    expect(end('2026-01-01', months(12)) > '2026-08-01').toBe(true)
  })

  test('G16: limitation of two and of five years', () => {
    expect(plainEnd('2026-09-01', years(5))).toBe('2031-09-01')
    expect(plainEnd('2026-09-01', years(2))).toBe('2028-09-01')
    expect(plainEnd('2024-10-01', years(2)) < '2026-11-23').toBe(true)
  })

  test('G18: a count of calendar days would be wrong', () => {
    expect(end('2026-11-23', days(10))).toBe('2026-12-03')
  })
})

test('the same limits in moments: 24:00 of the last day', () => {
  const calendar = calendarOf()
  const at = (text: string) => Date.parse(`${text}+08:00`)
  const stops = [{ fromMs: at('2026-07-20T09:00'), toMs: at('2026-07-31T17:00') }]
  const { atMs, provisional } = calendar.endMs(at('2026-06-30T16:30'), days(90), { roll: true, stops })
  expect(atMs).toBe(at('2026-10-11T00:00'))
  expect(provisional).toBe(false)
  expect(calendar.dayEndMs('2026-10-01', { roll: true }).atMs).toBe(at('2026-10-09T00:00'))
  expect(calendar.beforeMs(at('2026-10-16T00:00'), working(7))).toBe(at('2026-09-30T00:00'))
  expect(
    calendar.endMs(at('2026-10-01T23:20'), { amount: 4, unit: 'hour' }, { roll: true, stops: [] }).atMs,
  ).toBe(at('2026-10-02T03:20'))
  expect(workingDaysBetween('2026-09-18', '2026-10-09')).toBe(10)
})
