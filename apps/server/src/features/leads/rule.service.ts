/** Rules of leads: what is delivered, what the bureau changes, and how well they do. */
import type {
  Condition,
  LeadRule,
  LeadRuleDraft,
  LeadRuleInput,
  LeadRuleRevision,
  LeadStatistics,
  RuleParameter,
} from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { regionNames } from '../registry/index.ts'
import { dateOf, dayMs, isoOf, midnightOf } from '../series/index.ts'
import { conditionFaults, conditionText, everyCondition } from './condition.ts'
import { factorName } from './factor-name.ts'
import { precisionOf, precisionRows, suggestionFor, sumOf } from './precision.ts'
import {
  handlingTimes,
  insertRule,
  keepRuleVersion,
  putSeed,
  renewCondition,
  rulesThatHit,
  ruleVersions,
  selectRuleForUpdate,
  selectRules,
  type TallyRow,
  tally,
  updateRule,
} from './rule.repository.ts'
import { ruleSeeds } from './rule.seeds.ts'
import type { RuleRow, RuleSeed } from './rule.table.ts'

export type RuleDeps = Pick<Deps, 'db' | 'clock'>

const yearMs = 365 * dayMs
const largestWindowDays = 1_100

/** Brings the delivered rules into the database; what the bureau has set stays as it is. */
export async function seedRules(
  q: Queryable,
  nowMs: number,
  seeds: readonly RuleSeed[] = ruleSeeds,
): Promise<void> {
  const present = new Map((await selectRules(q)).map((rule) => [rule.id, rule]))
  for (const seed of seeds) {
    const values = new Map(present.get(seed.id)?.parameters.map((p) => [p.name, p.value]))
    const parameters = seed.parameters.map((p) => ({ ...p, value: values.get(p.name) ?? p.default }))
    await putSeed(q, seed, parameters, nowMs)
    if (!present.has(seed.id)) await keepRuleVersion(q, seed.id, '随系统提供', nowMs, null)
    else if (await renewCondition(q, seed, nowMs))
      await keepRuleVersion(q, seed.id, '随系统更新判定条件', nowMs, null)
  }
}

export const parameterValues = (parameters: readonly RuleParameter[]): Map<string, number> =>
  new Map(parameters.map((p) => [p.name, p.value]))

/** Of a rule about the present state: the time that a stretch must reach beyond to open a lead. */
export function opensFrom(
  rule: Pick<RuleRow, 'parameters'>,
  nowMs: number,
): { readonly opensFromMs?: number } {
  const hours = parameterValues(rule.parameters).get('recentHours')
  return hours === undefined ? {} : { opensFromMs: nowMs - hours * 3_600_000 }
}

const monthOf = (ms: number) => dateOf(ms).slice(0, 7)

function lastMonths(nowMs: number, count: number): string[] {
  const [year = 0, month = 1] = monthOf(nowMs).split('-').map(Number)
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(year, month - count + i, 1)).toISOString().slice(0, 7),
  )
}

function present(rule: RuleRow, tallies: readonly TallyRow[], everHit: boolean, nowMs: number): LeadRule {
  const counts = sumOf(tallies)
  const last = Math.max(0, ...tallies.map((t) => t.lastMs))
  const { own: _own, enabledSinceMs: _since, updatedMs, ...wire } = rule
  return {
    ...wire,
    parameters: [...rule.parameters],
    conditionText: conditionText(rule.condition, parameterValues(rule.parameters), factorName),
    updatedAt: isoOf(updatedMs),
    statistics: {
      ...counts,
      ...precisionOf(counts),
      lastHitAt: last === 0 ? null : isoOf(last),
      trend: lastMonths(nowMs, 12).map((month) => {
        const { hits, confirmed, notConfirmed } = sumOf(tallies.filter((t) => t.month === month))
        return { month, hits, confirmed, notConfirmed }
      }),
      ...suggestionFor(rule, counts, everHit, nowMs),
    },
  }
}

export async function listRules(deps: RuleDeps, actor: Actor, ids?: readonly string[]): Promise<LeadRule[]> {
  const now = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const rules = await selectRules(trx, ids)
    const byRule = Map.groupBy(await tally(trx, 'rule', now - yearMs, now + dayMs), (row) => row.key)
    const hit = await rulesThatHit(trx)
    return rules.map((rule) => present(rule, byRule.get(rule.id) ?? [], hit.has(rule.id), now))
  })
}

const noRule = (id: string) => new AppError('lead.rule-unknown', { detail: `没有规则 ${id}` })

export async function getRule(deps: RuleDeps, actor: Actor, id: string): Promise<LeadRule> {
  const [rule] = await listRules(deps, actor, [id])
  if (rule === undefined) throw noRule(id)
  return rule
}

export async function ruleHistory(deps: RuleDeps, actor: Actor, id: string): Promise<LeadRuleRevision[]> {
  return deps.db.asActor(actor, async (trx) => {
    if ((await selectRules(trx, [id])).length === 0) throw noRule(id)
    return (await ruleVersions(trx, id)).map(({ version, changedMs, changedBy, reason, row }) => {
      const values = parameterValues(row.parameters)
      return {
        version,
        changedAt: isoOf(changedMs),
        changedBy,
        reason,
        enabled: row.enabled,
        weight: row.weight,
        parameters: Object.fromEntries(values),
        conditionText: conditionText(row.condition, values, factorName),
      }
    })
  })
}

