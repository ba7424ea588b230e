import type { EvaluatorDetail, EvaluatorOutcome, EvaluatorSummary } from '@shanshui/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from './client.ts'

const root = 'evaluators'

export function useEvaluators() {
  return useQuery({
    queryKey: [root],
    staleTime: Infinity,
    queryFn: ({ signal }) => api.get<{ items: readonly EvaluatorSummary[] }>('/evaluators', {}, signal),
  })
}

export function useEvaluator(id: string) {
  return useQuery({
    queryKey: [root, id],
    enabled: id !== '',
    staleTime: Infinity,
    queryFn: ({ signal }) => api.get<EvaluatorDetail>(`/evaluators/${id}`, {}, signal),
  })
}

interface Outcomes {
  readonly id: string
  readonly version: string
  readonly outcomes: readonly EvaluatorOutcome[]
}

/** The server evaluates: what is shown is what the command line and the figures would give. */
export function useEvaluate(id: string) {
  return useMutation({
    mutationFn: ({ input, edition }: { input: unknown; edition: string }) =>
      api.post<Outcomes>(`/evaluators/${id}`, edition === '' ? { input } : { input, edition }),
  })
}
