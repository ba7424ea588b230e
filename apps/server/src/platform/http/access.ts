/** Every route says who may: a permission, anybody logged in, or anybody. The hook enforces what the route says. */
import { timingSafeEqual } from 'node:crypto'
import type { ErrorCode } from '@shanshui/contract'
import type { FastifyRequest, RouteOptions } from 'fastify'
import { recordAudit } from '../audit/index.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { App, Authenticate, Identified } from './types.ts'

/** A route as the access matrix sees it. */
export interface RouteAccess {
  readonly method: string
  readonly url: string
  readonly access: { permission: string } | { authenticated: true } | { public: true }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

function accessOf(route: RouteOptions): RouteAccess['access'] {
  const { permission, authenticated, public: open } = route.config ?? {}
  const said = [permission, authenticated, open].filter((value) => value !== undefined).length
  if (said !== 1) {
    throw new Error(
      `${String(route.method)} ${route.url}: config must have exactly one of permission, authenticated, public`,
    )
  }
  if (permission !== undefined) return { permission }
  return open === true ? { public: true } : { authenticated: true }
}

/** Compares secrets in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function checkCsrf(request: FastifyRequest, identified: Identified): void {
  if (safeMethods.has(request.method) || identified.via === 'key') return
  const sent = request.headers['x-csrf-token']
  if (typeof sent === 'string' && identified.csrfToken !== null && sameText(sent, identified.csrfToken))
    return
  throw new AppError('auth.csrf')
}

/** Registers the hooks; returns the list that grows with every route. */
export function guardRoutes(app: App, deps: Deps, authenticate: Authenticate): RouteAccess[] {
  const routes: RouteAccess[] = []
  app.decorateRequest('actor', null as never)
  app.decorateRequest('identified', null)
  app.addHook('onRoute', (route) => {
    // The files of the web application; its plugin takes no settings of ours.
    if (route.url === '/*' && route.config === undefined) route.config = { public: true }
    const access = accessOf(route)
    for (const method of [route.method].flat()) {
      if (method !== 'HEAD') routes.push({ method, url: route.url, access })
    }
  })
  // After the limits on requests (onRequest) and before any body is read.
  app.addHook('preParsing', async (request) => {
    const { permission, public: open, beforePasswordChange } = request.routeOptions.config
    if (open === true || request.is404) return
    const identified = await authenticate(request)
    if (identified === undefined) throw new AppError('auth.required')
    request.identified = identified
    request.actor = identified.actor
    checkCsrf(request, identified)
    if (identified.mustChangePassword && beforePasswordChange !== true)
      throw new AppError('auth.password-change-required')
    if (permission === undefined || identified.actor.permissions.has(permission)) return
    throw new AppError('auth.forbidden', { detail: `需要权限 ${permission}`, permission })
  })
  app.addHook('onError', async (request, _reply, error) => auditRefusal(deps, request, error))
  return routes
}

const auditedRefusals: ReadonlySet<ErrorCode> = new Set(['auth.forbidden', 'auth.csrf'])

/** Refused here or deep in a room, by role or by data scope: it is in the chain. */
async function auditRefusal(deps: Deps, request: FastifyRequest, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || !auditedRefusals.has(error.code) || request.identified === null) return
  const { actor } = request.identified
  const route = `${request.method} ${request.routeOptions.url}`
  const detail = {
    code: error.code,
    permission: error.extra.permission,
    url: request.url.slice(0, 300),
    address: request.ip,
  }
  await deps.db.transaction((trx) => recordAudit(trx, actor, 'access.refused', route, detail))
}
