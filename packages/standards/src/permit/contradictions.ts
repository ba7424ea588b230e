/** What a permit says against itself, against its sector's standard, or leaves out. */

import { addMonths } from '../civil-date.ts'
import type { Clause, Status } from '../clause.ts'
import { mediumOfOutletNumber } from '../codes/forms.ts'
import { clauseText, codeAt, measuresAt, regulationAt, specificationAt } from './clauses.ts'
import { renewalBy, renewalClause, reportClause } from './deadlines.ts'
import type { PermitAveraging, PermitContent, PermitLimitRow, PermitOutletRow } from './document.ts'
import { factorName } from './obligations.ts'
import { kilograms, sumsByPollutant } from './tonnes.ts'

export const contentClause = regulationAt('第十三条')
export const automaticClause = regulationAt('第二十条')
export const validityClauseOfPermit = codeAt('第一百七十四条至第一百八十六条')
export const limitRuleClause = specificationAt('许可排放浓度')
const amountClause = specificationAt('许可排放量')
const changeClause = measuresAt('第二十七条')

export type ContradictionRule =
  | 'outlet-duplicated'
  | 'outlet-medium'
  | 'outlet-without-limits'
  | 'limit-unit'
  | 'limit-medium'
  | 'limit-range'
  | 'limit-twice'
  | 'limit-weaker'
  | 'reference-oxygen'
  | 'main-without-automatic'
  | 'main-without-tonnes'
  | 'frequency-missing'
  | 'monitoring-unknown-outlet'
  | 'monitoring-without-limit'
  | 'method-frequency'
  | 'tonnes-sum'
  | 'tonnes-total-missing'
  | 'annual-report-missing'
  | 'report-deadline-missing'
  | 'ledger-missing'
  | 'special-period-empty'
  | 'validity-too-long'
  | 'renewal-passed'
  | 'expired'

interface RuleText {
  readonly title: string
  readonly severity: 'error' | 'warning'
  readonly clause: Clause
  readonly status: Status
}
const rule = (
  title: string,
  severity: RuleText['severity'],
  clause: Clause,
  status: Status = 'verified',
): RuleText => ({ title, severity, clause, status })

/** Every rule with its clause. */
export const contradictionRules: Readonly<Record<ContradictionRule, RuleText>> = {
  'outlet-duplicated': rule('排放口编号重复', 'error', contentClause),
  'outlet-medium': rule('排放口编号与介质不符', 'error', contentClause, 'unverified'),
  'outlet-without-limits': rule('排放口没有许可排放浓度', 'error', contentClause),
  'limit-unit': rule('限值单位与介质不符', 'error', contentClause),
  'limit-medium': rule('限值因子与介质不符', 'error', contentClause),
  'limit-range': rule('限值下限大于上限', 'error', contentClause),
  'limit-twice': rule('同一因子有两个不同限值', 'error', contentClause),
  'limit-weaker': rule('许可浓度宽于适用标准', 'error', limitRuleClause, 'unverified'),
  'reference-oxygen': rule('基准氧含量与标准不符', 'error', limitRuleClause, 'unverified'),
  'main-without-automatic': rule('主要排放口没有自动监测', 'error', automaticClause, 'unverified'),
  'main-without-tonnes': rule('主要排放口没有许可排放量', 'warning', amountClause, 'unverified'),
  'frequency-missing': rule('有限值的因子没有监测频次', 'error', contentClause),
  'monitoring-unknown-outlet': rule('自行监测所列排放口不存在', 'error', contentClause),
  'monitoring-without-limit': rule('监测因子没有限值', 'warning', contentClause),
  'method-frequency': rule('监测方式与频次不符', 'error', contentClause),
  'tonnes-sum': rule('各排放口许可量之和与全厂许可量不符', 'error', contentClause),
  'tonnes-total-missing': rule('排放口有许可量而全厂没有', 'error', contentClause),
  'annual-report-missing': rule('没有年度执行报告要求', 'error', reportClause),
  'report-deadline-missing': rule('执行报告没有提交期限', 'warning', contentClause),
  'ledger-missing': rule('没有环境管理台账要求', 'error', contentClause),
  'special-period-empty': rule('特殊时段没有禁止或限制的内容', 'error', contentClause),
  'validity-too-long': rule('有效期超过五年', 'error', validityClauseOfPermit),
  'renewal-passed': rule('已过申请延续的期限', 'warning', renewalClause),
  expired: rule('许可证已过期', 'error', changeClause),
}

