/** Every workflow of the platform; adding one is one file and one line. */
import type { WorkflowDefinition } from '../definition.ts'

export const workflows: readonly WorkflowDefinition[] = []
