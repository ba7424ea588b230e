/** Serves the built web application; its routes live in the browser, so unknown pages get the application itself. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import { sendProblem } from './problems.ts'
import type { App } from './types.ts'

const oneYearSeconds = 31_536_000

function wantsPage(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? ''
  if (request.method !== 'GET' || path.startsWith('/api/') || path.startsWith('/assets/')) return false
  return (request.headers.accept ?? '').includes('text/html')
}

export async function registerWeb(app: App, webDir: string): Promise<void> {
  const index = join(webDir, 'index.html')
  // The folder is enough: an application that is built while the server runs is served as soon as it is there.
  if (existsSync(webDir)) {
    await app.register(fastifyStatic, {
      root: webDir,
      wildcard: true,
      index: ['index.html'],
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        // Files with a hash in their name never change; everything else is asked for again.
        const hashed = path.includes('/assets/')
        response.header('cache-control', hashed ? `public, max-age=${oneYearSeconds}, immutable` : 'no-cache')
      },
    })
  } else {
    app.log.warn({ event: 'web.not-built', webDir }, 'no web application here')
  }
  const notFound = (request: FastifyRequest, reply: FastifyReply) => {
    if (!wantsPage(request)) {
      return sendProblem(
        request,
        reply,
        new AppError('request.route-unknown', { detail: `${request.method} ${request.url.slice(0, 200)}` }),
      )
    }
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache')
    if (existsSync(index)) return reply.send(readFileSync(index, 'utf8'))
    return reply
      .code(503)
      .send(
        '<!doctype html><meta charset="utf-8"><title>山水</title><p>网页还没有构建。请运行 npm run build:web，完成后刷新本页。接口可用：<a href="/api/v1/docs">/api/v1/docs</a></p>',
      )
  }
  app.setNotFoundHandler(notFound)
}
