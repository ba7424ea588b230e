/** Actual emission (实际排放量): formulas, order of methods, the rule of missing automatic data. */
import { type Evaluation, type Finding, refusal, success } from '../clause.ts'
import { regulationAt, specificationAt } from './clauses.ts'
import { loadDeviationLimit, missingShareLimit, sulphurConversion } from './settings.ts'

export const accountingClause = specificationAt('实际排放量核算方法')
export const actualAmountClause = regulationAt('第二十一条')

export type Medium = 'air' | 'water'
/** Air: mg/m³ measured, dry, and m³/h of an hour. Water: mg/L and m³ of a day. */
export interface EmissionSample {
  readonly concentration: number
  readonly flow: number
}

const unitFactor: Readonly<Record<Medium, number>> = { air: 1e-9, water: 1e-6 }

/** Tonnes of automatic data: Σ c·q·1e-9 over hours (air), Σ C·Q·1e-6 over days (water). Pairs with a gap are left out. */
export function automaticTonnes(medium: Medium, samples: readonly EmissionSample[]): number {
  let sum = 0
  for (const { concentration, flow } of samples) {
    if (Number.isFinite(concentration) && Number.isFinite(flow)) sum += concentration * flow
  }
  return sum * unitFactor[medium]
}

export interface ManualMonitoring {
  readonly samples: readonly EmissionSample[]
  /** Running hours of the period (air) or water discharged in it, m³ (water). */
  readonly hoursOrVolume: number
  /** Mean load while sampling and in the period, %. */
  readonly sampleLoad?: number | undefined
  readonly periodLoad?: number | undefined
}

/** Tonnes of manual samples: air Σ(c·q)/n·h·1e-9, water C̄·Q·1e-6; scaled by load where the samples do not stand for it. */
export function manualTonnes(
  medium: Medium,
  { samples, hoursOrVolume, sampleLoad, periodLoad }: ManualMonitoring,
): number {
  if (samples.length === 0) return Number.NaN
  const mean =
    samples.reduce((sum, s) => sum + s.concentration * (medium === 'air' ? s.flow : 1), 0) / samples.length
  const tonnes = mean * hoursOrVolume * unitFactor[medium]
  if (sampleLoad === undefined || periodLoad === undefined || sampleLoad <= 0) return tonnes
  const ratio = periodLoad / sampleLoad
  return Math.abs(ratio - 1) > loadDeviationLimit.value ? tonnes * ratio : tonnes
}

/** Tonnes by coefficient: P·e·(1−η)·1e-3; direct discharge leaves η out. `coefficient` kg a unit of activity. */
export const coefficientTonnes = (activity: number, coefficient: number, removalPercent: number): number =>
  (activity * coefficient * (100 - removalPercent)) / 100_000

/** SO2 by mass balance: 2·B·S·K; B t of coal, S % sulphur as received. */
export const sulphurTonnes = (
  coal: number,
  sulphurPercent: number,
  conversion: number = sulphurConversion.value['power-coal'],
): number => 2 * coal * (sulphurPercent / 100) * conversion

/** Dust by mass balance: B·A·α; A % ash as received, α share that flies. */
export const dustTonnes = (coal: number, ashPercent: number, flyAshShare: number): number =>
  coal * (ashPercent / 100) * flyAshShare

/** Missing share of automatic data, 0–1, and whether they may still be the basis. */
export function automaticUsable(
  runningHours: number,
  validHours: number,
): { readonly missing: number; readonly usable: boolean } {
  const missing = runningHours <= 0 ? 0 : 1 - validHours / runningHours
  return { missing, usable: missing <= missingShareLimit.value }
}

export interface EmissionFacts {
  readonly medium: Medium
  readonly pollutant?: string | undefined
  /** The permit requires automatic monitoring of this pollutant here. */
  readonly requiresAuto: boolean
  readonly autoTonnes?: number | undefined
  readonly runningHours?: number | undefined
  readonly validHours?: number | undefined
  /** The device's quality control is in date; true when not said. */
  readonly qaInDate?: boolean | undefined
  /** The unit has proved that the gap is not its fault. */
  readonly noFault?: boolean | undefined
  readonly enforcementTonnes?: number | undefined
  readonly manualTonnes?: number | undefined
  /** Mean of stable running in the previous half-year, for gaps without fault. */
  readonly previousKgPerHour?: number | undefined
  readonly balanceTonnes?: number | undefined
  readonly activity?: number | undefined
  readonly coefficient?: number | undefined
  readonly removalPercent?: number | undefined
  /** Emission in abnormal conditions, t: always added. */
  readonly abnormalTonnes?: number | undefined
}

export type EmissionMethod =
  | 'auto'
  | 'enforcement'
  | 'manual'
  | 'previous-half-year'
  | 'direct-balance'
  | 'direct-coefficient'
  | 'coefficient'

export interface ActualEmission {
  readonly method: EmissionMethod
  readonly tonnes: number
  readonly missingPercent: number | null
  readonly autoUsable: boolean | null
}

