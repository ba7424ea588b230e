/** Places and rates of each remote address. */
import type { HostLimits } from './limits.ts'
import { TokenBucket } from './token-bucket.ts'

interface Address {
  connections: number
  readonly bucket: TokenBucket
}

export class Addresses {
  private readonly known = new Map<string, Address>()
  private readonly limits: HostLimits

  constructor(limits: HostLimits) {
    this.limits = limits
  }

  /** Takes a place for a connection; false when the address has all its places taken. */
  enter(address: string, now: number): boolean {
    const state = this.known.get(address)
    if (state === undefined) {
      const { framesPerSecondPerAddress: rate, burstFactor } = this.limits
      this.known.set(address, { connections: 1, bucket: new TokenBucket(rate, rate * burstFactor, now) })
      return true
    }
    if (state.connections >= this.limits.maxConnectionsPerAddress) return false
    state.connections++
    return true
  }

  leave(address: string): void {
    const state = this.known.get(address)
    // The bucket stays until it is full again, or reconnecting would be a way around it.
    if (state) state.connections--
  }

  /** Charges one frame; milliseconds to wait before the next one is read. */
  charge(address: string, now: number): number {
    return this.known.get(address)?.bucket.take(now) ?? 0
  }

  sweep(now: number): void {
    for (const [address, state] of this.known)
      if (state.connections === 0 && state.bucket.isFull(now)) this.known.delete(address)
  }
}

/** An IPv4 address that arrives on an IPv6 socket is the same address. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}
