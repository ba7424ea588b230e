/** The HTTP server: hooks, limits, documents and pages in one place; rooms bring their routes. */
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { FastifyPluginAsyncTypebox, TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { LogController } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { jobRoutes } from '../jobs/index.ts'
import { httpSeconds } from '../metrics.ts'
import { enterRequest } from '../request-context.ts'
import { guardRoutes, type RouteAccess } from './access.ts'
import { eventRoutes } from './events.routes.ts'
import { type HealthOptions, probeRoutes, systemRoutes } from './health.routes.ts'
import { registerOpenApi } from './openapi.ts'
import { handleError, problemIndex, problemPage } from './problems.ts'
import type { App, Authenticate } from './types.ts'
import { serializerCompiler, validatorCompiler } from './validation.ts'
import { registerWeb } from './web.ts'

export interface AppOptions extends HealthOptions {
  /** Room routes, mounted under /api/v1. */
  readonly routes: readonly FastifyPluginAsyncTypebox[]
  readonly authenticate: Authenticate
  /** Holds every answer against its schema; for tests. */
  readonly checkAnswers?: boolean
}

const builtWeb = join(import.meta.dirname, '..', '..', '..', '..', 'web', 'dist')

const contentSecurityPolicy: Record<string, string[]> = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // The component library writes its style rules at run time.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  // The map draws in workers that it makes from blobs.
  workerSrc: ["'self'", 'blob:'],
  childSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

async function registerLimits(app: App, deps: Deps): Promise<void> {
  const { config } = deps
  await app.register(rateLimit, {
    global: true,
    max: config.rateLimitPerMinute,
    timeWindow: '1 minute',
    // The application's own files are cheap, and an office behind one address loads many of them.
    allowList: (request) => !request.url.startsWith('/api/'),
    errorResponseBuilder: (_request, context) =>
      new AppError('request.too-many', {
        detail: `每分钟最多 ${context.max} 次，请在 ${Math.ceil(context.ttl / 1000)} 秒后再试`,
        retryAfterSeconds: context.ttl / 1000,
      }),
  })
  await app.register(multipart, {
    throwFileSizeLimit: true,
    limits: {
      fileSize: config.uploadLimitMb * 1_048_576,
      files: 10,
      fields: 50,
      fieldSize: 65_536,
      parts: 60,
    },
  })
}

function observe(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    enterRequest(request.id, done)
  })
  app.addHook('onSend', async (request, reply) => {
    // Answers hold what one person may see; no cache on the way keeps them unless the route says so.
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    httpSeconds.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
    request.log.info(
      {
        event: 'http.request',
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        userId: request.identified?.actor.userId,
      },
      'request',
    )
  })
}

/**
 * Requests in progress get their time; connections without one are closed, also those that a browser opened in
 * advance and has not used, which the HTTP library does not call idle.
 */
function closeConnectionsInOrder(app: App, graceSeconds: number): void {
  const waiting = new Set<Socket>()
  app.server.on('connection', (socket) => {
    waiting.add(socket)
    socket.once('close', () => waiting.delete(socket))
  })
  app.server.on('request', (request, response) => {
    waiting.delete(request.socket)
    response.once('close', () => !request.socket.destroyed && waiting.add(request.socket))
  })
  app.addHook('preClose', async () => {
    const closeWaiting = () => {
      for (const socket of waiting) socket.destroy()
    }
    closeWaiting()
    const again = setInterval(closeWaiting, 100)
    const late = setTimeout(() => app.server.closeAllConnections(), graceSeconds * 1000)
    app.server.once('close', () => {
      clearInterval(again)
      clearTimeout(late)
    })
  })
}

function registerProblemPages(app: App): void {
  const open = { schema: { hide: true }, config: { public: true } } as const
  app.get('/problems', open, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(problemIndex()),
  )
  app.get<{ Params: { code: string } }>('/problems/:code', open, async (request, reply) => {
    const page = problemPage(request.params.code)
    if (page === undefined)
      throw new AppError('request.route-unknown', { detail: `没有错误代码 ${request.params.code}` })
    return reply.type('text/html; charset=utf-8').send(page)
  })
}

/** The server, ready for `listen` or `inject`, and the list of its routes with who may use them. */
export async function buildApp(
  deps: Deps,
  options: AppOptions,
): Promise<{ app: App; routes: readonly RouteAccess[] }> {
  const { config } = deps
  const app = fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(),
    trustProxy: config.trustProxy,
    bodyLimit: config.bodyLimitKb * 1024,
    requestTimeout: 300_000, // an upload may take its time; slower senders are cut
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 300 },
    // Refusals before any route is found, e.g. of an address that is no address.
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as App
  app.setValidatorCompiler(validatorCompiler as never)
  app.setSerializerCompiler(serializerCompiler(options.checkAnswers ?? false) as never)
  app.setErrorHandler((error, request, reply) => handleError(error, request, reply))
  observe(app)
  closeConnectionsInOrder(app, config.shutdownSeconds)
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    strictTransportSecurity: false, // intranets without TLS; a TLS proxy sets its own
    crossOriginEmbedderPolicy: false,
  })
  await app.register(compress, {
    global: true,
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
  await registerLimits(app, deps)
  await app.register(cookie)
  const routes = guardRoutes(app, deps, options.authenticate)
  await registerOpenApi(app, options.version)
  await app.register(probeRoutes(deps, options))
  const platformRoutes = [jobRoutes(deps), eventRoutes(deps, options.authenticate), systemRoutes(options)]
  for (const plugin of [...platformRoutes, ...options.routes])
    await app.register(plugin, { prefix: '/api/v1' })
  registerProblemPages(app)
  await registerWeb(app, config.webDir === '' ? builtWeb : config.webDir)
  await app.ready()
  return { app, routes }
}
