/** How an hour came about, step by step, for people. Pure. */
import type { OutletHourDetail } from '@shanshui/contract'
import {
  type ConversionRule,
  convertibleBelowO2,
  referenceOxygenOf,
  validMinutesPerHour,
} from '@shanshui/standards'
import type { Outlet } from '../registry/index.ts'
import { factorName, factorUnit } from './factor-name.ts'
import { exceeds, multipleOf } from './hour-evaluation.ts'
import {
  comparableAt,
  factorValues,
  type HourReasonChar,
  type HourRow,
  headValues,
  hourReasons,
  hourState,
  type LimitRow,
  valueAt,
} from './source.table.ts'

type Step = OutletHourDetail['trace'][number]

const shown = (value: number | undefined, digits = 4): string =>
  value === undefined || Number.isNaN(value) ? '无' : String(Number(value.toPrecision(digits + 3)))

export function hourTrace(hour: {
  row: HourRow
  f: number
  factor: string
  limit: LimitRow | undefined
  outlet: Outlet
  conversion: ConversionRule
  validMinutes: number | null
}): Step[] {
  const { row, f, factor, limit, outlet, conversion } = hour
  const at = headValues + f * factorValues
  const value = (index: number) => row.vals[at + index] as number
  const unit = factorUnit(factor)
  const steps: Step[] = []
  const step = (name: string, input: string, result: string, basis: string | null, status: Step['status']) =>
    steps.push({ step: name, input, result, basis, status })
  const source = row.methods[f] === 'm' ? '分钟数据' : row.methods[f] === 'h' ? '小时报文' : '无数据'
  step('取值', source, `${factorName(factor)} ${shown(value(valueAt.measured))} ${unit}`, null, null)
  if (row.methods[f] === 'm') {
    const minutes = hour.validMinutes === null ? '未知' : `${hour.validMinutes} 条有效分钟数据`
    step(
      '有效分钟',
      minutes,
      row.reasons[f] === 'n' ? '不足，小时无效' : '符合',
      validMinutesPerHour.source,
      'unverified',
    )
  }
  const reason = hourReasons[row.reasons[f] as HourReasonChar]
  const marks = `设备标记“${row.auto[f] ?? ' '}”，人工标记“${row.manual[f] ?? ' '}”`
  const stateName = ['缺失', '有效', '无效', '停运', '豁免'][Number(row.states[f])] ?? ''
  step(
    '有效性',
    marks,
    `${stateName}${reason === undefined || reason.code === '' ? '' : `：${reason.zh}`}`,
    null,
    null,
  )
  if (outlet.medium === 'air') step(...conversionStep(outlet, conversion, row, value))
  const mass = value(valueAt.massKg)
  const formula = outlet.medium === 'water' ? 'C×Q×10⁻³' : 'C实测×Q×10⁻⁶'
  step(
    '排放量',
    `${formula}，Q=${shown(row.vals[1])} m³/h`,
    `${shown(mass)} kg`,
    '用实测浓度，不用折算浓度',
    null,
  )
  if (limit === undefined) step('限值', '许可、地方、行业、综合标准', '未找到适用限值', null, null)
  else {
    const range = limit.min === null ? String(limit.value) : `${limit.min}～${limit.value}`
    step('限值', limit.why, `${range} ${limit.unit}`, limit.clause ?? limit.source, limit.status)
    step(
      '判定',
      `修约至 ${limit.decimals} 位小数后比较`,
      verdict(row, f, limit),
      'GB/T 8170-2008',
      'verified',
    )
  }
  return steps
}

function conversionStep(
  outlet: Outlet,
  rule: ConversionRule,
  row: HourRow,
  value: (index: number) => number,
): [string, string, string, string | null, Step['status']] {
  const basis = referenceOxygenOf(outlet.facility)
  const status = basis?.status ?? 'unverified'
  if (rule.kind === 'measured')
    return ['折算', '无基准氧含量', '按实测浓度判定', basis?.source ?? null, status]
  const reference = rule.kind === 'excess-air' ? `过量空气系数 ${rule.coefficient}` : `基准氧 ${rule.o2}%`
  const input = `实测氧 ${shown(row.vals[0])}%，${reference}`
  const converted = value(valueAt.converted)
  if (Number.isNaN(converted))
    return [
      '折算',
      input,
      `不能折算（氧含量缺失或不低于 ${convertibleBelowO2.value}%）`,
      convertibleBelowO2.source,
      'design',
    ]
  const reported = value(valueAt.reported)
  const beside = Number.isNaN(reported) ? '' : `（上报折算 ${shown(reported)}）`
  return ['折算', input, `${shown(converted)}${beside}`, basis?.source ?? '排放口档案', status]
}

function verdict(row: HourRow, f: number, limit: LimitRow): string {
  if (limit.averaging === 'day') return '按日均值判定，小时值不单独判定'
  const state = Number(row.states[f])
  if (state !== hourState.valid) return '该小时不参与判定'
  const compared = comparableAt(row, f)
  if (!exceeds(compared, limit)) return '未超标'
  return `超标 ${shown(multipleOf(compared, limit))} ${limit.min === null ? '倍' : '（pH 单位）'}`
}
