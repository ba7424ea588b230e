/** Row and working types of the sources room. Times are epoch ms; an hour is named by its start. */
import type { BasisStatus } from '@shanshui/contract'
import { type ConversionRule, validMinutesPerHour } from '@shanshui/standards'
import type { Device, Outlet, PermitDocument } from '../registry/index.ts'
import type { QaRecord } from './maintenance.repository.ts'

/** Numbers of the states, as stored: 0 missing 1 valid 2 invalid 3 stopped 4 exempt. */
export { hourStateCode as hourState, hourStates } from '@shanshui/standards'

/** Why an hour has its state; one character in storage. */
export const hourReasons = {
  ' ': { code: '', zh: '有效' },
  '-': { code: 'no-data', zh: '没有数据' },
  a: { code: 'device-flag', zh: '设备自带标记' },
  k: { code: 'marked', zh: '人工设备标记' },
  n: { code: 'minutes', zh: '有效分钟不足45分钟' },
  x: { code: 'review', zh: '平台审核判为无效' },
  r: { code: 'out-of-range', zh: '超出仪器量程' },
  z: { code: 'zero-flow', zh: '流量为零' },
  q: { code: 'comparison-failed', zh: '比对或标样核查不合格时段' },
  d: { code: 'out-of-control', zh: '校准漂移超限（失控）时段' },
  o: { code: 'calibration-overdue', zh: '超期未校准' },
  f: { code: 'stopped', zh: '停运' },
  e: { code: 'exempt', zh: '工况豁免' },
  c: { code: 'o2-not-convertible', zh: '氧含量过高或缺失，不能折算' },
} as const satisfies Record<string, { code: string; zh: string }>
export type HourReasonChar = keyof typeof hourReasons
/** Character codes, as the arrays hold them. */
export const reasonChar = Object.fromEntries(
  Object.entries(hourReasons).map(([char, { code }]) => [code, char.charCodeAt(0)]),
) as Record<(typeof hourReasons)[HourReasonChar]['code'], number>

export interface LimitDraft {
  readonly value: number
  readonly min: number | null
  readonly decimals: number
  readonly unit: string
  readonly averaging: 'hour' | 'day' | 'instant'
  readonly source: string
  readonly clause: string | null
  readonly why: string
  readonly status: BasisStatus
}
export interface LimitRow extends LimitDraft {
  readonly id: number
}

/** A mark that people set, in force. */
export interface MarkInForce {
  readonly id: bigint
  readonly factor: string | null
  readonly item: string
  readonly fromMs: number
  readonly toMs: number
}

/** Whether a mark, or a stretch of quality assurance, is about this factor: one without a factor is about all. */
export const isAbout = (one: { readonly factor: string | null }, factor: string): boolean =>
  one.factor === null || one.factor === factor

/** A stretch of time in which a factor's values do not count because quality assurance failed. Null: every factor. */
export interface QaInterval {
  readonly factor: string | null
  readonly fromMs: number
  readonly toMs: number
  readonly why: 'comparison-failed' | 'out-of-control' | 'calibration-overdue'
}

/** Everything about one outlet that its hours depend on besides the data. */
export interface OutletContext {
  readonly outlet: Outlet
  readonly pollutants: readonly string[]
  readonly layoutId: number
  readonly conversion: ConversionRule
  /** Multiplies the sent flow to m³/h. */
  readonly flowFactor: number
  readonly permits: readonly PermitDocument[]
  readonly devices: readonly Device[]
  /** Upper end of the measuring range by factor, in the unit of its values. */
  readonly ranges: ReadonlyMap<string, number>
  /** In force, since the start of the year of the first hour, in order of start. */
  readonly marks: readonly MarkInForce[]
  readonly plannedStops: readonly { fromMs: number; toMs: number }[]
  /** Of the maintenance ledger, oldest first: what says something about the quality of the data. */
  readonly records: readonly QaRecord[]
  readonly qa: readonly QaInterval[]
}

/** One factor of an outlet over consecutive hours; position i of every array is the same hour. */
export interface FactorHours {
  readonly factor: string
  /** As sent, also where it does not count. */
  readonly measured: Float64Array
  readonly reported: Float64Array
  readonly converted: Float64Array
  readonly massKg: Float64Array
  readonly limit: Float64Array
  readonly limitId: Int32Array
  readonly state: Uint8Array
  readonly reason: Uint8Array
  readonly auto: Uint8Array
  readonly manual: Uint8Array
  readonly method: Uint8Array
  /** 0 no, 1 above the hourly limit, 2 above it in an exempt hour. */
  readonly over: Uint8Array
}

/** Hours of one outlet, dense from `fromMs`. */
export interface OutletBlock {
  readonly context: OutletContext
  readonly fromMs: number
  readonly hours: number
  readonly o2: Float64Array
  readonly flow: Float64Array
  readonly load: Float64Array
  /** Highest contributing message; 0 = none. */
  readonly msg: Float64Array
  readonly factors: readonly FactorHours[]
}

/** A stored row of outlet_hour. */
export interface HourRow {
  readonly outletId: number
  readonly startMs: number
  readonly layoutId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly msg: number
  readonly vals: Float64Array
  readonly limits: Int32Array
  readonly states: string
  readonly reasons: string
  readonly auto: string
  readonly manual: string
  readonly methods: string
}

/** Values of a row before those of its factors, and values of each factor. */
export const headValues = 3
export const factorValues = 5
export const valueAt = { measured: 0, reported: 1, converted: 2, massKg: 3, limit: 4 } as const

/** Value that is compared: converted where there is one. */
export function comparableAt(row: { readonly vals: ArrayLike<number> }, f: number): number {
  const at = headValues + f * factorValues
  const converted = row.vals[at + valueAt.converted] as number
  return Number.isNaN(converted) ? (row.vals[at + valueAt.measured] as number) : converted
}

export const o2Factor = 'a19001'
export const airFlowFactor = 'a00000'
export const waterFlowFactor = 'w00000'
export const loadFactor = 'i33400'
export const phFactor = 'w01001'
/** Furnace temperature of a waste incinerator, 5-minute means (HJ 212-2025). */
export const furnaceFactor = 'a01901'
/** Flue-gas and flow parameters: observed, but no pollutants. */
const parameters = /^(a19001|a00000|a0101[1-4]|a01901|w00000|w01010|i.*|.*Zs)$/
export const isPollutant = (factor: string): boolean => !parameters.test(factor)

/** Minutes an hour can lose and still be valid. */
export const bearableMinutes = 60 - validMinutesPerHour.value
