/** Token bucket: `rate` a second, at most `burst` at once. */
export class TokenBucket {
  private tokens: number
  private atMs: number
  private readonly rate: number
  private readonly burst: number

  constructor(rate: number, burst: number, nowMs: number) {
    this.rate = rate
    this.burst = burst
    this.tokens = burst
    this.atMs = nowMs
  }

  /** Takes one token; 0 when there was one, else milliseconds until there will be. */
  take(nowMs: number): number {
    if (nowMs > this.atMs) {
      this.tokens = Math.min(this.burst, this.tokens + ((nowMs - this.atMs) * this.rate) / 1000)
      this.atMs = nowMs
    }
    if (this.tokens >= 1) {
      this.tokens--
      return 0
    }
    return Math.max(1, Math.ceil(((1 - this.tokens) * 1000) / this.rate))
  }

  /** Whether nothing has been taken for long enough that a new bucket would be the same. */
  isFull(nowMs: number): boolean {
    return this.tokens + ((nowMs - this.atMs) * this.rate) / 1000 >= this.burst
  }
}
