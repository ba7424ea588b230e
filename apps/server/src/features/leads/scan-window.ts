/** Which days a scan looks at. */
import { AppError } from '../../platform/errors.ts'
import { dateOf, dayMs, midnightOf } from '../series/index.ts'

export const scanJobName = 'lead-scan'

export interface ScanInput {
  /** Civil days, both included; the last 35 days up to yesterday by default. */
  readonly from?: string
  readonly to?: string
  readonly outletIds?: readonly number[]
}

export interface ScanWindow {
  readonly fromMs: number
  readonly toMs: number
}

/** Rules compare with the 30 days before; the window holds those and some days to judge. */
const defaultDays = 35
const longestDays = 400

export function scanWindow(input: ScanInput, nowMs: number): ScanWindow {
  const to = input.to ?? dateOf(nowMs - dayMs)
  const toMs = midnightOf(to) + dayMs
  const from = input.from ?? dateOf(toMs - defaultDays * dayMs)
  const fromMs = midnightOf(from)
  if (Number.isNaN(fromMs) || Number.isNaN(toMs) || fromMs >= toMs || toMs - fromMs > longestDays * dayMs)
    throw new AppError('lead.window-invalid', { detail: `${from} 至 ${to}` })
  return { fromMs, toMs }
}
