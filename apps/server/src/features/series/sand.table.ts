/** A confirmed sand period in force: whose data it affects, and what its deduction removes. */
export interface SandInForce {
  readonly cityId: number
  readonly pointIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  readonly factors: readonly string[]
  /** `days`: the whole civil days touched; `hours`: only the hours of the period. */
  readonly scope: 'days' | 'hours'
}
