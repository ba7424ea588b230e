/** Keeps the hours, days and exceedances of outlets true: woken by the roll-up, and by a clock. */
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { Waker } from '../../platform/waker.ts'
import { dateOf, dayMs, hourMs, type RolledChange, startOf } from '../series/index.ts'
import {
  clockOf,
  type DirtySpan,
  forgetChanges,
  outletsBehind,
  outletsWithDays,
  queueSpans,
  readChanges,
  setClock,
} from './dirty.repository.ts'
import { drainSources } from './drain.service.ts'
import { eventsToRegrade, standingSince } from './exceedance.repository.ts'
import { restsOnDoubt } from './exceedance.service.ts'
import { refreshMonths } from './month-mass.ts'
import { followRegistry } from './registry-watch.ts'
import { readSettings } from './setting.repository.ts'

export type OnEvaluated = (
  changes: readonly { outletId: number; fromMs: number; toMs: number }[],
) => Promise<void>

export interface SourceWorker {
  /** Stops after the drain that is running. */
  stop(): Promise<void>
  /** Drains the queue once and tells of the changes; returns the number of entries taken, 0 when none waited. */
  drainOnce(): Promise<number>
  /** For the roll-up worker: queues what changed, before the roll-up forgets it. */
  onRolled(changes: readonly RolledChange[]): Promise<void>
}

type WorkerDeps = Pick<Deps, 'db' | 'clock' | 'log'> & { events?: Pick<Deps['events'], 'publish'> }
/** Outlets on whose data a high lead is open: lowers the grade of evidence. */
export type DoubtedOutlets = (outletIds: readonly number[]) => Promise<ReadonlySet<number>>

const pollMs = 1_000
const retryMs = 1_000
const registryEveryMs = 5_000
const clockEveryMs = 30_000
const monthsEveryMs = 15_000
const changesPerCall = 20_000
const nobody: DoubtedOutlets = async () => new Set()

/**
 * Starts the worker. `onEvaluated` hears of each changed stretch at least once, also after a crash between the commit
 * and the call: the changes wait in a table.
 */
export function startSourceWorker(
  deps: WorkerDeps,
  onEvaluated: OnEvaluated,
  doubted: DoubtedOutlets = nobody,
  options: { readonly loop?: boolean } = {},
): SourceWorker {
  let stopped = false
  const waker = new Waker()

  async function drainOnce(): Promise<number> {
    const nowMs = deps.clock.now()
    const drained = await deps.db.transaction((trx) => drainSources(trx, { nowMs, doubted }))
    await tell(deps, onEvaluated)
    return drained.entries
  }

  async function loop(): Promise<void> {
    const due = { registry: 0, clock: 0, months: 0 }
    while (!stopped) {
      try {
        while (!stopped && (await drainOnce()) > 0);
        const now = deps.clock.now()
        if (!stopped && now >= due.registry) {
          due.registry = now + registryEveryMs
          if ((await deps.db.transaction(followRegistry)) > 0) continue
        }
        if (!stopped && now >= due.clock) {
          due.clock = now + clockEveryMs
          if ((await deps.db.transaction((trx) => followClock(trx, now, doubted))) > 0) continue
        }
        if (!stopped && now >= due.months) {
          due.months = now + monthsEveryMs
          while (!stopped && (await refreshMonths(deps, now)) > 0);
        }
        await waker.sleep(pollMs)
      } catch (error) {
        deps.log.error(
          { event: 'source.drain-failed', err: error },
          'evaluation of outlets failed, will be tried again',
        )
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }

  const running = options.loop === false ? Promise.resolve() : loop()
  return {
    async stop() {
      stopped = true
      waker.call()
      await running
    },
    drainOnce,
    async onRolled(changes) {
      await queueSpans(deps.db.pool, spansOf(changes), '数据到达或更正')
      waker.call()
    },
  }
}

/** Hours and days of the roll-up; months and years rest on them. */
function spansOf(changes: readonly RolledChange[]): DirtySpan[] {
  const days = new Set<string>()
  const spans: DirtySpan[] = []
  for (const { period, pointId, startMs } of changes) {
    if (period !== 'hour' && period !== 'day') continue
    const dayStart = startOf('day', startMs)
    const key = `${pointId}/${dayStart}`
    if (days.has(key)) continue
    days.add(key)
    spans.push({ outletId: pointId, fromMs: dayStart, toMs: dayStart + dayMs })
  }
  return spans
}

async function tell(deps: WorkerDeps, onEvaluated: OnEvaluated): Promise<void> {
  for (;;) {
    const noted = await readChanges(deps.db.pool, changesPerCall)
    if (noted === undefined) return
    await onEvaluated(noted.changes)
    await forgetChanges(deps.db.pool, noted.lastId)
    const outletIds = [...new Set(noted.changes.map((change) => change.outletId))]
    deps.events?.publish('source', { outletIds: outletIds.slice(0, 200), count: outletIds.length })
  }
}

/**
 * What time alone changes: a day that has ended can be judged as a day, a marking window that has ended lifts the grade
 * of evidence. Returns how many stretches were queued.
 */
export async function followClock(
  trx: Trx,
  nowMs: number,
  doubted: DoubtedOutlets = nobody,
): Promise<number> {
  const settings = await readSettings(trx)
  const today = startOf('day', nowMs)
  const seen = await clockOf(trx, 'day')
  const spans: DirtySpan[] = []
  if (seen === undefined || seen < today) {
    const fromMs = Math.max(seen ?? today - dayMs, today - 40 * dayMs)
    for (const outletId of await outletsWithDays(trx, dateOf(fromMs), dateOf(today - dayMs)))
      spans.push({ outletId, fromMs, toMs: today })
    await setClock(trx, 'day', today)
  }
  const due = startOf('hour', nowMs - settings.number('hour.graceMinutes') * 60_000)
  const counted = await clockOf(trx, 'hour')
  if (counted === undefined || counted < due) {
    // an hour that did not come is due all the same
    for (const outletId of await outletsBehind(trx, dateOf(today), due - hourMs))
      spans.push({ outletId, fromMs: today, toMs: today + dayMs })
    await setClock(trx, 'hour', due)
  }
  const closed = startOf('day', nowMs - (24 + settings.number('mark.deadlineHour')) * hourMs) + dayMs
  for (const event of await eventsToRegrade(trx, closed))
    spans.push({ outletId: event.row.outlet_id, fromMs: event.toMs - dayMs, toMs: event.toMs })
  await queueSpans(trx, spans, '小时、日或标记时限届满')
  const doubts = await changedDoubts(trx, nowMs, doubted)
  await queueSpans(trx, doubts, '数据质量线索变化')
  return spans.length + doubts.length
}

const gradedDays = 60

/** Events whose grade rests on another word about their outlet's data than the leads now say. */
async function changedDoubts(trx: Trx, nowMs: number, doubted: DoubtedOutlets): Promise<DirtySpan[]> {
  const events = await standingSince(trx, nowMs - gradedDays * dayMs)
  if (events.length === 0) return []
  const doubts = await doubted([...new Set(events.map((event) => event.row.outlet_id))])
  return events
    .filter((event) => restsOnDoubt(event.row.grade_reasons) !== doubts.has(event.row.outlet_id))
    .map((event) => ({ outletId: event.row.outlet_id, fromMs: event.toMs - dayMs, toMs: event.toMs }))
}
