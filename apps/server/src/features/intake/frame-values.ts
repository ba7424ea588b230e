/** The observations that a data frame carries, in the platform's codes, units and times. Pure. */
import type { Frame } from '@shanshui/hj212'
import type { Station } from './station.ts'

/** Values of one message. Factors ascending by code, so that files and devices share layouts. */
export interface FrameValues {
  readonly period: 'rt' | 'min' | 'hour' | 'day'
  readonly startMs: number
  readonly factors: readonly string[]
  /** Plain arrays: a typed array of ten numbers costs an allocation outside the heap. */
  readonly values: readonly number[]
  readonly mins: readonly number[] | undefined
  readonly maxs: readonly number[] | undefined
  readonly cous: readonly number[] | undefined
  readonly flags: string
}

/** Data commands and the averaging period of what they carry (HJ 212-2017 table 9). */
export const dataPeriods: Readonly<Record<string, FrameValues['period']>> = {
  2011: 'rt',
  2051: 'min',
  2061: 'hour',
  2031: 'day',
}

/** DataTime as epoch ms, whatever form devices give it; undefined when there is none. */
export function dataTimeOf(frame: Frame): number | undefined {
  return parseDataTime(frame.cp.plain('DataTime'))
}

/**
 * `YYYYMMDDhhmmss` in Beijing time. Devices also send 12 or 17 digits, or `yyyy-MM-dd HH:mm:ss`: the digits count.
 * @returns epoch ms, or undefined when it is no time
 */
export function parseDataTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const digits = text.length === 14 ? text : text.replace(/\D/g, '')
  if (digits.length < 12) return undefined
  const at = (from: number, length: number) => Number(digits.slice(from, from + length))
  const [year, month, day] = [at(0, 4), at(4, 2), at(6, 2)]
  const [hour, minute, second] = [at(8, 2), at(10, 2), digits.length < 14 ? 0 : at(12, 2)]
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const valid =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  return valid && Number.isFinite(ms) ? ms - 8 * 3_600_000 : undefined
}

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000
const shanghaiOffsetMs = 8 * hourMs

/** Start of the interval that DataTime names: floored to it, and one interval earlier where the station labels its end. */
function intervalStart(period: FrameValues['period'], dataTimeMs: number, station: Station): number {
  if (period === 'rt') return dataTimeMs
  const step =
    period === 'hour' ? hourMs : period === 'day' ? dayMs : (station.dialect.minuteInterval ?? 1) * minuteMs
  const floored = Math.floor((dataTimeMs + shanghaiOffsetMs) / step) * step - shanghaiOffsetMs
  return station.dialect.timeLabel === 'end' ? floored - step : floored
}

/**
 * The observations of a data frame that was accepted, without judging it again: what a replay reads from the journal.
 * @returns undefined when the frame carries none
 */
export function valuesOf(frame: Frame, station: Station): FrameValues | undefined {
  const period = dataPeriods[frame.header.cn]
  const dataTimeMs = parseDataTime(frame.cp.plain('DataTime'))
  if (period === undefined || dataTimeMs === undefined) return undefined
  const plan = planOf(frame, station, period)
  if (plan.factors.length === 0) return undefined
  return extract(frame, plan, period, intervalStart(period, dataTimeMs, station))
}

interface FactorPlan {
  readonly factors: readonly string[]
  /** Index of each factor in the frame. */
  readonly order: Int32Array
  /** Whether the value converted by the device is meant (ZsRtd, ZsAvg …) and not the measured one. */
  readonly converted: readonly boolean[]
  /** Power of ten from the device's unit to the platform's. */
  readonly shift: Int32Array
}

const plans = new WeakMap<Station, KnownPlans>()
const usableCode = /^[A-Za-z0-9_]{1,12}$/
/** Facility states and field information are no observations, but for the production load (table B.10). */
const stateCode = /^(SB\d+|i[123]\d{4})$/
const maxPlansPerStation = 200

/** Production load in %, a field information that is a series like any other. */
export const loadFactor = 'i33400'

interface KnownPlans {
  lastCodes: readonly string[]
  lastConverted: readonly number[]
  last: FactorPlan | undefined
  readonly byCodes: Map<string, FactorPlan>
}

