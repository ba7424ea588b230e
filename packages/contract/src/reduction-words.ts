/** Words of total-emission reduction, apart from their schemas: a browser that only shows them need not load the schema library. */

export const reductionTypes = [
  'retrofit',
  'retrofit-auto',
  'fuel-switch',
  'closure',
  'sewage-new',
  'sewage-upgrade',
  'industrial-water',
  'water-reuse',
  'livestock',
  'vocs-source',
  'vocs-treatment',
  'vehicles',
] as const
export type ReductionType = (typeof reductionTypes)[number]
export const reductionStates = [
  'planned',
  'in-progress',
  'completed',
  'verified',
  'recognised',
  'rejected',
] as const
export type ReductionState = (typeof reductionStates)[number]
