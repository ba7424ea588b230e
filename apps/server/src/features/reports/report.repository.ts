import type { FigureDetail, ReportStatus } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { ReportFigureRow, ReportRow, ReportWithText, StoredParagraph } from './report.table.ts'

const fields = `r.id, r.kind, r.title, r.year, r.subject_id as "subjectId", f.name as "subjectName", r.edition, r.status,
  r.version, r.digest, (extract(epoch from r.created_at) * 1000)::float8 as "createdAtMs",
  r.created_by_name as "createdByName", (extract(epoch from r.frozen_at) * 1000)::float8 as "frozenAtMs",
  r.frozen_by_name as "frozenByName", r.region_code as "regionCode", r.owner_id as "ownerId",
  (select count(*)::int from report_figure x where x.report_id = r.id) as figures,
  (select count(*)::int from report_figure x join figure g on g.id = x.figure_id
    where x.report_id = r.id and (g.state = 'stale' or g.digest <> x.printed_digest)) as "staleFigures"`
const from = 'from report r join feature f on f.id = r.subject_id'

export async function selectReports(
  q: Queryable,
  filter: { status?: ReportStatus | undefined; before?: number | undefined; limit: number },
): Promise<ReportRow[]> {
  const { rows } = await q.query<ReportRow>(
    `select ${fields} ${from} where ($1::text is null or r.status = $1) and ($2::int is null or r.id < $2)
     order by r.id desc limit $3`,
    [filter.status ?? null, filter.before ?? null, filter.limit],
  )
  return rows
}

export async function selectReport(q: Queryable, id: number): Promise<ReportWithText | undefined> {
  const { rows } = await q.query<ReportWithText>(`select ${fields}, r.paragraphs ${from} where r.id = $1`, [
    id,
  ])
  return rows[0]
}

/** The report of a year: the last frozen one, else the newest draft. */
export async function selectReportOfYear(
  q: Queryable,
  subjectId: number,
  year: number,
): Promise<ReportWithText | undefined> {
  const { rows } = await q.query<ReportWithText>(
    `select ${fields}, r.paragraphs ${from} where r.subject_id = $1 and r.year = $2
     order by (r.status = 'frozen') desc, r.id desc limit 1`,
    [subjectId, year],
  )
  return rows[0]
}

export interface ReportValues {
  readonly title: string
  readonly year: number
  readonly subjectId: number
  readonly edition: string
  readonly paragraphs: readonly StoredParagraph[]
  readonly regionCode: number
  readonly ownerId: number
}

export async function insertReport(
  q: Queryable,
  values: ReportValues,
  by: { userId: number; name: string },
  atMs: number,
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into report (kind, title, year, subject_id, edition, status, paragraphs, region_code, owner_id, created_at,
       created_by, created_by_name, updated_at)
     values ('annual-air-review', $1, $2, $3, $4, 'draft', $5, $6, $7, to_timestamp($8 / 1000.0), $9, $10,
       to_timestamp($8 / 1000.0)) returning id`,
    [
      values.title,
      values.year,
      values.subjectId,
      values.edition,
      JSON.stringify(values.paragraphs),
      values.regionCode,
      values.ownerId,
      atMs,
      by.userId,
      by.name,
    ],
  )
  return rows[0]?.id ?? 0
}

/** Locks the draft for the rest of the transaction; undefined when there is no such report. */
export async function lockReport(
  q: Queryable,
  id: number,
): Promise<{ status: ReportStatus; version: number } | undefined> {
  const { rows } = await q.query<{ status: ReportStatus; version: number }>(
    'select status, version from report where id = $1 for update',
    [id],
  )
  return rows[0]
}

export async function rewriteReport(
  q: Queryable,
  id: number,
  paragraphs: readonly StoredParagraph[],
  atMs: number,
): Promise<void> {
  await q.query(
    `update report set paragraphs = $2, version = version + 1, updated_at = to_timestamp($3 / 1000.0) where id = $1`,
    [id, JSON.stringify(paragraphs), atMs],
  )
}

export async function freezeReportRow(
  q: Queryable,
  id: number,
  frozen: { paragraphs: readonly StoredParagraph[]; digest: string; atMs: number; byName: string },
): Promise<void> {
  await q.query(
    `update report set status = 'frozen', paragraphs = $2, digest = $3, version = version + 1,
       frozen_at = to_timestamp($4 / 1000.0), frozen_by_name = $5, updated_at = to_timestamp($4 / 1000.0) where id = $1`,
    [id, JSON.stringify(frozen.paragraphs), frozen.digest, frozen.atMs, frozen.byName],
  )
}

export async function replaceReportFigures(
  q: Queryable,
  reportId: number,
  figures: readonly { figureId: number; text: string; value: number | null; digest: string }[],
): Promise<void> {
  await q.query('delete from report_figure where report_id = $1', [reportId])
  await q.query(
    `insert into report_figure (report_id, figure_id, printed_text, printed_value, printed_digest)
     select $1, x.* from unnest($2::int[], $3::text[], $4::float8[], $5::text[]) x`,
    [
      reportId,
      figures.map((f) => f.figureId),
      figures.map((f) => f.text),
      figures.map((f) => f.value),
      figures.map((f) => f.digest),
    ],
  )
}

/** Figures of a report in the order of their ids. */
export async function figuresOfReport(q: Queryable, reportId: number): Promise<ReportFigureRow[]> {
  const { rows } = await q.query<ReportFigureRow>(
    `select x.figure_id as "figureId", x.printed_text as "printedText", x.printed_value as "printedValue", x.printed_digest as "printedDigest", g.title, g.unit,
       g.basis->>'standard' as standard, g.edition, g.inputs, g.digest,
       case when g.state = 'frozen' then 'frozen' when g.state = 'stale' or g.digest <> x.printed_digest then 'stale'
         else 'fresh' end as state
     from report_figure x join figure g on g.id = x.figure_id where x.report_id = $1 order by x.figure_id`,
    [reportId],
  )
  return rows
}

/** Reports in which any of the figures is printed, with the sentence that prints it. */
export async function usesOfFigures(
  q: Queryable,
  figureIds: readonly number[],
): Promise<FigureDetail['usedInReports']> {
  const { rows } = await q.query<{ reportId: number; title: string; status: string; sentence: string }>(
    `select distinct r.id as "reportId", r.title, r.status, t.sentence
     from report_figure x join report r on r.id = x.report_id
     cross join lateral jsonb_array_elements(r.paragraphs) p
     cross join lateral jsonb_array_elements(p->'sentences') s
     cross join lateral (select string_agg(part->>'text', '' order by n) as sentence
       from jsonb_array_elements(s->'parts') with ordinality e (part, n)) t
     where x.figure_id = any($1::int[])
       and exists (select from jsonb_array_elements(s->'parts') part where (part->>'figureId')::int = any($1::int[]))
     order by "reportId" desc limit 50`,
    [figureIds],
  )
  return rows
}
