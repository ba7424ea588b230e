import type { ChannelStatus, Contact, Delivery, Notice, NoticeChannel } from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSession } from '../session/session.tsx'
import { api } from './client.ts'
import { useKeyset } from './keyset.ts'
import { useRefreshOn } from './useRefreshOn.ts'

interface NoticeList {
  readonly items: readonly Notice[]
  readonly next: string | null
  readonly unread: number
}

/** The newest notices of the person signed in; live. */
export function useNotices() {
  const { session } = useSession()
  useRefreshOn(`notice:${session.user.id}`, ['notices', 'own'])
  return useQuery({
    queryKey: ['notices', 'own'],
    queryFn: ({ signal }) => api.get<NoticeList>('/notices', { limit: 50 }, signal),
  })
}

export function useReadNotices() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (which: { ids?: number[]; upTo?: number }) =>
      api.post<{ unread: number }>('/notices/read', which),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices', 'own'] }),
  })
}

export function useContact() {
  return useQuery({
    queryKey: ['notices', 'contact'],
    queryFn: ({ signal }) => api.get<Contact & { channels: NoticeChannel[] }>('/notices/contact', {}, signal),
  })
}

export function useSaveContact() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (contact: Contact) => api.put<Contact>('/notices/contact', contact),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices', 'contact'] }),
  })
}

export function useChannels() {
  return useQuery({
    queryKey: ['notices', 'channels'],
    queryFn: ({ signal }) => api.get<{ items: ChannelStatus[] }>('/notices/channels', {}, signal),
  })
}

export function useOutbox(filter: { state: string; channel: string }) {
  useRefreshOn('notice', ['notices'])
  return useKeyset<Delivery>({
    queryKey: ['notices', 'outbox', filter],
    path: '/notices/outbox',
    query: filter,
    limit: 100,
    keepsRows: false,
  })
}

/** One failed delivery again, or all of them. */
export function useRetry() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number | undefined) =>
      api.post<unknown>(id === undefined ? '/notices/outbox/retry' : `/notices/outbox/${id}/retry`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
}

export function useSendTest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<void>('/notices/test'),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
}
