import type { PermitFinding } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'

export interface ReportRow {
  id: number
  permit_id: number
  permit_number: string
  enterprise_id: number | null
  enterprise_name: string | null
  period: 'year' | 'quarter' | 'month'
  period_from: string
  period_to: string
  revision: number
  submitted_at: Date
  submitted_by_name: string | null
  origin: 'submitted' | 'imported'
  totals: { pollutant: string; tonnes: number }[]
  ledger_kept: boolean
  note: string | null
  findings: PermitFinding[]
}
export interface ReportValues {
  readonly permitId: number
  readonly enterpriseId: number | null
  readonly period: 'year' | 'quarter' | 'month'
  readonly periodFrom: string
  readonly periodTo: string
  readonly origin: 'submitted' | 'imported'
  readonly totals: readonly { readonly pollutant: string; readonly tonnes: number }[]
  readonly ledgerKept: boolean
  readonly note: string | null
  readonly findings: readonly PermitFinding[]
  readonly rows: readonly {
    readonly outletNumber: string
    readonly month: string
    readonly pollutant: string
    readonly tonnes: number
  }[]
  readonly regionCode: number
  readonly ownerId: number
}

const select = `select r.id, r.permit_id, p.code as permit_number, r.enterprise_id, e.name as enterprise_name, r.period,
    r.period_from, r.period_to, r.revision, r.submitted_at, u.name as submitted_by_name, r.origin, r.totals,
    r.ledger_kept, r.note, r.findings
  from execution_report r join feature p on p.id = r.permit_id
  left join feature e on e.id = r.enterprise_id left join app_user u on u.id = r.submitted_by`

/** Stores the next revision of a period's report. Two at once: the unique key refuses one of them. */
export async function insertReport(q: Queryable, v: ReportValues, atMs: number, by: number): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into execution_report (permit_id, enterprise_id, period, period_from, period_to, revision, submitted_at,
       submitted_by, origin, totals, ledger_kept, note, findings, region_code, owner_id)
     select $1, $2, $3, $4, $5, coalesce(max(x.revision), 0) + 1, to_timestamp($6 / 1000.0), $7, $8, $9, $10, $11, $12,
       $13, $14
     from execution_report x where x.permit_id = $1 and x.period = $3 and x.period_from = $4
     returning id`,
    [
      v.permitId,
      v.enterpriseId,
      v.period,
      v.periodFrom,
      v.periodTo,
      atMs,
      by,
      v.origin,
      JSON.stringify(v.totals),
      v.ledgerKept,
      v.note,
      JSON.stringify(v.findings),
      v.regionCode,
      v.ownerId,
    ],
  )
  const id = rows[0]?.id ?? 0
  await q.query(
    `insert into execution_report_row (report_id, outlet_number, month, pollutant, tonnes, region_code, owner_id)
     select $1, o, m, p, t, $6, $7 from unnest($2::text[], $3::text[], $4::text[], $5::float8[]) as x (o, m, p, t)`,
    [
      id,
      v.rows.map((row) => row.outletNumber),
      v.rows.map((row) => row.month),
      v.rows.map((row) => row.pollutant),
      v.rows.map((row) => row.tonnes),
      v.regionCode,
      v.ownerId,
    ],
  )
  return id
}

export interface ReportFilter {
  readonly permitId?: number | undefined
  readonly enterpriseId?: number | undefined
  readonly region: readonly [number | null, number | null]
  readonly year?: number | undefined
  readonly beforeId?: number | undefined
  readonly limit: number
}

export async function selectReports(q: Queryable, f: ReportFilter): Promise<ReportRow[]> {
  const { rows } = await q.query<ReportRow>(
    `${select} where ($1::int is null or r.permit_id = $1) and ($2::int is null or r.enterprise_id = $2)
        and ($3::int is null or r.region_code between $3 and $4)
        and ($5::int is null or extract(year from r.period_from) = $5) and ($6::int is null or r.id < $6)
      order by r.id desc limit $7`,
    [f.permitId ?? null, f.enterpriseId ?? null, ...f.region, f.year ?? null, f.beforeId ?? null, f.limit],
  )
  return rows
}

export async function selectReport(q: Queryable, id: number): Promise<ReportRow | undefined> {
  const { rows } = await q.query<ReportRow>(`${select} where r.id = $1`, [id])
  return rows[0]
}

export interface ReportTonnesRow {
  outlet_number: string
  month: string
  pollutant: string
  tonnes: number
}
export async function selectReportRows(q: Queryable, id: number): Promise<ReportTonnesRow[]> {
  const { rows } = await q.query<ReportTonnesRow>(
    `select outlet_number, month, pollutant, tonnes from execution_report_row where report_id = $1
      order by outlet_number, pollutant, month`,
    [id],
  )
  return rows
}

export interface LatestReportRow {
  id: number
  permit_id: number
  period: 'year' | 'quarter' | 'month'
  period_from: string
  period_to: string
  /** Of the first revision: a correction does not make a report late. */
  first_submitted_at: Date
  ledger_kept: boolean
}

/** The newest revision of every report of these permits. */
export async function selectLatestReports(
  q: Queryable,
  permitIds: readonly number[],
): Promise<LatestReportRow[]> {
  const { rows } = await q.query<LatestReportRow>(
    `select distinct on (permit_id, period, period_from) id, permit_id, period, period_from, period_to, ledger_kept,
       min(submitted_at) over (partition by permit_id, period, period_from) as first_submitted_at
     from execution_report where permit_id = any($1) order by permit_id, period, period_from, revision desc`,
    [permitIds],
  )
  return rows
}

export interface ReportedOutletRow {
  outlet_id: number
  month: string
  pollutant: string
  tonnes: number
}

/** Tonnes of a year by outlet of the registry; of several reports of a month the one sent last. */
export async function selectReportedTonnes(
  q: Queryable,
  year: number,
  outletIds: readonly number[],
): Promise<ReportedOutletRow[]> {
  const { rows } = await q.query<ReportedOutletRow>(
    `select distinct on (f.id, w.month, w.pollutant) f.id as outlet_id, w.month, w.pollutant, w.tonnes
       from execution_report_row w
       join execution_report r on r.id = w.report_id
       join feature p on p.id = r.permit_id
       join feature f on f.kind = 'outlet' and f.code = (p.properties->>'creditCode') || '-' || w.outlet_number
      where w.month like $1 and f.id = any($2)
      order by f.id, w.month, w.pollutant, r.submitted_at desc, r.id desc`,
    [`${year}-%`, outletIds],
  )
  return rows
}
