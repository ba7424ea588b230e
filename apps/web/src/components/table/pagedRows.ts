import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { Paging } from './DataTable.tsx'

interface KeysetPage<Row> {
  readonly items: readonly Row[]
  readonly next?: string | null
}

/** The rows read so far of a keyset list, and how its table asks for more. */
export function pagedRows<Row>(query: UseInfiniteQueryResult<InfiniteData<KeysetPage<Row>>>): {
  rows: readonly Row[]
  paging: Paging
} {
  return {
    rows: query.data?.pages.flatMap((page) => page.items) ?? [],
    paging: {
      next: query.hasNextPage ? 'more' : null,
      loading: query.isFetchingNextPage,
      onMore: () => void query.fetchNextPage(),
    },
  }
}
