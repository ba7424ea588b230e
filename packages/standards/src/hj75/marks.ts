import { type Clause, type Configurable, clauseOf, type Status, standards } from '../clause.ts'

export const marksClause: Clause = clauseOf(standards.marking2022)('设备标记与工况标记')
export const reportMarksClause: Clause = clauseOf(standards.hj75)('数据标记')

/**
 * Who speaks: the report of the CEMS by minute, its working condition, a mark of HJ 212 on the wire, the platform's
 * equipment mark, its working-condition mark. One letter means different things on different layers.
 */
export const markLayers = ['report-minute', 'report-condition', 'hj212', 'equipment', 'condition'] as const
export type MarkLayer = (typeof markLayers)[number]

/**
 * What a mark does to the minutes it covers: `none` leaves them valid; `invalid` and `missing` cost the validity;
 * `stopped` takes them out of every count; `condition` leaves them valid, and whether the limit applies depends on
 * permit and sector; `suspect` keeps them and asks for a look.
 */
export type MarkEffect = 'none' | 'invalid' | 'missing' | 'stopped' | 'condition' | 'suspect'

export interface MarkCode {
  readonly layer: MarkLayer
  /** Code as written; on the platform the item's name. */
  readonly code: string
  readonly zh: string
  readonly effect: MarkEffect
  /** Only in this sector; absent = everywhere. */
  readonly sector?: 'waste-incineration' | 'water'
  readonly source: string
  readonly status: Status
}

type Entry = readonly [code: string, zh: string, effect: MarkEffect, sector?: MarkCode['sector']]

const layer = (name: MarkLayer, source: string, status: Status, entries: readonly Entry[]): MarkCode[] =>
  entries.map(([code, zh, effect, sector]) => {
    const mark = { layer: name, code, zh, effect, source, status }
    return sector === undefined ? mark : { ...mark, sector }
  })

const HJ75 = 'HJ 75-2017、HJ 76-2017 报表数据标记（未见原文）'
const HJ212 = 'HJ 212-2017 表8 数据标记'
const EQUIPMENT = '公告2022年第21号 自动监测设备标记（取自企业端实际界面，一处来源）'
const CONDITION = '公告2022年第21号 工况标记（公开资料，一处来源）'

/** Marks of every layer and what they do. Row order is the order in lists. */
export const markCodes: readonly MarkCode[] = [
  ...layer('report-minute', HJ75, 'unverified', [
    ['P', '电源故障', 'invalid'],
    ['F', '排放源停运', 'stopped'],
    ['C', '校准', 'invalid'],
    ['M', '维护', 'invalid'],
    ['O', '超排放标准', 'none'],
    ['Md', '缺失', 'missing'],
    ['T', '超测定上限', 'suspect'],
    ['D', '仪器故障', 'invalid'],
  ]),
  ...layer('report-condition', HJ75, 'unverified', [
    ['F', '停运', 'stopped'],
    ['St', '启炉', 'condition'],
    ['Sd', '停炉', 'condition'],
    ['B', '闷炉', 'condition'],
  ]),
  ...layer('hj212', HJ212, 'verified', [
    ['N', '正常', 'none'],
    ['F', '停运', 'stopped'],
    ['M', '维护', 'invalid'],
    ['S', '手工输入', 'invalid'],
    ['D', '故障', 'invalid'],
    ['C', '校准', 'invalid'],
    ['T', '超测量上限', 'suspect'],
    ['B', '通讯异常', 'missing'],
  ]),
  ...layer('equipment', EQUIPMENT, 'unverified', [
    ['数据有效', '数据有效', 'none'],
    ['数据缺失', '数据缺失', 'missing'],
    ['通讯中断', '通讯中断', 'missing'],
    ['校准', '自动监测设备维护—校准', 'invalid'],
    ['故障', '自动监测设备维护—故障', 'invalid'],
    ['日常维护', '自动监测设备维护—日常维护', 'invalid'],
    ['标样核查', '标样核查', 'invalid', 'water'],
    ['CEMS维护', 'CEMS维护', 'invalid', 'waste-incineration'],
    ['炉温异常', '炉温异常', 'suspect', 'waste-incineration'],
    ['热电偶故障', '热电偶故障', 'invalid', 'waste-incineration'],
  ]),
  ...layer('condition', CONDITION, 'unverified', [
    ['正常', '正常运行', 'none'],
    ['停运', '停运', 'stopped'],
    ['烘炉', '烘炉', 'condition', 'waste-incineration'],
    ['启炉', '启炉', 'condition', 'waste-incineration'],
    ['停炉', '停炉', 'condition', 'waste-incineration'],
    ['停炉降温', '停炉降温', 'condition', 'waste-incineration'],
    ['故障', '故障', 'condition', 'waste-incineration'],
    ['事故', '事故', 'condition', 'waste-incineration'],
  ]),
]

const byLayerAndCode = new Map(markCodes.map((mark) => [`${mark.layer} ${mark.code}`, mark]))

/** A mark by layer and code; undefined when the layer does not know it. */
export function markCode(layerName: MarkLayer, code: string): MarkCode | undefined {
  return byLayerAndCode.get(`${layerName} ${code}`)
}

/**
 * Effect of a mark: empty text is no mark; what a layer does not know is taken as costing validity and is kept as text,
 * because only N says that a value is normal.
 */
export function markEffect(layerName: MarkLayer, code: string): MarkEffect {
  if (code === '') return 'none'
  return markCode(layerName, code)?.effect ?? 'invalid'
}

/** Whether minutes with this effect are lost for the 45 of the hour. */
export function costsValidity(effect: MarkEffect): boolean {
  return effect === 'invalid' || effect === 'missing' || effect === 'stopped'
}

/** When the enterprise has to have marked a day: hours after the end of that day, Beijing time. */
export const markingDeadlineHours: Configurable<number> = {
  value: 12,
  source: '公告2022年第21号：次日12时前完成标记（未见原文）',
  status: 'unverified',
}

/** The moment (epoch ms) until which the day that starts at `dayStartMs` may be marked: noon of the next day. */
export function markingDeadlineMs(dayStartMs: number): number {
  return dayStartMs + (24 + markingDeadlineHours.value) * 3_600_000
}
