/** The bureau's calendar of working days: kept up as data, and every limit that runs counted anew when it changes. */
import type { CalendarYear } from '@shanshui/contract'
import {
  builtInCalendar,
  calendarOf,
  holidayYearFaults,
  holidayYears,
  type WorkCalendar,
  workingDaysOfYear,
} from '@shanshui/standards'
import { type Calendar, recount } from '@shanshui/workflow'
import type { Actor } from '../../platform/actor.ts'
import { requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import {
  type CalendarRow,
  mattersWithRunningClocks,
  seedYear,
  selectYears,
  writeYear,
} from './calendar.repository.ts'
import {
  appendStep,
  clocksOfMatter,
  matterForUpdate,
  saveClocks,
  updateClocksOnly,
} from './matter.repository.ts'
import { factsOf, nearestDue, wakeMs } from './matter-facts.ts'
import { workflowOf } from './workflow-of.ts'

type CalendarDeps = Pick<Deps, 'db' | 'clock'>

/** How far the delivered years were checked, in the words of the calendar. */
const deliveredStatus: CalendarRow['status'] =
  holidayYears.status === 'verified' ? 'one-source' : holidayYears.status

/** Puts the delivered years into the database once; what the bureau has entered stays. */
export async function seedCalendar(q: Queryable, nowMs: number): Promise<void> {
  const { source } = holidayYears
  for (const [year, { off, worked }] of Object.entries(holidayYears.value))
    await seedYear(q, { year: Number(year), off, worked, source, status: deliveredStatus }, nowMs)
}

const workCalendarOf = (rows: readonly CalendarRow[]): WorkCalendar => ({
  years: {
    ...builtInCalendar.years,
    ...Object.fromEntries(rows.map(({ year, off, worked }) => [String(year), { off, worked }])),
  },
})

/** Days off and worked as they stand in the database. */
export async function workCalendarIn(q: Queryable): Promise<WorkCalendar> {
  return workCalendarOf(await selectYears(q))
}

/** The same as the engine of matters counts with it. */
export async function calendarIn(q: Queryable): Promise<Calendar> {
  return calendarOf(await workCalendarIn(q))
}

function presentYear(year: number, rows: readonly CalendarRow[]): CalendarYear {
  const row = rows.find((one) => one.year === year)
  const calendar = workCalendarOf(rows)
  const known = calendar.years[String(year)]
  return {
    year,
    off: (known?.off ?? []).map(([from, to]) => ({ from, to })),
    worked: [...(known?.worked ?? [])],
    source: row?.source ?? (known === undefined ? '按周末和元旦推算，放假通知尚未录入' : holidayYears.source),
    status: row?.status ?? (known === undefined ? 'unverified' : deliveredStatus),
    published: known !== undefined,
    workingDays: workingDaysOfYear(year, calendar),
    version: row?.version ?? 0,
    updatedAt: row === undefined ? null : shanghaiIso(row.updatedMs),
    updatedBy: row?.updatedBy ?? null,
  }
}

export async function listCalendarYears(deps: CalendarDeps, actor: Actor): Promise<CalendarYear[]> {
  const thisYear = Number(shanghaiIso(deps.clock.now()).slice(0, 4))
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectYears(trx)
    const years = new Set([...rows.map(({ year }) => year), thisYear, thisYear + 1])
    return [...years].sort((a, b) => a - b).map((year) => presentYear(year, rows))
  })
}

export async function getCalendarYear(deps: CalendarDeps, actor: Actor, year: number): Promise<CalendarYear> {
  return deps.db.asActor(actor, async (trx) => presentYear(year, await selectYears(trx)))
}

export interface YearInput {
  readonly off: readonly { readonly from: string; readonly to: string }[]
  readonly worked: readonly string[]
  readonly source: string
  readonly status: CalendarRow['status']
  readonly version: number
}

/**
 * Enters or corrects a year. Runs as the platform: the limits of every matter follow, also of those that the person
 * who keeps the calendar does not see. Errors: `calendar.invalid`, `calendar.changed-meanwhile`.
 */
export async function putCalendarYear(
  deps: CalendarDeps,
  actor: Actor,
  year: number,
  input: YearInput,
): Promise<{ year: CalendarYear; moved: number }> {
  requirePermission(actor, 'calendar:write')
  const off = input.off.map(({ from, to }) => [from, to] as const)
  const faults = holidayYearFaults(String(year), { off, worked: input.worked })
  if (faults.length > 0)
    throw new AppError('calendar.invalid', {
      detail: faults[0] ?? '',
      errors: faults.map((message) => ({ path: 'body', message })),
    })
  const now = deps.clock.now()
  return deps.db.transaction(async (trx) => {
    const { source, status, worked, version } = input
    if (!(await writeYear(trx, { year, off, worked, source, status }, version, now, actor.userId)))
      throw new AppError('calendar.changed-meanwhile', { detail: `${year} 年，所见版本 ${version}` })
    const moved = await recountAll(trx, actor, now)
    await recordAudit(trx, actor, 'calendar.put', `calendar:${year}`, { off, worked, source, status, moved })
    return { year: presentYear(year, await selectYears(trx)), moved }
  })
}

const batch = 500

/** Limits that run, counted by the calendar as it now is; each that moved leaves an entry in its matter's history. */
async function recountAll(trx: Trx, actor: Actor, nowMs: number): Promise<number> {
  const calendar = await calendarIn(trx)
  let moved = 0
  for (let after = 0; ; ) {
    const ids = await mattersWithRunningClocks(trx, after, batch)
    for (const id of ids) moved += await recountOne(trx, actor, id, calendar, nowMs)
    if (ids.length < batch) return moved
    after = ids.at(-1) ?? after
  }
}

async function recountOne(
  trx: Trx,
  actor: Actor,
  id: number,
  calendar: Calendar,
  nowMs: number,
): Promise<number> {
  const row = await matterForUpdate(trx, id)
  if (row === undefined) return 0
  const def = workflowOf(row.workflow)
  const before = factsOf(row, {
    parties: [],
    clocks: await clocksOfMatter(trx, id),
    steps: [],
    evidence: [],
  })
  const after = recount(def, before, calendar)
  if (after === before) return 0
  const changed = after.clocks.filter((state, index) => state !== before.clocks[index])
  await saveClocks(trx, id, after.clocks)
  await updateClocksOnly(trx, id, nearestDue(def, after), wakeMs(def, after, nowMs, calendar))
  for (const { clock, occurrence, dueMs } of changed)
    await appendStep(trx, {
      matterId: id,
      kind: 'clock',
      transition: clock,
      stateFrom: row.state,
      stateTo: row.state,
      atMs: nowMs,
      recordedMs: nowMs,
      userId: actor.userId,
      organizationId: actor.organizationId,
      round: row.round,
      reason: '工作日历更新，期限重新计算',
      detail: { clock, occurrence, dueMs },
      commandId: null,
    })
  return changed.length
}
