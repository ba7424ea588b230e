/** Tickets as they go over the wire. */
import { type Complaint, complaintSatisfactionNames, complaintVerdictNames } from '@shanshui/contract'
import type { MomentCalendar } from '@shanshui/standards'
import { shanghaiIso } from '../../platform/clock.ts'
import { dateOf } from '../series/index.ts'
import type { ComplaintRow } from './complaint.table.ts'
import { definition } from './definition.ts'

export const isoOrNothing = (ms: number | null): string | null => (ms === null ? null : shanghaiIso(ms))

/** A limit ends at 24:00 of its last day: the day before the first moment that is too late. */
export const lastDayOf = (dueMs: number | null): string | null => (dueMs === null ? null : dateOf(dueMs - 1))

const inList = <T extends string>(names: readonly T[], value: string | null): T | null =>
  names.find((name) => name === value) ?? null

export const stateTitle = (state: string): string =>
  definition.states.find(({ id }) => id === state)?.title.zh ?? state

/** How an answer was given, as the form of the matter names it. */
export const replyWayTitle = (way: string | null): string =>
  definition.fields.find(({ id }) => id === 'replyWay')?.options?.find(({ value }) => value === way)?.title
    .zh ?? '网络'

const clockTitle = (clock: string | null): string =>
  definition.clocks.find(({ id }) => id === clock)?.title.zh ?? clock ?? ''

/** Green while more than 30 % is left, red from the last working day on (traffic light of the limits of matters). */
export function colourOf(
  startedMs: number,
  dueMs: number,
  nowMs: number,
  calendar: MomentCalendar,
): 'green' | 'yellow' | 'red' {
  const lastWorkingDay = calendar.beforeMs(dueMs, { amount: 1, unit: 'working-day' })
  const long = dueMs - startedMs > 2 * 86_400_000
  if (nowMs >= dueMs || (long && nowMs >= lastWorkingDay)) return 'red'
  return dueMs - nowMs > 0.3 * (dueMs - startedMs) ? 'green' : 'yellow'
}

export function presentComplaint(row: ComplaintRow, nowMs: number, calendar: MomentCalendar): Complaint {
  return {
    id: row.id,
    number: row.number,
    channel: row.channel,
    outerNumber: row.outer_number,
    platformNumber: row.platform_number,
    title: row.title,
    theme: row.theme,
    urgency: row.urgency,
    nature: row.nature,
    named: row.named,
    campaign: row.campaign,
    regionCode: row.region_code,
    regionName: row.region_name,
    place: row.place,
    lon: row.lon,
    lat: row.lat,
    enterprise:
      row.enterprise_id === null || row.enterprise_name === null
        ? null
        : { id: row.enterprise_id, name: row.enterprise_name },
    problem:
      row.problem_id === null || row.problem_number === null
        ? null
        : { id: row.problem_id, number: row.problem_number },
    matter:
      row.matter_id === null || row.matter_number === null
        ? null
        : {
            id: row.matter_id,
            number: row.matter_number,
            state: row.state,
            stateTitle: stateTitle(row.state),
            phase: row.phase,
            waitsFor: row.waits_names,
          },
    due:
      row.due_ms === null
        ? null
        : {
            title: clockTitle(row.due_clock),
            at: shanghaiIso(row.due_ms),
            provisional: row.due_provisional,
            colour: colourOf(row.due_started_ms ?? row.received_ms, row.due_ms, nowMs, calendar),
            overdue: row.due_ms <= nowMs,
          },
    mergedInto:
      row.merged_into === null || row.merged_number === null
        ? null
        : { id: row.merged_into, number: row.merged_number },
    children: row.children,
    repeats: row.repeats,
    receivedAt: shanghaiIso(row.received_ms),
    acceptedAt: isoOrNothing(row.accepted_ms),
    answeredAt: isoOrNothing(row.answered_ms),
    finishedAt: isoOrNothing(row.finished_ms),
    verdict: inList(complaintVerdictNames, row.verdict),
    satisfaction: inList(complaintSatisfactionNames, row.satisfaction),
    version: row.version,
  }
}
