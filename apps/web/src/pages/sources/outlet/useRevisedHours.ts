import type { OutletHourColumns, Revision, RevisionPage } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../api/client.ts'
import { useSession } from '../../../session/session.tsx'

/** Hours of the shown window whose value was replaced later; nothing where the user may not see observations. */
export function useRevisedHours(columns: OutletHourColumns, factor: string): readonly Revision[] {
  const { may } = useSession()
  const { outletId, times } = columns
  const from = times[0]
  const to = times.at(-1)
  const query = useQuery({
    queryKey: ['revisions', outletId, 'hour', from, to],
    enabled: may('series:read') && from !== undefined,
    queryFn: ({ signal }) =>
      api.get<RevisionPage>(
        `/points/${outletId}/revisions`,
        { period: 'hour', from, to, limit: 1000 },
        signal,
      ),
  })
  const items = query.data?.items
  return useMemo(
    () => items?.filter(({ changes }) => changes.some((change) => change.factor === factor)) ?? [],
    [items, factor],
  )
}
