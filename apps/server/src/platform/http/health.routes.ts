/** For the operating system, the load balancer and Prometheus. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ConfigEntry } from '@shanshui/contract'
import { getConfig, getHealth, type Health } from '@shanshui/contract'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { metrics } from '../metrics.ts'
import { sameText } from './access.ts'

export type HealthCheck = () => Promise<{ ok: boolean; detail?: string }>

export interface HealthOptions {
  readonly version: string
  /** `database`, `migrations`, `gateway` …; the server is ready when all are ok. */
  readonly checks: Readonly<Record<string, HealthCheck>>
  readonly configEntries: readonly ConfigEntry[]
}

const checkLimitMs = 3_000

async function runChecks(options: HealthOptions): Promise<Health> {
  const entries = Object.entries(options.checks).map(async ([name, check]) => {
    const late = new Promise<{ ok: false; detail: string }>((done) =>
      setTimeout(() => done({ ok: false, detail: `${checkLimitMs} ms 内没有回答` }), checkLimitMs).unref(),
    )
    const outcome = await Promise.race([check(), late]).catch((error: unknown) => ({
      ok: false,
      detail: error instanceof Error ? error.message : String(error),
    }))
    return [name, outcome] as const
  })
  const checks = Object.fromEntries(await Promise.all(entries))
  const status = Object.values(checks).every((check) => check.ok) ? 'ok' : 'failing'
  return { status, version: options.version, checks }
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** From this machine itself, and not handed on by a proxy that runs on it. */
function isLocal(request: FastifyRequest): boolean {
  const { forwarded, 'x-forwarded-for': via } = request.headers
  return loopback.has(request.ip) && forwarded === undefined && via === undefined
}

function requireMetricsAccess(deps: Deps, request: FastifyRequest): void {
  const token = deps.config.metricsToken
  const allowed =
    token === '' ? isLocal(request) : sameText(request.headers.authorization ?? '', `Bearer ${token}`)
  if (!allowed) throw new AppError('auth.forbidden', { detail: '读取 /metrics 须从本机，或带 metricsToken' })
}

/** At the root: `/healthz` (the process lives), `/readyz` (it can do its work), `/metrics`. */
export const probeRoutes =
  (deps: Deps, options: HealthOptions): FastifyPluginAsyncTypebox =>
  async (app) => {
    const open = { schema: { hide: true }, config: { public: true, rateLimit: false } } as const
    app.get('/healthz', open, async () => ({ status: 'ok', version: options.version }))
    app.get('/readyz', open, async (_request, reply) => {
      const health = await runChecks(options)
      // Details may name hosts and users; whoever may read them asks /api/v1/system/health.
      const checks = Object.fromEntries(Object.entries(health.checks).map(([name, { ok }]) => [name, ok]))
      return reply.code(health.status === 'ok' ? 200 : 503).send({ status: health.status, checks })
    })
    app.get('/metrics', open, async (request, reply) => {
      requireMetricsAccess(deps, request)
      return reply.type(metrics.contentType).send(await metrics.metrics())
    })
  }

/** Under /api/v1: health with details, and the effective configuration. */
export const systemRoutes =
  (options: HealthOptions): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { permission: 'config:read' } as const
    app.get('/system/health', { schema: getHealth, config }, async () => runChecks(options))
    app.get('/system/config', { schema: getConfig, config }, async () => ({
      items: [...options.configEntries],
    }))
  }
