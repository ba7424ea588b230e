import { useMemo } from 'react'
import { choiceParam, textParam, useAddress } from '../../../../address/useAddress.ts'
import { type ComplaintListFilter, useComplaints } from '../../../../api/complaints.ts'
import { useScope } from '../../../../app/layout/useScope.ts'
import { flagParam } from '../../list/useMatterList.ts'

export const phases = ['open', 'ended', 'all'] as const

const params = {
  phase: choiceParam(phases, 'open'),
  state: textParam(),
  channel: textParam(),
  theme: textParam(),
  campaign: textParam(),
  named: flagParam(),
  overdue: flagParam(),
  repeated: flagParam(),
  waits: flagParam(),
  q: textParam(),
} as const

/** The list as the address says. */
export function useComplaintList() {
  const [state, change] = useAddress(params)
  const [{ region }] = useScope()
  const filter = useMemo<ComplaintListFilter>(() => {
    const { waits, q, ...rest } = state
    return {
      ...rest,
      waitsForMe: waits,
      search: q,
      regionCode: region,
      order: state.phase === 'open' ? 'due' : 'recent',
    }
  }, [state, region])
  return { state, change, query: useComplaints(filter) }
}
export type ComplaintList = ReturnType<typeof useComplaintList>
