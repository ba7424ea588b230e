import type { OrganizationType, RoleName } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { OrganizationRow, UserRow } from './identity.table.ts'

const organizationColumns = 'id, code, name, type, region_code, parent_id'

export async function insertOrganization(
  q: Queryable,
  row: { code: string; name: string; type: OrganizationType; regionCode: number; parentId: number | null },
): Promise<OrganizationRow> {
  const { rows } = await q.query<OrganizationRow>(
    `insert into organization (code, name, type, region_code, parent_id) values ($1, $2, $3, $4, $5)
     returning ${organizationColumns}`,
    [row.code, row.name, row.type, row.regionCode, row.parentId],
  )
  return rows[0] as OrganizationRow
}

export async function selectOrganizations(q: Queryable): Promise<OrganizationRow[]> {
  const { rows } = await q.query<OrganizationRow>(
    `select ${organizationColumns} from organization order by region_code, id`,
  )
  return rows
}

export async function selectOrganization(
  q: Queryable,
  by: { id: number } | { code: string },
): Promise<OrganizationRow | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['code', by.code]
  const { rows } = await q.query<OrganizationRow>(
    `select ${organizationColumns} from organization where ${column} = $1`,
    [value],
  )
  return rows[0]
}

export interface NewUser {
  readonly login: string
  readonly name: string
  readonly organizationId: number
  readonly roles: readonly RoleName[]
  readonly regions: readonly number[]
  readonly ownerScope: 'any' | 'own'
  readonly passwordHash: string
  readonly mustChangePassword: boolean
}

export async function insertUser(q: Queryable, user: NewUser): Promise<UserRow> {
  const { rows } = await q.query<UserRow>(
    `insert into app_user (login, name, organization_id, roles, regions, owner_scope, password_hash, must_change_password)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
    [
      user.login,
      user.name,
      user.organizationId,
      user.roles,
      user.regions,
      user.ownerScope,
      user.passwordHash,
      user.mustChangePassword,
    ],
  )
  return rows[0] as UserRow
}

export async function selectUser(
  q: Queryable,
  by: { id: number } | { login: string },
): Promise<UserRow | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['login', by.login]
  const { rows } = await q.query<UserRow>(`select * from app_user where ${column} = $1`, [value])
  return rows[0]
}

/** Locks the row, so that tries at once are counted one by one. */
export async function lockUserByLogin(q: Queryable, login: string): Promise<UserRow | undefined> {
  const { rows } = await q.query<UserRow>('select * from app_user where login = $1 for update', [login])
  return rows[0]
}

export async function selectUsers(
  q: Queryable,
  filter: { search?: string; afterId?: number; limit: number },
): Promise<UserRow[]> {
  const { rows } = await q.query<UserRow>(
    `select * from app_user
      where ($1::text is null or position(lower($1) in lower(login || ' ' || name)) > 0)
        and ($2::int is null or id > $2) order by id limit $3`,
    [filter.search ?? null, filter.afterId ?? null, filter.limit],
  )
  return rows
}

/** Nobody else makes a person until the transaction ends. */
export async function lockAndCountUsers(q: Queryable): Promise<number> {
  await q.query('lock table app_user in share row exclusive mode')
  const { rows } = await q.query<{ count: number }>('select count(*)::int as count from app_user')
  return rows[0]?.count ?? 0
}

export interface UserChange {
  readonly name: string
  readonly organizationId: number
  readonly roles: readonly RoleName[]
  readonly regions: readonly number[]
  readonly ownerScope: 'any' | 'own'
  readonly disabled: boolean
}

export async function replaceUser(
  q: Queryable,
  id: number,
  version: number,
  user: UserChange,
): Promise<UserRow | undefined> {
  const { rows } = await q.query<UserRow>(
    `update app_user set name = $3, organization_id = $4, roles = $5, regions = $6, owner_scope = $7, disabled = $8,
            version = version + 1
      where id = $1 and version = $2 returning *`,
    [id, version, user.name, user.organizationId, user.roles, user.regions, user.ownerScope, user.disabled],
  )
  return rows[0]
}

export async function savePassword(
  q: Queryable,
  id: number,
  hash: string,
  mustChange: boolean,
): Promise<void> {
  await q.query(
    `update app_user set password_hash = $2, must_change_password = $3, failures = 0, locked_until = null,
            version = version + 1 where id = $1`,
    [id, hash, mustChange],
  )
}

export async function saveFailure(
  q: Queryable,
  id: number,
  failures: number,
  lockedUntil: Date | null,
): Promise<void> {
  await q.query('update app_user set failures = $2, locked_until = $3 where id = $1', [
    id,
    failures,
    lockedUntil,
  ])
}

export async function saveLogin(q: Queryable, id: number, at: Date): Promise<void> {
  await q.query('update app_user set failures = 0, locked_until = null, last_login_at = $2 where id = $1', [
    id,
    at,
  ])
}

export interface DirectoryPersonRow {
  readonly id: number
  readonly name: string
  readonly organization_id: number
}

/** People who can sign in, of one organization, or of all that are not enterprises besides it. */
export async function selectDirectoryPeople(
  q: Queryable,
  organizationId: number,
  others: boolean,
): Promise<DirectoryPersonRow[]> {
  const { rows } = await q.query<DirectoryPersonRow>(
    `select u.id, u.name, u.organization_id
       from app_user u join organization o on o.id = u.organization_id
      where not u.disabled and (o.id = $1 or ($2 and o.type <> 'enterprise'))
      order by u.organization_id, u.name, u.id
      limit 2000`,
    [organizationId, others],
  )
  return rows
}
