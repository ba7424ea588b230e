import type { Queryable } from '../../platform/db/index.ts'
import type { ApiKeyRow, AuditRow, SessionRow } from './identity.table.ts'

export async function insertSession(
  q: Queryable,
  session: {
    tokenHash: Buffer
    userId: number
    csrfToken: string
    createdAt: Date
    expiresAt: Date
    address: string
    userAgent: string
  },
): Promise<void> {
  await q.query(
    `insert into session (token_hash, user_id, csrf_token, created_at, expires_at, last_seen_at, address, user_agent)
     values ($1, $2, $3, $4, $5, $4, $6, $7)`,
    [
      session.tokenHash,
      session.userId,
      session.csrfToken,
      session.createdAt,
      session.expiresAt,
      session.address,
      session.userAgent,
    ],
  )
}

export async function selectSession(q: Queryable, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const { rows } = await q.query<SessionRow>({
    name: 'session-by-token',
    text: 'select token_hash, user_id, csrf_token, created_at, expires_at, last_seen_at from session where token_hash = $1',
    values: [tokenHash],
  })
  return rows[0]
}

export async function touchSession(q: Queryable, tokenHash: Buffer, at: Date): Promise<void> {
  await q.query('update session set last_seen_at = $2 where token_hash = $1', [tokenHash, at])
}

export async function deleteSession(q: Queryable, tokenHash: Buffer): Promise<void> {
  await q.query('delete from session where token_hash = $1', [tokenHash])
}

/** Ends a person's sessions, but for the one that is kept. */
export async function deleteSessionsOf(q: Queryable, userId: number, keep: Buffer | null): Promise<void> {
  await q.query('delete from session where user_id = $1 and ($2::bytea is null or token_hash <> $2)', [
    userId,
    keep,
  ])
}

export async function deleteExpiredSessions(q: Queryable, now: Date, idleSince: Date): Promise<void> {
  await q.query('delete from session where expires_at <= $1 or last_seen_at <= $2', [now, idleSince])
}

const keyColumns = `k.id, k.user_id, u.name as user_name, k.name, k.prefix, k.created_at, k.expires_at, k.last_used_at,
  k.revoked_at`

export async function insertApiKey(
  q: Queryable,
  key: {
    userId: number
    name: string
    prefix: string
    secretHash: Buffer
    createdBy: number
    expiresAt: Date | null
  },
): Promise<ApiKeyRow> {
  const { rows } = await q.query<ApiKeyRow>(
    `with k as (insert into api_key (user_id, name, prefix, secret_hash, created_by, expires_at)
                values ($1, $2, $3, $4, $5, $6) returning *)
     select ${keyColumns} from k join app_user u on u.id = k.user_id`,
    [key.userId, key.name, key.prefix, key.secretHash, key.createdBy, key.expiresAt],
  )
  return rows[0] as ApiKeyRow
}

export async function selectApiKeys(q: Queryable): Promise<ApiKeyRow[]> {
  const { rows } = await q.query<ApiKeyRow>(
    `select ${keyColumns} from api_key k join app_user u on u.id = k.user_id order by k.id`,
  )
  return rows
}

export async function selectApiKeyBySecret(q: Queryable, secretHash: Buffer): Promise<ApiKeyRow | undefined> {
  const { rows } = await q.query<ApiKeyRow>(
    `select ${keyColumns} from api_key k join app_user u on u.id = k.user_id where k.secret_hash = $1`,
    [secretHash],
  )
  return rows[0]
}

export async function touchApiKey(q: Queryable, id: number, at: Date): Promise<void> {
  await q.query('update api_key set last_used_at = $2 where id = $1', [id, at])
}

export async function revokeApiKeyRow(q: Queryable, id: number, at: Date): Promise<boolean> {
  const { rowCount } = await q.query(
    'update api_key set revoked_at = $2 where id = $1 and revoked_at is null',
    [id, at],
  )
  return rowCount === 1
}

export interface AuditFilter {
  readonly beforeSeq?: number
  readonly action?: string
  readonly userId?: number
  readonly object?: string
  readonly from?: string
  readonly to?: string
  readonly limit: number
}

export async function selectAudit(q: Queryable, filter: AuditFilter): Promise<AuditRow[]> {
  const { rows } = await q.query<AuditRow>(
    `select seq, at, user_id, actor, action, object, detail, request_id, encode(hash, 'hex') as hash from audit
      where ($1::bigint is null or seq < $1) and ($2::text is null or starts_with(action, $2))
        and ($3::int is null or user_id = $3) and ($4::text is null or object = $4)
        and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
      order by seq desc limit $7`,
    [
      filter.beforeSeq ?? null,
      filter.action ?? null,
      filter.userId ?? null,
      filter.object ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.limit,
    ],
  )
  return rows
}
