import type {
  Dossier,
  EnterpriseSummary,
  Merge,
  MergePreview,
  MergeProposal,
  TimelineEntry,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Query } from './client.ts'
import { type KeysetList, useKeyset } from './keyset.ts'

/** Keyset list of enterprises by the filters of the page. */
export function useEnterprises(filter: Query) {
  return useKeyset<EnterpriseSummary>({
    queryKey: ['enterprises', filter],
    path: '/enterprises',
    query: filter,
    limit: 200,
    keepsRows: false,
  })
}

/** Of a plant that is not known yet, nothing is asked. */
export function useDossier(id: number | undefined, enabled = true) {
  return useQuery({
    queryKey: ['enterprise', id],
    enabled: enabled && id !== undefined,
    queryFn: ({ signal }) => api.get<Dossier>(`/enterprises/${id}`, {}, signal),
  })
}

interface TimelinePage extends KeysetList<TimelineEntry> {
  readonly counts: Readonly<Record<string, number>>
}

export function useTimeline(id: number, filter: { from: string; to: string; kinds: string }) {
  return useKeyset<TimelineEntry, TimelinePage>({
    queryKey: ['enterprise', id, 'timeline', filter],
    path: `/enterprises/${id}/timeline`,
    query: filter,
    limit: 100,
    keepsRows: false,
  })
}

export function useMergeProposals() {
  return useQuery({
    queryKey: ['merges', 'proposals'],
    queryFn: ({ signal }) =>
      api.get<{ items: MergeProposal[]; total: number }>(
        '/enterprises/merge-proposals',
        { limit: 200 },
        signal,
      ),
  })
}

export function useMerges() {
  return useKeyset<Merge>({ queryKey: ['merges', 'done'], path: '/enterprises/merges', limit: 100 })
}

export function useMergePreview(keepId: number, dropId: number) {
  return useQuery({
    queryKey: ['merge-preview', keepId, dropId],
    queryFn: ({ signal }) => api.get<MergePreview>(`/enterprises/${keepId}/merge`, { dropId }, signal),
    staleTime: 0,
    gcTime: 0,
  })
}

/** Everything that shows enterprises is asked for again. */
function useIdentityChanged(): () => Promise<unknown> {
  const client = useQueryClient()
  return () =>
    Promise.all(
      ['merges', 'enterprises', 'enterprise', 'features', 'kinds'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    )
}

export interface MergeChoice {
  readonly keepId: number
  readonly dropId: number
  readonly reason: string
  readonly versions: { readonly keep: number; readonly drop: number }
  readonly twins: readonly { readonly number: string; readonly keep: number }[]
}

export function useMerge() {
  const changed = useIdentityChanged()
  return useMutation({
    mutationFn: ({ keepId, ...body }: MergeChoice) => api.post<Merge>(`/enterprises/${keepId}/merge`, body),
    onSuccess: changed,
  })
}

export function useUndoMerge() {
  const changed = useIdentityChanged()
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      api.post<Merge>(`/enterprises/merges/${id}/undo`, { reason }),
    onSuccess: changed,
  })
}

export function useDeclareDistinct() {
  const changed = useIdentityChanged()
  return useMutation({
    mutationFn: (body: { aId: number; bId: number; reason: string }) =>
      api.post<void>('/enterprises/merge-proposals/distinct', body),
    onSuccess: changed,
  })
}
