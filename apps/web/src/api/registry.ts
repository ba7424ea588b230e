import type { Feature, FeatureCollection, Region } from '@shanshui/contract'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '../session/session.tsx'
import { api } from './client.ts'

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
