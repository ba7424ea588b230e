import type { JournalDay, JournalFault } from '@shanshui/contract'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'

interface DayPage {
  readonly items: readonly JournalDay[]
  readonly next: string | null
}

export interface Verification {
  readonly ok: boolean
  readonly blocks: number
  readonly records: number
  readonly faults: readonly JournalFault[]
}

export function useJournalDays() {
  return useInfiniteQuery({
    queryKey: ['journal', 'days'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<DayPage>('/journal/days', { limit: 60, cursor: pageParam }, signal),
    getNextPageParam: (last) => last.next,
  })
}

export function useSealDay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (day: string) => api.post<JournalDay>(`/journal/days/${day}/seal`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['journal'] }),
  })
}

export function useVerifyDay() {
  return useMutation({ mutationFn: (day: string) => api.post<Verification>(`/journal/days/${day}/verify`) })
}
