/** Quality assurance of devices: what is due when, and in which stretches data do not count. Pure. */
import { driftState, failedSpans } from '@shanshui/standards'
import type { Device, Outlet } from '../registry/index.ts'
import { dayMs, midnightOf } from '../series/index.ts'
import type { QaRecord } from './maintenance.repository.ts'
import type { Settings } from './setting.repository.ts'
import type { QaInterval } from './source.table.ts'

const particulate = 'a34013'

/** Moments of calibrations or verifications that are known: from the device's card and the ledger, oldest first. */
export function momentsOf(
  kind: 'calibration' | 'verification',
  devices: readonly Device[],
  records: readonly QaRecord[],
): number[] {
  const cards = devices.flatMap((device) => {
    const date = kind === 'calibration' ? device.lastCalibratedOn : device.lastVerifiedOn
    const ms = date === null ? Number.NaN : midnightOf(date)
    return Number.isNaN(ms) ? [] : [ms]
  })
  const ledger = records.filter((record) => record.kind === kind && record.passed !== false)
  return [...cards, ...ledger.map((record) => record.atMs)].sort((a, b) => a - b)
}

/** Stretches up to `untilMs` in which something was overdue. Before the first known moment nothing is known. */
export function overdueSpans(
  moments: readonly number[],
  everyDays: number,
  untilMs: number,
): { fromMs: number; toMs: number }[] {
  return moments.flatMap((ms, i) => {
    const fromMs = ms + everyDays * dayMs
    const toMs = moments[i + 1] ?? untilMs
    return fromMs < toMs ? [{ fromMs, toMs }] : []
  })
}

/** Whether the drift of a calibration means that the instrument had been out of control. HJ 75-2017. */
export function driftPasses(factor: string | null, zero: number | null, span: number | null): boolean {
  const parameter = factor === particulate ? 'particulate' : factor === 'a01011' ? 'flow' : 'gas'
  const states = [
    zero === null ? undefined : driftState(parameter, 'zero', zero),
    span === null ? undefined : driftState(parameter, 'span', span),
  ]
  return !states.includes('out-of-control')
}

/** Stretches whose values do not count, by factor. `untilMs`: end of the hours that are looked at. */
export function qaIntervals(
  outlet: Outlet,
  devices: readonly Device[],
  records: readonly QaRecord[],
  untilMs: number,
  settings: Settings,
): QaInterval[] {
  const intervals = failures(records, ['comparison', 'standard-check', 'verification'], 'comparison-failed')
  intervals.push(...failures(records, ['calibration'], 'out-of-control'))
  if (outlet.medium === 'air' && settings.number('qa.invalidateOverdue') === 1) {
    const moments = momentsOf('calibration', devices, records)
    for (const span of overdueSpans(moments, settings.number('qa.calibrationDays'), untilMs))
      intervals.push({ factor: null, ...span, why: 'calibration-overdue' })
  }
  return intervals
}

/**
 * From the last check that passed to the next that passes. With no earlier pass in the ledger the stretch begins with
 * the failed check: nothing is known of the time before.
 */
function failures(
  records: readonly QaRecord[],
  kinds: readonly QaRecord['kind'][],
  why: QaInterval['why'],
): QaInterval[] {
  const own = records.filter((record) => kinds.includes(record.kind) && record.passed !== null)
  const factors = new Set(own.map((record) => record.factor))
  return [...factors].flatMap((factor) => {
    const checks = own
      .filter((record) => record.factor === factor)
      .map((record) => ({ atMs: record.atMs, pass: record.passed === true }))
    const firstFailure = checks.find((check) => !check.pass)?.atMs ?? 0
    return failedSpans(checks).map((span) => ({
      factor,
      fromMs: Number.isFinite(span.fromMs) ? span.fromMs : firstFailure,
      toMs: span.toMs,
      why,
    }))
  })
}

/** Why the evidence of [fromMs, toMs) is weaker: quality assurance overdue then. Empty when it was in date. */
export function qaOverdue(
  outlet: Outlet,
  devices: readonly Device[],
  records: readonly QaRecord[],
  fromMs: number,
  toMs: number,
  settings: Settings,
): boolean {
  if (outlet.medium === 'water') return false
  const touches = (kind: 'calibration' | 'verification', days: number) =>
    overdueSpans(momentsOf(kind, devices, records), days, Number.POSITIVE_INFINITY).some(
      (span) => span.fromMs < toMs && span.toMs > fromMs,
    )
  return (
    touches('calibration', settings.number('qa.calibrationDays')) ||
    touches('verification', settings.number('qa.verificationDays'))
  )
}
