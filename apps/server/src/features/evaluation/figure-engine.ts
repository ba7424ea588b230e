import { type AirEdition, airEditionInfo, airEditionOn, evaluatorById } from '@shanshui/standards'
import { type AirWindow, airWindow } from './air-window.ts'
import { periodKind, periodText } from './civil-day.ts'
import type { DayTable } from './day-table.ts'
import { type FigureRequest, figureKey } from './figure-request.ts'
import type { ComputedFigure, FigureDraft, Indicator } from './indicator.ts'
import { dayIndicators } from './indicators-of-days.ts'
import { indexIndicators } from './indicators-of-index.ts'
import { itemIndicators } from './indicators-of-items.ts'
import type { PeerIndexes } from './peers.ts'

export const indicators: readonly Indicator[] = [...itemIndicators, ...dayIndicators, ...indexIndicators]
const byName = new Map(indicators.map((i) => [i.indicator, i]))

export function indicatorByName(name: string): Indicator | undefined {
  return byName.get(name)
}

/** What the calculation reads, loaded beforehand: the engine itself touches no database. */
export interface FigureData {
  /** Day values of a subject for a choice of stations, covering every period that will be asked for. */
  table(subjectId: number, stations: readonly number[] | null): DayTable
  subjectName(subjectId: number): string
  peers(from: string, to: string): PeerIndexes
}

export interface FigureEngine {
  figure(request: FigureRequest): ComputedFigure
  window(request: FigureRequest): AirWindow
}

/** Requests whose sand handling changes nothing are one figure. Throws RangeError for an unknown indicator. */
export function canonical(request: FigureRequest): FigureRequest {
  const indicator = byName.get(request.indicator)
  if (indicator === undefined) throw new RangeError(`no such indicator: ${request.indicator}`)
  return indicator.sandMatters || request.sand === 'with' ? request : { ...request, sand: 'with' }
}

/** A request and everything it is calculated from, dependencies first, each once. */
export function closureOf(requests: readonly FigureRequest[]): FigureRequest[] {
  const found = new Map<string, FigureRequest>()
  const visit = (asked: FigureRequest): void => {
    const request = canonical(asked)
    const key = figureKey(request)
    if (found.has(key)) return
    for (const need of byName.get(request.indicator)?.needs(request) ?? []) visit(need)
    found.set(key, request)
  }
  for (const request of requests) visit(request)
  return [...found.values()]
}

/** Calculates figures; what several of them need (windows, statistics, digests, figures) is calculated once. */
export function figureEngine(data: FigureData): FigureEngine {
  const windows = new Map<string, AirWindow>()
  const figures = new Map<string, ComputedFigure>()

  function window(request: FigureRequest): AirWindow {
    const { subjectId, stations, from, to, edition } = request
    const name = `${subjectId}|${stations?.join(',') ?? 'all'}|${from}|${to}|${edition}`
    const known = windows.get(name)
    if (known !== undefined) return known
    const made = airWindow(data.table(subjectId, stations), from, to, edition)
    windows.set(name, made)
    return made
  }

  function figure(asked: FigureRequest): ComputedFigure {
    const request = canonical(asked)
    const key = figureKey(request)
    const known = figures.get(key)
    if (known !== undefined) return known
    const indicator = byName.get(request.indicator) as Indicator
    const draft = indicator.compute({
      request,
      window: () => window(request),
      of: figure,
      peers: () => data.peers(request.from, request.to),
    })
    const computed = finish(indicator, request, key, draft, data.subjectName(request.subjectId))
    figures.set(key, computed)
    return computed
  }
  return { figure, window }
}

function finish(
  indicator: Indicator,
  request: FigureRequest,
  key: string,
  draft: FigureDraft,
  subject: string,
): ComputedFigure {
  const decimals = indicator.decimals(request.edition)
  const edition = editionInfo(request.edition)
  const scope = request.stations === null ? '' : `（${request.stations.length} 个选定点位）`
  return {
    key,
    request,
    title: `${subject}${scope}${periodText(request.from, request.to)}${indicator.zh(periodKind(request.from, request.to))}`,
    exact: draft.exact,
    value: draft.value,
    text: figureText(draft.value, decimals, indicator.signed === true),
    unit: indicator.unit,
    decimals,
    note: draft.note ?? null,
    digest: draft.inputs.digest,
    dependsOn: indicator.needs(request).map((need) => figureKey(canonical(need))),
    basis: {
      standard: `${edition.limits}，${edition.aqi}，${edition.statistics}`,
      edition: request.edition,
      clauses: [...draft.clauses],
      evaluator: indicator.evaluator,
      evaluatorVersion: evaluatorById(indicator.evaluator)?.version ?? '',
      formula: draft.formula,
      inputs: draft.inputs,
      exclusions: [...(draft.exclusions ?? [])],
      trace: [...(draft.trace ?? [])],
      unverified: [...(draft.unverified ?? []), ...straddling(request)],
    },
  }
}

/** The printed text of a value: fixed decimals, sign when asked, a dash when there is none. */
export function figureText(value: number | null, decimals: number, signed: boolean): string {
  if (value === null) return '—'
  const text = value.toFixed(decimals)
  return signed && value > 0 ? `+${text}` : text
}

export function editionInfo(edition: AirEdition) {
  const info = airEditionInfo.find((e) => e.edition === edition)
  if (info === undefined) throw new RangeError(`no such edition: ${edition}`)
  return info
}

/** Edition of a period when none is asked for by name: the one in force on its last day. */
export const editionOfPeriod = (to: string): AirEdition => airEditionOn(to)

/** A period across a change of the standard: how the ministry judges it is not published, so the figure says so. */
function straddling(request: FigureRequest): string[] {
  if (airEditionOn(request.from) === airEditionOn(request.to)) return []
  return [
    `时段跨越标准更替，全时段统一按 ${editionInfo(request.edition).zh} 评价；官方对跨版本年度的评价口径未见公布`,
  ]
}
