/** Row types of the series room. Times are epoch milliseconds; an observation's time is the START of its period. */
import type { SeriesPeriod, SeriesProcedure } from '@shanshui/contract'

export type Period = SeriesPeriod
export type Procedure = SeriesProcedure

/** One message: the values of one point at one time. NaN = no value; `flags` one character an index. */
export interface ObservationRow {
  readonly pointId: number
  readonly regionCode: number
  /** Organisation that owns the data; 0 = public. */
  readonly ownerId: number
  readonly startMs: number
  readonly layoutId: number
  readonly values: ArrayLike<number>
  readonly mins?: ArrayLike<number>
  readonly maxs?: ArrayLike<number>
  readonly cous?: ArrayLike<number>
  readonly flags: string
  /** Journal block × 65536 + index; the higher message wins. */
  readonly msg: bigint
}

/** Who changed something, why, and when; kept with every replaced observation. */
export interface Cause {
  readonly by: string
  readonly reason: string
  readonly atMs: number
}

export interface WriteResult {
  readonly inserted: number
  readonly revised: number
  readonly unchanged: number
}

export interface Layout {
  readonly id: number
  readonly procedure: Procedure
  readonly factors: readonly string[]
}

export interface SeriesQuery {
  readonly period: Period
  readonly pointIds: readonly number[]
  /** Half-open range [fromMs, toMs). */
  readonly fromMs: number
  readonly toMs: number
  readonly factors: readonly string[]
  /**
   * Which procedure is wanted. `rolled-no-sand` falls back to `rolled` where no sand period touched.
   * Without it: rt, min, hour `measured`, then `rolled`; day, month, year `rolled`, then `measured`.
   */
  readonly procedure?: Procedure
  /** Also return values that a flag or a mark makes unusable; otherwise they are NaN. */
  readonly includeInvalid?: boolean
}

/** Observations in columns, sorted by point and time; position i of every column is the same instant. */
export interface SeriesTable {
  readonly startMs: Float64Array
  readonly pointId: Int32Array
  readonly columns: Map<string, Float64Array>
  /** One character an instant; space = the factor was not sent. */
  readonly flags: Map<string, string>
  /** One character an instant: '.' none, 'X' invalidated, 'S' affected by sand. */
  readonly marks: Map<string, string>
  /** Highest message that contributed to the instant. */
  readonly msg: BigInt64Array
}

export interface RolledChange {
  readonly period: 'hour' | 'day' | 'month' | 'year'
  readonly pointId: number
  readonly startMs: number
}

export const periods: readonly Period[] = ['rt', 'min', 'hour', 'day', 'month', 'year']

/** Table of a period. The names are constants, never input. */
export const factTable: Readonly<Record<Period, string>> = {
  rt: 'obs_rt',
  min: 'obs_min',
  hour: 'obs_hour',
  day: 'obs_day',
  month: 'obs_month',
  year: 'obs_year',
}
