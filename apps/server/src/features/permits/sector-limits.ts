/** The standard that applies to an outlet, for holding its permit against it. */
import {
  type ContradictionContext,
  chooseLimit,
  type OutletFacts,
  type PermitAveraging,
  referenceOxygenOf,
  type Status,
} from '@shanshui/standards'
import type { Outlet } from '../registry/index.ts'

/** What the registry knows of an outlet that decides its limits. */
function factsOf(outlet: Outlet): OutletFacts {
  const { eiaApprovedOn } = outlet.properties
  return {
    medium: outlet.medium,
    facility: outlet.facility,
    eiaApprovedOn: typeof eiaApprovedOn === 'string' ? eiaApprovedOn : null,
    special: outlet.special,
    ultraLow: outlet.ultraLow,
    ...(outlet.medium === 'water'
      ? { conditions: { discharge: outlet.direct ? ('direct' as const) : ('indirect' as const) } }
      : {}),
  }
}

const known = (status: string): Status =>
  status === 'primary' || status === 'verified' ? 'verified' : 'unverified'
/** mg/m3 and mg/m³ are one unit. */
const plainUnit = (unit: string) => unit.replaceAll('³', '3').replace('Nm3', 'm3').toLowerCase()

/**
 * Limits and reference oxygen of the outlets' standards on a day. Outlets are found by number; one that the registry
 * does not hold is not compared.
 */
export function sectorContext(outlets: readonly Outlet[], asOf: string): ContradictionContext {
  const byNumber = new Map(outlets.map((outlet) => [outlet.number, outlet]))
  return {
    asOf,
    standardLimit: (row, factor, averaging: PermitAveraging) => {
      const outlet = byNumber.get(row.number)
      if (outlet === undefined || outlet.medium !== row.medium) return undefined
      const choice = chooseLimit(factsOf(outlet), factor, asOf, [], [], { averaging })
      if (!choice.ok || choice.limit.row === null) return undefined
      const { value, unit, status } = choice.limit
      const { standard, table } = choice.limit.row
      const own = row.limits.find((limit) => limit.factor === factor)?.unit ?? unit
      const same = plainUnit(own) === plainUnit(unit)
      return { value, unit: same ? own : unit, clause: { standard, at: table }, status: known(status) }
    },
    standardOxygen: (row) => {
      const outlet = byNumber.get(row.number)
      const reference = outlet === undefined ? undefined : referenceOxygenOf(outlet.facility)
      if (reference === undefined || reference.rule.kind !== 'reference-oxygen') return undefined
      const { standard, at, status, rule } = reference
      return { value: rule.o2, clause: { standard, at }, status }
    },
  }
}
