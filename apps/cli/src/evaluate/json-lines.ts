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
    if (line.trim() === '') return
    const { text, ok } = resultOf(task, line)
    if (!ok) failed++
    if (sink.push(`${text}\n`)) await sink.flush()
  }
  for await (const chunk of source as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) throw new Error(`一行超过${MAX_LINE}个字符`)
    for (const line of lines) await handle(line)
    if (sink.closed) break
  }
  await handle(rest)
  await sink.flush()
  return failed
}

function resultOf(task: Task, line: string): { text: string; ok: boolean } {
  const record = parseRecord(line)
  if (record === undefined)
    return { text: JSON.stringify({ line: line.trim(), error: '不是 JSON 对象' }), ok: false }
  const result = evaluateRecord(task, record)
  if (!result.ok) return { text: JSON.stringify({ ...record, error: result.error }), ok: false }
  const { csv } = task.evaluator
  if (csv === undefined) return { text: JSON.stringify({ ...record, result: result.value }), ok: true }
  const added = Object.fromEntries(
    csv.output.map((name, index) => [name, jsonCell(result.cells[index] ?? null)]),
  )
  return { text: JSON.stringify({ ...record, ...added }), ok: true }
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
  try {
    for (const [name, reader] of task.readers) {
      const value = record[name]
      if (typeof value === 'string') input[name] = reader.read(value)
      else if (value === null && !isNullable(task, name)) delete input[name]
    }
  } catch (error) {
    if (error instanceof CellError && !(error.message.startsWith('date') && task.edition !== undefined))
      return { ok: false, error: error.message }
    if (!(error instanceof CellError)) throw error
    delete input.date
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
