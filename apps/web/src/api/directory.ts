import type { DirectoryOrganization, DirectoryPerson } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '../session/session.tsx'
import { api } from './client.ts'

const HOUR_MS = 3_600_000

/** Organizations that can be named in a matter; enterprises are not among them. */
export function useDirectoryOrganizations() {
  const { may } = useSession()
  return useQuery({
    queryKey: ['directory', 'organizations'],
    staleTime: HOUR_MS,
    enabled: may('matter:read'),
    queryFn: ({ signal }) =>
      api.get<{ items: readonly DirectoryOrganization[] }>('/directory/organizations', {}, signal),
  })
}

/** People that can be named: of one's own organization, and of others for who may assign. */
export function useDirectoryPeople() {
  const { may } = useSession()
  return useQuery({
    queryKey: ['directory', 'people'],
    staleTime: HOUR_MS,
    enabled: may('matter:read'),
    queryFn: ({ signal }) => api.get<{ items: readonly DirectoryPerson[] }>('/directory/people', {}, signal),
  })
}
