import type { Readable } from 'node:stream'
import type { CsvCell } from '@shanshui/standards'
import { CellError } from './cells.ts'
import { evaluateInput, type LineResult, type Task } from './run.ts'
import type { Sink } from './sink.ts'

/** A longer line is no record but an accident or an attack. */
const MAX_LINE = 16 * 1024 * 1024

/** Reads one JSON object a line, writes the same objects with results or `error` added. Returns how many failed. */
export async function evaluateJsonLines(task: Task, source: Readable, sink: Sink): Promise<number> {
  let failed = 0
  let rest = ''
  const handle = async (line: string) => {
    const trimmed = line.trim()
    if (trimmed === '') return
    const { text, ok } = resultOf(task, trimmed)
    if (!ok) failed++
    if (sink.push(`${text}\n`)) await sink.flush()
  }
  for await (const chunk of source as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) await handle(line)
    if (sink.closed) break
    if (rest.length > MAX_LINE) {
      sink.warn(`一行超过${MAX_LINE}个字符，读取中断`)
      await sink.flush()
      return failed + 1
    }
  }
  await handle(rest)
  await sink.flush()
  return failed
}

function resultOf(task: Task, line: string): { text: string; ok: boolean } {
  const record = parseRecord(line)
  if (record === undefined) return { text: JSON.stringify({ line, error: '不是 JSON 对象' }), ok: false }
  const result = evaluateRecord(task, record)
  return { text: extended(line, record, addedFields(task, result)), ok: result.ok }
}

function addedFields(task: Task, result: LineResult): Record<string, unknown> {
  if (!result.ok) return { error: result.error }
  const { csv } = task.evaluator
  if (csv === undefined) return { result: result.value }
  return Object.fromEntries(csv.output.map((name, index) => [name, jsonCell(result.cells[index] ?? null)]))
}

/** Adds fields to the text of the line, so that what was there keeps its digits (1.0 stays 1.0). */
function extended(line: string, record: Record<string, unknown>, added: Record<string, unknown>): string {
  const replaced = Object.keys(added).some((name) => name in record)
  if (replaced) return JSON.stringify({ ...record, ...added })
  const separator = Object.keys(record).length === 0 ? '' : ','
  return `${line.slice(0, -1).trimEnd()}${separator}${JSON.stringify(added).slice(1)}`
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    const object = typeof value === 'object' && value !== null && !Array.isArray(value)
    return object ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Text in a field is read as in a cell, so that {"pm25":"35"} and {"pm25":""} work too. */
function evaluateRecord(task: Task, record: Record<string, unknown>): LineResult {
  const input: Record<string, unknown> = { ...record }
  // An edition that is asked for goes before the date of the line.
  if (task.edition !== undefined) delete input.date
  try {
    for (const [name, reader] of task.readers) {
      const value = input[name]
      if (typeof value === 'string') input[name] = reader.read(value)
      else if (value === null && !isNullable(task, name)) delete input[name]
    }
  } catch (error) {
    if (error instanceof CellError) return { ok: false, error: error.message }
    throw error
  }
  return evaluateInput(task, input)
}

function isNullable(task: Task, name: string): boolean {
  return task.evaluator.inputSchema.properties?.[name]?.type?.includes('null') ?? false
}

/** NA of the standard is null in JSON. */
function jsonCell(cell: CsvCell): CsvCell {
  return cell === 'NA' ? null : cell
}
