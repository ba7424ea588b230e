import { describe, expect, test } from 'vitest'
import { precisionOf, suggestionFor, wilson } from './precision.ts'

const day = 86_400_000
const now = Date.parse('2026-11-01T00:00:00+08:00')
const rule = { enabled: true, enabledSinceMs: now - 300 * day, kind: 'day' as const }
const counts = (confirmed: number, notConfirmed: number) => ({
  hits: confirmed + notConfirmed,
  open: 0,
  confirmed,
  notConfirmed,
})

describe('Wilson’s interval', () => {
  test('of 2 in 3 and of 8 in 10, to four places', () => {
    const shown = (i: { low: number; high: number } | null) => [i?.low.toFixed(4), i?.high.toFixed(4)]
    expect(shown(wilson(2, 3))).toEqual(['0.2077', '0.9385'])
    expect(shown(wilson(8, 10))).toEqual(['0.4902', '0.9433'])
  })
  test('stays within 0 and 1 at the ends and narrows with n', () => {
    expect(wilson(0, 1)?.low).toBe(0)
    expect(wilson(5, 5)?.high).toBe(1)
    expect(wilson(0, 0)).toBeNull()
    const width = (n: number) => {
      const interval = wilson(n / 2, n)
      return (interval?.high ?? 0) - (interval?.low ?? 0)
    }
    expect(width(100)).toBeLessThan(width(10))
  })
})

describe('what to do about a rule', () => {
  test('nothing while few leads have an outcome', () => {
    expect(suggestionFor(rule, counts(0, 9), true, now).suggestion).toBeNull()
  })
  test('retire it when even the upper end of the interval is poor, tighten it when it is only fair', () => {
    expect(suggestionFor(rule, counts(0, 12), true, now).suggestion).toBe('retire')
    expect(suggestionFor(rule, counts(4, 20), true, now).suggestion).toBe('raise-threshold')
    expect(suggestionFor(rule, counts(15, 5), true, now).suggestion).toBeNull()
  })
  test('look again at one that has never hit in half a year, not at a new one or one that is off', () => {
    expect(suggestionFor(rule, counts(0, 0), false, now).suggestion).toBe('never-hit')
    expect(
      suggestionFor({ ...rule, enabledSinceMs: now - day }, counts(0, 0), false, now).suggestion,
    ).toBeNull()
    expect(suggestionFor({ ...rule, enabled: false }, counts(0, 0), false, now).suggestion).toBeNull()
  })
  test('without an outcome there is no precision', () => {
    expect(precisionOf(counts(0, 0))).toEqual({ precision: null, low: null, high: null })
  })
})
