import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { largestOfLast } from '../largest-of-last.ts'

export const substitutionClause: Clause = clauseOf(standards.hj75)('表5、表6')

export interface SubstitutionRow {
  /** Capture rate of the quarter, %: from (included) … */
  readonly from: number
  /** … up to (not included). */
  readonly below: number
  /** Consecutive invalid hours up to and including this number. */
  readonly upToHours: number
  /** How many valid hours before are searched for the largest hourly mass. */
  readonly lookback: number
}

/**
 * What stands in for the mass of invalid hours, by capture rate and length of the gap. Concentrations and flue-gas
 * parameters are never substituted. Below 75 % there is no substitution. HJ 75-2017 tables 5 and 6.
 */
export const substitutionRows: Configurable<readonly SubstitutionRow[]> = {
  value: [
    { from: 90, below: Number.MAX_VALUE, upToHours: 24, lookback: 180 },
    { from: 90, below: Number.MAX_VALUE, upToHours: Number.MAX_VALUE, lookback: 720 },
    { from: 75, below: 90, upToHours: Number.MAX_VALUE, lookback: 2160 },
  ],
  source: 'HJ 75-2017 表5、表6（未见原文）：缺失数据按前180、720、2160个有效小时排放量最大值处理',
  status: 'unverified',
}

/**
 * Where the search for valid hours begins. Table 5 (out of control, overdue calibration): at the last calibration that
 * passed; table 6 (maintenance, fault, missing and other causes): at the start of the gap.
 */
export const substitutionOrigins: Configurable<Readonly<Record<'table5' | 'table6', string>>> = {
  value: { table5: '上一次校准合格时', table6: '失效（缺失）开始时' },
  source: 'HJ 75-2017 表5、表6（未见原文，起算点待核实）',
  status: 'unverified',
}

/** Valid hours to look back for a gap of `gapHours` in a quarter with `captureRate` %; undefined: no substitution. */
export function substitutionLookback(captureRate: number, gapHours: number): number | undefined {
  return substitutionRows.value.find(
    ({ from, below, upToHours }) => captureRate >= from && captureRate < below && gapHours <= upToHours,
  )?.lookback
}

export interface Substitution {
  readonly lookback: number
  /** How many valid hours were there to search, at most `lookback`. */
  readonly searched: number
  /** kg for each hour of the gap. */
  readonly kgPerHour: number
}

/**
 * The mass for each hour of a gap: the largest of the last `lookback` valid hourly masses (kg, oldest first, NaN = not
 * valid) before the origin. Undefined when the capture rate allows none or no valid hour is known.
 */
export function substituteMass(
  validMasses: ArrayLike<number>,
  captureRate: number,
  gapHours: number,
): Substitution | undefined {
  const lookback = substitutionLookback(captureRate, gapHours)
  if (lookback === undefined) return undefined
  const { largest: kgPerHour, found: searched } = largestOfLast(validMasses, lookback)
  return searched === 0 ? undefined : { lookback, searched, kgPerHour }
}
