import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKey, overLimit, type PublicLimits, sameText } from './public-limits.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Hands in at every moment that the limits allow; what was taken. */
function taken(moments: readonly { at: number; address: number }[], limits: PublicLimits) {
  const kept: { at: number; address: number }[] = []
  for (const one of moments.toSorted((a, b) => a.at - b.at)) {
    const earlier = {
      sameAddress: kept.filter(({ address }) => address === one.address).map(({ at }) => at),
      all: kept.map(({ at }) => at),
    }
    if (overLimit(earlier, limits, one.at) === undefined) kept.push(one)
  }
  return kept
}

const moments = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 3 * day }), address: fc.integer({ min: 1, max: 3 }) }),
  { maxLength: 120 },
)
const limitsOf = fc.record({
  perHour: fc.integer({ min: 1, max: 5 }),
  perDay: fc.integer({ min: 1, max: 12 }),
  allPerMinute: fc.integer({ min: 1, max: 4 }),
})

describe('limits of the public form', () => {
  test('no window of an hour, a day or a minute ever holds more than is allowed', () => {
    fc.assert(
      fc.property(moments, limitsOf, (all, limits) => {
        const kept = taken(all, limits)
        for (const { at, address } of kept) {
          const within = (span: number, same: boolean) =>
            kept.filter(
              (other) => other.at <= at && other.at > at - span && (!same || other.address === address),
            )
          expect(within(hour, true).length).toBeLessThanOrEqual(limits.perHour)
          expect(within(day, true).length).toBeLessThanOrEqual(limits.perDay)
          expect(within(minute, false).length).toBeLessThanOrEqual(limits.allPerMinute)
        }
      }),
    )
  })

  test('after the wait that a refusal names one more is taken, and one second before it is not', () => {
    fc.assert(
      fc.property(moments, limitsOf, fc.integer({ min: 0, max: 3 * day }), (all, limits, now) => {
        const kept = taken(
          all.filter(({ at }) => at <= now),
          limits,
        )
        const earlier = {
          sameAddress: kept.filter(({ address }) => address === 1).map(({ at }) => at),
          all: kept.map(({ at }) => at),
        }
        const over = overLimit(earlier, limits, now)
        if (over === undefined) return
        expect(overLimit(earlier, limits, now + over.retryAfterSeconds * 1000)).toBeUndefined()
        expect(overLimit(earlier, limits, now + (over.retryAfterSeconds - 1) * 1000)).toBeDefined()
      }),
    )
  })

  test('another address is not refused for what one address did within a day', () => {
    const many = Array.from({ length: 50 }, (_, i) => i * 2 * minute)
    const limits = { perHour: 3, perDay: 5, allPerMinute: 100 }
    expect(overLimit({ sameAddress: many, all: many }, limits, 100 * minute)).toMatchObject({ limit: 'day' })
    expect(overLimit({ sameAddress: [], all: many }, limits, 100 * minute)).toBeUndefined()
  })
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('address %s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})

test('spaces, punctuation and width make no other text', () => {
  expect(sameText('夜里 有 气味，很臭！A1')).toBe(sameText('夜里有气味 很臭。Ａ１'))
  expect(sameText('夜里有气味')).not.toBe(sameText('夜里没气味'))
})
