import type { OutletHourColumns, OutletHourState } from '@shanshui/contract'
import { toMs } from '../../../format/time.ts'

export const basisChoices = ['compared', 'measured', 'converted'] as const
/** Which of the values of an hour is drawn: the one compared with the limit, the measured or the converted one. */
export type Basis = (typeof basisChoices)[number]

export interface OutletRow {
  readonly ms: number
  readonly value: number | null
  readonly measured: number | null
  readonly converted: number | null
  readonly reported: number | null
  readonly limit: number | null
  readonly state: OutletHourState
  readonly reason: string
  readonly mark: string
  readonly exceeded: boolean
  readonly massKg: number | null
}

type Factor = OutletHourColumns['factors'][number]

const states: Readonly<Record<string, OutletHourState>> = {
  '-': 'missing',
  V: 'valid',
  I: 'invalid',
  F: 'stopped',
  E: 'exempt',
}

/** Converted where the hour has one, else measured: what stands against the limit. */
function comparedValue(measured: number | null, converted: number | null): number | null {
  return converted ?? measured
}

/** The hours of one factor as rows; `at` of the columns is the hour that starts at `times[at]`. */
export function outletRows(columns: OutletHourColumns, factor: Factor, basis: Basis): readonly OutletRow[] {
  return columns.times.map((time, at) => {
    const measured = factor.measured[at] ?? null
    const converted = factor.converted[at] ?? null
    const compared = comparedValue(measured, converted)
    const reasonCode = factor.reason[at] ?? ''
    return {
      ms: toMs(time),
      value: basis === 'compared' ? compared : basis === 'measured' ? measured : converted,
      measured,
      converted,
      reported: factor.reported[at] ?? null,
      limit: factor.limit[at] ?? null,
      state: states[factor.state[at] ?? '-'] ?? 'missing',
      reason: reasonCode === '' ? '' : (columns.reasons[reasonCode] ?? reasonCode),
      mark: (factor.marks[at] ?? ' ').trim(),
      exceeded: factor.exceeded[at] ?? false,
      massKg: factor.massKg[at] ?? null,
    }
  })
}

export interface Band {
  readonly fromMs: number
  /** Not included. */
  readonly toMs: number
  readonly mark: string
}

const HOUR_MS = 3_600_000

/** Consecutive hours with the same mark as one band. */
export function markBands(rows: readonly OutletRow[]): readonly Band[] {
  const bands: Band[] = []
  for (const { ms, mark } of rows) {
    const last = bands.at(-1)
    if (mark === '') continue
    if (last !== undefined && last.mark === mark && last.toMs === ms)
      bands[bands.length - 1] = { ...last, toMs: ms + HOUR_MS }
    else bands.push({ fromMs: ms, toMs: ms + HOUR_MS, mark })
  }
  return bands
}

export function countStates(rows: readonly OutletRow[]): Readonly<Record<OutletHourState, number>> {
  const counts = { missing: 0, valid: 0, invalid: 0, stopped: 0, exempt: 0 }
  for (const { state } of rows) counts[state]++
  return counts
}
