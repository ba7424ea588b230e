/** Stream rules on one outlet: what changed is looked at with all that its rules need before it. */
import type { Trx } from '../../platform/db/index.ts'
import type { Outlet } from '../registry/index.ts'
import { hourMs as hour, readSeries } from '../series/index.ts'
import { everyCondition, isByFactor, lookBackHours, quantitiesOf } from './condition.ts'
import { type Change, openStretchBegan, windTimer } from './engine.repository.ts'
import { evaluateCondition, fromBeginning, no, runsOf, stepsBehind, unknown } from './evaluate-condition.ts'
import { hourTable, type StepTable } from './hour-table.ts'
import type { Notify } from './lead-notice.ts'
import { minuteTable } from './minute-table.ts'
import { reconcile } from './raise.service.ts'
import { opensFrom, parameterValues } from './rule.service.ts'
import type { RuleRow } from './rule.table.ts'
import { draftOf } from './run-draft.ts'
import type { SourceDoor } from './source-door.ts'

/** A stretch that began before what changed is seen from its beginning when it is no longer than this. */
const contextHours = 24
/** Longer ones are told by their newest part. */
const longestStretchMs = 31 * 24 * hour
/** A change further back is judged with the days after it, not up to now. */
const oldAfterMs = 35 * 24 * hour
const settleMs = 48 * hour
/** Minute rules look at no more than this at a time. */
const longestMinutesMs = 3 * 24 * hour

const ceilHour = (ms: number) => Math.ceil(ms / hour) * hour

/**
 * Raises and calms what the rules say of an outlet between `change.fromMs` and now. The outlet's lock is held.
 * @param why `data`: something has arrived or changed, so that silence can only end; `silence`: a dead-man timer has run
 *   out, only the rules that wait for that are looked at
 */
export async function evaluateOutlet(
  trx: Trx,
  door: SourceDoor,
  outlet: Outlet,
  rules: readonly RuleRow[],
  change: Change,
  nowMs: number,
  notify: Notify,
  why: 'data' | 'silence' = 'data',
): Promise<number> {
  const own = rules
    .filter((rule) => rule.medium === null || rule.medium === outlet.medium)
    .filter((rule) => why === 'data' || waitsForSilence(rule))
  if (own.length === 0) return 0
  const fromMs = Math.floor(change.fromMs / hour) * hour
  const old = change.toMs < nowMs - oldAfterMs
  const toMs = old ? ceilHour(change.toMs + settleMs) : ceilHour(Math.max(change.toMs, nowMs))
  const look = Math.max(...own.map((rule) => lookBackHours(rule.condition, parameterValues(rule.parameters))))
  const usualMs = fromMs - (Math.ceil(look) + contextHours) * hour
  const firstMs = await beginningOfOpen(trx, outlet.id, own, usualMs)
  const hours = await door.readOutletHours(trx, [outlet.id], firstMs, toMs)
  const exceedances = await door.readExceedances(trx, [outlet.id], firstMs, toMs)
  const table = hourTable(hours, exceedances, firstMs, toMs)
  let raised = 0
  for (const rule of own) {
    const byMinute = quantitiesOf(rule.condition).some((q) => q.averaging === 'minute')
    const looked = byMinute ? await minutesOf(trx, outlet, rule, table, fromMs, toMs) : table
    for (const factor of factorsOf(rule, outlet)) {
      raised += await applyRule(trx, rule, outlet, factor, looked, { fromMs, toMs }, nowMs, notify, why)
      if (waitsForSilence(rule) && why === 'data') await wind(trx, rule, outlet, factor, table, nowMs)
    }
  }
  return raised
}

/** Where the open stretches that reach into the hours looked at have begun, so that they are told as a whole. */
async function beginningOfOpen(
  trx: Trx,
  outletId: number,
  rules: readonly RuleRow[],
  usualMs: number,
): Promise<number> {
  const ids = rules.map((rule) => rule.id)
  const beganMs = (await openStretchBegan(trx, outletId, ids, usualMs)) ?? usualMs
  return Math.max(Math.min(beganMs, usualMs), usualMs - longestStretchMs)
}

const waitsForSilence = (rule: RuleRow) =>
  [...everyCondition(rule.condition)].some((c) => c.kind === 'absent')

