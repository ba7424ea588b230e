/** Indicators of the handling of complaints (信访办理指标). A rate is its numerator over its denominator, both shown. */
import type { ComplaintKpiRow } from '@shanshui/contract'
import { dayMs } from '../series/index.ts'

export interface KpiFacts {
  readonly informDueMs: number | null
  readonly acceptedMs: number | null
  readonly finishDueMs: number | null
  readonly answeredMs: number | null
  readonly verdict: string | null
  readonly satisfaction: string | null
  readonly repeats: number
}

type Rate = ComplaintKpiRow['acceptedOnTime']
const rate = (part: number, whole: number): Rate => ({
  part,
  whole,
  percent: whole === 0 ? null : Math.round((part / whole) * 1000) / 10,
})

/** What has come to its limit, or was done: only that can be in time or late. */
function onTime(
  rows: readonly KpiFacts[],
  due: (row: KpiFacts) => number | null,
  done: (row: KpiFacts) => number | null,
  nowMs: number,
): Rate {
  const decided = rows.filter((row) => {
    const dueMs = due(row)
    return dueMs !== null && (done(row) !== null || dueMs <= nowMs)
  })
  const timely = decided.filter((row) => (done(row) ?? Number.POSITIVE_INFINITY) < (due(row) ?? 0))
  return rate(timely.length, decided.length)
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[middle - 1], sorted[middle]]
  if (high === undefined) return null
  const value = sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2
  return Math.round(value * 10) / 10
}

/** Indicators of a group. Repeats are of those received; verdicts of those checked; satisfaction of those reached. */
export function kpiOf(key: string, title: string, rows: readonly KpiFacts[], nowMs: number): ComplaintKpiRow {
  const checked = rows.filter(({ verdict }) => verdict !== null)
  const reached = rows.filter(({ satisfaction }) => satisfaction !== null && satisfaction !== 'unreached')
  const lasting = rows.flatMap(({ acceptedMs, answeredMs }) =>
    acceptedMs === null || answeredMs === null ? [] : [(answeredMs - acceptedMs) / dayMs],
  )
  return {
    key,
    title,
    received: rows.length,
    acceptedOnTime: onTime(
      rows,
      (row) => row.informDueMs,
      (row) => row.acceptedMs,
      nowMs,
    ),
    finishedOnTime: onTime(
      rows,
      (row) => row.finishDueMs,
      (row) => row.answeredMs,
      nowMs,
    ),
    substantiated: rate(checked.filter(({ verdict }) => verdict !== 'unfounded').length, checked.length),
    repeated: rate(rows.filter(({ repeats }) => repeats > 0).length, rows.length),
    satisfied: rate(
      reached.filter(({ satisfaction }) => satisfaction === 'satisfied' || satisfaction === 'fair').length,
      reached.length,
    ),
    medianDays: median(lasting),
  }
}
