/**
 * One drain of the queue: takes waiting stretches and evaluates the whole days they touch, of each outlet from its
 * sources, in one transaction: hours → days → exceedances → newest hour. Late and corrected data, marks, limits, permits
 * and replays all come this way.
 */
import type { Trx } from '../../platform/db/index.ts'
import { blockArrivals } from '../intake/index.ts'
import { dayMs, hourMs, startOf } from '../series/index.ts'
import { deleteDays, writeDayRows } from './day.repository.ts'
import { type DayRow, evaluateDays } from './day-evaluation.ts'
import {
  type ClaimedSpan,
  claimSpans,
  type DirtySpan,
  lockSources,
  noteChanges,
  staleQuarters,
} from './dirty.repository.ts'
import { updateExceedances } from './exceedance.service.ts'
import { deleteHourRows, hourRows, writeCurrent, writeHourRows } from './hour.repository.ts'
import { comparableOf, evaluateHours, multipleOf } from './hour-evaluation.ts'
import { rowsOfBlock, sameRow } from './hour-rows.ts'
import { openLimitBook } from './limit-book.ts'
import { loadContexts } from './outlet-context.ts'
import { readRawHours } from './raw-hours.ts'
import { readSettings, type Settings } from './setting.repository.ts'
import { type HourRow, hourState, type OutletBlock, type OutletContext } from './source.table.ts'

const spansPerDrain = 20_000
/** Outlet-hours in memory at once. */
const hoursPerPart = 60_000
const longestRunDays = 93

export interface DrainFacts {
  readonly nowMs: number
  /** Only what waits for this outlet. */
  readonly outletId?: number
  /** Outlets on whose data a high lead is open. */
  readonly doubted: (outletIds: readonly number[]) => Promise<ReadonlySet<number>>
}

export interface SourceDrained {
  /** Entries taken from the queue; 0 when nothing waited. */
  readonly entries: number
  readonly outletHours: number
  readonly changes: readonly DirtySpan[]
}

/** Drains once inside the transaction. */
export async function drainSources(trx: Trx, facts: DrainFacts): Promise<SourceDrained> {
  await lockSources(trx)
  const claimed = await claimSpans(trx, spansPerDrain, facts.outletId)
  if (claimed.length === 0) return { entries: 0, outletHours: 0, changes: [] }
  const settings = await readSettings(trx)
  const changes: DirtySpan[] = []
  let outletHours = 0
  for (const part of partsOf(claimed)) {
    const contexts = await loadContexts(trx, part.outletIds, part.fromMs, part.toMs, settings)
    const evaluated = await evaluatePart(trx, contexts, part, settings, facts)
    changes.push(...evaluated)
    outletHours += (contexts.length * (part.toMs - part.fromMs)) / hourMs
  }
  await noteChanges(trx, changes)
  await staleQuarters(trx, changes, facts.nowMs)
  return { entries: claimed.length, outletHours, changes }
}

interface Part {
  readonly outletIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  readonly why: string
}

/** Whole days, by outlet joined to runs; outlets with the same run are evaluated together. */
function partsOf(claimed: readonly ClaimedSpan[]): Part[] {
  const days = new Map<number, Set<number>>()
  const whys = new Map<number, Set<string>>()
  for (const span of claimed) {
    const own = days.get(span.outletId) ?? new Set<number>()
    days.set(span.outletId, own)
    for (let day = startOf('day', span.fromMs); day < span.toMs; day += dayMs) own.add(day)
    const reasons = whys.get(span.outletId) ?? new Set<string>()
    whys.set(span.outletId, reasons.add(span.why))
  }
  const groups = new Map<string, { outletIds: number[]; fromMs: number; toMs: number; why: string }>()
  for (const [outletId, own] of days) {
    const why = [...(whys.get(outletId) ?? [])].slice(0, 3).join('；')
    for (const run of runsOfDays([...own].sort((a, b) => a - b))) {
      const key = `${run.fromMs}/${run.toMs}/${why}`
      const group = groups.get(key) ?? { outletIds: [], ...run, why }
      group.outletIds.push(outletId)
      groups.set(key, group)
    }
  }
  return [...groups.values()].sort((a, b) => a.fromMs - b.fromMs).flatMap(split)
}

function runsOfDays(days: readonly number[]): { fromMs: number; toMs: number }[] {
  const runs: { fromMs: number; toMs: number }[] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last !== undefined && last.toMs === day && day - last.fromMs < longestRunDays * dayMs)
      last.toMs = day + dayMs
    else runs.push({ fromMs: day, toMs: day + dayMs })
  }
  return runs
}

function split(part: Part): Part[] {
  const most = Math.max(1, Math.floor((hoursPerPart * hourMs) / (part.toMs - part.fromMs)))
  const parts: Part[] = []
  for (let from = 0; from < part.outletIds.length; from += most)
    parts.push({ ...part, outletIds: part.outletIds.slice(from, from + most) })
  return parts
}

