/** Rules that raise leads (线索规则): data with a small typed condition language, clause or source, status and history. */
import { type Static, Type } from 'typebox'
import { Id, Instant, Nullable, problemResponses } from './common.ts'

/** A number, or the name of one of the rule's parameters. */
export type ConditionValue = number | { readonly parameter: string }
export const comparisonOperators = ['>', '>=', '<', '<='] as const
export type ComparisonOperator = (typeof comparisonOperators)[number]

/**
 * What is looked at of a factor in an hour (or, `minute`, in a minute): `measured` as measured (dry standard mg/m³,
 * mg/L); `judged` what the limit is held against (converted where the source has a reference oxygen, otherwise
 * measured); `limit-ratio` judged ÷ limit; `rate` change of `judged` against the hour before; `mass` kg in the hour;
 * `o2` %, `flow` m³/h, `load` % of the outlet.
 */
export const quantities = [
  'measured',
  'judged',
  'limit-ratio',
  'rate',
  'mass',
  'o2',
  'flow',
  'load',
  'transmission',
] as const
export type QuantityName = (typeof quantities)[number]
/** `factor` `*`: each monitored factor of the outlet, a lead of its own each. */
export interface Quantity {
  readonly of: QuantityName
  readonly factor: string
  readonly averaging?: 'hour' | 'minute'
}

export type Condition =
  | {
      readonly kind: 'threshold'
      readonly quantity: Quantity
      readonly op: ComparisonOperator
      readonly value: ConditionValue
    }
  /** The condition holds without a break for so long. */
  | { readonly kind: 'lasting'; readonly condition: Condition; readonly hours: ConditionValue }
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  /** Dead-man timer: nothing of the factor has arrived for so long. */
  | { readonly kind: 'absent'; readonly factor: string; readonly minutes: ConditionValue }
  /** Two series of the outlet over the last hours: mean difference a − b, ratio of means a ÷ b, Spearman's ρ. */
  | {
      readonly kind: 'compare'
      readonly a: Quantity
      readonly b: Quantity
      readonly by: 'difference' | 'ratio' | 'correlation'
      readonly hours: ConditionValue
      readonly op: ComparisonOperator
      readonly value: ConditionValue
    }
  /** An hour that the room of sources judges to exceed (valid, not exempt, rounded, the averaging of the limit). */
  | { readonly kind: 'exceeding'; readonly factor: string }
  /** A rule of @shanshui/fraud on whole windows. */
  | { readonly kind: 'fraud'; readonly rule: string }
  /** Raised by another room, which judges itself. */
  | { readonly kind: 'raised'; readonly by: string }

export const RuleStatus = Type.Enum(['primary', 'one-source', 'unverified', 'design'], {
  description:
    'primary 与标准原文核对；one-source 单一来源；unverified 待核实；design 平台设计规则，非标准条文',
})
export type RuleStatus = Static<typeof RuleStatus>

export const RuleParameter = Type.Object({
  name: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  unit: Type.String(),
  value: Type.Number(),
  default: Type.Number(),
  min: Nullable(Type.Number()),
  max: Nullable(Type.Number()),
})
export type RuleParameter = Static<typeof RuleParameter>

