/** Numbers of permits that were not read in an official text, or are rules of this software. */
import type { Configurable } from '../clause.ts'

/** Share of missing automatic data of an accounting period above which they are no basis. */
export const missingShareLimit: Configurable<number> = {
  value: 0.25,
  source:
    '排污许可证申请与核发技术规范：自动监测数据季度缺失时段超过25%的，不能以自动监测数据为依据（条文待核实）',
  status: 'unverified',
}

/** Distance between the load when samples were taken and that of the period above which the result is scaled by it. */
export const loadDeviationLimit: Configurable<number> = {
  value: 0.25,
  source: '平台约定：手工监测工况与核算期平均工况相差超过25%时按负荷折算',
  status: 'design',
}

/** Deadlines of execution reports where the permit names none. */
export const defaultReportDeadlines: Configurable<{
  readonly yearDueOn: string
  readonly quarterDays: number
  readonly monthDays: number
}> = {
  value: { yearDueOn: '01-31', quarterDays: 15, monthDays: 15 },
  source: '已公开的许可证样例：年报次年1月15日或1月底、季报和月报期后15日，各证不一，以许可证载明为准',
  status: 'design',
}

/** A permit held for less than this before the end of the period need not report it. */
export const reportExemption: Configurable<{
  readonly yearMonths: number
  readonly quarterMonths: number
  readonly monthDays: number
}> = {
  value: { yearMonths: 3, quarterMonths: 1, monthDays: 10 },
  source: 'HJ 944-2018 及已公开的许可证样例：持证不足3个月不报当年年报、不足1个月不报季报、不足10日不报月报',
  status: 'unverified',
}

/** Warnings of the annual amount, in percent of the permitted one. */
export const amountWarnings: Configurable<readonly number[]> = {
  value: [80, 90],
  source: '平台约定：达到许可排放量的80%、90%时预警，按日均推算超过100%时预警',
  status: 'design',
}

/** Tolerance between the tonnes of a report, its outlets, its ledger and automatic monitoring. */
export const tonnageTolerance: Configurable<number> = {
  value: 0.05,
  source: '平台约定：各来源排放量相差超过5%的核查',
  status: 'design',
}

/** Share of sulphur that becomes SO2 (K), by kind of furnace. */
export const sulphurConversion: Configurable<Readonly<Record<'power-coal' | 'grate', number>>> = {
  value: { 'power-coal': 0.9, grate: 0.8 },
  source: '物料衡算常用值：燃煤电厂0.90，层燃炉0.80—0.85',
  status: 'unverified',
}