/** Conditions that people write: not those which only other rooms or the fraud package can judge. */
function checkedCondition(condition: unknown, parameters: readonly RuleParameter[]): Condition {
  const faults = conditionFaults(condition, new Set(parameters.map((p) => p.name)))
  if (faults.length > 0) throw new AppError('lead.rule-invalid', { errors: faults })
  const foreign = [...everyCondition(condition as Condition)].find(
    (c) => c.kind === 'fraud' || c.kind === 'raised',
  )
  if (foreign !== undefined) {
    const message = `条件 ${foreign.kind} 只用于随系统提供的规则`
    throw new AppError('lead.rule-invalid', { errors: [{ path: 'condition', message }] })
  }
  return condition as Condition
}

export async function createRule(deps: RuleDeps, actor: Actor, draft: LeadRuleDraft): Promise<LeadRule> {
  requirePermission(actor, 'rule:write')
  const condition = checkedCondition(draft.condition, [])
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (trx) => {
    const made = await insertRule(
      trx,
      {
        ...draft,
        titleEn: draft.titleEn ?? draft.title,
        medium: draft.medium ?? null,
        kind: 'stream',
        condition,
        calmAfterHours: draft.calmAfterHours ?? 24,
        followUpHours: draft.followUpHours ?? 24,
        escalateHours: draft.escalateHours ?? 48,
      },
      now,
      actor.userId,
    )
    if (!made) throw new AppError('lead.rule-exists', { detail: `已有规则 ${draft.id}` })
    await keepRuleVersion(trx, draft.id, '新增', now, actor.userId)
    await recordAudit(trx, actor, 'lead.rule-created', `lead-rule:${draft.id}`, draft)
  })
  return getRule(deps, actor, draft.id)
}

function changedParameters(rule: RuleRow, values: Readonly<Record<string, number>>): RuleParameter[] {
  const errors: { path: string; message: string }[] = []
  for (const [name, value] of Object.entries(values)) {
    const parameter = rule.parameters.find((p) => p.name === name)
    const path = `parameters/${name}`
    if (parameter === undefined) errors.push({ path, message: '该规则没有这个参数' })
    else if (value < (parameter.min ?? -Infinity) || value > (parameter.max ?? Infinity))
      errors.push({
        path,
        message: `${parameter.zh}应在 ${parameter.min ?? '−∞'} 至 ${parameter.max ?? '∞'} 之间`,
      })
  }
  if (errors.length > 0) throw new AppError('lead.rule-invalid', { errors })
  return rule.parameters.map((p) => ({ ...p, value: values[p.name] ?? p.value }))
}

export async function changeRule(
  deps: RuleDeps,
  actor: Actor,
  id: string,
  input: LeadRuleInput,
): Promise<LeadRule> {
  requirePermission(actor, 'rule:write')
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (trx) => {
    const rule = await selectRuleForUpdate(trx, id)
    if (rule === undefined) throw noRule(id)
    if (rule.version !== input.version) {
      throw new AppError('lead.rule-changed-meanwhile', {
        detail: `所见版本 ${input.version}，现为 ${rule.version}`,
      })
    }
    const change = {
      enabled: input.enabled ?? rule.enabled,
      weight: input.weight ?? rule.weight,
      condition:
        input.condition === undefined ? rule.condition : checkedCondition(input.condition, rule.parameters),
      parameters: changedParameters(rule, input.parameters ?? {}),
      calmAfterHours: input.calmAfterHours ?? rule.calmAfterHours,
      followUpHours: input.followUpHours ?? rule.followUpHours,
      escalateHours: input.escalateHours ?? rule.escalateHours,
    }
    await updateRule(trx, id, change, now, actor.userId)
    await keepRuleVersion(trx, id, input.reason, now, actor.userId)
    await recordAudit(trx, actor, 'lead.rule-changed', `lead-rule:${id}`, input)
  })
  return getRule(deps, actor, id)
}

export async function leadStatistics(
  deps: RuleDeps,
  actor: Actor,
  query: { from?: string; to?: string; regionCode?: number },
): Promise<LeadStatistics> {
  const now = deps.clock.now()
  const to = query.to ?? dateOf(now)
  const from = query.from ?? dateOf(midnightOf(to) - 364 * dayMs)
  const [fromMs, toMs] = [midnightOf(from), midnightOf(to) + dayMs]
  if (fromMs >= toMs || toMs - fromMs > largestWindowDays * dayMs)
    throw new AppError('lead.window-invalid', { detail: `${from} 至 ${to}` })
  const region = query.regionCode === undefined ? undefined : regionSpan(query.regionCode)
  return deps.db.asActor(actor, async (trx) => {
    const rules = new Map((await selectRules(trx)).map((rule) => [rule.id, rule.title]))
    const regions = await regionNames(trx)
    const byRule = await tally(trx, 'rule', fromMs, toMs, region)
    const byOperator = (await tally(trx, 'operator', fromMs, toMs, region)).filter((row) => row.key !== '')
    const byRegion = await tally(trx, 'region', fromMs, toMs, region)
    const total = sumOf(byRule)
    const hit = await rulesThatHit(trx)
    const times = await handlingTimes(trx, fromMs, toMs)
    const months = Map.groupBy(byRule, (row) => row.month)
    return {
      from,
      to,
      total: { key: 'total', name: '合计', ...total, ...precisionOf(total) },
      byRule: precisionRows(byRule, (key) => rules.get(key) ?? key),
      byOperator: precisionRows(byOperator, (key) => key),
      byRegion: precisionRows(byRegion, (key) => regions.get(Number(key)) ?? key),
      trend: [...months.keys()].sort().map((month) => {
        const counts = sumOf(months.get(month) ?? [])
        const { hits, confirmed, notConfirmed } = counts
        return { month, hits, confirmed, notConfirmed, precision: precisionOf(counts).precision }
      }),
      neverHit: [...rules].filter(([id]) => !hit.has(id)).map(([id, title]) => ({ id, title })),
      medianHoursToAcknowledge: times.acknowledge,
      medianHoursToDecision: times.decide,
    }
  })
}
