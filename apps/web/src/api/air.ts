import type {
  AirEditionName,
  AirHours,
  AirMonths,
  AirOverview,
  AirPercentiles,
  AirRanking,
  AirStationDays,
  AirYear,
  SandHandling,
} from '@shanshui/contract'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Query } from './client.ts'
import { useEvent } from './events.tsx'

/** Same-basis switch: `auto` follows the date of the datum; `''` leaves the treatment of sand to the standard. */
export interface BasisChoice {
  readonly edition: 'auto' | AirEditionName
  readonly sand: '' | SandHandling
  readonly stations: readonly string[]
}

export function basisQuery(basis: BasisChoice): Query {
  return {
    edition: basis.edition === 'auto' ? undefined : basis.edition,
    sand: basis.sand,
    stations: basis.stations.length === 0 ? undefined : basis.stations,
  }
}

function useAirQuery<T>(key: readonly unknown[], path: string, query: Query, enabled = true) {
  return useQuery({
    queryKey: ['air', ...key, query],
    queryFn: ({ signal }) => api.get<T>(path, query, signal),
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** Values that changed on the server are read again: the page shows no number that the database no longer holds. */
export function useAirRefresh(): void {
  const client = useQueryClient()
  useEvent<unknown>('figure', () => void client.invalidateQueries({ queryKey: ['air'] }))
  useEvent<unknown>('series', () => void client.invalidateQueries({ queryKey: ['air'] }))
}

export const useAirOverview = (city: number | undefined, basis: BasisChoice) =>
  useAirQuery<AirOverview>(['overview'], '/air/overview', { city, ...basisQuery(basis) })

export const useAirYear = (
  city: number | undefined,
  year: number,
  to: string | undefined,
  basis: BasisChoice,
) =>
  useAirQuery<AirYear>(
    ['year', city],
    `/air/cities/${city}/year`,
    { year, to, ...basisQuery(basis) },
    city !== undefined,
  )

export const useAirMonths = (city: number | undefined, year: number, basis: BasisChoice) =>
  useAirQuery<AirMonths>(
    ['months', city],
    `/air/cities/${city}/months`,
    { year, ...basisQuery(basis) },
    city !== undefined,
  )

export const useAirRanking = (city: number | undefined, period: string, basis: BasisChoice) =>
  useAirQuery<AirRanking>(
    ['ranking', city],
    `/air/cities/${city}/ranking`,
    { period, ...basisQuery(basis) },
    city !== undefined,
  )

export const useAirPercentiles = (
  city: number | undefined,
  year: number,
  to: string | undefined,
  basis: BasisChoice,
) =>
  useAirQuery<AirPercentiles>(
    ['percentiles', city],
    `/air/cities/${city}/percentiles`,
    { year, to, ...basisQuery(basis) },
    city !== undefined,
  )

export const useAirHours = (city: number | undefined, at: string | undefined) =>
  useAirQuery<AirHours>(['hours'], '/air/hours', { city, at })

export const useAirStationDays = (
  station: number,
  from: string,
  to: string,
  basis: Omit<BasisChoice, 'stations'>,
) =>
  useAirQuery<AirStationDays>(['station', station], `/air/stations/${station}/days`, {
    from,
    to,
    ...basisQuery({ ...basis, stations: [] }),
  })
