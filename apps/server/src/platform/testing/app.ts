import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Actor } from '../actor.ts'
import { type Clock, systemClock } from '../clock.ts'
import { type Config, defaultConfig } from '../config/index.ts'
import type { Database } from '../db/index.ts'
import type { Deps } from '../deps.ts'
import { openEvents } from '../events/index.ts'
import { type App, type Authenticate, buildApp, type RouteAccess } from '../http/index.ts'
import { openJobs } from '../jobs/index.ts'
import { silentLogger } from '../log.ts'

export interface TestApp {
  readonly app: App
  readonly deps: Deps
  readonly routes: readonly RouteAccess[]
  close(): Promise<void>
}

export interface TestAppOptions {
  readonly routes: readonly ((deps: Deps) => FastifyPluginAsyncTypebox)[]
  /** Every request comes from this actor; or give `authenticate`. Without either nobody is logged in. */
  readonly actor?: Actor
  readonly authenticate?: (deps: Deps) => Authenticate
  readonly config?: Partial<Config>
  readonly clock?: Clock
  /** Runs jobs and hears events in this process. */
  readonly live?: boolean
}

/** Dependencies on a test database, silent and with the default configuration. */
export async function createTestDeps(
  db: Database,
  options: Omit<TestAppOptions, 'routes'> = {},
): Promise<Deps> {
  const log = silentLogger
  const events = await openEvents(db, log, { listen: options.live ?? false })
  const jobs = openJobs({ db, events, log })
  const config = {
    ...defaultConfig,
    rateLimitPerMinute: 1_000_000,
    loginRateLimitPerMinute: 1_000_000,
    ...options.config,
  }
  return { db, clock: options.clock ?? systemClock, log, config, events, jobs }
}

/** The HTTP layer with a room's routes, for `app.inject`; every answer is held against its schema. */
export async function createTestApp(db: Database, options: TestAppOptions): Promise<TestApp> {
  const deps = await createTestDeps(db, options)
  const { actor } = options
  const asActor: Authenticate = async () =>
    actor === undefined ? undefined : { actor, via: 'key', csrfToken: null, mustChangePassword: false }
  const { app, routes } = await buildApp(deps, {
    routes: options.routes.map((make) => make(deps)),
    authenticate: options.authenticate?.(deps) ?? asActor,
    version: 'test',
    checks: {},
    configEntries: [],
    checkAnswers: true,
  })
  if (options.live === true) deps.jobs.start()
  return {
    app,
    deps,
    routes,
    async close() {
      await deps.jobs.stop(2_000)
      await app.close()
      await deps.events.close()
    },
  }
}