export interface Contradiction extends RuleText {
  readonly rule: ContradictionRule
  readonly detail: string
  readonly outletNumber: string | null
  readonly factor: string | null
}

/** Limit of the standard that applies to an outlet, and its reference oxygen (%). */
export interface StandardLimit {
  readonly value: number
  readonly unit?: string | undefined
  readonly clause: Clause
  /** How well the row of the standard is known. */
  readonly status?: Status | undefined
}
export interface ContradictionContext {
  /** Civil day to judge expiry on. */
  readonly asOf: string
  readonly standardLimit?:
    | ((outlet: PermitOutletRow, factor: string, averaging: PermitAveraging) => StandardLimit | undefined)
    | undefined
  readonly standardOxygen?:
    | ((
        outlet: PermitOutletRow,
      ) => { value: number; clause: Clause; status?: Status | undefined } | undefined)
    | undefined
}

/** Every contradiction and gap, in the order of the document. */
export function permitContradictions(
  permit: PermitContent,
  context: ContradictionContext,
): readonly Contradiction[] {
  return [
    ...ofOutlets(permit, context),
    ...ofMonitoring(permit),
    ...ofTonnes(permit),
    ...ofDuties(permit),
    ...ofValidity(permit, context.asOf),
  ]
}

function found(
  name: ContradictionRule,
  detail: string,
  at: { outletNumber?: string; factor?: string; clause?: Clause; status?: Status | undefined } = {},
): Contradiction {
  const text = contradictionRules[name]
  return {
    ...text,
    clause: at.clause ?? text.clause,
    status: at.status ?? text.status,
    rule: name,
    detail,
    outletNumber: at.outletNumber ?? null,
    factor: at.factor ?? null,
  }
}

function ofOutlets(permit: PermitContent, context: ContradictionContext): Contradiction[] {
  const seen = new Set<string>()
  return permit.outlets.flatMap((outlet) => {
    const { number: outletNumber, medium, limits } = outlet
    const list: Contradiction[] = []
    if (seen.has(outletNumber)) {
      list.push(found('outlet-duplicated', `编号 ${outletNumber} 出现不止一次`, { outletNumber }))
    }
    seen.add(outletNumber)
    const named = mediumOfOutletNumber(outletNumber)
    if (named !== undefined && named !== medium) {
      const detail = `${outletNumber} 是${mediumText[named]}编号，登记为${mediumText[medium]}`
      list.push(found('outlet-medium', detail, { outletNumber }))
    }
    if (limits.length === 0) {
      list.push(found('outlet-without-limits', `${outletNumber} 没有任何限值`, { outletNumber }))
    }
    list.push(...limits.flatMap((limit) => ofLimit(outlet, limit, context)), ...twice(outlet))
    const oxygen = outlet.referenceO2 === undefined ? undefined : context.standardOxygen?.(outlet)
    if (oxygen !== undefined && oxygen.value !== outlet.referenceO2) {
      const detail = `${outletNumber} 基准氧含量 ${outlet.referenceO2}%，${clauseText(oxygen.clause)} 为 ${oxygen.value}%`
      list.push(
        found('reference-oxygen', detail, { outletNumber, clause: oxygen.clause, status: oxygen.status }),
      )
    }
    return list
  })
}

