/** A field machine (现场机) that may send: who it is and how it differs from the standard. */
import type { StationDialect } from '@shanshui/contract'

export interface Station {
  readonly mn: string
  readonly pointId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly password: string
  readonly enabled: boolean
  readonly dialect: StationDialect
  /** Kind of the point, where it decides what its frames mean: `outlet` keeps mg/m³. */
  readonly kind?: 'outlet'
}

/** Password of the factory settings, found almost everywhere: a warning, not a refusal. */
export const factoryPassword = '123456'
