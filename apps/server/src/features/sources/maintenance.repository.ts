/** The operator's maintenance ledger. */
import type { BasisStatus, MaintenanceKind } from '@shanshui/contract'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { sqlEpoch as at, sqlMs as ms } from '../series/index.ts'

export interface MaintenanceRow {
  id: number
  outlet_id: number
  region_code: number
  owner_id: number
  kind: MaintenanceKind
  factor: string | null
  from_ms: number
  to_ms: number
  technician: string
  company: string | null
  content: string
  passed: boolean | null
  verdict: string | null
  verdict_status: BasisStatus | null
  zero_drift: number | null
  span_drift: number | null
  pairs: { online: number; reference: number }[]
  parameter: { name: string; before: string; after: string } | null
  written_by: number
  written_by_name: string
  written_ms: number
  withdrawn_by_name: string | null
  withdrawn_ms: number | null
  withdrawn_reason: string | null
}

const columns = `id, outlet_id, region_code, owner_id, kind, factor, ${ms('from_ts')} as from_ms, ${ms('to_ts')} as to_ms,
  technician, company, content, passed, verdict, verdict_status, zero_drift, span_drift, pairs, parameter,
  written_by, written_by_name, ${ms('written_at')} as written_ms, withdrawn_by_name, ${ms('withdrawn_at')} as withdrawn_ms,
  withdrawn_reason`

export interface QaRecord {
  readonly outletId: number
  readonly kind: MaintenanceKind
  readonly factor: string | null
  readonly atMs: number
  readonly passed: boolean | null
  readonly zeroDrift: number | null
  readonly spanDrift: number | null
}

/** Records that say something about the quality of data, oldest first. */
export async function maintenanceForQa(q: Queryable, outletIds: readonly number[]): Promise<QaRecord[]> {
  const { rows } = await q.query<MaintenanceRow>(
    `select ${columns} from maintenance_record
     where outlet_id = any($1) and withdrawn_at is null
       and kind in ('calibration', 'verification', 'comparison', 'standard-check')
     order by outlet_id, to_ts, id`,
    [outletIds],
  )
  return rows.map((row) => ({
    outletId: row.outlet_id,
    kind: row.kind,
    factor: row.factor,
    atMs: row.to_ms,
    passed: row.passed,
    zeroDrift: row.zero_drift,
    spanDrift: row.span_drift,
  }))
}

export interface MaintenanceFilter {
  readonly id?: number | undefined
  readonly outletIds?: readonly number[] | undefined
  readonly kind?: MaintenanceKind | undefined
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  readonly before?: { ms: number; id: number } | undefined
  readonly limit?: number | undefined
}

/** Newest first. */
export async function maintenanceRows(q: Queryable, filter: MaintenanceFilter): Promise<MaintenanceRow[]> {
  const { rows } = await q.query<MaintenanceRow>(
    `select ${columns} from maintenance_record
     where ($1::int is null or id = $1) and ($2::int[] is null or outlet_id = any($2))
       and ($3::text is null or kind = $3) and ($4::float8 is null or to_ts >= ${at('$4')})
       and ($5::float8 is null or from_ts < ${at('$5')})
       and ($6::float8 is null or (from_ts, id) < (${at('$6')}, $7::int))
     order by from_ts desc, id desc limit $8`,
    [
      filter.id ?? null,
      filter.outletIds ?? null,
      filter.kind ?? null,
      filter.fromMs ?? null,
      filter.toMs ?? null,
      filter.before?.ms ?? null,
      filter.before?.id ?? null,
      filter.limit ?? 10_000,
    ],
  )
  return rows
}

export type NewMaintenance = Omit<
  MaintenanceRow,
  'id' | 'withdrawn_by_name' | 'withdrawn_ms' | 'withdrawn_reason'
>

export async function insertMaintenance(trx: Trx, row: NewMaintenance): Promise<number> {
  const { rows } = await trx.query<{ id: number }>(
    `insert into maintenance_record (outlet_id, region_code, owner_id, kind, factor, from_ts, to_ts, technician, company,
       content, passed, verdict, verdict_status, zero_drift, span_drift, pairs, parameter, written_by, written_by_name,
       written_at)
     values ($1, $2, $3, $4, $5, ${at('$6')}, ${at('$7')}, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       ${at('$20')}) returning id`,
    [
      row.outlet_id,
      row.region_code,
      row.owner_id,
      row.kind,
      row.factor,
      row.from_ms,
      row.to_ms,
      row.technician,
      row.company,
      row.content,
      row.passed,
      row.verdict,
      row.verdict_status,
      row.zero_drift,
      row.span_drift,
      JSON.stringify(row.pairs),
      row.parameter === null ? null : JSON.stringify(row.parameter),
      row.written_by,
      row.written_by_name,
      row.written_ms,
    ],
  )
  return rows[0]?.id ?? 0
}

export async function withdrawRecord(
  trx: Trx,
  id: number,
  by: { id: number; name: string },
  atMs: number,
  reason: string,
): Promise<boolean> {
  const { rowCount } = await trx.query(
    `update maintenance_record set withdrawn_by = $2, withdrawn_by_name = $3, withdrawn_at = ${at('$4')},
       withdrawn_reason = $5 where id = $1 and withdrawn_at is null`,
    [id, by.id, by.name, atMs, reason],
  )
  return rowCount === 1
}
