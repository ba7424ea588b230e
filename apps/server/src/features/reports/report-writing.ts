import { type AirEdition, airItems } from '@shanshui/standards'
import type { Deps } from '../../platform/deps.ts'
import {
  type Days,
  evaluatedIndicator,
  type FigureBook,
  type FigureRow,
  openFigureBook,
  peerIndicators,
  rankedSpan,
  yearPeriod,
} from '../evaluation/index.ts'
import { annualAirReview, type Paragraph, type ReviewScope, reviewRequests } from './annual-air-review.ts'
import { selectReportOfYear } from './report.repository.ts'
import type { ReportWithText, StoredParagraph } from './report.table.ts'
import { textOf } from './sentence.ts'

export type ReportDeps = Pick<Deps, 'db' | 'clock' | 'log'>

export interface Written {
  readonly paragraphs: StoredParagraph[]
  readonly figures: readonly FigureRow[]
}

export interface WriteScope {
  readonly subjectId: number
  readonly name: string
  readonly year: number
  readonly period: Days
  readonly edition: AirEdition
}

export function scopeOf(deps: ReportDeps, report: ReportWithText): WriteScope {
  const { subjectId, subjectName: name, year, edition } = report
  return { subjectId, name, year, period: yearPeriod(deps.clock.now(), year), edition }
}

/** The paragraphs of this moment, and the figures they print. */
export async function write(
  deps: ReportDeps,
  scope: WriteScope,
  check: 'all' | 'peers' = 'all',
): Promise<Written> {
  const rankSpan = (await rankedSpan(deps.db.pool, scope.period)) ?? scope.period
  const review: ReviewScope = {
    subjectId: scope.subjectId,
    period: scope.period,
    rankSpan,
    edition: scope.edition,
  }
  const requests = reviewRequests(review)
  // Every figure is held against the data: a report must not depend on a message that got lost.
  const verify = check === 'peers' ? peerIndicators : [...requests.keys()]
  const book = await openFigureBook(deps, [...requests.values()], { verify, cause: '编制报告时核对' })
  const figure = figureOf(book, requests)
  const paragraphs = annualAirReview(scope.name, scope.year, figure)
  const ids = new Set(paragraphs.flatMap((p) => p.sentences.flatMap((s) => s.figures.map((f) => f.row.id))))
  return { paragraphs: paragraphs.map(stored), figures: book.rows.filter((row) => ids.has(row.id)) }
}

const figureOf =
  (book: FigureBook, requests: ReturnType<typeof reviewRequests>) =>
  (indicator: string): FigureRow => {
    const request = requests.get(indicator)
    if (request === undefined) throw new Error(`the review does not ask for ${indicator}`)
    return book.row(request)
  }

function stored({ heading, sentences }: Paragraph): StoredParagraph {
  return { heading, sentences: sentences.map(({ key, parts }) => ({ key, parts })) }
}

export function printedRows({ figures }: Written) {
  return figures.map((f) => ({
    figureId: f.id,
    text: f.unit === '' ? f.text : `${f.text} ${f.unit}`,
    value: f.value,
    digest: f.digest,
  }))
}

/** Last year's sentences: of its stored report, else as the template writes them from last year's figures. */
export async function sentencesOfYear(
  deps: ReportDeps,
  report: ReportWithText,
  year: number,
): Promise<Map<string, string>> {
  const last = await selectReportOfYear(deps.db.pool, report.subjectId, year)
  const paragraphs = last?.paragraphs ?? (await generated(deps, report, year))
  return new Map(paragraphs.flatMap((p) => p.sentences.map((s) => [s.key, textOf(s.parts)] as const)))
}

export async function generated(
  deps: ReportDeps,
  report: ReportWithText,
  year: number,
): Promise<StoredParagraph[]> {
  const period = yearPeriod(deps.clock.now(), year)
  const written = await write(
    deps,
    {
      subjectId: report.subjectId,
      name: report.subjectName,
      year,
      period,
      edition: report.edition,
    },
    'peers',
  )
  const has = airItems.some((item) =>
    written.figures.some((f) => f.indicator === evaluatedIndicator(item) && f.value !== null),
  )
  return has ? written.paragraphs : []
}
