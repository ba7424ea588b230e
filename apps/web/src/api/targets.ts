import type { Target, TargetIndicator, TargetInput } from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useEvent } from './events.tsx'

interface Targets {
  readonly items: readonly Target[]
  readonly indicators: readonly TargetIndicator[]
}

export function useTargets(year: number) {
  const client = useQueryClient()
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['targets'] })
  useEvent('target', refresh)
  useEvent('figure', refresh)
  return useQuery({
    queryKey: ['targets', year],
    queryFn: ({ signal }) => api.get<Targets>('/targets', { year }, signal),
  })
}

export type TargetChange =
  | { readonly type: 'create'; readonly body: TargetInput }
  | {
      readonly type: 'update'
      readonly id: number
      readonly body: TargetInput & { readonly version: number }
    }
  | { readonly type: 'delete'; readonly id: number; readonly reason: string }

export function useChangeTarget() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (change: TargetChange): Promise<void> => {
      if (change.type === 'create') await api.post('/targets', change.body)
      else if (change.type === 'update') await api.put(`/targets/${change.id}`, change.body)
      else await api.delete(`/targets/${change.id}`, { reason: change.reason })
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['targets'] }),
        client.invalidateQueries({ queryKey: ['air'] }),
      ]),
  })
}
