/** The time, in epoch milliseconds; handed in so that tests can set it. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** Clock for tests: stands still until told otherwise. */
export function fixedClock(startMs: number): Clock & { set(ms: number): void; advance(ms: number): void } {
  let nowMs = startMs
  return {
    now: () => nowMs,
    set: (ms) => {
      nowMs = ms
    },
    advance: (ms) => {
      nowMs += ms
    },
  }
}

const shanghaiOffsetMs = 8 * 3_600_000

/** ISO 8601 with the offset of Asia/Shanghai (UTC+8, no daylight saving). */
export function shanghaiIso(ms: number): string {
  return new Date(ms + shanghaiOffsetMs).toISOString().replace('Z', '+08:00')
}

/** Instant of a row as it goes over the wire; null stays null. */
export function isoOrNull(time: Date | null): string | null {
  return time === null ? null : shanghaiIso(time.getTime())
}
