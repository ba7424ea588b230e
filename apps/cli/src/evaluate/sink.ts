import { once } from 'node:events'
import type { Writable } from 'node:stream'

const BATCH = 64 * 1024

/** Collects lines into writes of some size and waits where the reader of the pipe is slower. */
export class Sink {
  readonly #out: Writable
  readonly #err: Writable
  #pending = ''
  #closed = false

  constructor(out: Writable, err: Writable) {
    this.#out = out
    this.#err = err
    // `| head` closes the pipe early: that is no fault of ours.
    out.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      this.#closed = true
    })
  }

  /** True once the other side has closed: nothing more needs to be evaluated. */
  get closed(): boolean {
    return this.#closed
  }

  /** Adds text; true when it is time to flush. */
  push(text: string): boolean {
    this.#pending += text
    return this.#pending.length >= BATCH
  }

  async write(text: string): Promise<void> {
    if (this.push(text)) await this.flush()
  }

  async flush(): Promise<void> {
    const text = this.#pending
    this.#pending = ''
    if (text === '' || this.#closed) return
    if (this.#out.write(text)) return
    const waited = new AbortController()
    const { signal } = waited
    await Promise.race([once(this.#out, 'drain', { signal }), once(this.#out, 'close', { signal })])
      .catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error
      })
      .finally(() => waited.abort()) // the listener that was not called must not stay
  }

  warn(message: string): void {
    this.#err.write(`${message}\n`)
  }
}
