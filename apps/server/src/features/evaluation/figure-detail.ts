import type { FigureDetail, FigureSummary } from '@shanshui/contract'
import { airEditions } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { AirDeps } from './air-scope.ts'
import { isoOf } from './civil-day.ts'
import {
  figureById,
  figuresByKeys,
  historyOf,
  listFigures,
  markStale,
  neighbours,
} from './figure.repository.ts'
import { openFigureBook, presentRef, requestOf } from './figure.service.ts'
import type { FigureRow, FigureWithBasis } from './figure.table.ts'
import { editionInfo, indicatorByName } from './figure-engine.ts'
import { type FigureRequest, figureKey } from './figure-request.ts'

/** What the reports room tells about a figure; handed in by main.ts because evaluation comes before reports. */
export interface ReportDoor {
  usesOf(figureIds: readonly number[]): Promise<FigureDetail['usedInReports']>
}
export const noReports: ReportDoor = { usesOf: async () => [] }

/** The figure as the actor may see it. Errors: `figure.unknown`. */
export async function visibleFigure(deps: AirDeps, actor: Actor, id: number): Promise<FigureWithBasis> {
  const figure = await deps.db.asActor(actor, (trx) => figureById(trx, id))
  if (figure === undefined)
    throw new AppError('figure.unknown', { detail: `没有数据项 ${id}，或不在您的数据范围内` })
  return figure
}

/** Everything that the drawer shows about a figure. */
export async function figureDetail(
  deps: AirDeps,
  actor: Actor,
  id: number,
  reports: ReportDoor,
): Promise<FigureDetail> {
  const figure = await visibleFigure(deps, actor, id)
  const live = await liveOf(deps, figure)
  const request = requestOf(figure)
  const others = airEditions
    .filter((edition) => edition !== figure.edition)
    .map((edition) => ({ ...request, edition }))
  const sandOther = otherSand(request)
  const book = await openFigureBook(deps, sandOther === null ? others : [...others, sandOther])
  const pool = deps.db.pool
  const { dependsOn, usedBy } = await neighbours(pool, live?.id ?? figure.id)
  const history = await historyOf(pool, live?.id ?? figure.id)
  return {
    ...presentFigure(figure),
    rounding: `GB/T 8170-2008 四舍六入五成双，一次修约，保留 ${figure.decimals} 位小数`,
    basis: figure.basis,
    otherEditions: others.map((other) => presentFigure(book.row(other))),
    otherSand: sandOther === null ? null : presentFigure(book.row(sandOther)),
    dependsOn: dependsOn.map(presentFigure),
    usedBy: usedBy.map(presentFigure),
    usedInReports: await reports.usesOf(live === undefined ? [figure.id] : [figure.id, live.id]),
    history: history.map(({ computedAtMs, ...rest }) => ({ computedAt: isoOf(computedAtMs), ...rest })),
    citation: citationOf(figure),
  }
}

async function liveOf(deps: AirDeps, figure: FigureRow): Promise<FigureRow | undefined> {
  if (figure.reportId === 0) return figure
  return (await figuresByKeys(deps.db.pool, [figure.key]))[0]
}

function otherSand(request: FigureRequest): FigureRequest | null {
  if (indicatorByName(request.indicator)?.sandMatters !== true) return null
  return { ...request, sand: request.sand === 'with' ? 'without' : 'with' }
}

export function presentFigure(row: FigureRow): FigureSummary {
  return {
    ...presentRef(row),
    key: row.key,
    title: row.title,
    subject: { id: row.subjectId, name: row.subjectName },
    period: { from: row.from, to: row.to },
    edition: row.edition,
    sand: row.sand,
    stations: row.stations === null ? null : [...row.stations],
    decimals: row.decimals,
    computedAt: isoOf(row.computedAtMs),
  }
}

/** A sentence that can be pasted into a paper: what, how much, by which standard, from how many values, which digest. */
export function citationOf(figure: FigureWithBasis): string {
  const unit = figure.unit === '' ? '' : ` ${figure.unit}`
  const sand =
    indicatorByName(figure.indicator)?.sandMatters === true
      ? figure.sand === 'without'
        ? '，扣除沙尘'
        : '，未扣除沙尘'
      : ''
  const note = figure.note === null ? '' : `；${figure.note}`
  return `${figure.title} ${figure.text}${unit}（${editionInfo(figure.edition).zh}${sand}；${figure.inputs} 个日值，数据摘要 ${figure.digest.slice(0, 12)}，${isoOf(figure.computedAtMs).slice(0, 16).replace('T', ' ')} 计算${note}）`
}

/** Newest first. `cursor`: id after which to go on. */
export async function figureList(
  deps: AirDeps,
  actor: Actor,
  query: {
    state?: string | undefined
    indicator?: string | undefined
    subject?: number | undefined
    limit?: number | undefined
    cursor?: string | undefined
  },
): Promise<{ items: FigureSummary[]; next: string | null }> {
  const limit = query.limit ?? 100
  const before = query.cursor === undefined ? undefined : Number(query.cursor)
  if (before !== undefined && !Number.isInteger(before)) throw new AppError('request.cursor-invalid')
  const { state, indicator, subject } = query
  const rows = await deps.db.asActor(actor, (trx) =>
    listFigures(trx, { state, indicator, subject, before, limit }),
  )
  return { items: rows.map(presentFigure), next: rows.length === limit ? String(rows.at(-1)?.id) : null }
}

/** Recalculates a live figure from the data of this moment; a frozen one stays and its live twin is recalculated. */
export async function recomputeFigure(
  deps: AirDeps,
  actor: Actor,
  id: number,
  reports: ReportDoor,
): Promise<FigureDetail> {
  requirePermission(actor, 'figure:read')
  const figure = await visibleFigure(deps, actor, id)
  const live = await liveOf(deps, figure)
  await deps.db.transaction(async (trx) => {
    if (live !== undefined) await markStale(trx, [live.id], `${actor.name} 要求重算`)
    await recordAudit(trx, actor, 'figure.recomputed', `figure:${id}`, { key: figureKey(requestOf(figure)) })
  })
  await openFigureBook(deps, [requestOf(figure)], { cause: `${actor.name} 要求重算` })
  return figureDetail(deps, actor, id, reports)
}
