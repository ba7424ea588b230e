/**
 * Natural batching: what arrives while a commit runs is the next batch. Nothing is reported as done before its commit;
 * a full queue asks the sender to wait; a batch that the database refuses is halved until the poison stands alone.
 */
export interface BatcherOptions<T> {
  /** Writes a batch durably, or throws and has written nothing. */
  commit(batch: readonly T[]): Promise<void>
  /** The data are at fault: repeating the same batch is pointless. Everything else is tried again until it works. */
  isDataFault(error: unknown): boolean
  /** The item in a form that can be written (quarantine) after the database refused it. */
  poisoned(item: T, error: unknown): T
  bytesOf(item: T): number
  /** `true`: stop reading; `false`: go on. */
  onPressure(full: boolean): void
  onFault(error: unknown, batch: number): void
  readonly maxBatch?: number
  readonly maxQueuedBytes?: number
  readonly maxQueued?: number
  /** Waits this long before a commit to gather more; 0 on disks with fast syncs. */
  readonly lingerMs?: number
}

interface Waiting<T> {
  item: T
  done: (committed: boolean) => void
}

const firstBackoffMs = 50
const longestBackoffMs = 5_000

export class Batcher<T> {
  readonly #options: BatcherOptions<T>
  readonly #maxBatch: number
  readonly #maxBytes: number
  readonly #maxQueued: number
  #queue: Waiting<T>[] = []
  #taken = 0
  #bytes = 0
  #full = false
  #running: Promise<void> | undefined
  #stopped = false
  #wake: (() => void) | undefined
  #pushed = 0
  #finished = 0
  #waiters: { at: number; resolve: () => void }[] = []

  constructor(options: BatcherOptions<T>) {
    this.#options = options
    this.#maxBatch = options.maxBatch ?? 5_000
    this.#maxBytes = options.maxQueuedBytes ?? 64 * 1024 * 1024
    this.#maxQueued = options.maxQueued ?? 50_000
  }

  get queued(): number {
    return this.#queue.length - this.#taken
  }

  get queuedBytes(): number {
    return this.#bytes
  }

  /** When everything that was pushed up to now is committed or given up. */
  settled(): Promise<void> {
    if (this.#finished >= this.#pushed) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push({ at: this.#pushed, resolve }))
  }

  /** `done(true)` after the commit that holds the item; `done(false)` when it was given up at the stop. */
  push(item: T, done: (committed: boolean) => void): void {
    if (this.#stopped) {
      done(false)
      return
    }
    this.#queue.push({ item, done })
    this.#pushed += 1
    this.#bytes += this.#options.bytesOf(item)
    this.#press()
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Takes nothing more; waits at most `limitMs` for what is queued, then gives the rest up (it was never acknowledged). */
  async stop(limitMs = 10_000): Promise<void> {
    const finished = this.#running ?? Promise.resolve()
    const timer = new Promise<void>((resolve) => setTimeout(resolve, limitMs).unref())
    await Promise.race([finished, timer])
    this.#stopped = true
    this.#wake?.()
    const rest = this.#queue.slice(this.#taken)
    this.#queue = []
    this.#taken = 0
    for (const waiting of rest) this.#finish(waiting, false)
  }

  #press(): void {
    const full = this.#bytes >= this.#maxBytes || this.queued >= this.#maxQueued
    // let go only when half of the room is free, so that the sockets do not flutter
    const free = this.#bytes <= this.#maxBytes / 2 && this.queued <= this.#maxQueued / 2
    if (full && !this.#full) this.#set(true)
    else if (this.#full && free) this.#set(false)
  }

  #set(full: boolean): void {
    this.#full = full
    this.#options.onPressure(full)
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      // One turn for the answers of the last batch to leave, one for what the senders say to them: a fuller batch, and
      // a database that is not kept waiting by a busy event loop (measured: one eighth more frames than with one turn).
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
      if (this.queued === 0) return
      if (this.#options.lingerMs) await new Promise((resolve) => setTimeout(resolve, this.#options.lingerMs))
      const batch = this.#take()
      await this.#persist(batch)
    }
  }

  #take(): Waiting<T>[] {
    const batch = this.#queue.slice(this.#taken, this.#taken + this.#maxBatch)
    this.#taken += batch.length
    if (this.#taken === this.#queue.length || this.#taken > 20_000) {
      this.#queue = this.#queue.slice(this.#taken)
      this.#taken = 0
    }
    return batch
  }

  /** Repeats until the batch is written or the batcher stopped. */
  async #persist(batch: Waiting<T>[]): Promise<void> {
    for (let backoff = firstBackoffMs; !this.#stopped; backoff = Math.min(backoff * 2, longestBackoffMs)) {
      try {
        await this.#commitHalving(batch)
        return
      } catch (error) {
        this.#options.onFault(error, batch.length)
        await this.#sleep(backoff)
        batch = batch.filter((waiting) => !this.#committed.has(waiting))
      }
    }
    for (const waiting of batch) this.#finish(waiting, false)
  }

  readonly #committed = new WeakSet<Waiting<T>>()

  async #commitHalving(batch: readonly Waiting<T>[]): Promise<void> {
    if (batch.length === 0) return
    try {
      await this.#options.commit(batch.map((waiting) => waiting.item))
    } catch (error) {
      if (!this.#options.isDataFault(error)) throw error
      await this.#halve(batch, error)
      return
    }
    for (const waiting of batch) this.#finish(waiting, true)
  }

  async #halve(batch: readonly Waiting<T>[], error: unknown): Promise<void> {
    const [only] = batch
    if (batch.length === 1 && only) {
      const item = this.#options.poisoned(only.item, error)
      await this.#options.commit([item])
      this.#finish(only, true)
      return
    }
    const half = batch.length >> 1
    await this.#commitHalving(batch.slice(0, half))
    await this.#commitHalving(batch.slice(half))
  }

  #finish(waiting: Waiting<T>, committed: boolean): void {
    if (this.#committed.has(waiting)) return
    this.#committed.add(waiting)
    this.#bytes -= this.#options.bytesOf(waiting.item)
    this.#press()
    waiting.done(committed)
    this.#finished += 1
    if (this.#waiters.length === 0) return
    const ready = this.#waiters.filter((w) => w.at <= this.#finished)
    this.#waiters = this.#waiters.filter((w) => w.at > this.#finished)
    for (const waiter of ready) waiter.resolve()
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
