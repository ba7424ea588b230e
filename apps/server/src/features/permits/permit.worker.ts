/** Keeps obligations and ledgers current: soon after the start, then every hour. */
import { dayOf } from './civil-time.ts'
import { sweepObligations } from './obligation.compile.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { reconcileYear } from './reconcile.service.ts'

const firstMs = 20_000
const everyMs = 3_600_000

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
    const today = dayOf(deps.clock.now())
    const year = Number(today.slice(0, 4))
    const years = today.slice(5, 7) === '01' ? [year - 1, year] : [year]
    for (const each of years) {
      const ledgers = await reconcileYear(deps, each)
      deps.log.info({ event: 'permit.swept', ...swept, year: each, ...ledgers }, 'permits swept')
    }
  }

  function runSafely(): Promise<void> {
    running = running.then(async () => {
      if (stopped) return
      try {
        await run()
      } catch (error) {
        deps.log.error({ event: 'permit.sweep-failed', err: error }, 'permit sweep failed')
      }
    })
    return running
  }

  const first = setTimeout(runSafely, firstMs)
  const timer = setInterval(runSafely, everyMs)
  first.unref()
  timer.unref()
  return {
    runOnce: run,
    async stop() {
      stopped = true
      clearTimeout(first)
      clearInterval(timer)
      await running
    },
  }
}
