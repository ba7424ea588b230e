import type { AirItem } from '@shanshui/standards'
import { daysInYear, isoDate } from './calendar.ts'
import { hourIndex } from './hours.ts'
import { stations } from './places.ts'
import type { DemoYear } from './year.ts'

export interface DemoFile {
  readonly name: string
  readonly text: string
}

/** Names of the items in the national hourly files. */
const typeNames: readonly (readonly [AirItem, string])[] = [
  ['pm25', 'PM2.5'],
  ['pm10', 'PM10'],
  ['so2', 'SO2'],
  ['no2', 'NO2'],
  ['o3', 'O3'],
  ['co', 'CO'],
]

/**
 * Hours [fromHour, toHour) of a year in the layout of the national platform: `date,hour,type,<station codes>`. The
 * label is the end of the hour; label 0 closes the previous day. A missing value is an empty field.
 */
export function nationalFile(year: DemoYear, fromHour: number, toHour: number): DemoFile {
  const { plan, hours } = year
  const lines = [`date,hour,type,${stations.map((station) => station.code).join(',')}`]
  const rows = stations.map((_, s) => hourIndex(plan, s, 0))
  for (let hour = fromHour; hour < toHour; hour++) {
    const label = (hour + 1) % 24
    const date = isoDate(plan.firstDay + Math.floor((hour + 1) / 24)).replaceAll('-', '')
    for (const [item, typeName] of typeNames) {
      let line = `${date},${label},${typeName}`
      for (const row of rows) {
        const value = hours[item][row + hour] as number
        line += Number.isNaN(value) ? ',' : `,${value}`
      }
      lines.push(line)
    }
  }
  const whole = fromHour === 0 && toHour === daysInYear(plan.year) * 24
  const name = whole
    ? `祁川市_国控站小时数据_${plan.year}.csv`
    : `祁川市_国控站小时数据_${dayAt(plan.firstDay, fromHour)}_${dayAt(plan.firstDay, toHour - 1)}.csv`
  return { name, text: `${lines.join('\n')}\n` }
}

function dayAt(firstDay: number, hourOfYear: number): string {
  return isoDate(firstDay + Math.floor(hourOfYear / 24))
}
