/** SQL of evidence. Reads run under the actor's row-level security unless said otherwise. */
import type { EvidenceScan } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { EvidenceRow, SubjectRef } from './evidence.table.ts'

const columns = `e.id, e.subject_kind, e.subject_id, e.demand, e.kind, e.title, e.file_name, e.media_type,
  e.bytes::float8 as bytes, e.sha256, e.exif, e.device, e.claim,
  extract(epoch from e.taken_at)::float8 * 1000 as taken_ms, e.taken_from, e.lon, e.lat, e.place_from, e.distance_m,
  e.located, e.verdict, e.findings, e.scan, e.internal, extract(epoch from e.uploaded_at)::float8 * 1000 as uploaded_ms,
  e.user_id, coalesce(u.name, '') as user_name, e.organization_id, coalesce(o.name, '') as organization_name,
  extract(epoch from e.withdrawn_at)::float8 * 1000 as withdrawn_ms, e.withdrawn_by, w.name as withdrawn_by_name,
  e.withdrawn_reason`
const sources = `evidence e left join app_user u on u.id = e.user_id left join organization o on o.id = e.organization_id
  left join app_user w on w.id = e.withdrawn_by`

export async function evidenceById(q: Queryable, id: number): Promise<EvidenceRow | undefined> {
  const { rows } = await q.query<EvidenceRow>(`select ${columns} from ${sources} where e.id = $1`, [id])
  return rows[0]
}

/** In the order in which they came, withdrawn ones included. */
export async function evidenceOfSubject(q: Queryable, subject: SubjectRef): Promise<EvidenceRow[]> {
  const { rows } = await q.query<EvidenceRow>(
    `select ${columns} from ${sources} where e.subject_kind = $1 and e.subject_id = $2 order by e.id`,
    [subject.kind, subject.id],
  )
  return rows
}

/** The one that the same organization has brought with the same file for the same demand. */
export async function sameEvidence(
  q: Queryable,
  key: { subject: SubjectRef; demand: string; sha256: string; organizationId: number },
): Promise<EvidenceRow | undefined> {
  const { rows } = await q.query<EvidenceRow>(
    `select ${columns} from ${sources} where e.subject_kind = $1 and e.subject_id = $2 and e.demand = $3
       and e.sha256 = $4 and e.organization_id = $5 and e.withdrawn_at is null`,
    [key.subject.kind, key.subject.id, key.demand, key.sha256, key.organizationId],
  )
  return rows[0]
}

export type NewEvidence = Omit<
  EvidenceRow,
  | 'id'
  | 'user_name'
  | 'organization_name'
  | 'withdrawn_ms'
  | 'withdrawn_by'
  | 'withdrawn_by_name'
  | 'withdrawn_reason'
> & {
  readonly region_code: number
  readonly owner_id: number
  readonly parties: readonly number[]
  readonly shown_to_owner: boolean
}

/** Id of the new row; undefined when the same file is already there. */
export async function insertEvidence(q: Queryable, row: NewEvidence): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>(
    `insert into evidence (subject_kind, subject_id, demand, kind, title, file_name, media_type, bytes, sha256,
       region_code, owner_id, parties, shown_to_owner, internal, exif, device, claim, taken_at, taken_from, lon, lat,
       place_from, distance_m, located, verdict, findings, scan, uploaded_at, user_id, organization_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, to_timestamp($18::float8 / 1000),
       $19, $20, $21, $22, $23, $24, $25, $26, $27, to_timestamp($28::float8 / 1000), $29, $30)
     on conflict (subject_kind, subject_id, demand, sha256, organization_id) where withdrawn_at is null do nothing
     returning id`,
    [
      row.subject_kind,
      row.subject_id,
      row.demand,
      row.kind,
      row.title,
      row.file_name,
      row.media_type,
      row.bytes,
      row.sha256,
      row.region_code,
      row.owner_id,
      row.parties,
      row.shown_to_owner,
      row.internal,
      json(row.exif),
      json(row.device),
      json(row.claim),
      row.taken_ms,
      row.taken_from,
      row.lon,
      row.lat,
      row.place_from,
      row.distance_m,
      row.located,
      row.verdict,
      json(row.findings),
      row.scan,
      row.uploaded_ms,
      row.user_id,
      row.organization_id,
    ],
  )
  return rows[0]?.id
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

/** False when it was withdrawn before, or is not of the actor's organization. */
export async function markWithdrawn(
  q: Queryable,
  id: number,
  by: number,
  reason: string,
  atMs: number,
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update evidence set withdrawn_at = to_timestamp($4::float8 / 1000), withdrawn_by = $2, withdrawn_reason = $3
      where id = $1 and withdrawn_at is null`,
    [id, by, reason, atMs],
  )
  return rowCount === 1
}

export async function shareRows(
  q: Queryable,
  subject: SubjectRef & {
    regionCode: number
    ownerId: number
    parties: readonly number[]
    shownToOwner: boolean
  },
): Promise<void> {
  await q.query('select share_evidence($1, $2, $3, $4, $5, $6)', [
    subject.kind,
    subject.id,
    subject.regionCode,
    subject.ownerId,
    subject.parties,
    subject.shownToOwner,
  ])
}

/** As owner of the tables: files that no scanner has seen yet. */
export async function evidenceToScan(q: Queryable, limit: number): Promise<{ sha256: string }[]> {
  const { rows } = await q.query<{ sha256: string }>(
    `select distinct sha256 from evidence where scan = 'waiting' limit $1`,
    [limit],
  )
  return rows
}

/** As owner of the tables: what the scanner made of a file, for every row that shows it. */
export async function settleScan(q: Queryable, sha256: string, scan: EvidenceScan): Promise<number[]> {
  const { rows } = await q.query<{ id: number }>(
    `update evidence set scan = $2 where sha256 = $1 and scan = 'waiting' returning id`,
    [sha256, scan],
  )
  return rows.map((row) => row.id)
}

/** As owner of the tables: what the audit chain says of a file. */
export async function auditedHash(
  q: Queryable,
  id: number,
): Promise<{ seq: number; sha256: string } | undefined> {
  const { rows } = await q.query<{ seq: string; sha256: string }>(
    `select seq, detail ->> 'sha256' as sha256 from audit
      where object = $1 and action = 'evidence.added' order by seq limit 1`,
    [`evidence:${id}`],
  )
  const row = rows[0]
  return row === undefined ? undefined : { seq: Number(row.seq), sha256: row.sha256 }
}

/** As owner of the tables: every file that evidence stands on, in order of id. */
export async function evidenceFiles(
  q: Queryable,
  afterId: number,
  limit: number,
): Promise<{ id: number; sha256: string; bytes: number; scan: EvidenceScan }[]> {
  const { rows } = await q.query<{ id: number; sha256: string; bytes: number; scan: EvidenceScan }>(
    `select id, sha256, bytes::float8 as bytes, scan from evidence where id > $1 order by id limit $2`,
    [afterId, limit],
  )
  return rows
}
