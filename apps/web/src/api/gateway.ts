import type {
  CommandKind,
  GatewayCommand,
  GatewayConnection,
  GatewayStation,
  GatewayStatus,
  MissingHours,
  QuarantineDetail,
  QuarantineGroup,
  QuarantineItem,
} from '@shanshui/contract'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useRefreshOn } from './useRefreshOn.ts'

const root = 'gateway'
const POLL_MS = 5_000

interface List<T> {
  readonly items: readonly T[]
  readonly next?: string | null
}

/** The gateway as it stands; refreshed by its own events and, should they fail, every few seconds. */
export function useGatewayStatus() {
  useRefreshOn('gateway', [root])
  return useQuery({
    queryKey: [root, 'status'],
    refetchInterval: POLL_MS,
    queryFn: ({ signal }) => api.get<GatewayStatus>('/gateway/status', {}, signal),
  })
}

export function useGatewayStations() {
  return useQuery({
    queryKey: [root, 'stations'],
    refetchInterval: 2 * POLL_MS,
    queryFn: ({ signal }) => api.get<List<GatewayStation>>('/gateway/stations', {}, signal),
  })
}

export function useGatewayConnections() {
  return useQuery({
    queryKey: [root, 'connections'],
    refetchInterval: 2 * POLL_MS,
    queryFn: ({ signal }) => api.get<List<GatewayConnection>>('/gateway/connections', { limit: 100 }, signal),
  })
}

export function useGatewayCommands() {
  return useQuery({
    queryKey: [root, 'commands'],
    refetchInterval: 2 * POLL_MS,
    queryFn: ({ signal }) => api.get<List<GatewayCommand>>('/gateway/commands', { limit: 50 }, signal),
  })
}

export interface CommandOrder {
  readonly mn: string
  readonly kind: CommandKind
  readonly from?: string
  readonly to?: string
}

export function useSendCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (order: CommandOrder) => api.post<GatewayCommand>('/gateway/commands', order),
    onSuccess: () => client.invalidateQueries({ queryKey: [root, 'commands'] }),
  })
}

export function useMissingHours(from: string, hours: number) {
  return useQuery({
    queryKey: [root, 'missing-hours', from, hours],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<MissingHours>('/gateway/missing-hours', { from, hours }, signal),
  })
}

export function useQuarantineGroups() {
  return useQuery({
    queryKey: [root, 'quarantine', 'groups'],
    queryFn: ({ signal }) => api.get<List<QuarantineGroup>>('/gateway/quarantine/groups', {}, signal),
  })
}

export function useQuarantine(filter: { reason: string; mn: string; state: string }) {
  return useQuery({
    queryKey: [root, 'quarantine', 'list', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.get<List<QuarantineItem>>('/gateway/quarantine', { ...filter, limit: 200 }, signal),
  })
}

export function useQuarantineDetail(id: string) {
  return useQuery({
    queryKey: [root, 'quarantine', id],
    enabled: id !== '',
    queryFn: ({ signal }) => api.get<QuarantineDetail>(`/gateway/quarantine/${id}`, {}, signal),
  })
}

/** `release` runs the frame again under the registration as it is now; `dismiss` keeps it and asks no more. */
export function useQuarantineDecision() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({
      action,
      ids,
      reason,
    }: {
      action: 'release' | 'dismiss'
      ids: readonly string[]
      reason: string
    }) =>
      api.post<{ released?: number; dismissed?: number }>(`/gateway/quarantine/${action}`, { ids, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: [root, 'quarantine'] }),
  })
}
