/**
 * Hours of one outlet: pure, column by column. Raw value → device flag → manual mark → minutes → quality assurance →
 * working condition → conversion → mass → limit. A value that does not count is kept; only its state says so.
 */
import { compare, convertHours, hourMass, markedMinutes, overLimitMultiple } from '@shanshui/standards'
import { hourMs } from '../series/index.ts'
import { type ExemptionQuotas, exemptHours, isIncinerator } from './exemption.ts'
import { equipmentMarks, markItem } from './mark-item.table.ts'
import {
  bearableMinutes,
  type FactorHours,
  hourState,
  isAbout,
  type LimitRow,
  type MarkInForce,
  type OutletBlock,
  type OutletContext,
  phFactor,
  reasonChar,
} from './source.table.ts'

/** Data of one factor: from minutes (rolled) and from the hour message. NaN and flag ' ' = not there. */
export interface RawFactor {
  readonly value: Float64Array
  readonly flag: Uint8Array
  /** 1 = invalidated by the platform's review. */
  readonly reviewed: Uint8Array
  readonly reported: Float64Array
  /** 'm', 'h' or '-' as character code. */
  readonly method: Uint8Array
  /** 1 = fewer than 45 valid minutes. */
  readonly short: Uint8Array
}

export interface RawBlock {
  readonly fromMs: number
  readonly hours: number
  readonly o2: Float64Array
  /** As sent; multiplied to m³/h here. */
  readonly flow: Float64Array
  readonly load: Float64Array
  readonly msg: Float64Array
  readonly factors: ReadonlyMap<string, RawFactor>
}

export type LimitAt = (factor: string, hour: number) => LimitRow | undefined

const space = ' '.charCodeAt(0)
const flagF = 'F'.charCodeAt(0)
/** N normal, T above the range (kept as suspect), I rolled from too few minutes: judged by `short`. */
const usableFlags = new Set(['N', 'T', 'I'].map((flag) => flag.charCodeAt(0)))
const water = 'water'

/** Evaluates the hours of an outlet. Arrays of the result are dense; hours without data are missing. */
export function evaluateHours(
  context: OutletContext,
  raw: RawBlock,
  limitAt: LimitAt,
  quotas: ExemptionQuotas,
): OutletBlock {
  const { hours, fromMs } = raw
  const flow = new Float64Array(hours)
  for (let i = 0; i < hours; i++) flow[i] = (raw.flow[i] as number) * context.flowFactor
  const stopped = stoppedMinutes(context, fromMs, hours)
  const exempt = exemptHours(context, fromMs, hours, quotas)
  const factors = context.pollutants.map((factor) =>
    evaluateFactor(context, raw, factor, flow, stopped, exempt, limitAt),
  )
  return { context, fromMs, hours, o2: raw.o2, flow, load: raw.load, msg: raw.msg, factors }
}

function stoppedMinutes(context: OutletContext, fromMs: number, hours: number): Uint8Array {
  const spans = [
    ...context.marks.filter((mark) => markItem(mark.item)?.effect === 'stopped'),
    ...context.plannedStops,
  ]
  const minutes = new Uint8Array(hours)
  if (spans.length > 0) markedMinutes(minutes, fromMs, spans)
  return minutes
}

/** Nothing came. */
export function emptyFactor(hours: number): RawFactor {
  const nan = () => new Float64Array(hours).fill(Number.NaN)
  const method = new Uint8Array(hours).fill('-'.charCodeAt(0))
  const flag = new Uint8Array(hours).fill(space)
  return {
    value: nan(),
    flag,
    reviewed: new Uint8Array(hours),
    reported: nan(),
    method,
    short: new Uint8Array(hours),
  }
}

function evaluateFactor(
  context: OutletContext,
  raw: RawBlock,
  factor: string,
  flow: Float64Array,
  stopped: Uint8Array,
  exempt: Uint8Array,
  limitAt: LimitAt,
): FactorHours {
  const { hours, fromMs } = raw
  const data = raw.factors.get(factor) ?? emptyFactor(hours)
  const manual = manualChars(context.marks, factor, fromMs, hours)
  const made = {
    factor,
    measured: data.value,
    reported: data.reported,
    converted: new Float64Array(hours).fill(Number.NaN),
    massKg: new Float64Array(hours).fill(Number.NaN),
    limit: new Float64Array(hours).fill(Number.NaN),
    limitId: new Int32Array(hours),
    state: new Uint8Array(hours),
    reason: new Uint8Array(hours).fill(space),
    auto: new Uint8Array(hours).fill(space),
    manual,
    method: data.method,
    over: new Uint8Array(hours),
  }
  judgeStates(made, context, data, flow, stopped, exempt, fromMs)
  const comparable = convert(made, context, raw.o2)
  hourMass(made.massKg, made.measured, flow, context.outlet.medium)
  if (factor === phFactor) made.massKg.fill(Number.NaN)
  judgeLimits(made, comparable, limitAt, !isIncinerator(context.outlet.facility))
  return made
}

/** What the enterprise or the bureau marked, one character an hour: the mark that covers most of it. */
function manualChars(
  marks: readonly MarkInForce[],
  factor: string,
  fromMs: number,
  hours: number,
): Uint8Array {
  const chars = new Uint8Array(hours).fill(space)
  const own = marks.filter((mark) => isAbout(mark, factor))
  if (own.length === 0) return chars
  const most = new Uint8Array(hours)
  const minutes = new Uint8Array(hours)
  for (const mark of own) {
    const code = markItem(mark.item)?.code.charCodeAt(0) ?? space
    markedMinutes(minutes, fromMs, [mark])
    for (let i = 0; i < hours; i++) {
      if ((minutes[i] as number) <= (most[i] as number)) continue
      most[i] = minutes[i] as number
      chars[i] = code
    }
  }
  return chars
}

