/** One exceedance as it is added up. */
export interface RolledEvent {
  readonly outlet: string
  readonly factor: string
  readonly hours: number
  /** NaN where there is none (pH). */
  readonly multiple: number
  readonly fromMs: number
}

export interface ExceedanceRollUp {
  readonly key: string
  readonly outlets: number
  readonly events: number
  /** Outlet-hours: an hour in which two factors exceed counts for each. */
  readonly factorHours: number
  readonly worstMultiple: number
  readonly worst: { readonly outlet: string; readonly factor: string } | null
  readonly factors: readonly string[]
}

/** Adds exceedances up to enterprises, parks or counties: `keyOf` says to which an outlet belongs; null = to none. */
export function rollUpExceedances(
  events: readonly RolledEvent[],
  keyOf: (outlet: string) => string | null,
): readonly ExceedanceRollUp[] {
  const groups = new Map<string, RolledEvent[]>()
  for (const event of events) {
    const key = keyOf(event.outlet)
    if (key === null) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [event])
    else group.push(event)
  }
  return [...groups].map(([key, group]) => summary(key, group)).toSorted(byWeight)
}

function summary(key: string, events: readonly RolledEvent[]): ExceedanceRollUp {
  const measured = events.filter(({ multiple }) => !Number.isNaN(multiple))
  const worst = measured.toSorted((a, b) => b.multiple - a.multiple)[0]
  return {
    key,
    outlets: new Set(events.map(({ outlet }) => outlet)).size,
    events: events.length,
    factorHours: events.reduce((sum, { hours }) => sum + hours, 0),
    worstMultiple: worst?.multiple ?? Number.NaN,
    worst: worst === undefined ? null : { outlet: worst.outlet, factor: worst.factor },
    factors: [...new Set(events.map(({ factor }) => factor))].toSorted(),
  }
}

const byWeight = (a: ExceedanceRollUp, b: ExceedanceRollUp) =>
  b.factorHours - a.factorHours || (a.key < b.key ? -1 : 1)
