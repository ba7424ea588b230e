/** The planner in a thread of its own. */
import { Worker } from 'node:worker_threads'
import type { Plan, PlanInput, PlanOptions, WhatIf } from './plan.types.ts'
import type { PlannerTask } from './planner.worker.ts'

function run<T>(task: PlannerTask, signal?: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const worker = new Worker(new URL('./planner.worker.ts', import.meta.url), { workerData: task })
    const stop = () => {
      void worker.terminate()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', (answer: T) => resolve(answer))
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      reject(new Error(`the planner ended with ${code} and without an answer`))
    })
  })
}

/** As `makePlan`, without holding up the process; ends early when `signal` says so. */
export const planApart = (input: PlanInput, options: PlanOptions & { signal?: AbortSignal }): Promise<Plan> =>
  run<Plan>({ input, seconds: options.seconds }, options.signal)

/** As `whatIf`, without holding up the process. */
export const whatIfApart = (input: PlanInput, more: number, options: PlanOptions): Promise<WhatIf> =>
  run<WhatIf>({ input, seconds: options.seconds, more })
