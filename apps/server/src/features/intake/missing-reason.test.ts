import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeHour, type HourFacts, hourReasons, uncoveredShare } from './missing-reason.ts'
import { consecutive, mayAsk } from './requery.ts'
import { onlineState, type StationFacts, silenceLimitMs } from './station-state.ts'

const facts = (over: Partial<HourFacts> = {}): HourFacts => ({
  due: true,
  inOperation: true,
  plannedStop: false,
  missingFlags: undefined,
  quarantined: undefined,
  networked: true,
  everSeen: true,
  framesInWindow: 12,
  gatewayDown: 0,
  ...over,
})

const anyFacts: fc.Arbitrary<HourFacts> = fc.record({
  due: fc.boolean(),
  inOperation: fc.boolean(),
  plannedStop: fc.boolean(),
  missingFlags: fc.option(
    fc.string({ unit: fc.constantFrom('N', 'F', 'M', 'D', 'C', 'B', 'S', ' ', '?'), maxLength: 6 }),
    {
      nil: undefined,
    },
  ),
  quarantined: fc.option(fc.constantFrom('datatime-future', 'datatime-too-old', 'password-wrong'), {
    nil: undefined,
  }),
  networked: fc.boolean(),
  everSeen: fc.boolean(),
  framesInWindow: fc.nat(100),
  gatewayDown: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('reason of a missing hour', () => {
  it('is exactly one of the known ones for whatever is known', () => {
    fc.assert(
      fc.property(anyFacts, (f) => {
        expect(hourReasons.filter((r) => r === attributeHour(f))).toHaveLength(1)
      }),
    )
  })

  it('is "complete" if and only if nothing is missing', () => {
    fc.assert(
      fc.property(anyFacts, (f) => {
        expect(attributeHour(f) === 'complete').toBe(f.missingFlags === '')
      }),
    )
  })

  it.each([
    [{ due: false }, 'not-yet-due'],
    [{ inOperation: false }, 'not-in-operation'],
    [{ plannedStop: true }, 'planned-stop'],
    [{ missingFlags: 'NF' }, 'device-stopped'],
    [{ missingFlags: 'DM' }, 'device-fault'],
    [{ missingFlags: 'M' }, 'device-maintenance'],
    [{ missingFlags: 'C' }, 'device-calibrating'],
    [{ missingFlags: 'B ' }, 'device-link'],
    [{ missingFlags: '  ' }, 'device-no-value'],
    [{ quarantined: 'password-wrong' }, 'quarantined'],
    [{ quarantined: 'datatime-future' }, 'time-rejected'],
    [{ networked: false }, 'no-file'],
    [{ gatewayDown: 0.6 }, 'platform-down'],
    [{ everSeen: false, framesInWindow: 0 }, 'never-connected'],
    [{ framesInWindow: 0 }, 'link-down'],
    [{ framesInWindow: 0, gatewayDown: 0.1 }, 'platform-down'],
    [{}, 'not-sent'],
  ] as const)('of %j is %s', (over, reason) => {
    expect(attributeHour(facts(over))).toBe(reason)
  })
})

describe('share of a window that nothing covers', () => {
  const window = { fromMs: 0, toMs: 100 }
  it('counts overlapping runs once', () => {
    expect(
      uncoveredShare(window, [
        { fromMs: -50, toMs: 40 },
        { fromMs: 30, toMs: 60 },
      ]),
    ).toBeCloseTo(0.4)
    expect(uncoveredShare(window, [])).toBe(1)
    expect(uncoveredShare(window, [{ fromMs: -1, toMs: 101 }])).toBe(0)
  })
  it('lies between 0 and 1 whatever the runs', () => {
    const run = fc.record({
      fromMs: fc.integer({ min: -200, max: 300 }),
      toMs: fc.integer({ min: -200, max: 300 }),
    })
    fc.assert(
      fc.property(fc.array(run), (runs) => {
        const share = uncoveredShare(window, runs)
        expect(share).toBeGreaterThanOrEqual(-1e-9)
        expect(share).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('asking again', () => {
  const minute = 60_000
  it('waits 30 minutes, then twice as long each time, and stops after five attempts', () => {
    expect(mayAsk(undefined, 0)).toBe(true)
    expect(mayAsk({ attempts: 1, lastMs: 0 }, 29 * minute)).toBe(false)
    expect(mayAsk({ attempts: 1, lastMs: 0 }, 30 * minute)).toBe(true)
    expect(mayAsk({ attempts: 3, lastMs: 0 }, 119 * minute)).toBe(false)
    expect(mayAsk({ attempts: 3, lastMs: 0 }, 120 * minute)).toBe(true)
    expect(mayAsk({ attempts: 5, lastMs: 0 }, 1e12)).toBe(false)
  })
  it('joins consecutive hours into one command', () => {
    const h = 3_600_000
    expect(consecutive([h, 2 * h, 5 * h])).toEqual([[h, 2 * h], [5 * h]])
    expect(consecutive([])).toEqual([])
  })
})

describe('online state', () => {
  const now = 10_000_000
  const station = (over: Partial<StationFacts> = {}): StationFacts => ({
    enabled: true,
    dialect: {},
    lastFrameMs: now - 1000,
    lastDataMs: now - 1000,
    dataAdvancedMs: now - 1000,
    skewMs: 0,
    ...over,
  })
  it('is online within max(3 × RtdInterval, 2 × heartbeat, 5 min)', () => {
    expect(silenceLimitMs({})).toBe(300_000)
    expect(silenceLimitMs({ rtdIntervalS: 600 })).toBe(1_800_000)
    expect(silenceLimitMs({ rtdIntervalS: 30, heartbeatS: 300 })).toBe(600_000)
    expect(onlineState(station({ lastFrameMs: now - 300_000 }), now)).toBe('online')
    expect(onlineState(station({ lastFrameMs: now - 300_001 }), now)).toBe('silent')
  })
  it('tells never seen, disabled, a skewed clock and stale data apart', () => {
    expect(onlineState(station({ lastFrameMs: null }), now)).toBe('never-seen')
    expect(onlineState(station({ enabled: false }), now)).toBe('disabled')
    expect(onlineState(station({ skewMs: -600_001 }), now)).toBe('clock-skewed')
    expect(onlineState(station({ dataAdvancedMs: now - 400_000 }), now)).toBe('data-stale')
  })
})
