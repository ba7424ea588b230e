/** Days of an outlet from its evaluated hours: means, masses, counters of the transmission rate. Pure. */
import {
  countFactorDay,
  type FactorHour,
  gasDayMeans,
  isAveragedInWater,
  waterDays,
} from '@shanshui/standards'
import { dayMs, hourMs } from '../series/index.ts'
import { comparableOf, exceeds } from './hour-evaluation.ts'
import type { LimitBook } from './limit-book.ts'
import type { Settings } from './setting.repository.ts'
import { type FactorHours, hourState, type OutletBlock, reasonChar } from './source.table.ts'

export interface DayRow {
  readonly outletId: number
  readonly dayMs: number
  readonly layoutId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly means: Float64Array
  /** kg of the valid hours. */
  readonly masses: Float64Array
  readonly limits: Int32Array
  readonly validHours: Int32Array
  readonly dueHours: Int32Array
  /** Hours above the limit; of a factor that is judged by the day 1. */
  readonly overHours: Int32Array
  readonly stoppedHours: number
  /** due, received, validDue, valid, received in time, valid in time. */
  readonly counters: Int32Array
}

export interface DayFacts {
  readonly settings: Settings
  readonly limits: LimitBook
  readonly nowMs: number
  /** When a message came, epoch ms; NaN when it is not known. */
  readonly arrivedMs: (msg: number) => number
}

const hoursPerDay = 24
const checkMark = 'K'.charCodeAt(0)
const calibrating = 'C'.charCodeAt(0)
const space = ' '.charCodeAt(0)

interface FactorDays {
  readonly mean: Float64Array
  readonly mass: Float64Array
  readonly valid: Uint8Array
  readonly due: Uint8Array
}

/** Rows of the block's whole days; days on which nothing came and nothing was marked have none. */
export function evaluateDays(
  block: OutletBlock,
  facts: DayFacts,
  hasData: (day: number) => boolean,
): DayRow[] {
  const days = block.hours / hoursPerDay
  const byFactor = block.factors.map((factor) => factorDays(block, factor, days, facts.settings))
  const rows: DayRow[] = []
  for (let day = 0; day < days; day++) if (hasData(day)) rows.push(dayRow(block, byFactor, day, facts))
  return rows
}

function factorDays(block: OutletBlock, factor: FactorHours, days: number, settings: Settings): FactorDays {
  const made = {
    mean: new Float64Array(days).fill(Number.NaN),
    mass: new Float64Array(days),
    valid: new Uint8Array(days),
    due: dueHours(factor, days, settings.number('water.zeroFlowDue') === 1),
  }
  const counts = new Uint8Array(block.hours)
  for (let i = 0; i < block.hours; i++) {
    const state = factor.state[i]
    if (state !== hourState.valid && state !== hourState.exempt) continue
    counts[i] = 1
    const kg = factor.massKg[i] as number
    const day = Math.floor(i / hoursPerDay)
    if (!Number.isNaN(kg)) made.mass[day] = (made.mass[day] as number) + kg
  }
  if (block.context.outlet.medium === 'air') {
    const value = comparableOf(block.context, factor)
    gasDayMeans(made.mean, made.valid, value, factor.state, settings.number('day.validHours'))
    return made
  }
  const hours = { concentration: factor.measured, flow: block.flow, valid: counts, due: made.due }
  const ownMass = new Float64Array(days)
  waterDays(made.mean, ownMass, made.valid, hours)
  // pH and temperature have no mean
  if (!isAveragedInWater(factor.factor)) {
    made.mean.fill(Number.NaN)
    for (let i = 0; i < block.hours; i++)
      if (i % hoursPerDay === 0) made.valid[i / hoursPerDay] = sum(counts, i, i + hoursPerDay)
  }
  return made
}

function dueHours(factor: FactorHours, days: number, zeroFlowDue: boolean): Uint8Array {
  const due = new Uint8Array(days).fill(hoursPerDay)
  for (let i = 0; i < factor.state.length; i++) {
    const left =
      factor.state[i] === hourState.stopped || (!zeroFlowDue && factor.reason[i] === reasonChar['zero-flow'])
    const day = Math.floor(i / hoursPerDay)
    if (left) due[day] = (due[day] as number) - 1
  }
  return due
}