export const ruleFamilies = [
  'exceedance',
  'near-limit',
  'absence',
  'transmission',
  'fraud',
  'permit',
  'maintenance',
  'other',
] as const
export const LeadRule = Type.Object({
  id: Type.String({ description: '规则编号，如 F03、exceedance.begins' }),
  title: Type.String(),
  titleEn: Type.String(),
  description: Type.String({ description: '通俗说明：看什么、怎样触发、什么情况不算' }),
  kind: Type.Enum(['stream', 'day', 'raised'], {
    description: 'stream 随数据到达判定；day 按整段时间窗判定；raised 由其他业务提出',
  }),
  family: Type.Enum(ruleFamilies),
  subjectKind: Type.String({ description: '对象类型：outlet、enterprise' }),
  medium: Nullable(Type.Enum(['air', 'water'])),
  condition: Type.Unsafe<Condition>(Type.Unknown({ description: '条件树' })),
  conditionText: Type.String({ description: '条件的中文表述，数值已代入' }),
  weight: Type.Number({ description: '单条权重 w，不超过 0.6；合并得分 1 − Π(1 − w)' }),
  clause: Type.String({ description: '条款或来源' }),
  status: RuleStatus,
  parameters: Type.Array(RuleParameter),
  enabled: Type.Boolean(),
  calmAfterHours: Type.Number({ description: '条件消失满多少小时后自动解除' }),
  followUpHours: Type.Number({ description: '未签收多少小时后提醒' }),
  escalateHours: Type.Number({ description: '未签收多少小时后升级提醒上一级' }),
  version: Type.Integer(),
  updatedAt: Instant,
  updatedBy: Nullable(Type.String()),
  statistics: Type.Object({
    hits: Type.Integer({ description: '近一年线索数' }),
    open: Type.Integer(),
    confirmed: Type.Integer({ description: '查实' }),
    notConfirmed: Type.Integer({ description: '查否' }),
    precision: Nullable(Type.Number({ description: '查实 ÷（查实＋查否）；无结论时为空' })),
    low: Nullable(Type.Number({ description: 'Wilson 95 % 区间下限' })),
    high: Nullable(Type.Number({ description: 'Wilson 95 % 区间上限' })),
    lastHitAt: Nullable(Instant),
    trend: Type.Array(
      Type.Object({
        month: Type.String(),
        hits: Type.Integer(),
        confirmed: Type.Integer(),
        notConfirmed: Type.Integer(),
      }),
      { description: '近 12 个月，按首次触发月份' },
    ),
    suggestion: Nullable(
      Type.Enum(['never-hit', 'retire', 'raise-threshold'], {
        description: 'never-hit 启用以来从未触发；retire 建议停用；raise-threshold 建议收紧阈值',
      }),
    ),
    suggestionText: Nullable(Type.String()),
  }),
})
export type LeadRule = Static<typeof LeadRule>

export const LeadRuleInput = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: '读到的版本号' }),
    enabled: Type.Optional(Type.Boolean()),
    parameters: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.Number())),
    weight: Type.Optional(Type.Number({ minimum: 0.01, maximum: 0.6 })),
    calmAfterHours: Type.Optional(Type.Number({ minimum: 0, maximum: 2160 })),
    followUpHours: Type.Optional(Type.Number({ minimum: 1, maximum: 2160 })),
    escalateHours: Type.Optional(Type.Number({ minimum: 1, maximum: 2160 })),
    condition: Type.Optional(Type.Unsafe<Condition>(Type.Unknown())),
    reason: Type.String({ minLength: 2, maxLength: 400 }),
  },
  { additionalProperties: false },
)
export type LeadRuleInput = Static<typeof LeadRuleInput>

export const LeadRuleDraft = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9.-]{2,59}$' }),
    title: Type.String({ minLength: 2, maxLength: 100 }),
    titleEn: Type.Optional(Type.String({ maxLength: 100 })),
    description: Type.String({ minLength: 2, maxLength: 1000 }),
    family: Type.Enum(ruleFamilies),
    medium: Type.Optional(Nullable(Type.Enum(['air', 'water']))),
    condition: Type.Unsafe<Condition>(Type.Unknown()),
    weight: Type.Number({ minimum: 0.01, maximum: 0.6 }),
    clause: Type.String({ minLength: 2, maxLength: 400 }),
    status: RuleStatus,
    calmAfterHours: Type.Optional(Type.Number({ minimum: 0, maximum: 2160 })),
    followUpHours: Type.Optional(Type.Number({ minimum: 1, maximum: 2160 })),
    escalateHours: Type.Optional(Type.Number({ minimum: 1, maximum: 2160 })),
  },
  { additionalProperties: false },
)
export type LeadRuleDraft = Static<typeof LeadRuleDraft>

