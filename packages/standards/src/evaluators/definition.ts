import { type Clause, type Evaluation, type Finding, refusal } from '../clause.ts'
import { type AirEdition, airEditionOn, airEditions, isAirEdition } from '../gb3095/editions.ts'
import { faultsOf, type JsonSchema, type Schema } from './schema.ts'

export interface EvaluateOptions {
  readonly edition?: string | undefined
  /** Today (YYYY-MM-DD, Asia/Shanghai), for evaluators that fall back on the edition in force; the clock by default. */
  readonly today?: string | undefined
  /** false: leave the trace out where that is faster. */
  readonly trace?: boolean | undefined
}

export type CsvCell = string | number | null

export interface CsvContract {
  /** Columns that are read; empty cell = missing. */
  readonly input: readonly string[]
  /** Columns that are added. */
  readonly output: readonly string[]
  /** The cells of the added columns, in their order. */
  readonly cells: (value: unknown) => readonly CsvCell[]
}

/** One registered evaluator: reachable by library call, command line, HTTP and the calculator page. */
export interface EvaluatorDefinition {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Editions it can be asked for; empty when it does not depend on one. */
  readonly editions: readonly AirEdition[]
  readonly inputSchema: JsonSchema
  readonly outputSchema: JsonSchema
  readonly clauses: readonly Clause[]
  readonly version: string
  readonly csv?: CsvContract
  /** Checks the input against its schema and evaluates it; never throws on bad input. */
  evaluate(input: unknown, options?: EvaluateOptions): Evaluation<unknown>
}

export interface EvaluationContext {
  readonly edition: AirEdition
  readonly trace: boolean
}

export interface EvaluatorSource<I, O> {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly editions: readonly AirEdition[]
  readonly input: Schema<I>
  readonly output: Schema<O>
  readonly clauses: readonly Clause[]
  readonly version: string
  readonly csv?: {
    input: readonly string[]
    output: readonly string[]
    cells: (value: O) => readonly CsvCell[]
  }
  readonly evaluate: (input: I, context: EvaluationContext) => Evaluation<O>
}

export const allEditions = airEditions

/** Registers an evaluator: wraps it with the check of the input and the choice of the edition. */
export function defineEvaluator<I, O>(source: EvaluatorSource<I, O>): EvaluatorDefinition {
  const { id, title, editions, clauses, version, csv } = source
  const clause = clauses[0] as Clause
  const evaluate = (input: unknown, options: EvaluateOptions = {}): Evaluation<unknown> => {
    const faults = faultsOf(source.input, input)
    if (faults.length > 0) return refusal('invalid-input', clause, { detail: faults.join('；') })
    const edition = editionFor(input, options)
    if (edition === undefined)
      return refusal('invalid-input', clause, { detail: `未知的标准版本：${options.edition ?? ''}` })
    try {
      return source.evaluate(input as I, { edition, trace: options.trace ?? true })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return refusal('invalid-input', clause, { detail: error.message })
    }
  }
  const base = {
    id,
    title,
    editions,
    inputSchema: source.input,
    outputSchema: source.output,
    clauses,
    version,
    evaluate,
  }
  if (csv === undefined) return base
  return { ...base, csv: { ...csv, cells: (value) => csv.cells(value as O) } }
}

/** The asked edition; else the one in force on the input's `date`; else the one in force today. */
function editionFor(input: unknown, { edition, today }: EvaluateOptions): AirEdition | undefined {
  if (edition !== undefined) return isAirEdition(edition) ? edition : undefined
  const date = (input as { date?: unknown } | null)?.date
  return airEditionOn(typeof date === 'string' ? date : (today ?? todayInShanghai()))
}

function todayInShanghai(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** A trace of one step. */
export function step(
  rule: string,
  input: unknown,
  result: Finding['result'],
  clause: Clause,
  formula?: string,
): readonly Finding[] {
  return [formula === undefined ? { rule, input, result, clause } : { rule, input, result, clause, formula }]
}

/** JSON knows no NaN: an absent result is null. */
export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
/** In arrays a missing value is NaN. */
export const orNaN = (value: number | null): number => value ?? Number.NaN
