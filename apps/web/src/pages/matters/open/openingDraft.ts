import type { MatterPartiesInput, MatterParty, WorkflowBrief } from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { type FormValues, faultOf, openingForm, payloadOf } from '../form/formValues.ts'

/** Which workflow works on something, with whom, and what is already known: a matter before it has an object. */
export interface OpeningDraft {
  readonly workflow: string
  readonly parties: MatterPartiesInput
  readonly fields: FormValues
}

/** The parties that have to be named; the enterprise concerned follows from the object. */
export const partiesToName = (workflow: WorkflowBrief | undefined): readonly MatterParty[] =>
  (workflow?.parties ?? []).filter((party): party is MatterParty => party !== 'owner')

/** The own organization gives the task, unless somebody else is named. */
export function ownFirst(
  parties: MatterPartiesInput,
  workflow: WorkflowBrief | undefined,
  organizationId: number,
): MatterPartiesInput {
  if (parties.overseer !== undefined || !partiesToName(workflow).includes('overseer')) return parties
  return { ...parties, overseer: { organizationId } }
}

/** Why the draft cannot be sent yet; empty when it can. */
export function draftFaults(
  draft: OpeningDraft,
  workflow: WorkflowBrief | undefined,
  def: WorkflowDefinition | undefined,
): readonly string[] {
  if (workflow === undefined || def === undefined) return ['workflow']
  return [
    ...partiesToName(workflow).filter((party) => draft.parties[party] === undefined),
    ...openingForm(def)
      .filter((one) => faultOf(one, draft.fields[one.field.id]) !== undefined)
      .map(({ field }) => field.id),
  ]
}

/** The part of the request that every way of opening a matter has. */
export function openingBody(
  draft: OpeningDraft,
  def: WorkflowDefinition,
): { workflow: string; parties: MatterPartiesInput; fields?: Record<string, unknown> } {
  const fields = payloadOf(openingForm(def), draft.fields, {})
  return {
    workflow: draft.workflow,
    parties: draft.parties,
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
  }
}
