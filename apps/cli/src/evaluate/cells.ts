import type { EvaluatorDefinition, JsonSchema } from '@shanshui/standards'

/** A cell that is read as a value: which property it fills and how its text is understood. */
export interface CellReader {
  readonly name: string
  /** Throws CellError on text that is no such value. */
  readonly read: (text: string) => unknown
}

export class CellError extends Error {}

/** Numbers as files write them. */
export const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
/** HJ 633 writes NA for a missing item. */
const MISSING = new Set(['', 'NA'])

/** Readers of the evaluator's scalar inputs by name. Lists cannot stand in a cell and have no reader. */
export function cellReaders(evaluator: EvaluatorDefinition): ReadonlyMap<string, CellReader> {
  const readers = new Map<string, CellReader>()
  for (const [name, schema] of Object.entries(evaluator.inputSchema.properties ?? {})) {
    const read = readerFor(name, schema)
    if (read !== undefined) readers.set(name, { name, read })
  }
  return readers
}

function readerFor(name: string, schema: JsonSchema): ((text: string) => unknown) | undefined {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  if (types.includes('array') || types.includes('object')) return undefined
  const nullable = types.includes('null')
  if (name === 'date') return readDate
  if (types.includes('string')) return (text) => (text === '' ? undefined : text)
  if (types.includes('boolean')) return (text) => readBoolean(name, text)
  return (text) => readNumber(name, text, nullable)
}

function readNumber(name: string, text: string, nullable: boolean): number | null | undefined {
  const trimmed = text.trim()
  if (MISSING.has(trimmed)) return nullable ? null : undefined
  if (!NUMBER.test(trimmed)) throw new CellError(`${name} 不是数值：“${text}”`)
  return Number(trimmed)
}

function readBoolean(name: string, text: string): boolean | undefined {
  const trimmed = text.trim().toLowerCase()
  if (trimmed === '') return undefined
  if (trimmed === '1' || trimmed === 'true') return true
  if (trimmed === '0' || trimmed === 'false') return false
  throw new CellError(`${name} 应为 true 或 false：“${text}”`)
}

const DATE = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)/

/** Dates as files have them: 2026-03-01, 2026/3/1, 20260301, with or without a time after it. */
function readDate(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const compact = /^\d{8}/.test(trimmed) ? /^(\d{4})(\d{2})(\d{2})/.exec(trimmed) : DATE.exec(trimmed)
  const month = Number(compact?.[2])
  const day = Number(compact?.[3])
  if (compact === null || month < 1 || month > 12 || day < 1 || day > 31)
    throw new CellError(`date 应为 YYYY-MM-DD：“${text}”`)
  return `${compact[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
