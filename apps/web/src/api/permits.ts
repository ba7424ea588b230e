import type {
  ExecutionReport,
  ExecutionReportDetail,
  ExecutionReportInput,
  Obligation,
  ObligationCounts,
  ObligationEnterprise,
  ObligationKind,
  ObligationState,
  PermitDetail,
  PermitSummary,
  ReportImportResult,
  SelfMonitoringResultInput,
} from '@shanshui/contract'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useKeyset } from './keyset.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

/** Everything about permits is asked for again when one of them changed. */
export function usePermitRefresh(): void {
  useRefreshOn('permit', ['permits'])
}

export function useObligationEnterprises(year: number, regionCode: number) {
  return useQuery({
    queryKey: ['permits', 'enterprises', year, regionCode],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly ObligationEnterprise[]; asOf: string }>(
        '/permit-obligations/enterprises',
        { year, regionCode: scoped(regionCode) },
        signal,
      ),
  })
}

export interface ObligationFilter {
  readonly regionCode: number
  readonly enterpriseId?: number | undefined
  readonly permitId?: number | undefined
  readonly kind?: ObligationKind | undefined
  readonly state?: ObligationState | undefined
  readonly from: string
  readonly to: string | undefined
}

export function useObligations(filter: ObligationFilter) {
  return useKeyset<Obligation>({
    queryKey: ['permits', 'obligations', filter],
    path: '/permit-obligations',
    query: { ...filter, regionCode: scoped(filter.regionCode) },
    limit: 200,
  })
}

export function useObligationCalendar(filter: {
  regionCode: number
  enterpriseId?: number | undefined
  from: string
  to: string
}) {
  return useQuery({
    queryKey: ['permits', 'calendar', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<{ days: readonly { day: string; counts: ObligationCounts }[] }>(
        '/permit-obligations/calendar',
        { ...filter, regionCode: scoped(filter.regionCode) },
        signal,
      ),
  })
}

export function usePermits(regionCode: number, search: string) {
  return useKeyset<PermitSummary>({
    queryKey: ['permits', 'list', regionCode, search],
    path: '/permits',
    query: { regionCode: scoped(regionCode), search: search === '' ? undefined : search },
    limit: 100,
  })
}

export function usePermit(id: number) {
  return useQuery({
    queryKey: ['permits', 'one', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<PermitDetail>(`/permits/${id}`, {}, signal),
  })
}

export function useExecutionReports(filter: {
  regionCode: number
  permitId?: number | undefined
  year?: number
}) {
  return useKeyset<ExecutionReport>({
    queryKey: ['permits', 'reports', filter],
    path: '/execution-reports',
    query: { ...filter, regionCode: scoped(filter.regionCode) },
    limit: 100,
  })
}

export function useExecutionReport(id: number) {
  return useQuery({
    queryKey: ['permits', 'report', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<ExecutionReportDetail>(`/execution-reports/${id}`, {}, signal),
  })
}

/** Mutations of this room change what its lists show. */
function usePermitMutation<I, O>(send: (input: I) => Promise<O>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: ['permits'] }),
  })
}

export const useSubmitReport = () =>
  usePermitMutation((input: ExecutionReportInput) =>
    api.post<ExecutionReportDetail>('/execution-reports', input),
  )

export const useImportReports = () =>
  usePermitMutation((file: File) => api.upload<ReportImportResult>('/execution-reports/import', file))

export const useEvidence = () =>
  usePermitMutation(({ id, evidence }: { id: number; evidence: string }) =>
    api.post<Obligation>(`/permit-obligations/${id}/evidence`, { evidence }),
  )

export const useWaiver = () =>
  usePermitMutation(({ id, reason }: { id: number; reason: string }) =>
    api.post<Obligation>(`/permit-obligations/${id}/waiver`, { reason }),
  )

export const useCompile = () =>
  usePermitMutation(() =>
    api.post<{ permits: number; obligations: number; done: number; overdue: number }>(
      '/permit-obligations/compile',
      {},
    ),
  )

export const useSubmitResult = () =>
  usePermitMutation((result: SelfMonitoringResultInput) =>
    api.post<{ stored: number }>('/self-monitoring-results', { results: [result] }),
  )
