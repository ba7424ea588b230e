/** One factor of Annex B. `type` Na.b = integer digits.decimals. */
export interface FactorRow {
  readonly code: string
  /** Code of HJ/T 212-2005, where there was one. */
  readonly old?: string
  readonly zh: string
  readonly en: string
  /** Default unit of concentration or level; a station's configured unit comes first. */
  readonly unit: string
  /** Unit of `code-Cou`. */
  readonly emissionUnit?: string
  readonly type?: string
}
