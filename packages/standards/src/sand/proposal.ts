import type { Configurable } from '../clause.ts'
import { exactMean } from '../gb8170/exact-sum.ts'

export interface SandCriteria {
  /** Hours before the start whose mean is the base. */
  readonly baseHours: number
  /** Start: PM10 at least this many times the base … */
  readonly startMultiple: number
  /** … and above this concentration, µg/m³. */
  readonly startAbove: number
  /** End: PM10 back within this share of the base. */
  readonly endDeviation: number
  /** Lingering effect while PM2.5/PM10 is at most this share of the ratio before the event. */
  readonly lingerRatio: number
}

/** The numbers of the criteria were not available in an official text; a bureau sets its own. */
export const sandCriteria: Configurable<SandCriteria> = {
  value: { baseHours: 6, startMultiple: 2, startAbove: 150, endDeviation: 0.1, lingerRatio: 0.5 },
  source: '环办监测〔2016〕120号（判据数值待核实）',
  status: 'unverified',
}

export interface SandProposal {
  /** Index of the first affected hour, of the first hour after the event, and after the lingering effect. */
  readonly start: number
  readonly end: number
  readonly lingerEnd: number
  /** Mean PM10 of the hours before, µg/m³, and PM2.5/PM10 of the same hours (NaN without PM2.5). */
  readonly basePm10: number
  readonly baseRatio: number
  readonly peakPm10: number
  /** False when the series ends before PM10 is back. */
  readonly closed: boolean
}

/**
 * Proposes sand-affected periods from consecutive city hours (µg/m³, NaN = missing). A proposal only: a person
 * confirms each period with satellite and weather evidence before anything is deducted. 环办监测〔2016〕120号.
 */
export function proposeSandPeriods(
  hours: { readonly pm10: ArrayLike<number>; readonly pm25: ArrayLike<number> },
  criteria: SandCriteria = sandCriteria.value,
): SandProposal[] {
  const proposals: SandProposal[] = []
  for (let hour = criteria.baseHours; hour < hours.pm10.length; hour++) {
    const base = baseBefore(hours.pm10, hour, criteria.baseHours)
    const now = hours.pm10[hour] as number
    if (!(now > criteria.startAbove && now >= criteria.startMultiple * base)) continue
    const proposal = follow(hours, hour, base, criteria)
    proposals.push(proposal)
    hour = Math.max(hour, proposal.lingerEnd - 1)
  }
  return proposals
}

function baseBefore(pm10: ArrayLike<number>, hour: number, baseHours: number): number {
  return exactMean(Array.from({ length: baseHours }, (_, back) => pm10[hour - 1 - back] ?? Number.NaN))
}

function follow(
  hours: { readonly pm10: ArrayLike<number>; readonly pm25: ArrayLike<number> },
  start: number,
  basePm10: number,
  criteria: SandCriteria,
): SandProposal {
  const { pm10, pm25 } = hours
  const backBelow = basePm10 * (1 + criteria.endDeviation)
  let end = start
  let peakPm10 = pm10[start] as number
  // A missing hour does not end the event.
  while (end < pm10.length && !((pm10[end] as number) <= backBelow)) {
    const value = pm10[end] as number
    if (value > peakPm10) peakPm10 = value
    end++
  }
  const closed = end < pm10.length
  const baseRatio = baseBefore(pm25, start, criteria.baseHours) / basePm10
  let lingerEnd = end
  while (
    lingerEnd < pm10.length &&
    lingers(pm25[lingerEnd], pm10[lingerEnd], baseRatio * criteria.lingerRatio)
  )
    lingerEnd++
  return { start, end, lingerEnd, basePm10, baseRatio, peakPm10, closed }
}

function lingers(fine: number | undefined, coarse: number | undefined, atMost: number): boolean {
  return fine !== undefined && coarse !== undefined && coarse > 0 && fine / coarse <= atMost
}
