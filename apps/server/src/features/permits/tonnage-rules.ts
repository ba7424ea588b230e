/** Numbers of the three ledgers that the bureau may replace; the platform's own hold until then. */
import type { ConfigurableNumber } from '@shanshui/contract'
import { amountWarnings, type Configurable, missingShareLimit, tonnageTolerance } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { iso } from './civil-time.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { putRule, selectRules } from './tonnage.repository.ts'

export type RuleKey =
  | 'ledger.tolerance-percent'
  | 'ledger.smallest-tonnes'
  | 'automatic.missing-percent'
  | 'permitted.first-percent'
  | 'permitted.second-percent'
interface RuleDefault {
  readonly title: string
  readonly unit: string
  readonly row: Configurable<number>
}
const percent = (row: Configurable<number>): Configurable<number> => ({ ...row, value: row.value * 100 })

const defaults: Readonly<Record<RuleKey, RuleDefault>> = {
  'ledger.tolerance-percent': { title: '三本账相差的容差', unit: '%', row: percent(tonnageTolerance) },
  'ledger.smallest-tonnes': {
    title: '低于此月排放量的不比较',
    unit: 't',
    row: { value: 0.01, source: '平台约定：量很小时相对偏差没有意义', status: 'design' },
  },
  'automatic.missing-percent': {
    title: '自动监测缺失超过此比例的不作核算依据',
    unit: '%',
    row: percent(missingShareLimit),
  },
  'permitted.first-percent': {
    title: '实际排放量达到许可量的此比例时预警',
    unit: '%',
    row: { ...amountWarnings, value: amountWarnings.value[0] ?? 80 },
  },
  'permitted.second-percent': {
    title: '实际排放量达到许可量的此比例时再次预警',
    unit: '%',
    row: { ...amountWarnings, value: amountWarnings.value[1] ?? 90 },
  },
}

export async function tonnageRules(q: Queryable): Promise<ConfigurableNumber[]> {
  const stored = new Map((await selectRules(q)).map((row) => [row.key, row]))
  return Object.entries(defaults).map(([key, { title, unit, row }]) => {
    const own = stored.get(key)
    if (own === undefined) return { key, title, unit, ...row, updatedAt: null }
    const { value, source, status, updated_at } = own
    return { key, title, unit, value, source, status, updatedAt: iso(updated_at) }
  })
}

export async function ruleValues(q: Queryable): Promise<Readonly<Record<RuleKey, number>>> {
  const rules = await tonnageRules(q)
  return Object.fromEntries(rules.map((rule) => [rule.key, rule.value])) as Record<RuleKey, number>
}

export async function changeRule(
  deps: PermitRoomDeps,
  actor: Actor,
  key: string,
  input: { value: number; source: string; status: ConfigurableNumber['status'] },
): Promise<ConfigurableNumber> {
  requirePermission(actor, 'total:write')
  if (!Object.hasOwn(defaults, key)) throw new AppError('total.rule-unknown', { detail: `没有数值 ${key}` })
  return deps.db.asActor(actor, async (trx) => {
    await putRule(trx, { key, ...input }, deps.clock.now(), actor.userId)
    const rule = (await tonnageRules(trx)).find((r) => r.key === key)
    await recordAudit(trx, actor, 'total.rule-changed', `tonnage-rule:${key}`, input)
    if (rule === undefined) throw new Error(`rule ${key} was written and is not there`)
    return rule
  })
}
