/** What the columns of a station file mean. Names as they are found in files of bureaus and of the national platform. */
import type { AirItem } from '@shanshui/standards'

/** Six items in the order in which a row's values stand; codes ascending, as in every layout of the platform. */
export const fileItems = ['o3', 'no2', 'co', 'so2', 'pm10', 'pm25'] as const satisfies readonly AirItem[]
export const fileFactors = ['a05024', 'a21004', 'a21005', 'a21026', 'a34002', 'a34004'] as const

const itemNames: Readonly<Record<string, AirItem>> = {
  pm25: 'pm25',
  细颗粒物: 'pm25',
  a34004: 'pm25',
  pm10: 'pm10',
  可吸入颗粒物: 'pm10',
  a34002: 'pm10',
  o3: 'o3',
  臭氧: 'o3',
  o31h: 'o3',
  a05024: 'o3',
  no2: 'no2',
  二氧化氮: 'no2',
  a21004: 'no2',
  so2: 'so2',
  二氧化硫: 'so2',
  a21026: 'so2',
  co: 'co',
  一氧化碳: 'co',
  a21005: 'co',
}

/** Columns and types of the national files that are derived values: known, and not stored. */
const derived =
  /^(aqi|空气质量指数|(pm25|pm10|so2|no2|o3|co)(24h|8h|8h24h)|首要污染物|primarypollutant|primary|quality|空气质量)$/

/** Lower case, without units in brackets, spaces, dots, hyphens and underscores; subscripts to digits. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[（(【[].*?[)）\]】]/g, '')
    .replace(/[\s._\-:：]/g, '')
    .toLowerCase()
}

export const itemOf = (name: string): AirItem | undefined => itemNames[plainName(name)]
export const isDerived = (name: string): boolean => derived.test(plainName(name))

const dateNames = new Set(['date', '日期', '监测日期', '年月日'])
const hourNames = new Set(['hour', '小时', '时', '时次', '时段', '时间', '监测时间', 'time'])
const momentNames = new Set([
  'datetime',
  '时间',
  '监测时间',
  'time',
  '日期时间',
  '数据时间',
  '监测日期时间',
  'timepoint',
])
const typeNames = new Set(['type', '类型', '指标', '监测项目', '项目', '污染物'])
const siteNames = new Set([
  ...['site', 'station', 'stationcode', 'sitecode', 'code', '站点', '站点编码', '站点编号', '站点代码'],
  ...['点位', '点位编码', '点位编号', '点位代码', '监测点编码', '监测点', '站号', 'mn'],
])
/** Columns that only accompany: ours from an error file, and names beside codes. */
const ignored = new Set([
  '错误说明',
  '站点名称',
  '点位名称',
  '监测点名称',
  'sitename',
  'stationname',
  '城市',
  'city',
  '备注',
])

export type HeaderColumn =
  | { readonly role: 'date' | 'hour' | 'moment' | 'type' | 'site' | 'ignored' }
  | { readonly role: 'item'; readonly item: AirItem }
  | { readonly role: 'station'; readonly code: string }

export interface FileHeader {
  readonly layout: 'national' | 'long'
  readonly cells: readonly string[]
  readonly columns: readonly HeaderColumn[]
  /** Columns that nothing is known about, by their text. */
  readonly unknown: readonly string[]
}

/** The header, or undefined when the line is none. National layout: a type column and one column a station. */
export function readHeader(cells: readonly string[]): FileHeader | undefined {
  const names = cells.map(plainName)
  const typeAt = names.findIndex((n) => typeNames.has(n))
  const siteAt = names.findIndex((n) => siteNames.has(n))
  const dateAt = names.findIndex((n) => dateNames.has(n))
  const hourAt = names.findIndex((n, i) => i !== dateAt && hourNames.has(n))
  const momentAt = dateAt >= 0 ? -1 : names.findIndex((n) => momentNames.has(n))
  if ((dateAt < 0 || hourAt < 0) && momentAt < 0) return undefined
  const fixed = new Map<number, HeaderColumn>()
  if (dateAt >= 0) fixed.set(dateAt, { role: 'date' }).set(hourAt, { role: 'hour' })
  else fixed.set(momentAt, { role: 'moment' })
  const national = typeAt >= 0 && siteAt < 0
  if (!national && siteAt < 0) return undefined
  fixed.set(national ? typeAt : siteAt, { role: national ? 'type' : 'site' })
  const unknown: string[] = []
  const columns = cells.map((cell, i): HeaderColumn => {
    const known = fixed.get(i)
    if (known) return known
    if (ignored.has(plainName(cell)) || cell === '') return { role: 'ignored' }
    if (national) return { role: 'station', code: cell }
    const item = itemOf(cell)
    if (item) return { role: 'item', item }
    if (!isDerived(cell)) unknown.push(cell)
    return { role: 'ignored' }
  })
  const useful = columns.some((c) => c.role === 'item' || c.role === 'station')
  return useful ? { layout: national ? 'national' : 'long', cells, columns, unknown } : undefined
}
