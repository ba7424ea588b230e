import { actLevels, type Lead, leadLevels, leadStates } from '@shanshui/contract'
import { useCallback, useMemo, useState } from 'react'
import { choiceParam, integerParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { type LeadFilter, useLeadPlants, useLeads } from '../../../api/leads.ts'
import { useScope } from '../../../app/layout/useScope.ts'
import type { QueryLike } from '../../../components/states.tsx'
import { pagedRows } from '../../../components/table/pagedRows.ts'

export const groupings = ['plants', 'rank', 'recent'] as const
export type Grouping = (typeof groupings)[number]

export interface LeadGroup {
  readonly key: string
  /** Name of the plant; absent where the list is not grouped. */
  readonly title: string | undefined
  readonly leads: readonly Lead[]
  /** Open leads of the plant, also those not shown. */
  readonly count: number
}

const params = {
  lead: integerParam(0, 0),
  state: choiceParam(['active', 'all', ...leadStates] as const, 'active'),
  level: choiceParam([actLevels, '', ...leadLevels] as const, actLevels),
  by: choiceParam(groupings, 'plants'),
  q: textParam(''),
} as const

/** The list as it is filtered and ordered, which lead is looked at, which are ticked. All but the ticks is in the address. */
export function useTriage() {
  const [state, change] = useAddress(params)
  const [scope] = useScope()
  const filter = useMemo<LeadFilter>(
    () => ({ state: state.state, level: state.level, regionCode: scope.region, search: state.q }),
    [state.state, state.level, state.q, scope.region],
  )
  // plants have only leads that are not closed
  const grouped = state.by === 'plants' && state.state === 'active'
  const plants = useLeadPlants(filter, grouped)
  const flat = useLeads(filter, state.by === 'recent' ? 'recent' : 'rank', !grouped)
  const groups = useMemo<readonly LeadGroup[]>(() => {
    if (grouped) {
      return pagedRows(plants).rows.map((plant) => ({
        key: String(plant.enterprise?.id ?? `f${plant.leads[0]?.feature.id ?? 0}`),
        title: plant.enterprise?.name ?? plant.leads[0]?.feature.name,
        leads: plant.leads,
        count: plant.count,
      }))
    }
    const { rows } = pagedRows(flat)
    return [{ key: 'all', title: undefined, leads: rows, count: rows.length }]
  }, [grouped, plants, flat])
  const order = useMemo(() => groups.flatMap((group) => group.leads), [groups])
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set())
  const tick = useCallback((ids: readonly number[], on: boolean) => {
    setTicked((before) => {
      const next = new Set(before)
      for (const id of ids)
        if (on) next.add(id)
        else next.delete(id)
      return next
    })
  }, [])
  const open = useCallback((lead: number) => change({ lead }), [change])
  const step = useCallback(
    (by: 1 | -1) => {
      const at = order.findIndex((lead) => lead.id === state.lead)
      const next = order[at < 0 ? 0 : at + by]
      if (next !== undefined) open(next.id)
    },
    [order, state.lead, open],
  )
  /** Goes on from a lead that was decided, unless somebody has left it meanwhile. */
  const stepFrom = useCallback(
    (id: number) => {
      // the address is ahead of what is drawn
      if (new URLSearchParams(window.location.search).get('lead') === String(id)) step(1)
    },
    [step],
  )
  return {
    state,
    change,
    grouped,
    query: (grouped ? plants : flat) as QueryLike<unknown>,
    paging: grouped ? pagedRows(plants).paging : pagedRows(flat).paging,
    groups,
    order,
    open,
    step,
    stepFrom,
    ticked,
    tick,
    untick: useCallback(() => setTicked(new Set()), []),
  }
}
export type Triage = ReturnType<typeof useTriage>
