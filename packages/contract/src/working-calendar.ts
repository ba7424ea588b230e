/** Days off and worked weekends of a year (国务院办公厅放假通知): data that the bureau keeps up, with source and status. */
import { type Static, Type } from 'typebox'
import { DateString, Instant, Nullable, problemResponses } from './common.ts'
import { calendarStatuses } from './matter-words.ts'

const Year = Type.Integer({ minimum: 2000, maximum: 2100 })

export const CalendarYear = Type.Object({
  year: Year,
  off: Type.Array(Type.Object({ from: DateString, to: DateString }), { description: '放假起止日，含首尾' }),
  worked: Type.Array(DateString, { description: '调休上班的周末' }),
  source: Type.String({ description: '通知名称和文号' }),
  status: Type.Enum(calendarStatuses, { description: 'unverified 显示为待核实' }),
  published: Type.Boolean({ description: '否：该年通知尚未录入，只按周末和元旦推算' }),
  workingDays: Type.Integer(),
  version: Type.Integer({ description: '0：尚未录入' }),
  updatedAt: Nullable(Instant),
  updatedBy: Nullable(Type.String()),
})
export type CalendarYear = Static<typeof CalendarYear>

const tags = ['工作日历 Working calendar']
export const calendarRoutes = {
  list: {
    operationId: 'listCalendarYears',
    summary: '各年工作日历',
    tags,
    response: { 200: Type.Object({ items: Type.Array(CalendarYear) }), ...problemResponses },
  },
  get: {
    operationId: 'getCalendarYear',
    summary: '一年的工作日历',
    tags,
    params: Type.Object({ year: Year }),
    response: { 200: CalendarYear, ...problemResponses },
  },
  put: {
    operationId: 'putCalendarYear',
    summary: '录入或更正一年的工作日历',
    description: '未到期的期限在同一事务中按新日历重新计算，变动的期限逐条留痕。',
    tags,
    params: Type.Object({ year: Year }),
    body: Type.Object(
      {
        off: Type.Array(Type.Object({ from: DateString, to: DateString }, { additionalProperties: false }), {
          maxItems: 60,
        }),
        worked: Type.Array(DateString, { maxItems: 60 }),
        source: Type.String({ minLength: 2, maxLength: 300 }),
        status: Type.Enum(calendarStatuses),
        version: Type.Integer({ minimum: 0, description: '读到的版本号；尚未录入为 0' }),
      },
      { additionalProperties: false },
    ),
    response: {
      200: Type.Object({
        year: CalendarYear,
        moved: Type.Integer({ description: '因此变动的期限数' }),
      }),
      ...problemResponses,
    },
  },
} as const
