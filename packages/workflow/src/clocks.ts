/** Clocks of a matter: which run, until when, and which levels of escalation they have come to. */
import { dayOf, nextMonthly } from './civil.ts'
import type { ClockDefinition, Effect, TransitionDefinition, WorkflowDefinition } from './definition.ts'
import type { Calendar, ClockState, EscalationDue, Facts } from './facts.ts'

/** Reserved name in `limit: { field }`: the day of the look-back, which is no field that somebody fills. */
export const lookBackField = 'lookBackOn'

export const isRunning = (state: ClockState): boolean => state.endedMs === null
export const isStopped = (state: ClockState): boolean => state.stops.some(({ toMs }) => toMs === null)

/** The last run of a clock in the present round. */
export function currentClock({ clocks, round }: Facts, clock: string): ClockState | undefined {
  return clocks.findLast((state) => state.clock === clock && state.round === round)
}

type ClockFacts = Pick<Facts, 'fields' | 'lookBackOn' | 'round' | 'clocks'>

function fieldDay({ fields, lookBackOn }: ClockFacts, field: string): string | undefined {
  const value = field === lookBackField ? lookBackOn : fields[field]
  return typeof value === 'string' ? value : undefined
}

/** When a run is due; undefined while the field that says so is empty. */
function dueOf(
  clock: ClockDefinition,
  state: Pick<ClockState, 'startedMs' | 'stops' | 'extensions'>,
  facts: ClockFacts,
  calendar: Calendar,
): { readonly atMs: number; readonly provisional: boolean } | undefined {
  const { limit, roll, monthlyOn } = clock
  if (monthlyOn !== undefined)
    // One millisecond before: 24:00 of a due day is 0:00 of the next, and the month is counted from the due day.
    return calendar.dayEndMs(nextMonthly(dayOf(state.startedMs - 1), monthlyOn), { roll })
  const stops = state.stops.filter(({ toMs }) => toMs !== null)
  const extensions = state.extensions.map(({ by }) => by)
  if (!('field' in limit)) return calendar.endMs(state.startedMs, limit, { roll, stops, extensions })
  const day = fieldDay(facts, limit.field)
  if (day === undefined) return undefined
  const end = calendar.dayEndMs(day, { roll: roll && extensions.length === 0 })
  const [first, ...rest] = extensions
  if (first === undefined) return end
  return calendar.endMs(end.atMs - 1, first, { roll, stops: [], extensions: rest })
}

function begin(
  clock: ClockDefinition,
  facts: ClockFacts,
  startedMs: number,
  calendar: Calendar,
): ClockState | undefined {
  const run = { startedMs, stops: [], extensions: [] }
  const due = dueOf(clock, run, facts, calendar)
  if (due === undefined) return undefined
  const before = facts.clocks.filter((state) => state.clock === clock.id && state.round === facts.round)
  return {
    clock: clock.id,
    round: facts.round,
    occurrence: before.length + 1,
    ...run,
    dueMs: due.atMs,
    provisional: due.provisional,
    endedMs: null,
    reached: [],
  }
}

/** The clocks with the months that have passed: a monthly run that was missed stays open beside the next one. */
export function atMoment(def: WorkflowDefinition, facts: Facts, nowMs: number, calendar: Calendar): Facts {
  let { clocks } = facts
  for (const clock of def.clocks) {
    if (clock.monthlyOn === undefined) continue
    for (;;) {
      const last = currentClock({ ...facts, clocks }, clock.id)
      if (last === undefined || !isRunning(last) || last.dueMs > nowMs) break
      const next = begin(clock, { ...facts, clocks }, last.dueMs, calendar)
      if (next === undefined || next.dueMs <= last.dueMs) break
      clocks = [...clocks, next]
    }
  }
  return clocks === facts.clocks ? facts : { ...facts, clocks }
}

function end(state: ClockState, atMs: number): ClockState {
  const stops = state.stops.map((stop) => (stop.toMs === null ? { ...stop, toMs: atMs } : stop))
  return { ...state, stops, endedMs: atMs }
}

