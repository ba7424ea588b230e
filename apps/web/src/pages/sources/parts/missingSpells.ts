import type { SourceMissingHours } from '@shanshui/contract'

/** Reasons that are none: the hour is there, is not due yet, or is not asked for. */
const FINE: ReadonlySet<string> = new Set(['complete', 'not-yet-due', 'not-in-operation'])
/** They explain an hour, but nothing was due in it: no loss. */
const STOPPED: ReadonlySet<string> = new Set(['planned-stop', 'device-stopped', 'marked-stopped'])

export interface MissingSpell {
  readonly outletId: number
  readonly start: number
  readonly hours: number
  readonly code: string
  readonly text: string
  readonly party: string
}

/** Consecutive hours of one outlet with one reason as one spell; hours that are there leave none. */
export function missingSpells(data: SourceMissingHours): readonly MissingSpell[] {
  return data.outlets.flatMap(({ outletId, cells }) => {
    const spells: MissingSpell[] = []
    for (const [hour, cell] of cells.entries()) {
      const reason = data.reasons[cell]
      if (reason === undefined || FINE.has(reason.code)) continue
      const last = spells.at(-1)
      if (last !== undefined && last.code === reason.code && last.start + last.hours === hour)
        spells[spells.length - 1] = { ...last, hours: last.hours + 1 }
      else spells.push({ outletId, start: hour, hours: 1, ...reason })
    }
    return spells
  })
}

export interface ReasonCount {
  readonly code: string
  readonly text: string
  readonly party: string
  readonly hours: number
  readonly outlets: number
}

/** Outlet-hours lost by reason, the most first. */
export function countMissing(data: SourceMissingHours): readonly ReasonCount[] {
  const counts = new Map<string, ReasonCount & { readonly of: Set<number> }>()
  for (const { outletId, hours, code, text, party } of missingSpells(data)) {
    if (STOPPED.has(code)) continue
    const known = counts.get(code)
    const of = known?.of ?? new Set<number>()
    of.add(outletId)
    counts.set(code, { code, text, party, of, hours: (known?.hours ?? 0) + hours, outlets: of.size })
  }
  return [...counts.values()].map(({ of: _, ...count }) => count).toSorted((a, b) => b.hours - a.hours)
}
