/** How often complaints may be handed in, by one address and by all together. */
import { isIPv6 } from 'node:net'

export interface PublicLimits {
  readonly perHour: number
  readonly perDay: number
  readonly allPerMinute: number
}

/** Times of earlier ones, epoch milliseconds: of the same address within a day, of all within a minute. */
export interface EarlierOnes {
  readonly sameAddress: readonly number[]
  readonly all: readonly number[]
}

export interface OverLimit {
  readonly limit: 'hour' | 'day' | 'minute'
  readonly max: number
  readonly retryAfterSeconds: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Of the times within the window: when the oldest that still counts falls out of it. */
function refusal(
  limit: OverLimit['limit'],
  times: readonly number[],
  windowMs: number,
  max: number,
  nowMs: number,
): OverLimit | undefined {
  const within = times.filter((at) => at > nowMs - windowMs).sort((a, b) => a - b)
  if (within.length < max) return undefined
  const freed = within[within.length - max] ?? nowMs
  return { limit, max, retryAfterSeconds: Math.max(1, Math.ceil((freed + windowMs - nowMs) / 1000)) }
}

/** The limit that one more would pass, the longest wait first; undefined when it may be handed in. */
export function overLimit(earlier: EarlierOnes, limits: PublicLimits, nowMs: number): OverLimit | undefined {
  return [
    refusal('day', earlier.sameAddress, day, limits.perDay, nowMs),
    refusal('hour', earlier.sameAddress, hour, limits.perHour, nowMs),
    refusal('minute', earlier.all, minute, limits.allPerMinute, nowMs),
  ]
    .filter((found) => found !== undefined)
    .sort((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0]
}

/** One household has a whole /64 of IPv6 addresses: they count as one. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0')
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.join(':')}::/64`
}

/** Text as it counts for “the same again”: spaces and punctuation make no difference. */
export const sameText = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}]+/gu, '')