const mediumText = { air: '废气', water: '废水' } as const
const unitForms = {
  air: /^(mg|μg|ug|ng)(-?TEQ| ?TEQ)?\/(N?m3|N?m³)$|^(mg|ug|μg|ng) TEQ\/m³$|^kg\/h$|^级$|^%$|^无量纲$/i,
  water: /^(m|μ|u|n)g\/L$|^无量纲$|^倍$|^(MPN|CFU|个)\/(L|100mL)$/i,
} as const

function ofLimit(
  outlet: PermitOutletRow,
  limit: PermitLimitRow,
  context: ContradictionContext,
): Contradiction[] {
  const { number: outletNumber, medium } = outlet
  const { factor, value, min, unit, averaging } = limit
  const list: Contradiction[] = []
  if (!unitForms[medium].test(unit)) {
    list.push(
      found(
        'limit-unit',
        `${outletNumber} ${factorName(factor)} 的单位 ${unit} 不是${mediumText[medium]}单位`,
        {
          outletNumber,
          factor,
        },
      ),
    )
  }
  const letter = medium === 'air' ? 'a' : 'w'
  if (/^[aw]\w{5}$/.test(factor) && !factor.startsWith(letter)) {
    list.push(
      found(
        'limit-medium',
        `${outletNumber} 是${mediumText[medium]}口，${factorName(factor)} 不是${mediumText[medium]}因子`,
        { outletNumber, factor },
      ),
    )
  }
  if (min !== undefined && min > value) {
    list.push(
      found('limit-range', `${outletNumber} ${factorName(factor)} 下限 ${min} 大于上限 ${value}`, {
        outletNumber,
        factor,
      }),
    )
  }
  const standard = context.standardLimit?.(outlet, factor, averaging)
  if (standard !== undefined && (standard.unit ?? unit) === unit && value > standard.value) {
    const detail = `${outletNumber} ${factorName(factor)} 许可 ${value} ${unit}，${clauseText(standard.clause)} 为 ${standard.value} ${unit}`
    list.push(
      found('limit-weaker', detail, {
        outletNumber,
        factor,
        clause: standard.clause,
        status: standard.status,
      }),
    )
  }
  return list
}

function twice(outlet: PermitOutletRow): Contradiction[] {
  const first = new Map<string, number>()
  const list: Contradiction[] = []
  for (const { factor, averaging, value, unit } of outlet.limits) {
    const key = `${factor} ${averaging}`
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, value)
    else if (earlier !== value) {
      const detail = `${outlet.number} ${factorName(factor)} 既为 ${earlier} 又为 ${value} ${unit}`
      list.push(found('limit-twice', detail, { outletNumber: outlet.number, factor }))
    }
  }
  return list
}

function ofMonitoring(permit: PermitContent): Contradiction[] {
  const list: Contradiction[] = []
  const outlets = new Map(permit.outlets.map((outlet) => [outlet.number, outlet]))
  const tasks = new Set(permit.selfMonitoring.map((row) => `${row.outletNumber} ${row.factor}`))
  for (const { number: outletNumber, main, limits } of outlets.values()) {
    for (const factor of new Set(limits.map((limit) => limit.factor))) {
      if (!tasks.has(`${outletNumber} ${factor}`))
        list.push(
          found('frequency-missing', `${outletNumber} ${factorName(factor)} 有限值而没有监测频次`, {
            outletNumber,
            factor,
          }),
        )
    }
    const automatic = permit.selfMonitoring.some(
      (row) => row.outletNumber === outletNumber && row.method === 'auto',
    )
    if (main && !automatic)
      list.push(
        found('main-without-automatic', `主要排放口 ${outletNumber} 没有一个因子自动监测`, { outletNumber }),
      )
  }
  for (const { outletNumber, factor, method, frequency } of permit.selfMonitoring) {
    const outlet = outlets.get(outletNumber)
    if (outlet === undefined) {
      list.push(
        found('monitoring-unknown-outlet', `自行监测列有 ${outletNumber}，许可证没有这个排放口`, {
          outletNumber,
          factor,
        }),
      )
    } else if (!outlet.limits.some((limit) => limit.factor === factor) && !isSupport(factor)) {
      list.push(
        found('monitoring-without-limit', `${outletNumber} 监测 ${factorName(factor)} 而没有限值`, {
          outletNumber,
          factor,
        }),
      )
    }
    if ((method === 'manual' && frequency === 'continuous') || (method === 'auto' && !fast.has(frequency))) {
      const detail = `${outletNumber} ${factorName(factor)}：${method === 'auto' ? '自动' : '手工'}监测，频次却为 ${frequency}`
      list.push(found('method-frequency', detail, { outletNumber, factor }))
    }
  }
  return list
}

