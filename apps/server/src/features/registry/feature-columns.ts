/** Columns of a kind in files: the fields every feature has, then the properties of its schema. */
import type { FeatureKind } from './kinds/index.ts'

export interface FileColumn {
  readonly key: string
  /** Chinese name in the header of a sheet. */
  readonly title: string
  readonly required: boolean
  readonly property: boolean
  readonly type: 'text' | 'number' | 'integer' | 'date' | 'list' | 'choice' | 'json'
  readonly choices?: readonly (readonly [value: string | number, label: string])[]
}

const field = (key: string, title: string, type: FileColumn['type'], required = false): FileColumn => ({
  key,
  title,
  required,
  property: false,
  type,
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
  readonly type?: string
  readonly enum?: readonly (string | number)[]
  readonly 'x-labels'?: Readonly<Record<string, string>>
}

function typeOf(schema: PropertySchema): FileColumn['type'] {
  if (schema.enum !== undefined) return 'choice'
  if (schema.type === 'array') return 'list'
  if (schema.type === 'number' || schema.type === 'integer') return schema.type
  return schema.type === 'string' ? 'text' : 'json'
}

export function columnsOf(kind: FeatureKind): FileColumn[] {
  const required = new Set<string>((kind.properties.required as string[] | undefined) ?? [])
  const properties = Object.entries(kind.properties.properties).map(([key, value]): FileColumn => {
    const schema = value as PropertySchema
    const choices = schema.enum?.map(
      (choice) => [choice, schema['x-labels']?.[String(choice)] ?? String(choice)] as const,
    )
    return {
      key,
      title: schema.title ?? key,
      required: required.has(key),
      property: true,
      type: typeOf(schema),
      choices,
    }
  })
  return [...common, ...properties]
}
