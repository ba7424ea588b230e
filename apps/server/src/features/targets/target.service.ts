import type { Target, TargetIndicator, TargetInput } from '@shanshui/contract'
import { airItems, isAirEdition } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import {
  cityFor,
  type Days,
  dayNumber,
  editionFor,
  evaluatedIndicator,
  type FigureBook,
  type FigureRequest,
  indicatorByName,
  isoOf,
  lastWholeDay,
  openFigureBook,
  peerIndicators,
  periodText,
  rankedSpan,
  yearPeriod,
} from '../evaluation/index.ts'
import { deleteTarget, insertTarget, selectTarget, selectTargets, updateTarget } from './target.repository.ts'
import type { TargetRow, TargetValues } from './target.table.ts'
import { standingOfTarget } from './target-standing.ts'

export type TargetDeps = Pick<Deps, 'db' | 'clock' | 'log'>

/** Indicators that a target can be set on: levels, not changes. */
export const targetIndicators: readonly string[] = [
  ...new Set([
    ...airItems.map(evaluatedIndicator),
    'air.index',
    'air.rank',
    'air.excellent.ratio',
    'air.excellent.days',
    'air.heavy.days',
  ]),
]

export function presentIndicators(): TargetIndicator[] {
  return targetIndicators.flatMap((name) => {
    const indicator = indicatorByName(name)
    if (indicator === undefined) return []
    return [
      {
        indicator: name,
        title: indicator.zh('year'),
        unit: indicator.unit,
        lowerIsBetter: indicator.lowerIsBetter,
      },
    ]
  })
}

export async function listTargets(
  deps: TargetDeps,
  actor: Actor,
  filter: { year?: number | undefined; subject?: number | undefined },
): Promise<Target[]> {
  const rows = await deps.db.asActor(actor, (trx) => selectTargets(trx, filter))
  return evaluateTargets(deps, rows)
}

export async function getTarget(deps: TargetDeps, actor: Actor, id: number): Promise<Target> {
  const row = await deps.db.asActor(actor, (trx) => selectTarget(trx, id))
  const [target] = row === undefined ? [] : await evaluateTargets(deps, [row])
  if (target === undefined)
    throw new AppError('target.unknown', { detail: `没有目标 ${id}，或不在您的数据范围内` })
  return target
}

export async function createTarget(deps: TargetDeps, actor: Actor, input: TargetInput): Promise<Target> {
  requirePermission(actor, 'target:write')
  const { regionCode, ownerId } = await cityFor(deps, actor, input.subjectId)
  const values = checked(input)
  const id = await writing(deps, actor, async (trx) => {
    const about = { regionCode, ownerId, atMs: deps.clock.now(), by: actor.userId }
    const made = await insertTarget(trx, values, about)
    await recordAudit(trx, actor, 'target.created', `target:${made}`, values)
    return made
  })
  return getTarget(deps, actor, id)
}

export async function changeTarget(
  deps: TargetDeps,
  actor: Actor,
  id: number,
  input: TargetInput & { version: number },
): Promise<Target> {
  requirePermission(actor, 'target:write')
  await cityFor(deps, actor, input.subjectId)
  const values = checked(input)
  await writing(deps, actor, async (trx) => {
    const stored = await selectTarget(trx, id)
    if (stored === undefined) throw new AppError('target.unknown', { detail: `没有目标 ${id}` })
    if (stored.version !== input.version) {
      throw new AppError('target.changed-meanwhile', {
        detail: `所见版本 ${input.version}，现为 ${stored.version}`,
      })
    }
    const about = { atMs: deps.clock.now(), by: actor.userId }
    // Seen but not changed: outside the actor's region, or changed at this very moment.
    if (!(await updateTarget(trx, id, input.version, values, about))) throw outsideRegion(stored.title)
    await recordAudit(trx, actor, 'target.changed', `target:${id}`, values)
  })
  return getTarget(deps, actor, id)
}

export async function withdrawTarget(
  deps: TargetDeps,
  actor: Actor,
  id: number,
  reason: string,
): Promise<void> {
  requirePermission(actor, 'target:write')
  await writing(deps, actor, async (trx) => {
    const stored = await selectTarget(trx, id)
    if (stored === undefined) throw new AppError('target.unknown', { detail: `没有目标 ${id}` })
    if (!(await deleteTarget(trx, id))) throw outsideRegion(stored.title)
    await recordAudit(trx, actor, 'target.withdrawn', `target:${id}`, { ...stored, reason })
  })
}

const outsideRegion = (title: string) =>
  new AppError('auth.forbidden', { detail: `“${title}”不在您的行政区范围内` })

