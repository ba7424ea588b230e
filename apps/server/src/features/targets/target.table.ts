import type { TargetComparison } from '@shanshui/contract'

export interface TargetRow {
  readonly id: number
  readonly title: string
  readonly indicator: string
  readonly subjectId: number
  readonly subjectName: string
  readonly year: number
  readonly comparison: TargetComparison
  readonly reach: number
  /** null: by the date of the data. */
  readonly edition: string | null
  readonly ownerOrganizationId: number | null
  readonly source: string | null
  readonly note: string | null
  readonly version: number
}

export interface TargetValues {
  readonly title: string
  readonly indicator: string
  readonly subjectId: number
  readonly year: number
  readonly comparison: TargetComparison
  readonly reach: number
  readonly edition: string | null
  readonly ownerOrganizationId: number | null
  readonly source: string | null
  readonly note: string | null
}
