/** Fields of a matter as words for a document. A template reads only the fields that it declares. */
import type { FieldDefinition } from '@shanshui/workflow'
import { officialDate, type TableColumn } from '../../../platform/official/index.ts'
import type { DocumentData } from './document-data.ts'

export interface ReadTable {
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly string[])[]
}

export interface FieldReader {
  /** The declared fields that the workflow has, in the order of the declaration. */
  readonly listed: readonly FieldDefinition[]
  /** Empty when the field has no value, or the workflow no such field. @throws Error for one not declared: a bug */
  text(id: string): string
  /** `2026年3月2日`, or a line for it. */
  date(id: string): string
  table(id: string): ReadTable | undefined
}

export function fieldReader(data: DocumentData, declared: readonly string[]): FieldReader {
  const known = new Map(data.def.fields.map((field) => [field.id, field]))
  const stored = (id: string): unknown => {
    if (!declared.includes(id)) throw new Error(`the template reads ${id} and does not declare it`)
    return data.fields[id]
  }
  return {
    listed: declared.flatMap((id) => known.get(id) ?? []),
    text(id) {
      const [value, field] = [stored(id), known.get(id)]
      return field === undefined ? '' : valueText(value, field, data)
    },
    date: (id) => {
      const value = stored(id)
      return officialDate(typeof value === 'string' ? value : null)
    },
    table(id) {
      const [value, field] = [stored(id), known.get(id)]
      return field?.type === 'table' ? tableOf(value, field, data) : undefined
    },
  }
}

/** Thousands are grouped as on a bank slip. */
const moneyText = (value: number) =>
  value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: 2 })

/** A value in words; empty for what is not there. */
export function valueText(value: unknown, field: FieldDefinition, data: DocumentData): string {
  if (value === undefined || value === null || value === '') return ''
  if (Array.isArray(value) && field.type !== 'table')
    return value
      .map((one) => valueText(one, field, data))
      .filter((one) => one !== '')
      .join('、')
  switch (field.type) {
    case 'yes-no':
      return value === true ? '是' : '否'
    case 'date':
      return officialDate(String(value))
    case 'money':
      return typeof value === 'number' ? `${moneyText(value)} 元` : String(value)
    case 'number':
      return `${String(value)}${field.unit === undefined ? '' : ` ${field.unit}`}`
    case 'choice':
    case 'choices':
      return field.options?.find((option) => option.value === value)?.title.zh ?? String(value)
    case 'people':
      return nameOf(value, data.people)
    case 'organization':
      return nameOf(value, data.organizations)
    case 'table':
      return ''
    default:
      return String(value)
  }
}

function nameOf(value: unknown, names: ReadonlyMap<number, string>): string {
  if (typeof value === 'number') return names.get(value) ?? ''
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name)
  return String(value)
}

function tableOf(value: unknown, field: FieldDefinition, data: DocumentData): ReadTable | undefined {
  const columns = field.columns ?? []
  if (!Array.isArray(value) || value.length === 0 || columns.length === 0) return undefined
  return {
    columns: columns.map((column) => ({
      title: column.title.zh + (column.unit === undefined ? '' : `（${column.unit}）`),
      share: column.type === 'yes-no' ? 1 : column.type === 'long-text' ? 3 : 2,
      number: column.type === 'number' || column.type === 'money',
    })),
    rows: value.map((row: unknown) =>
      columns.map((column) =>
        typeof row === 'object' && row !== null
          ? valueText((row as Record<string, unknown>)[column.id], column, data)
          : '',
      ),
    ),
  }
}
