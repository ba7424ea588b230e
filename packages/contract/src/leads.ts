/** Leads (线索): something that may be wrong, ranked and explained, until a person decides. */
import { type Static, Type } from 'typebox'
import { Id, IdParams, Instant, Nullable, Page, pageQuery, problemResponses, RegionCode } from './common.ts'
import { actLevels, dismissalReasonNames, leadLevels, leadStates } from './lead-words.ts'

export const LeadState = Type.Enum(leadStates)
export const LeadLevel = Type.Enum(leadLevels)
const Reason = Type.Enum(dismissalReasonNames)

export const Lead = Type.Object({
  id: Id,
  rule: Type.Object({
    id: Type.String(),
    title: Type.String(),
    family: Type.String(),
    clause: Type.String(),
    status: Type.String({ description: 'primary、one-source、unverified、design' }),
  }),
  state: LeadState,
  level: LeadLevel,
  score: Type.Number({ description: '合并得分 1 − Π(1 − w)，同一对象上时段相交的独立规则' }),
  weight: Type.Number({ description: '本规则权重，不超过 0.6' }),
  feature: Type.Object({ id: Id, kind: Type.String(), code: Type.String(), name: Type.String() }),
  enterprise: Nullable(Type.Object({ id: Id, name: Type.String() })),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  factor: Nullable(Type.String()),
  factorName: Nullable(Type.String()),
  from: Instant,
  to: Nullable(Instant),
  occurrences: Type.Integer({ description: '触发的时段数；一个对象一条规则只有一条未结线索' }),
  statistic: Type.Object({ name: Type.String(), value: Type.Number(), unit: Type.Optional(Type.String()) }),
  threshold: Type.String(),
  n: Type.Integer({ description: '判定所用的数据个数' }),
  explanation: Type.String(),
  refutation: Type.String({ description: '什么情况可以否定该线索' }),
  openedAt: Instant,
  changedAt: Instant,
  acknowledgedBy: Nullable(Type.String()),
  dueAt: Nullable(Instant),
  overdue: Type.Boolean(),
  escalation: Type.Integer({ description: '0 未升级；1 已提醒；2 已升级到上一级' }),
  outcome: Nullable(Type.Enum(['confirmed', 'not-confirmed'])),
  outcomeGrounds: Nullable(Type.String()),
  dismissal: Nullable(Reason),
  version: Type.Integer(),
})
export type Lead = Static<typeof Lead>

export const LeadHistoryEntry = Type.Object({
  at: Instant,
  action: Type.String({
    description:
      'opened、continued、escalated、de-escalated、acknowledged、watched、confirmed、dismissed、reopened、calmed、reminded、outcome',
  }),
  title: Type.String(),
  by: Nullable(Type.String({ description: '空为系统' })),
  note: Nullable(Type.String()),
  from: Nullable(LeadState),
  to: Nullable(LeadState),
})
export type LeadHistoryEntry = Static<typeof LeadHistoryEntry>

export const LeadOccurrence = Type.Object({
  from: Instant,
  to: Instant,
  statistic: Type.Number(),
  threshold: Type.String(),
  n: Type.Integer(),
  explanation: Type.String(),
})
export type LeadOccurrence = Static<typeof LeadOccurrence>

/** A lead as the list of the plant shows it. */
export const LeadBrief = Type.Object({
  id: Id,
  ruleId: Type.String(),
  ruleTitle: Type.String(),
  featureId: Id,
  featureName: Type.String(),
  factor: Nullable(Type.String()),
  factorName: Nullable(Type.String()),
  state: LeadState,
  level: LeadLevel,
  score: Type.Number(),
  openedAt: Instant,
  outcome: Nullable(Type.Enum(['confirmed', 'not-confirmed'])),
  version: Type.Integer(),
})
export type LeadBrief = Static<typeof LeadBrief>

export const LeadDetail = Type.Object({
  lead: Lead,
  occurrences: Type.Array(LeadOccurrence),
  history: Type.Array(LeadHistoryEntry),
  combined: Type.Array(
    Type.Object({ leadId: Id, ruleId: Type.String(), ruleTitle: Type.String(), weight: Type.Number() }),
    { description: '参与合并得分的线索' },
  ),
  plant: Type.Object({
    open: Type.Array(LeadBrief),
    past: Type.Array(LeadBrief),
    confirmed: Type.Integer(),
    notConfirmed: Type.Integer(),
  }),
  operator: Nullable(Type.String({ description: '运维单位' })),
  allowed: Type.Array(Type.Enum(['acknowledge', 'watch', 'confirm', 'dismiss', 'reopen', 'outcome'])),
})
export type LeadDetail = Static<typeof LeadDetail>

