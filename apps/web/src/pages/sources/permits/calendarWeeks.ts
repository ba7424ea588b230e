import { addDays, weekdayOf } from '../../../format/time.ts'

/** Weeks of a month from Monday to Sunday; days of other months are null. */
export function weeksOf(year: number, month: number): readonly (readonly (string | null)[])[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const weeks: (string | null)[][] = []
  const lead = weekdayOf(first)
  let week: (string | null)[] = Array.from({ length: lead }, () => null)
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) {
    week.push(day)
    if (week.length === 7) {
      weeks.push(week)
      week = []
    }
  }
  if (week.length > 0) weeks.push([...week, ...Array.from({ length: 7 - week.length }, () => null)])
  return weeks
}
