/** The calendar and the counting of days live in `deadline/`; limits of permits use them. */
export { endOfCalendarDays, endOfWorkingDays } from '../deadline/limit-end.ts'
export { holidayYears, isCalendarKnown, isWorkingDay } from '../deadline/work-calendar.ts'
