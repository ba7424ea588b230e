import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../civil-date.ts'
import { evaluatorById } from '../evaluators/registry.ts'
import { type DayLimit, hoursEnd, limitEnd, mergedRanges } from './limit-end.ts'
import { dayUnitOf, shortPeriodLaws, shortPeriodRules } from './short-periods.ts'
import { holidayYearFaults, isWorkingDay, type WorkCalendar, workingDaysBetween } from './work-calendar.ts'

const day = fc.integer({ min: 0, max: 400 }).map((after) => addDays('2025-12-15', after))
const range = fc
  .tuple(day, fc.integer({ min: 0, max: 40 }))
  .map(([from, length]) => ({ from, to: addDays(from, length) }))
const stops = fc.array(range, { maxLength: 5 })
const limit = fc.record({
  amount: fc.integer({ min: 1, max: 90 }),
  unit: fc.constantFrom<DayLimit['unit']>('day', 'working-day', 'month', 'year'),
})
const short = limit.map(({ amount, unit }) => ({ unit, amount: unit === 'year' ? (amount % 3) + 1 : amount }))

describe('over a year with its holidays', () => {
  test('every start of the year: a later start never ends earlier', () => {
    for (const unit of ['day', 'working-day', 'month'] as const)
      for (const amount of [1, 5, 7, 15, 30, 90])
        for (let from = '2025-12-31'; from < '2026-12-31'; from = addDays(from, 1))
          expect(
            limitEnd(addDays(from, 1), { amount, unit }).end >= limitEnd(from, { amount, unit }).end,
          ).toBe(true)
  })

  test('a later start never ends earlier', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), short, (from, later, asked) => {
        const first = limitEnd(from, asked, {}).end
        return limitEnd(addDays(from, later), asked, {}).end >= first
      }),
      { numRuns: 500 },
    )
  })

  test('a later start of a limit in days never ends earlier, whatever stands still', () => {
    const inDays = limit.map(({ amount, unit }) => ({
      amount,
      unit: unit === 'working-day' ? unit : ('day' as const),
    }))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), inDays, stops, (from, later, asked, still) => {
        const first = limitEnd(from, asked, { stops: still }).end
        return limitEnd(addDays(from, later), asked, { stops: still }).end >= first
      }),
      { numRuns: 500 },
    )
  })

  // A short month brings the ends of two limits closer together than their starts (民法典 202): a stop between the
  // starts moves only the earlier limit, and may move it past the later one.
  test('of two limits in months, a stop between their starts may move the earlier one past the later', () => {
    const asked = { amount: 1, unit: 'month' } as const
    const still = { roll: false, stops: [{ from: '2026-01-31', to: '2026-01-31' }] }
    expect(limitEnd('2026-01-30', asked, { roll: false }).end).toBe('2026-02-28')
    expect(limitEnd('2026-01-31', asked, still).end).toBe('2026-02-28')
    const longer = { roll: false, stops: [{ from: '2026-01-29', to: '2026-01-31' }] }
    expect(limitEnd('2026-01-28', asked, { roll: false }).end).toBe('2026-02-28')
    expect(limitEnd('2026-01-28', asked, longer).end).toBe('2026-03-03')
    expect(limitEnd('2026-02-01', asked, longer).end).toBe('2026-03-01')
    expect(limitEnd('2026-01-30', asked, still).end).toBe('2026-03-01')
  })

  test('a moved end is a working day, and no working day was skipped by moving it', () => {
    fc.assert(
      fc.property(day, short, stops, (from, asked, still) => {
        const { end, unrolled } = limitEnd(from, asked, { stops: still })
        const skipped = workingDaysBetween(addDays(unrolled, -1), addDays(end, -1))
        return isWorkingDay(end) && (end === unrolled || skipped === 0)
      }),
      { numRuns: 500 },
    )
  })

  test('the working days between start and end are the amount', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), (from, amount) => {
        const { end } = limitEnd(from, { amount, unit: 'working-day' })
        return workingDaysBetween(from, end) === amount
      }),
    )
  })

  test('the counted days between start and end that do not stand still are the amount', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), stops, (from, amount, still) => {
        const { unrolled } = limitEnd(from, { amount, unit: 'day' }, { stops: still })
        let count = 0
        for (let at = addDays(from, 1); at <= unrolled; at = addDays(at, 1))
          if (!still.some((stop) => at >= stop.from && at <= stop.to)) count++
        return count === amount
      }),
    )
  })

  test('a stop cut into overlapping pieces is the same stop', () => {
    fc.assert(
      fc.property(day, short, range, range, (from, asked, first, second) => {
        const merged = mergedRanges([first, second])
        const apart = limitEnd(from, asked, { stops: [first, second, first] })
        return apart.end === limitEnd(from, asked, { stops: merged }).end
      }),
    )
  })

  test('a longer limit never ends earlier, and without moving it never ends later', () => {
    fc.assert(
      fc.property(day, short, (from, asked) => {
        const plain = limitEnd(from, asked, { roll: false }).end
        const longer = limitEnd(from, { ...asked, amount: asked.amount + 1 }).end
        return limitEnd(from, asked).end >= plain && longer >= limitEnd(from, asked).end
      }),
    )
  })
})

test('months end on the day of the same number, or on the last day of a shorter month', () => {
  const end = (from: string, amount: number) => limitEnd(from, { amount, unit: 'month' }, { roll: false }).end
  expect(end('2026-01-31', 1)).toBe('2026-02-28')
  expect(end('2028-01-31', 1)).toBe('2028-02-29')
  expect(end('2026-08-31', 1)).toBe('2026-09-30')
  expect(limitEnd('2028-02-29', { amount: 1, unit: 'year' }, { roll: false }).end).toBe('2029-02-28')
})

