import type { Readable } from 'node:stream'
import { type CsvRecord, csvRecords, quoted } from './csv-records.ts'
import { evaluateLine, type LineResult, type Task, type UsedColumn } from './run.ts'
import type { Sink } from './sink.ts'

export class UsageError extends Error {}

interface Columns {
  readonly width: number
  readonly used: readonly UsedColumn[]
  /** The empty cells of a line without results. */
  readonly blank: string
}

/**
 * Reads CSV, writes the same lines with the evaluator's columns and `error` added. Returns how many lines failed.
 * Throws UsageError when the header has none of the evaluator's inputs.
 */
export async function evaluateCsv(task: Task, source: Readable, sink: Sink): Promise<number> {
  let columns: Columns | undefined
  let failed = 0
  for await (const record of csvRecords(source)) {
    if (columns === undefined) {
      columns = columnsOf(task, record.cells)
      await sink.write(headerLine(task, record.cells, sink))
      continue
    }
    const { line, ok } = resultLine(task, columns, record)
    if (!ok) failed++
    if (sink.push(line)) await sink.flush()
    if (sink.closed) break
  }
  if (columns === undefined) throw new UsageError('标准输入没有数据：需要 CSV 表头或 JSON 行')
  await sink.flush()
  return failed
}

function columnsOf(task: Task, header: readonly string[]): Columns {
  const names = header.map((name) => name.trim())
  const used = names.flatMap((name, index) => {
    const reader = task.readers.get(name)
    // An edition that is asked for goes before the date of the line.
    const skipped = reader === undefined || (name === 'date' && task.edition !== undefined)
    return skipped ? [] : [[index, reader] as const]
  })
  const inputs = task.evaluator.csv?.input ?? []
  if (!names.some((name) => inputs.includes(name)))
    throw new UsageError(
      `表头中没有 ${task.evaluator.id} 的输入列（${inputs.join('、')}）：${names.join('、')}`,
    )
  return { width: header.length, used, blank: ','.repeat(task.evaluator.csv?.output.length ?? 0) }
}

function headerLine(task: Task, header: readonly string[], sink: Sink): string {
  const { input = [], output = [] } = task.evaluator.csv ?? {}
  const required = task.evaluator.inputSchema.required ?? []
  const names = header.map((name) => name.trim())
  const absent = input.filter(
    (name) => !names.includes(name) && (required.includes(name) || name in quietInputs),
  )
  if (absent.length > 0) sink.warn(`表头中没有列 ${absent.join('、')}，按缺测处理`)
  return `${[...header, ...output, 'error'].map(quoted).join(',')}\n`
}

/** Inputs of air hours that are optional in the schema but expected in a table. */
const quietInputs = { pm25: 0, pm10: 0, so2: 0, no2: 0, o3: 0, co: 0 }

function resultLine(
  task: Task,
  columns: Columns,
  { cells: record, fault }: CsvRecord,
): { line: string; ok: boolean } {
  const result: LineResult =
    fault !== undefined
      ? { ok: false, error: fault }
      : record.length === columns.width
        ? evaluateLine(task, columns.used, record)
        : { ok: false, error: `列数为${record.length}，应为${columns.width}` }
  let line = ''
  for (let index = 0; index < columns.width; index++) line += `${quoted(record[index] ?? '')},`
  if (!result.ok) return { line: `${line}${columns.blank}${quoted(result.error)}\n`, ok: false }
  for (const cell of result.cells) line += cell === null ? ',' : `${quoted(String(cell))},`
  return { line: `${line}\n`, ok: true }
}
