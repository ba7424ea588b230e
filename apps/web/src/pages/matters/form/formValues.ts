import type { FieldDefinition, TransitionDefinition, WorkflowDefinition } from '@shanshui/workflow'

/** What stands in a form, by field: as the engine stores it, `undefined` where nothing was filled in. */
export type FormValues = Readonly<Record<string, unknown>>

/** One row of a `table` field, by column. */
export type TableRow = Readonly<Record<string, unknown>>

/** A field of a form, and whether the step is refused without it. */
export interface FormField {
  readonly field: FieldDefinition
  readonly required: boolean
}

/**
 * The form of a step, generated from its definition: what has to be filled first, then what may be. What the matter
 * already knows stands in it, so that a step corrects instead of asking again.
 */
export function formOf(def: WorkflowDefinition, step: TransitionDefinition): readonly FormField[] {
  const required = new Set(step.fields ?? [])
  const names = [...required, ...(step.optionalFields ?? []).filter((name) => !required.has(name))]
  return names.flatMap((name) => {
    const field = def.fields.find((one) => one.id === name)
    return field === undefined ? [] : [{ field, required: required.has(name) }]
  })
}

/**
 * What a new matter can be told at once: what no step will ask for, then what the usual steps out of the first state
 * do. The rest comes when its step comes.
 */
export function openingForm(def: WorkflowDefinition): readonly FormField[] {
  const asked = new Set(def.transitions.flatMap(fieldsOf))
  const first = def.transitions.filter(({ from, primary }) => from.includes(def.initial) && primary === true)
  const soon = new Set(first.flatMap(fieldsOf))
  return [
    ...def.fields.filter(({ id }) => !asked.has(id)),
    ...def.fields.filter(({ id }) => soon.has(id)),
  ].map((field) => ({ field, required: false }))
}

const fieldsOf = ({ fields = [], optionalFields = [] }: TransitionDefinition): readonly string[] => [
  ...fields,
  ...optionalFields,
]

/** Nothing was filled in: blank text, an empty list, a table without a filled cell. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every(isBlankRow)
  return false
}

function isBlankRow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isBlank(value)
  return Object.values(value).every(isBlank)
}

/** Why a field cannot be sent as it is, the bounds in its own unit; `undefined` when it can. */
export type FieldFault = 'missing' | 'below' | 'above' | 'few' | 'many' | 'decimals'

export function faultOf({ field, required }: FormField, value: unknown): FieldFault | undefined {
  if (isBlank(value)) return required ? 'missing' : undefined
  const { min, max, type } = field
  if (typeof value === 'number' && type === 'money' && Math.abs(value * 100 - Math.round(value * 100)) > 1e-6)
    return 'decimals'
  if (typeof value === 'number' && (type === 'number' || type === 'money')) {
    const floor = type === 'money' ? (min ?? 0) : min
    if (floor !== undefined && value < floor) return 'below'
    return max !== undefined && value > max ? 'above' : undefined
  }
  const size = sizeOf(field, value)
  if (size === undefined) return undefined
  if (min !== undefined && size < min) return 'few'
  return max !== undefined && size > max ? 'many' : undefined
}

/** Letters of a text, rows of a table, choices made: what `min` and `max` count. */
function sizeOf({ type }: FieldDefinition, value: unknown): number | undefined {
  if (typeof value === 'string' && (type === 'text' || type === 'long-text')) return value.trim().length
  if (Array.isArray(value) && (type === 'table' || type === 'choices'))
    return value.filter((one) => !isBlankRow(one)).length
  return undefined
}

/** What is sent: the fields of this form that are filled, without blank rows; a cleared field is `null`. */
export function payloadOf(
  form: readonly FormField[],
  values: FormValues,
  before: FormValues,
): Record<string, unknown> {
  const payload: Record<string, unknown> = {}
  for (const { field } of form) {
    const value = values[field.id]
    if (isBlank(value)) {
      if (!isBlank(before[field.id])) payload[field.id] = null
    } else payload[field.id] = Array.isArray(value) ? value.filter((one) => !isBlankRow(one)) : value
  }
  return payload
}