/** A move of the matter, as its clocks see it. */
export interface Move {
  readonly transition: TransitionDefinition | undefined
  readonly from: string
  readonly to: string
  readonly rebound: boolean
  readonly atMs: number
}

const hits = (
  when: { readonly states?: readonly string[]; readonly transitions?: readonly string[] },
  { transition, to }: Move,
) => ({
  state: when.states?.includes(to) === true,
  transition: transition !== undefined && when.transitions?.includes(transition.id) === true,
})

/** Ends what the move ends: by definition, because a new round begins, or because the matter is over. */
function ended(def: WorkflowDefinition, facts: Facts, move: Move): readonly ClockState[] {
  const phase = def.states.find(({ id }) => id === move.to)?.phase
  const over = phase === 'closed' || phase === 'dropped'
  return facts.clocks.map((state) => {
    if (!isRunning(state)) return state
    const clock = def.clocks.find(({ id }) => id === state.clock)
    if (clock === undefined || over || move.rebound || state.round !== facts.round)
      return end(state, move.atMs)
    const hit = hits(clock.endsOn, move)
    if (hit.state) return end(state, move.atMs)
    if (!hit.transition) return state
    return isAnswered(clock, state, facts, move.atMs) ? end(state, move.atMs) : state
  })
}

/** A monthly report answers every run that is overdue, and the coming one only when none is. */
function isAnswered(clock: ClockDefinition, state: ClockState, facts: Facts, atMs: number): boolean {
  if (clock.monthlyOn === undefined || state.dueMs <= atMs) return true
  return !facts.clocks.some(
    (other) =>
      other.clock === state.clock && other.round === state.round && isRunning(other) && other.dueMs <= atMs,
  )
}

/** Whether the move starts a run of the clock, or leaves it without one where it should have one. */
function isStarted(
  clock: ClockDefinition,
  facts: ClockFacts,
  endedNow: readonly ClockState[],
  move: Move,
): boolean {
  const runs = facts.clocks.some(
    (state) => state.clock === clock.id && state.round === facts.round && isRunning(state),
  )
  if (runs) return false
  const start = hits(clock.startsOn, move)
  if (start.transition) return true
  if (start.state && (move.from !== move.to || move.rebound)) return true
  // The date of a field became known while the matter already stood in the state.
  const never = !facts.clocks.some((state) => state.clock === clock.id && state.round === facts.round)
  if (start.state && never && 'field' in clock.limit) return true
  // A monthly run was answered and the clock goes on.
  const answered = endedNow.find((state) => state.clock === clock.id && state.round === facts.round)
  if (clock.monthlyOn === undefined || answered === undefined || hits(clock.endsOn, move).state) return false
  return clock.startsOn.states === undefined || start.state
}

/** The clocks after a move: ended, stopped, resumed, extended, started. `facts` are those after the move. */
export function moveClocks(
  def: WorkflowDefinition,
  before: Facts,
  after: Facts,
  move: Move,
  calendar: Calendar,
): readonly ClockState[] {
  const kept = ended(def, before, move)
  const endedNow = kept.filter((state, index) => state !== before.clocks[index])
  let clocks = kept.map((state) => {
    const changed = (move.transition?.effects ?? []).reduce(
      (run, effect) => applyEffect(run, effect, move),
      state,
    )
    return recounted(def, changed, { ...after, clocks: kept }, calendar)
  })
  for (const clock of def.clocks) {
    const facts = { ...after, clocks }
    if (!isStarted(clock, facts, endedNow, move)) continue
    const from = continuesFrom(clock, endedNow, move)
    const run = begin(clock, facts, from, calendar)
    if (run !== undefined) clocks = [...clocks, run]
  }
  return clocks
}

/** A monthly run that was answered early hands over at its due day, so that the same month is not asked twice. */
function continuesFrom(clock: ClockDefinition, endedNow: readonly ClockState[], move: Move): number {
  if (clock.monthlyOn === undefined || move.rebound) return move.atMs
  const answered = endedNow.findLast((state) => state.clock === clock.id)
  return Math.max(move.atMs, answered?.dueMs ?? move.atMs)
}

