/** For tests: organizations, people and actors of a small city; evidence straight into its table. */
import type { RoleName } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Database } from '../../platform/db/index.ts'
import { testActor } from '../../platform/testing/index.ts'

export interface People {
  /** Organizations. */
  readonly bureau: number
  readonly branch: number
  readonly department: number
  readonly otherBranch: number
  readonly plantOwner: number
  readonly plant: number
  readonly head: Actor
  readonly county: Actor
  readonly other: Actor
  readonly dept: Actor
  readonly enterprise: Actor
}

export const county = 629001
export const otherCounty = 629021

async function organization(db: Database, code: string, type: string, region: number): Promise<number> {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into organization (code, name, type, region_code) values ($1, $2, $3, $4) returning id`,
    [code, `单位${code}`, type, region],
  )
  return rows[0]?.id ?? 0
}

async function person(
  db: Database,
  login: string,
  organizationId: number,
  role: RoleName,
  regions: readonly number[],
  owner: 'any' | 'own' = 'any',
): Promise<Actor> {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into app_user (login, name, organization_id, roles, regions, owner_scope, password_hash)
     values ($1, $1, $2, $3, $4, $5, 'x') returning id`,
    [login, organizationId, [role], regions, owner],
  )
  const literal = `{${regions.map((code) => (code % 100 === 0 ? `[${code},${code + 100})` : `[${code},${code + 1})`)).join(',')}}`
  return testActor(role, {
    userId: rows[0]?.id ?? 0,
    name: login,
    organizationId,
    regions: literal,
    owner: owner === 'any' ? 'any' : organizationId,
  })
}

/** A bureau, two branches, another department and a plant, with one person each. */
export async function settle(db: Database): Promise<People> {
  const bureau = await organization(db, 'B', 'bureau', 629000)
  const branch = await organization(db, 'C1', 'branch', county)
  const otherBranch = await organization(db, 'C2', 'branch', otherCounty)
  const department = await organization(db, 'D', 'department', 629000)
  const plantOwner = await organization(db, 'P', 'enterprise', county)
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into feature (kind, code, name, region_code, owner_id, lon, lat, properties)
     values ('enterprise', 'E1', '甲冶炼厂', $1, $2, 102.1, 38.5, '{"industry": "C3216"}') returning id`,
    [county, plantOwner],
  )
  return {
    bureau,
    branch,
    otherBranch,
    department,
    plantOwner,
    plant: rows[0]?.id ?? 0,
    head: await person(db, 'head', bureau, 'section-head', [629000]),
    county: await person(db, 'county', branch, 'county-head', [county]),
    other: await person(db, 'other', otherBranch, 'county-head', [otherCounty]),
    dept: await person(db, 'dept', department, 'department', [629000]),
    enterprise: await person(db, 'enterprise', plantOwner, 'enterprise', [county], 'own'),
  }
}

/** Evidence as if it had been uploaded, located or not. */
export async function insertEvidence(
  db: Database,
  matterId: number,
  by: Actor,
  demand: string,
  kind: 'photo' | 'document' | 'data',
  atMs: number,
  located = false,
): Promise<void> {
  await db.pool.query(
    `insert into evidence (subject_kind, subject_id, demand, kind, title, file_name, media_type, bytes, sha256,
       region_code, owner_id, parties, shown_to_owner, internal, taken_at, taken_from, lon, lat, place_from, located,
       verdict, findings, scan, uploaded_at, user_id, organization_id)
     select 'matter', m.id, $2, $3, $2, $2 || '.bin', 'application/octet-stream', 10, encode(sha256(convert_to($1::int || $2 || $5::bigint::text || random()::text, 'UTF8')), 'hex'),
       m.region_code, m.owner_id, m.parties, m.shown_to_owner, false, to_timestamp($5::bigint / 1000.0), 'exif', 102.1, 38.5, 'exif', $4,
       'fits', '[]', 'clean', to_timestamp($5::bigint / 1000.0), $6, $7 from matter m where m.id = $1`,
    [matterId, demand, kind, located, atMs, by.userId, by.organizationId],
  )
}
