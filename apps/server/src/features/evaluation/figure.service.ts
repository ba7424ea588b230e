import type { FigureRef } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { listPoints, type Point } from '../registry/index.ts'
import { figuresByKeys, insertDependencies, insertFigures, replaceFigures } from './figure.repository.ts'
import type { FigureRow, NewFigure } from './figure.table.ts'
import { canonical, closureOf, type FigureEngine, figureEngine } from './figure-engine.ts'
import { type FigureRequest, figureKey } from './figure-request.ts'
import type { ComputedFigure } from './indicator.ts'
import { loadFigureData } from './load-figure-data.ts'

export type EngineDeps = Pick<Deps, 'db' | 'clock'>

/** Stored figures of a page or a report, by request. */
export interface FigureBook {
  ref(request: FigureRequest): FigureRef
  row(request: FigureRequest): FigureRow
  readonly rows: readonly FigureRow[]
}

/**
 * The figures of a set of requests. What is stored and fresh is taken as it is; what is missing or stale is calculated
 * and stored. `engine`: over data that the caller has already loaded. `verify`: indicators whose inputs change without
 * a roll-up (published indexes of peers); they are compared with the data every time.
 */
export async function openFigureBook(
  deps: EngineDeps,
  requests: readonly FigureRequest[],
  options: { engine?: FigureEngine; verify?: readonly string[]; cause?: string } = {},
): Promise<FigureBook> {
  const wanted = closureOf(requests)
  const keys = wanted.map(figureKey)
  const rows = new Map((await figuresByKeys(deps.db.pool, keys)).map((row) => [row.key, row]))
  const open = wanted.filter((request) => {
    const row = rows.get(figureKey(request))
    return row === undefined || row.state === 'stale' || options.verify?.includes(request.indicator) === true
  })
  if (open.length > 0) {
    const engine = options.engine ?? figureEngine(await loadFigureData(deps.db.pool, closureOf(open)))
    const changed = await store(deps, engine, open, rows, options.cause ?? '打开页面时计算')
    if (changed) for (const row of await figuresByKeys(deps.db.pool, keys)) rows.set(row.key, row)
  }
  const row = (request: FigureRequest): FigureRow => {
    const key = figureKey(canonical(request))
    const found = rows.get(key)
    if (found === undefined) throw new Error(`figure was not asked for: ${key}`)
    return found
  }
  return { row, ref: (request) => presentRef(row(request)), rows: [...rows.values()] }
}

export function presentRef(row: FigureRow): FigureRef {
  const { id, indicator, value, text, unit, state, note } = row
  return { id, indicator, value, text, unit, state, note }
}

/** Calculates `open` with all they stand on, and stores what is new or different. True when anything was written. */
export async function store(
  deps: EngineDeps,
  engine: FigureEngine,
  open: readonly FigureRequest[],
  rows: ReadonlyMap<string, FigureRow>,
  cause: string,
): Promise<boolean> {
  const computed = closureOf(open).map((request) => engine.figure(request))
  const fresh: ComputedFigure[] = []
  const replaced: ComputedFigure[] = []
  for (const figure of computed) {
    const row = rows.get(figure.key)
    if (row === undefined) fresh.push(figure)
    else if (row.state === 'stale' || row.digest !== figure.digest || row.text !== figure.text)
      replaced.push(figure)
  }
  if (fresh.length === 0 && replaced.length === 0) return false
  const atMs = deps.clock.now()
  await deps.db.transaction(async (trx) => {
    const subjects = await subjectsOf(trx, fresh)
    if (fresh.length > 0)
      await insertFigures(
        trx,
        fresh.map((f) => newFigure(f, subjects)),
        atMs,
      )
    await replaceFigures(
      trx,
      replaced.map((f) => ({ ...f, inputs: f.basis.inputs.count })),
      { atMs, cause },
    )
    await insertDependencies(
      trx,
      fresh.flatMap((f) => f.dependsOn.map((on) => ({ key: f.key, on }))),
    )
  })
  return true
}

async function subjectsOf(q: Queryable, figures: readonly ComputedFigure[]): Promise<Map<number, Point>> {
  const ids = [...new Set(figures.map((f) => f.request.subjectId))]
  if (ids.length === 0) return new Map()
  return new Map((await listPoints(q, { ids })).map((point) => [point.id, point]))
}

function newFigure(figure: ComputedFigure, subjects: ReadonlyMap<number, Point>): NewFigure {
  const { request } = figure
  const subject = subjects.get(request.subjectId)
  if (subject === undefined) throw new Error(`subject ${request.subjectId} is not in the registry`)
  const direct = figure.dependsOn.length === 0
  return {
    key: figure.key,
    indicator: request.indicator,
    subjectId: request.subjectId,
    subjectName: subject.name,
    title: figure.title,
    from: request.from,
    to: request.to,
    edition: request.edition,
    sand: request.sand,
    stations: request.stations,
    pointIds: direct ? (request.stations ?? [request.subjectId]) : [],
    exact: figure.exact,
    value: figure.value,
    text: figure.text,
    unit: figure.unit,
    decimals: figure.decimals,
    note: figure.note,
    inputs: figure.basis.inputs.count,
    basis: figure.basis,
    digest: figure.digest,
    regionCode: subject.regionCode,
    ownerId: subject.ownerId,
  }
}

export function requestOf(row: FigureRow): FigureRequest {
  const { indicator, subjectId, from, to, edition, sand, stations } = row
  return { indicator, subjectId, from, to, edition, sand, stations }
}