test('hours stand still for the time of a stop, overlapping ones once', () => {
  const hour = 3_600_000
  expect(hoursEnd(0, 4, [{ fromMs: hour, toMs: 2 * hour }])).toBe(5 * hour)
  const overlapping = [
    { fromMs: hour, toMs: 3 * hour },
    { fromMs: 2 * hour, toMs: 4 * hour },
  ]
  expect(hoursEnd(0, 4, overlapping)).toBe(7 * hour)
  expect(hoursEnd(0, 4, [{ fromMs: 4 * hour, toMs: 9 * hour }])).toBe(4 * hour)
  expect(() => hoursEnd(0, -1)).toThrow('不能为负')
})

test('an amount that is no number of days is refused', () => {
  expect(() => limitEnd('2026-01-01', { amount: 1.5, unit: 'day' })).toThrow('收到 1.5')
  expect(() => limitEnd('2026-01-01', { amount: -1, unit: 'day' })).toThrow('收到 -1')
})

describe('short periods', () => {
  test.each([
    ['行政处罚法', 3, 'working-day'],
    ['行政处罚法', 5, 'working-day'],
    ['行政处罚法', 7, 'working-day'],
    ['行政处罚法', 15, 'day'],
    ['行政处罚法', 90, 'day'],
    ['行政强制法', 10, 'working-day'],
    ['行政强制法', 30, 'day'],
    ['行政复议法', 5, 'working-day'],
    ['行政复议法', 60, 'day'],
    ['行政许可法', 45, 'working-day'],
    ['公治〔2014〕853号', 3, 'working-day'],
  ] as const)('%s %i 日', (law, days, unit) => {
    expect(dayUnitOf(law, days)).toBe(unit)
  })

  test('every law has a clause', () => {
    expect(shortPeriodLaws.map((law) => shortPeriodRules[law].clause.at)).toEqual([
      '第八十五条',
      '第六十九条',
      '第八十八条',
      '第八十二条',
      '第十九条',
    ])
  })
})

test('the calendar is data: another notice gives another end', () => {
  const calendar: WorkCalendar = {
    years: { '2027': { off: [['2027-02-05', '2027-02-11']], worked: ['2027-02-13'] } },
  }
  const five: DayLimit = { amount: 5, unit: 'working-day' }
  expect(limitEnd('2027-02-04', five)).toMatchObject({ end: '2027-02-11', provisional: true })
  expect(limitEnd('2027-02-04', five, { calendar })).toMatchObject({ end: '2027-02-17', provisional: false })
})

test('a row of the calendar that cannot be is refused in words', () => {
  expect(holidayYearFaults('2026', { off: [['2026-10-07', '2026-10-01']], worked: [] })).toEqual([
    '假期 2026-10-07 至 2026-10-01 止日早于起日',
  ])
  expect(holidayYearFaults('2026', { off: [], worked: ['2026-10-09', '2027-01-02'] })).toEqual([
    '2027-01-02 不在 2026 年：跨年的假期请分写在两年',
  ])
  expect(holidayYearFaults('2026', { off: [], worked: ['2026-10-09'] })[0]).toContain('不是周末')
  expect(holidayYearFaults('2026', { off: [['2026-13-01', '2026-02-30']], worked: [] })).toHaveLength(2)
})

describe('the calculator', () => {
  const evaluate = (input: unknown) => evaluatorById('deadline.end')?.evaluate(input)

  test('says which rule moved what', () => {
    const result = evaluate({ from: '2026-02-13', amount: 5, unit: 'day', law: '行政处罚法' })
    expect(result).toMatchObject({
      ok: true,
      value: { end: '2026-02-27', unit: 'working-day', provisional: false },
    })
    if (result?.ok !== true) return
    expect(result.trace.map(({ rule }) => rule)).toEqual(['日的含义', '起算', '计数'])
    expect(result.trace.at(-1)?.formula).toContain(
      '放假 02-16、02-17、02-18、02-19、02-20、02-23；调休上班 02-14',
    )
  })

  test('moves, stands still, extends', () => {
    const stops = [{ from: '2026-07-20', to: '2026-07-31' }]
    const result = evaluate({
      from: '2026-07-03',
      amount: 90,
      unit: 'day',
      stops,
      extensions: [{ amount: 30, unit: 'day' }],
    })
    expect(result).toMatchObject({ value: { end: '2026-11-12', unrolled: '2026-11-12' } })
    expect(evaluate({ from: '2026-07-03', amount: 90, unit: 'day' })).toMatchObject({
      value: { end: '2026-10-08', unrolled: '2026-10-01' },
      trace: [{ rule: '起算' }, { rule: '计数' }, { rule: '顺延', clause: { at: '第二百零三条' } }],
    })
    expect(evaluate({ from: '2026-09-05', amount: 30, unit: 'day', roll: false })).toMatchObject({
      value: { end: '2026-10-05' },
    })
  })

  test('counts hours from a time of day, and refuses what is none', () => {
    expect(evaluate({ from: '2026-10-01', time: '23:20', amount: 4, unit: 'hour' })).toMatchObject({
      value: { end: '2026-10-02 03:20' },
    })
    expect(evaluate({ from: '2026-10-01', time: '25:00', amount: 4, unit: 'hour' })).toMatchObject({
      ok: false,
      reason: 'invalid-input',
    })
  })

  test('days before an event, loose and strict', () => {
    expect(evaluatorById('deadline.before')?.evaluate({ event: '2026-10-15', days: 7 })).toMatchObject({
      value: { looser: '2026-09-30', stricter: '2026-09-29' },
    })
  })
})
