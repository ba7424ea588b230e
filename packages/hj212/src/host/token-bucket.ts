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

  /** Takes one token, on credit when there is none; 0 when there was one, else milliseconds until it is paid back. */
  take(nowMs: number): number {
    if (nowMs > this.atMs) {
      this.tokens = Math.min(this.burst, this.tokens + ((nowMs - this.atMs) * this.rate) / 1000)
      this.atMs = nowMs
    }
    this.tokens--
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens * 1000) / this.rate)
  }

  /** Whether nothing has been taken for long enough that a new bucket would be the same. */
  isFull(nowMs: number): boolean {
    return this.tokens + ((nowMs - this.atMs) * this.rate) / 1000 >= this.burst
  }
}
