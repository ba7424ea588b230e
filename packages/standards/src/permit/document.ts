/** What a discharge permit holds (排污许可管理条例 art. 13), as far as rules read it. */
export type Frequency = 'continuous' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'half-year' | 'year'
export type PermitAveraging = 'hour' | 'day' | 'instant'

export interface PermitLimitRow {
  readonly factor: string
  readonly value: number
  readonly min?: number | undefined
  readonly unit: string
  readonly averaging: PermitAveraging
  readonly basis: string
}
export interface PermittedTonnesRow {
  readonly pollutant: string
  readonly tonnes: number
}
export interface PermitOutletRow {
  /** DA001, DW001 … */
  readonly number: string
  readonly name?: string | undefined
  readonly medium: 'air' | 'water'
  readonly main: boolean
  readonly direct?: boolean | undefined
  readonly facility?: string | undefined
  readonly referenceO2?: number | undefined
  readonly limits: readonly PermitLimitRow[]
  readonly annualTonnes: readonly PermittedTonnesRow[]
}
export interface SelfMonitoringRow {
  readonly outletNumber: string
  readonly factor: string
  readonly method: 'auto' | 'manual'
  readonly frequency: Frequency
}
export interface ReportDutyRow {
  readonly period: 'year' | 'quarter' | 'month'
  /** Days after the end of the period. */
  readonly dueDays?: number | undefined
  /** MM-DD of the following year, for the annual report. */
  readonly dueOn?: string | undefined
}
export interface KeepingDutyRow {
  readonly content: string
  readonly frequency: Frequency
}
export interface SpecialPeriodRow {
  readonly name: string
  readonly limits?:
    | readonly {
        readonly outletNumber?: string | undefined
        readonly pollutant: string
        readonly tonnesPerDay?: number | undefined
        readonly tonnesPerMonth?: number | undefined
      }[]
    | undefined
  readonly banned?: readonly string[] | undefined
}
export interface PermitContent {
  readonly issuedOn: string
  readonly expiresOn: string
  readonly management: 'key' | 'simplified'
  readonly outlets: readonly PermitOutletRow[]
  readonly totals: readonly PermittedTonnesRow[]
  readonly selfMonitoring: readonly SelfMonitoringRow[]
  readonly reports: readonly ReportDutyRow[]
  readonly ledgers: readonly KeepingDutyRow[]
  readonly disclosures?: readonly KeepingDutyRow[] | undefined
  readonly specialPeriods?: readonly SpecialPeriodRow[] | undefined
}
