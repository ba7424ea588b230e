import type {
  CapException,
  Draw,
  DrawDetail,
  InspectionPlan,
  InspectionPlanDetail,
  InspectionSetting,
  InspectionSkill,
  InspectionTask,
  InspectionTaskDetail,
  Inspector,
  OffSiteCheck,
  OffSiteFinding,
  PlanChange,
  PlanChangeCost,
  PoolKind,
  PoolSummary,
  PoolUnit,
  VisitKind,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { useKeyset } from './keyset.ts'
import { newId } from './newId.ts'
import { scoped } from './scoped.ts'
import { useRefreshOn } from './useRefreshOn.ts'

/** Everything about inspections is asked for again when one of them changed. */
export function useInspectionRefresh(): void {
  useRefreshOn('inspection', ['inspections'])
}

function useChanged(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['inspections'] })
}

export interface PlanFilter {
  readonly regionCode: number
}

export function usePlans({ regionCode }: PlanFilter) {
  return useKeyset<InspectionPlan>({
    queryKey: ['inspections', 'plans', regionCode],
    path: '/inspections/plans',
    query: { regionCode: scoped(regionCode) },
    limit: 30,
  })
}

export function usePlan(id: number) {
  return useQuery({
    queryKey: ['inspections', 'plan', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<InspectionPlanDetail>(`/inspections/plans/${id}`, {}, signal),
  })
}

export interface PlanRequest {
  readonly regionCode: number
  readonly from: string
  readonly to: string
}

export function useMakePlan() {
  const changed = useChanged()
  return useMutation({
    mutationFn: (request: PlanRequest) =>
      api.post<{ planId: number; jobId: number }>('/inspections/plans', {
        ...request,
        commandId: newId(),
      }),
    onSuccess: changed,
  })
}

/** What a change would cost; nothing is saved. */
export function useChangeCost(planId: number, version: number, change: PlanChange | undefined) {
  return useQuery({
    queryKey: ['inspections', 'cost', planId, version, change],
    enabled: change !== undefined,
    staleTime: 0,
    queryFn: () => api.post<PlanChangeCost>(`/inspections/plans/${planId}/cost`, { change }),
  })
}

export function useChangePlan(planId: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { version: number; change: PlanChange; reason?: string }) =>
      api.post<InspectionPlanDetail>(`/inspections/plans/${planId}/changes`, body),
    onSuccess: (plan) => client.setQueryData(['inspections', 'plan', planId], plan),
  })
}

export interface WhatIf {
  readonly more: number
  readonly value: number
  readonly gain: number
  readonly visits: number
  readonly moreVisits: number
  readonly seconds: number
  readonly added: readonly { candidateId: string; title: string; value: number }[]
}

export function useWhatIf(planId: number) {
  return useMutation({
    mutationFn: (more: number) => api.post<WhatIf>(`/inspections/plans/${planId}/what-if`, { more }),
  })
}

export function usePublishPlan(planId: number) {
  const changed = useChanged()
  return useMutation({
    mutationFn: (version: number) =>
      api.post<InspectionPlanDetail>(`/inspections/plans/${planId}/publish`, { version }),
    onSuccess: changed,
  })
}

export interface Pools {
  readonly regionCode: number
  readonly level: 'city' | 'county'
  readonly quarter: string
  readonly officers: number
  readonly builtAt: string | null
  readonly pools: readonly PoolSummary[]
}

export function usePools(regionCode: number) {
  return useQuery({
    queryKey: ['inspections', 'pools', regionCode],
    enabled: regionCode > 0,
    queryFn: ({ signal }) => api.get<Pools>('/inspections/pools', { regionCode }, signal),
  })
}

export function usePoolUnits(regionCode: number, kind: PoolKind | '') {
  return useKeyset<PoolUnit>({
    queryKey: ['inspections', 'pool-units', regionCode, kind],
    path: '/inspections/pools/units',
    query: { regionCode, kind },
    limit: 200,
    enabled: regionCode > 0,
  })
}

export function useBuildPools() {
  const changed = useChanged()
  return useMutation({
    mutationFn: (regionCode: number) =>
      api.post<{ added: number; moved: number; removed: number }>('/inspections/pools/build', { regionCode }),
    onSuccess: changed,
  })
}

export function useDraws(regionCode: number) {
  return useKeyset<Draw>({
    queryKey: ['inspections', 'draws', regionCode],
    path: '/inspections/draws',
    query: { regionCode: scoped(regionCode) },
    limit: 50,
  })
}

