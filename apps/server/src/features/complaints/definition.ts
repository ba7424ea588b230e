import { type WorkflowDefinition, workflows } from '@shanshui/workflow'

export const workflowId = 'complaint'

function find(): WorkflowDefinition {
  const found = workflows.find(({ id }) => id === workflowId)
  if (found === undefined) throw new Error('there is no workflow of complaints')
  return found
}

/** How a complaint is handled (packages/workflow/src/definitions/complaint.ts). */
export const definition = find()
