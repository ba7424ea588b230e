import type { CsvCell, EvaluatorDefinition } from '@shanshui/standards'
import { CellError, type CellReader } from './cells.ts'

export interface Task {
  readonly evaluator: EvaluatorDefinition
  readonly edition: string | undefined
  readonly readers: ReadonlyMap<string, CellReader>
}

/** What one line becomes: the added cells, or the reason why there are none. */
export type LineResult =
  | { readonly ok: true; readonly cells: readonly CsvCell[]; readonly value: unknown }
  | { readonly ok: false; readonly error: string }

/** Which column of a table fills which input. */
export type UsedColumn = readonly [index: number, reader: CellReader]

/** Evaluates the cells of one line; every fault is a result, never an exception. */
export function evaluateLine(
  task: Task,
  columns: readonly UsedColumn[],
  cells: readonly string[],
): LineResult {
  const input: Record<string, unknown> = {}
  try {
    for (const [index, reader] of columns) {
      const value = reader.read(cells[index] ?? '')
      if (value !== undefined) input[reader.name] = value
    }
  } catch (error) {
    if (error instanceof CellError) return { ok: false, error: error.message }
    throw error
  }
  return evaluateInput(task, input)
}

export function evaluateInput({ evaluator, edition }: Task, input: unknown): LineResult {
  const outcome = evaluator.evaluate(input, { edition, trace: false })
  if (outcome.ok) return { ok: true, cells: evaluator.csv?.cells(outcome.value) ?? [], value: outcome.value }
  const what =
    outcome.detail ?? (outcome.missing.length > 0 ? `缺少：${outcome.missing.join('、')}` : outcome.reason)
  return { ok: false, error: what }
}
