import type { FigureDetail, FigureInputDay, FigureInputs, FigureRecord } from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { useEvent } from '../../api/events.tsx'

export function useFigure(id: number) {
  const client = useQueryClient()
  useEvent<unknown>('figure', () => void client.invalidateQueries({ queryKey: ['figure', id] }))
  return useQuery({
    queryKey: ['figure', id],
    queryFn: ({ signal }) => api.get<FigureDetail>(`/figures/${id}`, {}, signal),
    enabled: id > 0,
  })
}

export function useFigureInputs(id: number) {
  return useQuery({
    queryKey: ['figure', id, 'inputs'],
    queryFn: ({ signal }) => api.get<FigureInputs>(`/figures/${id}/inputs`, {}, signal),
    enabled: id > 0,
  })
}

export function useFigureInputDay(id: number, date: string) {
  return useQuery({
    queryKey: ['figure', id, 'inputs', date],
    queryFn: ({ signal }) => api.get<FigureInputDay>(`/figures/${id}/inputs/${date}`, {}, signal),
    enabled: id > 0 && date !== '',
  })
}

export function useFigureRecord(msg: string) {
  return useQuery({
    queryKey: ['record', msg],
    queryFn: ({ signal }) => api.get<FigureRecord>(`/figures/records/${msg}`, {}, signal),
    enabled: msg !== '',
    staleTime: Infinity,
  })
}

export function useRecompute(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<FigureDetail>(`/figures/${id}/recompute`),
    onSuccess: (figure) => {
      client.setQueryData(['figure', id], figure)
      void client.invalidateQueries({ queryKey: ['figure', id, 'inputs'] })
      void client.invalidateQueries({ queryKey: ['air'] })
    },
  })
}
