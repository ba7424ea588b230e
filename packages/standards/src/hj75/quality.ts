import { beijingDate } from '../beijing.ts'
import { addMonths, daysBetween } from '../civil-date.ts'
import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'

export const driftClause: Clause = clauseOf(standards.hj75)('校准与失控判别')

export const driftParameters = ['gas', 'particulate', 'flow'] as const
export type DriftParameter = (typeof driftParameters)[number]
export const driftKinds = ['zero', 'span'] as const
export type DriftKind = (typeof driftKinds)[number]

export interface DriftLimit {
  /** ± % of full scale that the instrument has to keep; beyond it is adjusted. */
  readonly required: number
  /** ± % beyond which it was out of control (失控) since the last good calibration. */
  readonly outOfControl: number
}

const HJ75 = 'HJ 75-2017 校准与失控判别（未见原文）'

/** Drift limits of zero and span. The flow meter has a zero only. */
export const driftLimits: Configurable<
  Readonly<Record<DriftParameter, Readonly<Partial<Record<DriftKind, DriftLimit>>>>>
> = {
  value: {
    gas: { zero: { required: 2.5, outOfControl: 5 }, span: { required: 2.5, outOfControl: 10 } },
    particulate: { zero: { required: 2, outOfControl: 8 }, span: { required: 2, outOfControl: 8 } },
    flow: { zero: { required: 3, outOfControl: 8 } },
  },
  source: HJ75,
  status: 'unverified',
}

export const driftStates = ['in-control', 'adjust', 'out-of-control'] as const
export type DriftState = (typeof driftStates)[number]

/** State of a drift in % of full scale; undefined where no limit is set (span of the flow meter). HJ 75-2017. */
export function driftState(
  parameter: DriftParameter,
  kind: DriftKind,
  percentOfScale: number,
): DriftState | undefined {
  const limit = driftLimits.value[parameter][kind]
  if (limit === undefined) return undefined
  // A difference of readings carries binary noise; the sixth decimal of a percentage is far below any of them.
  const drift = roundHalfEven(Math.abs(percentOfScale), 6)
  if (drift > limit.outOfControl) return 'out-of-control'
  return drift > limit.required ? 'adjust' : 'in-control'
}

/** Drift in % of full scale from reading, expected value and range, all in one unit. Throws RangeError on no range. */
export function driftPercent(reading: number, expected: number, range: number): number {
  if (!(range > 0)) throw new RangeError(`量程应大于0，收到${range}`)
  return ((reading - expected) * 100) / range
}

const DAY_MS = 86_400_000

/** How long a calibration holds, by the way it is done: days, or calendar months. */
export const calibrationPeriods: Configurable<
  Readonly<Record<'automatic' | 'manual-extractive' | 'manual-in-situ', { readonly days: number }>> &
    Readonly<
      Record<'full-system' | 'verification-automatic' | 'verification-manual', { readonly months: number }>
    >
> = {
  value: {
    automatic: { days: 1 },
    'manual-extractive': { days: 7 },
    'manual-in-situ': { days: 15 },
    'full-system': { months: 3 },
    'verification-automatic': { months: 6 },
    'verification-manual': { months: 3 },
  },
  source: 'HJ 75-2017 定期校准、校验周期（未见原文）',
  status: 'unverified',
}

export type CalibrationKind = keyof typeof calibrationPeriods.value

/** The moment (epoch ms) at which a calibration or verification of `atMs` is overdue (超期未校准). Civil months. */
export function calibrationDueMs(kind: CalibrationKind, atMs: number): number {
  const period = calibrationPeriods.value[kind]
  if ('days' in period) return atMs + period.days * DAY_MS
  // Asia/Shanghai has no summer time since 1991: the time of the day stays
  const date = beijingDate(atMs)
  return atMs + daysBetween(date, addMonths(date, period.months)) * DAY_MS
}