const Values = Type.Array(Nullable(Type.Number()))
/** Arrays of equal length on an hourly grid; null is no value. */
export const LeadChart = Type.Object({
  hours: Type.Array(Instant),
  factor: Nullable(Type.String()),
  factorName: Nullable(Type.String()),
  unit: Type.String(),
  measured: Values,
  converted: Values,
  reported: Type.Array(Nullable(Type.Number()), { description: '企业上报折算值' }),
  limit: Values,
  o2: Values,
  flow: Values,
  load: Values,
  marks: Type.Array(Type.String({ description: '空为无标记；HJ 75 标记字符' })),
  state: Type.Array(Nullable(Type.Enum(['missing', 'valid', 'invalid', 'stopped', 'exempt']))),
  hits: Type.Array(Type.Integer(), { description: '触发小时在 hours 中的下标' }),
  windows: Type.Array(Type.Object({ from: Instant, to: Instant })),
  neighbours: Type.Array(
    Type.Object({
      featureId: Id,
      name: Type.String(),
      factor: Type.String(),
      factorName: Type.String(),
      relation: Type.Enum(['same-outlet', 'same-plant']),
      values: Values,
    }),
  ),
})
export type LeadChart = Static<typeof LeadChart>

export const LeadFrame = Type.Object({
  msg: Type.String(),
  receivedAt: Nullable(Instant),
  hour: Nullable(Instant),
  kind: Type.String(),
  text: Nullable(Type.String({ description: '原始内容；不可读时为空' })),
  reason: Nullable(Type.String({ description: '读不到的原因' })),
})
export type LeadFrame = Static<typeof LeadFrame>

export const LeadPlant = Type.Object({
  enterprise: Nullable(Type.Object({ id: Id, name: Type.String() })),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  score: Type.Number({ description: '该厂未结线索的最高得分' }),
  level: LeadLevel,
  count: Type.Integer(),
  newest: Instant,
  oldest: Instant,
  leads: Type.Array(Lead, { description: '按得分，至多 20 条' }),
})
export type LeadPlant = Static<typeof LeadPlant>

export const LeadSummary = Type.Object({
  open: Type.Integer(),
  acknowledged: Type.Integer(),
  watching: Type.Integer(),
  high: Type.Integer(),
  medium: Type.Integer(),
  watch: Type.Integer(),
  overdue: Type.Integer(),
  plants: Type.Integer(),
  openedToday: Type.Integer(),
  decidedToday: Type.Integer(),
})
export type LeadSummary = Static<typeof LeadSummary>

export const similarityKinds = ['industry', 'process', 'device', 'operator', 'legal-person', 'park'] as const
export const SimilarObject = Type.Object({
  feature: Type.Object({ id: Id, kind: Type.String(), code: Type.String(), name: Type.String() }),
  enterprise: Nullable(Type.Object({ id: Id, name: Type.String() })),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  similarity: Type.Number({ description: '1 − Π(1 − w)' }),
  reasons: Type.Array(
    Type.Object({ kind: Type.Enum(similarityKinds), weight: Type.Number(), text: Type.String() }),
  ),
  openLeads: Type.Array(LeadBrief),
  confirmedBefore: Type.Integer({ description: '同一规则以往查实次数' }),
})
export type SimilarObject = Static<typeof SimilarObject>

export const CommandBase = {
  version: Type.Integer({ minimum: 1, description: '读到的版本号' }),
  commandId: Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 64,
      pattern: '^[A-Za-z0-9-]+$',
      description: '重复提交同一编号只执行一次',
    }),
  ),
} as const
const note = Type.String({ maxLength: 2000 })
const closed = { additionalProperties: false } as const

const tags = ['线索 Leads']
const answer = { 200: Lead, ...problemResponses } as const

export const leadFilter = {
  state: Type.Optional(
    Type.Enum(['active', 'all', ...leadStates], {
      description: 'active 未结（待签收、已签收、持续关注）；缺省',
    }),
  ),
  level: Type.Optional(Type.Enum([actLevels, ...leadLevels], { description: 'act 重点与一般（需要处置）' })),
  rule: Type.Optional(Type.String({ maxLength: 60 })),
  family: Type.Optional(Type.String({ maxLength: 40 })),
  regionCode: Type.Optional(Type.Integer({ description: '市级代码包含所辖区县' })),
  enterpriseId: Type.Optional(Id),
  featureId: Type.Optional(Id),
  overdue: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.String({ maxLength: 100, description: '企业、排放口名称中的文字' })),
} as const

