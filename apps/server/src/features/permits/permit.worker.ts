/**
 * Keeps obligations and ledgers current: a permit as soon as the registry has it, everything soon after the start and
 * every hour. An event that is lost therefore costs an hour, not an obligation.
 */
import type { EventMessage } from '../../platform/events/index.ts'
import { dateOf } from '../series/index.ts'
import { sweepObligations } from './obligation.compile.ts'
import { selectPermits } from './permit.repository.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { watchPermitted } from './permitted-lead.ts'
import { reconcileYear } from './reconcile.service.ts'

const firstMs = 20_000
const everyMs = 3_600_000
/** Permits that are written one after another are compiled together. */
const gatherMs = 500

export interface PermitWorker {
  /** Compiles, settles, marks overdue, reconciles the running year (in January also the last one). */
  runOnce(): Promise<void>
  stop(): Promise<void>
}

export function startPermitWorker(deps: PermitRoomDeps): PermitWorker {
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  async function run(): Promise<void> {
    const swept = await sweepObligations(deps)
    const today = dateOf(deps.clock.now())
    const year = Number(today.slice(0, 4))
    const years = today.slice(5, 7) === '01' ? [year - 1, year] : [year]
    for (const each of years) {
      const ledgers = await reconcileYear(deps, each)
      deps.log.info({ event: 'permit.swept', ...swept, year: each, ...ledgers }, 'permits swept')
    }
    const permitted = await watchPermitted(deps)
    deps.log.info({ event: 'permit.tonnes-watched', ...permitted }, 'permitted tonnes watched')
  }

  /** What the registry has just written; every permit when it did not say which (an import). */
  async function runChanged(ids: readonly number[] | undefined): Promise<void> {
    await sweepObligations(deps, ids)
    const permits = await selectPermits(deps.db.pool, { ids })
    await watchPermitted(deps, [...new Set(permits.flatMap((permit) => permit.enterprise_id ?? []))])
    // In an import many change at once: pages read the list again once, not for every permit.
    if (ids === undefined) deps.events.publish('permit', {})
    for (const id of ids ?? []) deps.events.publish('permit', { id })
  }

  function runSafely(work: () => Promise<void>): Promise<void> {
    running = running.then(async () => {
      if (stopped) return
      try {
        await work()
      } catch (error) {
        deps.log.error({ event: 'permit.sweep-failed', err: error }, 'permit sweep failed')
      }
    })
    return running
  }

  let gathered: Set<number> | 'all' | undefined
  let gathering: NodeJS.Timeout | undefined
  function onRegistry({ data }: EventMessage): void {
    if (data.kind !== 'permit') return
    if (typeof data.id !== 'number') gathered = 'all'
    else if (gathered !== 'all') gathered = (gathered ?? new Set()).add(data.id)
    gathering ??= setTimeout(() => {
      const ids = gathered === undefined || gathered === 'all' ? undefined : [...gathered]
      gathered = undefined
      gathering = undefined
      void runSafely(() => runChanged(ids))
    }, gatherMs)
    gathering.unref()
  }
  const unsubscribe = deps.events.subscribe(['registry'], onRegistry)
  const first = setTimeout(() => runSafely(run), firstMs)
  const timer = setInterval(() => runSafely(run), everyMs)
  first.unref()
  timer.unref()
  return {
    runOnce: run,
    async stop() {
      stopped = true
      unsubscribe()
      clearTimeout(gathering)
      clearTimeout(first)
      clearInterval(timer)
      await running
    },
  }
}
