interface PropertySchema {
  readonly type?: string
  readonly title?: string
  readonly enum?: readonly (string | number)[]
  readonly items?: PropertySchema & ObjectSchema
  readonly 'x-en'?: string
  readonly 'x-labels'?: Readonly<Record<string, string>>
  readonly 'x-spaced'?: boolean
  readonly 'x-example'?: string | number
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, PropertySchema>>
  readonly required?: readonly string[]
}

export interface PropertyField {
  readonly name: string
  readonly title: string
  readonly required: boolean
  readonly kind: 'text' | 'number' | 'list' | 'choice' | 'flag' | 'rows'
  readonly choices: readonly { readonly value: string | number; readonly label: string }[]
  /** Fields of an item of `rows`, e.g. of a parameter of a device. */
  readonly fields: readonly PropertyField[]
  /** Members of a list may hold spaces. */
  readonly spaced: boolean
  readonly example: string
}

/** What stands in a form: texts, and below a field of rows the forms of its items. */
export interface Typed {
  readonly [name: string]: string | readonly Typed[]
}

/** The form of a kind's properties, from the schema that its declaration gives. */
export function propertyFields(schema: unknown, language: string): PropertyField[] {
  const object = schema as ObjectSchema
  const required = new Set(object.required ?? [])
  return Object.entries(object.properties ?? {}).map(([name, property]) => {
    const kind = kindOf(property)
    return {
      name,
      title: (language === 'en' ? property['x-en'] : property.title) ?? property.title ?? name,
      required: required.has(name),
      kind,
      choices: (property.enum ?? []).map((value) => ({
        value,
        label: property['x-labels']?.[String(value)] ?? String(value),
      })),
      fields: kind === 'rows' ? propertyFields(property.items, language) : [],
      spaced: property['x-spaced'] === true,
      example: property['x-example'] === undefined ? '' : String(property['x-example']),
    }
  })
}

function kindOf(property: PropertySchema): PropertyField['kind'] {
  if (property.enum !== undefined) return 'choice'
  if (property.type === 'array') return property.items?.properties === undefined ? 'list' : 'rows'
  if (property.type === 'boolean') return 'flag'
  return property.type === 'number' || property.type === 'integer' ? 'number' : 'text'
}

/** A stored property in words. */
export function shownValue(
  field: PropertyField,
  value: unknown,
  words: { readonly yes: string; readonly no: string } = { yes: 'true', no: 'false' },
): string | null {
  if (value === undefined || value === null) return null
  if (field.kind === 'rows' && Array.isArray(value)) return String(value.length)
  if (Array.isArray(value)) return value.join(field.spaced ? '、' : ' ')
  if (typeof value === 'boolean') return value ? words.yes : words.no
  return field.choices.find((choice) => choice.value === value)?.label ?? String(value)
}

/** Stored properties as they stand in the form. */
export function typedProperties(
  fields: readonly PropertyField[],
  stored: Readonly<Record<string, unknown>>,
): Typed {
  const typed: Record<string, string | readonly Typed[]> = {}
  for (const field of fields) {
    const value = stored[field.name]
    if (field.kind === 'rows') {
      const items = Array.isArray(value) ? (value as Record<string, unknown>[]) : []
      typed[field.name] = items.map((item) => typedProperties(field.fields, item))
    } else if (value !== undefined && value !== null) {
      typed[field.name] = Array.isArray(value) ? value.join(field.spaced ? '、' : ' ') : String(value)
    }
  }
  return typed
}

/** What was typed, as the kind stores it; an empty field is left out, a required list stays as an empty one. */
export function storedProperties(fields: readonly PropertyField[], typed: Typed): Record<string, unknown> {
  const stored: Record<string, unknown> = {}
  for (const field of fields) {
    const value = typed[field.name]
    if (field.kind === 'rows') {
      const items = typeof value === 'string' ? [] : (value ?? [])
      if (items.length > 0 || field.required)
        stored[field.name] = items.map((item) => storedProperties(field.fields, item))
      continue
    }
    const text = typeof value === 'string' ? value.trim() : ''
    if (text !== '') stored[field.name] = storedValue(field, text)
    else if (field.kind === 'list' && field.required) stored[field.name] = []
  }
  return stored
}

function storedValue(field: PropertyField, text: string): unknown {
  if (field.kind === 'list') {
    const separator = field.spaced ? /[,，、;；\n]+/ : /[\s,，、]+/
    return text
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '')
  }
  if (field.kind === 'number') return Number(text)
  if (field.kind === 'flag') return text === 'true'
  if (field.kind === 'choice')
    return field.choices.find((choice) => String(choice.value) === text)?.value ?? text
  return text
}
