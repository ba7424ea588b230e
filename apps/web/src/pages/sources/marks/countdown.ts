export interface Countdown {
  readonly state: 'open' | 'soon' | 'over'
  readonly hours: number
  readonly minutes: number
}

const MINUTE_MS = 60_000
const SOON_MS = 2 * 60 * MINUTE_MS

/** How long until the deadline, in whole minutes; `soon` within two hours, `over` from the deadline itself on. */
export function countdown(deadlineMs: number, nowMs: number): Countdown {
  const left = deadlineMs - nowMs
  if (left <= 0) return { state: 'over', hours: 0, minutes: 0 }
  const minutes = Math.ceil(left / MINUTE_MS)
  return {
    state: left <= SOON_MS ? 'soon' : 'open',
    hours: Math.floor(minutes / 60),
    minutes: minutes % 60,
  }
}
