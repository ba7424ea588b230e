/** SQL of unfinished uploads; a person's own, by row-level security. */
import type { Queryable } from '../../platform/db/index.ts'
import type { SubjectRef, UploadRow } from './evidence.table.ts'

const columns = `id, subject_kind, subject_id, demand, kind, title, file_name, bytes::float8 as bytes, sha256, internal,
  device, claim, received::float8 as received, user_id, extract(epoch from touched_at)::float8 * 1000 as touched_ms,
  evidence_id`

export async function uploadById(q: Queryable, id: number): Promise<UploadRow | undefined> {
  const { rows } = await q.query<UploadRow>(`select ${columns} from evidence_upload where id = $1`, [id])
  return rows[0]
}

/** Locks it: pieces of one upload are written one after another. */
export async function uploadForUpdate(q: Queryable, id: number): Promise<UploadRow | undefined> {
  const { rows } = await q.query<UploadRow>(
    `select ${columns} from evidence_upload where id = $1 for update`,
    [id],
  )
  return rows[0]
}

export async function openUploadOf(
  q: Queryable,
  userId: number,
  key: { subject: SubjectRef; demand: string; sha256: string },
): Promise<UploadRow | undefined> {
  const { rows } = await q.query<UploadRow>(
    `select ${columns} from evidence_upload where user_id = $1 and subject_kind = $2 and subject_id = $3
       and demand = $4 and sha256 = $5 and evidence_id is null`,
    [userId, key.subject.kind, key.subject.id, key.demand, key.sha256],
  )
  return rows[0]
}

export async function openUploads(q: Queryable, userId: number): Promise<UploadRow[]> {
  const { rows } = await q.query<UploadRow>(
    `select ${columns} from evidence_upload where user_id = $1 and evidence_id is null order by id`,
    [userId],
  )
  return rows
}

/** Undefined when another request has begun the same upload at the same moment. */
export async function insertUpload(
  q: Queryable,
  row: Omit<UploadRow, 'id' | 'received' | 'touched_ms' | 'evidence_id'>,
  atMs: number,
): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>(
    `insert into evidence_upload (subject_kind, subject_id, demand, kind, title, file_name, bytes, sha256, internal,
       device, claim, user_id, started_at, touched_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13::float8 / 1000),
       to_timestamp($13::float8 / 1000))
     on conflict (user_id, subject_kind, subject_id, demand, sha256) where evidence_id is null do nothing returning id`,
    [
      row.subject_kind,
      row.subject_id,
      row.demand,
      row.kind,
      row.title,
      row.file_name,
      row.bytes,
      row.sha256,
      row.internal,
      row.device === null ? null : JSON.stringify(row.device),
      row.claim === null ? null : JSON.stringify(row.claim),
      row.user_id,
      atMs,
    ],
  )
  return rows[0]?.id
}

export async function setReceived(q: Queryable, id: number, received: number, atMs: number): Promise<void> {
  await q.query(
    `update evidence_upload set received = $2, touched_at = to_timestamp($3::float8 / 1000) where id = $1`,
    [id, received, atMs],
  )
}

export async function setEvidence(q: Queryable, id: number, evidenceId: number): Promise<void> {
  await q.query('update evidence_upload set evidence_id = $2 where id = $1', [id, evidenceId])
}

export async function deleteUpload(q: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await q.query('delete from evidence_upload where id = $1', [id])
  return rowCount === 1
}

/** As owner of the tables: removes uploads that nobody has touched since; returns their ids. */
export async function deleteUploadsBefore(q: Queryable, beforeMs: number): Promise<number[]> {
  const { rows } = await q.query<{ id: number }>(
    'delete from evidence_upload where touched_at < to_timestamp($1::float8 / 1000) returning id',
    [beforeMs],
  )
  return rows.map((row) => row.id)
}

/** As owner of the tables: which of these uploads still wait for bytes. */
export async function stillOpen(q: Queryable, ids: readonly number[]): Promise<Set<number>> {
  const { rows } = await q.query<{ id: number }>(
    'select id from evidence_upload where id = any($1) and evidence_id is null',
    [ids],
  )
  return new Set(rows.map((row) => row.id))
}
