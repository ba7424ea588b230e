import type {
  AuditEntry,
  AuditVerification,
  ConfigEntry,
  CreateUser,
  Health,
  Job,
  Organization,
  UpdateUser,
  User,
} from '@shanshui/contract'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'

interface List<T> {
  readonly items: readonly T[]
  readonly next?: string | null
}

export function useUsers() {
  return useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => api.get<List<User>>('/users', { limit: 500 }, signal),
  })
}

export function useOrganizations() {
  return useQuery({
    queryKey: ['organizations'],
    queryFn: ({ signal }) => api.get<List<Organization>>('/organizations', {}, signal),
  })
}

export interface Created {
  readonly user: User
  readonly oneTimePassword: string
}

export function useCreateUser() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CreateUser) => api.post<Created>('/users', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  })
}

export function useUpdateUser(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: UpdateUser) => api.patch<User>(`/users/${id}`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['users'] }),
  })
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (id: number) => api.post<{ oneTimePassword: string }>(`/users/${id}/password-reset`),
  })
}

export function useAudit(filter: { action: string; object: string }) {
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<List<AuditEntry>>('/audit', { ...filter, limit: 200, cursor: pageParam }, signal),
    getNextPageParam: (last) => last.next ?? null,
  })
}

export function useVerifyAudit() {
  return useMutation({ mutationFn: () => api.get<AuditVerification>('/audit/verification') })
}

export function useHealth() {
  return useQuery({
    queryKey: ['system', 'health'],
    refetchInterval: 15_000,
    queryFn: ({ signal }) => api.get<Health>('/system/health', {}, signal),
  })
}

export function useConfig() {
  return useQuery({
    queryKey: ['system', 'config'],
    queryFn: ({ signal }) => api.get<List<ConfigEntry>>('/system/config', {}, signal),
  })
}

export function useJobs() {
  return useQuery({
    queryKey: ['jobs'],
    refetchInterval: 5_000,
    queryFn: ({ signal }) => api.get<List<Job>>('/jobs', { limit: 50 }, signal),
  })
}
