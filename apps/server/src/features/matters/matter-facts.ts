/** Between the rows of a matter and the facts of the engine. */
import type { MatterParty } from '@shanshui/contract'
import {
  type Calendar,
  type EvidenceFact,
  escalationsDue,
  type Facts,
  isRunning,
  isStopped,
  type Party,
  type PartyRef,
  type WorkflowDefinition,
} from '@shanshui/workflow'
import type { ClockRow, MatterRow, PartyRow, StepRow } from './matter.table.ts'
import { stateOf, waitingPeriods } from './workflow-of.ts'

const day = 86_400_000
/** The worker looks at a matter at least this often while a clock of it runs. */
const longestSleepMs = 200 * day

export function partiesOf(rows: readonly PartyRow[]): Partial<Record<MatterParty, PartyRef>> {
  return Object.fromEntries(
    rows.map(({ party, organizationId, userId }) => [
      party,
      { organizationId, ...(userId === null ? {} : { userId }) },
    ]),
  )
}

export function factsOf(
  row: MatterRow,
  parts: {
    readonly parties: readonly PartyRow[]
    readonly clocks: readonly ClockRow[]
    readonly steps: readonly StepRow[]
    readonly evidence: readonly EvidenceFact[]
  },
): Facts {
  return {
    state: row.state,
    round: row.round,
    rebounds: row.rebounds,
    parties: partiesOf(parts.parties),
    fields: row.fields,
    evidence: parts.evidence,
    history: parts.steps
      .filter(({ kind }) => kind === 'step')
      .map(({ transition, stateFrom, stateTo, userId, organizationId, atMs, round }) => ({
        transition,
        from: stateFrom,
        to: stateTo,
        userId,
        organizationId,
        atMs,
        round,
      })),
    clocks: parts.clocks,
    lookBackOn: row.lookBackOn,
  }
}

/** Organizations that see the matter; the enterprise that it is about sees it only when it is shown to it. */
export function seenBy(parties: Facts['parties'], ownerId: number): number[] {
  const ids = Object.values(parties).map(({ organizationId }) => organizationId)
  return [...new Set(ids)].filter((id) => id !== ownerId || ownerId === 0).sort((a, b) => a - b)
}

/** Parties that have to act in the present state. */
export function waitsFor(def: WorkflowDefinition, state: string): readonly Party[] {
  return stateOf(def, state).waitsFor.filter((party): party is Party => party !== 'system')
}

export interface NearestDue {
  readonly clock: string
  readonly dueMs: number
  readonly startedMs: number
  readonly provisional: boolean
}

/** The limit that ends first; periods that only have to be waited out are none. */
export function nearestDue(def: WorkflowDefinition, facts: Facts): NearestDue | null {
  const periods = waitingPeriods(def)
  const running = facts.clocks
    .filter((state) => isRunning(state) && !isStopped(state) && !periods.has(state.clock))
    .sort((a, b) => a.dueMs - b.dueMs)
  const [first] = running
  if (first === undefined) return null
  const { clock, dueMs, startedMs, provisional } = first
  return { clock, dueMs, startedMs, provisional }
}

/** When the worker has to look at the matter next; null: never, until somebody moves it. */
export function wakeMs(
  def: WorkflowDefinition,
  facts: Facts,
  nowMs: number,
  calendar: Calendar,
): number | null {
  const running = facts.clocks.filter((state) => isRunning(state) && !isStopped(state))
  if (running.length === 0) return null
  const horizon = nowMs + longestSleepMs
  const bySystem = def.transitions.some(({ from, by }) => from.includes(facts.state) && by.includes('system'))
  const moments = [
    ...escalationsDue(def, facts, horizon, calendar).map(({ atMs }) => atMs),
    ...(bySystem ? running.map(({ dueMs }) => dueMs).filter((dueMs) => dueMs > nowMs) : []),
    horizon,
  ]
  return Math.min(...moments)
}
