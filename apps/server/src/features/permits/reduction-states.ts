/** How a reduction moves: planned → in progress → completed → verified (city) → recognised (province), or rejected. */
import type { ReductionState } from '@shanshui/contract'

export type ReductionEvent = 'start' | 'complete' | 'verify' | 'recognise' | 'reject'
interface Edge {
  readonly from: ReductionState
  readonly event: ReductionEvent
  readonly to: ReductionState
}
export const reductionEdges: readonly Edge[] = [
  { from: 'planned', event: 'start', to: 'in-progress' },
  { from: 'in-progress', event: 'complete', to: 'completed' },
  { from: 'completed', event: 'verify', to: 'verified' },
  { from: 'verified', event: 'recognise', to: 'recognised' },
  { from: 'completed', event: 'reject', to: 'rejected' },
  { from: 'verified', event: 'reject', to: 'rejected' },
]

export const nextState = (state: ReductionState, event: ReductionEvent): ReductionState | undefined =>
  reductionEdges.find((edge) => edge.from === state && edge.event === event)?.to
