import type {
  Dossier,
  EnterpriseSummary,
  Merge,
  MergePreview,
  MergeProposal,
  TimelineEntry,
} from '@shanshui/contract'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Query } from './client.ts'

interface KeysetPage<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** Keyset list of enterprises by the filters of the page. */
export function useEnterprises(filter: Query) {
  return useInfiniteQuery({
    queryKey: ['enterprises', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<KeysetPage<EnterpriseSummary>>(
        '/enterprises',
        { ...filter, limit: 200, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function useDossier(id: number) {
  return useQuery({
    queryKey: ['enterprise', id],
    queryFn: ({ signal }) => api.get<Dossier>(`/enterprises/${id}`, {}, signal),
  })
}

interface TimelinePage extends KeysetPage<TimelineEntry> {
  readonly counts: Readonly<Record<string, number>>
}

export function useTimeline(id: number, filter: { from: string; to: string; kinds: string }) {
  return useInfiniteQuery({
    queryKey: ['enterprise', id, 'timeline', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<TimelinePage>(
        `/enterprises/${id}/timeline`,
        { ...filter, limit: 100, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
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
  return useInfiniteQuery({
    queryKey: ['merges', 'done'],
    queryFn: ({ pageParam, signal }) =>
      api.get<KeysetPage<Merge>>('/enterprises/merges', { limit: 100, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
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
