import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'

export const accuracyClause: Clause = clauseOf(standards.hj75)('参比方法准确度')

export const accuracyParameters = ['SO2', 'NOx', 'PM', 'O2', 'velocity', 'temperature', 'humidity'] as const
export type AccuracyParameter = (typeof accuracyParameters)[number]

/** How a comparison with the reference method is judged. */
export interface AccuracyRow {
  readonly parameter: AccuracyParameter
  /** Range of the reference mean, from … to, in the parameter's unit. */
  readonly from: number
  readonly to: number
  /** Which end belongs to the row. */
  readonly includes: 'from' | 'to'
  /** `relative-accuracy` (%, needs the pairs), `relative` error of the means (%), `absolute` error of the means. */
  readonly criterion: 'relative-accuracy' | 'relative' | 'absolute'
  readonly limit: number
  readonly unit: string
}

const INFINITE = Number.MAX_VALUE
type Band = readonly [from: number, to: number, criterion: AccuracyRow['criterion'], limit: number]

const bands = (
  parameter: AccuracyParameter,
  includes: AccuracyRow['includes'],
  unit: string,
  rows: readonly Band[],
): AccuracyRow[] =>
  rows.map(([from, to, criterion, limit]) => ({ parameter, from, to, includes, criterion, limit, unit }))

/** Accuracy against the reference method. HJ 75-2017. */
export const accuracyRows: Configurable<readonly AccuracyRow[]> = {
  value: [
    ...bands('SO2', 'from', 'mg/m³', [
      [715, INFINITE, 'relative-accuracy', 15],
      [143, 715, 'absolute', 57],
      [57, 143, 'relative', 30],
      [0, 57, 'absolute', 17],
    ]),
    ...bands('NOx', 'from', 'mg/m³', [
      [513, INFINITE, 'relative-accuracy', 15],
      [103, 513, 'absolute', 41],
      [41, 103, 'relative', 30],
      [0, 41, 'absolute', 12],
    ]),
    ...bands('PM', 'to', 'mg/m³', [
      [200, INFINITE, 'relative', 15],
      [100, 200, 'relative', 20],
      [50, 100, 'relative', 25],
      [20, 50, 'relative', 30],
      [10, 20, 'absolute', 6],
      [-1, 10, 'absolute', 5],
    ]),
    ...bands('O2', 'to', '%', [
      [5, INFINITE, 'relative-accuracy', 15],
      [-1, 5, 'absolute', 1],
    ]),
    ...bands('velocity', 'to', 'm/s', [
      [10, INFINITE, 'relative', 10],
      [-1, 10, 'relative', 12],
    ]),
    ...bands('temperature', 'to', '℃', [[-INFINITE, INFINITE, 'absolute', 3]]),
    ...bands('humidity', 'to', '%', [
      [5, INFINITE, 'relative', 25],
      [-1, 5, 'absolute', 1.5],
    ]),
  ],
  source: 'HJ 75-2017 参比方法验收与校验技术指标（未见原文）',
  status: 'unverified',
}

/** Pairs that a comparison needs. */
export const accuracyPairs: Configurable<Readonly<Record<'gas' | 'particulate', number>>> = {
  value: { gas: 9, particulate: 5 },
  source: 'HJ 75-2017 参比方法数据对（未见原文）：气态污染物至少9对，颗粒物、流速、烟温、湿度至少5对',
  status: 'unverified',
}

/** Pairs needed for a parameter: gases and oxygen 9, the others 5. */
export function accuracyPairsFor(parameter: AccuracyParameter): number {
  const gas = parameter === 'SO2' || parameter === 'NOx' || parameter === 'O2'
  return gas ? accuracyPairs.value.gas : accuracyPairs.value.particulate
}

/** The row for a mean of the reference method; undefined when it lies in none. */
export function accuracyRow(parameter: AccuracyParameter, reference: number): AccuracyRow | undefined {
  return accuracyRows.value.find(({ parameter: of, from, to, includes }) => {
    if (of !== parameter) return false
    return includes === 'from' ? reference >= from && reference < to : reference > from && reference <= to
  })
}

/** One-sided 97.5 % points of Student's t by degrees of freedom 1…30. Mathematics, not a standard's number. */
const student975: readonly number[] = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]
const NORMAL_975 = 1.96

export interface ComparisonPair {
  readonly online: number
  readonly reference: number
}

/**
 * Relative accuracy (相对准确度), %: (|d̄| + |cc|)/R̄ with the confidence coefficient cc = t·Sd/√n of the differences.
 * NaN below two pairs or when the reference mean is not positive. HJ 75-2017 (formula to be checked against the text).
 */
export function relativeAccuracy(pairs: readonly ComparisonPair[]): number {
  const n = pairs.length
  const reference = mean(pairs.map((pair) => pair.reference))
  if (n < 2 || !(reference > 0)) return Number.NaN
  const differences = pairs.map((pair) => pair.online - pair.reference)
  const bias = mean(differences)
  const variance = differences.reduce((sum, each) => sum + (each - bias) ** 2, 0) / (n - 1)
  const t = student975[n - 2] ?? NORMAL_975
  return ((Math.abs(bias) + t * Math.sqrt(variance / n)) * 100) / reference
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

export interface Accuracy {
  readonly row: AccuracyRow
  readonly reference: number
  readonly online: number
  /** In the unit of the criterion: % or the parameter's unit. Unrounded. */
  readonly deviation: number
  readonly pass: boolean
  /** Whether there are as many pairs as the standard asks. */
  readonly enough: boolean
}

/**
 * Judges pairs of CEMS and reference method. Undefined when there are none, the reference mean lies in no row, or the
 * row asks for the relative accuracy and there are fewer than two pairs. HJ 75-2017.
 */
export function judgeAccuracy(
  parameter: AccuracyParameter,
  pairs: readonly ComparisonPair[],
): Accuracy | undefined {
  if (pairs.length === 0) return undefined
  const reference = mean(pairs.map((pair) => pair.reference))
  const online = mean(pairs.map((pair) => pair.online))
  const row = accuracyRow(parameter, reference)
  if (row === undefined) return undefined
  const deviation = deviationBy(row, pairs, online, reference)
  if (!Number.isFinite(deviation)) return undefined
  const pass = roundHalfEven(Math.abs(deviation), 6) <= row.limit
  return { row, reference, online, deviation, pass, enough: pairs.length >= accuracyPairsFor(parameter) }
}

function deviationBy(
  { criterion }: AccuracyRow,
  pairs: readonly ComparisonPair[],
  online: number,
  reference: number,
): number {
  if (criterion === 'relative-accuracy') return relativeAccuracy(pairs)
  return criterion === 'absolute' ? online - reference : ((online - reference) * 100) / reference
}
