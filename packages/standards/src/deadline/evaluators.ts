import { addDays } from '../civil-date.ts'
import { type Finding, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import {
  backwardsClause,
  countingClause,
  holidaysClause,
  monthEndClause,
  noRollClause,
  rollClause,
  stopsClause,
} from './clauses.ts'
import {
  type DayLimit,
  hoursEnd,
  type LimitEnd,
  limitEnd,
  mergedRanges,
  workingDaysBefore,
} from './limit-end.ts'
import { dayUnitOf, type ShortPeriodLaw, shortPeriodLaws, shortPeriodRules } from './short-periods.ts'
import { builtInCalendar, isWorkingDay } from './work-calendar.ts'

const units = ['hour', 'day', 'working-day', 'month', 'year'] as const
const unitNames = { hour: '小时', day: '日', 'working-day': '个工作日', month: '个月', year: '年' } as const
const amount = (description: string) => s.integer(description, { minimum: 0, maximum: 36_500 })

interface Source {
  readonly from: string
  readonly limit: DayLimit
  readonly law: ShortPeriodLaw | undefined
  readonly roll: boolean
  readonly stops: readonly { readonly from: string; readonly to: string }[]
  readonly extensions: readonly DayLimit[]
}

/** One line for every rule that was used, so that the count can be redone with a calendar on the wall. */
function traceOf(
  { from, limit, law, roll, stops, extensions }: Source,
  result: LimitEnd,
): readonly Finding[] {
  const trace: Finding[] = []
  if (law !== undefined) {
    const { clause } = shortPeriodRules[law]
    trace.push(...step('日的含义', { law, amount: limit.amount }, limit.unit, clause))
  }
  trace.push(...step('起算', from, addDays(from, 1), countingClause, `${from} 当日不计，自次日起算`))
  const merged = mergedRanges(stops)
  if (merged.length > 0) {
    const shown = merged.map((range) => `${range.from} 至 ${range.to}`).join('；')
    trace.push(...step('中止', stops, shown, stopsClause, '起止日均不计入，重叠的合并'))
  }
  const parts = [limit, ...extensions].map((part) => `${part.amount}${unitNames[part.unit]}`).join(' + ')
  const byMonth = limit.unit === 'month' || limit.unit === 'year'
  const clause = byMonth ? monthEndClause : limit.unit === 'day' ? countingClause : holidaysClause
  const days = limit.unit === 'working-day' ? daysOffBetween(from, result.unrolled) : ''
  trace.push(
    ...step('计数', parts, result.unrolled, clause, `${from} + ${parts} = ${result.unrolled}${days}`),
  )
  if (!roll) trace.push(...step('不顺延', result.unrolled, result.end, noRollClause))
  else if (result.end !== result.unrolled) {
    const formula = `${result.unrolled} 为休息日，顺延至 ${result.end}`
    trace.push(...step('顺延', result.unrolled, result.end, rollClause, formula))
  }
  return trace
}

/** What made the count differ from a plain calendar of weeks: days off between Monday and Friday, weekends worked. */
function daysOffBetween(from: string, to: string): string {
  const off: string[] = []
  const worked: string[] = []
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const weekend = !isWorkingDay(day, { years: { [day.slice(0, 4)]: { off: [], worked: [] } } })
    if (weekend && isWorkingDay(day)) worked.push(day.slice(5))
    if (!weekend && !isWorkingDay(day)) off.push(day.slice(5))
  }
  const shown = [
    ...(off.length > 0 ? [`放假 ${off.join('、')}`] : []),
    ...(worked.length > 0 ? [`调休上班 ${worked.join('、')}`] : []),
  ]
  return shown.length === 0 ? '' : `（${shown.join('；')}）`
}

const limitShape = s.object({
  amount: amount('数量'),
  unit: s.oneOf(units.slice(1) as readonly DayLimit['unit'][], '单位'),
})

