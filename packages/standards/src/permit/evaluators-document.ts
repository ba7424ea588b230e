/** Evaluators that read a whole permit. */
import { success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { contentClause, limitRuleClause, permitContradictions } from './contradictions.ts'
import { renewalClause, reportClause } from './deadlines.ts'
import type { PermitContent } from './document.ts'
import { compileObligations, disclosureClause, ledgerClause, selfMonitoringClause } from './obligations.ts'

const frequency = s.oneOf(
  ['continuous', 'hour', 'day', 'week', 'month', 'quarter', 'half-year', 'year'],
  '频次',
)
const tonnesRow = s.object({ pollutant: s.text('污染物'), tonnes: s.number('吨') })
const keeping = s.list(s.object({ content: s.text('内容'), frequency }), '内容与频次')
const permitSchema = s.object(
  {
    issuedOn: s.date('发证日期'),
    expiresOn: s.date('有效期至'),
    management: s.oneOf(['key', 'simplified'], '重点管理或简化管理'),
    outlets: s.list(
      s.object(
        {
          number: s.text('编号'),
          medium: s.oneOf(['air', 'water'], '介质'),
          main: s.boolean('主要排放口'),
          limits: s.list(
            s.object(
              {
                factor: s.text('因子编码'),
                value: s.number('限值'),
                unit: s.text('单位'),
                averaging: s.oneOf(['hour', 'day', 'instant'], '平均时间'),
                basis: s.text('依据'),
              },
              { min: s.number('下限') },
            ),
            '许可排放浓度',
          ),
          annualTonnes: s.list(tonnesRow, '年许可排放量'),
        },
        {
          name: s.text('名称'),
          direct: s.boolean('直接排放'),
          facility: s.text('设施类型'),
          referenceO2: s.number('基准氧含量，%'),
        },
      ),
      '排放口',
    ),
    totals: s.list(tonnesRow, '全厂许可排放量'),
    selfMonitoring: s.list(
      s.object({
        outletNumber: s.text('排放口编号'),
        factor: s.text('因子编码'),
        method: s.oneOf(['auto', 'manual'], '自动或手工'),
        frequency,
      }),
      '自行监测',
    ),
    reports: s.list(
      s.object(
        { period: s.oneOf(['year', 'quarter', 'month'], '周期') },
        { dueDays: s.integer('期末后第几日前'), dueOn: s.text('次年的月-日') },
      ),
      '执行报告',
    ),
    ledgers: keeping,
  },
  {
    disclosures: keeping,
    specialPeriods: s.list(
      s.object(
        { name: s.text('名称') },
        {
          limits: s.list(
            s.object(
              { pollutant: s.text('污染物') },
              {
                outletNumber: s.text('编号'),
                tonnesPerDay: s.number('t/d'),
                tonnesPerMonth: s.number('t/月'),
              },
            ),
            '限制排放量',
          ),
          banned: s.list(s.text('设施'), '停运设施'),
        },
      ),
      '特殊时段',
    ),
  },
  '排污许可证内容',
)

const obligations = defineEvaluator({
  id: 'permit.obligations',
  title: { zh: '许可证义务清单', en: 'Obligations of a permit' },
  editions: [],
  input: s.object({ permit: permitSchema, from: s.date('起始日期'), to: s.date('截止日期') }),
  output: s.object({
    obligations: s.list(
      s.object(
        {
          kind: s.text('self-monitoring、ledger、report、renewal、disclosure'),
          key: s.text('证内唯一'),
          title: s.text('内容'),
          periodFrom: s.text('期初'),
          periodTo: s.text('期末'),
          dueOn: s.text('期限'),
          required: s.number('应有次数'),
        },
        {},
      ),
      '按期限排列',
    ),
  }),
  clauses: [selfMonitoringClause, ledgerClause, disclosureClause, reportClause, renewalClause],
  version: '1.0.0',
  evaluate: ({ permit, from, to }) => {
    const outcome = compileObligations(permit as PermitContent, { from, to })
    return outcome.ok ? success({ obligations: outcome.value }, outcome.trace) : outcome
  },
})

const contradictions = defineEvaluator({
  id: 'permit.contradictions',
  title: { zh: '许可证内矛盾与缺项', en: 'Contradictions inside a permit' },
  editions: [],
  input: s.object({ permit: permitSchema, asOf: s.date('判断有效期的日期') }),
  output: s.object({
    count: s.integer('个数'),
    findings: s.list(
      s.object({
        rule: s.text('规则'),
        title: s.text('名称'),
        detail: s.text('何处何值'),
        severity: s.text('error 或 warning'),
      }),
      '矛盾与缺项',
    ),
  }),
  clauses: [contentClause, limitRuleClause],
  version: '1.0.0',
  evaluate: ({ permit, asOf }) => {
    const findings = permitContradictions(permit as PermitContent, { asOf })
    const trace = findings.map(({ rule, detail, clause }) => ({ rule, input: null, result: detail, clause }))
    return success({ count: findings.length, findings }, trace)
  },
})

export const permitDocumentEvaluators: readonly EvaluatorDefinition[] = [obligations, contradictions]
