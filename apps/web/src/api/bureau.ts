import type {
  AttendanceImport,
  BurdenMeter,
  ServiceRecord,
  serviceGroups,
  TaskBoard,
  Training,
  TrainingDetail,
  TrainingInput,
  TrainingKind,
  TrainingSummary,
  TrainingTheme,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useKeyset } from './keyset.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

export type ServiceGroup = (typeof serviceGroups)[number]

/** Key tasks of a year with their quarters and the expected end; asked again whenever a matter changes. */
export function useTaskBoard(year: number, regionCode: number) {
  return useQuery({
    queryKey: ['matters', 'task-board', year, regionCode],
    queryFn: ({ signal }) =>
      api.get<TaskBoard>('/bureau/task-board', { year, regionCode: scoped(regionCode) }, signal),
  })
}

export function useTrainingRefresh(): void {
  useRefreshOn('bureau', ['trainings'])
}

/** Both days included, YYYY-MM-DD. */
export function useTrainingSummary(from: string, to: string, regionCode: number) {
  return useQuery({
    queryKey: ['trainings', 'summary', from, to, regionCode],
    queryFn: ({ signal }) =>
      api.get<TrainingSummary>('/trainings/summary', { from, to, regionCode: scoped(regionCode) }, signal),
  })
}

export function useTrainings(filter: {
  year: number
  regionCode: number
  kind: TrainingKind | undefined
  theme: TrainingTheme | undefined
}) {
  return useKeyset<Training>({
    queryKey: ['trainings', 'list', filter],
    path: '/trainings',
    query: { ...filter, regionCode: scoped(filter.regionCode) },
    limit: 100,
  })
}

export function useTraining(id: number) {
  return useQuery({
    queryKey: ['trainings', 'one', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<TrainingDetail>(`/trainings/${id}`, {}, signal),
  })
}

function useTrainingMutation<I, O>(send: (input: I) => Promise<O>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: ['trainings'] }),
  })
}

/** A new one, or another version of `of`. */
export const useSaveTraining = (of?: Pick<Training, 'id' | 'version'>) =>
  useTrainingMutation((input: TrainingInput) =>
    of === undefined
      ? api.post<TrainingDetail>('/trainings', input)
      : api.put<TrainingDetail>(`/trainings/${of.id}`, { ...input, version: of.version }),
  )

export const useWithdrawTraining = () =>
  useTrainingMutation(({ id, ...body }: { id: number; version: number; reason: string }) =>
    api.post<undefined>(`/trainings/${id}/withdraw`, body),
  )

/** A list of signatures, XLSX or CSV; lines that cannot be read come back beside what was added. */
export const useImportAttendance = (id: number) =>
  useTrainingMutation((file: File) =>
    api.upload<AttendanceImport>(`/trainings/${id}/attendance/import`, file),
  )

export function useServiceRecord(query: { from: string; to: string; by: ServiceGroup; regionCode: number }) {
  return useQuery({
    queryKey: ['matters', 'service-record', query],
    queryFn: ({ signal }) =>
      api.get<ServiceRecord>(
        '/bureau/service-record',
        { ...query, regionCode: scoped(query.regionCode) },
        signal,
      ),
  })
}

export function useBurden() {
  return useQuery({
    queryKey: ['burden'],
    queryFn: ({ signal }) => api.get<BurdenMeter>('/bureau/burden', {}, signal),
  })
}
