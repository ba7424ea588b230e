import type {
  Exceedance,
  ExceedanceDetail,
  ExceedingNow,
  MaintenanceDue,
  MaintenanceInput,
  MaintenanceRecord,
  MarkItem,
  MarkingDay,
  OutletHourColumns,
  OutletHourDetail,
  SourceMark,
  SourceMarkInput,
  SourceMissingHours,
  SourceOutlet,
  TransmissionReport,
} from '@shanshui/contract'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Query } from './client.ts'
import { type KeysetList, useKeyset } from './keyset.ts'
import { useRefreshOn } from './useRefreshOn.ts'

const PAGE = 200
const ALL = ['sources'] as const

export interface OutletFilter {
  readonly medium: 'air' | 'water'
  readonly state: SourceOutlet['state'] | ''
  readonly regionCode: number | undefined
  readonly search: string
}

export function useSourceOutlets(filter: OutletFilter) {
  useRefreshOn('source', ['sources', 'outlets'])
  return useKeyset<SourceOutlet>({
    queryKey: ['sources', 'outlets', filter],
    path: '/sources/outlets',
    query: { ...filter },
    limit: PAGE,
  })
}

/** Outlets to choose from in a form; those the user may see. */
export function useOutletChoices() {
  return useQuery({
    queryKey: ['sources', 'outlet-choices'],
    queryFn: ({ signal }) => api.get<KeysetList<SourceOutlet>>('/sources/outlets', { limit: 1000 }, signal),
  })
}

export function useExceedingNow() {
  const queryKey = ['sources', 'exceeding-now']
  useRefreshOn('source', queryKey)
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<ExceedingNow>('/sources/exceeding-now', {}, signal),
  })
}

export function useSourceOutlet(id: number) {
  useRefreshOn(`source:${id}`, ALL)
  return useQuery({
    queryKey: ['sources', 'outlet', id],
    queryFn: ({ signal }) => api.get<SourceOutlet>(`/sources/outlets/${id}`, {}, signal),
  })
}

export interface Span {
  readonly from: string
  /** Not included. */
  readonly to: string
}

export function useOutletHours(id: number, span: Span) {
  return useQuery({
    queryKey: ['sources', 'hours', id, span],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<OutletHourColumns>(`/sources/outlets/${id}/hours`, { ...span }, signal),
  })
}

export function useOutletHour(id: number, factor: string, hour: string) {
  return useQuery({
    queryKey: ['sources', 'hour', id, factor, hour],
    enabled: hour !== '' && factor !== '',
    queryFn: ({ signal }) =>
      api.get<OutletHourDetail>(`/sources/outlets/${id}/hour`, { factor, hour }, signal),
  })
}

export function useExceedances(query: Query) {
  return useQuery({
    queryKey: ['sources', 'exceedances', query],
    queryFn: ({ signal }) =>
      api.get<KeysetList<Exceedance>>('/sources/exceedances', { limit: PAGE, ...query }, signal),
  })
}

export function useExceedance(id: number) {
  return useQuery({
    queryKey: ['sources', 'exceedance', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<ExceedanceDetail>(`/sources/exceedances/${id}`, {}, signal),
  })
}

export interface Judgement {
  readonly id: number
  readonly decision: 'confirm' | 'exempt' | 'reopen'
  readonly reason: string
  /** The version that was on screen: a change meanwhile is refused. */
  readonly version: number
}

export function useJudgeExceedance() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: Judgement) =>
      api.post<ExceedanceDetail>(`/sources/exceedances/${id}/judge`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  })
}

export function useSourceMarks(query: Query) {
  return useQuery({
    queryKey: ['sources', 'marks', query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<KeysetList<SourceMark>>('/sources/marks', { limit: 500, ...query }, signal),
  })
}

export function useMarkItems() {
  return useQuery({
    queryKey: ['sources', 'mark-items'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get<KeysetList<MarkItem>>('/sources/mark-items', {}, signal),
  })
}

export function useMarkingDay(date: string, enabled: boolean) {
  useRefreshOn('source', ALL)
  return useQuery({
    queryKey: ['sources', 'marking-day', date],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<MarkingDay>('/sources/marking-day', { date }, signal),
  })
}

export type MarkChange =
  | { readonly file: SourceMarkInput }
  | { readonly review: string; readonly decision: 'accept' | 'reject'; readonly reason: string }
  | { readonly withdraw: string; readonly reason: string }

/** A mark changes hours, exceedances and rates: everything about sources is asked for again. */
export function useChangeMark() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: MarkChange) => {
      if ('file' in change) return api.post<SourceMark>('/sources/marks', change.file)
      if ('review' in change) {
        const { review, decision, reason } = change
        return api.post<SourceMark>(`/sources/marks/${review}/review`, { decision, reason })
      }
      return api.post<SourceMark>(`/sources/marks/${change.withdraw}/withdraw`, { reason: change.reason })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  })
}

export interface TransmissionQuery {
  readonly from: string
  readonly to: string
  readonly by: 'outlet' | 'enterprise' | 'county' | 'operator' | 'city'
  readonly enterpriseId: number | undefined
}

export function useTransmission(query: TransmissionQuery) {
  return useQuery({
    queryKey: ['sources', 'transmission', query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<TransmissionReport>('/sources/transmission', { ...query }, signal),
  })
}

export function useSourceMissingHours(query: Query, enabled = true) {
  return useQuery({
    queryKey: ['sources', 'missing-hours', query],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<SourceMissingHours>('/sources/missing-hours', query, signal),
  })
}

export function useMaintenance(query: Query) {
  return useQuery({
    queryKey: ['sources', 'maintenance', query],
    queryFn: ({ signal }) =>
      api.get<KeysetList<MaintenanceRecord>>('/sources/maintenance', { limit: 500, ...query }, signal),
  })
}

export function useMaintenanceDue() {
  return useQuery({
    queryKey: ['sources', 'maintenance-due'],
    queryFn: ({ signal }) => api.get<MaintenanceDue>('/sources/maintenance-due', {}, signal),
  })
}

export function useWriteMaintenance() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: MaintenanceInput) => api.post<MaintenanceRecord>('/sources/maintenance', input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  })
}
