import type { Deps } from '../../platform/deps.ts'
import type { RolledChange } from '../series/index.ts'
import { dateOfMs, dayMs } from './civil-day.ts'
import {
  dependentsOf,
  figuresByKeys,
  figuresOfIndicators,
  figuresOverDays,
  forgetPassingFigures,
  liveFigures,
  markStale,
  staleFigures,
} from './figure.repository.ts'
import { type EngineDeps, requestOf, store } from './figure.service.ts'
import type { FigureRow } from './figure.table.ts'
import { closureOf, figureEngine, indicatorByName } from './figure-engine.ts'
import { figureKey } from './figure-request.ts'
import { loadFigureData, peerIndicators } from './load-figure-data.ts'
import { changedDays, spanOf, staleAmong, touches } from './staleness.ts'

export type WorkerDeps = EngineDeps & Pick<Deps, 'events' | 'log'>

const batchSize = 500
/** How long changes may gather before stale figures are recalculated. */
const settleMs = 50
/** Figures of a year to date are made anew every day; those that no report prints are forgotten after a week. */
const keepPassingDays = 7
const forgetEveryMs = 6 * 3_600_000

export interface FigureWorker {
  /** Told by the roll-up worker after its commit. Marks exactly the dependent figures stale. */
  onRolled(changes: readonly RolledChange[]): Promise<void>
  /** Recalculates stale figures; how many. */
  drainOnce(): Promise<number>
  /** Compares every live figure with the data, as after a restart; how many were out of date. */
  sweep(): Promise<number>
  stop(): Promise<void>
}

/**
 * Keeps stored figures true: marks them stale when their inputs change and recalculates them within a second. The old
 * value stays in the figure's history.
 */
export function startFigureWorker(deps: WorkerDeps): FigureWorker {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let stopped = false

  function soon(): void {
    if (stopped || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      running = running.then(drainSafely)
    }, settleMs)
    timer.unref()
  }

  async function drainSafely(): Promise<void> {
    try {
      while (!stopped && (await recompute(deps)) > 0);
    } catch (error) {
      deps.log.error(
        { event: 'figure.recompute-failed', err: error },
        'stale figures could not be recalculated',
      )
    }
  }

  async function guarded(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      deps.log.error({ event: 'figure.upkeep-failed', what, err: error }, 'upkeep of figures failed')
    }
  }

  // Published indexes of other cities come by import, not by roll-up.
  let peersTimer: NodeJS.Timeout | undefined
  const unsubscribe = deps.events.subscribe(['import'], () => {
    peersTimer ??= setTimeout(() => {
      peersTimer = undefined
      running = running.then(() => guarded('peers', async () => (await markPeers(deps)) > 0 && soon()))
    }, 1_000).unref()
  })
  const forget = setInterval(() => void guarded('forget', () => forgetPassing(deps)), forgetEveryMs).unref()

  return {
    async onRolled(changes) {
      const marked = await markChanged(deps, changes)
      if (marked > 0) soon()
    },
    drainOnce: () => recompute(deps),
    sweep: () => sweep(deps),
    async stop() {
      stopped = true
      unsubscribe()
      clearInterval(forget)
      clearTimeout(peersTimer)
      clearTimeout(timer)
      await running
    },
  }
}

async function markChanged(deps: WorkerDeps, changes: readonly RolledChange[]): Promise<number> {
  const days = changedDays(changes)
  const span = spanOf(days)
  if (span === undefined) return 0
  const over = await figuresOverDays(deps.db.pool, [...days.keys()], span)
  const candidates = over.filter((figure) => touches(figure, days))
  if (candidates.length === 0) return 0
  const cause = span.from === span.to ? `${span.from} 的日值变化` : `${span.from} 至 ${span.to} 的日值变化`
  return markIfDifferent(deps, candidates, cause)
}

async function markPeers(deps: WorkerDeps): Promise<number> {
  const ranks = await figuresOfIndicators(deps.db.pool, peerIndicators)
  return ranks.length === 0 ? 0 : markIfDifferent(deps, ranks, '对标城市公布值变化')
}

export async function forgetPassing(deps: Pick<WorkerDeps, 'db' | 'clock'>): Promise<number> {
  return forgetPassingFigures(deps.db.pool, dateOfMs(deps.clock.now() - keepPassingDays * dayMs))
}

/** A figure whose indicator this release no longer has stays as it was; it must not stop the others. */
const computable = (rows: readonly FigureRow[]): FigureRow[] =>
  rows.filter((row) => indicatorByName(row.indicator) !== undefined)

async function markIfDifferent(
  deps: WorkerDeps,
  candidates: readonly FigureRow[],
  cause: string,
): Promise<number> {
  const dependents = await dependentsOf(
    deps.db.pool,
    candidates.map((f) => f.id),
  )
  const all = computable([...candidates, ...dependents])
  const data = await loadFigureData(deps.db.pool, closureOf(all.map(requestOf)))
  const stale = staleAmong(all, figureEngine(data))
  if (stale.length === 0) return 0
  const ids = await deps.db.transaction((trx) =>
    markStale(
      trx,
      stale.map((f) => f.id),
      cause,
    ),
  )
  if (ids.length > 0) deps.events.publish('figure', { stale: ids.slice(0, 200), count: ids.length })
  return ids.length
}

async function recompute(deps: WorkerDeps): Promise<number> {
  const stale = computable(await staleFigures(deps.db.pool, batchSize))
  if (stale.length === 0) return 0
  const requests = stale.map(requestOf)
  const data = await loadFigureData(deps.db.pool, closureOf(requests))
  const rows = new Map(stale.map((row) => [row.key, row]))
  await store(
    deps,
    figureEngine(data),
    requests,
    await withNeighbours(deps, requests, rows),
    '日值变化后重算',
  )
  deps.events.publish('figure', { fresh: stale.map((f) => f.id).slice(0, 200), count: stale.length })
  return stale.length
}

/** The rows of everything that the requests stand on, so that nothing stored is taken for new. */
async function withNeighbours(
  deps: WorkerDeps,
  requests: Parameters<typeof closureOf>[0],
  rows: Map<string, FigureRow>,
) {
  for (const row of await figuresByKeys(deps.db.pool, closureOf(requests).map(figureKey)))
    rows.set(row.key, row)
  return rows
}

async function sweep(deps: WorkerDeps): Promise<number> {
  let marked = 0
  for (let after = 0; ; ) {
    const rows = await liveFigures(deps.db.pool, after, batchSize)
    if (rows.length === 0) break
    marked += await markIfDifferent(deps, rows, '启动时核对')
    after = rows.at(-1)?.id ?? after
  }
  let drained = 0
  do drained = await recompute(deps)
  while (drained > 0)
  return marked
}