/** Factors of this frame for this station, sorted; the same sequence of codes is worked out once. */
function planOf(frame: Frame, station: Station, period: FrameValues['period']): FactorPlan {
  const { codes } = frame.cp
  const converted = frame.cp.factorsWith(period === 'rt' ? 'ZsRtd' : 'ZsAvg')
  const known = plans.get(station) ?? {
    lastCodes: [],
    lastConverted: [],
    last: undefined,
    byCodes: new Map<string, FactorPlan>(),
  }
  // nearly always the message before had the same codes
  if (known.last !== undefined && same(known.lastCodes, codes) && same(known.lastConverted, converted))
    return known.last
  plans.set(station, known)
  const key = converted.length === 0 ? codes.join() : `${codes.join()} ${converted.join()}`
  const plan = known.byCodes.get(key) ?? makePlan(codes, converted, station)
  if (known.byCodes.size < maxPlansPerStation) known.byCodes.set(key, plan)
  known.lastCodes = codes
  known.lastConverted = converted
  known.last = plan
  return plan
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function makePlan(codes: readonly string[], converted: readonly number[], station: Station): FactorPlan {
  const found = new Map<string, { index: number; converted: boolean; of: string }>()
  codes.forEach((code, index) => {
    const factor = ownEntry(station.dialect.factors, code) ?? code
    if (!usableCode.test(code) || (stateCode.test(code) && code !== loadFactor)) return
    if (found.has(factor)) return
    found.set(factor, { index, converted: false, of: factor })
    // what the device converted itself (折算) stands beside what it measured, as a factor of its own
    if (converted.includes(index)) found.set(`${factor}Zs`, { index, converted: true, of: factor })
  })
  const factors = sharedList([...found.keys()].sort())
  const sources = factors.map((f) => found.get(f) as { index: number; converted: boolean; of: string })
  return {
    factors,
    order: Int32Array.from(sources, (s) => s.index),
    converted: sources.map((s) => s.converted),
    shift: Int32Array.from(sources, (s) => unitShift(ownEntry(station.dialect.units, s.of), s.of, station)),
  }
}

/** Equal lists are one object: thousands of stations send the same few combinations of factors. */
const lists = new Map<string, readonly string[]>()
const mostLists = 10_000

function sharedList(factors: readonly string[]): readonly string[] {
  const key = factors.join()
  const known = lists.get(key)
  if (known) return known
  if (lists.size < mostLists) lists.set(key, factors)
  return factors
}

/** Codes come from devices: `__proto__` is a key like any other. */
const ownEntry = <T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined

const powerOf = { 'ng/m³': -3, 'µg/m³': 0, 'mg/m³': 3 } as const
/** Units of the platform: µg/m³; CO mg/m³ (GB 3095). Other factors keep the unit in which they come. */
const platformPower: Readonly<Record<string, number>> = {
  a34004: 0,
  a34002: 0,
  a05024: 0,
  a21004: 0,
  a21026: 0,
  a21005: 3,
}

/** Outlets are kept in mg/m³, the unit of the emission standards. */
const outletPower = powerOf['mg/m³']

function unitShift(unit: keyof typeof powerOf | undefined, factor: string, station: Station): number {
  const wanted = station.kind === 'outlet' ? outletPower : platformPower[factor]
  return unit === undefined || wanted === undefined ? 0 : powerOf[unit] - wanted
}

function extract(
  frame: Frame,
  plan: FactorPlan,
  period: FrameValues['period'],
  startMs: number,
): FrameValues {
  const n = plan.factors.length
  const main = period === 'rt' ? 'Rtd' : 'Avg'
  const other = period === 'rt' ? 'Avg' : 'Rtd'
  const values: number[] = []
  let flags = ''
  for (let i = 0; i < n; i++) {
    const at = plan.order[i] as number
    values.push(plan.converted[i] ? read(frame, plan, i, `Zs${main}`) : measured(frame, plan, i, main, other))
    flags += flagOf(frame.cp.mark(at))
  }
  return {
    period,
    startMs,
    factors: plan.factors,
    values,
    flags,
    mins: column(frame, plan, 'Min', 'ZsMin'),
    maxs: column(frame, plan, 'Max', 'ZsMax'),
    cous: column(frame, plan, 'Cou', 'ZsCou'),
  }
}

function measured(frame: Frame, plan: FactorPlan, i: number, main: string, other: string): number {
  const value = read(frame, plan, i, main)
  if (!Number.isNaN(value)) return value
  const stray = read(frame, plan, i, other)
  // some devices put field information into their data messages as it stands in the table: `i33400-Info=85`
  return Number.isNaN(stray) && plan.factors[i] === loadFactor
    ? infoNumber(frame.cp.text(plan.order[i] as number, 'Info'))
    : stray
}

/** Number of a field information; NaN when it is none. */
export function infoNumber(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text)
}

/** Accumulated emissions keep their own unit; means, minima and maxima are converted. */
function column(
  frame: Frame,
  plan: FactorPlan,
  suffix: 'Min' | 'Max' | 'Cou',
  convertedSuffix: 'ZsMin' | 'ZsMax' | 'ZsCou',
): number[] | undefined {
  let found: number[] | undefined
  for (let i = 0; i < plan.factors.length; i++) {
    const value = read(frame, plan, i, plan.converted[i] ? convertedSuffix : suffix, suffix !== 'Cou')
    if (Number.isNaN(value)) continue
    found ??= new Array<number>(plan.factors.length).fill(Number.NaN)
    found[i] = value
  }
  return found
}

/** A change of unit moves the decimal point of the text: 0.0565 mg/m³ is 56.5 µg/m³ and not 56.50000000000001. */
function read(frame: Frame, plan: FactorPlan, i: number, suffix: string, shifted = true): number {
  const at = plan.order[i] as number
  const shift = shifted ? (plan.shift[i] as number) : 0
  const value = frame.cp.number(at, suffix)
  if (shift === 0 || Number.isNaN(value)) return value
  const text = frame.cp.text(at, suffix) ?? ''
  const moved = Number(`${text.trim()}e${shift}`)
  return Number.isNaN(moved) ? value * 10 ** shift : moved
}

/** One printable character an index: the mark's first letter (HJ 212-2017 table 8), N without a mark, ? for anything else. */
function flagOf(mark: string): string {
  if (mark === '') return 'N'
  const char = (mark[0] as string).toUpperCase()
  return /[A-Z0-9]/.test(char) ? char : '?'
}
