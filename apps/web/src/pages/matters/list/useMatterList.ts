import { matterPhases } from '@shanshui/contract'
import { useMemo } from 'react'
import { type AddressParam, choiceParam, textParam, useAddress } from '../../../address/useAddress.ts'
import { type MatterFilter, useMatters } from '../../../api/matters.ts'
import { useScope } from '../../../app/layout/useScope.ts'

/** Something that is either asked for or not; only a yes stands in the address. */
export function flagParam(): AddressParam<boolean> {
  return { fallback: false, read: (text) => text === '1', write: (value) => (value ? '1' : '') }
}

export const listPhases = [...matterPhases, 'all'] as const
export type ListPhase = (typeof listPhases)[number]

const filters = {
  state: textParam(),
  workflow: textParam(),
  mine: flagParam(),
  waits: flagParam(),
  overdue: flagParam(),
  rebounded: flagParam(),
  q: textParam(),
} as const

export const listFlags = ['waits', 'mine', 'overdue', 'rebounded'] as const
export type ListFlag = (typeof listFlags)[number]

/**
 * A list of matters as it is filtered; everything is in the address. `workflows`: ids separated by commas, '' for all;
 * `firstPhase`: the one shown where the address names none.
 */
export function useMatterList(workflows: string, firstPhase: ListPhase, fields: boolean) {
  const params = useMemo(() => ({ ...filters, phase: choiceParam(listPhases, firstPhase) }), [firstPhase])
  const [state, change] = useAddress(params)
  const [{ region }] = useScope()
  const filter = useMemo<MatterFilter>(
    () => ({
      workflow: state.workflow === '' ? workflows : state.workflow,
      regionCode: region,
      phase: state.phase,
      state: state.state,
      mine: state.mine,
      waitsForMe: state.waits,
      overdue: state.overdue,
      rebounded: state.rebounded,
      search: state.q,
      order: state.phase === 'open' ? 'due' : 'recent',
      fields,
    }),
    [workflows, region, state, fields],
  )
  // a list that is narrowed further on the page is read whole
  return { state, change, filter, query: useMatters(filter, fields ? 1000 : 200) }
}
export type MatterList = ReturnType<typeof useMatterList>
