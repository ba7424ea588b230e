import type { Report, ReportCheck, ReportComparison, ReportSummary } from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useEvent } from './events.tsx'

interface ReportPage {
  readonly items: readonly ReportSummary[]
  readonly next: string | null
}

const root = 'reports'

export function useReports() {
  return useQuery({
    queryKey: [root, 'list'],
    queryFn: ({ signal }) => api.get<ReportPage>('/reports', {}, signal),
  })
}

/** One report; asked for again when a figure changed, so that a stale sentence shows without reloading. */
export function useReport(id: number) {
  const client = useQueryClient()
  useEvent('figure', () => void client.invalidateQueries({ queryKey: [root, id] }))
  return useQuery({
    queryKey: [root, id],
    queryFn: ({ signal }) => api.get<Report>(`/reports/${id}`, {}, signal),
  })
}

export function useReportComparison(id: number, wanted: boolean) {
  return useQuery({
    queryKey: [root, id, 'comparison'],
    enabled: wanted,
    queryFn: ({ signal }) => api.get<ReportComparison>(`/reports/${id}/comparison`, {}, signal),
  })
}

export function useCreateReport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (year: number) => api.post<Report>('/reports', { year }),
    onSuccess: () => client.invalidateQueries({ queryKey: [root, 'list'] }),
  })
}

/** `refresh` recomputes what is stale in a draft; `freeze` fixes every value for good. */
export function useReportAction(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: { type: 'refresh' } | { type: 'freeze'; version: number; reason: string }) =>
      action.type === 'refresh'
        ? api.post<Report>(`/reports/${id}/refresh`)
        : api.post<Report>(`/reports/${id}/freeze`, freezeBody(action.version, action.reason)),
    onSuccess: (report) => {
      client.setQueryData([root, id], report)
      return client.invalidateQueries({ queryKey: [root] })
    },
  })
}

function freezeBody(version: number, reason: string): { version: number; reason?: string } {
  return reason === '' ? { version } : { version, reason }
}

export function useReportCheck() {
  return useMutation({
    mutationFn: (draft: { text: string; year: number }) => api.post<ReportCheck>('/reports/check', draft),
  })
}