function judgeStates(
  made: FactorHours,
  context: OutletContext,
  data: RawFactor,
  flow: Float64Array,
  stopped: Uint8Array,
  exempt: Uint8Array,
  fromMs: number,
): void {
  const hours = made.state.length
  const lost = new Uint8Array(hours)
  const equipment = equipmentMarks(context.marks, made.factor)
  if (equipment.length > 0) markedMinutes(lost, fromMs, equipment)
  const qa = qaReasons(context, made.factor, fromMs, hours)
  const isWater = context.outlet.medium === water
  const range = context.ranges.get(made.factor) ?? Number.POSITIVE_INFINITY
  const set = (i: number, state: number, why: number) => {
    made.state[i] = state
    made.reason[i] = why
  }
  for (let i = 0; i < hours; i++) {
    const flag = data.flag[i] as number
    if (flag !== space && flag !== 'N'.charCodeAt(0) && flag !== 'I'.charCodeAt(0)) made.auto[i] = flag
    const value = data.value[i] as number
    if ((stopped[i] as number) > bearableMinutes || flag === flagF)
      set(i, hourState.stopped, reasonChar.stopped)
    else if ((lost[i] as number) > bearableMinutes) set(i, hourState.invalid, reasonChar.marked)
    else if (flag !== space && !usableFlags.has(flag)) set(i, hourState.invalid, reasonChar['device-flag'])
    else if (data.short[i] === 1) set(i, hourState.invalid, reasonChar.minutes)
    else if (Number.isNaN(value)) set(i, hourState.missing, reasonChar['no-data'])
    else if (data.reviewed[i] === 1) set(i, hourState.invalid, reasonChar.review)
    else if (value > range) set(i, hourState.invalid, reasonChar['out-of-range'])
    else if (qa !== undefined && (qa[i] as number) !== 0) set(i, hourState.invalid, qa[i] as number)
    else if (isWater && flow[i] === 0) set(i, hourState.invalid, reasonChar['zero-flow'])
    else if (exempt[i] === 1) set(i, hourState.exempt, reasonChar.exempt)
    else made.state[i] = hourState.valid
  }
}

/** Reason of each hour that quality assurance takes out, 0 = none; undefined when no interval touches. */
function qaReasons(
  context: OutletContext,
  factor: string,
  fromMs: number,
  hours: number,
): Uint8Array | undefined {
  const own = context.qa.filter(
    (one) => isAbout(one, factor) && one.toMs > fromMs && one.fromMs < fromMs + hours * hourMs,
  )
  if (own.length === 0) return undefined
  const reasons = new Uint8Array(hours)
  const minutes = new Uint8Array(hours)
  for (const one of own) {
    markedMinutes(minutes, fromMs, [one])
    for (let i = 0; i < hours; i++)
      if (reasons[i] === 0 && (minutes[i] as number) > bearableMinutes) reasons[i] = reasonChar[one.why]
  }
  return reasons
}

/** Fills `converted` and returns what is compared with the limit: converted where a basis exists, else measured. */
function convert(made: FactorHours, context: OutletContext, o2: Float64Array): Float64Array {
  if (context.outlet.medium === water || context.conversion.kind === 'measured') return made.measured
  convertHours(made.converted, made.measured, o2, context.conversion)
  for (let i = 0; i < made.state.length; i++) {
    const lacks = Number.isNaN(made.converted[i] as number) && (made.measured[i] as number) >= 0
    if (lacks && made.state[i] === hourState.valid) made.reason[i] = reasonChar['o2-not-convertible']
  }
  return made.converted
}

/** Continuous monitoring of incinerators is judged by the day only (GB 18484-2020 7.2.5; 部令第10号). */
function judgeLimits(made: FactorHours, comparable: Float64Array, limitAt: LimitAt, byHour: boolean): void {
  for (let i = 0; i < made.state.length; i++) {
    const limit = limitAt(made.factor, i)
    if (limit === undefined) continue
    made.limit[i] = limit.value
    made.limitId[i] = limit.id
    if (limit.averaging === 'day' || !byHour) continue
    const state = made.state[i]
    if (state !== hourState.valid && state !== hourState.exempt) continue
    if (exceeds(comparable[i] as number, limit)) made.over[i] = state === hourState.valid ? 1 : 2
  }
}

/** Above the limit (pH: outside of it) after rounding to its decimals. Most values need no rounding to know. */
export function exceeds(value: number, limit: Pick<LimitRow, 'value' | 'min' | 'decimals'>): boolean {
  const beyond = value > limit.value || (limit.min !== null && value < limit.min)
  return beyond && compare(value, limit) === 'exceeds'
}

/** Exceedance multiple (C−L)/L; of pH, which has none, how far it lies outside of its range. */
export function multipleOf(value: number, limit: Pick<LimitRow, 'value' | 'min'>): number {
  if (limit.min === null) return overLimitMultiple(value, limit.value)
  return value < limit.min ? limit.min - value : value - limit.value
}

/** Value that a limit is compared with. */
export function comparableOf(context: OutletContext, factor: FactorHours): Float64Array {
  return context.outlet.medium === water || context.conversion.kind === 'measured'
    ? factor.measured
    : factor.converted
}
