/** What the service worker knows of a request; a plain object, so that the rule can be tested. */
export interface Asked {
  readonly method: string
  /** `navigate`: a page is opened. */
  readonly mode: string
  readonly url: string
}

/**
 * `leave`: the browser asks the network as ever and nothing is kept. `file`: the kept file, of this
 * version or the one before (its name has a hash), else the network. `shell`: the kept application. `network-else-shell`: the newest application, the kept one without signal.
 */
export type Serving = 'leave' | 'file' | 'shell' | 'network-else-shell'

/** Pages that work without signal. They are opened from the kept version, all of whose parts are on the device. */
const fieldPages = /^\/inspections\/field(\/|$)/
/** What the server alone may answer: data of one person, pages of errors, the documents of the interface. */
const serverOnly = /^\/(api|problems|healthz|readyz|metrics)(\/|$)/

/**
 * How a request is served. Answers of the interface are never kept here: they hold what one person may see. What is to
 * be kept, the field pack, the application itself puts into the store of that person.
 */
export function servingOf(asked: Asked, origin: string, files: ReadonlySet<string>): Serving {
  const url = new URL(asked.url)
  if (asked.method !== 'GET' || url.origin !== origin || serverOnly.test(url.pathname)) return 'leave'
  if (asked.mode === 'navigate') return fieldPages.test(url.pathname) ? 'shell' : 'network-else-shell'
  return files.has(url.pathname) || url.pathname.startsWith('/assets/') ? 'file' : 'leave'
}

/** Names of the kept versions, the newest last, that may go when `current` takes over: all but it and the one before. */
export function superseded(names: readonly string[], prefix: string, current: string): string[] {
  const others = names.filter((name) => name.startsWith(prefix) && name !== current)
  return others.slice(0, -1)
}
