/** Runs in a thread of its own: the solver computes for seconds, and requests must not wait for it. */
import { parentPort, workerData } from 'node:worker_threads'
import { makePlan, whatIf } from './plan.ts'
import type { PlanInput } from './plan.types.ts'

export interface PlannerTask {
  readonly input: PlanInput
  readonly seconds: number
  /** Officers more than there are; left out for the plan itself. */
  readonly more?: number
}

const { input, seconds, more } = workerData as PlannerTask
const answer =
  more === undefined ? await makePlan(input, { seconds }) : await whatIf(input, more, { seconds })
parentPort?.postMessage(answer)
