/** Service worker: keeps the application itself on the device so that the field pages open without signal. */
import { TAKE_OVER, type WorkerScope } from './scope.ts'
import { servingOf, superseded } from './serve.ts'

/** Put in by the build: addresses of the files of this version, and its name. */
declare const FILES: readonly string[]
declare const VERSION: string

const PREFIX = 'shanshui-shell-'
const CURRENT = `${PREFIX}${VERSION}`
const SHELL = '/'

const scope = globalThis as unknown as WorkerScope
const files: ReadonlySet<string> = new Set(FILES)

/** Files with a hash in their name never change, so the browser's own copy serves; the others are fetched afresh. */
const fresh = (file: string): Request =>
  new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' })

async function keepAll(): Promise<void> {
  const cache = await scope.caches.open(CURRENT)
  await cache.addAll(FILES.map(fresh))
}

async function dropOld(): Promise<void> {
  const names = await scope.caches.keys()
  await Promise.all(superseded(names, PREFIX, CURRENT).map((name) => scope.caches.delete(name)))
  await scope.clients.claim()
}

async function kept(path: string): Promise<Response | undefined> {
  const cache = await scope.caches.open(CURRENT)
  return cache.match(path, { ignoreVary: true })
}

const shell = async (request: Request): Promise<Response> => (await kept(SHELL)) ?? scope.fetch(request)

/** Another tab may still run the version before: its files are looked for in every kept version. */
async function file(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname
  return (await kept(path)) ?? (await scope.caches.match(path)) ?? scope.fetch(request)
}

async function newestElseShell(request: Request): Promise<Response> {
  try {
    return await scope.fetch(request)
  } catch (error) {
    const instead = await kept(SHELL)
    if (instead === undefined) throw error
    return instead
  }
}

scope.addEventListener('install', (event) => event.waitUntil(keepAll()))
scope.addEventListener('activate', (event) => event.waitUntil(dropOld()))
scope.addEventListener('message', (event) => {
  if (event.data === TAKE_OVER) void scope.skipWaiting()
})
scope.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const serving = servingOf({ method, mode, url }, scope.location.origin, files)
  if (serving === 'shell') event.respondWith(shell(event.request))
  if (serving === 'network-else-shell') event.respondWith(newestElseShell(event.request))
  if (serving === 'file') event.respondWith(file(event.request))
})
