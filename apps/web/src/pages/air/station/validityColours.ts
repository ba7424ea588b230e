import type { Validity } from './stationRows.ts'

/** The strip below the curve; the legend and the table say the same in words. */
export const validityColours: Readonly<Record<Validity, string>> = {
  valid: '#8fb8a2',
  sand: '#c9a45c',
  flagged: '#8c5a82',
  invalid: '#b3261e',
  missing: '#d9dfe5',
}