const fast = new Set(['continuous', 'hour', 'day'])
/** Flow, oxygen, temperature … are measured beside pollutants and have no limit (HJ 212-2017 表B). */
const isSupport = (factor: string): boolean => factor === 'a19001' || /^(a00|a01|w00000|w01010)/.test(factor)

function ofTonnes(permit: PermitContent): Contradiction[] {
  const list: Contradiction[] = []
  for (const outlet of permit.outlets) {
    if (outlet.main && outlet.annualTonnes.length === 0) {
      list.push(
        found('main-without-tonnes', `主要排放口 ${outlet.number} 没有年许可排放量`, {
          outletNumber: outlet.number,
        }),
      )
    }
  }
  const totals = new Map(permit.totals.map(({ pollutant, tonnes }) => [pollutant, tonnes]))
  for (const [pollutant, sum] of sumsByPollutant(permit.outlets.flatMap((outlet) => outlet.annualTonnes))) {
    const total = totals.get(pollutant)
    if (total === undefined) {
      list.push(found('tonnes-total-missing', `${pollutant}：各口合计 ${kilograms(sum)} t，没有全厂许可量`))
    } else if (kilograms(sum) !== kilograms(total)) {
      list.push(
        found(
          'tonnes-sum',
          `${pollutant}：各口合计 ${kilograms(sum)} t，全厂 ${total} t，差 ${kilograms(sum - total)} t`,
        ),
      )
    }
  }
  return list
}

function ofDuties(permit: PermitContent): Contradiction[] {
  const list: Contradiction[] = []
  if (!permit.reports.some((duty) => duty.period === 'year')) {
    list.push(found('annual-report-missing', '执行报告中没有年度报告'))
  }
  for (const duty of permit.reports) {
    if (duty.dueDays === undefined && duty.dueOn === undefined)
      list.push(found('report-deadline-missing', `${duty.period} 报告没有提交期限，按默认期限提醒`))
  }
  if (permit.ledgers.length === 0) list.push(found('ledger-missing', '没有列出台账内容'))
  for (const { name, limits, banned } of permit.specialPeriods ?? []) {
    const numbers = (limits ?? []).some((l) => l.tonnesPerDay !== undefined || l.tonnesPerMonth !== undefined)
    if (!numbers && (banned ?? []).length === 0)
      list.push(found('special-period-empty', `特殊时段“${name}”既没有排放量也没有停运设施`))
  }
  return list
}

function ofValidity(permit: PermitContent, asOf: string): Contradiction[] {
  const { issuedOn, expiresOn } = permit
  const list: Contradiction[] = []
  if (expiresOn > addMonths(issuedOn, 60)) {
    list.push(found('validity-too-long', `自 ${issuedOn} 至 ${expiresOn}，超过五年`))
  }
  if (expiresOn < asOf) list.push(found('expired', `${expiresOn} 届满`))
  else if (renewalBy(expiresOn) < asOf) {
    list.push(found('renewal-passed', `${expiresOn} 届满，应在 ${renewalBy(expiresOn)} 前申请延续`))
  }
  return list
}
