/** What came by the public form. Runs as the platform: requests of people cannot read these rows. */
import type { Queryable } from '../../platform/db/index.ts'

const at = (parameter: number) => `to_timestamp($${parameter}::float8 / 1000)`
const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`

/** Submissions come one after the other, so that the limits are exact whatever number of processes takes them. */
export async function oneAtATime(trx: Queryable): Promise<void> {
  await trx.query(`select pg_advisory_xact_lock(hashtext('public-complaints'))`)
}

export interface IntakeRow {
  readonly id: number
  readonly at_ms: number
  readonly nonce: string
  readonly complaint_id: number
  readonly number: string
  readonly photos: number
}

const columns = `i.id, ${ms('i.at')} as at_ms, i.nonce, i.complaint_id, c.number, i.photos`

export async function intakeOfNonce(q: Queryable, nonce: string): Promise<IntakeRow | undefined> {
  const { rows } = await q.query<IntakeRow>(
    `select ${columns} from public_intake i join complaint c on c.id = i.complaint_id where i.nonce = $1`,
    [nonce],
  )
  return rows[0]
}

/** The same text from the same address since then. */
export async function sameIntake(
  q: Queryable,
  addressMark: Buffer,
  digest: Buffer,
  sinceMs: number,
): Promise<IntakeRow | undefined> {
  const { rows } = await q.query<IntakeRow>(
    `select ${columns} from public_intake i join complaint c on c.id = i.complaint_id
      where i.address_mark = $1 and i.digest = $2 and i.at > ${at(3)} order by i.id limit 1`,
    [addressMark, digest, sinceMs],
  )
  return rows[0]
}

/** Times of earlier ones for the limits: of the address within a day, of all within a minute. */
export async function earlierIntakes(
  q: Queryable,
  addressMark: Buffer,
  nowMs: number,
): Promise<{ sameAddress: number[]; all: number[] }> {
  const { rows } = await q.query<{ at_ms: number; same: boolean }>(
    `select ${ms('at')} as at_ms, coalesce(address_mark = $1, false) as same from public_intake
      where (address_mark = $1 and at > ${at(2)} - interval '1 day') or at > ${at(2)} - interval '1 minute'`,
    [addressMark, nowMs],
  )
  return {
    sameAddress: rows.filter(({ same }) => same).map(({ at_ms }) => at_ms),
    all: rows.filter(({ at_ms }) => at_ms > nowMs - 60_000).map(({ at_ms }) => at_ms),
  }
}

export async function insertIntake(
  trx: Queryable,
  row: {
    readonly atMs: number
    readonly addressMark: Buffer
    readonly nonce: string
    readonly digest: Buffer
    readonly complaintId: number
  },
): Promise<void> {
  await trx.query(
    `insert into public_intake (at, address_mark, nonce, digest, complaint_id)
     values (${at(1)}, $2, $3, $4, $5)`,
    [row.atMs, row.addressMark, row.nonce, row.digest, row.complaintId],
  )
}

/** Marks of addresses are needed for a day; older ones go. */
export async function forgetAddresses(trx: Queryable, beforeMs: number): Promise<void> {
  await trx.query(
    `update public_intake set address_mark = null where address_mark is not null and at < ${at(1)}`,
    [beforeMs],
  )
}

/** Takes one of the places for pictures; false when none is left. */
export async function takePhotoPlace(trx: Queryable, intakeId: number, most: number): Promise<boolean> {
  const { rowCount } = await trx.query(
    'update public_intake set photos = photos + 1 where id = $1 and photos < $2',
    [intakeId, most],
  )
  return rowCount === 1
}

export async function giveBackPhotoPlace(q: Queryable, intakeId: number): Promise<void> {
  await q.query('update public_intake set photos = photos - 1 where id = $1 and photos > 0', [intakeId])
}

export async function setLookUpHash(trx: Queryable, complaintId: number, hash: Buffer): Promise<void> {
  await trx.query('update complaint set look_up_hash = $2 where id = $1', [complaintId, hash])
}

/** Counties of the city, or the regions that stand on their own where there are no counties. */
export async function reportableRegions(q: Queryable): Promise<{ code: number; name: string }[]> {
  const { rows } = await q.query<{ code: number; name: string }>(
    `select code, name from region where level = 'county' order by code`,
  )
  return rows
}

export async function bureauName(q: Queryable): Promise<string | undefined> {
  const { rows } = await q.query<{ name: string }>(
    `select name from organization where type = 'bureau' order by id limit 1`,
  )
  return rows[0]?.name
}
