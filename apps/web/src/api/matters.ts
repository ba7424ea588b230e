import type {
  MatterBrief,
  MatterDeadline,
  MatterDetail,
  MatterPartiesInput,
  MatterPhaseName,
  MatterSummary,
  MatterVerification,
  ProblemSource,
  WorkflowBrief,
} from '@shanshui/contract'
import type { WorkflowDefinition } from '@shanshui/workflow'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Query } from './client.ts'
import { useKeyset } from './keyset.ts'
import { isProblem } from './problem.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

const HOUR_MS = 3_600_000

/** Everything about matters is asked for again when one of them changed. */
export function useMatterRefresh(): void {
  useRefreshOn('matter', ['matters'])
}

export interface MatterFilter {
  /** Ids of workflows, separated by commas; empty for all. */
  readonly workflow: string
  readonly regionCode: number
  readonly phase?: MatterPhaseName | 'all'
  readonly state?: string
  readonly mine?: boolean
  readonly waitsForMe?: boolean
  readonly overdue?: boolean
  readonly rebounded?: boolean
  readonly enterpriseId?: number
  readonly problemId?: number
  readonly search?: string
  readonly order?: 'recent' | 'due'
  /** What stands in the fields comes along. */
  readonly fields?: boolean
}

/** Only what narrows the list goes into the address of the request: `false` means both. */
export const matterQuery = ({ regionCode, ...filter }: MatterFilter): Query => ({
  ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== false && value !== '')),
  regionCode: scoped(regionCode),
})

export function useMatters(filter: MatterFilter, limit = 200) {
  return useKeyset<MatterBrief>({
    queryKey: ['matters', 'list', filter, limit],
    path: '/matters',
    query: matterQuery(filter),
    limit,
  })
}

export function useMattersToDo(workflow: string) {
  return useKeyset<MatterBrief>({
    queryKey: ['matters', 'todo', workflow],
    path: '/matters/todo',
    query: { workflow },
    limit: 500,
  })
}

export function useMatterSummary(filter: { workflow: string; regionCode: number; mine?: boolean }) {
  return useQuery({
    queryKey: ['matters', 'summary', filter],
    queryFn: ({ signal }) => api.get<MatterSummary>('/matters/summary', matterQuery(filter), signal),
  })
}

/** Limits that have passed or will within `days`, the longest overdue first. */
export function useMattersDue(regionCode: number, days: number, limit: number) {
  return useQuery({
    queryKey: ['matters', 'due', regionCode, days, limit],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly MatterDeadline[]; next: string | null }>(
        '/matters/due',
        { regionCode: scoped(regionCode), days, limit },
        signal,
      ),
  })
}

const matterKey = (id: number) => ['matters', 'one', id] as const

export function useMatter(id: number) {
  return useQuery({
    queryKey: matterKey(id),
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<MatterDetail>(`/matters/${id}`, {}, signal),
  })
}

export function useVerifyMatter() {
  return useMutation({ mutationFn: (id: number) => api.get<MatterVerification>(`/matters/${id}/verify`) })
}

export function useWorkflows() {
  return useQuery({
    queryKey: ['workflows'],
    staleTime: HOUR_MS,
    queryFn: ({ signal }) => api.get<{ items: readonly WorkflowBrief[] }>('/workflows', {}, signal),
  })
}

/** Definition of a workflow as the server runs it. */
export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: ['workflows', id],
    staleTime: HOUR_MS,
    queryFn: ({ signal }) => api.get<WorkflowDefinition>(`/workflows/${id}`, {}, signal),
  })

export function useWorkflow(id: string | undefined) {
  return useQuery({ ...workflowQuery(id ?? ''), enabled: id !== undefined && id !== '' })
}

/** What a write changes is shown everywhere: lists, counts, the matter itself and the problem that it treats. */
function useMatterWritten(): (detail?: MatterDetail) => Promise<unknown> {
  const client = useQueryClient()
  return (detail) => {
    if (detail !== undefined) client.setQueryData(matterKey(detail.matter.id), detail)
    return Promise.all(
      ['matters', 'problems', 'evidence'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    )
  }
}

/** Somebody else was faster, or the version that was read is no longer the present one. */
export const isConflict = (error: unknown): boolean => isProblem(error) && error.problem.status === 409

export interface MatterOpeningInput {
  readonly workflow: string
  readonly title: string
  readonly regionCode: number
  readonly featureId?: number
  readonly enterpriseId?: number
  readonly problemId?: number
  readonly parentId?: number
  readonly source?: ProblemSource
  readonly ref?: string
  readonly parties: MatterPartiesInput
  readonly fields?: Record<string, unknown>
  readonly commandId: string
}

export function useOpenMatter() {
  const written = useMatterWritten()
  return useMutation({
    mutationFn: (body: MatterOpeningInput) => api.post<MatterDetail>('/matters', body),
    onSuccess: (detail) => written(detail),
  })
}

export interface StepInput {
  readonly transition: string
  readonly version: number
  readonly reason?: string
  readonly fields?: Record<string, unknown>
  readonly parties?: MatterPartiesInput
  readonly lookBackMonths?: number
  /** The same for every repetition of one and the same act: it is done once. */
  readonly commandId: string
}

/** One step. On a conflict the matter is read afresh, so that the form shows what has changed meanwhile. */
export function useStepMatter(id: number) {
  const written = useMatterWritten()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: StepInput) => api.post<MatterDetail>(`/matters/${id}/steps`, body),
    onSuccess: (detail) => written(detail),
    onError: (error) =>
      isConflict(error) ? client.invalidateQueries({ queryKey: matterKey(id) }) : undefined,
  })
}

export function useAssignMatter(id: number) {
  const written = useMatterWritten()
  return useMutation({
    mutationFn: (body: { version: number; parties: MatterPartiesInput; reason: string; commandId: string }) =>
      api.post<MatterDetail>(`/matters/${id}/parties`, body),
    onSuccess: (detail) => written(detail),
  })
}

export function useCommentMatter(id: number) {
  const written = useMatterWritten()
  return useMutation({
    mutationFn: (body: { text: string; commandId: string }) =>
      api.post<MatterDetail>(`/matters/${id}/comments`, body),
    onSuccess: (detail) => written(detail),
  })
}
