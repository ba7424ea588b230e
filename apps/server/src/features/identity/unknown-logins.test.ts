import { expect, test } from 'vitest'
import { UnknownLogins } from './unknown-logins.ts'

const rule = { maxFailures: 3, lockMs: 1_000 }

test('a login is locked at the last try allowed, and counts afresh when the lock is over', () => {
  const logins = new UnknownLogins()
  const at = (nowMs: number) => logins.fail('nobody', nowMs, rule)
  expect([at(0), at(1), at(2)]).toEqual([undefined, undefined, 1_002])
  expect(at(1_001)).toBe(1_002)
  expect([at(1_002), at(1_003), at(1_004)]).toEqual([undefined, undefined, 2_004])
})

test('what is remembered is bounded; the oldest login is forgotten first', () => {
  const logins = new UnknownLogins()
  const twice = { maxFailures: 2, lockMs: 1_000 }
  logins.fail('first', 0, twice)
  for (let i = 0; i < 10_000; i++) logins.fail(`n${i}`, 0, twice)
  expect(logins.fail('n9999', 1, twice)).toBe(1_001)
  expect(logins.fail('first', 1, twice)).toBeUndefined()
})
