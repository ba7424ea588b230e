/** Login with lock-out, sessions as rows, API keys: from a request to who acts. */
import { createHash, randomBytes } from 'node:crypto'
import { permissionsOf } from '@shanshui/contract'
import type { FastifyRequest } from 'fastify'
import { type Actor, regionsLiteral } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import type { Authenticate, Identified } from '../../platform/http/index.ts'
import type { UserRow } from './identity.table.ts'
import { hashPassword, passwordFits, pretendToCheck, requireStrongPassword } from './password.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  insertSession,
  selectApiKeyBySecret,
  selectSession,
  touchApiKey,
  touchSession,
} from './sessions.repository.ts'
import type { UnknownLogins } from './unknown-logins.ts'
import { lockUserByLogin, saveFailure, saveLogin, savePassword, selectUser } from './users.repository.ts'

export const sessionCookie = 'shanshui_session'
const minuteMs = 60_000
const touchEveryMs = minuteMs

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

export function actorOf(user: UserRow): Actor {
  return {
    userId: user.id,
    name: user.name,
    organizationId: user.organization_id,
    roles: user.roles,
    permissions: permissionsOf(user.roles),
    regions: regionsLiteral(user.regions),
    owner: user.owner_scope === 'any' ? 'any' : user.organization_id,
  }
}

export interface NewSession {
  readonly user: UserRow
  readonly token: string
  readonly csrfToken: string
  readonly expiresAtMs: number
}

type Verdict =
  | { readonly ok: true; readonly session: NewSession }
  | { readonly ok: false; readonly error: AppError }

/**
 * Checks login and password and opens a session. After `loginMaxFailures` wrong tries in a row the account is
 * locked for `loginLockMinutes`, also for the right password; a login that nobody has answers in the same way.
 * Errors: `auth.failed`, `auth.locked`.
 */
export async function logIn(
  deps: Deps,
  given: { login: string; password: string },
  from: { address: string; userAgent: string },
  unknownLogins: UnknownLogins,
): Promise<NewSession> {
  const login = given.login.trim().toLowerCase()
  // The verdict is returned, not thrown, so that the count of failures is committed.
  const verdict = await deps.db.transaction(async (trx): Promise<Verdict> => {
    const nowMs = deps.clock.now()
    const user = await lockUserByLogin(trx, login)
    const refuse = async (error: AppError, reason: string): Promise<Verdict> => {
      // People type their password where the login goes: what cannot be a login is not kept.
      const named = user !== undefined || /^[a-z0-9._-]{2,40}$/.test(login) ? login : '（不是账号）'
      const who = { userId: user?.id ?? null, name: named }
      await recordAudit(trx, who, 'auth.login-refused', `login:${named}`, {
        reason,
        address: from.address,
      })
      return { ok: false, error }
    }
    const lockMs = deps.config.loginLockMinutes * minuteMs
    if (user === undefined || user.disabled) {
      const reason = user === undefined ? 'unknown' : 'disabled'
      const untilMs = unknownLogins.fail(login, nowMs, { maxFailures: deps.config.loginMaxFailures, lockMs })
      if (untilMs !== undefined && untilMs < nowMs + lockMs)
        return refuse(lockedError(untilMs, nowMs), reason)
      await pretendToCheck(given.password)
      return refuse(untilMs === undefined ? new AppError('auth.failed') : lockedError(untilMs, nowMs), reason)
    }
    if (user.locked_until !== null && user.locked_until.getTime() > nowMs) {
      return refuse(lockedError(user.locked_until.getTime(), nowMs), 'locked')
    }
    if (!(await passwordFits(user.password_hash, given.password))) {
      const failures = (user.locked_until === null ? user.failures : 0) + 1
      const locks = failures >= deps.config.loginMaxFailures
      const lockedUntilMs = nowMs + lockMs
      await saveFailure(trx, user.id, locks ? 0 : failures, locks ? new Date(lockedUntilMs) : null)
      if (locks) return refuse(lockedError(lockedUntilMs, nowMs), 'locked-now')
      return refuse(new AppError('auth.failed'), 'wrong-password')
    }
    await saveLogin(trx, user.id, new Date(nowMs))
    const idleSince = new Date(nowMs - deps.config.sessionIdleMinutes * minuteMs)
    await deleteExpiredSessions(trx, new Date(nowMs), idleSince)
    const token = randomBytes(32).toString('base64url')
    const csrfToken = randomBytes(24).toString('base64url')
    const expiresAtMs = nowMs + deps.config.sessionHours * 60 * minuteMs
    await insertSession(trx, {
      tokenHash: sha256(token),
      userId: user.id,
      csrfToken,
      createdAt: new Date(nowMs),
      expiresAt: new Date(expiresAtMs),
      address: from.address,
      userAgent: from.userAgent.slice(0, 300),
    })
    await recordAudit(trx, actorOf(user), 'auth.login', `user:${user.id}`, { address: from.address })
    return { ok: true, session: { user, token, csrfToken, expiresAtMs } }
  })
  if (!verdict.ok) throw verdict.error
  return verdict.session
}

