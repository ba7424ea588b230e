import type { Queryable } from '../../platform/db/index.ts'
import type { ConflictRow, ItemRow, OperationRow } from './inspection.table.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`

export async function itemsOf(
  q: Queryable,
  inspectionIds: readonly number[],
): Promise<Map<number, ItemRow[]>> {
  const { rows } = await q.query<ItemRow & { inspection_id: number }>(
    `select t.inspection_id, t.key, t.value, t.version, ${ms('t.at')} as at_ms, t.by_user, u.name as by_name, t.device,
            t.seq, t.operation_id
       from inspection_item t left join app_user u on u.id = t.by_user where t.inspection_id = any($1) order by t.key`,
    [inspectionIds],
  )
  return Map.groupBy(rows, (row) => row.inspection_id)
}

export async function putItem(
  q: Queryable,
  task: { readonly id: number; readonly regionCode: number },
  item: {
    readonly key: string
    readonly value: unknown
    readonly version: number
    readonly atMs: number
    readonly by: number
    readonly device: string
    readonly seq: number
    readonly operationId: string
  },
): Promise<void> {
  await q.query(
    `insert into inspection_item as t (inspection_id, key, region_code, value, version, at, by_user, device, seq, operation_id)
     values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), $7, $8, $9, $10)
     on conflict (inspection_id, key) do update set value = excluded.value, version = excluded.version, at = excluded.at,
       by_user = excluded.by_user, device = excluded.device, seq = excluded.seq, operation_id = excluded.operation_id`,
    [
      task.id,
      item.key,
      task.regionCode,
      JSON.stringify(item.value),
      item.version,
      item.atMs,
      item.by,
      item.device,
      item.seq,
      item.operationId,
    ],
  )
}

export async function operationsByIds(
  q: Queryable,
  ids: readonly string[],
): Promise<Map<string, OperationRow>> {
  const { rows } = await q.query<OperationRow>(
    `select o.id, o.inspection_id, o.device, o.seq, o.kind, o.key, ${ms('o.at')} as at_ms, u.name as by_name, o.payload,
            o.status, o.code, o.detail, o.version, o.conflict_id
       from field_operation o left join app_user u on u.id = o.by_user where o.id = any($1)`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export interface OperationDraft {
  readonly id: string
  readonly inspectionId: number
  readonly regionCode: number
  readonly device: string
  readonly seq: number
  readonly kind: string
  readonly key: string
  readonly atMs: number
  readonly receivedMs: number
  readonly driftSeconds: number
  readonly by: number
  readonly baseVersion: number
  readonly payload: unknown
  readonly status: OperationRow['status']
  readonly code: string | null
  readonly detail: string | null
  readonly version: number | null
  readonly conflictId: number | null
}

/** Whether it was new: an operation exists once, whoever sends it again. */
export async function insertOperation(q: Queryable, o: OperationDraft): Promise<boolean> {
  const { rowCount } = await q.query(
    `insert into field_operation (id, inspection_id, region_code, device, seq, kind, key, at, received_at, drift_seconds,
       by_user, base_version, payload, status, code, detail, version, conflict_id)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8 / 1000.0), to_timestamp($9 / 1000.0), $10, $11, $12, $13, $14, $15,
       $16, $17, $18) on conflict (id) do nothing`,
    [
      o.id,
      o.inspectionId,
      o.regionCode,
      o.device,
      o.seq,
      o.kind,
      o.key,
      o.atMs,
      o.receivedMs,
      o.driftSeconds,
      o.by,
      o.baseVersion,
      JSON.stringify(o.payload),
      o.status,
      o.code,
      o.detail,
      o.version,
      o.conflictId,
    ],
  )
  return rowCount === 1
}

const conflictSelect = `select c.id, c.inspection_id, c.key, c.operations, c.decided_operation, u.name as decided_by_name,
    ${ms('c.decided_at')} as decided_ms, c.reason
  from field_conflict c left join app_user u on u.id = c.decided_by`

export async function conflictsOf(
  q: Queryable,
  inspectionIds: readonly number[],
): Promise<Map<number, ConflictRow[]>> {
  const { rows } = await q.query<ConflictRow>(
    `${conflictSelect} where c.inspection_id = any($1) order by c.id`,
    [inspectionIds],
  )
  return Map.groupBy(rows, (row) => row.inspection_id)
}

/** Opens a conflict on an item, or adds the operation to the one that is open. Returns its id. */
export async function keepConflict(
  q: Queryable,
  task: { readonly id: number; readonly regionCode: number },
  key: string,
  operations: readonly string[],
  atMs: number,
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into field_conflict as c (inspection_id, region_code, key, opened_at, operations)
     values ($1, $2, $3, to_timestamp($4 / 1000.0), $5)
     on conflict (inspection_id, key) where decided_by is null do update set
       operations = array(select distinct o from unnest(c.operations || excluded.operations) o order by o)
     returning id`,
    [task.id, task.regionCode, key, atMs, operations],
  )
  return rows[0]?.id ?? 0
}

export async function decideConflict(
  q: Queryable,
  id: number,
  decision: { operationId: string; by: number; atMs: number; reason: string },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update field_conflict set decided_operation = $2, decided_by = $3, decided_at = to_timestamp($4 / 1000.0), reason = $5
      where id = $1 and decided_by is null`,
    [id, decision.operationId, decision.by, decision.atMs, decision.reason],
  )
  return rowCount === 1
}

export interface ProblemRow {
  inspection_id: number
  key: string
  problem_id: number
  number: string
  title: string
}

export async function problemsOf(
  q: Queryable,
  inspectionIds: readonly number[],
): Promise<Map<number, ProblemRow[]>> {
  const { rows } = await q.query<ProblemRow>(
    `select inspection_id, key, problem_id, number, title from inspection_problem
      where inspection_id = any($1) order by problem_id`,
    [inspectionIds],
  )
  return Map.groupBy(rows, (row) => row.inspection_id)
}

export async function insertProblem(
  q: Queryable,
  task: { readonly id: number; readonly regionCode: number },
  problem: { key: string; problemId: number; number: string; title: string },
): Promise<void> {
  await q.query(
    `insert into inspection_problem (inspection_id, key, region_code, problem_id, number, title)
     values ($1, $2, $3, $4, $5, $6)`,
    [task.id, problem.key, task.regionCode, problem.problemId, problem.number, problem.title],
  )
}

export interface DeviceRow {
  device: string
  drift_seconds: number
  last_ms: number
  operations: number
}

export async function devicesOfTask(q: Queryable, inspectionId: number): Promise<DeviceRow[]> {
  const { rows } = await q.query<DeviceRow>(
    `select device, (array_agg(drift_seconds order by received_at desc))[1] as drift_seconds,
            ${ms('max(received_at)')} as last_ms, count(*)::int as operations
       from field_operation where inspection_id = $1 group by device order by device`,
    [inspectionId],
  )
  return rows
}

export interface WordRow {
  id: string
  key: string
  kind: string
  device: string
  seq: number
  payload: unknown
  version: number
}

/** The last word of each device on each item of a task; what was refused is no word. */
export async function lastWords(q: Queryable, inspectionId: number): Promise<WordRow[]> {
  const { rows } = await q.query<WordRow>(
    `select distinct on (key, device) id, key, kind, device, seq, payload, version
       from field_operation where inspection_id = $1 and status <> 'refused' order by key, device, seq desc`,
    [inspectionId],
  )
  return rows
}
