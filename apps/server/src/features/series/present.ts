/** Rows as the contract shows them. */
import type {
  LatestItem,
  Mark,
  ObservationColumns,
  ObservationRowView,
  Revision,
  SandPeriod,
} from '@shanshui/contract'
import type { Point } from '../registry/index.ts'
import { isoOf, isoTimes } from './civil-time.ts'
import { encodeCursor } from './cursor.ts'
import type { Period, Procedure, SeriesTable } from './series.table.ts'
import type { DecisionRow, FactRow, LatestRow, MarkRow, RevisionRow, SandRow } from './view.repository.ts'

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value

/** A plain loop: half a million values pass here for a month of minutes. */
function nullable(column: Float64Array, count: number): (number | null)[] {
  const values = new Array<number | null>(count)
  for (let i = 0; i < count; i++) {
    const value = column[i] as number
    values[i] = Number.isNaN(value) ? null : value
  }
  return values
}

/** First `limit` instants of a table in columns; `next` names the last instant shown. */
export function presentColumns(
  about: { pointId: number; period: Period; procedure: Procedure | undefined },
  table: SeriesTable,
  limit: number,
): ObservationColumns {
  const count = Math.min(limit, table.startMs.length)
  const times = isoTimes(table.startMs, count)
  const values: Record<string, (number | null)[]> = {}
  for (const [factor, column] of table.columns) values[factor] = nullable(column, count)
  const cut = (texts: Map<string, string>) =>
    Object.fromEntries([...texts].map(([factor, text]) => [factor, text.slice(0, count)]))
  const last = table.startMs[count - 1]
  return {
    pointId: about.pointId,
    period: about.period,
    procedure: about.procedure ?? null,
    count,
    times,
    values,
    flags: cut(table.flags),
    marks: cut(table.marks),
    msg: Array.from({ length: count }, (_, i) => String(table.msg[i])),
    next: table.startMs.length > count && last !== undefined ? encodeCursor([last]) : null,
  }
}

export function presentRow(row: FactRow): ObservationRowView {
  return {
    procedure: row.procedure,
    msg: row.msg,
    revision: row.rev,
    factors: row.factors.map((factor, i) => ({
      factor,
      value: orNull(row.vals[i]),
      min: orNull(row.mins?.[i]),
      max: orNull(row.maxs?.[i]),
      cou: orNull(row.cous?.[i]),
      flag: row.flags[i] ?? ' ',
      mark: row.marks?.[i] ?? '.',
    })),
  }
}

/** Measured values stand before rolled ones; within a procedure the higher message comes later and stands. */
export function presentLatest(
  point: Point,
  period: Period,
  rows: readonly LatestRow[],
  factors?: readonly string[],
): LatestItem | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const item: LatestItem = {
    pointId: point.id,
    code: point.code,
    name: point.name,
    kind: point.kind,
    period,
    start: isoOf(first.startMs),
    msg: '',
    values: {},
    flags: {},
    marks: {},
  }
  let msg = first.msg
  const rolled = rows.filter((row) => row.procedure === 'rolled')
  const measured = rows.filter((row) => row.procedure === 'measured')
  for (const row of [...rolled, ...measured]) {
    if (row.msg > msg) msg = row.msg
    for (const [i, factor] of row.factors.entries()) {
      if (factors !== undefined && !factors.includes(factor)) continue
      item.values[factor] = orNull(row.vals[i])
      item.flags[factor] = row.flags[i] ?? ' '
      item.marks[factor] = row.marks[i] ?? '.'
    }
  }
  item.msg = String(msg)
  return item
}

/** `standing`: what the row says now, for the revision that was replaced last. */
export function presentRevision(
  row: RevisionRow,
  standing: { vals: number[]; flags: string } | undefined,
): Revision {
  const vals = row.new_vals ?? standing?.vals ?? []
  const flags = row.new_flags ?? standing?.flags ?? ''
  const changes = row.factors.map((factor, i) => ({
    factor,
    old: orNull(row.vals[i]),
    new: orNull(vals[i]),
    oldFlag: row.flags[i] ?? ' ',
    newFlag: flags[i] ?? ' ',
  }))
  return {
    period: row.period,
    start: isoOf(row.start_ms),
    revision: row.rev,
    oldMsg: row.msg,
    newMsg: row.new_msg,
    replacedAt: isoOf(row.replaced_ms),
    replacedBy: row.replaced_by,
    reason: row.reason,
    changes: changes.filter((change) => change.old !== change.new || change.oldFlag !== change.newFlag),
  }
}

function presentDecision(row: DecisionRow) {
  const withdrawn =
    row.withdrawn_ms === null
      ? null
      : {
          by: row.withdrawn_by ?? 0,
          byName: row.withdrawn_by_name ?? '',
          at: isoOf(row.withdrawn_ms),
          reason: row.withdrawn_reason ?? '',
        }
  return {
    id: row.id,
    from: isoOf(row.from_ms),
    to: isoOf(row.to_ms),
    reason: row.reason,
    by: row.made_by,
    byName: row.made_by_name,
    at: isoOf(row.made_ms),
    withdrawn,
  }
}

export function presentMark(row: MarkRow): Mark {
  return { ...presentDecision(row), pointId: row.point_id, factors: row.factors }
}

export function presentSand(row: SandRow): SandPeriod {
  return { ...presentDecision(row), cityId: row.city_id, factors: row.factors ?? [], scope: row.scope }
}
