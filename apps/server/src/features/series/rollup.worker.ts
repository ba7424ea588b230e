/** Keeps derived values up to date: woken by NOTIFY when a writer commits, and by a clock in case a call was lost. */
import pg from 'pg'
import type { Deps } from '../../platform/deps.ts'
import { Waker } from '../../platform/waker.ts'
import { ensurePartitionsAhead } from './partition.repository.ts'
import { followRegistry } from './requeue.service.ts'
import { forgetChanges, readChanges } from './rollup.repository.ts'
import { drainDirty } from './rollup.service.ts'
import type { RolledChange } from './series.table.ts'

export interface RollupWorker {
  /** Stops after the drain that is running. */
  stop(): Promise<void>
  /** Drains the queue once and tells of the changes; returns the number of entries taken, 0 when none waited. */
  drainOnce(): Promise<number>
}

export type OnRolled = (changes: readonly RolledChange[]) => Promise<void>

const channel = 'shanshui_dirty'
const pollMs = 1_000
/** Writers that commit in a burst are rolled up together. */
const gatherMs = 20
const retryMs = 1_000
const partitionsEveryMs = 6 * 3_600_000
/** How soon a change of a city's stations in the registry is seen. */
const registryEveryMs = 5_000
const changesPerCall = 20_000

type WorkerDeps = Pick<Deps, 'db' | 'clock' | 'log'> & { events?: Pick<Deps['events'], 'publish'> }

/**
 * Starts the worker. `onRolled` hears of each changed bucket at least once, also after a crash between the commit and
 * the call: the changes wait in a table.
 */
export function startRollupWorker(deps: WorkerDeps, onRolled: OnRolled): RollupWorker {
  let stopped = false
  const waker = new Waker()

  async function drainOnce(): Promise<number> {
    const drained = await deps.db.transaction((trx) => drainDirty(trx))
    await tell(deps, onRolled)
    return drained.entries
  }

  async function loop(): Promise<void> {
    let partitionsDueMs = 0
    let registryDueMs = 0
    while (!stopped) {
      try {
        if (deps.clock.now() >= partitionsDueMs) {
          await deps.db.transaction((trx) => ensurePartitionsAhead(trx, deps.clock.now()))
          partitionsDueMs = deps.clock.now() + partitionsEveryMs
        }
        while (!stopped && (await drainOnce()) > 0);
        if (!stopped && deps.clock.now() >= registryDueMs) {
          registryDueMs = deps.clock.now() + registryEveryMs
          if ((await deps.db.transaction(followRegistry)) > 0) continue
        }
        await waker.sleep(pollMs, gatherMs)
      } catch (error) {
        deps.log.error({ event: 'series.rollup-failed', err: error }, 'roll-up failed, will be tried again')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }

  const listener = listenFor(deps, waker.call)
  const running = loop()
  return {
    async stop() {
      stopped = true
      waker.call()
      await running
      await listener.stop()
    },
    drainOnce,
  }
}

async function tell(deps: WorkerDeps, onRolled: OnRolled): Promise<void> {
  for (;;) {
    const noted = await readChanges(deps.db.pool, changesPerCall)
    if (noted === undefined) return
    await onRolled(noted.changes)
    await forgetChanges(deps.db.pool, noted.lastId)
    const pointIds = [...new Set(noted.changes.map((change) => change.pointId))]
    deps.events?.publish('series', { pointIds: pointIds.slice(0, 200), changes: noted.changes.length })
  }
}

/** A connection of its own that listens; opened again when it is lost (the clock bridges the gap). */
function listenFor(deps: WorkerDeps, onWake: () => void): { stop(): Promise<void> } {
  let stopped = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: deps.db.connectionString,
      application_name: 'shanshui roll-up',
    })
    fresh.on('notification', onWake)
    fresh.on('error', () => again(fresh))
    fresh.on('end', () => again(fresh))
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
      client = fresh
      if (stopped) await fresh.end()
      onWake()
    } catch (error) {
      deps.log.warn({ event: 'series.listen-failed', err: error }, 'cannot listen for new data, polling')
      again(fresh)
    }
  }

  function again(lost: pg.Client): void {
    lost.removeAllListeners('end')
    if (stopped || retry !== undefined) return
    client = undefined
    retry = setTimeout(() => {
      retry = undefined
      void connect()
    }, retryMs)
  }

  const connecting = connect()
  return {
    async stop() {
      stopped = true
      clearTimeout(retry)
      await connecting
      client?.removeAllListeners('end')
      await client?.end().catch(() => undefined)
    },
  }
}
