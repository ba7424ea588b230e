import type { Feature, Mark, MissingHours, ObservationColumns, Revision } from '@shanshui/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../api/client.ts'

export type StationPeriod = 'hour' | 'day'
const PAGE = 10_000
const MAX_PAGES = 3

export interface Window {
  readonly from: string
  readonly to: string
}

export function useStationFeature(id: number) {
  return useQuery({
    queryKey: ['feature', id],
    queryFn: ({ signal }) => api.get<Feature>(`/features/${id}`, {}, signal),
    enabled: id > 0,
  })
}

/** One factor of one point over a window, invalid values included: the page shows what was judged invalid, too. */
export function useObservations(id: number, period: StationPeriod, factor: string, window: Window) {
  return useQuery({
    queryKey: ['observations', id, period, factor, window],
    queryFn: ({ signal }) => readAll(id, period, factor, window, signal),
    enabled: id > 0,
    placeholderData: keepPreviousData,
  })
}

async function readAll(
  id: number,
  period: StationPeriod,
  factor: string,
  window: Window,
  signal: AbortSignal,
): Promise<ObservationColumns> {
  const query = {
    period,
    from: window.from,
    to: window.to,
    factors: factor,
    includeInvalid: true,
    limit: PAGE,
  }
  let all = await api.get<ObservationColumns>(`/points/${id}/observations`, query, signal)
  for (let page = 1; page < MAX_PAGES && all.next !== null; page++) {
    const more = await api.get<ObservationColumns>(
      `/points/${id}/observations`,
      { ...query, cursor: all.next },
      signal,
    )
    all = join(all, more, factor)
  }
  return all
}

function join(a: ObservationColumns, b: ObservationColumns, factor: string): ObservationColumns {
  return {
    ...a,
    next: b.next,
    count: a.count + b.count,
    times: [...a.times, ...b.times],
    msg: [...a.msg, ...b.msg],
    values: { [factor]: [...(a.values[factor] ?? []), ...(b.values[factor] ?? [])] },
    flags: { [factor]: (a.flags[factor] ?? '') + (b.flags[factor] ?? '') },
    marks: { [factor]: (a.marks[factor] ?? '') + (b.marks[factor] ?? '') },
  }
}

export function useMarks(id: number, window: Window) {
  return useQuery({
    queryKey: ['marks', id, window],
    queryFn: ({ signal }) =>
      api.get<{ items: Mark[] }>('/marks', { pointId: id, ...window, limit: 1000 }, signal),
    enabled: id > 0,
  })
}

export function useRevisions(id: number, period: StationPeriod, window: Window) {
  return useQuery({
    queryKey: ['revisions', id, period, window],
    queryFn: ({ signal }) =>
      api.get<{ items: Revision[]; next: string | null }>(
        `/points/${id}/revisions`,
        { period, ...window, limit: 200 },
        signal,
      ),
    enabled: id > 0,
  })
}

const DAY_HOURS = 24
const MAX_HOURS = 24 * 31

/** Why hours are missing; asked for the last month of the window at most, as the server's limit says. */
export function useMissingHours(id: number, window: Window, days: number, enabled: boolean) {
  const hours = Math.min(MAX_HOURS, Math.max(DAY_HOURS, days * DAY_HOURS))
  const from = new Date(Date.parse(`${window.to}T00:00:00+08:00`) - hours * 3_600_000).toISOString()
  return useQuery({
    queryKey: ['missing', id, from, hours],
    queryFn: ({ signal }) =>
      api.get<MissingHours>('/gateway/missing-hours', { from, hours, pointId: id }, signal),
    enabled: enabled && id > 0,
  })
}
