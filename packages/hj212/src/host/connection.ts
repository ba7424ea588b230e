/** One TCP connection of the host. Devices are known by MN, not by connection. */
import type { Socket } from 'node:net'
import { FrameStream } from '../frame-stream.ts'

/** Why a connection was closed; the names appear in logs and on the gateway's page. */
export type CloseReason =
  | 'peer-closed'
  | 'socket-error'
  | 'host-closed'
  | 'too-many-connections'
  | 'too-many-connections-from-address'
  | 'too-many-devices'
  | 'no-valid-frame'
  | 'idle'
  | 'unframed-bytes'
  | 'bad-frames'
  | 'closed-by-application'

/** Reasons not to read from a connection for now, as bits. */
export const HOLD_RATE = 1
export const HOLD_PENDING = 2
export const HOLD_HOST = 4
export const HOLD_UNSENT = 8

const LINGER_MS = 2000

export class Connection {
  readonly id: number
  readonly address: string
  readonly port: number
  readonly connectedMs: number
  framesReceived = 0
  badFrames = 0
  bytesReceived = 0
  lastByteMs: number
  /** Devices seen on this connection. */
  readonly mns: string[] = []
  closeReason: CloseReason | null = null

  /** @internal */
  readonly socket: Socket
  /** @internal */
  readonly stream: FrameStream
  /** @internal */
  holds = 0
  /** @internal */
  holdUntilMs = 0
  /** @internal */
  pendingBytes = 0
  /** @internal */
  badInRow = 0
  /** @internal */
  skippedAtGoodFrame = 0
  /** @internal */
  partialSinceMs = 0
  /** @internal The peer has closed its side. */
  ended = false
  /** @internal */
  unsent: Buffer[] | null = null

  private readonly maxUnsentBytes: number

  constructor(
    id: number,
    socket: Socket,
    address: string,
    nowMs: number,
    limits: { readonly maxSegment: number; readonly maxUnsentBytes: number },
  ) {
    this.id = id
    this.socket = socket
    this.address = address
    this.port = socket.remotePort ?? 0
    this.connectedMs = nowMs
    this.lastByteMs = nowMs
    this.stream = new FrameStream(limits)
    this.maxUnsentBytes = limits.maxUnsentBytes
  }

  /** Bytes outside frames since connecting. */
  get skippedBytes(): number {
    return this.stream.skippedBytes
  }

  /** @internal Queues a reply; all replies of one turn leave in one write. */
  send(bytes: Buffer): void {
    if (this.closeReason !== null) return
    if (this.unsent !== null) {
      this.unsent.push(bytes)
      return
    }
    this.unsent = [bytes]
    setImmediate(() => this.flush())
  }

  /** @internal */
  hold(bit: number): void {
    if (this.holds === 0) this.socket.pause()
    this.holds |= bit
  }

  /** @internal `gently`: replies under way are still sent, for at most two seconds. */
  closeSocket(gently: boolean): void {
    const { socket } = this
    if (!gently || socket.destroyed) {
      socket.destroy()
      return
    }
    this.flush()
    socket.end(() => socket.destroy())
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }

  /** @internal True when reading goes on. */
  release(bit: number): boolean {
    if ((this.holds & bit) === 0) return false
    this.holds &= ~bit
    if (this.holds !== 0) return false
    if (this.closeReason === null) this.socket.resume()
    return true
  }

  private flush(): void {
    const { unsent, socket } = this
    this.unsent = null
    if (unsent === null || socket.destroyed) return
    const taken = socket.write(unsent.length === 1 ? (unsent[0] as Buffer) : Buffer.concat(unsent))
    // The socket will say "drain": only then is it safe to wait for it.
    if (!taken && socket.writableLength > this.maxUnsentBytes) this.hold(HOLD_UNSENT)
  }
}
