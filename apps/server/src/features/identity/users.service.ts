/** People and organizations: who is there, what they may, what they see. */
import { randomBytes } from 'node:crypto'
import type { CreateOrganization, CreateUser, RoleName, UpdateUser } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { type AuditActor, recordAudit } from '../../platform/audit/index.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import type { ApiKeyRow, OrganizationRow, UserRow } from './identity.table.ts'
import { hashPassword, oneTimePassword } from './password.ts'
import { deleteSessionsOf, insertApiKey, revokeApiKeyRow } from './sessions.repository.ts'
import { sha256 } from './sessions.service.ts'
import {
  insertOrganization,
  insertUser,
  lockAndCountUsers,
  replaceUser,
  savePassword,
  selectOrganization,
  selectUser,
} from './users.repository.ts'

const uniqueViolation = (error: unknown) => (error as { code?: string }).code === '23505'

/** Errors: `identity.code-taken`, `identity.organization-unknown` (of the parent). */
export async function createOrganization(
  trx: Trx,
  actor: AuditActor,
  given: CreateOrganization,
): Promise<OrganizationRow> {
  const parentId = given.parentId ?? null
  if (parentId !== null && (await selectOrganization(trx, { id: parentId })) === undefined) {
    throw new AppError('identity.organization-unknown', { detail: `没有单位 ${parentId}` })
  }
  const row = await insertOrganization(trx, { ...given, parentId }).catch((error: unknown) => {
    if (uniqueViolation(error))
      throw new AppError('identity.code-taken', { detail: `单位代码 ${given.code} 已存在` })
    throw error
  })
  await recordAudit(trx, actor, 'identity.organization-created', `organization:${row.id}`, {
    code: row.code,
    name: row.name,
  })
  return row
}

/** By code: the one that is there, or a new one. */
export async function ensureOrganization(trx: Trx, given: CreateOrganization): Promise<OrganizationRow> {
  return (await selectOrganization(trx, { code: given.code })) ?? createOrganization(trx, 'system', given)
}

function requireScope(roles: readonly RoleName[], scope: CreateUser['scope']): void {
  if (roles.includes('enterprise') && scope.owner !== 'own') {
    throw new AppError('identity.scope-invalid', { detail: '企业用户只能看本单位的数据' })
  }
}

/** A person with a password of the caller's choice, e.g. the demo's. Errors: as `addUser`. */
export async function createUser(
  trx: Trx,
  actor: AuditActor,
  given: CreateUser & { password: string; mustChangePassword: boolean },
): Promise<UserRow> {
  requireScope(given.roles, given.scope)
  if ((await selectOrganization(trx, { id: given.organizationId })) === undefined) {
    throw new AppError('identity.organization-unknown', { detail: `没有单位 ${given.organizationId}` })
  }
  if ((await selectUser(trx, { login: given.login })) !== undefined) {
    throw new AppError('identity.login-taken', { detail: `账号 ${given.login} 已存在` })
  }
  const user = await insertUser(trx, {
    login: given.login.toLowerCase(),
    name: given.name,
    organizationId: given.organizationId,
    roles: given.roles,
    regions: given.scope.regions,
    ownerScope: given.scope.owner,
    passwordHash: await hashPassword(given.password),
    mustChangePassword: given.mustChangePassword,
  })
  const detail = { login: user.login, roles: user.roles, regions: user.regions, owner: user.owner_scope }
  await recordAudit(trx, actor, 'identity.user-created', `user:${user.id}`, detail)
  return user
}

/** A person with a one-time password. Errors: `identity.login-taken`, `identity.organization-unknown`, `identity.scope-invalid`. */
export async function addUser(
  deps: Deps,
  actor: Actor,
  given: CreateUser,
): Promise<{ user: UserRow; password: string }> {
  const password = oneTimePassword()
  const user = await deps.db.transaction((trx) =>
    createUser(trx, actor, { ...given, password, mustChangePassword: true }),
  )
  return { user, password }
}

async function requireUser(q: Queryable, id: number): Promise<UserRow> {
  const user = await selectUser(q, { id })
  if (user === undefined) throw new AppError('identity.user-unknown', { detail: `没有用户 ${id}` })
  return user
}

