/** Whether a value fits its field, said in words for the person who filled it. */
import { isDay } from './civil.ts'
import type { FieldDefinition } from './definition.ts'

/** Nothing was filled. A yes-no that says no is filled. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

/** The fault of a value that is not empty, or undefined. */
export function fieldFault(field: FieldDefinition, value: unknown): string | undefined {
  const fault = faultOf(field, value)
  return fault === undefined ? undefined : `“${field.title.zh}”${fault}`
}

function faultOf(field: FieldDefinition, value: unknown): string | undefined {
  switch (field.type) {
    case 'text':
    case 'long-text':
      return typeof value === 'string'
        ? rangeFault(field, value.trim().length, '字')
        : `应填文字，收到${shown(value)}`
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
        ? rangeFault(field, value, field.unit ?? '')
        : `应填数字，收到${shown(value)}`
    case 'money':
      return moneyFault(field, value)
    case 'date':
      return typeof value === 'string' && isDay(value)
        ? undefined
        : `应填日期（年-月-日），收到${shown(value)}`
    case 'choice':
      return isOption(field, value) ? undefined : `应从选项中选择，收到${shown(value)}`
    case 'choices':
      return choicesFault(field, value)
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : `应填是或否，收到${shown(value)}`
    case 'people':
      return peopleFault(value)
    case 'organization':
      return isId(value) ? undefined : `应选择一个单位，收到${shown(value)}`
    case 'table':
      return tableFault(field, value)
  }
}

function rangeFault({ min, max }: FieldDefinition, size: number, unit: string): string | undefined {
  if (min !== undefined && size < min) return `不少于${min}${unit}，现为${size}${unit}`
  if (max !== undefined && size > max) return `不超过${max}${unit}，现为${size}${unit}`
  return undefined
}

function moneyFault(field: FieldDefinition, value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return `应填金额，收到${shown(value)}`
  if (Math.abs(value * 100 - Math.round(value * 100)) > 1e-6) return `至多两位小数，收到${value}`
  return rangeFault({ ...field, min: field.min ?? 0 }, value, field.unit ?? '元')
}

const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0

function isOption({ options }: FieldDefinition, value: unknown): boolean {
  return typeof value === 'string' && options?.some((option) => option.value === value) === true
}

function choicesFault(field: FieldDefinition, value: unknown): string | undefined {
  if (!Array.isArray(value)) return `应从选项中选择，收到${shown(value)}`
  const wrong = value.find((one) => !isOption(field, one))
  if (wrong !== undefined) return `没有选项${shown(wrong)}`
  if (new Set(value).size < value.length) return '同一选项选了两次'
  return rangeFault(field, value.length, '项')
}

/** People are users of the platform by id, or others by name. */
function peopleFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return `应选择人员，收到${shown(value)}`
  const wrong = value.find((one) => !isId(one) && !(typeof one === 'string' && one.trim() !== ''))
  if (wrong !== undefined) return `人员${shown(wrong)}不明`
  return new Set(value).size < value.length ? '同一人填了两次' : undefined
}

function tableFault(field: FieldDefinition, value: unknown): string | undefined {
  if (!Array.isArray(value)) return `应填表格，收到${shown(value)}`
  const size = rangeFault(field, value.length, '行')
  if (size !== undefined) return size
  for (const [index, row] of value.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return `第${index + 1}行不是一行`
    for (const [name, cell] of Object.entries(row)) {
      const column = field.columns?.find(({ id }) => id === name)
      if (column === undefined) return `第${index + 1}行有不明的列“${name}”`
      const fault = isEmpty(cell) ? undefined : fieldFault(column, cell)
      if (fault !== undefined) return `第${index + 1}行${fault}`
    }
  }
  return undefined
}

function shown(value: unknown): string {
  const written = typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? String(value))
  return written.length > 40 ? `${written.slice(0, 40)}…` : written
}
