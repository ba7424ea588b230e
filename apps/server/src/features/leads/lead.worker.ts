/**
 * The engine: what the room of sources has evaluated goes into a queue, and out of it in the transaction that raises and
 * calms. A process that is killed in between leaves the rest for the next; nothing is raised twice.
 */
import type { Deps } from '../../platform/deps.ts'
import { notify } from '../identity/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { dateOf, dayMs, isoOf, startOf } from '../series/index.ts'
import { quantitiesOf } from './condition.ts'
import {
  advanceReminder,
  type Change,
  claimScanDay,
  dueReminders,
  dueTimers,
  enqueueChanges,
  fallenObjects,
  markFired,
  newestMinutes,
  noteScanDue,
  quietLeads,
  scanDayClaimed,
  takeChanges,
  takeScanDue,
  waitingOutlets,
} from './engine.repository.ts'
import { evaluateOutlet } from './evaluate-outlet.ts'
import type { Notify } from './lead-notice.ts'
import { insertHistory, lockObject, standingOf } from './raise.repository.ts'
import { calmQuiet, rescoreObject, tell } from './raise.service.ts'
import { selectRules } from './rule.repository.ts'
import type { RuleRow } from './rule.table.ts'
import { scanJobName, scanWindow } from './scan-window.ts'
import type { SourceDoor } from './source-door.ts'

export type EngineDeps = Pick<Deps, 'db' | 'clock' | 'log' | 'jobs'>

export interface LeadWorker {
  /** Told by the worker of sources after its commit. Returns when the changes are kept, before they are looked at. */
  onEvaluated(changes: readonly Change[]): Promise<void>
  /** Looks at what waits; how many outlets. */
  drainOnce(): Promise<number>
  /** Timers, reminders, calming: what time brings by itself. */
  upkeep(): Promise<void>
  stop(): Promise<void>
}

const settleMs = 50
const upkeepEveryMs = 60_000
const batch = 200
/** The nightly scan begins after this hour, when yesterday's data are complete. */
const scanFromHour = 2
/** Changes of past days are scanned when none has come for so long, or when the first has waited for so long. */
const scanSettleMs = 60_000
const scanWaitMs = 30 * 60_000
/** Late data reach back no further than this before the usual window. */
const longestLateMs = 90 * dayMs

export interface LeadWorkerOptions {
  /** Into the outbox of notices by default. */
  readonly notify?: Notify
  /** No timers of its own; for tests and for the children of the fault test. */
  readonly manual?: boolean
}

