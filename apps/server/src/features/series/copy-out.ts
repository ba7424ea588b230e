/**
 * `COPY … TO STDOUT` without a stream: the bytes of each message are handed over where they lie in the socket's chunk.
 * A stream makes several buffers a row; for minute data that cost more than computing with them.
 */
import type { Connection, Submittable } from 'pg'

const code = {
  copyData: 0x64,
  copyDone: 0x63,
  copyOutResponse: 0x48,
  notice: 0x4e,
  status: 0x53,
  notification: 0x41,
}
const headBytes = 5
const nothing = Buffer.alloc(0)
const passing = new Set([code.copyOutResponse, code.notice, code.status, code.notification])

/** Bytes of one message: `bytes[from]` up to, not including, `bytes[to]`; valid only during the call. */
export type OnCopyData = (bytes: Buffer, from: number, to: number) => void

/**
 * A query object of `pg`: while it runs it reads the connection itself, as the COPY sub-protocol wants, and gives the
 * connection back with the message that ends it. A fault in `onData` is kept until the server has finished.
 */
export class CopyOut implements Submittable {
  readonly done: Promise<void>
  readonly #text: string
  readonly #onData: OnCopyData
  #resolve: () => void = () => {}
  #reject: (error: Error) => void = () => {}
  #fault: Error | undefined
  #rest: Buffer = nothing
  #connection: Connection | undefined
  #driver: ((chunk: Buffer) => void) | undefined
  readonly #listener = (chunk: Buffer) => this.#read(chunk)

  constructor(text: string, onData: OnCopyData) {
    this.#text = text
    this.#onData = onData
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: Connection): void {
    const { stream } = connection
    const [driver] = stream.listeners('data')
    this.#connection = connection
    this.#driver = driver as (chunk: Buffer) => void
    stream.removeListener('data', this.#driver)
    stream.on('data', this.#listener)
    connection.query(this.#text)
  }

  handleError(error: Error): void {
    this.#giveBack(nothing)
    this.#reject(error)
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    if (this.#fault === undefined) this.#resolve()
    else this.#reject(this.#fault)
  }

  #read(chunk: Buffer): void {
    const from = this.#rest.length === 0 ? 0 : this.#finishCutMessage(chunk)
    if (from < 0) return
    let at = from
    while (chunk.length - at >= headBytes) {
      const end = at + 1 + chunk.readUInt32BE(at + 1)
      if (end > chunk.length) break
      if (!this.#message(chunk, at, end)) {
        this.#giveBack(chunk.subarray(this.#ends(chunk, at) ? end : at))
        return
      }
      at = end
    }
    this.#rest = chunk.subarray(at)
  }

  /**
   * Puts together the message that the last chunk cut, without copying the rest of this one. Returns where the next
   * message begins, -1 when the cut one needs more or was the last.
   */
  #finishCutMessage(chunk: Buffer): number {
    const before = this.#rest
    const head = before.length >= headBytes ? before : Buffer.concat([before, chunk.subarray(0, headBytes)])
    const length = head.length < headBytes ? Number.POSITIVE_INFINITY : 1 + head.readUInt32BE(1)
    if (before.length + chunk.length < length) {
      this.#rest = Buffer.concat([before, chunk])
      return -1
    }
    const taken = length - before.length
    const message = Buffer.concat([before, chunk.subarray(0, taken)])
    this.#rest = nothing
    if (this.#message(message, 0, length)) return taken
    const unread = chunk.subarray(taken)
    this.#giveBack(this.#ends(message, 0) ? unread : Buffer.concat([message, unread]))
    return -1
  }

  /** Takes a message of the COPY; false for the one that ends it, or that is the driver's to understand. */
  #message(bytes: Buffer, at: number, end: number): boolean {
    const kind = bytes[at] as number
    if (kind === code.copyData) this.#take(bytes, at + headBytes, end)
    return kind === code.copyData || passing.has(kind)
  }

  #ends(bytes: Buffer, at: number): boolean {
    return bytes[at] === code.copyDone
  }

  #take(bytes: Buffer, from: number, to: number): void {
    if (this.#fault !== undefined) return
    try {
      this.#onData(bytes, from, to)
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error))
    }
  }

  #giveBack(unread: Buffer): void {
    const [connection, driver] = [this.#connection, this.#driver]
    this.#driver = undefined
    this.#rest = nothing
    if (connection === undefined || driver === undefined) return
    connection.stream.removeListener('data', this.#listener)
    connection.stream.on('data', driver)
    if (unread.length > 0) driver(unread)
  }
}
