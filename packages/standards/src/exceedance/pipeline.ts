import { convertedConcentration, type NotConverted } from '../conversion/oxygen.ts'
import { type HourState, hourState } from '../hj75/validity.ts'
import { type ComparedLimit, type Comparison, compare, overLimitMultiple } from './multiple.ts'

/** One hour of one factor as it was measured, and the limit it is held against. */
export interface MeasuredHour {
  /** Hourly mean, dry standard state; null = missing. */
  readonly value: number | null
  /** Oxygen of the waste gas, %; with `referenceO2` the value is converted before it is compared. */
  readonly o2?: number | null | undefined
  readonly referenceO2?: number | undefined
  /** Known validity; otherwise it follows from the minutes. */
  readonly state?: HourState | undefined
  readonly validMinutes?: number | undefined
  /** Minutes under an equipment mark: they are not valid. */
  readonly markedMinutes?: number | undefined
}

export interface JudgedHour {
  readonly state: HourState
  /** What was compared: converted where a reference oxygen was given; null where nothing could be. */
  readonly compared: number | null
  readonly outcome: Comparison | 'not-judged'
  /** (C − L)/L of the unrounded value; null where the hour does not exceed, and for pH. */
  readonly multiple: number | null
  readonly reason: NotConverted | null
}

const MINUTES = 60

/**
 * The decision about one hour: equipment marks → validity → conversion → comparison. Only a valid hour is judged: one
 * with too few valid minutes never exceeds, whatever its mean. GB/T 8170-2008 clause 4, HJ 75-2017.
 */
export function judgeMeasuredHour(hour: MeasuredHour, limit: ComparedLimit): JudgedHour {
  const state = stateOf(hour)
  const { value, reason } =
    hour.referenceO2 === undefined
      ? { value: hour.value, reason: null }
      : convertedConcentration(hour.value, hour.o2 ?? null, {
          kind: 'reference-oxygen',
          o2: hour.referenceO2,
        })
  if (state !== 'valid') return { state, compared: value, outcome: 'not-judged', multiple: null, reason }
  const outcome = value === null ? 'undecidable' : compare(value, limit)
  const over = outcome === 'exceeds' && value !== null && limit.min == null
  const multiple = over ? overLimitMultiple(value, limit.value) : Number.NaN
  return { state, compared: value, outcome, multiple: Number.isNaN(multiple) ? null : multiple, reason }
}

function stateOf({ value, state, validMinutes, markedMinutes }: MeasuredHour): HourState {
  if (state !== undefined) return state
  if (value === null) return 'missing'
  const minutes = validMinutes ?? MINUTES - (markedMinutes ?? 0)
  return hourState({ validMinutes: Math.max(0, minutes) })
}
