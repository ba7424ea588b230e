import type { FieldStore } from './store.ts'
import { pauseAfter, type SyncOutcome, syncOnce, type Transport } from './sync.ts'

export interface SyncStatus {
  readonly running: boolean
  /** Of the last run; undefined before the first. */
  readonly outcome: SyncOutcome | 'fault' | undefined
  readonly lastMs: number | undefined
}

/** A burst of answers is sent as one request. */
const GATHER_MS = 1500

/**
 * Decides when to send: after something was written, when the network comes back, when the page is looked at again, at
 * the button, and after a failure again and again with growing pauses. One tab sends at a time.
 */
export class Syncer {
  readonly #store: FieldStore
  readonly #transport: Transport
  readonly #afterwards: () => Promise<void>
  readonly #listeners = new Set<() => void>()
  #status: SyncStatus = { running: false, outcome: undefined, lastMs: undefined }
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #again = false

  /** `afterwards` runs when everything that could be sent was: the pack is asked for anew. */
  constructor(store: FieldStore, transport: Transport, afterwards: () => Promise<void>) {
    this.#store = store
    this.#transport = transport
    this.#afterwards = afterwards
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly status = (): SyncStatus => this.#status

  /** Starts listening to network and screen; returns how to stop. */
  start(): () => void {
    const now = () => void this.run()
    const seen = () => document.visibilityState === 'visible' && now()
    window.addEventListener('online', now)
    document.addEventListener('visibilitychange', seen)
    now()
    return () => {
      window.removeEventListener('online', now)
      document.removeEventListener('visibilitychange', seen)
      clearTimeout(this.#timer)
    }
  }

  /** Something was written. */
  soon(): void {
    if (!navigator.onLine) return
    this.#after(GATHER_MS)
  }

  #after(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.run(), ms)
  }

  #set(status: SyncStatus): void {
    this.#status = status
    for (const listener of this.#listeners) listener()
  }

  async run(): Promise<void> {
    if (this.#status.running) {
      this.#again = true
      return
    }
    clearTimeout(this.#timer)
    this.#set({ ...this.#status, running: true })
    const outcome = await this.#once()
    this.#set({ running: false, outcome, lastMs: Date.now() })
    this.#failures = outcome === 'done' ? 0 : this.#failures + 1
    if (this.#again) {
      this.#again = false
      return this.#after(0)
    }
    const mayHelp = outcome === 'unreachable' || outcome === 'busy' || outcome === 'fault'
    if (mayHelp && navigator.onLine) this.#after(pauseAfter(this.#failures))
  }

  async #once(): Promise<SyncStatus['outcome']> {
    try {
      return await alone(`shanshui-sync-${this.#store.userId}`, async () => {
        const outcome = await syncOnce(this.#store, this.#transport)
        if (outcome === 'done') await this.#afterwards()
        return outcome
      })
    } catch {
      return 'fault'
    }
  }
}

/** Runs while no other tab does the same; a browser without locks has one tab on a phone. */
async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work()
  return navigator.locks.request(name, work)
}
