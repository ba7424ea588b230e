import type {
  CauseCount,
  CauseKind,
  MatterOpening,
  ProblemBrief,
  ProblemDetail,
  ProblemSource,
  ProblemState,
  ProblemTheme,
  SimilarEnterprise,
  Unattended,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { type KeysetList, useKeyset } from './keyset.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

/** Everything about problems is asked for again when one of them changed. */
export function useProblemRefresh(): void {
  useRefreshOn('problem', ['problems'])
}

export interface ProblemFilter {
  readonly state: ProblemState | 'active' | 'all'
  readonly source: ProblemSource | ''
  readonly theme: ProblemTheme | ''
  readonly cause: CauseKind | ''
  readonly regionCode: number
  readonly search: string
}

export const problemQuery = ({ regionCode, ...filter }: ProblemFilter) => ({
  ...filter,
  regionCode: scoped(regionCode),
})

export function useProblems(filter: ProblemFilter) {
  return useKeyset<ProblemBrief>({
    queryKey: ['problems', 'list', filter],
    path: '/problems',
    query: problemQuery(filter),
    limit: 200,
  })
}

/** What nobody works on: problems without a matter, and confirmed leads that are no problem yet. */
export function useUnattended() {
  return useQuery({
    queryKey: ['problems', 'unattended'],
    queryFn: ({ signal }) => api.get<Unattended>('/problems/unattended', { limit: 100 }, signal),
  })
}

/** Problems by root cause and bottleneck, the most frequent first. */
export function useCauseCounts(regionCode: number) {
  return useQuery({
    queryKey: ['problems', 'causes', regionCode],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly CauseCount[] }>(
        '/problems/causes',
        { regionCode: scoped(regionCode) },
        signal,
      ),
  })
}

export const problemKey = (id: number) => ['problems', 'one', id] as const

export function useProblem(id: number) {
  return useQuery({
    queryKey: problemKey(id),
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<ProblemDetail>(`/problems/${id}`, {}, signal),
  })
}

export function useSimilarEnterprises(id: number) {
  return useQuery({
    queryKey: ['problems', 'similar', id],
    enabled: id > 0,
    queryFn: ({ signal }) =>
      api.get<KeysetList<SimilarEnterprise>>(`/problems/${id}/similar`, { limit: 50 }, signal),
  })
}

/** Problems, the matters on them and the leads behind them change together. */
function useProblemWritten(): () => Promise<unknown> {
  const client = useQueryClient()
  return () =>
    Promise.all(['problems', 'matters', 'leads'].map((key) => client.invalidateQueries({ queryKey: [key] })))
}

/** What was registered, and the matter opened with it. */
export interface Registered {
  readonly problem: ProblemDetail
  readonly matter: { readonly id: number; readonly number: string } | null
}

export interface ProblemInput {
  readonly source: ProblemSource
  readonly ref?: string
  readonly title: string
  readonly detail: string
  readonly theme: ProblemTheme
  readonly regionCode: number
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly lon?: number
  readonly lat?: number
  readonly foundAt?: string
  readonly open?: MatterOpening
  readonly commandId: string
}

export function useRegisterProblem() {
  const written = useProblemWritten()
  return useMutation({
    mutationFn: (body: ProblemInput) => api.post<Registered>('/problems', body),
    onSuccess: written,
  })
}

export interface LeadConfirmation {
  readonly leadId: number
  readonly version: number
  readonly grounds: string
  readonly title?: string
  readonly theme?: ProblemTheme
  readonly open?: MatterOpening
  readonly commandId: string
}

/** A lead is confirmed, registered as a problem, and put to work in one step. */
export function useProblemFromLead() {
  const written = useProblemWritten()
  return useMutation({
    mutationFn: (body: LeadConfirmation) => api.post<Registered>('/problems/from-lead', body),
    onSuccess: written,
  })
}

/** What is done to one problem, and its answer: the problem as it then is. */
export type ProblemChange =
  | { readonly kind: 'merge'; readonly version: number; readonly intoId: number; readonly reason: string }
  | { readonly kind: 'unmerge'; readonly version: number; readonly reason: string }
  | { readonly kind: 'cause'; readonly cause: CauseKind; readonly text: string }
  | { readonly kind: 'remove-cause'; readonly causeId: number; readonly reason: string }

export function useChangeProblem(id: number) {
  const written = useProblemWritten()
  return useMutation({
    mutationFn: (change: ProblemChange) => {
      const { kind, ...body } = change
      if (change.kind === 'cause')
        return api.post<ProblemDetail>(`/problems/${id}/causes`, { kind: change.cause, text: change.text })
      if (change.kind === 'remove-cause')
        return api.post<ProblemDetail>(`/problems/${id}/causes/${change.causeId}/remove`, {
          reason: change.reason,
        })
      return api.post<ProblemDetail>(`/problems/${id}/${kind}`, body)
    },
    onSettled: written,
  })
}