function lockedError(untilMs: number, nowMs: number): AppError {
  const minutes = Math.ceil((untilMs - nowMs) / minuteMs)
  return new AppError('auth.locked', {
    detail: `请在 ${minutes} 分钟后再试`,
    lockedUntil: shanghaiIso(untilMs),
    retryAfterSeconds: (untilMs - nowMs) / 1000,
  })
}

export async function logOut(deps: Deps, actor: Actor, token: string): Promise<void> {
  await deps.db.transaction(async (trx) => {
    await deleteSession(trx, sha256(token))
    await recordAudit(trx, actor, 'auth.logout', `user:${actor.userId}`)
  })
}

/** Ends all other sessions of the person. Errors: `auth.password-wrong`, `auth.password-weak`. */
export async function changeOwnPassword(
  deps: Deps,
  actor: Actor,
  given: { current: string; next: string },
  token: string | undefined,
): Promise<void> {
  const user = await selectUser(deps.db.pool, { id: actor.userId })
  if (user === undefined) throw new AppError('auth.required')
  if (!(await passwordFits(user.password_hash, given.current))) throw new AppError('auth.password-wrong')
  requireStrongPassword(given.next, user.login)
  if (given.next === given.current) throw new AppError('auth.password-weak', { detail: '新密码与原密码相同' })
  const hash = await hashPassword(given.next)
  await deps.db.transaction(async (trx) => {
    await savePassword(trx, user.id, hash, false)
    await deleteSessionsOf(trx, user.id, token === undefined ? null : sha256(token))
    await recordAudit(trx, actor, 'auth.password-changed', `user:${user.id}`)
  })
}

async function bySession(deps: Deps, token: string): Promise<Identified & { expiresAtMs: number }> {
  const { db, clock, config } = deps
  const nowMs = clock.now()
  const tokenHash = sha256(token)
  const session = await selectSession(db.pool, tokenHash)
  const idleLimitMs = config.sessionIdleMinutes * minuteMs
  const alive =
    session !== undefined &&
    session.expires_at.getTime() > nowMs &&
    nowMs - session.last_seen_at.getTime() < idleLimitMs
  const user = alive ? await selectUser(db.pool, { id: session.user_id }) : undefined
  if (!alive || user === undefined || user.disabled) throw new AppError('auth.session-expired')
  if (nowMs - session.last_seen_at.getTime() >= touchEveryMs)
    await touchSession(db.pool, tokenHash, new Date(nowMs))
  return {
    actor: actorOf(user),
    via: 'session',
    csrfToken: session.csrf_token,
    mustChangePassword: user.must_change_password,
    expiresAtMs: session.expires_at.getTime(),
  }
}

async function byKey(deps: Deps, secret: string): Promise<Identified> {
  const { db, clock } = deps
  const nowMs = clock.now()
  const key = await selectApiKeyBySecret(db.pool, sha256(secret))
  const valid =
    key !== undefined &&
    key.revoked_at === null &&
    (key.expires_at === null || key.expires_at.getTime() > nowMs)
  const user = valid ? await selectUser(db.pool, { id: key.user_id }) : undefined
  if (!valid || user === undefined || user.disabled) throw new AppError('auth.api-key-invalid')
  const unseenMs = key.last_used_at === null ? Infinity : nowMs - key.last_used_at.getTime()
  if (unseenMs >= touchEveryMs) await touchApiKey(db.pool, key.id, new Date(nowMs))
  // A person who has not set a password yet may not act by a key either.
  return { actor: actorOf(user), via: 'key', csrfToken: null, mustChangePassword: user.must_change_password }
}

/** For the HTTP layer: key from `Authorization: Bearer`, else session from the cookie. */
export const authenticateBy =
  (deps: Deps): Authenticate =>
  async (request: FastifyRequest) => {
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const [, secret] = /^Bearer (\S+)$/i.exec(authorization) ?? []
      if (secret === undefined) throw new AppError('auth.api-key-invalid')
      return byKey(deps, secret)
    }
    const token = request.cookies[sessionCookie]
    return token === undefined || token === '' ? undefined : bySession(deps, token)
  }

/** What the page of a logged-in person needs: who, and how long. */
export async function describeSession(deps: Deps, token: string): Promise<{ expiresAtMs: number }> {
  return bySession(deps, token)
}
