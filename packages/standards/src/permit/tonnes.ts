/** Tonnes of permits and reports, added up and written. */
import { roundHalfEven } from '../gb8170/rounding.ts'
import type { PermittedTonnesRow } from './document.ts'

/** Tonnes to the kilogram, as sums are compared and shown. */
export const kilograms = (tonnes: number): number => roundHalfEven(tonnes, 3)

export function sumsByPollutant(rows: readonly PermittedTonnesRow[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { pollutant, tonnes } of rows) sums.set(pollutant, (sums.get(pollutant) ?? 0) + tonnes)
  return sums
}