async function evaluatePart(
  trx: Trx,
  contexts: readonly OutletContext[],
  part: Part,
  settings: Settings,
  facts: DrainFacts,
): Promise<DirtySpan[]> {
  if (contexts.length === 0) return []
  const { fromMs, toMs, why } = part
  const limits = await openLimitBook(trx, contexts, fromMs, toMs)
  const raw = await readRawHours(trx, contexts, fromMs, toMs, facts.nowMs)
  const quotas = {
    startStopHours: settings.number('incineration.startStopHours'),
    faultHours: settings.number('incineration.faultHours'),
    preheatHours: settings.number('incineration.preheatHours'),
  }
  const blocks: OutletBlock[] = []
  for (const context of contexts) {
    const data = raw.get(context.outlet.id)
    if (data === undefined) continue
    const { id } = context.outlet
    const limitAt = (factor: string, hour: number) =>
      limits.at(id, factor, 'hour', fromMs + hour * hourMs) ??
      limits.at(id, factor, 'day', fromMs + hour * hourMs)
    blocks.push(evaluateHours(context, data, limitAt, quotas))
  }
  const stored = await store(trx, blocks, fromMs, toMs, why, facts.nowMs)
  const arrivals = await blockArrivals(trx, messagesOf(blocks))
  const days = new Map<number, DayRow[]>()
  const bare: { outletId: number; dayMs: number }[] = []
  for (const block of blocks) {
    const { id } = block.context.outlet
    const rows = stored.rows.get(id) ?? []
    const hasData = (day: number) => rows.slice(day * 24, day * 24 + 24).some((row) => row !== null)
    days.set(id, evaluateDays(block, { settings, limits, nowMs: facts.nowMs, arrivedMs: arrivals }, hasData))
    for (let day = 0; day < block.hours / 24; day++)
      if (!hasData(day)) bare.push({ outletId: id, dayMs: fromMs + day * dayMs })
  }
  await deleteDays(trx, bare)
  await writeDayRows(trx, [...days.values()].flat())
  const doubted = await facts.doubted(contexts.map(({ outlet }) => outlet.id))
  await updateExceedances(trx, blocks, days, { settings, nowMs: facts.nowMs, doubted, why })
  await writeCurrent(
    trx,
    blocks.flatMap((block) => newestOf(block, stored.rows, facts.nowMs)),
  )
  return stored.changes
}

function* messagesOf(blocks: readonly OutletBlock[]): Generator<number> {
  for (const block of blocks) for (const msg of block.msg) if (msg > 0) yield msg
}

interface Stored {
  /** By outlet: a row an hour, null where there is nothing. */
  readonly rows: ReadonlyMap<number, readonly (HourRow | null)[]>
  readonly changes: DirtySpan[]
}

/** Writes what differs from what stands, removes what nothing supports any more. */
async function store(
  trx: Trx,
  blocks: readonly OutletBlock[],
  fromMs: number,
  toMs: number,
  why: string,
  nowMs: number,
): Promise<Stored> {
  const rows = new Map<number, readonly (HourRow | null)[]>()
  const ids = blocks.map((block) => block.context.outlet.id)
  const standing = new Map<number, Map<number, HourRow>>(ids.map((id) => [id, new Map()]))
  for (const row of await hourRows(trx, ids, fromMs, toMs)) standing.get(row.outletId)?.set(row.startMs, row)
  const [written, replaced, gone, changes]: [HourRow[], HourRow[], HourRow[], DirtySpan[]] = [[], [], [], []]
  for (const block of blocks) {
    const { id } = block.context.outlet
    const own = rowsOfBlock(block)
    rows.set(id, own)
    const before = standing.get(id) ?? new Map<number, HourRow>()
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const [i, row] of own.entries()) {
      const startMs = fromMs + i * hourMs
      const stood = before.get(startMs)
      if (row === null ? stood === undefined : stood !== undefined && sameRow(stood, row)) continue
      if (row !== null) written.push(row)
      if (stood !== undefined) (row === null ? gone : replaced).push(stood)
      first = Math.min(first, startMs)
      last = Math.max(last, startMs)
    }
    if (first <= last) changes.push({ outletId: id, fromMs: first, toMs: last + hourMs })
  }
  await writeHourRows(trx, written, replaced, why, nowMs)
  await deleteHourRows(trx, gone, why, nowMs)
  return { rows, changes }
}

/**
 * The newest hour with data, and whether one of its values is above its limit. An hour that still runs counts from when
 * it is valid: before, its few minutes would hide what the hour before has shown.
 */
function newestOf(
  block: OutletBlock,
  rows: Stored['rows'],
  nowMs: number,
): { row: HourRow; exceeding: boolean; multiple: number }[] {
  const own = rows.get(block.context.outlet.id) ?? []
  const counts = (i: number) => block.factors.some((factor) => factor.state[i] === hourState.valid)
  const i = own.findLastIndex(
    (row, at) =>
      row !== null && row.msg > 0 && (row.startMs + hourMs <= nowMs || (row.startMs <= nowMs && counts(at))),
  )
  const row = own[i]
  if (row === undefined || row === null) return []
  let multiple = -1
  for (const factor of block.factors) {
    const value = comparableOf(block.context, factor)[i] as number
    const limit = { value: factor.limit[i] as number, min: null }
    if (factor.state[i] !== hourState.valid || !(factor.over[i] === 1 || value > limit.value)) continue
    multiple = Math.max(multiple, multipleOf(value, limit))
  }
  return [{ row, exceeding: multiple > 0, multiple }]
}
