/** The part of JSON Schema (2020-12) that evaluator inputs and outputs use. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly (string | number | null)[]
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

declare const shape: unique symbol
/** A JSON Schema that also tells the compiler the type of what passes it. */
export type Schema<T> = JsonSchema & { readonly [shape]?: T }
export type TypeOf<S> = S extends Schema<infer T> ? T : never

interface Bounds {
  readonly minimum?: number
  readonly maximum?: number
}

export const number = (description: string, bounds: Bounds = {}): Schema<number> => ({
  type: 'number',
  description,
  ...bounds,
})
export const integer = (description: string, bounds: Bounds = {}): Schema<number> => ({
  type: 'integer',
  description,
  ...bounds,
})
export const nullableNumber = (description: string, bounds: Bounds = {}): Schema<number | null> => ({
  type: ['number', 'null'],
  description,
  ...bounds,
})
export const text = (description: string): Schema<string> => ({ type: 'string', description })
export const boolean = (description: string): Schema<boolean> => ({ type: 'boolean', description })
export const numberOrText = (description: string): Schema<number | string> => ({
  type: ['number', 'string'],
  description,
})
export const date = (description: string): Schema<string> => ({
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}',
  description,
})
export const oneOf = <const V extends string | number>(
  values: readonly V[],
  description: string,
): Schema<V> => ({
  type: typeof values[0] === 'number' ? 'number' : 'string',
  enum: values,
  description,
})
export const list = <T>(
  items: Schema<T>,
  description: string,
  bounds: { readonly minItems?: number; readonly maxItems?: number } = {},
): Schema<readonly T[]> => ({ type: 'array', items: items as JsonSchema, description, ...bounds })

type Fields = Readonly<Record<string, Schema<unknown>>>

/** An object with required and optional properties; further properties are allowed and ignored. */
export const object = <R extends Fields, O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
  description?: string,
): Schema<
  { readonly [K in keyof R]: TypeOf<R[K]> } & { readonly [K in keyof O]?: TypeOf<O[K]> | undefined }
> => {
  const properties: Record<string, JsonSchema> = { ...required, ...optional }
  const base = { type: 'object', properties, required: Object.keys(required) }
  return description === undefined ? base : { ...base, description }
}

/** The faults of a value against a schema, as "path: what is wrong"; empty when it passes. */
export function faultsOf(schema: JsonSchema, value: unknown, path = ''): readonly string[] {
  if (isPlainlyFine(schema, value)) return NONE
  const at = path === '' ? '输入' : path
  const type = typeOf(value)
  if (
    schema.type !== undefined &&
    !allowedTypes(schema.type).some((allowed) => matches(allowed, type, value))
  )
    return [`${at}：应为${allowedTypes(schema.type).join('或')}，收到${shown(value)}`]
  if (schema.enum !== undefined && !schema.enum.includes(value as string))
    return [`${at}：应为${schema.enum.join('、')}之一，收到${shown(value)}`]
  if (typeof value === 'number') return numberFaults(schema, value, at)
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern).test(value))
    return [`${at}：格式不符，收到${shown(value)}`]
  if (Array.isArray(value)) return arrayFaults(schema, value, path, at)
  if (type === 'object') return objectFaults(schema, value as Record<string, unknown>, path)
  return []
}

const NONE: readonly string[] = []
const entries = new WeakMap<JsonSchema, readonly (readonly [string, JsonSchema])[]>()

/** The properties as pairs, made once a schema: a filter checks a hundred thousand lines a second. */
function propertiesOf(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  const known = entries.get(schema)
  if (known !== undefined) return known
  const made = Object.entries(schema.properties ?? {})
  entries.set(schema, made)
  return made
}

/** A finite number or a null where one is allowed and nothing else is asked: by far the most frequent value. */
function isPlainlyFine(schema: JsonSchema, value: unknown): boolean {
  if (schema.enum !== undefined || schema.minimum !== undefined || schema.maximum !== undefined) return false
  const { type } = schema
  if (typeof value === 'number')
    return Number.isFinite(value) && (type === 'number' || type?.includes('number') === true)
  return value === null && Array.isArray(type) && type.includes('null')
}

function allowedTypes(type: string | readonly string[]): readonly string[] {
  return typeof type === 'string' ? [type] : type
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function matches(allowed: string, type: string, value: unknown): boolean {
  if (allowed === 'integer') return Number.isInteger(value)
  return allowed === 'number' ? type === 'number' && Number.isFinite(value) : allowed === type
}

function numberFaults(schema: JsonSchema, value: number, at: string): readonly string[] {
  if (schema.minimum !== undefined && value < schema.minimum)
    return [`${at}：不小于${schema.minimum}，收到${value}`]
  if (schema.maximum !== undefined && value > schema.maximum)
    return [`${at}：不大于${schema.maximum}，收到${value}`]
  return []
}

function arrayFaults(
  schema: JsonSchema,
  value: readonly unknown[],
  path: string,
  at: string,
): readonly string[] {
  if (schema.minItems !== undefined && value.length < schema.minItems)
    return [`${at}：至少${schema.minItems}个，收到${value.length}个`]
  if (schema.maxItems !== undefined && value.length > schema.maxItems)
    return [`${at}：至多${schema.maxItems}个，收到${value.length}个`]
  const { items } = schema
  if (items === undefined) return []
  return value.flatMap((item, index) => faultsOf(items, item, `${path}[${index}]`)).slice(0, 5)
}

function objectFaults(schema: JsonSchema, value: Record<string, unknown>, path: string): readonly string[] {
  const faults: string[] = []
  const prefix = path === '' ? '' : `${path}.`
  for (const name of schema.required ?? [])
    if (value[name] === undefined) faults.push(`${prefix}${name}：缺少`)
  for (const [name, property] of propertiesOf(schema)) {
    const field = value[name]
    if (field !== undefined && !isPlainlyFine(property, field))
      faults.push(...faultsOf(property, field, `${prefix}${name}`))
  }
  return faults
}

function shown(value: unknown): string {
  const written = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined')
  return written.length > 40 ? `${written.slice(0, 40)}…` : written
}