const end = defineEvaluator({
  id: 'deadline.end',
  title: { zh: '期限届满日计算', en: 'End of a limit' },
  editions: [],
  input: s.object(
    { from: s.date('起算日（当日不计）'), amount: amount('期限的数量'), unit: s.oneOf(units, '期限的单位') },
    {
      time: s.text('按小时计算时的起点时刻 时:分'),
      law: s.oneOf(shortPeriodLaws, '规定该期限的法律；单位为“日”时据以判断是否按工作日'),
      roll: s.boolean('末日为休息日时顺延，默认顺延；强制措施的最长期限不顺延'),
      stops: s.list(s.object({ from: s.date('中止起'), to: s.date('中止止') }), '中止期间', {
        maxItems: 100,
      }),
      extensions: s.list(limitShape, '延长', { maxItems: 10 }),
    },
  ),
  output: s.object({
    end: s.text('届满日（24时止）；按小时计算时为 日期 时:分'),
    unrolled: s.text('顺延前的末日'),
    unit: s.text('实际采用的单位'),
    provisional: s.boolean('涉及的年度尚无放假安排，结果为暂定'),
  }),
  clauses: [
    countingClause,
    monthEndClause,
    rollClause,
    holidaysClause,
    noRollClause,
    stopsClause,
    ...shortPeriodLaws.map((law) => shortPeriodRules[law].clause),
  ],
  version: '1.0.0',
  csv: {
    input: ['from', 'time', 'amount', 'unit', 'law', 'roll'],
    output: ['end', 'unrolled', 'unit', 'provisional'],
    cells: (value) => [value.end, value.unrolled, value.unit, value.provisional ? 1 : 0],
  },
  evaluate: ({ from, time, amount: count, unit, law, roll = true, stops = [], extensions = [] }) => {
    const day = from.slice(0, 10)
    if (unit === 'hour') return hours(day, time ?? '00:00', count)
    const counted = unit === 'day' && law !== undefined ? dayUnitOf(law, count) : unit
    const limit: DayLimit = { amount: count, unit: counted }
    const result = limitEnd(day, limit, { calendar: builtInCalendar, roll, stops, extensions })
    const source = { from: day, limit, law: unit === 'day' ? law : undefined, roll, stops, extensions }
    return success({ ...result, unit: counted }, traceOf(source, result))
  },
})

function hours(day: string, time: string, count: number) {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError(`时刻应为 时:分，收到 ${time}`)
  const fromMs = Date.parse(`${day}T${time}:00Z`)
  const at = new Date(hoursEnd(fromMs, count)).toISOString().slice(0, 16).replace('T', ' ')
  const formula = `${day} ${time} + ${count} 小时，夜间和节假日照算`
  const trace = step('按小时', { day, time, hours: count }, at, countingClause, formula)
  return success({ end: at, unrolled: at, unit: 'hour', provisional: false }, trace)
}

const before = defineEvaluator({
  id: 'deadline.before',
  title: { zh: '提前若干工作日的最迟日', en: 'Latest day, so many working days before' },
  editions: [],
  input: s.object({ event: s.date('事件当日（如听证日）'), days: amount('提前的工作日数') }),
  output: s.object({
    looser: s.text('最迟日（事件当日不计，向前数）'),
    stricter: s.text('从严的提醒日（中间足额相隔）'),
    provisional: s.boolean('涉及的年度尚无放假安排，结果为暂定'),
  }),
  clauses: [backwardsClause, holidaysClause],
  version: '1.0.0',
  csv: {
    input: ['event', 'days'],
    output: ['looser', 'stricter', 'provisional'],
    cells: (value) => [value.looser, value.stricter, value.provisional ? 1 : 0],
  },
  evaluate: ({ event, days }) => {
    const day = event.slice(0, 10)
    const result = workingDaysBefore(day, days)
    const formula = `${day} 当日不计，向前数 ${days} 个工作日${daysOffBetween(result.looser, day)}`
    return success(result, [
      ...step('向前数', { event: day, days }, result.looser, backwardsClause, formula),
      ...step('从严', result.looser, result.stricter, backwardsClause, '中间足额相隔，再提前一个工作日'),
    ])
  },
})

export const deadlineEvaluators: readonly EvaluatorDefinition[] = [end, before]
