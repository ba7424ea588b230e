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
