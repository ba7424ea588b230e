import type { Queryable } from '../../platform/db/index.ts'

const code = 'PUBLIC'

/** The public as an organization with one person who never logs in: whose name stands at pictures that citizens sent. */
export async function publicPerson(
  trx: Queryable,
  regionCode: number,
): Promise<{ userId: number; organizationId: number }> {
  await trx.query(
    `insert into organization (code, name, type, region_code) values ($1, '社会公众', 'public', $2)
     on conflict (code) do nothing`,
    [code, regionCode],
  )
  // No password has this hash: argon2id never makes it.
  await trx.query(
    `insert into app_user (login, name, organization_id, roles, regions, owner_scope, password_hash, disabled)
     select 'public-report', '网上举报人', id, array['department'], '{}', 'own', '!', true
       from organization where code = $1
     on conflict (login) do nothing`,
    [code],
  )
  const { rows } = await trx.query<{ user_id: number; organization_id: number }>(
    `select u.id as user_id, o.id as organization_id
       from organization o join app_user u on u.organization_id = o.id and u.login = 'public-report'
      where o.code = $1`,
    [code],
  )
  const [row] = rows
  if (row === undefined) throw new Error('the organization of the public could not be made')
  return { userId: row.user_id, organizationId: row.organization_id }
}
