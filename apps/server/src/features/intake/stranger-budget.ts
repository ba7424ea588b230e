/**
 * How many frames that nobody vouches for are kept as evidence: a burst and then a few a second from one address, and
 * as a whole not more than the disk bears from many addresses. What is above is counted by the host and dropped.
 */
interface Allowance {
  readonly burst: number
  readonly perSecond: number
}

const perAddress: Allowance = { burst: 500, perSecond: 2 }
/** All addresses together: less than 900,000 frames a day once the burst is used up. */
const together: Allowance = { burst: 5_000, perSecond: 10 }
const mostAddresses = 10_000

class Bucket {
  readonly #allowance: Allowance
  #tokens: number
  #atMs: number

  constructor(allowance: Allowance, nowMs: number) {
    this.#allowance = allowance
    this.#tokens = allowance.burst
    this.#atMs = nowMs
  }

  has(nowMs: number): boolean {
    const { burst, perSecond } = this.#allowance
    const passedMs = Math.max(0, nowMs - this.#atMs)
    this.#tokens = Math.min(burst, this.#tokens + (passedMs / 1000) * perSecond)
    this.#atMs = nowMs
    return this.#tokens >= 1
  }

  take(): void {
    this.#tokens -= 1
  }
}

export class StrangerBudget {
  readonly #addresses = new Map<string, Bucket>()
  #all: Bucket | undefined

  /** Whether one more frame of a stranger at this address is kept. */
  mayKeep(address: string, nowMs: number): boolean {
    this.#all ??= new Bucket(together, nowMs)
    const own = this.#addresses.get(address) ?? this.#begin(address, nowMs)
    if (!own.has(nowMs) || !this.#all.has(nowMs)) return false
    own.take()
    this.#all.take()
    return true
  }

  #begin(address: string, nowMs: number): Bucket {
    const [oldest] = this.#addresses.keys()
    if (this.#addresses.size >= mostAddresses && oldest !== undefined) this.#addresses.delete(oldest)
    const bucket = new Bucket(perAddress, nowMs)
    this.#addresses.set(address, bucket)
    return bucket
  }
}
