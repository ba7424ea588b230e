import type {
  MatterDetail,
  MatterEvidenceDemand,
  MatterOption,
  MatterPartiesInput,
  MatterParty,
} from '@shanshui/contract'
import type { TransitionDefinition, WorkflowDefinition } from '@shanshui/workflow'
import type { StepInput } from '../../../api/matters.ts'
import { type FormField, type FormValues, faultOf, formOf, isBlank, payloadOf } from '../form/formValues.ts'

/** What somebody has typed into the form of a step: only what they touched, so that the rest follows the matter. */
export interface Typed {
  readonly fields: FormValues
  readonly parties: MatterPartiesInput
  readonly reason: string
  readonly lookBackMonths?: number
}

export const nothingTyped: Typed = { fields: {}, parties: {}, reason: '' }

/** The form shows what the matter has, and over it what was typed. */
export const valuesOf = (detail: MatterDetail, typed: Typed): FormValues => ({
  ...detail.fields,
  ...typed.fields,
})

export interface StepForm {
  readonly step: TransitionDefinition
  readonly fields: readonly FormField[]
  /** Parties that can be named on the way. */
  readonly parties: readonly MatterParty[]
  /** Of those, the ones without which nobody would be there to act next. */
  readonly neededParties: readonly MatterParty[]
  readonly evidence: readonly MatterEvidenceDemand[]
}

/** The form of a step of this matter; `undefined` when the workflow has no such step. */
export function stepForm(
  def: WorkflowDefinition,
  detail: MatterDetail,
  transition: string,
): StepForm | undefined {
  const step = def.transitions.find((one) => one.id === transition)
  if (step === undefined) return undefined
  const named = new Set(detail.parties.map(({ party }) => party))
  const next = def.states.find(({ id }) => id === step.to)?.waitsFor ?? []
  const served = next.length === 0 || next.some((one) => one === 'system' || named.has(one))
  const neededParties = served ? [] : next.filter((one): one is MatterParty => one !== 'system').slice(0, 1)
  const parties = [...new Set<MatterParty>([...(step.assigns ?? []), ...neededParties])]
  return {
    step,
    fields: formOf(def, step),
    parties,
    neededParties,
    evidence: detail.evidence.filter((one) => one.transition === transition),
  }
}

/** What still stands in the way of sending, by what can be mended in the form. */
export interface Missing {
  readonly fields: readonly string[]
  readonly parties: readonly MatterParty[]
  readonly reason: boolean
  readonly lookBack: boolean
  /** Of evidence: the demands that are not met. */
  readonly evidence: readonly MatterEvidenceDemand[]
}

export function missingOf(form: StepForm, option: MatterOption, detail: MatterDetail, typed: Typed): Missing {
  const values = valuesOf(detail, typed)
  const months = typed.lookBackMonths
  const range = option.lookBackMonths
  return {
    fields: form.fields
      .filter((one) => faultOf(one, values[one.field.id]) !== undefined)
      .map(({ field }) => field.id),
    parties: form.neededParties.filter((party) => typed.parties[party] === undefined),
    reason: option.reason && isBlank(typed.reason),
    lookBack:
      months !== undefined &&
      range !== null &&
      (!Number.isInteger(months) || months < range.min || months > range.max),
    evidence: form.evidence.filter(({ missing }) => missing > 0),
  }
}

export const isReady = (missing: Missing): boolean =>
  missing.fields.length === 0 &&
  missing.parties.length === 0 &&
  missing.evidence.length === 0 &&
  !missing.reason &&
  !missing.lookBack

/** What is sent: the step, the version that was read, and only what differs from what the matter has. */
export function stepBody(form: StepForm, detail: MatterDetail, typed: Typed, commandId: string): StepInput {
  const payload = payloadOf(form.fields, valuesOf(detail, typed), detail.fields)
  const changed = Object.fromEntries(
    Object.entries(payload).filter(([id, value]) => !sameValue(value, detail.fields[id])),
  )
  const reason = typed.reason.trim()
  return {
    transition: form.step.id,
    version: detail.matter.version,
    commandId,
    ...(Object.keys(changed).length === 0 ? {} : { fields: changed }),
    ...(Object.keys(typed.parties).length === 0 ? {} : { parties: typed.parties }),
    ...(reason === '' ? {} : { reason }),
    ...(typed.lookBackMonths === undefined ? {} : { lookBackMonths: typed.lookBackMonths }),
  }
}

const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What somebody else has changed since the form was opened, of the fields that were typed into. */
export function overtaken(
  form: StepForm,
  opened: FormValues,
  detail: MatterDetail,
  typed: Typed,
): readonly { readonly field: FormField; readonly now: unknown }[] {
  return form.fields.flatMap((field) => {
    const id = field.field.id
    if (!(id in typed.fields) || sameValue(opened[id], detail.fields[id])) return []
    return [{ field, now: detail.fields[id] }]
  })
}
