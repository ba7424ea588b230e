import type { Import, ImportError } from '@shanshui/contract'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useEvent } from './events.tsx'

export type ImportDetail = Import & { readonly firstErrors: readonly ImportError[] }
interface ImportPage {
  readonly items: readonly Import[]
  readonly next: string | null
}

const root = 'imports'

export function useImports() {
  const client = useQueryClient()
  useEvent('import', () => void client.invalidateQueries({ queryKey: [root] }))
  return useInfiniteQuery({
    queryKey: [root, 'list'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      api.get<ImportPage>('/imports', { limit: 100, cursor: pageParam }, signal),
    getNextPageParam: (last) => last.next,
  })
}

export function useImport(id: number) {
  const client = useQueryClient()
  useEvent('import', () => void client.invalidateQueries({ queryKey: [root, id] }))
  return useQuery({
    queryKey: [root, id],
    queryFn: ({ signal }) => api.get<ImportDetail>(`/imports/${id}`, {}, signal),
    refetchInterval: (query) => (isRunning(query.state.data) ? 2_000 : false),
  })
}

export function isRunning(one: Import | undefined): boolean {
  return one?.state === 'queued' || one?.state === 'running'
}

export interface Upload {
  readonly file: File
  readonly kind: Import['kind']
  /** What the hour of a line names: the end of the hour (national files) or its start. */
  readonly hourLabel: 'end' | 'start'
}

export function useUpload() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, kind, hourLabel }: Upload) =>
      api.upload<Import>('/imports', file, { kind, hourLabel }),
    onSuccess: () => client.invalidateQueries({ queryKey: [root] }),
  })
}

export function useCancelImport(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<Import>(`/imports/${id}/cancel`),
    onSuccess: () => client.invalidateQueries({ queryKey: [root] }),
  })
}