/** The actual emission of one pollutant at one outlet in one accounting period, by the order of methods. */
export function actualEmission(facts: EmissionFacts): Evaluation<ActualEmission> {
  const gap =
    facts.runningHours === undefined || facts.validHours === undefined
      ? undefined
      : automaticUsable(facts.runningHours, facts.validHours)
  const autoGood = facts.autoTonnes !== undefined && facts.qaInDate !== false && gap?.usable !== false
  const chosen = facts.requiresAuto ? required(facts, autoGood) : free(facts, autoGood)
  if (chosen === undefined) {
    const missing = facts.requiresAuto
      ? ['autoTonnes', 'balanceTonnes', 'activity', 'coefficient']
      : ['autoTonnes', 'enforcementTonnes', 'manualTonnes', 'activity', 'coefficient']
    return refusal('insufficient-data', accountingClause, {
      missing,
      detail:
        gap?.usable === false
          ? `自动监测缺失 ${(gap.missing * 100).toFixed(2)}%，不能作为依据，又无其他数据`
          : '没有可用的数据',
    })
  }
  const abnormal = facts.abnormalTonnes ?? 0
  const value: ActualEmission = {
    method: chosen.method,
    tonnes: chosen.tonnes + abnormal,
    missingPercent: gap === undefined ? null : gap.missing * 100,
    autoUsable: gap === undefined ? null : gap.usable,
  }
  return success(value, traceOf(facts, chosen, gap, abnormal))
}

interface Chosen {
  readonly method: EmissionMethod
  readonly tonnes: number
  readonly formula: string
}

/** Automatic monitoring is required: without usable data the plant is counted as if it treated nothing. */
function required(facts: EmissionFacts, autoGood: boolean): Chosen | undefined {
  if (autoGood) return auto(facts)
  if (facts.noFault === true) {
    const { manualTonnes: manual, previousKgPerHour, runningHours } = facts
    if (manual !== undefined) return { method: 'manual', tonnes: manual, formula: `手工监测 ${manual} t` }
    if (previousKgPerHour !== undefined && runningHours !== undefined) {
      const tonnes = previousKgPerHour * runningHours * 1e-3
      return { method: 'previous-half-year', tonnes, formula: `${previousKgPerHour}×${runningHours}×1e-3` }
    }
  }
  const { balanceTonnes: balance } = facts
  if (balance !== undefined)
    return { method: 'direct-balance', tonnes: balance, formula: `物料衡算 ${balance} t（不计治理）` }
  return byCoefficient(facts, 0, 'direct-coefficient')
}

function free(facts: EmissionFacts, autoGood: boolean): Chosen | undefined {
  if (autoGood) return auto(facts)
  const { enforcementTonnes: enforcement, manualTonnes: manual } = facts
  if (enforcement !== undefined)
    return { method: 'enforcement', tonnes: enforcement, formula: `执法监测 ${enforcement} t` }
  if (manual !== undefined) return { method: 'manual', tonnes: manual, formula: `手工监测 ${manual} t` }
  return byCoefficient(facts, facts.removalPercent ?? 0, 'coefficient')
}

const auto = ({ autoTonnes: tonnes = 0 }: EmissionFacts): Chosen => ({
  method: 'auto',
  tonnes,
  formula: `自动监测 ${tonnes} t`,
})

function byCoefficient(
  { activity, coefficient }: EmissionFacts,
  removalPercent: number,
  method: EmissionMethod,
): Chosen | undefined {
  if (activity === undefined || coefficient === undefined) return undefined
  const tonnes = coefficientTonnes(activity, coefficient, removalPercent)
  const formula = `${activity}×${coefficient}×(1−${removalPercent / 100})×1e-3`
  return { method, tonnes, formula }
}

function traceOf(
  facts: EmissionFacts,
  chosen: Chosen,
  gap: ReturnType<typeof automaticUsable> | undefined,
  abnormal: number,
): readonly Finding[] {
  const steps: Finding[] = []
  if (gap !== undefined) {
    steps.push({
      rule: '缺失比例',
      input: { runningHours: facts.runningHours, validHours: facts.validHours },
      result: gap.missing,
      clause: accountingClause,
      formula: `1 − ${facts.validHours}/${facts.runningHours}，${gap.usable ? '不超过' : '超过'}${missingShareLimit.value * 100}%`,
    })
  }
  steps.push({
    rule: `方法 ${chosen.method}`,
    input: { requiresAuto: facts.requiresAuto },
    result: chosen.tonnes,
    clause: accountingClause,
    formula: chosen.formula,
  })
  if (abnormal !== 0) {
    steps.push({
      rule: '加非正常工况排放量',
      input: abnormal,
      result: chosen.tonnes + abnormal,
      clause: actualAmountClause,
      formula: `${chosen.tonnes} + ${abnormal}`,
    })
  }
  return steps
}
