import { DAY_MS, dayOf, dayStartMs, HOUR_MS } from '../calendar.ts'
import type { Happening } from './overlays.ts'

/**
 * What happens in the city, told from the hour at which the demo was first started. Times are hours before it
 * (negative) and after it; civil-day times are given as [days before today, clock].
 */
interface Tale {
  readonly outlet: string
  readonly happenings: (at: Moments) => readonly Happening[]
}

interface Moments {
  /** hours from the first start */
  readonly hours: (count: number) => number
  /** clock hour of a civil day, counted back from the day of the first start */
  readonly day: (daysAgo: number, clock: number) => number
}

const tales: readonly Tale[] = [
  // real exceedances
  {
    outlet: 'steel-DA002', // going on at this moment
    happenings: ({ hours }) => [
      { what: 'exceedance', parameter: 'a21026', fromMs: hours(-6), toMs: hours(20), times: 1.62 },
    ],
  },
  {
    outlet: 'copper-DA001', // short, at night
    happenings: ({ day }) => [
      { what: 'exceedance', parameter: 'a34013', fromMs: day(2, 2), toMs: day(2, 4), times: 1.28 },
    ],
  },
  {
    outlet: 'sewage2-DW001', // three days above the limit
    happenings: ({ day }) => [
      { what: 'exceedance', parameter: 'w21003', fromMs: day(9, 0), toMs: day(6, 0), times: 1.45 },
      // ammonia is part of the total nitrogen
      { what: 'exceedance', parameter: 'w21001', fromMs: day(9, 0), toMs: day(6, 0), times: 0.86 },
    ],
  },
  {
    outlet: 'chp-DA002', // restart with rich hours, stated by the enterprise
    happenings: ({ day }) => [
      { what: 'stop', fromMs: day(7, 20), toMs: day(4, 9), startHours: 7, times: 1.9 },
    ],
  },
  // tampering
  {
    outlet: 'cement-DA001',
    happenings: ({ day }) => [
      {
        what: 'tampering',
        kind: 'clipped',
        parameter: 'a21002',
        strength: 2,
        fromMs: day(33, 0),
        toMs: day(1, 0),
      },
    ],
  },
  {
    outlet: 'coking-DA002',
    happenings: ({ day }) => [
      {
        what: 'tampering',
        kind: 'constant',
        parameter: 'a21026',
        strength: 3,
        fromMs: day(11, 6),
        toMs: day(7, 18),
      },
    ],
  },
  {
    outlet: 'shilingheat-DA001',
    happenings: ({ day }) => [
      { what: 'tampering', kind: 'dilution', strength: 3, fromMs: day(24, 0), toMs: day(2, 0) },
    ],
  },
  {
    outlet: 'chlor-DW001',
    happenings: ({ day }) => [
      { what: 'tampering', kind: 'copied-days', strength: 2, fromMs: day(14, 0), toMs: day(5, 0) },
    ],
  },
  {
    outlet: 'starch-DW001',
    happenings: ({ day }) => [
      {
        what: 'tampering',
        kind: 'scaled',
        strength: 3,
        fromMs: day(10, 0),
        toMs: day(0, 0),
      },
    ],
  },
  {
    outlet: 'recycled-DA001',
    happenings: ({ day }) => [
      {
        what: 'tampering',
        kind: 'selective-outage',
        parameter: 'a21026',
        strength: 2,
        fromMs: day(27, 0),
        toMs: day(1, 0),
      },
    ],
  },
  {
    outlet: 'ferro-DA001',
    happenings: ({ day }) => [
      {
        what: 'tampering',
        kind: 'range-change',
        parameter: 'a34013',
        strength: 3,
        fromMs: day(16, 10),
        toMs: day(-7, 0),
      },
    ],
  },
  // honest
  {
    outlet: 'waste-DA001', // instrument broken, ticket written
    happenings: ({ day }) => [{ what: 'fault', fromMs: day(5, 9), toMs: day(4, 15), mark: 'D' }],
  },
  {
    outlet: 'paper-DW001',
    happenings: ({ day }) => [{ what: 'fault', fromMs: day(12, 14), toMs: day(11, 11), mark: 'M' }],
  },
  {
    outlet: 'sewage1-DW001', // rain in a combined sewer
    happenings: ({ day }) => [
      { what: 'look-alike', kind: 'rain-dilution', fromMs: day(19, 15), toMs: day(17, 9) },
    ],
  },
  {
    outlet: 'meat-DW001', // line of the operator broken for good
    happenings: ({ day }) => [{ what: 'silence', fromMs: day(3, 11), toMs: day(2, 19) }],
  },
  {
    outlet: 'smelter-DA003', // yesterday: waits for a mark of the enterprise until noon
    happenings: ({ day }) => [{ what: 'fault', fromMs: day(1, 14), toMs: day(1, 19), mark: 'D' }],
  },
  {
    outlet: 'smelter-DA004',
    happenings: ({ day }) => [{ what: 'silence', fromMs: day(1, 20), toMs: day(1, 23) }],
  },
]

/** Where the range was changed without a ticket, when, and from what to what share of it. */
export const rangeChange = {
  outlet: 'ferro-DA001',
  factor: 'a34013',
  daysAgo: 16,
  clock: 10,
  share: 0.3,
} as const

/** The moment of a civil day `daysAgo` days before that of `anchorMs`. */
export function dayMoment(anchorMs: number, daysAgo: number, clock: number): number {
  return dayStartMs(dayOf(anchorMs)) - daysAgo * DAY_MS + clock * HOUR_MS
}

/** What happens at each outlet; `anchorMs` is the whole hour of the first start. */
export function storyOf(anchorMs: number): ReadonlyMap<string, readonly Happening[]> {
  const at: Moments = {
    hours: (count) => anchorMs + count * HOUR_MS,
    day: (daysAgo, clock) => dayMoment(anchorMs, daysAgo, clock),
  }
  return new Map(tales.map(({ outlet, happenings }) => [outlet, happenings(at)]))
}
