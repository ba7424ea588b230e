import type {
  AccountingInput,
  AllowanceAccount,
  AllowanceAccountInput,
  AllowanceApplication,
  AllowanceApplicationInput,
  AllowanceEntry,
  AllowanceEntryInput,
  ConfigurableNumber,
  LedgerRow,
  PermittedAgainstActual,
  ReductionClaim,
  ReductionClaimDetail,
  ReductionClaimInput,
  ReductionProgress,
  ReductionProjectInput,
  ReductionState,
  ReductionTarget,
  ReductionTargetInput,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { type KeysetList, useKeyset } from './keyset.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

export interface LedgerPage extends KeysetList<LedgerRow> {
  readonly tolerance: ConfigurableNumber
}

export function useTotalRefresh(): void {
  useRefreshOn('total', ['totals'])
}

export function useLedgers(filter: {
  year: number
  regionCode: number
  pollutant: string
  diverging: boolean
}) {
  return useKeyset<LedgerRow, LedgerPage>({
    queryKey: ['totals', 'ledgers', filter],
    path: '/tonnage/ledgers',
    query: {
      year: filter.year,
      regionCode: scoped(filter.regionCode),
      pollutant: filter.pollutant === '' ? undefined : filter.pollutant,
      diverging: filter.diverging ? true : undefined,
    },
    limit: 100,
  })
}

export function usePermitted(year: number, regionCode: number) {
  return useQuery({
    queryKey: ['totals', 'permitted', year, regionCode],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly PermittedAgainstActual[]; asOf: string }>(
        '/tonnage/permitted',
        { year, regionCode: scoped(regionCode) },
        signal,
      ),
  })
}

export function useReductionProgress(year: number, regionCode: number) {
  return useQuery({
    queryKey: ['totals', 'progress', year, regionCode],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly ReductionProgress[]; asOf: string }>(
        '/reduction-progress',
        { year, regionCode: scoped(regionCode) },
        signal,
      ),
  })
}

export function useReductions(filter: {
  year?: number
  regionCode: number
  state?: ReductionState | undefined
}) {
  return useKeyset<ReductionClaim>({
    queryKey: ['totals', 'reductions', filter],
    path: '/reductions',
    query: { ...filter, regionCode: scoped(filter.regionCode) },
    limit: 100,
  })
}

export function useReduction(id: number) {
  return useQuery({
    queryKey: ['totals', 'reduction', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<ReductionClaimDetail>(`/reductions/${id}`, {}, signal),
  })
}

export function useAccounts(regionCode: number) {
  return useQuery({
    queryKey: ['totals', 'accounts', regionCode],
    queryFn: ({ signal }) =>
      api.get<KeysetList<AllowanceAccount>>(
        '/allowance/accounts',
        { regionCode: scoped(regionCode) },
        signal,
      ),
  })
}

export function useEntries(accountId: number) {
  return useKeyset<AllowanceEntry>({
    queryKey: ['totals', 'entries', accountId],
    path: `/allowance/accounts/${accountId}/entries`,
    limit: 100,
    enabled: accountId > 0,
    keepsRows: false,
  })
}

export function useApplications(regionCode: number) {
  return useKeyset<AllowanceApplication>({
    queryKey: ['totals', 'applications', regionCode],
    path: '/allowance/applications',
    query: { regionCode: scoped(regionCode) },
    limit: 100,
  })
}

function useTotalMutation<I, O>(send: (input: I) => Promise<O>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: ['totals'] }),
  })
}

export const useReconcile = () =>
  useTotalMutation((year: number) =>
    api.post<{ compared: number; diverging: number; leads: number }>('/tonnage/reconcile', { year }),
  )

export interface ReductionStep {
  readonly id: number
  readonly version: number
  readonly event: 'start' | 'complete' | 'verify' | 'recognise' | 'reject'
  readonly tonnes?: number
  readonly reason?: string
}
export const useReductionStep = () =>
  useTotalMutation(({ id, event, ...rest }: ReductionStep) => {
    const advances = event === 'start' || event === 'complete'
    return api.post<ReductionClaimDetail>(`/reductions/${id}/${advances ? 'advance' : 'review'}`, {
      event,
      ...rest,
    })
  })

export interface Decision {
  readonly id: number
  readonly version: number
  readonly decision: 'approve' | 'refuse'
  readonly sources?: readonly { readonly accountId: number; readonly tonnes: number }[]
  readonly reason?: string
}
export const useDecision = () =>
  useTotalMutation(({ id, ...body }: Decision) =>
    api.post<AllowanceApplication>(`/allowance/applications/${id}/decision`, body),
  )

export const usePutTarget = () =>
  useTotalMutation((input: ReductionTargetInput) => api.put<ReductionTarget>('/reduction-targets', input))

export const useCreateProject = () =>
  useTotalMutation((input: { project: ReductionProjectInput; claims: readonly ReductionClaimInput[] }) =>
    api.post<{ projectId: number; claims: readonly ReductionClaimDetail[] }>('/reduction-projects', input),
  )

export const useCreateAccount = () =>
  useTotalMutation((input: AllowanceAccountInput) => api.post<AllowanceAccount>('/allowance/accounts', input))

export const useAddEntry = () =>
  useTotalMutation((input: AllowanceEntryInput) => api.post<AllowanceEntry>('/allowance/entries', input))

export const useCreateApplication = () =>
  useTotalMutation((input: AllowanceApplicationInput) =>
    api.post<AllowanceApplication>('/allowance/applications', input),
  )

export const usePutAccounting = () =>
  useTotalMutation((entries: readonly AccountingInput[]) =>
    api.put<{ stored: number }>('/tonnage/accounting', { entries }),
  )
