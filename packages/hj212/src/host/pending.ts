/** Frames whose decision is open, and when reading must wait for decisions: back-pressure in place of loss. */
import { type Connection, HOLD_HOST, HOLD_PENDING } from './connection.ts'
import type { HostLimits } from './limits.ts'

export interface PendingDoor {
  connections(): Iterable<Connection>
  /** Lets a connection be read again, if nothing else holds it. */
  resume(connection: Connection, bit: number): void
}

export class Pending {
  frames = 0
  bytes = 0
  /** Whether no socket is read because too much is undecided. */
  holding = false
  private readonly limits: HostLimits
  private readonly door: PendingDoor
  private drained: (() => void) | null = null

  constructor(limits: HostLimits, door: PendingDoor) {
    this.limits = limits
    this.door = door
  }

  begun(size: number, connection: Connection): void {
    this.frames++
    this.bytes += size
    connection.pendingBytes += size
    if (connection.pendingBytes > this.limits.maxPendingBytesPerConnection) connection.hold(HOLD_PENDING)
    if (this.holding || this.bytes <= this.limits.maxPendingBytes) return
    this.holding = true
    for (const other of this.door.connections()) other.hold(HOLD_HOST)
  }

  decided(size: number, connection: Connection): void {
    this.frames--
    this.bytes -= size
    connection.pendingBytes -= size
    if (connection.pendingBytes <= this.limits.maxPendingBytesPerConnection / 2)
      this.door.resume(connection, HOLD_PENDING)
    if (this.holding && this.bytes <= this.limits.maxPendingBytes / 2) this.releaseAll()
    if (this.frames === 0) this.drained?.()
  }

  /** Resolves when nothing is open any more, at the latest after `graceMs`. */
  drain(graceMs: number): Promise<void> {
    if (this.frames === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs)
      this.drained = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  private releaseAll(): void {
    this.holding = false
    for (const connection of this.door.connections()) {
      // What is read now may fill the store again.
      if (this.holding) return
      this.door.resume(connection, HOLD_HOST)
    }
  }
}
