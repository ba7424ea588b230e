/** Every workflow of the platform; adding one is one file and one line. */
import type { WorkflowDefinition } from '../definition.ts'
import { complaint } from './complaint.ts'
import { dataSharing } from './data-sharing.ts'
import { hazard } from './hazard.ts'
import { inspectionTask } from './inspection-task.ts'
import { keyTask } from './key-task.ts'
import { mineClosure } from './mine-closure.ts'
import { monitoringTask } from './monitoring-task.ts'
import { penalty } from './penalty/index.ts'
import { promise } from './promise.ts'
import { rectification } from './rectification.ts'
import { supervision } from './supervision.ts'

export const workflows: readonly WorkflowDefinition[] = [
  complaint,
  rectification,
  supervision,
  penalty,
  hazard,
  mineClosure,
  inspectionTask,
  monitoringTask,
  keyTask,
  promise,
  dataSharing,
]