export function startLeadWorker(
  deps: EngineDeps,
  door: SourceDoor,
  options: LeadWorkerOptions = {},
): LeadWorker {
  const { db, clock, log } = deps
  const tellPeople = options.notify ?? notify
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let minutesSeenMs = clock.now()

  const guarded = (what: string, work: () => Promise<unknown>) => async () => {
    try {
      await work()
    } catch (error) {
      log.error({ event: 'lead.work-failed', what, err: error }, 'work on leads failed')
    }
  }
  const queueUp = (what: string, work: () => Promise<unknown>) => {
    running = running.then(guarded(what, work))
    return running
  }
  const soon = () => {
    if (stopped || options.manual === true || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void queueUp('drain', drainAll)
    }, settleMs)
  }

  const streamRules = async (): Promise<RuleRow[]> =>
    (await selectRules(db.pool)).filter((rule) => rule.enabled && rule.kind === 'stream')

  async function drainAll(): Promise<void> {
    while (!stopped && (await drainOnce()) > 0);
  }

  async function drainOnce(): Promise<number> {
    const ids = await waitingOutlets(db.pool, batch)
    if (ids.length === 0) return 0
    const rules = await streamRules()
    const outlets = new Map((await listOutlets(db.pool, { ids })).map((outlet) => [outlet.id, outlet]))
    let done = 0
    for (const id of ids) {
      if (stopped) break
      if (await lookAt(id, outlets.get(id), rules)) done++
    }
    return done
  }

  /** One outlet, one transaction: taken out of the queue exactly when its leads are kept. */
  async function lookAt(id: number, outlet: Outlet | undefined, rules: readonly RuleRow[]): Promise<boolean> {
    try {
      await db.transaction(async (trx) => {
        await lockObject(trx, id)
        const change = await takeChanges(trx, id)
        if (change === undefined || outlet === undefined) return
        const now = clock.now()
        await evaluateOutlet(trx, door, outlet, rules, change, now, tellPeople)
        // Whole windows are scanned when their days have ended.
        if (change.fromMs < startOf('day', now)) await noteScanDue(trx, id, change.fromMs, now)
      })
      return true
    } catch (error) {
      // It stays in the queue for the next round; the others go on.
      log.error({ event: 'lead.outlet-failed', outletId: id, err: error }, 'rules could not be applied')
      return false
    }
  }

  async function upkeep(): Promise<void> {
    const now = clock.now()
    await guarded('timers', () => fireTimers(now))()
    await guarded('minutes', () => noticeMinutes())()
    await guarded('reminders', () => remind(now))()
    await guarded('calm', () => calm(now))()
    await guarded('scan', () => scheduleScan(now))()
    await guarded('late-scan', () => scanChanged(now))()
    await drainAll()
  }

  /** Nothing arrived in time: looked at once, since the factor was last seen. */
  async function fireTimers(now: number): Promise<void> {
    const due = Map.groupBy(await dueTimers(db.pool, now, batch), (timer) => timer.featureId)
    if (due.size === 0) return
    const rules = await streamRules()
    const outlets = new Map((await listOutlets(db.pool, { ids: [...due.keys()] })).map((o) => [o.id, o]))
    for (const [id, timers] of due) {
      const outlet = outlets.get(id)
      await db.transaction(async (trx) => {
        await lockObject(trx, id)
        for (const timer of timers) await markFired(trx, timer)
        if (outlet === undefined) return
        const change = { outletId: id, fromMs: Math.min(...timers.map((t) => t.lastSeenMs)), toMs: now }
        await evaluateOutlet(trx, door, outlet, rules, change, now, tellPeople, 'silence')
      })
    }
  }

  async function noticeMinutes(): Promise<void> {
    const byMinute = (await streamRules()).some((rule) =>
      quantitiesOf(rule.condition).some((q) => q.averaging === 'minute'),
    )
    const after = minutesSeenMs
    if (!byMinute) return
    const points = await newestMinutes(db.pool, after - 5 * 60_000)
    if (points.length === 0) return
    minutesSeenMs = Math.max(after, ...points.map((p) => p.ms))
    await enqueueChanges(
      db.pool,
      points.map((p) => ({ outletId: p.pointId, fromMs: Math.min(after, p.ms), toMs: p.ms + 60_000 })),
    )
  }

  /** Not acknowledged: first those who handle leads are asked again, then the level above, then it is left to the list. */
  async function remind(now: number): Promise<void> {
    for (const due of await dueReminders(db.pool, now, batch)) {
      await db.transaction(async (trx) => {
        await lockObject(trx, due.featureId)
        const first = due.escalation === 0
        const next = {
          escalation: due.escalation + 1,
          remindMs: first ? Math.max(due.escalateMs, now) : null,
        }
        if (!(await advanceReminder(trx, due.id, due.escalation, next))) return
        const lead = await standingOf(trx, due.id)
        if (lead === undefined) return
        await insertHistory(trx, lead, { action: first ? 'reminded' : 'unanswered', atMs: now })
        await tell(trx, due.id, first ? 'reminded' : 'unanswered', now, tellPeople)
      })
    }
  }

  async function calm(now: number): Promise<void> {
    for (const { featureId, ruleId } of await quietLeads(db.pool, now, batch))
      await db.transaction((trx) => calmQuiet(trx, featureId, ruleId, now))
    for (const featureId of await fallenObjects(db.pool, now, batch)) {
      await db.transaction(async (trx) => {
        await lockObject(trx, featureId)
        await rescoreObject(trx, featureId, now)
      })
    }
  }

  async function scheduleScan(now: number): Promise<void> {
    if (Number(isoOf(now).slice(11, 13)) < scanFromHour) return
    const day = dateOf(now - dayMs)
    if (await scanDayClaimed(db.pool, day)) return
    await db
      .transaction(async (trx) => {
        const jobId = await deps.jobs.enqueue(trx, scanJobName, { to: day }, 'system')
        // Another process was first: the job goes with the transaction.
        if (!(await claimScanDay(trx, day, jobId))) throw new AlreadyScheduled()
      })
      .catch((error: unknown) => {
        if (!(error instanceof AlreadyScheduled)) throw error
      })
  }

  /** Hours of past days that came late, were corrected or marked: their outlets are scanned again. */
  async function scanChanged(now: number): Promise<void> {
    await db.transaction(async (trx) => {
      const due = await takeScanDue(trx, scanJobName, now - scanSettleMs, now - scanWaitMs)
      if (due === undefined) return
      const to = dateOf(startOf('day', now) - dayMs)
      const usual = scanWindow({ to }, now).fromMs
      const from = dateOf(Math.max(Math.min(due.fromMs, usual), usual - longestLateMs))
      await deps.jobs.enqueue(trx, scanJobName, { from, to, outletIds: due.outletIds }, 'system')
    })
  }

  const every =
    options.manual === true
      ? undefined
      : setInterval(() => void queueUp('upkeep', upkeep), upkeepEveryMs).unref()
  if (options.manual !== true) {
    // What waited when the last process ended.
    void queueUp('drain', drainAll)
    void queueUp('upkeep', upkeep)
  }

  return {
    async onEvaluated(changes) {
      await enqueueChanges(db.pool, changes)
      soon()
    },
    drainOnce,
    upkeep,
    async stop() {
      stopped = true
      clearTimeout(timer)
      clearInterval(every)
      await running
    },
  }
}

class AlreadyScheduled extends Error {}
