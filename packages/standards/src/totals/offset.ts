/** Substitution (削减替代) of a new project's emission: ratio, need, and what may be offered for it. */
import { type Configurable, type Evaluation, type Finding, success } from '../clause.ts'
import { offsetAt } from '../permit/clauses.ts'

export const offsetClause = offsetAt('区域削减措施')

/** Pollutants that are substituted twice while the area fails the indicator; equal substitution otherwise. */
export const substitutionRules: Configurable<{
  readonly attained: number
  readonly failing: number
  readonly groups: Readonly<Record<string, readonly string[]>>
}> = {
  value: {
    attained: 1,
    failing: 2,
    groups: {
      'PM2.5': ['SO2', 'NOx', 'PM', 'VOCs'],
      O3: ['NOx', 'VOCs'],
      COD: ['COD'],
      'NH3-N': ['NH3-N'],
      TP: ['TP'],
      TN: ['TN'],
    },
  },
  source: '环办环评〔2020〕36号：环境质量未达标的倍量削减替代，达标的等量替代；分组与倍数待核实',
  status: 'unverified',
}

/** Ratio for a pollutant where the area fails `failing` (PM2.5, O3, or the factor of a water section). */
export function substitutionRatio(
  pollutant: string,
  failing: readonly string[],
): { readonly ratio: number; readonly because: readonly string[] } {
  const { attained, failing: multiple, groups } = substitutionRules.value
  const because = failing.filter((indicator) => (groups[indicator] ?? [indicator]).includes(pollutant))
  return { ratio: because.length > 0 ? multiple : attained, because }
}

export interface OffsetSource {
  readonly id: string
  readonly pollutant: string
  readonly tonnes: number
  /** Control area the reduction lies in. */
  readonly region?: string | undefined
  /** Done before the project starts up. */
  readonly executed?: boolean | undefined
  /** Last day it may be used. */
  readonly validTo?: string | undefined
  /** What the tonnes already serve: a reduction target, another project, a sale. */
  readonly usedFor?: string | undefined
}
export interface OffsetFacts {
  readonly increments: readonly { readonly pollutant: string; readonly tonnes: number }[]
  readonly failing: readonly string[]
  readonly sources: readonly OffsetSource[]
  readonly region?: string | undefined
  readonly date?: string | undefined
}
export interface OffsetNeed {
  readonly pollutant: string
  readonly increment: number
  readonly ratio: number
  readonly because: readonly string[]
  readonly needed: number
  readonly offered: number
  readonly enough: boolean
}
export interface OffsetOutcome {
  readonly needs: readonly OffsetNeed[]
  readonly rejected: readonly { readonly id: string; readonly reason: string }[]
  readonly pass: boolean
}

/** Every pollutant by itself: none stands in for another, and no tonne counts twice. */
export function offsetOutcome(facts: OffsetFacts): Evaluation<OffsetOutcome> {
  const rejected: { id: string; reason: string }[] = []
  const usable: OffsetSource[] = []
  const seen = new Set<string>()
  for (const source of facts.sources) {
    const reason = seen.has(source.id) ? '同一来源列了两次，重复计算' : faultOf(source, facts)
    seen.add(source.id)
    if (reason === undefined) usable.push(source)
    else rejected.push({ id: source.id, reason })
  }
  const trace: Finding[] = rejected.map(({ id, reason }) => ({
    rule: `来源 ${id}`,
    input: null,
    result: reason,
    clause: offsetClause,
  }))
  const needs = facts.increments.map(({ pollutant, tonnes: increment }) => {
    const { ratio, because } = substitutionRatio(pollutant, facts.failing)
    const needed = increment * ratio
    const offered = usable.filter((s) => s.pollutant === pollutant).reduce((sum, s) => sum + s.tonnes, 0)
    trace.push({
      rule: `${pollutant} ${ratio > 1 ? '倍量' : '等量'}替代`,
      input: { increment, because },
      result: offered >= needed ? 'pass' : 'short',
      clause: offsetClause,
      formula: `${increment}×${ratio} = ${needed}，可用 ${offered}`,
    })
    return { pollutant, increment, ratio, because, needed, offered, enough: offered >= needed }
  })
  return success({ needs, rejected, pass: needs.every((need) => need.enough) }, trace)
}

function faultOf(source: OffsetSource, { region, date }: OffsetFacts): string | undefined {
  if (source.usedFor !== undefined && source.usedFor !== '')
    return `该削减量已用于${source.usedFor}，不得重复使用`
  if (region !== undefined && source.region !== undefined && source.region !== region)
    return `来源在 ${source.region}，不在同一控制区 ${region}`
  if (source.executed === false) return '削减措施未在项目投产前落实'
  if (date !== undefined && source.validTo !== undefined && source.validTo < date)
    return `已于 ${source.validTo} 失效`
  return undefined
}
