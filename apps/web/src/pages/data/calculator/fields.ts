/** The part of JSON Schema that evaluators use for their inputs. */
interface FieldSchema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly (string | number)[]
  readonly description?: string
  readonly items?: FieldSchema
  readonly default?: unknown
}

export interface Field {
  readonly name: string
  readonly description: string
  readonly required: boolean
  /** `list`: numbers separated by blanks, commas or line ends; `json`: anything else that is not a scalar. */
  readonly kind: 'number' | 'text' | 'date' | 'choice' | 'choices' | 'boolean' | 'list' | 'json'
  readonly choices: readonly (string | number)[]
}

/** The form of an evaluator, from its input schema. */
export function fieldsOf(schema: unknown): Field[] {
  const object = schema as { properties?: Record<string, FieldSchema>; required?: readonly string[] }
  const required = new Set(object.required ?? [])
  return Object.entries(object.properties ?? {}).map(([name, field]) => ({
    name,
    description: field.description ?? name,
    required: required.has(name),
    kind: kindOf(name, field),
    choices: field.enum ?? field.items?.enum ?? [],
  }))
}

function typesOf(field: FieldSchema | undefined): readonly string[] {
  if (field?.type === undefined) return []
  return typeof field.type === 'string' ? [field.type] : field.type
}

function kindOf(name: string, field: FieldSchema): Field['kind'] {
  if (field.enum !== undefined) return 'choice'
  const types = typesOf(field)
  if (types.includes('array')) {
    if (field.items?.enum !== undefined) return 'choices'
    const inner = typesOf(field.items)
    return inner.includes('number') || inner.includes('integer') ? 'list' : 'json'
  }
  if (types.includes('object')) return 'json'
  if (types.includes('boolean')) return 'boolean'
  if (types.includes('string') && !types.includes('number')) return name === 'date' ? 'date' : 'text'
  return types.includes('string') ? 'text' : 'number'
}

/** What was typed, as the evaluator takes it; an empty field is left out. Throws `FieldFault` naming the field. */
export function inputOf(
  fields: readonly Field[],
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const field of fields) {
    const text = (typed[field.name] ?? '').trim()
    if (text !== '') input[field.name] = typedValue(field, text)
  }
  return input
}

export class FieldFault extends Error {
  readonly field: Field
  readonly text: string
  constructor(field: Field, text: string) {
    super(`${field.name}: ${text}`)
    this.field = field
    this.text = text
  }
}

function typedValue(field: Field, text: string): unknown {
  switch (field.kind) {
    case 'number':
      return numberOf(field, text)
    case 'list':
      return text
        .split(/[\s,;，；]+/)
        .filter((part) => part !== '')
        .map((part) => (isGap(part) ? null : numberOf(field, part)))
    case 'choice':
      return field.choices.find((choice) => String(choice) === text) ?? text
    case 'choices':
      return text.split(',')
    case 'boolean':
      return text === 'true'
    case 'json':
      return jsonOf(field, text)
    case 'text':
    case 'date':
      return text
  }
}

/** How a missing value is written in a list. */
function isGap(text: string): boolean {
  return text === '-' || text === '—' || text.toLowerCase() === 'na' || text.toLowerCase() === 'null'
}

function numberOf(field: Field, text: string): number {
  const value = Number(text)
  if (Number.isNaN(value)) throw new FieldFault(field, text)
  return value
}

function jsonOf(field: Field, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new FieldFault(field, text.slice(0, 40))
  }
}
