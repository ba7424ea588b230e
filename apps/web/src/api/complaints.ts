import type {
  Complainant,
  Complaint,
  ComplaintDetail,
  ComplaintImportResult,
  ComplaintInput,
  ComplaintKpi,
  ComplaintLook,
  ComplaintSummary,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Query } from './client.ts'
import { useKeyset } from './keyset.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

/** Tickets and what their matters do are asked for again when one of either changed. */
export function useComplaintRefresh(): void {
  useRefreshOn('complaint', ['complaints'])
  useRefreshOn('matter', ['complaints'])
}

export interface ComplaintListFilter {
  readonly regionCode: number
  readonly phase: 'open' | 'ended' | 'all'
  readonly state: string
  readonly channel: string
  readonly theme: string
  readonly campaign: string
  readonly named: boolean
  readonly overdue: boolean
  readonly repeated: boolean
  readonly waitsForMe: boolean
  readonly search: string
  readonly order: 'due' | 'recent'
}

/** Only what narrows the list goes into the address of the request. */
const queryOf = ({ regionCode, ...filter }: ComplaintListFilter): Query => ({
  ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== false && value !== '')),
  regionCode: scoped(regionCode),
})

export function useComplaints(filter: ComplaintListFilter) {
  return useKeyset<Complaint>({
    queryKey: ['complaints', 'list', filter],
    path: '/complaints',
    query: queryOf(filter),
    limit: 200,
  })
}

export function useComplaintSummary() {
  return useQuery({
    queryKey: ['complaints', 'summary'],
    queryFn: ({ signal }) => api.get<ComplaintSummary>('/complaints/summary', {}, signal),
  })
}

export function useComplaintKpi(query: { from: string; to: string; by: string; regionCode: number }) {
  const { regionCode, ...rest } = query
  return useQuery({
    queryKey: ['complaints', 'kpi', query],
    queryFn: ({ signal }) =>
      api.get<ComplaintKpi>('/complaints/kpi', { ...rest, regionCode: scoped(regionCode) }, signal),
  })
}

const complaintKey = (id: number) => ['complaints', 'one', id] as const

export function useComplaint(id: number) {
  return useQuery({
    queryKey: complaintKey(id),
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<ComplaintDetail>(`/complaints/${id}`, {}, signal),
  })
}

export function useLooks(complaintId?: number) {
  return useKeyset<ComplaintLook>({
    queryKey: ['complaints', 'looks', complaintId ?? 0],
    path: '/complaints/looks',
    ...(complaintId === undefined ? {} : { query: { complaintId } }),
    limit: 200,
  })
}

function useWritten(): (detail?: ComplaintDetail) => Promise<unknown> {
  const client = useQueryClient()
  return (detail) => {
    if (detail !== undefined) client.setQueryData(complaintKey(detail.complaint.id), detail)
    return Promise.all(
      ['complaints', 'matters', 'problems'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    )
  }
}

export function useRegisterComplaint() {
  const written = useWritten()
  return useMutation({
    mutationFn: (body: ComplaintInput) => api.post<ComplaintDetail>('/complaints', body),
    onSuccess: (detail) => written(detail),
  })
}

export interface ComplaintChangeBody {
  readonly version: number
  readonly theme: string
  readonly [field: string]: unknown
}

export function useChangeComplaint(id: number) {
  const written = useWritten()
  return useMutation({
    mutationFn: (body: ComplaintChangeBody) => api.put<ComplaintDetail>(`/complaints/${id}`, body),
    onSuccess: (detail) => written(detail),
  })
}

export function useMergeComplaint(id: number) {
  const written = useWritten()
  return useMutation({
    mutationFn: (body: { version: number; into: number; reason: string; commandId: string }) =>
      api.post<ComplaintDetail>(`/complaints/${id}/merge`, body),
    onSuccess: (detail) => written(detail),
  })
}

export function useAnswerComplaint(id: number) {
  const written = useWritten()
  return useMutation({
    mutationFn: (body: { version: number; way: string; text: string }) =>
      api.post<ComplaintDetail>(`/complaints/${id}/answers`, body),
    onSuccess: (detail) => written(detail),
  })
}

/** Never kept: what a look shows lives in the dialog that asked for it, and goes with it. */
export function useLookAtComplainant(id: number) {
  const client = useQueryClient()
  return useMutation({
    gcTime: 0,
    mutationFn: (reason: string) =>
      api.post<{ complainant: Complainant; lookId: number }>(`/complaints/${id}/complainant/look`, {
        reason,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['complaints'] }),
  })
}

export function useImportComplaints() {
  const written = useWritten()
  return useMutation({
    mutationFn: (file: File) => api.upload<ComplaintImportResult>('/complaints/import', file),
    onSuccess: () => written(),
  })
}
