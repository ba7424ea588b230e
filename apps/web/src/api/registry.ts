import type {
  Feature,
  FeatureCollection,
  FeatureImportResult,
  FeatureInput,
  GatewayStation,
  KindInfo,
  Region,
  RegionInput,
} from '@shanshui/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSession } from '../session/session.tsx'
import { api } from './client.ts'
import { useKeyset } from './keyset.ts'

const HOUR_MS = 3_600_000

export function useRegions() {
  const { may } = useSession()
  return useQuery({
    queryKey: ['regions'],
    queryFn: ({ signal }) => api.get<{ items: Region[] }>('/regions', {}, signal),
    staleTime: HOUR_MS,
    enabled: may('registry:read'),
  })
}

export function useRegionBoundaries() {
  const { may } = useSession()
  return useQuery({
    queryKey: ['regions', 'geojson'],
    queryFn: ({ signal }) => api.get<FeatureCollection>('/regions.geojson', {}, signal),
    staleTime: HOUR_MS,
    enabled: may('registry:read'),
  })
}

export function useFeatures(kind: string) {
  const { may } = useSession()
  return useQuery({
    queryKey: ['features', kind],
    queryFn: ({ signal }) =>
      api.get<{ items: Feature[]; next: string | null }>('/features', { kind, limit: 1000 }, signal),
    staleTime: HOUR_MS,
    enabled: may('registry:read'),
  })
}

/** The features of a kind page by page, found by name and code, former ones too. */
export function useFeaturePages(kind: string, search: string) {
  return useKeyset<Feature>({
    queryKey: ['features', kind, 'pages', search],
    path: '/features',
    query: { kind, search },
    limit: 500,
    keepsRows: false,
  })
}

export function useKinds() {
  return useQuery({
    queryKey: ['kinds'],
    queryFn: ({ signal }) => api.get<{ items: KindInfo[] }>('/registry/kinds', {}, signal),
  })
}

/** Everything that shows places is asked for again when one was registered or changed. */
function useRegistryChanged(): () => Promise<unknown> {
  const client = useQueryClient()
  return () =>
    Promise.all(
      ['features', 'regions', 'kinds', 'air'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    )
}

export type FeatureChange =
  | { readonly id: number; readonly version: number; readonly input: FeatureInput }
  | { readonly kind: string; readonly input: FeatureInput }

export function useSaveFeature() {
  const changed = useRegistryChanged()
  return useMutation({
    mutationFn: (change: FeatureChange) =>
      'id' in change
        ? api.put<Feature>(`/features/${change.id}`, { ...change.input, version: change.version })
        : api.post<Feature>('/features', { ...change.input, kind: change.kind }),
    onSuccess: changed,
  })
}

export function useImportFeatures(kind: string) {
  const changed = useRegistryChanged()
  return useMutation({
    mutationFn: (file: File) => api.upload<FeatureImportResult>(`/registry/kinds/${kind}/import`, file),
    onSuccess: changed,
  })
}

/** One after the other and parents first: a county needs its city to be there. */
export function useSaveRegions() {
  const changed = useRegistryChanged()
  return useMutation({
    mutationFn: async (regions: readonly (RegionInput & { readonly code: number })[]) => {
      for (const { code, ...input } of regions) await api.put<Region>(`/regions/${code}`, input)
      return regions.length
    },
    onSettled: changed,
  })
}

export interface StationRegistration {
  readonly mn: string
  readonly pointId: number
  readonly password: string
  readonly reason: string
}

export function useRegisterStation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ mn, pointId, password, reason }: StationRegistration) =>
      api.put<GatewayStation>(`/gateway/stations/${encodeURIComponent(mn)}`, {
        pointId,
        enabled: true,
        reason,
        ...(password === '' ? {} : { password }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['gateway'] }),
  })
}
