import type { ReportCheck, ReportFinding } from '@shanshui/contract'
import type { AirItem } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/errors.ts'
import {
  asker,
  cityFor,
  editionFor,
  evaluatedIndicator,
  type FigureBook,
  type FigureRequest,
  openFigureBook,
  peerIndicators,
  rankedSpan,
  yearPeriod,
} from '../evaluation/index.ts'
import { checkText } from './checker/checker.ts'
import type { Found } from './checker/found-figures.ts'
import { asNumber, asText } from './checker/possible-values.ts'
import type { ReportDeps } from './report-writing.ts'

/** Holds a pasted text against itself and against the stored figures of the city and year that it speaks of. */
export async function checkReport(
  deps: ReportDeps,
  actor: Actor,
  input: { text: string; year?: number | undefined; cityId?: number | undefined },
): Promise<ReportCheck> {
  const thisYear = Number(new Date(deps.clock.now()).toISOString().slice(0, 4))
  const { year, found, figures, findings } = checkText(input.text, input.year ?? thisYear)
  const stored = await againstDatabase(deps, actor, input.cityId, year, found)
  return { figures, findings: [...findings, ...stored] }
}

/** Which stored figure a found one speaks of; undefined for what the database has no figure of. */
function indicatorOf(found: Found): string | undefined {
  const of = found.of ?? found
  switch (found.kind) {
    case 'concentration':
      return found.item === null ? undefined : evaluatedIndicator(found.item as AirItem)
    case 'maximum':
      return found.item === null ? undefined : `air.max.${found.item}`
    case 'change':
      return of.kind === 'index' ? 'air.index.change' : of.item === null ? undefined : `air.yoy.${of.item}`
    case 'points':
      return of.kind === 'excellent-ratio' ? 'air.excellent.change' : undefined
    case 'excellent-ratio':
      return 'air.excellent.ratio'
    case 'excellent-days':
      return 'air.excellent.days'
    case 'valid-days':
      return 'air.excellent.valid'
    case 'index':
      return 'air.index'
    case 'rank':
      return 'air.rank'
    case 'places':
      return 'air.rank.of'
    case 'base':
    case 'level-days':
      return undefined
  }
}

/** A city that was named must be there; without one, a place that has no city or no data yet is no fault of the text. */
async function againstDatabase(
  deps: ReportDeps,
  actor: Actor,
  cityId: number | undefined,
  year: number,
  found: readonly Found[],
): Promise<ReportFinding[]> {
  try {
    return await heldAgainst(deps, actor, cityId, year, found)
  } catch (error) {
    if (cityId === undefined && error instanceof AppError) return []
    throw error
  }
}

async function heldAgainst(
  deps: ReportDeps,
  actor: Actor,
  cityId: number | undefined,
  year: number,
  found: readonly Found[],
): Promise<ReportFinding[]> {
  const subject = await cityFor(deps, actor, cityId)
  const period = yearPeriod(deps.clock.now(), year)
  const ask = asker({ subject, period, stations: null, sand: 'without', ...editionFor(period.to, 'auto') })
  const rankSpan = (await rankedSpan(deps.db.pool, period)) ?? period
  const requestOfIndicator = (indicator: string): FigureRequest =>
    ask(indicator, peerIndicators.includes(indicator) ? rankSpan : period)
  const spoken = found
    .filter((f) => f.ofPart !== true)
    .flatMap((f) => {
      const indicator = indicatorOf(f)
      return indicator === undefined ? [] : [{ found: f, request: requestOfIndicator(indicator) }]
    })
  const book = await openFigureBook(
    deps,
    spoken.map((s) => s.request),
    { verify: peerIndicators },
  )
  return spoken.map(({ found: f, request }) => compared(f, request, book))
}

function compared(found: Found, request: FigureRequest, book: FigureBook): ReportFinding {
  const row = book.row(request)
  const at = { rule: 'database', start: found.start, end: found.end, quote: found.quote, possible: [] }
  if (row.value === null)
    return { ...at, severity: 'doubt', message: `库内无此数据项：${row.title}（${row.note ?? '无值'}）。` }
  const half = 0.5 * 10 ** -found.value.decimals
  const same =
    Math.abs(asNumber(found.value) - (row.exact ?? row.value)) <= half + 1e-9 ||
    asNumber(found.value) === row.value
  if (same)
    return {
      ...at,
      severity: 'confirmed',
      message: `与库内数据项一致：${row.title} ${row.text}${row.unit}。`,
    }
  return {
    ...at,
    severity: 'contradiction',
    message: `文稿为 ${asText(found.value)}${found.unit}，库内${row.title}为 ${row.text}${row.unit}。`,
  }
}
