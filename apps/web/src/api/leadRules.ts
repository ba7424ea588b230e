import type { LeadRule, LeadRuleInput, LeadRuleRevision, LeadStatistics } from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

export function useLeadRules() {
  useRefreshOn('lead', ['lead-rules'])
  return useQuery({
    queryKey: ['lead-rules'],
    queryFn: ({ signal }) => api.get<{ items: readonly LeadRule[] }>('/leads/rules', {}, signal),
  })
}

export function useLeadRuleHistory(id: string) {
  return useQuery({
    queryKey: ['lead-rules', id, 'history'],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly LeadRuleRevision[] }>(`/leads/rules/${id}/history`, {}, signal),
  })
}

/** `regionCode` 0 is the whole of what may be seen. */
export function useLeadStatistics(regionCode: number) {
  return useQuery({
    queryKey: ['lead-rules', 'statistics', regionCode],
    queryFn: ({ signal }) =>
      api.get<LeadStatistics>('/leads/stats', { regionCode: scoped(regionCode) }, signal),
  })
}

export function useChangeLeadRule() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: LeadRuleInput }) =>
      api.put<LeadRule>(`/leads/rules/${id}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['lead-rules'] }),
  })
}

export function useStartScan() {
  return useMutation({
    mutationFn: (window: { from?: string; to?: string }) =>
      api.post<{ jobId: number }>('/leads/scan', window),
  })
}
