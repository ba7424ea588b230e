/**
 * A condition over a table of steps, in three-valued logic: what is not known is neither true nor false, so that
 * missing data neither raise nor calm.
 */
import type { ComparisonOperator, Condition, Quantity } from '@shanshui/contract'
import { spearman } from '@shanshui/fraud'
import { decimalsOf, roundHalfEven } from '@shanshui/standards'
import { numberOf, type ParameterValues } from './condition.ts'
import type { StepTable } from './hour-table.ts'

export const yes = 1
export const no = 0
export const unknown = -1

/** One of yes, no, unknown for each step of the table. `factor` stands in for `*`. */
export function evaluateCondition(
  condition: Condition,
  table: StepTable,
  factor: string,
  parameters: ParameterValues,
): Int8Array {
  const walk = (c: Condition): Int8Array => {
    switch (c.kind) {
      case 'threshold':
        return compared(seriesOf(c.quantity, table, factor), c.op, numberOf(c.value, parameters))
      case 'lasting':
        return lasting(walk(c.condition), steps(numberOf(c.hours, parameters) * 3_600_000, table))
      case 'all':
        return c.conditions.map(walk).reduce((a, b) => a.map((x, i) => and(x, b[i] as number)))
      case 'any':
        return c.conditions.map(walk).reduce((a, b) => a.map((x, i) => or(x, b[i] as number)))
      case 'not':
        return walk(c.condition).map((x) => (x === unknown ? unknown : 1 - x))
      case 'absent':
        return absent(table, named(c.factor, factor), numberOf(c.minutes, parameters) * 60_000)
      case 'compare':
        return compared(
          rolling(
            c.by,
            seriesOf(c.a, table, factor),
            seriesOf(c.b, table, factor),
            steps(numberOf(c.hours, parameters) * 3_600_000, table),
          ),
          c.op,
          numberOf(c.value, parameters),
        )
      case 'exceeding':
        return exceeding(table, named(c.factor, factor))
      case 'fraud':
      case 'raised':
        return new Int8Array(table.startMs.length).fill(unknown)
    }
  }
  return walk(condition)
}

const named = (factor: string, each: string) => (factor === '*' ? each : factor)
const steps = (ms: number, table: StepTable) => Math.max(1, Math.round(ms / table.stepMs))
const and = (a: number, b: number) => (a === no || b === no ? no : a === yes && b === yes ? yes : unknown)
const or = (a: number, b: number) => (a === yes || b === yes ? yes : a === no && b === no ? no : unknown)

/** pH has a lower and an upper limit: nearness to one of them is no ratio. */
const phFactor = 'w01001'
const nothing = (table: StepTable) => new Float64Array(table.startMs.length).fill(Number.NaN)

/** Values of a quantity by step; NaN where there is none or where the step does not count. */
export function seriesOf(quantity: Quantity, table: StepTable, each: string): Float64Array {
  switch (quantity.of) {
    case 'o2':
      return table.o2
    case 'flow':
      return table.flow
    case 'load':
      return table.load
    case 'transmission':
      return table.transmission
    default:
  }
  const columns = table.factors.get(named(quantity.factor, each))
  if (columns === undefined) return nothing(table)
  const counted = (values: Float64Array) => values.map((v, i) => (columns.valid[i] === 1 ? v : Number.NaN))
  switch (quantity.of) {
    case 'measured':
      return counted(columns.measured)
    case 'judged':
      return counted(columns.judged)
    case 'mass':
      return counted(columns.mass)
    case 'limit-ratio':
      if (named(quantity.factor, each) === phFactor) return nothing(table)
      return counted(columns.judged.map((v, i) => ratioTo(columns.limit[i] as number, v)))
    case 'rate': {
      const values = counted(columns.judged)
      return values.map((v, i) => (i === 0 ? Number.NaN : v - (values[i - 1] as number)))
    }
    default:
      throw new Error(`no quantity ${quantity.of}`)
  }
}

/** Above 1 only what exceeds the limit when it is rounded to the limit's decimals, as the exceedance is judged. */
function ratioTo(limit: number, value: number): number {
  if (!(value > limit)) return value / limit
  return roundHalfEven(value, decimalsOf(limit)) > limit ? value / limit : 1
}