export const LeadRuleRevision = Type.Object({
  version: Type.Integer(),
  changedAt: Instant,
  changedBy: Nullable(Type.String()),
  reason: Type.String(),
  enabled: Type.Boolean(),
  weight: Type.Number(),
  parameters: Type.Record(Type.String(), Type.Number()),
  conditionText: Type.String(),
})
export type LeadRuleRevision = Static<typeof LeadRuleRevision>

export const PrecisionRow = Type.Object({
  key: Type.String(),
  name: Type.String(),
  hits: Type.Integer(),
  open: Type.Integer(),
  confirmed: Type.Integer(),
  notConfirmed: Type.Integer(),
  precision: Nullable(Type.Number()),
  low: Nullable(Type.Number()),
  high: Nullable(Type.Number()),
})
export type PrecisionRow = Static<typeof PrecisionRow>

export const LeadStatistics = Type.Object({
  from: Type.String(),
  to: Type.String(),
  total: PrecisionRow,
  byRule: Type.Array(PrecisionRow),
  byOperator: Type.Array(PrecisionRow, { description: '按运维单位' }),
  byRegion: Type.Array(PrecisionRow),
  trend: Type.Array(
    Type.Object({
      month: Type.String(),
      hits: Type.Integer(),
      confirmed: Type.Integer(),
      notConfirmed: Type.Integer(),
      precision: Nullable(Type.Number()),
    }),
  ),
  neverHit: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
  medianHoursToAcknowledge: Nullable(Type.Number()),
  medianHoursToDecision: Nullable(Type.Number()),
})
export type LeadStatistics = Static<typeof LeadStatistics>

const tags = ['线索 Leads']
const ruleParams = Type.Object({ id: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9.-]{1,59}$' }) })

export const leadRuleRoutes = {
  listRules: {
    operationId: 'listLeadRules',
    summary: '线索规则与准确率',
    tags,
    response: { 200: Type.Object({ items: Type.Array(LeadRule) }), ...problemResponses },
  },
  getRule: {
    operationId: 'getLeadRule',
    summary: '一条线索规则',
    tags,
    params: ruleParams,
    response: { 200: LeadRule, ...problemResponses },
  },
  ruleHistory: {
    operationId: 'leadRuleHistory',
    summary: '线索规则的变更历史',
    tags,
    params: ruleParams,
    response: { 200: Type.Object({ items: Type.Array(LeadRuleRevision) }), ...problemResponses },
  },
  createRule: {
    operationId: 'createLeadRule',
    summary: '新增线索规则',
    tags,
    body: LeadRuleDraft,
    response: { 201: LeadRule, ...problemResponses },
  },
  updateRule: {
    operationId: 'updateLeadRule',
    summary: '修改线索规则（须带当前版本号）',
    tags,
    params: ruleParams,
    body: LeadRuleInput,
    response: { 200: LeadRule, ...problemResponses },
  },
  statistics: {
    operationId: 'leadStatistics',
    summary: '线索成效：按规则、运维单位、区县的准确率与趋势',
    tags,
    querystring: Type.Object({
      from: Type.Optional(Type.String({ format: 'date' })),
      to: Type.Optional(Type.String({ format: 'date' })),
      regionCode: Type.Optional(Type.Integer()),
    }),
    response: { 200: LeadStatistics, ...problemResponses },
  },
  scan: {
    operationId: 'scanLeads',
    summary: '按时间窗扫描排放口（任务）',
    description: '对所选排放口执行按日规则；重复执行得到同样的线索，不会重复。',
    tags,
    body: Type.Object(
      {
        from: Type.Optional(Type.String({ format: 'date' })),
        to: Type.Optional(Type.String({ format: 'date' })),
        outletIds: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
      },
      { additionalProperties: false },
    ),
    response: { 202: Type.Object({ jobId: Id }), ...problemResponses },
  },
} as const
