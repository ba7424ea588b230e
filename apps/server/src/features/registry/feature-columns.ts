/**
 * Columns of a kind in files: the fields every feature has, then the properties of its schema. A list of rows (the
 * parameters of a device, the outlets of a permit) has columns of its own, `参数/因子`: one item a line, on the line
 * of the feature and those below it.
 */
import type { FeatureKind } from './kinds/index.ts'

export interface FileColumn {
  readonly key: string
  /** Chinese name in the header of a sheet, with that of the lists it stands in: `排放口/许可限值/因子`. */
  readonly title: string
  readonly required: boolean
  readonly property: boolean
  readonly type: 'text' | 'number' | 'integer' | 'date' | 'list' | 'choice' | 'flag' | 'json'
  readonly choices?: readonly (readonly [value: string | number, label: string])[]
  /** A list of texts that may hold spaces. */
  readonly spaced?: boolean
  /** Names that the header may have too. */
  readonly names: readonly string[]
  readonly note?: string
  readonly example?: string
}

export interface ColumnGroup {
  readonly columns: readonly FileColumn[]
  readonly lists: readonly ListColumns[]
}

export interface ListColumns extends ColumnGroup {
  readonly key: string
  readonly title: string
  readonly required: boolean
}

const field = (key: string, title: string, type: FileColumn['type'], required = false): FileColumn => ({
  key,
  title,
  required,
  property: false,
  type,
  names: [title, key],
})

const common: readonly FileColumn[] = [
  field('code', '代码', 'text', true),
  field('name', '名称', 'text', true),
  field('regionCode', '行政区代码', 'integer', true),
  field('ownerId', '权属单位编号', 'integer'),
  field('lon', '经度', 'number'),
  field('lat', '纬度', 'number'),
  field('validFrom', '启用日期', 'date'),
  field('validTo', '停用日期', 'date'),
]

interface PropertySchema {
  readonly title?: string
  readonly description?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly (string | number)[]
  readonly items?: ObjectSchema
  readonly 'x-labels'?: Readonly<Record<string, string>>
  readonly 'x-spaced'?: boolean
  readonly 'x-example'?: string | number
}

interface ObjectSchema extends PropertySchema {
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, PropertySchema>>
}

function typeOf(schema: PropertySchema): FileColumn['type'] {
  if (schema.enum !== undefined) return 'choice'
  if (schema.type === 'array') return schema.items?.type === 'string' ? 'list' : 'json'
  if (schema.type === 'boolean') return 'flag'
  if (schema.type === 'number' || schema.type === 'integer') return schema.type
  if (schema.type === 'string') return schema.format === 'date' ? 'date' : 'text'
  return 'json'
}

const choicesOf = (schema: PropertySchema): FileColumn['choices'] =>
  schema.enum?.map((choice) => [choice, schema['x-labels']?.[String(choice)] ?? String(choice)] as const)

function columnOf(
  key: string,
  schema: PropertySchema,
  required: boolean,
  above: readonly string[],
): FileColumn {
  const title = schema.title ?? key
  return {
    key,
    title: [...above, title].join('/'),
    required,
    property: true,
    type: typeOf(schema),
    choices: choicesOf(schema),
    spaced: schema['x-spaced'],
    names: [[...above, title].join('/'), [...above, key].join('/')],
    note: schema.description,
    example: schema['x-example'] === undefined ? undefined : String(schema['x-example']),
  }
}

const isRows = (schema: PropertySchema): boolean =>
  schema.type === 'array' && schema.items?.properties !== undefined

function groupOf(schema: ObjectSchema, above: readonly string[]): ColumnGroup {
  const required = new Set(schema.required ?? [])
  const entries = Object.entries(schema.properties ?? {})
  return {
    columns: entries
      .filter(([, property]) => !isRows(property))
      .map(([key, property]) => columnOf(key, property, required.has(key), above)),
    lists: entries
      .filter(([, property]) => isRows(property))
      .map(([key, property]) => {
        const title = [...above, property.title ?? key].join('/')
        const inner = groupOf(property.items ?? {}, [...above, property.title ?? key])
        return { key, title, required: required.has(key), ...inner }
      }),
  }
}

/** Columns of a kind as they nest. */
export function columnsOf(kind: FeatureKind): ColumnGroup {
  const { columns, lists } = groupOf(kind.properties as ObjectSchema, [])
  return { columns: [...common, ...columns], lists }
}

/** In the order of a sheet: a group's own columns, then those of its lists. */
export function flatColumns(group: ColumnGroup): FileColumn[] {
  return [...group.columns, ...group.lists.flatMap(flatColumns)]
}