const tests: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
}

function compared(values: Float64Array, op: ComparisonOperator, limit: number): Int8Array {
  const test = tests[op]
  return Int8Array.from(values, (v) => (Number.isNaN(v) ? unknown : test(v, limit) ? yes : no))
}

/** True where the last `n` steps are all true; a break of any kind begins the count anew. */
function lasting(inner: Int8Array, n: number): Int8Array {
  const out = new Int8Array(inner.length)
  let run = 0
  let lastNo = Number.NEGATIVE_INFINITY
  for (let i = 0; i < inner.length; i++) {
    run = inner[i] === yes ? run + 1 : 0
    if (inner[i] === no) lastNo = i
    out[i] = run >= n ? yes : lastNo > i - n ? no : unknown
  }
  return out
}

function exceeding(table: StepTable, factor: string): Int8Array {
  const columns = table.factors.get(factor)
  if (columns === undefined) return new Int8Array(table.startMs.length).fill(unknown)
  return Int8Array.from(columns.exceeding, (hit, i) =>
    hit === 1 ? yes : columns.valid[i] === 1 || columns.stopped[i] === 1 ? no : unknown,
  )
}

/**
 * True from the moment on when nothing has arrived for so long since the last datum; a source that does not run owes
 * nothing, and before the first datum nothing was due.
 */
function absent(table: StepTable, factor: string, ms: number): Int8Array {
  const columns = table.factors.get(factor)
  const n = table.startMs.length
  const out = new Int8Array(n)
  let silentSince: number | undefined
  let begun = false
  for (let i = 0; i < n; i++) {
    const start = table.startMs[i] as number
    const here =
      columns !== undefined && (!Number.isNaN(columns.measured[i] as number) || columns.stopped[i] === 1)
    if (here) {
      silentSince = undefined
      begun = true
      continue
    }
    silentSince ??= start
    out[i] = begun && start + table.stepMs - silentSince >= ms ? yes : unknown
  }
  return out
}

/** Difference of means, ratio of means or Spearman's ρ of the pairs of the last `n` steps; half of them must be known. */
function rolling(
  by: 'difference' | 'ratio' | 'correlation',
  a: Float64Array,
  b: Float64Array,
  n: number,
): Float64Array {
  return a.map((_, i) => {
    const pairs: [number, number][] = []
    for (let j = Math.max(0, i - n + 1); j <= i; j++) {
      const pair: [number, number] = [a[j] as number, b[j] as number]
      if (!Number.isNaN(pair[0]) && !Number.isNaN(pair[1])) pairs.push(pair)
    }
    if (i + 1 < n || pairs.length * 2 < n || pairs.length === 0) return Number.NaN
    if (by === 'correlation') return spearman(a.subarray(i - n + 1, i + 1), b.subarray(i - n + 1, i + 1))
    const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length
    return by === 'difference' ? mean(0) - mean(1) : mean(1) === 0 ? Number.NaN : mean(0) / mean(1)
  })
}

/** Steps before a step at which the condition holds that it speaks of too: of six hours' lasting the five before. */
export function stepsBehind(condition: Condition, table: StepTable, parameters: ParameterValues): number {
  if (condition.kind !== 'lasting') return 0
  const own = steps(numberOf(condition.hours, parameters) * 3_600_000, table) - 1
  return own + stepsBehind(condition.condition, table, parameters)
}

/** The stretch from where it began, not from where it had lasted long enough. */
export const fromBeginning = (run: Run, behind: number): Run => ({
  from: Math.max(0, run.from - behind),
  to: run.to,
})

export interface Run {
  /** First step and the step after the last. */
  readonly from: number
  readonly to: number
}

/** Stretches where the condition holds; steps that are not known do not end one, they may only lie inside it. */
export function runsOf(states: Int8Array): Run[] {
  const runs: Run[] = []
  let from = -1
  let last = -1
  for (let i = 0; i < states.length; i++) {
    if (states[i] === yes) {
      if (from < 0) from = i
      last = i
    } else if (states[i] === no && from >= 0) {
      runs.push({ from, to: last + 1 })
      from = -1
    }
  }
  if (from >= 0) runs.push({ from, to: last + 1 })
  return runs
}
