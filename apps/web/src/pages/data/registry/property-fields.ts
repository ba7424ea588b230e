interface PropertySchema {
  readonly type?: string
  readonly title?: string
  readonly enum?: readonly (string | number)[]
  readonly 'x-en'?: string
  readonly 'x-labels'?: Readonly<Record<string, string>>
}

export interface PropertyField {
  readonly name: string
  readonly title: string
  readonly required: boolean
  readonly kind: 'text' | 'number' | 'list' | 'choice'
  readonly choices: readonly { readonly value: string | number; readonly label: string }[]
}

/** The form of a kind's properties, from the schema that its declaration gives. */
export function propertyFields(schema: unknown, language: string): PropertyField[] {
  const object = schema as { properties?: Record<string, PropertySchema>; required?: readonly string[] }
  const required = new Set(object.required ?? [])
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    title: (language === 'en' ? property['x-en'] : property.title) ?? property.title ?? name,
    required: required.has(name),
    kind: kindOf(property),
    choices: (property.enum ?? []).map((value) => ({
      value,
      label: property['x-labels']?.[String(value)] ?? String(value),
    })),
  }))
}

function kindOf(property: PropertySchema): PropertyField['kind'] {
  if (property.enum !== undefined) return 'choice'
  if (property.type === 'array') return 'list'
  return property.type === 'number' || property.type === 'integer' ? 'number' : 'text'
}

/** A stored property in words. */
export function shownValue(field: PropertyField, value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.join(' ')
  return field.choices.find((choice) => choice.value === value)?.label ?? String(value)
}

/** What was typed, as the kind stores it; an empty field is left out. */
export function storedProperties(
  fields: readonly PropertyField[],
  typed: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const stored: Record<string, unknown> = {}
  for (const field of fields) {
    const text = (typed[field.name] ?? '').trim()
    if (text !== '') stored[field.name] = storedValue(field, text)
  }
  return stored
}

function storedValue(field: PropertyField, text: string): unknown {
  if (field.kind === 'list') return text.split(/[\s,，、]+/).filter((part) => part !== '')
  if (field.kind === 'number') return Number(text)
  if (field.kind === 'choice')
    return field.choices.find((choice) => String(choice.value) === text)?.value ?? text
  return text
}
