import { createHash } from 'node:crypto'
import type { Report, ReportComparison, ReportStatus, ReportSummary } from '@shanshui/contract'
import type { AirEdition } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import {
  cityFor,
  editionFor,
  figuresByIds,
  freezeFigures,
  isoOf,
  openFigureBook,
  periodText,
  requestOf,
  yearPeriod,
} from '../evaluation/index.ts'
import { checkText } from './checker/checker.ts'
import { compareParagraphs } from './comparison.ts'
import {
  figuresOfReport,
  freezeReportRow,
  insertReport,
  lockReport,
  replaceReportFigures,
  rewriteReport,
  selectReport,
  selectReportOfYear,
  selectReports,
} from './report.repository.ts'
import { isFigurePart, type ReportRow, type ReportWithText, type StoredParagraph } from './report.table.ts'
import { generated, printedRows, type ReportDeps, scopeOf, sentencesOfYear, write } from './report-writing.ts'
import { textOf } from './sentence.ts'

export async function listReports(
  deps: ReportDeps,
  actor: Actor,
  query: { status?: ReportStatus | undefined; limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: ReportSummary[]; next: string | null }> {
  const limit = query.limit ?? 100
  const before = query.cursor === undefined ? undefined : Number(query.cursor)
  if (before !== undefined && !Number.isInteger(before)) throw new AppError('request.cursor-invalid')
  const rows = await deps.db.asActor(actor, (trx) =>
    selectReports(trx, { status: query.status, before, limit }),
  )
  return { items: rows.map(presentSummary), next: rows.length === limit ? String(rows.at(-1)?.id) : null }
}

/** Drafts the annual review of air. Errors: `report.no-data` when the year has no valid day. */
export async function createReport(
  deps: ReportDeps,
  actor: Actor,
  input: {
    year: number
    cityId?: number | undefined
    edition?: 'auto' | AirEdition | undefined
    title?: string | undefined
  },
): Promise<Report> {
  requirePermission(actor, 'report:write')
  const city = await cityFor(deps, actor, input.cityId)
  const period = yearPeriod(deps.clock.now(), input.year)
  const { edition } = editionFor(period.to, input.edition)
  const written = await write(deps, {
    subjectId: city.id,
    name: city.name,
    year: input.year,
    period,
    edition,
  })
  if (written.figures.every((f) => f.value === null || f.inputs === 0)) {
    throw new AppError('report.no-data', { detail: `${city.name} ${input.year} 年没有有效日数据` })
  }
  const title = input.title ?? `${city.name}${periodText(period.from, period.to)}环境空气质量综述`
  const id = await writing(deps, actor, async (trx) => {
    const { regionCode, ownerId } = city
    const values = {
      title,
      year: input.year,
      subjectId: city.id,
      edition,
      paragraphs: written.paragraphs,
      regionCode,
      ownerId,
    }
    const made = await insertReport(trx, values, actor, deps.clock.now())
    await replaceReportFigures(trx, made, printedRows(written))
    await recordAudit(trx, actor, 'report.drafted', `report:${made}`, { title, year: input.year, edition })
    return made
  })
  return getReport(deps, actor, id)
}

export async function getReport(deps: ReportDeps, actor: Actor, id: number): Promise<Report> {
  const report = await visibleReport(deps, actor, id)
  const figures = await figuresOfReport(deps.db.pool, id)
  const last = await sentencesOfYear(deps, report, report.year - 1)
  const states = new Map(figures.map((f) => [f.figureId, f.state]))
  const text = report.paragraphs.map((p) => p.sentences.map((s) => textOf(s.parts)).join('')).join('\n')
  return {
    ...presentSummary(report),
    paragraphs: report.paragraphs.map(({ heading, sentences }) => ({
      heading: heading === null ? null : { ...heading },
      sentences: sentences.map(({ key, parts }) => {
        const shown = parts.map((part) =>
          isFigurePart(part) ? { ...part, state: states.get(part.figureId) ?? part.state } : part,
        )
        const stale = shown.some((part) => isFigurePart(part) && part.state === 'stale')
        return { key, parts: shown, text: textOf(parts), stale, lastYear: last.get(key) ?? null }
      }),
    })),
    basis: figures.map(
      ({ figureId, title, printedText, standard, edition, inputs, printedDigest, state }) => ({
        figureId,
        title,
        text: printedText,
        standard,
        edition,
        inputs,
        digest: printedDigest,
        state,
      }),
    ),
    checks: checkText(text, report.year)
      .findings.filter((f) => f.severity !== 'confirmed')
      .map(({ severity, message }) => ({ severity, message })),
  }
}

export async function visibleReport(deps: ReportDeps, actor: Actor, id: number): Promise<ReportWithText> {
  const report = await deps.db.asActor(actor, (trx) => selectReport(trx, id))
  if (report === undefined)
    throw new AppError('report.unknown', { detail: `没有报告 ${id}，或不在您的数据范围内` })
  return report
}

/** Writes a draft anew from the figures of this moment. Errors: `report.frozen`. */
export async function refreshReport(deps: ReportDeps, actor: Actor, id: number): Promise<Report> {
  requirePermission(actor, 'report:write')
  const report = await visibleReport(deps, actor, id)
  if (report.status === 'frozen') throw new AppError('report.frozen', { detail: report.title })
  const written = await write(deps, scopeOf(deps, report))
  await writing(deps, actor, async (trx) => {
    const locked = await lockReport(trx, id)
    if (locked === undefined) throw outsideRegion()
    if (locked.status !== 'draft') throw new AppError('report.frozen', { detail: report.title })
    await rewriteReport(trx, id, written.paragraphs, deps.clock.now())
    await replaceReportFigures(trx, id, printedRows(written))
    await recordAudit(trx, actor, 'report.refreshed', `report:${id}`, { stale: report.staleFigures })
  })
  return getReport(deps, actor, id)
}

/**
 * Freezes a draft: its figures are copied with value, basis and digest, and neither they nor the text change any more.
 * Errors: `report.frozen`, `report.changed-meanwhile`, `report.stale`.
 */
export async function freezeReport(
  deps: ReportDeps,
  actor: Actor,
  id: number,
  input: { version: number; reason?: string | undefined },
): Promise<Report> {
  requirePermission(actor, 'report:freeze')
  const report = await visibleReport(deps, actor, id)
  if (report.status === 'frozen') throw new AppError('report.frozen', { detail: report.title })
  // The copies of figures are made by the owner of the tables; whether the actor may is asked as the actor.
  if ((await deps.db.asActor(actor, (trx) => lockReport(trx, id))) === undefined) throw outsideRegion()
  await holdAgainstData(deps, id)
  await deps.db.transaction(async (trx) => {
    const locked = await lockReport(trx, id)
    if (locked?.status !== 'draft') throw new AppError('report.frozen', { detail: report.title })
    if (locked.version !== input.version) {
      throw new AppError('report.changed-meanwhile', {
        detail: `所见版本 ${input.version}，现为 ${locked.version}`,
      })
    }
    const figures = await figuresOfReport(trx, id)
    const stale = figures.filter((f) => f.state === 'stale')
    if (stale.length > 0) {
      throw new AppError('report.stale', {
        detail: stale
          .slice(0, 5)
          .map((f) => f.title)
          .join('、'),
        figures: stale.map((f) => f.figureId),
      })
    }
    const copies = await freezeFigures(
      trx,
      figures.map((f) => f.figureId),
      id,
    )
    const frozenId = (live: number) => copies.get(live) ?? live
    const paragraphs = withFigureIds(report.paragraphs, frozenId)
    const printed = figures.map((f) => ({
      figureId: frozenId(f.figureId),
      text: f.printedText,
      value: f.printedValue,
      digest: f.printedDigest,
    }))
    const digest = digestOf(paragraphs, printed)
    await replaceReportFigures(trx, id, printed)
    await freezeReportRow(trx, id, { paragraphs, digest, atMs: deps.clock.now(), byName: actor.name })
    await recordAudit(trx, actor, 'report.frozen', `report:${id}`, {
      digest,
      figures: printed.length,
      reason: input.reason ?? null,
    })
  })
  return getReport(deps, actor, id)
}

const outsideRegion = () => new AppError('auth.forbidden', { detail: '报告不在您的行政区范围内' })

/** As the actor, so that the database holds the region too. */
async function writing<T>(deps: ReportDeps, actor: Actor, work: (trx: Trx) => Promise<T>): Promise<T> {
  try {
    return await deps.db.asActor(actor, work)
  } catch (error) {
    if ((error as { code?: string }).code === '42501') throw outsideRegion()
    throw error
  }
}

/** Brings the figures that a report prints up to date with the data: what is frozen is true at this moment. */
async function holdAgainstData(deps: ReportDeps, reportId: number): Promise<void> {
  const printed = await figuresOfReport(deps.db.pool, reportId)
  const rows = await figuresByIds(
    deps.db.pool,
    printed.map((f) => f.figureId),
  )
  const verify = [...new Set(rows.map((row) => row.indicator))]
  await openFigureBook(deps, rows.map(requestOf), { verify, cause: '定稿前核对' })
}

/** SHA-256 over the text and the digests of the figures in it. */
export function digestOf(
  paragraphs: readonly StoredParagraph[],
  figures: readonly { text: string; digest: string }[],
): string {
  const text = paragraphs
    .map((p) => `${p.heading?.text ?? ''}\n${p.sentences.map((s) => textOf(s.parts)).join('')}`)
    .join('\n')
  const lines = figures.map((f) => `${f.text}|${f.digest}`).toSorted()
  return createHash('sha256')
    .update(`${text}\n${lines.join('\n')}`)
    .digest('hex')
}

function withFigureIds(
  paragraphs: readonly StoredParagraph[],
  idOf: (live: number) => number,
): StoredParagraph[] {
  return paragraphs.map(({ heading, sentences }) => ({
    heading,
    sentences: sentences.map(({ key, parts }) => ({
      key,
      parts: parts.map((part) =>
        isFigurePart(part) ? { ...part, figureId: idOf(part.figureId), state: 'frozen' as const } : part,
      ),
    })),
  }))
}

export async function compareReport(deps: ReportDeps, actor: Actor, id: number): Promise<ReportComparison> {
  const report = await visibleReport(deps, actor, id)
  const stored = await selectReportOfYear(deps.db.pool, report.subjectId, report.year - 1)
  const last = stored?.paragraphs ?? (await generated(deps, report, report.year - 1))
  return {
    thisYear: presentSummary(report),
    lastYear: stored === undefined ? null : presentSummary(stored),
    rows: compareParagraphs(report.paragraphs, last),
  }
}

export function presentSummary(row: ReportRow): ReportSummary {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    year: row.year,
    subject: { id: row.subjectId, name: row.subjectName },
    edition: row.edition,
    status: row.status,
    version: row.version,
    staleFigures: row.staleFigures,
    figures: row.figures,
    createdAt: isoOf(row.createdAtMs),
    createdBy: row.createdByName,
    frozenAt: row.frozenAtMs === null ? null : isoOf(row.frozenAtMs),
    frozenBy: row.frozenByName,
    digest: row.digest,
  }
}
