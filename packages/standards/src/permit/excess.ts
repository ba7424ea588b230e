/** Whether a unit discharges more, other or elsewhere than its permit allows. */
import { type Evaluation, type Finding, refusal, success } from '../clause.ts'
import { codeAt, regulationAt } from './clauses.ts'
import { specialPeriodAmount } from './permitted-amount.ts'
import { amountWarnings } from './settings.ts'

export const excessClause = regulationAt('第三十四条')
export const excessCodeClause = codeAt('第一千一百零三条')
export const specialExcessClause = regulationAt('第三十五条')

export type AmountStanding = 'normal' | 'warn-80' | 'warn-90' | 'projected' | 'exceeded'
export interface AnnualAmount {
  readonly usedPercent: number
  /** Tonnes at the end of the year at the mean of the days so far. */
  readonly projected: number
  readonly projectedPercent: number
  readonly standing: AmountStanding
}

/** Actual against permitted tonnes from 1 January; `days` days counted of `daysInYear`; percentages that warn. */
export function annualAmount(
  permitted: number,
  actual: number,
  days: number,
  daysInYear: number,
  [first = 80, second = 90]: readonly number[] = amountWarnings.value,
): AnnualAmount {
  const projected = days <= 0 ? actual : (actual * daysInYear) / days
  const percent = (value: number) => (permitted > 0 ? (value * 100) / permitted : value > 0 ? Infinity : 0)
  const usedPercent = percent(actual)
  // One division, so that 102.2 % is not 102.20000000000002 %.
  const projectedPercent =
    days <= 0 || permitted <= 0 ? percent(projected) : (actual * daysInYear * 100) / (days * permitted)
  const standing: AmountStanding =
    actual > permitted
      ? 'exceeded'
      : projected > permitted
        ? 'projected'
        : actual * 100 >= permitted * second
          ? 'warn-90'
          : actual * 100 >= permitted * first
            ? 'warn-80'
            : 'normal'
  return { usedPercent, projected, projectedPercent, standing }
}

export interface ExcessFacts {
  readonly permitted?: number | undefined
  readonly actual?: number | undefined
  readonly days?: number | undefined
  readonly daysInYear?: number | undefined
  /** Special period: the limit itself, or what it is made from, t/d. */
  readonly specialLimit?: number | undefined
  readonly lastYearDailyMean?: number | undefined
  readonly reductionPercent?: number | undefined
  readonly specialActual?: number | undefined
  readonly bannedHours?: number | undefined
  readonly permittedKinds?: readonly string[] | undefined
  readonly detected?:
    | readonly { readonly pollutant: string; readonly value: number; readonly detectionLimit: number }[]
    | undefined
  readonly permittedOutlets?: readonly string[] | undefined
  readonly seenOutlets?: readonly string[] | undefined
  readonly permittedDirect?: boolean | undefined
  readonly seenDirect?: boolean | undefined
}
export interface Excess {
  readonly annual: AnnualAmount | null
  readonly special: { readonly limit: number; readonly over: number } | null
  readonly unpermittedKinds: readonly string[]
  readonly unpermittedOutlets: readonly string[]
  readonly directionDiffers: boolean
  readonly bannedUnitsRan: boolean
  readonly exceeded: boolean
}

/** Every test for which the facts are given. */
export function permitExcess(facts: ExcessFacts): Evaluation<Excess> {
  const trace: Finding[] = []
  const annual = annualOf(facts, trace)
  const special = specialOf(facts, trace)
  const kinds = new Set(facts.permittedKinds ?? [])
  const unpermittedKinds =
    facts.permittedKinds === undefined
      ? []
      : (facts.detected ?? [])
          .filter(({ pollutant, value, detectionLimit }) => value > detectionLimit && !kinds.has(pollutant))
          .map(({ pollutant }) => pollutant)
  const outlets = new Set(facts.permittedOutlets ?? [])
  const unpermittedOutlets =
    facts.permittedOutlets === undefined ? [] : (facts.seenOutlets ?? []).filter((n) => !outlets.has(n))
  const directionDiffers =
    facts.permittedDirect !== undefined &&
    facts.seenDirect !== undefined &&
    facts.permittedDirect !== facts.seenDirect
  const bannedUnitsRan = (facts.bannedHours ?? 0) > 0
  const nothing =
    annual === null &&
    special === null &&
    facts.permittedKinds === undefined &&
    facts.permittedOutlets === undefined &&
    facts.seenDirect === undefined &&
    facts.bannedHours === undefined
  if (nothing) return refusal('insufficient-data', excessClause, { missing: ['permitted', 'actual', 'days'] })
  const other = unpermittedKinds.length + unpermittedOutlets.length
  const exceeded =
    annual?.standing === 'exceeded' ||
    (special !== null && special.over > 0) ||
    other > 0 ||
    directionDiffers ||
    bannedUnitsRan
  return success(
    { annual, special, unpermittedKinds, unpermittedOutlets, directionDiffers, bannedUnitsRan, exceeded },
    trace,
  )
}

function annualOf({ permitted, actual, days, daysInYear = 365 }: ExcessFacts, trace: Finding[]) {
  if (permitted === undefined || actual === undefined || days === undefined) return null
  const annual = annualAmount(permitted, actual, days, daysInYear)
  trace.push({
    rule: '年排放量',
    input: { permitted, actual, days, daysInYear },
    result: annual.standing,
    clause: excessClause,
    formula: `已用 ${actual}/${permitted}；推算 ${actual}/${days}×${daysInYear} = ${annual.projected}`,
  })
  return annual
}

function specialOf(facts: ExcessFacts, trace: Finding[]) {
  const { lastYearDailyMean, reductionPercent, specialActual } = facts
  const computed =
    lastYearDailyMean === undefined || reductionPercent === undefined
      ? undefined
      : specialPeriodAmount(lastYearDailyMean, reductionPercent)
  const limit = facts.specialLimit ?? computed
  if (limit === undefined || specialActual === undefined) return null
  const over = Math.max(0, specialActual - limit)
  trace.push({
    rule: '特殊时段排放量',
    input: { limit, specialActual },
    result: over,
    clause: specialExcessClause,
    formula: `max(0, ${specialActual} − ${limit})`,
  })
  return { limit, over }
}