function sum(values: Uint8Array, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i++) total += values[i] as number
  return total
}

function dayRow(block: OutletBlock, byFactor: readonly FactorDays[], day: number, facts: DayFacts): DayRow {
  const { context, factors } = block
  const n = factors.length
  const startMs = block.fromMs + day * dayMs
  const row = {
    outletId: context.outlet.id,
    dayMs: startMs,
    layoutId: context.layoutId,
    regionCode: context.outlet.regionCode,
    ownerId: context.outlet.ownerId,
    means: new Float64Array(n),
    masses: new Float64Array(n),
    limits: new Int32Array(n),
    validHours: new Int32Array(n),
    dueHours: new Int32Array(n),
    overHours: new Int32Array(n),
    stoppedHours: stoppedHours(factors, day),
    counters: new Int32Array(6),
  }
  const ended = startMs + dayMs <= facts.nowMs
  for (let f = 0; f < n; f++) {
    const factor = factors[f] as FactorHours
    const days = byFactor[f] as FactorDays
    row.means[f] = days.mean[day] as number
    row.masses[f] = days.mass[day] as number
    row.validHours[f] = days.valid[day] as number
    row.dueHours[f] = days.due[day] as number
    const limit = facts.limits.at(context.outlet.id, factor.factor, 'day', startMs)
    row.limits[f] = limit?.id ?? 0
    let over = 0
    for (let i = day * hoursPerDay; i < (day + 1) * hoursPerDay; i++) if (factor.over[i] === 1) over++
    // a day that has not ended may still turn
    const dayOver = ended && limit !== undefined && exceeds(row.means[f] as number, limit)
    row.overHours[f] = over > 0 ? over : dayOver ? 1 : 0
    count(row.counters, block, factor, day, facts)
  }
  return row
}

function stoppedHours(factors: readonly FactorHours[], day: number): number {
  let stopped = 0
  for (let i = day * hoursPerDay; i < (day + 1) * hoursPerDay; i++)
    if (factors.every((factor) => factor.state[i] === hourState.stopped)) stopped++
  return stopped
}

/** Adds one factor's items of one day to the counters. */
function count(
  counters: Int32Array,
  block: OutletBlock,
  factor: FactorHours,
  day: number,
  { settings, nowMs, arrivedMs }: DayFacts,
): void {
  const items = settings.number('transmission.zsDue') === 1 && block.context.outlet.medium === 'air' ? 2 : 1
  const graceMs = settings.number('hour.graceMinutes') * 60_000
  const promptMs = settings.number('transmission.realtimeMinutes') * 60_000
  const all: FactorHour[] = []
  const prompt: FactorHour[] = []
  for (let i = day * hoursPerDay; i < (day + 1) * hoursPerDay; i++) {
    const endMs = block.fromMs + (i + 1) * hourMs
    const sent = !Number.isNaN(factor.measured[i] as number) || factor.auto[i] !== space
    if (!sent && endMs + graceMs > nowMs) continue
    const zs = items === 2 && !Number.isNaN(factor.reported[i] as number) ? 1 : 0
    const received = sent ? 1 + zs : 0
    const counts = factor.state[i] === hourState.valid || factor.state[i] === hourState.exempt
    const state = stateOf(factor, i, counts)
    const hour: FactorHour = { due: items, received, valid: counts ? received : 0, state }
    all.push(hour)
    const arrived = arrivedMs(block.msg[i] as number)
    const inTime = arrived <= endMs + promptMs
    prompt.push(inTime ? hour : { ...hour, received: 0, valid: 0 })
  }
  const checkHours = settings.number('transmission.checkHours')
  const total = countFactorDay(factor.factor, all, checkHours)
  const inTime = countFactorDay(factor.factor, prompt, checkHours)
  const add = [total.due, total.received, total.validDue, total.valid, inTime.received, inTime.valid]
  for (const [i, value] of add.entries()) counters[i] = (counters[i] as number) + value
}

function stateOf(factor: FactorHours, i: number, counts: boolean): FactorHour['state'] {
  if (factor.state[i] === hourState.stopped) return 'stopped'
  const checking = factor.manual[i] === checkMark || factor.auto[i] === calibrating
  return checking && !counts ? 'standard-check' : 'running'
}
