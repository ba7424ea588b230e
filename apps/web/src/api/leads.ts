import type {
  actLevels,
  DismissalReason,
  Lead,
  LeadChart,
  LeadDetail,
  LeadFrame,
  LeadLevelName,
  LeadPlant,
  LeadStateName,
  LeadSummary,
  SimilarObject,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { type KeysetList, useKeyset } from './keyset.ts'
import { newId } from './newId.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

export interface LeadFilter {
  readonly state: LeadStateName | 'active' | 'all'
  readonly level: LeadLevelName | typeof actLevels | ''
  readonly regionCode: number
  readonly search: string
}

const queryOf = ({ regionCode, ...filter }: LeadFilter) => ({
  ...filter,
  regionCode: scoped(regionCode),
})

/** Everything about leads is asked for again when one of them changed. */
export function useLeadRefresh(): void {
  useRefreshOn('lead', ['leads'])
}

export function useLeads(filter: LeadFilter, order: 'rank' | 'recent', enabled: boolean) {
  return useKeyset<Lead>({
    queryKey: ['leads', 'list', filter, order],
    path: '/leads',
    query: { ...queryOf(filter), order },
    limit: 50,
    enabled,
  })
}

export function useLeadPlants(filter: LeadFilter, enabled: boolean) {
  return useKeyset<LeadPlant>({
    queryKey: ['leads', 'plants', filter],
    path: '/leads/plants',
    query: { ...queryOf(filter) },
    limit: 30,
    enabled,
  })
}

export function useLeadSummary(enabled = true) {
  return useQuery({
    queryKey: ['leads', 'summary'],
    enabled,
    queryFn: ({ signal }) => api.get<LeadSummary>('/leads/summary', {}, signal),
  })
}

export function useLead(id: number) {
  return useQuery({
    queryKey: ['leads', 'one', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<LeadDetail>(`/leads/${id}`, {}, signal),
  })
}

export function useLeadChart(id: number) {
  return useQuery({
    queryKey: ['leads', 'chart', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<LeadChart>(`/leads/${id}/chart`, {}, signal),
  })
}

export function useLeadFrames(id: number, enabled: boolean) {
  return useQuery({
    queryKey: ['leads', 'frames', id],
    enabled: enabled && id > 0,
    queryFn: ({ signal }) =>
      api.get<{ items: LeadFrame[]; total: number }>(`/leads/${id}/frames`, {}, signal),
  })
}

export function useSimilar(id: number) {
  return useQuery({
    queryKey: ['leads', 'similar', id],
    enabled: id > 0,
    queryFn: ({ signal }) =>
      api.get<KeysetList<SimilarObject>>(`/leads/${id}/similar`, { limit: 50 }, signal),
  })
}

/** What can be decided about one lead; `version` is the one that was read. */
export type LeadCommand =
  | { readonly kind: 'acknowledge' | 'watch'; readonly note?: string }
  | { readonly kind: 'confirm'; readonly grounds: string }
  | { readonly kind: 'dismiss'; readonly reason: DismissalReason; readonly note?: string }
  | { readonly kind: 'reopen'; readonly note: string }
  | { readonly kind: 'outcome'; readonly outcome: 'confirmed' | 'not-confirmed'; readonly grounds: string }

export function useDecideLead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version, command }: { id: number; version: number; command: LeadCommand }) => {
      const { kind, ...body } = command
      return api.post<Lead>(`/leads/${id}/${kind}`, { ...body, version, commandId: newId() })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
}

export interface BulkDismissal {
  readonly leads: readonly { id: number; version: number }[]
  readonly reason: DismissalReason
  readonly note?: string
}

export interface BulkOutcome {
  readonly dismissed: readonly number[]
  readonly refused: readonly { id: number; code: string; detail: string }[]
}

export function useDismissMany() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: BulkDismissal) =>
      api.post<BulkOutcome>('/leads/dismiss', { ...body, commandId: newId() }),
    onSettled: () => client.invalidateQueries({ queryKey: ['leads'] }),
  })
}
