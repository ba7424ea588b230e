/** The window that triggered a lead, with what stands beside it. */
import type { LeadChart, LeadFrame } from '@shanshui/contract'
import { hourStates } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { readRecordAs } from '../intake/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { hourMs, isoOf } from '../series/index.ts'
import type { OutletHours } from '../sources/index.ts'
import { factorName, factorUnit } from './factor-name.ts'
import type { LeadRow, Occurrence } from './lead.table.ts'
import { occurrencesOf } from './raise.repository.ts'
import type { SourceDoor } from './source-door.ts'
import { visibleLead } from './visible-lead.ts'

export type ChartDeps = Pick<Deps, 'db' | 'clock'>

const defaultPadHours = 72
/** A longer chart shows the end of the window. */
const longestHours = 24 * 92
const neighboursShown = 8

async function leadOf(
  deps: ChartDeps,
  actor: Actor,
  id: number,
): Promise<{ row: LeadRow; occurrences: Occurrence[] }> {
  return deps.db.asActor(actor, async (trx) => {
    return { row: await visibleLead(trx, id), occurrences: await occurrencesOf(trx, id) }
  })
}

export async function leadChart(
  deps: ChartDeps,
  actor: Actor,
  door: SourceDoor,
  id: number,
  padHours = defaultPadHours,
): Promise<LeadChart> {
  const { row, occurrences } = await leadOf(deps, actor, id)
  const lastMs = Math.min(
    Math.ceil(row.to_ms / hourMs) * hourMs + padHours * hourMs,
    nextHour(deps.clock.now()),
  )
  const toMs = Math.max(lastMs, Math.ceil(row.to_ms / hourMs) * hourMs)
  const wanted = Math.floor(row.from_ms / hourMs) * hourMs - padHours * hourMs
  const fromMs = Math.max(wanted, toMs - longestHours * hourMs)
  return deps.db.asActor(actor, async (trx) => {
    const outlets =
      row.enterprise_id === null ? [] : await listOutlets(trx, { enterpriseId: row.enterprise_id })
    const own = outlets.find((outlet) => outlet.id === row.feature_id)
    const siblings =
      own === undefined ? [] : outlets.filter((o) => o.id !== own.id && o.medium === own.medium)
    const ids = own === undefined ? [] : [own.id, ...siblings.slice(0, neighboursShown).map((o) => o.id)]
    const rows = ids.length === 0 ? [] : await door.readOutletHours(trx, ids, fromMs, toMs)
    return chartOf(row, occurrences, own, siblings, rows, fromMs, toMs)
  })
}

const nextHour = (ms: number) => (Math.floor(ms / hourMs) + 1) * hourMs

function chartOf(
  row: LeadRow,
  occurrences: readonly Occurrence[],
  own: Outlet | undefined,
  siblings: readonly Outlet[],
  rows: readonly OutletHours[],
  fromMs: number,
  toMs: number,
): LeadChart {
  const n = Math.max(0, Math.round((toMs - fromMs) / hourMs))
  const hours = Array.from({ length: n }, (_, i) => fromMs + i * hourMs)
  const ofOwn = rows.filter((r) => r.outletId === own?.id)
  const factor = row.factor === '' ? (ofOwn[0]?.factor ?? null) : row.factor
  const main = ofOwn.find((r) => r.factor === factor)
  /** Values on the grid of the chart. */
  const laid = <T>(of: OutletHours | undefined, pick: (of: OutletHours, j: number) => T, none: T): T[] => {
    const out = new Array<T>(n).fill(none)
    for (let j = 0; of !== undefined && j < of.startMs.length; j++) {
      const i = Math.round(((of.startMs[j] as number) - fromMs) / hourMs)
      if (i >= 0 && i < n) out[i] = pick(of, j)
    }
    return out
  }
  const values = (
    of: OutletHours | undefined,
    column: 'measured' | 'converted' | 'reported' | 'limit' | 'o2' | 'flow' | 'load',
  ) =>
    laid<number | null>(
      of,
      (o, j) => (Number.isNaN(o[column][j] as number) ? null : (o[column][j] as number)),
      null,
    )
  const hit = new Set(occurrences.flatMap((o) => [...o.hoursMs]))
  const neighbour = (of: OutletHours, name: string, relation: 'same-outlet' | 'same-plant') => ({
    featureId: of.outletId,
    name,
    factor: of.factor,
    factorName: factorName(of.factor),
    relation,
    values: values(of, of.converted.some((v) => !Number.isNaN(v)) ? 'converted' : 'measured'),
  })
  return {
    hours: hours.map(isoOf),
    factor,
    factorName: factor === null ? null : factorName(factor),
    unit: factor === null ? '' : factorUnit(factor),
    measured: values(main, 'measured'),
    converted: values(main, 'converted'),
    reported: values(main, 'reported'),
    limit: values(main, 'limit'),
    o2: values(main, 'o2'),
    flow: values(main, 'flow'),
    load: values(main, 'load'),
    marks: laid(main, (o, j) => (o.marks[j] ?? ' ').trim(), ''),
    state: laid(main, (o, j) => hourStates[o.state[j] as number] ?? null, null),
    hits: hours.flatMap((ms, i) => (hit.has(ms) ? [i] : [])),
    windows: occurrences.map((o) => ({ from: isoOf(o.fromMs), to: isoOf(o.toMs) })),
    neighbours: [
      ...ofOwn.filter((r) => r !== main).map((r) => neighbour(r, own?.name ?? '', 'same-outlet')),
      ...rows
        .filter((r) => r.outletId !== own?.id && r.factor === factor)
        .map((r) => neighbour(r, siblings.find((s) => s.id === r.outletId)?.name ?? '', 'same-plant')),
    ].slice(0, neighboursShown * 2),
  }
}

const framesShown = 50
const textShown = 8_000

/** The raw records behind a lead, the newest first; what the actor may not read says so. */
export async function leadFrames(
  deps: ChartDeps,
  actor: Actor,
  id: number,
): Promise<{ items: LeadFrame[]; total: number }> {
  const { occurrences } = await leadOf(deps, actor, id)
  const msgs = [...new Set(occurrences.flatMap((o) => [...o.msgs]))].reverse()
  const items: LeadFrame[] = []
  for (const msg of msgs.slice(0, framesShown)) items.push(await frameOf(deps, actor, msg))
  return { items, total: msgs.length }
}

async function frameOf(deps: ChartDeps, actor: Actor, msg: string): Promise<LeadFrame> {
  const nothing = { msg, receivedAt: null, hour: null, kind: 'none', text: null }
  try {
    const record = await readRecordAs(deps.db, actor, BigInt(msg))
    if (record === undefined) return { ...nothing, reason: '账本中没有这条记录' }
    const text = Buffer.from(record.bytes).toString('utf8')
    return {
      msg,
      receivedAt: isoOf(record.receivedMs),
      hour: null,
      kind: record.kind,
      text: text.length > textShown ? `${text.slice(0, textShown)}…` : text,
      reason: null,
    }
  } catch (error) {
    if (error instanceof AppError) return { ...nothing, reason: error.message }
    throw error
  }
}
