import type { LeadStateName } from '@shanshui/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Occurrence } from './lead.table.ts'
import { decideCalm, decideRaise, type KnownLead } from './lead-decision.ts'
import { levelOf, scoresOf } from './lead-score.ts'

const hour = 3_600_000
const occurrence = (leadId: number, from: number, to: number): Occurrence => ({
  leadId,
  fromMs: from * hour,
  toMs: to * hour,
  score: 0.5,
  statistic: { name: 's', value: 1 },
  threshold: '',
  n: 1,
  explanation: '',
  refutation: '',
  hoursMs: [],
  msgs: [],
})
const lead = (
  id: number,
  state: LeadStateName,
  stretches: [number, number][],
  ended: number | null = null,
): KnownLead => ({
  id,
  state,
  endedMs: ended === null ? null : ended * hour,
  occurrences: stretches.map(([from, to]) => occurrence(id, from, to)),
})
const draft = (from: number, to: number) => ({ fromMs: from * hour, toMs: to * hour })

describe('raising', () => {
  test('opens a lead where there is none', () => {
    expect(decideRaise([], draft(1, 2))).toEqual({ kind: 'open' })
  })
  test('changes nothing when the stretch is known, whatever has become of its lead', () => {
    for (const state of ['open', 'acknowledged', 'watching', 'confirmed', 'dismissed', 'calmed'] as const)
      expect(decideRaise([lead(7, state, [[1, 5]], 6)], draft(2, 4))).toEqual({ kind: 'none', leadId: 7 })
  })
  test('lets an open lead go on and takes the stretches that it meets into one', () => {
    expect(decideRaise([lead(7, 'open', [[1, 3]])], draft(3, 4))).toMatchObject({
      kind: 'extend',
      leadId: 7,
      reopen: false,
      fromMs: hour,
      toMs: 4 * hour,
    })
  })
  test('adds a stretch to the open lead rather than opening a second one', () => {
    expect(decideRaise([lead(7, 'watching', [])], draft(9, 10))).toMatchObject({ leadId: 7, absorbed: [] })
  })
  test('keeps quiet about a decided lead whose condition has not ended', () => {
    expect(decideRaise([lead(7, 'dismissed', [])], draft(9, 10))).toMatchObject({ leadId: 7, reopen: false })
  })
  test('opens anew when the decided one has ended', () => {
    expect(decideRaise([lead(7, 'dismissed', [], 8)], draft(9, 10))).toEqual({ kind: 'open' })
  })
  test('opens a calmed lead again only when its stretch goes beyond the time it was calmed at', () => {
    expect(decideRaise([lead(7, 'calmed', [[1, 3]], 8)], draft(3, 4))).toMatchObject({ reopen: false })
    expect(decideRaise([lead(7, 'calmed', [[1, 3]], 8)], draft(3, 9))).toMatchObject({ reopen: true })
  })
})

describe('calming', () => {
  test('a word from before the window of the lead means nothing, as a replay says it', () => {
    expect(decideCalm({ toMs: 10 * hour }, 0, 9 * hour)).toBe('nothing')
  })
  test('waits for as long as the rule says', () => {
    expect(decideCalm({ toMs: 10 * hour }, 24, 33 * hour)).toBe('wait')
    expect(decideCalm({ toMs: 10 * hour }, 24, 34 * hour)).toBe('calm')
  })
})

describe('scores', () => {
  test('S22: weights .4, .5, .3 make 0.79, a high lead', () => {
    const score = scoresOf([at(1, 'F13', 0.4), at(2, 'F22', 0.5), at(3, 'F08', 0.3)]).get(1)?.score
    expect(score).toBeCloseTo(0.79, 12)
    expect(levelOf(score as number)).toBe('high')
  })
  test('a single rule is never high, however heavy it says it is', () => {
    const score = scoresOf([at(1, 'permit.ledger-divergence', 1)]).get(1)?.score
    expect(score).toBeCloseTo(0.6, 12)
    expect(levelOf(score as number)).toBe('medium')
  })
  const at = (id: number, ruleId: string, weight: number, from = 0, to = 10, factor = 'a21026') => ({
    leadId: id,
    ruleId,
    factor,
    weight,
    fromMs: from,
    toMs: to,
  })
  test('two rules that look at the same thing count once', () => {
    const near = at(1, 'limit.near', 0.2)
    expect(scoresOf([near, at(2, 'exceedance.begins', 0.5)]).get(2)?.score).toBeCloseTo(0.5, 12)
  })
  test('windows that do not speak of the same hours do not count together', () => {
    expect(scoresOf([at(1, 'F22', 0.5, 0, 10), at(2, 'F13', 0.4, 10, 20)]).get(1)?.score).toBeCloseTo(0.5, 12)
    expect(scoresOf([at(1, 'F22', 0.5, 0, 10), at(2, 'F13', 0.4, 5, 15)]).get(1)?.score).toBeCloseTo(0.7, 12)
  })
  test('another pollutant does not count, what is about the outlet as a whole does', () => {
    expect(scoresOf([at(1, 'F22', 0.5), at(2, 'F13', 0.4, 0, 10, 'a21002')]).get(1)?.score).toBeCloseTo(
      0.5,
      12,
    )
    expect(scoresOf([at(1, 'F22', 0.5), at(2, 'F14', 0.4, 0, 10, 'a19001')]).get(1)?.score).toBeCloseTo(
      0.7,
      12,
    )
  })
  test('missing data stand alone', () => {
    const scores = scoresOf([at(1, 'F22', 0.5), at(2, 'transmission.low', 0.2, 0, 10, '')])
    expect([scores.get(1)?.score, scores.get(2)?.score].map((s) => s?.toFixed(6))).toEqual([
      '0.500000',
      '0.200000',
    ])
  })
  test('a lead has the score of its heaviest stretch', () => {
    const two = [at(1, 'F22', 0.5, 0, 10), at(1, 'F22', 0.2, 50, 60), at(2, 'F13', 0.4, 50, 60)]
    expect(scoresOf(two).get(1)?.score).toBeCloseTo(1 - 0.8 * 0.6, 12)
  })
  test('another lead never lowers a score, and no score reaches 1', () => {
    const leads = fc.array(
      fc.record({
        leadId: fc.integer({ min: 2, max: 1000 }),
        ruleId: fc.constantFrom('F01', 'F03', 'F08', 'F13', 'limit.near'),
        factor: fc.constantFrom('a21026', 'a21002', 'a19001', ''),
        weight: fc.double({ min: 0.01, max: 0.6, noNaN: true }),
        fromMs: fc.integer({ min: 0, max: 50 }),
        toMs: fc.integer({ min: 50, max: 100 }),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(leads, (others) => {
        const own = at(1, 'F22', 0.5)
        const alone = scoresOf([own]).get(1)?.score as number
        const together = scoresOf([own, ...others]).get(1)?.score as number
        expect(together).toBeGreaterThanOrEqual(alone - 1e-12)
        expect(together).toBeLessThan(1)
      }),
    )
  })
})
