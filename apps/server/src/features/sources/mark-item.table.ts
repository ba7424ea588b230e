/**
 * Items of marks (设备标记与工况标记). Labels of the platform that enterprises know, one public source; the codes of
 * HJ 75-2017 and HJ 76-2017 where they have one, not read in the original.
 */
import type { MarkItem } from '@shanshui/contract'
import { isAbout, type MarkInForce } from './source.table.ts'

const rule = '公告2022年第21号《污染物排放自动监测设备标记规则》'
const both = ['air', 'water'] as const
const burning = [
  'waste-incineration',
  'power',
  'cement',
  'steel',
  'coking',
  'boiler',
  'nonferrous',
  'chemical',
]

function item(
  name: string,
  code: string,
  zh: string,
  en: string,
  effect: MarkItem['effect'],
  more: Partial<MarkItem> = {},
): MarkItem {
  return {
    item: name,
    kind: effect === 'invalid' ? 'equipment' : 'condition',
    code,
    name: { zh, en },
    mediums: [...both],
    sectors: null,
    effect,
    source: `${rule}（一处来源）`,
    status: 'unverified',
    ...more,
  }
}
const air = { mediums: ['air'] as MarkItem['mediums'] }
const furnace = { ...air, sectors: burning }
const incinerator = { ...air, sectors: ['waste-incineration'], source: `${rule}；部令第10号（未见原文）` }

export const markItems: readonly MarkItem[] = [
  item('calibration', 'C', '校准', 'Calibration', 'invalid'),
  item('fault', 'D', '故障', 'Fault of the equipment', 'invalid'),
  item('maintenance', 'M', '日常维护', 'Maintenance', 'invalid'),
  item('communication', 'B', '通讯中断', 'Communication break', 'invalid'),
  item('power-fault', 'P', '监测设备断电', 'Power fault', 'invalid', { source: 'HJ 75-2017（未见原文）' }),
  item('standard-check', 'K', '标样核查', 'Standard check', 'invalid', { mediums: ['water'] }),
  item('stopped', 'F', '停运', 'Source stopped', 'stopped'),
  item('startup', 'U', '启炉', 'Start-up', 'exempt', furnace),
  item('shutdown', 'W', '停炉', 'Shutdown', 'exempt', furnace),
  item('banked', 'H', '闷炉', 'Banked fire', 'exempt', { ...furnace, source: 'HJ 75-2017（未见原文）' }),
  item('preheating', 'R', '烘炉', 'Preheating', 'exempt', incinerator),
  item('cool-down', 'L', '停炉降温', 'Cool-down', 'exempt', incinerator),
  item('source-fault', 'G', '焚烧炉故障', 'Fault of the furnace', 'exempt', incinerator),
  item('accident', 'A', '事故', 'Accident', 'exempt', incinerator),
]

const byName = new Map(markItems.map((row) => [row.item, row]))
export const markItem = (name: string): MarkItem | undefined => byName.get(name)

/** Marks of the equipment about a factor: its values do not count while they hold. */
export const equipmentMarks = (marks: readonly MarkInForce[], factor: string): MarkInForce[] =>
  marks.filter((mark) => isAbout(mark, factor) && markItem(mark.item)?.effect === 'invalid')

/** Flags that a device sets by itself, by its character (HJ 212-2017 表8). */
export const deviceFlagTexts: Readonly<Record<string, string>> = {
  F: '停运',
  M: '维护',
  S: '手工输入',
  D: '故障',
  C: '校准',
  T: '超量程',
  B: '通讯异常',
}
