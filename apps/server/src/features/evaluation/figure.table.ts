import type { FigureBasis, FigureState } from '@shanshui/contract'
import type { AirEdition } from '@shanshui/standards'
import type { Sand } from './day-table.ts'

/** A stored figure without its basis, which is large and read only when a figure is opened. */
export interface FigureRow {
  readonly id: number
  readonly key: string
  /** 0: live; otherwise the frozen report whose copy this is. */
  readonly reportId: number
  readonly indicator: string
  readonly subjectId: number
  readonly subjectName: string
  readonly title: string
  readonly from: string
  readonly to: string
  readonly edition: AirEdition
  readonly sand: Sand
  readonly stations: readonly number[] | null
  readonly pointIds: readonly number[]
  readonly exact: number | null
  readonly value: number | null
  readonly text: string
  readonly unit: string
  readonly decimals: number
  readonly note: string | null
  /** Number of day values behind it. */
  readonly inputs: number
  readonly digest: string
  readonly state: FigureState
  readonly computedAtMs: number
  readonly regionCode: number
  readonly ownerId: number
}

export interface FigureWithBasis extends FigureRow {
  readonly basis: FigureBasis
}

export interface FigureHistoryRow {
  readonly computedAtMs: number
  readonly value: number | null
  readonly text: string
  readonly digest: string
  readonly cause: string
}

/** A figure as the engine hands it to the store. */
export interface NewFigure {
  readonly key: string
  readonly indicator: string
  readonly subjectId: number
  readonly subjectName: string
  readonly title: string
  readonly from: string
  readonly to: string
  readonly edition: AirEdition
  readonly sand: Sand
  readonly stations: readonly number[] | null
  readonly pointIds: readonly number[]
  readonly exact: number | null
  readonly value: number | null
  readonly text: string
  readonly unit: string
  readonly decimals: number
  readonly note: string | null
  /** Number of day values behind it. */
  readonly inputs: number
  readonly basis: FigureBasis
  readonly digest: string
  readonly regionCode: number
  readonly ownerId: number
}
