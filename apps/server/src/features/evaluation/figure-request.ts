import type { AirEdition } from '@shanshui/standards'
import { periodText, yearBefore } from './civil-day.ts'
import type { Sand } from './day-table.ts'

/** What a figure is of. The same request always means the same figure. */
export interface FigureRequest {
  readonly indicator: string
  /** A city (air-city) or a station (air-station). */
  readonly subjectId: number
  /** First and last civil day, both inclusive. */
  readonly from: string
  readonly to: string
  readonly edition: AirEdition
  readonly sand: Sand
  /** Chosen assessment stations, ascending; null: the city as published. */
  readonly stations: readonly number[] | null
}

/** Unique name of a figure: indicator|subject|period|edition|sand|stations. */
export function figureKey(request: FigureRequest): string {
  const { indicator, subjectId, from, to, edition, sand, stations } = request
  return [
    indicator,
    subjectId,
    `${from}/${to}`,
    edition,
    sand,
    stations === null ? 'all' : stations.join(','),
  ].join('|')
}

/** The same figure of the same span a year earlier, under the same edition (同口径). */
export function lastYear(request: FigureRequest): FigureRequest {
  return { ...request, ...yearBefore(request.from, request.to) }
}

export const spanText = (request: Pick<FigureRequest, 'from' | 'to'>): string =>
  periodText(request.from, request.to)
