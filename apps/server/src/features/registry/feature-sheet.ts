/** Lines of a sheet and nested lists, both ways: a feature takes the line of its code and the lines below it. */
import type { LineError } from '@shanshui/contract'
import type { ColumnGroup, FileColumn, ListColumns } from './feature-columns.ts'

export type Cell = string | number | null

function cellOf(column: FileColumn, value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (column.type === 'list') return (value as unknown[]).join('、')
  if (column.type === 'choice')
    return column.choices?.find(([choice]) => choice === value)?.[1] ?? String(value)
  if (column.type === 'flag') return value === true ? '是' : '否'
  if (column.type === 'json') return JSON.stringify(value)
  return typeof value === 'number' ? value : String(value)
}

const emptyRow = (group: ColumnGroup): Cell[] => [
  ...group.columns.map(() => null),
  ...group.lists.flatMap(emptyRow),
]

/** The lines of one value: its own cells on the first, the items of its lists below one another. */
export function layOut(group: ColumnGroup, read: (column: FileColumn | ListColumns) => unknown): Cell[][] {
  const own = group.columns.map((column) => cellOf(column, read(column)))
  const beside = group.lists.map((list) => {
    const items = (read(list) as Record<string, unknown>[] | undefined) ?? []
    return items.flatMap((item) => layOut(list, ({ key }) => item[key]))
  })
  const height = Math.max(1, ...beside.map((rows) => rows.length))
  return Array.from({ length: height }, (_, line) => [
    ...(line === 0 ? own : own.map(() => null)),
    ...group.lists.flatMap((list, index) => beside[index]?.[line] ?? emptyRow(list)),
  ])
}

export class CellError extends Error {}

function splitList(column: FileColumn, text: string): string[] {
  const separator = column.spaced === true ? /[;；,，、\n]+/ : /[;；,，、\s]+/
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function parseFlag(text: string): boolean {
  if (['是', 'true', 'TRUE', '1', 'Y', 'y', '√'].includes(text)) return true
  if (['否', 'false', 'FALSE', '0', 'N', 'n', '×'].includes(text)) return false
  throw new CellError('应为 是 或 否')
}

function parseCell(column: FileColumn, text: string): unknown {
  if (text === '') return column.type === 'list' && column.required ? [] : undefined
  switch (column.type) {
    case 'number': {
      const value = Number(text)
      if (!Number.isFinite(value)) throw new CellError('应为数字')
      return value
    }
    case 'integer': {
      if (!/^-?\d+$/.test(text)) throw new CellError('应为整数')
      return Number(text)
    }
    case 'date': {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new CellError('日期应写作 2022-03-01')
      return text
    }
    case 'list':
      return splitList(column, text)
    case 'choice': {
      const choice = column.choices?.find(([value, label]) => String(value) === text || label === text)
      if (choice === undefined)
        throw new CellError(`应为 ${column.choices?.map(([, label]) => label).join('、')}`)
      return choice[0]
    }
    case 'flag':
      return parseFlag(text)
    case 'json':
      try {
        return JSON.parse(text)
      } catch {
        throw new CellError('不是合法的 JSON')
      }
    case 'text':
      return text
  }
}

/** A line of the sheet: its number, and the text of a column's cell (empty when the sheet has no such column). */
export interface SheetLine {
  readonly line: number
  readonly text: (column: FileColumn) => string
}

export interface ReadValue {
  readonly values: Record<string, unknown>
  readonly errors: readonly LineError[]
  /** Line of every item by its path below the value, e.g. `parameters/1`. */
  readonly lines: ReadonlyMap<string, number>
}

function readColumns(group: ColumnGroup, line: SheetLine): Pick<ReadValue, 'values' | 'errors'> {
  const values: Record<string, unknown> = {}
  const errors: LineError[] = []
  for (const column of group.columns) {
    const text = line.text(column)
    try {
      const value = parseCell(column, text)
      if (value === undefined && column.required) throw new CellError('必填')
      if (value !== undefined) values[column.key] = value
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      errors.push({ line: line.line, column: column.title, value: text, reason: error.message })
    }
  }
  return { values, errors }
}

const isFilled = (group: ColumnGroup, line: SheetLine): boolean =>
  group.columns.some((column) => line.text(column) !== '')
const isFilledBelow = (group: ColumnGroup, line: SheetLine): boolean =>
  isFilled(group, line) || group.lists.some((list) => isFilledBelow(list, line))

function readList(list: ListColumns, block: readonly SheetLine[]): ReadValue & { items: unknown[] } {
  const starts = block.flatMap((line, index) => (isFilled(list, line) ? [index] : []))
  const errors: LineError[] = []
  const lines = new Map<string, number>()
  for (const line of block.slice(0, starts[0] ?? block.length)) {
    if (!list.lists.some((inner) => isFilledBelow(inner, line))) continue
    errors.push({ line: line.line, column: list.title, value: null, reason: `缺少所属的${list.title}` })
  }
  const items = starts.map((start, index) => {
    const item = readBlock(list, block.slice(start, starts[index + 1]))
    errors.push(...item.errors)
    lines.set(`${list.key}/${index}`, block[start]?.line ?? 0)
    for (const [path, line] of item.lines) lines.set(`${list.key}/${index}/${path}`, line)
    return item.values
  })
  return { items, values: {}, errors, lines }
}

/** One value from its lines: own cells from the first, items of its lists from all. */
export function readBlock(group: ColumnGroup, block: readonly SheetLine[]): ReadValue {
  const [first] = block
  if (first === undefined) return { values: {}, errors: [], lines: new Map() }
  const { values, errors } = readColumns(group, first)
  const all = [...errors]
  const lines = new Map<string, number>()
  for (const list of group.lists) {
    const read = readList(list, block)
    all.push(...read.errors)
    for (const [path, line] of read.lines) lines.set(path, line)
    if (read.items.length > 0 || list.required) values[list.key] = read.items
  }
  return { values, errors: all, lines }
}