/** Factors that the rule looks at, each with a lead of its own; '' for a rule about the outlet as a whole. */
function factorsOf(rule: RuleRow, outlet: Outlet): readonly string[] {
  if (isByFactor(rule.condition)) return outlet.factors
  const named = quantitiesOf(rule.condition).map((q) => q.factor)
  return [named.find((factor) => outlet.factors.includes(factor)) ?? '']
}

async function minutesOf(
  trx: Trx,
  outlet: Outlet,
  rule: RuleRow,
  hours: StepTable,
  fromMs: number,
  toMs: number,
): Promise<StepTable> {
  const look = lookBackHours(rule.condition, parameterValues(rule.parameters)) * hour
  const firstMs = Math.max(fromMs - look, toMs - longestMinutesMs)
  const factors = outlet.factors.flatMap((factor) => [factor, `${factor}Zs`])
  const series = await readSeries(trx, {
    period: 'min',
    pointIds: [outlet.id],
    fromMs: firstMs,
    toMs,
    factors,
  })
  return minuteTable(series, hours, outlet.factors, firstMs, toMs)
}

async function applyRule(
  trx: Trx,
  rule: RuleRow,
  outlet: Outlet,
  factor: string,
  table: StepTable,
  window: { fromMs: number; toMs: number },
  nowMs: number,
  notify: Notify,
  why: 'data' | 'silence',
): Promise<number> {
  const values = parameterValues(rule.parameters)
  const states = evaluateCondition(rule.condition, table, factor, values)
  const behind = stepsBehind(rule.condition, table, values)
  const silence = waitsForSilence(rule)
  const drafts = runsOf(states)
    // Silence is what is heard now: a gap in the past is named by the reasons of missing hours.
    .filter((run) => !silence || (why === 'silence' && reachesNow(run.to, table, nowMs)))
    .map((run) => fromBeginning(run, behind))
    .map((run) => ({ ...draftOf(rule, outlet, factor, table, run), ...quietBefore(states, table, run.from) }))
    .filter((draft) => draft.toMs > window.fromMs && draft.fromMs < window.toMs)
  const raised = await reconcile(
    trx,
    {
      featureId: outlet.id,
      ruleId: rule.id,
      factor: factor === '' ? null : factor,
      ...window,
      drafts,
      withdraws: !silence,
      quietAtMs: quietAt(states, table),
      ...opensFrom(rule, nowMs),
    },
    nowMs,
    notify,
  )
  return raised.filter((r) => r.transition === 'opened').length
}

const reachesNow = (to: number, table: StepTable, nowMs: number) =>
  (table.startMs[to - 1] as number) + table.stepMs > nowMs - table.stepMs

/** End of the last step before `from` at which the condition surely did not hold. */
function quietBefore(states: Int8Array, table: StepTable, from: number): { quietBeforeMs?: number } {
  const last = states.lastIndexOf(no, from - 1)
  return from === 0 || last < 0 ? {} : { quietBeforeMs: (table.startMs[last] as number) + table.stepMs }
}

/** End of the newest step that is known, when the condition does not hold there. */
export function quietAt(states: Int8Array, table: StepTable): number | null {
  for (let i = states.length - 1; i >= 0; i--) {
    if (states[i] === unknown) continue
    return states[i] === no ? (table.startMs[i] as number) + table.stepMs : null
  }
  return null
}

async function wind(
  trx: Trx,
  rule: RuleRow,
  outlet: Outlet,
  factor: string,
  table: StepTable,
  nowMs: number,
): Promise<void> {
  const columns = table.factors.get(factor)
  if (columns === undefined) return
  const minutes = parameterValues(rule.parameters).get('minutes') ?? absentMinutes(rule)
  for (let i = table.startMs.length - 1; i >= 0; i--) {
    if (Number.isNaN(columns.measured[i] as number) && columns.stopped[i] !== 1) continue
    const lastSeenMs = (table.startMs[i] as number) + table.stepMs
    // From the arrival on: hours that are handed in late are no silence while they come.
    const dueMs = Math.max(lastSeenMs, nowMs) + minutes * 60_000
    return windTimer(trx, { ruleId: rule.id, featureId: outlet.id, factor, lastSeenMs, dueMs })
  }
}

/** The shortest of the silences that the rule waits for. */
function absentMinutes(rule: RuleRow): number {
  const all = [...everyCondition(rule.condition)].flatMap((c) =>
    c.kind === 'absent' && typeof c.minutes === 'number' ? [c.minutes] : [],
  )
  return Math.min(...all, 7 * 24 * 60)
}
