import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'

export const waterComparisonClause: Clause = clauseOf(standards.hj355)('表1')

export const waterComparisonParameters = [
  'COD',
  'NH3-N',
  'TP',
  'TN',
  'pH',
  'temperature',
  'flow',
  'level',
] as const
export type WaterComparisonParameter = (typeof waterComparisonParameters)[number]

export interface WaterComparisonRow {
  readonly parameter: WaterComparisonParameter
  /** Range of the laboratory's value: from (included) … to (not included), in `unit`. */
  readonly from: number
  readonly to: number
  readonly criterion: 'absolute' | 'relative'
  /** ±, in `unit` or %. */
  readonly limit: number
  readonly unit: string
  /** A standard solution of this concentration is used instead of real water (mg/L). */
  readonly standardSolution?: readonly [number, number]
}

const END = Number.MAX_VALUE
const mg = 'mg/L'

/** Comparison limits with real water samples. HJ 355-2019 table 1. */
export const waterComparisonRows: Configurable<readonly WaterComparisonRow[]> = {
  value: [
    {
      parameter: 'COD',
      from: 0,
      to: 30,
      criterion: 'absolute',
      limit: 5,
      unit: mg,
      standardSolution: [20, 25],
    },
    { parameter: 'COD', from: 30, to: 60, criterion: 'relative', limit: 30, unit: mg },
    { parameter: 'COD', from: 60, to: 100, criterion: 'relative', limit: 20, unit: mg },
    { parameter: 'COD', from: 100, to: END, criterion: 'relative', limit: 15, unit: mg },
    {
      parameter: 'NH3-N',
      from: 0,
      to: 2,
      criterion: 'absolute',
      limit: 0.3,
      unit: mg,
      standardSolution: [1.5, 1.5],
    },
    { parameter: 'NH3-N', from: 2, to: END, criterion: 'relative', limit: 15, unit: mg },
    {
      parameter: 'TP',
      from: 0,
      to: 0.4,
      criterion: 'absolute',
      limit: 0.04,
      unit: mg,
      standardSolution: [0.2, 0.2],
    },
    { parameter: 'TP', from: 0.4, to: END, criterion: 'relative', limit: 15, unit: mg },
    {
      parameter: 'TN',
      from: 0,
      to: 2,
      criterion: 'absolute',
      limit: 0.3,
      unit: mg,
      standardSolution: [1.5, 1.5],
    },
    { parameter: 'TN', from: 2, to: END, criterion: 'relative', limit: 15, unit: mg },
    { parameter: 'pH', from: 0, to: END, criterion: 'absolute', limit: 0.5, unit: '无量纲' },
    { parameter: 'temperature', from: -END, to: END, criterion: 'absolute', limit: 0.5, unit: '℃' },
    { parameter: 'flow', from: 0, to: END, criterion: 'relative', limit: 10, unit: 'm³/h' },
    { parameter: 'level', from: -END, to: END, criterion: 'absolute', limit: 12, unit: 'mm' },
  ],
  source: 'HJ 355-2019 表1（未见原文）',
  status: 'unverified',
}

/** Pairs of a comparison; whether all of them have to pass is not known from the text, so all are asked. */
export const waterComparisonPairs: Configurable<number> = {
  value: 3,
  source: 'HJ 355-2019：实际水样比对不少于3对（一处来源）；每对均须符合为本软件规则',
  status: 'unverified',
}

/** ± % of the automatic check with a standard sample (标样核查). */
export const standardCheckLimit: Configurable<number> = {
  value: 10,
  source: 'HJ 355-2019 自动标样核查（未见原文）',
  status: 'unverified',
}

/** The row for a laboratory value; undefined when it lies in none. */
export function waterComparisonRow(
  parameter: WaterComparisonParameter,
  reference: number,
): WaterComparisonRow | undefined {
  return waterComparisonRows.value.find(
    ({ parameter: of, from, to }) => of === parameter && reference >= from && reference < to,
  )
}

export interface WaterComparison {
  readonly row: WaterComparisonRow
  /** online − reference, in the row's unit. */
  readonly difference: number
  /** What is judged: the difference, or its % of the reference. Unrounded. */
  readonly deviation: number
  readonly pass: boolean
}

/** Judges one pair of online value and laboratory value. Undefined when no row holds. HJ 355-2019 table 1. */
export function compareWater(
  parameter: WaterComparisonParameter,
  online: number,
  reference: number,
): WaterComparison | undefined {
  const row = waterComparisonRow(parameter, reference)
  if (row === undefined || Number.isNaN(online)) return undefined
  // 1.7 − 1.4 is 0.30000000000000004 in doubles and would fail a limit of 0.3.
  const difference = roundHalfEven(online - reference, 9)
  const deviation = row.criterion === 'absolute' ? difference : (difference * 100) / reference
  if (!Number.isFinite(deviation)) return undefined
  return { row, difference, deviation, pass: roundHalfEven(Math.abs(deviation), 6) <= row.limit }
}

/** Whether an automatic check with a standard sample passes: within ±10 % of its value. */
export function standardCheckPasses(reading: number, standard: number): boolean {
  if (!(standard > 0)) throw new RangeError(`标准样品浓度应大于0，收到${standard}`)
  return roundHalfEven((Math.abs(reading - standard) * 100) / standard, 6) <= standardCheckLimit.value
}