function applyEffect(state: ClockState, effect: Effect, { transition, atMs }: Move): ClockState {
  if (!isRunning(state) || !('clock' in effect) || effect.clock !== state.clock) return state
  switch (effect.kind) {
    case 'stop-clock':
      return isStopped(state) ? state : { ...state, stops: [...state.stops, { fromMs: atMs, toMs: null }] }
    case 'resume-clock':
      return {
        ...state,
        stops: state.stops.map((stop) => (stop.toMs === null ? { ...stop, toMs: atMs } : stop)),
      }
    case 'extend-clock':
      return {
        ...state,
        extensions: [...state.extensions, { transition: transition?.id ?? '', by: effect.by }],
      }
  }
}

/** Counts the end anew: a stop ended, an extension came, the date in the field changed, the calendar did. */
function recounted(
  def: WorkflowDefinition,
  state: ClockState,
  facts: ClockFacts,
  calendar: Calendar,
): ClockState {
  const clock = def.clocks.find(({ id }) => id === state.clock)
  if (clock === undefined || !isRunning(state)) return state
  const due = dueOf(clock, state, facts, calendar)
  if (due === undefined || (due.atMs === state.dueMs && due.provisional === state.provisional)) return state
  return { ...state, dueMs: due.atMs, provisional: due.provisional }
}

/** Running clocks counted anew, when the calendar of days off was brought up to date. */
export function recount(def: WorkflowDefinition, facts: Facts, calendar: Calendar): Facts {
  const clocks = facts.clocks.map((state) => recounted(def, state, facts, calendar))
  return clocks.some((state, index) => state !== facts.clocks[index]) ? { ...facts, clocks } : facts
}

/**
 * Levels that have come and have not been told yet, in the order in which they came. A stopped clock tells nothing.
 * The caller tells them and keeps `reach(…)` in the same transaction: that is what makes them come once.
 */
export function escalationsDue(
  def: WorkflowDefinition,
  facts: Facts,
  nowMs: number,
  calendar: Calendar,
): readonly EscalationDue[] {
  const { clocks } = atMoment(def, facts, nowMs, calendar)
  const due = clocks.flatMap((state) => {
    const clock = def.clocks.find(({ id }) => id === state.clock)
    if (clock === undefined || !isRunning(state) || isStopped(state)) return []
    return clock.escalations.flatMap(({ level, when, limit, to }) => {
      if (state.reached.includes(level)) return []
      const atMs = escalationMs(state, when, limit, calendar)
      const { round, occurrence } = state
      return atMs <= nowMs ? [{ clock: clock.id, round, occurrence, level, to, atMs }] : []
    })
  })
  return due.sort((a, b) => a.atMs - b.atMs || a.level - b.level)
}

function escalationMs(
  { startedMs, dueMs }: ClockState,
  when: 'before' | 'after',
  limit: { readonly amount: number; readonly unit: 'hour' | 'day' | 'working-day' | 'month' | 'year' },
  calendar: Calendar,
): number {
  if (limit.amount === 0) return dueMs
  if (when === 'before') return Math.max(startedMs, calendar.beforeMs(dueMs, limit))
  // One millisecond before 24:00 belongs to the last day, from which the days after it are counted.
  return limit.unit === 'hour'
    ? dueMs + limit.amount * 3_600_000
    : calendar.endMs(dueMs - 1, limit, { roll: false, stops: [] }).atMs
}

/** The facts in which those levels are told. */
export function reach(
  def: WorkflowDefinition,
  facts: Facts,
  told: readonly Pick<EscalationDue, 'clock' | 'round' | 'occurrence' | 'level'>[],
  nowMs: number,
  calendar: Calendar,
): Facts {
  if (told.length === 0) return facts
  const now = atMoment(def, facts, nowMs, calendar)
  const clocks = now.clocks.map((state) => {
    const levels = told
      .filter(
        ({ clock, round, occurrence }) =>
          clock === state.clock && round === state.round && occurrence === state.occurrence,
      )
      .map(({ level }) => level)
    return levels.length === 0
      ? state
      : { ...state, reached: [...new Set([...state.reached, ...levels])].sort((a, b) => a - b) }
  })
  return { ...now, clocks }
}