/** Errors: `identity.user-unknown`, `identity.self-change`, `request.changed-meanwhile`. */
export async function changeUser(deps: Deps, actor: Actor, id: number, given: UpdateUser): Promise<UserRow> {
  if (
    id === actor.userId &&
    (given.roles !== undefined || given.scope !== undefined || given.disabled === true)
  ) {
    throw new AppError('identity.self-change')
  }
  return deps.db.transaction(async (trx) => {
    const present = await requireUser(trx, id)
    const roles = given.roles ?? present.roles
    const scope = given.scope ?? { regions: present.regions, owner: present.owner_scope }
    requireScope(roles, scope)
    const organizationId = given.organizationId ?? present.organization_id
    if ((await selectOrganization(trx, { id: organizationId })) === undefined) {
      throw new AppError('identity.organization-unknown', { detail: `没有单位 ${organizationId}` })
    }
    const row = await replaceUser(trx, id, given.version, {
      name: given.name ?? present.name,
      organizationId,
      roles,
      regions: scope.regions,
      ownerScope: scope.owner,
      disabled: given.disabled ?? present.disabled,
    })
    if (row === undefined)
      throw new AppError('request.changed-meanwhile', { detail: `用户已是第 ${present.version} 版` })
    if (row.disabled) await deleteSessionsOf(trx, id, null)
    const { version: _, ...changed } = given
    await recordAudit(trx, actor, 'identity.user-changed', `user:${id}`, changed)
    return row
  })
}

/** New one-time password; unlocks, and ends every session of the person. */
export async function resetUserPassword(deps: Deps, actor: AuditActor, id: number): Promise<string> {
  const password = oneTimePassword()
  const hash = await hashPassword(password)
  await deps.db.transaction(async (trx) => {
    await requireUser(trx, id)
    await savePassword(trx, id, hash, true)
    await deleteSessionsOf(trx, id, null)
    await recordAudit(trx, actor, 'identity.password-reset', `user:${id}`)
  })
  return password
}

/** A key shows once. It acts with the permissions and scope of its person. */
export async function issueApiKey(
  deps: Deps,
  actor: Actor,
  given: { userId: number; name: string; expiresAtMs: number | null },
): Promise<{ key: ApiKeyRow; secret: string }> {
  const secret = `shs_${randomBytes(24).toString('base64url')}`
  const key = await deps.db.transaction(async (trx) => {
    const user = await requireUser(trx, given.userId)
    const row = await insertApiKey(trx, {
      userId: user.id,
      name: given.name,
      prefix: secret.slice(0, 10),
      secretHash: sha256(secret),
      createdBy: actor.userId,
      expiresAt: given.expiresAtMs === null ? null : new Date(given.expiresAtMs),
    })
    await recordAudit(trx, actor, 'identity.key-issued', `api-key:${row.id}`, {
      userId: user.id,
      name: given.name,
    })
    return row
  })
  return { key, secret }
}

/** Errors: `identity.key-unknown`. */
export async function revokeApiKey(deps: Deps, actor: Actor, id: number): Promise<void> {
  await deps.db.transaction(async (trx) => {
    if (!(await revokeApiKeyRow(trx, id, new Date(deps.clock.now()))))
      throw new AppError('identity.key-unknown')
    await recordAudit(trx, actor, 'identity.key-revoked', `api-key:${id}`)
  })
}

/**
 * On a database without people: one administrator with a one-time password, to be printed once. Undefined when
 * somebody is there already. Two servers that start at once make one.
 */
export async function createFirstAdministrator(
  deps: Pick<Deps, 'db'>,
  regionCode = 100_000,
): Promise<{ login: string; password: string } | undefined> {
  const password = oneTimePassword()
  return deps.db.transaction(async (trx) => {
    if ((await lockAndCountUsers(trx)) > 0) return undefined
    const bureau = await ensureOrganization(trx, {
      code: 'bureau',
      name: '生态环境局',
      type: 'bureau',
      regionCode,
    })
    const user = await createUser(trx, 'system', {
      login: 'admin',
      name: '系统管理员',
      organizationId: bureau.id,
      roles: ['administrator'],
      scope: { regions: [regionCode], owner: 'any' },
      password,
      mustChangePassword: true,
    })
    return { login: user.login, password }
  })
}