export function useDraw(id: number) {
  return useQuery({
    queryKey: ['inspections', 'draw', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<DrawDetail>(`/inspections/draws/${id}`, {}, signal),
  })
}

export interface DrawRequest {
  readonly regionCode: number
  readonly kind: PoolKind
  readonly publicRandomness: string
  readonly reserves?: number
}

export function useMakeDraw() {
  const changed = useChanged()
  return useMutation({
    mutationFn: (request: DrawRequest) =>
      api.post<DrawDetail>('/inspections/draws', { ...request, commandId: newId() }),
    onSuccess: changed,
  })
}

export function useDrawStep(id: number) {
  const changed = useChanged()
  return useMutation({
    mutationFn: ({ step, version }: { step: 'freeze' | 'publish'; version: number }) =>
      api.post<DrawDetail>(`/inspections/draws/${id}/${step}`, { version }),
    onSuccess: changed,
  })
}

export interface Replay {
  readonly equal: boolean
  readonly differences: readonly string[]
  readonly unitPoolHash: string
  readonly unitSeed: string
  readonly chosen: readonly string[]
}

export const useReplay = (id: number) =>
  useMutation({ mutationFn: () => api.get<Replay>(`/inspections/draws/${id}/replay`) })

export function useOffSiteCheck(enterpriseId: number, days: number) {
  return useQuery({
    queryKey: ['inspections', 'off-site', enterpriseId, days],
    enabled: enterpriseId > 0,
    queryFn: ({ signal }) => api.get<OffSiteCheck>(`/inspections/off-site/${enterpriseId}`, { days }, signal),
  })
}

export function useFindings(enterpriseId: number) {
  return useKeyset<OffSiteFinding>({
    queryKey: ['inspections', 'findings', enterpriseId],
    path: '/inspections/findings',
    query: { enterpriseId },
    limit: 100,
  })
}

export function useRaiseFinding(enterpriseId: number) {
  const changed = useChanged()
  return useMutation({
    mutationFn: (item: string) =>
      api.post<OffSiteFinding>(`/inspections/off-site/${enterpriseId}/findings`, { item }),
    onSuccess: changed,
  })
}

export type FindingStep =
  | { readonly step: 'verify'; readonly note: string }
  | { readonly step: 'explain'; readonly explanation: string }
  | { readonly step: 'decide'; readonly decision: string; readonly note: string }

export function useFindingStep() {
  const changed = useChanged()
  return useMutation({
    mutationFn: ({ id, version, command }: { id: number; version: number; command: FindingStep }) => {
      const { step, ...body } = command
      return api.post<OffSiteFinding>(`/inspections/findings/${id}/${step}`, { ...body, version })
    },
    onSuccess: changed,
  })
}

export function useInspectors() {
  return useQuery({
    queryKey: ['inspections', 'inspectors'],
    queryFn: ({ signal }) => api.get<{ items: readonly Inspector[] }>('/inspections/inspectors', {}, signal),
  })
}

export interface InspectorInput {
  readonly certificate: string
  readonly certificateExpires: string
  readonly skills: readonly InspectionSkill[]
  readonly home: { readonly lon: number; readonly lat: number }
  readonly minutesPerDay: number
  readonly active: boolean
  readonly version?: number
}

export function useSaveInspector() {
  const changed = useChanged()
  return useMutation({
    mutationFn: ({ userId, input }: { userId: number; input: InspectorInput }) =>
      api.put<Inspector>(`/inspections/inspectors/${userId}`, input),
    onSuccess: changed,
  })
}

export function useAbsence(userId: number) {
  const changed = useChanged()
  return useMutation({
    mutationFn: (change: { from: string; to: string; reason: string } | { remove: number }) =>
      'remove' in change
        ? api.delete<Inspector>(`/inspections/inspectors/${userId}/absences/${change.remove}`)
        : api.post<Inspector>(`/inspections/inspectors/${userId}/absences`, change),
    onSuccess: changed,
  })
}

export function useInspectionSettings() {
  return useQuery({
    queryKey: ['inspections', 'settings'],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly InspectionSetting[] }>('/inspections/settings', {}, signal),
  })
}

export function useSaveInspectionSetting() {
  const changed = useChanged()
  return useMutation({
    mutationFn: ({
      key,
      ...body
    }: { key: string } & Pick<InspectionSetting, 'value' | 'source' | 'status'>) =>
      api.put<InspectionSetting>(`/inspections/settings/${key}`, body),
    onSuccess: changed,
  })
}

export interface TaskFilter {
  readonly regionCode: number
  readonly from: string
  readonly to: string
  readonly mine: boolean
}

export function useInspectionTasks({ regionCode, mine, ...days }: TaskFilter) {
  return useKeyset<InspectionTask>({
    queryKey: ['inspections', 'tasks', regionCode, mine, days],
    path: '/inspections/tasks',
    query: { regionCode: scoped(regionCode), ...days, ...(mine && { mine }) },
    limit: 200,
  })
}

export function useInspectionTask(id: number) {
  return useQuery({
    queryKey: ['inspections', 'task', id],
    enabled: id > 0,
    queryFn: ({ signal }) => api.get<InspectionTaskDetail>(`/inspections/tasks/${id}`, {}, signal),
  })
}

export interface TaskRequest {
  readonly enterpriseId: number
  readonly kind: VisitKind
  readonly date: string
  readonly officers: readonly number[]
  readonly checklists: readonly string[]
  readonly reason: string
  readonly exception?: CapException
}

export function useOpenTask() {
  const changed = useChanged()
  return useMutation({
    mutationFn: (request: TaskRequest) =>
      api.post<InspectionTaskDetail>('/inspections/tasks', { ...request, commandId: newId() }),
    onSuccess: changed,
  })
}
