import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { verifyAuditChain } from '../../platform/audit/index.ts'
import { isoOrNull, shanghaiIso } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { cursorId } from '../../platform/page.ts'
import type { ApiKeyRow, AuditRow, OrganizationRow, UserRow } from './identity.table.ts'
import { noticeRoutes } from './notices.routes.ts'
import { selectApiKeys, selectAudit } from './sessions.repository.ts'
import { changeOwnPassword, describeSession, logIn, logOut, sessionCookie } from './sessions.service.ts'
import { UnknownLogins } from './unknown-logins.ts'
import { selectDirectoryPeople, selectOrganizations, selectUser, selectUsers } from './users.repository.ts'
import {
  addUser,
  changeUser,
  createOrganization,
  issueApiKey,
  resetUserPassword,
  revokeApiKey,
} from './users.service.ts'

const presentOrganization = (row: OrganizationRow): contract.Organization => ({
  id: row.id,
  code: row.code,
  name: row.name,
  type: row.type,
  regionCode: row.region_code,
  parentId: row.parent_id,
})

const presentKey = (row: ApiKeyRow): contract.ApiKey => ({
  id: row.id,
  userId: row.user_id,
  userName: row.user_name,
  name: row.name,
  prefix: row.prefix,
  createdAt: shanghaiIso(row.created_at.getTime()),
  expiresAt: isoOrNull(row.expires_at),
  lastUsedAt: isoOrNull(row.last_used_at),
  revokedAt: isoOrNull(row.revoked_at),
})

const presentAudit = (row: AuditRow): contract.AuditEntry => ({
  seq: Number(row.seq),
  at: shanghaiIso(row.at.getTime()),
  userId: row.user_id,
  actor: row.actor,
  action: row.action,
  object: row.object,
  detail: row.detail,
  requestId: row.request_id,
  hash: row.hash,
})

async function presentUsers(deps: Deps, rows: readonly UserRow[]): Promise<contract.User[]> {
  const organizations = new Map((await selectOrganizations(deps.db.pool)).map((row) => [row.id, row]))
  return rows.map((row) => {
    const organization = organizations.get(row.organization_id)
    if (organization === undefined) throw new Error(`user ${row.id} without organization`)
    return {
      id: row.id,
      login: row.login,
      name: row.name,
      organization: presentOrganization(organization),
      roles: row.roles,
      scope: { regions: row.regions, owner: row.owner_scope },
      disabled: row.disabled,
      mustChangePassword: row.must_change_password,
      lockedUntil: isoOrNull(row.locked_until),
      lastLoginAt: isoOrNull(row.last_login_at),
      createdAt: shanghaiIso(row.created_at.getTime()),
      version: row.version,
    }
  })
}

async function presentUser(deps: Deps, row: UserRow): Promise<contract.User> {
  const [user] = await presentUsers(deps, [row])
  if (user === undefined) throw new AppError('identity.user-unknown')
  return user
}

async function presentSession(
  deps: Deps,
  user: UserRow,
  csrfToken: string,
  expiresAtMs: number,
): Promise<contract.Session> {
  const permissions = [...contract.permissionsOf(user.roles)]
  return { user: await presentUser(deps, user), permissions, csrfToken, expiresAt: shanghaiIso(expiresAtMs) }
}

function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  seconds: number,
): void {
  reply.setCookie(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: seconds,
  })
}

const sessionRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const unknownLogins = new UnknownLogins()
    const limit = { max: deps.config.loginRateLimitPerMinute, timeWindow: '1 minute' }
    app.post(
      '/session',
      { schema: contract.login, config: { public: true, rateLimit: limit } },
      async (request, reply) => {
        const from = { address: request.ip, userAgent: request.headers['user-agent'] ?? '' }
        const session = await logIn(deps, request.body, from, unknownLogins)
        setSessionCookie(request, reply, session.token, deps.config.sessionHours * 3600)
        reply.header('cache-control', 'no-store')
        return presentSession(deps, session.user, session.csrfToken, session.expiresAtMs)
      },
    )

    const own = { authenticated: true, beforePasswordChange: true } as const
    app.get('/session', { schema: contract.getSession, config: own }, async (request, reply) => {
      const token = request.cookies[sessionCookie]
      const user = await selectUser(deps.db.pool, { id: request.actor.userId })
      if (user === undefined) throw new AppError('auth.required')
      reply.header('cache-control', 'no-store')
      if (request.identified?.via !== 'session' || token === undefined) {
        // By API key there is neither a session nor a token; the answer says who the key is.
        return presentSession(deps, user, '', deps.clock.now() + deps.config.sessionHours * 3_600_000)
      }
      const { expiresAtMs } = await describeSession(deps, token)
      return presentSession(deps, user, request.identified.csrfToken ?? '', expiresAtMs)
    })

    app.delete('/session', { schema: contract.logout, config: own }, async (request, reply) => {
      await logOut(deps, request.actor, request.cookies[sessionCookie] ?? '')
      reply.clearCookie(sessionCookie, { path: '/' })
      return reply.code(204).send(null)
    })

    app.put(
      '/session/password',
      { schema: contract.changePassword, config: { ...own, rateLimit: limit } },
      async (request, reply) => {
        await changeOwnPassword(deps, request.actor, request.body, request.cookies[sessionCookie])
        return reply.code(204).send(null)
      },
    )
  }

const userRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const read = { permission: 'user:read' } as const
    const write = { permission: 'user:write' } as const
    app.get('/users', { schema: contract.listUsers, config: read }, async (request) => {
      const { limit = 100, cursor, search } = request.query
      const rows = await selectUsers(deps.db.pool, { search, afterId: cursorId(cursor), limit })
      const next = rows.length === limit ? String(rows.at(-1)?.id) : null
      return { items: await presentUsers(deps, rows), next }
    })
    app.get('/users/:id', { schema: contract.getUser, config: read }, async (request) => {
      const row = await selectUser(deps.db.pool, { id: request.params.id })
      if (row === undefined)
        throw new AppError('identity.user-unknown', { detail: `没有用户 ${request.params.id}` })
      return presentUser(deps, row)
    })
    app.post('/users', { schema: contract.createUser, config: write }, async (request, reply) => {
      const { user, password } = await addUser(deps, request.actor, request.body)
      return reply.code(201).send({ user: await presentUser(deps, user), oneTimePassword: password })
    })
    app.patch('/users/:id', { schema: contract.updateUser, config: write }, async (request) =>
      presentUser(deps, await changeUser(deps, request.actor, request.params.id, request.body)),
    )
    app.post(
      '/users/:id/password-reset',
      { schema: contract.resetPassword, config: write },
      async (request) => ({
        oneTimePassword: await resetUserPassword(deps, request.actor, request.params.id),
      }),
    )

    app.get('/organizations', { schema: contract.listOrganizations, config: read }, async () => ({
      items: (await selectOrganizations(deps.db.pool)).map(presentOrganization),
    }))
    app.post(
      '/organizations',
      { schema: contract.createOrganization, config: write },
      async (request, reply) => {
        const row = await deps.db.transaction((trx) => createOrganization(trx, request.actor, request.body))
        return reply.code(201).send(presentOrganization(row))
      },
    )
    app.get('/roles', { schema: contract.listRoles, config: read }, async () => ({
      items: contract.roleNames.map((role) => ({
        role,
        title: contract.roles[role],
        permissions: [...contract.rolePermissions[role]],
      })),
    }))
  }

/** Names for the forms of matters: whoever takes part in one may read what the public may know of the bureau. */
const nameRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const read = { permission: 'matter:read' } as const
    const routes = contract.directoryRoutes
    app.get('/directory/organizations', { schema: routes.organizations, config: read }, async () => ({
      items: (await selectOrganizations(deps.db.pool))
        .filter(({ type }) => type !== 'enterprise')
        .map((row) => ({ id: row.id, name: row.name, type: row.type, regionCode: row.region_code })),
    }))
    app.get('/directory/people', { schema: routes.people, config: read }, async ({ actor }) => {
      const others = actor.permissions.has('matter:assign')
      const rows = await selectDirectoryPeople(deps.db.pool, actor.organizationId, others)
      return {
        items: rows.map((row) => ({ id: row.id, name: row.name, organizationId: row.organization_id })),
      }
    })
  }

const keyRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const write = { permission: 'user:write' } as const
    app.get('/api-keys', { schema: contract.listApiKeys, config: write }, async () => ({
      items: (await selectApiKeys(deps.db.pool)).map(presentKey),
    }))
    app.post('/api-keys', { schema: contract.createApiKey, config: write }, async (request, reply) => {
      const { userId, name, expiresAt } = request.body
      const expiresAtMs = expiresAt == null ? null : Date.parse(expiresAt)
      const { key, secret } = await issueApiKey(deps, request.actor, { userId, name, expiresAtMs })
      return reply.code(201).send({ apiKey: presentKey(key), secret })
    })
    app.delete('/api-keys/:id', { schema: contract.revokeApiKey, config: write }, async (request, reply) => {
      await revokeApiKey(deps, request.actor, request.params.id)
      return reply.code(204).send(null)
    })
  }

const auditRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { permission: 'audit:read' } as const
    app.get('/audit', { schema: contract.listAudit, config }, async (request) => {
      const { limit = 100, cursor, ...filter } = request.query
      const beforeSeq = cursor === undefined ? undefined : Number(cursor)
      if (beforeSeq !== undefined && !Number.isSafeInteger(beforeSeq))
        throw new AppError('request.cursor-invalid')
      const rows = await selectAudit(deps.db.pool, { ...filter, beforeSeq, limit })
      const next = rows.length === limit ? String(rows.at(-1)?.seq) : null
      return { items: rows.map(presentAudit), next }
    })
    app.get('/audit/verification', { schema: contract.verifyAudit, config }, async () =>
      verifyAuditChain(deps.db.pool),
    )
  }

export const identityRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const routes of [sessionRoutes, userRoutes, nameRoutes, keyRoutes, auditRoutes, noticeRoutes])
      await app.register(routes(deps))
  }
