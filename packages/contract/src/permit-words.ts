/** Words of permits, apart from their schemas: a browser that only shows them need not load the schema library. */

/** Pollutants that tonnes are counted for; an assigned further pollutant is allowed by its name. */
export const tonnagePollutants = ['SO2', 'NOx', 'VOCs', 'COD', 'NH3-N'] as const

export const permitFrequencies = [
  'continuous',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'half-year',
  'year',
] as const

export const obligationKinds = ['self-monitoring', 'ledger', 'report', 'renewal', 'disclosure'] as const
export type ObligationKind = (typeof obligationKinds)[number]
export const obligationStates = ['due', 'done', 'overdue', 'exempt', 'waived'] as const
export type ObligationState = (typeof obligationStates)[number]
