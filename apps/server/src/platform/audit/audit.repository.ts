/** The audit chain: who did what to which object; every entry carries the hash of the one before. */
import { createHash } from 'node:crypto'
import type { AuditVerification } from '@shanshui/contract'
import type { Queryable } from '../db/index.ts'
import { currentRequestId } from '../request-context.ts'

/** Who acts: a person, the system, or somebody not logged in (`userId: null` with what was said for a name). */
export type AuditActor = { readonly userId: number | null; readonly name: string } | 'system'

/**
 * Adds an entry in the caller's transaction. Entries queue up one behind the other until the transaction ends, so
 * make this the last step before the commit.
 * @param action stable name, e.g. `registry.feature-updated`
 * @param object what it was done to, e.g. `feature:12`
 */
export async function recordAudit(
  trx: Queryable,
  actor: AuditActor,
  action: string,
  object: string,
  detail: object = {},
): Promise<void> {
  const who = actor === 'system' ? { userId: null, name: '系统' } : actor
  await trx.query('select append_audit($1, $2, $3, $4, $5, $6)', [
    who.userId,
    who.name,
    action,
    object,
    JSON.stringify(detail),
    currentRequestId(),
  ])
}

interface ChainRow {
  seq: string
  prev: string
  hash: string
  payload: string
}

const rowsPerStep = 5_000

/** Recomputes every hash from the first entry on. Names the first entry that does not fit. */
export async function verifyAuditChain(q: Queryable): Promise<AuditVerification> {
  let last = 0
  let head = ''
  for (;;) {
    const { rows } = await q.query<ChainRow>(
      `select seq, encode(prev_hash, 'hex') as prev, encode(hash, 'hex') as hash,
              audit_payload(seq, at, user_id, actor, action, object, detail, request_id) as payload
         from audit where seq > $1 order by seq limit $2`,
      [last, rowsPerStep],
    )
    for (const row of rows) {
      const seq = Number(row.seq)
      const broken = (reason: string): AuditVerification => ({
        ok: false,
        entries: last,
        head,
        broken: { seq, reason },
      })
      if (seq !== last + 1) return broken(`第 ${last + 1} 条缺失`)
      if (row.prev !== head) return broken('与上一条的哈希不衔接')
      const hash = createHash('sha256')
        .update(Buffer.from(head, 'hex'))
        .update(row.payload, 'utf8')
        .digest('hex')
      if (hash !== row.hash) return broken('内容与哈希不符')
      last = seq
      head = row.hash
    }
    if (rows.length < rowsPerStep)
      return { ok: true, entries: last, head: head === '' ? null : head, broken: null }
  }
}
