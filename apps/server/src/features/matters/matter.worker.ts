/**
 * What time brings to matters: limits that come near or end, months that turn, look-backs that fall due, steps that the
 * platform takes itself; and what a step brings in other rooms. A matter is taken by its wake-up time, locked, and
 * put to sleep again in one transaction with everything that was told: a process that is killed leaves it for the next.
 */
import {
  type Calendar,
  type EscalationDue,
  escalationsDue,
  options,
  reach,
  type WorkflowDefinition,
} from '@shanshui/workflow'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { Waker } from '../../platform/waker.ts'
import { calendarIn } from './calendar.service.ts'
import {
  appendStep,
  insertEscalation,
  matterForUpdate,
  saveClocks,
  updateClocksOnly,
} from './matter.repository.ts'
import { advanceMatter, loadFacts } from './matter.service.ts'
import type { MatterRow } from './matter.table.ts'
import { carryOut, type MatterEffectDoors } from './matter-effect.ts'
import { nearestDue, wakeMs } from './matter-facts.ts'
import { tellLevel } from './matter-notice.ts'
import { type EffectRow, mattersToWake, postponeEffect, takeEffect } from './matter-worker.repository.ts'
import { workflowOf } from './workflow-of.ts'

export type MatterWorkerDeps = Pick<Deps, 'db' | 'clock' | 'log' | 'events'>

export interface MatterWorker {
  /** Looks at what is due now; how many matters and effects. */
  drainOnce(): Promise<number>
  stop(): Promise<void>
}

export interface MatterWorkerOptions {
  /** No timers of its own; for tests and for the children of the fault test. */
  readonly manual?: boolean
}

const everyMs = 30_000
const retryMs = 10 * 60_000
const batch = 100
/** The platform takes no more steps of one matter in a row than this. */
const mostSteps = 10

export function startMatterWorker(
  deps: MatterWorkerDeps,
  doors: MatterEffectDoors,
  options_: MatterWorkerOptions = {},
): MatterWorker {
  const { db, clock, log } = deps
  const waker = new Waker()
  let stopped = false

  async function drainOnce(): Promise<number> {
    return (await drainEffects()) + (await drainClocks())
  }

  async function drainClocks(): Promise<number> {
    const ids = await mattersToWake(db.pool, clock.now(), batch)
    let done = 0
    for (const id of ids) {
      if (stopped) break
      try {
        if (await db.transaction((trx) => look(trx, id, clock.now()))) done++
      } catch (error) {
        // It keeps its wake-up time for the next round; the others go on.
        log.error({ event: 'matter.clock-failed', matterId: id, err: error }, 'clocks of a matter failed')
      }
    }
    return done
  }

  async function drainEffects(): Promise<number> {
    let done = 0
    while (!stopped && (await oneEffect())) done++
    return done
  }

  async function oneEffect(): Promise<boolean> {
    let taken: EffectRow | undefined
    try {
      await db.transaction(async (trx) => {
        taken = await takeEffect(trx, clock.now())
        if (taken !== undefined) await carryOut(trx, taken, doors, clock.now())
      })
    } catch (error) {
      log.error({ event: 'matter.effect-failed', effect: taken, err: error }, 'effect of a step failed')
      if (taken === undefined) return false
      const reason = error instanceof Error ? error.message : String(error)
      await postponeEffect(db.pool, (taken as EffectRow).id, reason, clock.now() + retryMs)
    }
    return taken !== undefined
  }

  const unsubscribe =
    options_.manual === true ? undefined : deps.events.subscribe(['matter-effects'], waker.call)
  const loop = options_.manual === true ? Promise.resolve() : run()

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        while (!stopped && (await drainOnce()) > 0);
      } catch (error) {
        log.error({ event: 'matter.work-failed', err: error }, 'work on matters failed')
      }
      if (!stopped) await waker.sleep(everyMs)
    }
  }

  return {
    drainOnce,
    async stop() {
      stopped = true
      unsubscribe?.()
      waker.call()
      await loop
    },
  }
}

/** One matter, one transaction. False when another process has it, or has just looked. */
async function look(trx: Trx, id: number, nowMs: number): Promise<boolean> {
  const row = await matterForUpdate(trx, id)
  if (row === undefined || !(await isDue(trx, id, nowMs))) return false
  const def = workflowOf(row.workflow)
  const calendar = await calendarIn(trx)
  await tellLevels(trx, def, row, calendar, nowMs)
  await stepByItself(trx, def, id, nowMs)
  await sleepAgain(trx, def, id, calendar, nowMs)
  return true
}

async function isDue(trx: Trx, id: number, nowMs: number): Promise<boolean> {
  return (await mattersToWake(trx, nowMs, 1, id)).length === 1
}

async function tellLevels(
  trx: Trx,
  def: WorkflowDefinition,
  row: MatterRow,
  calendar: Calendar,
  nowMs: number,
): Promise<void> {
  const facts = await loadFacts(trx, row)
  const due = escalationsDue(def, facts, nowMs, calendar)
  if (due.length === 0) return
  const after = reach(def, facts, due, nowMs, calendar)
  await saveClocks(trx, row.id, after.clocks)
  for (const one of due) {
    // What came before the newest step was entered is history taken over from paper, not news.
    const silent = one.atMs < row.recordedMs && row.changedMs < row.recordedMs
    if (!(await insertEscalation(trx, row.id, one, nowMs, silent))) continue
    await appendStep(trx, entryOf(row, one, nowMs))
    if (!silent) await tellLevel(trx, def, row, after, one)
  }
}

const entryOf = (
  row: MatterRow,
  { clock, occurrence, level, atMs, round }: EscalationDue,
  nowMs: number,
) => ({
  matterId: row.id,
  kind: 'escalate' as const,
  transition: clock,
  stateFrom: row.state,
  stateTo: row.state,
  atMs: nowMs,
  recordedMs: nowMs,
  userId: null,
  organizationId: null,
  round,
  reason: null,
  detail: { clock, occurrence, level, cameMs: atMs },
  commandId: null,
})

/** Steps that the workflow leaves to the platform and whose conditions hold now. */
async function stepByItself(trx: Trx, def: WorkflowDefinition, id: number, nowMs: number): Promise<void> {
  for (let taken = 0; taken < mostSteps; taken++) {
    const row = await matterForUpdate(trx, id)
    if (row === undefined) return
    const open = options(def, await loadFacts(trx, row), 'system', nowMs).find(
      ({ transition, refusals }) => refusals.length === 0 && transition.to !== row.state,
    )
    if (open === undefined) return
    const command = { transition: open.transition.id, version: row.version }
    await advanceMatter(trx, 'system', id, { ...command, ...reasonOf(open.transition.reason) }, nowMs)
  }
}

const reasonOf = (asked: boolean | undefined) => (asked === true ? { reason: '系统按时限办理' } : {})

async function sleepAgain(
  trx: Trx,
  def: WorkflowDefinition,
  id: number,
  calendar: Calendar,
  nowMs: number,
): Promise<void> {
  const row = await matterForUpdate(trx, id)
  if (row === undefined) return
  const facts = await loadFacts(trx, row)
  const next = wakeMs(def, facts, nowMs, calendar)
  await updateClocksOnly(trx, id, nearestDue(def, facts), next)
}