export const leadRoutes = {
  list: {
    operationId: 'listLeads',
    summary: '线索列表（按得分或时间）',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      ...leadFilter,
      order: Type.Optional(Type.Enum(['rank', 'recent'], { default: 'rank' })),
    }),
    response: { 200: Page(Lead), ...problemResponses },
  },
  plants: {
    operationId: 'listLeadPlants',
    summary: '未结线索（按企业归并）',
    tags,
    querystring: Type.Object({ ...pageQuery, ...leadFilter }),
    response: { 200: Page(LeadPlant), ...problemResponses },
  },
  summary: {
    operationId: 'leadSummary',
    summary: '线索数量',
    tags,
    response: { 200: LeadSummary, ...problemResponses },
  },
  get: {
    operationId: 'getLead',
    summary: '线索详情',
    tags,
    params: IdParams,
    response: { 200: LeadDetail, ...problemResponses },
  },
  chart: {
    operationId: 'leadChart',
    summary: '触发线索的数据曲线',
    tags,
    params: IdParams,
    querystring: Type.Object({
      padHours: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 744, default: 72, description: '窗口前后多看的小时数' }),
      ),
    }),
    response: { 200: LeadChart, ...problemResponses },
  },
  frames: {
    operationId: 'leadFrames',
    summary: '线索的原始报文',
    tags,
    params: IdParams,
    response: {
      200: Type.Object({ items: Type.Array(LeadFrame), total: Type.Integer() }),
      ...problemResponses,
    },
  },
  similar: {
    operationId: 'similarObjects',
    summary: '举一反三：相似对象',
    tags,
    params: IdParams,
    querystring: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    }),
    response: { 200: Type.Object({ items: Type.Array(SimilarObject) }), ...problemResponses },
  },
  exportSimilar: {
    operationId: 'exportSimilarObjects',
    summary: '导出排查清单',
    tags,
    params: Type.Object({ id: Id, format: Type.Enum(['csv', 'xlsx']) }),
    response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
  },
  acknowledge: {
    operationId: 'acknowledgeLead',
    summary: '签收线索',
    tags,
    params: IdParams,
    body: Type.Object({ ...CommandBase, note: Type.Optional(note) }, closed),
    response: answer,
  },
  watch: {
    operationId: 'watchLead',
    summary: '持续关注',
    tags,
    params: IdParams,
    body: Type.Object({ ...CommandBase, note: Type.Optional(note) }, closed),
    response: answer,
  },
  confirm: {
    operationId: 'confirmLead',
    summary: '确认线索（须写明依据）',
    tags,
    params: IdParams,
    body: Type.Object({ ...CommandBase, grounds: Type.String({ minLength: 2, maxLength: 2000 }) }, closed),
    response: answer,
  },
  dismiss: {
    operationId: 'dismissLead',
    summary: '排除线索（须有理由）',
    tags,
    params: IdParams,
    body: Type.Object({ ...CommandBase, reason: Reason, note: Type.Optional(note) }, closed),
    response: answer,
  },
  dismissMany: {
    operationId: 'dismissLeads',
    summary: '批量排除线索',
    description: '逐条执行；版本不符或状态不允许的单列返回，其余照常。',
    tags,
    body: Type.Object(
      {
        leads: Type.Array(Type.Object({ id: Id, version: Type.Integer({ minimum: 1 }) }, closed), {
          minItems: 1,
          maxItems: 500,
        }),
        reason: Reason,
        note: Type.Optional(note),
        commandId: CommandBase.commandId,
      },
      closed,
    ),
    response: {
      200: Type.Object({
        dismissed: Type.Array(Id),
        refused: Type.Array(Type.Object({ id: Id, code: Type.String(), detail: Type.String() })),
      }),
      ...problemResponses,
    },
  },
  reopen: {
    operationId: 'reopenLead',
    summary: '重新打开线索（须写明理由）',
    tags,
    params: IdParams,
    body: Type.Object({ ...CommandBase, note: Type.String({ minLength: 2, maxLength: 2000 }) }, closed),
    response: answer,
  },
  outcome: {
    operationId: 'recordLeadOutcome',
    summary: '登记核查结论（查实或查否，须写明依据）',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        ...CommandBase,
        outcome: Type.Enum(['confirmed', 'not-confirmed']),
        grounds: Type.String({ minLength: 2, maxLength: 2000 }),
      },
      closed,
    ),
    response: answer,
  },
} as const
