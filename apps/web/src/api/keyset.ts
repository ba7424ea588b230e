import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { api, type Query } from './client.ts'

/** A list as the server gives it: `next` is the cursor of the following page, null at the end. */
export interface KeysetList<T> {
  readonly items: readonly T[]
  readonly next?: string | null
}

interface KeysetRequest {
  readonly queryKey: QueryKey
  readonly path: string
  readonly query?: Query
  /** Rows a page. */
  readonly limit: number
  readonly enabled?: boolean
  /** false: another key is another thing, whose rows must not be shown for this one's. */
  readonly keepsRows?: boolean
}

/** A keyset list read page by page; what is shown stays while a changed filter loads. `P`: a page with more than its items. */
export function useKeyset<T, P extends KeysetList<T> = KeysetList<T>>({
  queryKey,
  path,
  query,
  limit,
  enabled = true,
  keepsRows = true,
}: KeysetRequest) {
  return useInfiniteQuery({
    queryKey,
    enabled,
    ...(keepsRows && { placeholderData: keepPreviousData }),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => api.get<P>(path, { ...query, limit, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  })
}
