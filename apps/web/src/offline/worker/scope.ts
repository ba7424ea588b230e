/** The part of a service worker's world that is used here; the library of types of the page does not have it. */
export interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

export interface FetchEvent extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

export interface WorkerScope {
  readonly location: Location
  readonly caches: CacheStorage
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  fetch(request: Request | string, init?: RequestInit): Promise<Response>
  addEventListener(type: 'install' | 'activate', handler: (event: WorkerEvent) => void): void
  addEventListener(type: 'fetch', handler: (event: FetchEvent) => void): void
  addEventListener(type: 'message', handler: (event: MessageEvent<unknown>) => void): void
}

/** The page asks the waiting version to take over; the person has agreed to it. */
export const TAKE_OVER = 'take-over'