/** As the actor; what the database refuses comes back in words. */
async function writing<T>(deps: TargetDeps, actor: Actor, work: (trx: Trx) => Promise<T>): Promise<T> {
  try {
    return await deps.db.asActor(actor, work)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '23505') throw new AppError('target.exists')
    // Row-level security: the row would lie outside the actor's region.
    if (code === '42501') throw new AppError('auth.forbidden', { detail: '目标不在您的行政区范围内' })
    throw error
  }
}

function checked(input: TargetInput): TargetValues {
  if (!targetIndicators.includes(input.indicator)) {
    throw new AppError('target.indicator-unknown', { detail: `不能以 ${input.indicator} 设定目标` })
  }
  if (input.edition !== undefined && !isAirEdition(input.edition)) {
    throw new AppError('evaluator.edition-unknown', { detail: `没有版本 ${input.edition}` })
  }
  return {
    title: input.title,
    indicator: input.indicator,
    subjectId: input.subjectId,
    year: input.year,
    comparison: input.comparison,
    reach: input.reach,
    edition: input.edition ?? null,
    ownerOrganizationId: input.ownerOrganizationId ?? null,
    source: input.source ?? null,
    note: input.note ?? null,
  }
}

interface Asked {
  readonly row: TargetRow
  readonly period: Days
  /** The target's year has not begun: shown with the running year's value, not judged. */
  readonly ahead: boolean
  readonly request: FigureRequest
  readonly good: FigureRequest
  readonly valid: FigureRequest
}

/** Targets with where they stand; all their figures in one reading. */
export async function evaluateTargets(
  deps: TargetDeps,
  rows: readonly TargetRow[],
  asOf?: Days,
): Promise<Target[]> {
  const asked: Asked[] = []
  for (const row of rows) asked.push(await ask(deps, row, asOf))
  const book = await openFigureBook(
    deps,
    asked.flatMap((a) => [a.request, a.good, a.valid]),
    { verify: peerIndicators },
  )
  return asked.map((a) => present(deps, a, book))
}

async function ask(deps: TargetDeps, row: TargetRow, asOf?: Days): Promise<Asked> {
  const now = deps.clock.now()
  const ahead = `${row.year}-01-01` > lastWholeDay(now)
  const period =
    asOf?.from.startsWith(String(row.year)) === true ? asOf : yearPeriod(now, ahead ? undefined : row.year)
  const edition = isAirEdition(row.edition) ? row.edition : editionFor(period.to, 'auto').edition
  const base = { subjectId: row.subjectId, edition, sand: 'without', stations: null } as const
  const span = row.indicator === 'air.rank' ? ((await rankedSpan(deps.db.pool, period)) ?? period) : period
  return {
    row,
    period,
    ahead,
    request: { ...base, indicator: row.indicator, ...span },
    good: { ...base, indicator: 'air.excellent.days', ...period },
    valid: { ...base, indicator: 'air.excellent.valid', ...period },
  }
}

function present(
  deps: TargetDeps,
  { row, period, ahead, request, good, valid }: Asked,
  book: FigureBook,
): Target {
  const figure = book.row(request)
  const daysLeft = dayNumber(`${row.year}-12-31`) - dayNumber(period.to)
  const standing = standingOfTarget(row, {
    value: figure.value,
    exact: figure.exact,
    days: figure.inputs,
    goodDays: book.row(good).value ?? 0,
    validDays: book.row(valid).value ?? 0,
    daysLeft,
    unit: figure.unit,
    decimals: figure.decimals,
  })
  const { status, distance, distanceText, whatItTakes, budget } = standing
  const notBegun = { status: 'unknown' as const, distance: null, distanceText: '—', budget: null }
  const judged = ahead
    ? { ...notBegun, whatItTakes: `目标年度尚未开始；所示为 ${periodText(period.from, period.to)}的数值` }
    : { status, distance, distanceText, whatItTakes, budget }
  const indicator = indicatorByName(row.indicator)
  return {
    id: row.id,
    title: row.title,
    indicator: row.indicator,
    indicatorTitle: indicator?.zh('year') ?? row.indicator,
    unit: indicator?.unit ?? '',
    subject: { id: row.subjectId, name: row.subjectName },
    year: row.year,
    comparison: row.comparison,
    reach: row.reach,
    edition: row.edition,
    ownerOrganizationId: row.ownerOrganizationId,
    source: row.source,
    note: row.note,
    version: row.version,
    evaluation: { ...judged, current: book.ref(request), asOf: isoOf(deps.clock.now()) },
  }
}
