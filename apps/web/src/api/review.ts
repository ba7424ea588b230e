import type {
  ReviewBody,
  ReviewHistory,
  ReviewItem,
  ReviewLevel,
  ReviewOutcome,
  ReviewTarget,
  SandBody,
  SandPeriod,
  SandProposalList,
} from '@shanshui/contract'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useEvent } from './events.tsx'

interface List<T> {
  readonly items: readonly T[]
  readonly next?: string | null
}

export interface ReviewFilter {
  readonly level: ReviewLevel | ''
  readonly from: string
  readonly to: string
}

export function useReviews(filter: ReviewFilter) {
  const client = useQueryClient()
  useEvent('review', () => void client.invalidateQueries({ queryKey: ['review'] }))
  return useQuery({
    queryKey: ['review', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<List<ReviewItem>>('/reviews', { ...filter, limit: 500 }, signal),
  })
}

export function useReviewHistory(target: ReviewTarget | undefined) {
  return useQuery({
    queryKey: ['review', 'history', target],
    enabled: target !== undefined,
    queryFn: ({ signal }) => api.get<ReviewHistory>('/reviews/history', { ...target }, signal),
  })
}

export function useDecideReview() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ level, body }: { level: ReviewLevel; body: ReviewBody }) =>
      api.post<ReviewOutcome>(`/reviews/${level}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['review'] }),
  })
}

export function useSandPeriods(cityId: number | undefined, from: string, to: string) {
  return useQuery({
    queryKey: ['sand', cityId, from, to],
    enabled: cityId !== undefined,
    queryFn: ({ signal }) => api.get<List<SandPeriod>>('/sand-periods', { cityId, from, to }, signal),
  })
}

export function useSandProposals(cityId: number | undefined, from: string, to: string) {
  return useQuery({
    queryKey: ['sand', 'proposals', cityId, from, to],
    enabled: cityId !== undefined,
    queryFn: ({ signal }) =>
      api.get<SandProposalList>('/sand-periods/proposals', { cityId, from, to }, signal),
  })
}

/** A confirmed or withdrawn period changes what is computed without sand: everything about air is asked for again. */
export function useSandDecision() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (decision: { confirm: SandBody } | { withdraw: string; reason: string }) =>
      'confirm' in decision
        ? api.post<SandPeriod>('/sand-periods', decision.confirm)
        : api.post<SandPeriod>(`/sand-periods/${decision.withdraw}/withdraw`, { reason: decision.reason }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['sand'] }),
        client.invalidateQueries({ queryKey: ['air'] }),
      ]),
  })
}
