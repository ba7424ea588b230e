/** Matters (事项): work on a problem, run by a workflow: who has to act, by when, with what evidence, and what was done. */
import { type Static, Type } from 'typebox'
import {
  Bilingual,
  DateString,
  Id,
  IdParams,
  Instant,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
} from './common.ts'
import { matterLights, matterParties, matterPhases, problemSources, refusalCodes } from './matter-words.ts'

const Named = Type.Object({ id: Id, name: Type.String() })
const Party = Type.Enum(matterParties)
export const MatterPhase = Type.Enum(matterPhases)
const Basis = Type.Object({
  text: Type.String(),
  status: Type.String({ description: 'primary、one-source、unverified（待核实）、design（平台设定）' }),
})

export const MatterDue = Type.Object({
  clock: Type.String(),
  title: Bilingual,
  dueAt: Instant,
  provisional: Type.Boolean({ description: '所跨年份的放假通知尚未录入' }),
  overdue: Type.Boolean(),
  light: Type.Enum(matterLights, { description: '剩余大于 30% 为绿，其余为黄，最后一个工作日及逾期为红' }),
})
export type MatterDue = Static<typeof MatterDue>

export const MatterBrief = Type.Object({
  id: Id,
  number: Type.String(),
  workflow: Type.String(),
  workflowTitle: Bilingual,
  title: Type.String(),
  state: Type.String(),
  stateTitle: Bilingual,
  phase: MatterPhase,
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  enterprise: Nullable(Named),
  feature: Nullable(Type.Object({ id: Id, kind: Type.String(), code: Type.String(), name: Type.String() })),
  problem: Nullable(Type.Object({ id: Id, number: Type.String() })),
  source: Type.Enum(problemSources),
  round: Type.Integer({ minimum: 1, description: '第几轮；反弹后加一' }),
  rebounds: Type.Integer({ minimum: 0 }),
  handler: Nullable(Named),
  acceptor: Type.Optional(Nullable(Named)),
  waitsFor: Type.Array(
    Type.Object({
      party: Type.String({ description: '当事方；system 为平台' }),
      organization: Nullable(Named),
    }),
    { description: '现在等谁办' },
  ),
  /** The nearest limit that has not ended. */
  due: Nullable(MatterDue),
  lookBackOn: Nullable(DateString),
  published: Type.Boolean(),
  openedAt: Instant,
  changedAt: Instant,
  closedAt: Nullable(Instant),
  version: Type.Integer(),
  fields: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: '查询参数 fields=true 时给出；内部字段不给当事企业',
    }),
  ),
})
export type MatterBrief = Static<typeof MatterBrief>

export const MatterRefusal = Type.Object({
  code: Type.Enum(refusalCodes),
  zh: Type.String(),
  what: Type.Optional(Type.String({ description: '所指的字段、证据要求或条件' })),
})
export type MatterRefusal = Static<typeof MatterRefusal>

/** One transition that leads out of the present state, whether or not the reader may take it. */
export const MatterOption = Type.Object({
  transition: Type.String(),
  title: Bilingual,
  to: Type.String(),
  toTitle: Bilingual,
  primary: Type.Boolean(),
  reason: Type.Boolean({ description: '须写明理由' }),
  fields: Type.Array(Type.String(), { description: '必填字段' }),
  optionalFields: Type.Array(Type.String()),
  lookBackMonths: Nullable(
    Type.Object({ min: Type.Number(), max: Type.Number(), default: Type.Number(), basis: Basis }),
  ),
  documents: Type.Array(Type.String()),
  refusals: Type.Array(MatterRefusal, { description: '空：现在可以办理' }),
})
export type MatterOption = Static<typeof MatterOption>

/** What is asked for as evidence on the way out of the present state. */
export const MatterEvidenceDemand = Type.Object({
  transition: Type.String(),
  demand: Type.String(),
  title: Bilingual,
  kinds: Type.Array(Type.String()),
  min: Type.Integer(),
  have: Type.Integer(),
  missing: Type.Integer(),
  located: Type.Boolean({ description: '须有拍摄时间和位置，且与对象相符' }),
  basis: Nullable(Basis),
})
export type MatterEvidenceDemand = Static<typeof MatterEvidenceDemand>

export const MatterClock = Type.Object({
  clock: Type.String(),
  title: Bilingual,
  round: Type.Integer(),
  occurrence: Type.Integer({ description: '第几次；每月调度逐月加一' }),
  startedAt: Instant,
  dueAt: Instant,
  provisional: Type.Boolean(),
  stopped: Type.Boolean({ description: '现在中止计算' }),
  stops: Type.Array(Type.Object({ from: Instant, to: Nullable(Instant) })),
  endedAt: Nullable(Instant),
  late: Type.Boolean({ description: '逾期办结，或现在逾期' }),
  extended: Type.Integer(),
  levels: Type.Array(Type.Object({ level: Type.Integer(), at: Instant }), {
    description: '已提醒、升级的级别',
  }),
  light: Type.Enum(matterLights),
  basis: Basis,
})
export type MatterClock = Static<typeof MatterClock>

export const MatterStep = Type.Object({
  seq: Type.Integer({ minimum: 1 }),
  at: Instant,
  recordedAt: Instant,
  transition: Type.String({
    description:
      '流程中的步骤；open 立项、assign 调整当事方、comment 备注、escalate 提醒升级、clock 期限变动',
  }),
  title: Bilingual,
  from: Nullable(Type.String()),
  to: Type.String(),
  fromTitle: Nullable(Bilingual),
  toTitle: Bilingual,
  by: Nullable(Named),
  organization: Nullable(Named),
  round: Type.Integer(),
  reason: Nullable(Type.String()),
  fields: Type.Record(Type.String(), Type.Unknown()),
  hash: Type.String(),
})
export type MatterStep = Static<typeof MatterStep>

export const MatterPartyEntry = Type.Object({
  party: Party,
  organization: Named,
  user: Nullable(Named),
})
export type MatterPartyEntry = Static<typeof MatterPartyEntry>

export const MatterDetail = Type.Object({
  matter: MatterBrief,
  ref: Nullable(Type.String({ description: '来源编号' })),
  parties: Type.Array(MatterPartyEntry),
  fields: Type.Record(Type.String(), Type.Unknown(), { description: '内部字段不给当事企业' }),
  options: Type.Array(MatterOption),
  evidence: Type.Array(MatterEvidenceDemand),
  clocks: Type.Array(MatterClock),
  history: Type.Array(MatterStep, { description: '旧的在前' }),
  documents: Type.Array(
    Type.Object({
      kind: Type.String(),
      transition: Type.String(),
      /** Null: the step has not been taken. */
      at: Nullable(Instant),
    }),
  ),
  parent: Nullable(MatterBrief),
  children: Type.Array(MatterBrief),
  related: Type.Array(MatterBrief, { description: '同一问题的其他事项' }),
  canAssign: Type.Boolean(),
  canComment: Type.Boolean(),
  canAddEvidence: Type.Boolean(),
})
export type MatterDetail = Static<typeof MatterDetail>

const closed = { additionalProperties: false } as const
const PartyInput = Type.Object({ organizationId: Id, userId: Type.Optional(Id) }, closed)
export const MatterPartiesInput = Type.Object(
  {
    overseer: Type.Optional(PartyInput),
    handler: Type.Optional(PartyInput),
    acceptor: Type.Optional(PartyInput),
    reviewer: Type.Optional(PartyInput),
    owner: Type.Optional(PartyInput),
  },
  closed,
)
export type MatterPartiesInput = Static<typeof MatterPartiesInput>
export const FieldsInput = Type.Record(Type.String(), Type.Unknown())
const commandId = Type.Optional(
  Type.String({
    minLength: 8,
    maxLength: 64,
    pattern: '^[A-Za-z0-9-]+$',
    description: '重复提交同一编号只执行一次',
  }),
)
const version = Type.Integer({ minimum: 1, description: '读到的版本号' })
const Title = Type.String({ minLength: 2, maxLength: 200 })
const Ref = Type.Optional(Type.String({ maxLength: 200 }))

/** What is needed to open a matter about a problem that is registered in the same command. */
export const MatterOpening = Type.Object(
  {
    workflow: Type.String({ maxLength: 40 }),
    title: Type.Optional(Title),
    parties: MatterPartiesInput,
    fields: Type.Optional(FieldsInput),
  },
  closed,
)
export type MatterOpening = Static<typeof MatterOpening>

export const matterFilter = {
  workflow: Type.Optional(Type.String({ maxLength: 200, description: '一个或几个，逗号分隔' })),
  state: Type.Optional(Type.String({ maxLength: 200 })),
  phase: Type.Optional(Type.Enum([...matterPhases, 'all'] as const, { description: '缺省为全部' })),
  mine: Type.Optional(Type.Boolean({ description: '本单位是当事方的' })),
  waitsForMe: Type.Optional(Type.Boolean({ description: '等本单位办理的' })),
  overdue: Type.Optional(Type.Boolean()),
  dueWithinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 366 })),
  enterpriseId: Type.Optional(Id),
  featureId: Type.Optional(Id),
  problemId: Type.Optional(Id),
  parentId: Type.Optional(Id),
  organizationId: Type.Optional(Type.Integer({ minimum: 1, description: '责任单位' })),
  source: Type.Optional(Type.Enum(problemSources)),
  published: Type.Optional(Type.Boolean()),
  rebounded: Type.Optional(Type.Boolean({ description: '反弹过的' })),
  regionCode: Type.Optional(Type.Integer({ description: '市级代码包含所辖区县' })),
  search: Type.Optional(Type.String({ maxLength: 100, description: '编号、标题、企业名称中的文字' })),
  order: Type.Optional(Type.Enum(['recent', 'due'], { description: '缺省按最近变动' })),
} as const

export const WorkflowBrief = Type.Object({
  id: Type.String(),
  title: Bilingual,
  prefix: Type.String(),
  basis: Type.Array(Basis),
  parties: Type.Array(Type.String(), { description: '立项时须明确的当事方' }),
  states: Type.Array(Type.Object({ id: Type.String(), title: Bilingual, phase: MatterPhase })),
})
export type WorkflowBrief = Static<typeof WorkflowBrief>

export const MatterSummary = Type.Object({
  open: Type.Integer(),
  watched: Type.Integer(),
  closed: Type.Integer(),
  dropped: Type.Integer(),
  overdue: Type.Integer(),
  waitsForMe: Type.Integer(),
  rebounded: Type.Integer(),
  dueWithin7Days: Type.Integer(),
  lookBacksDue: Type.Integer({ description: '回头看已到期的' }),
  byState: Type.Array(
    Type.Object({
      workflow: Type.String(),
      workflowTitle: Bilingual,
      state: Type.String(),
      stateTitle: Bilingual,
      phase: MatterPhase,
      count: Type.Integer(),
      overdue: Type.Integer(),
    }),
  ),
})
export type MatterSummary = Static<typeof MatterSummary>

export const MatterDeadline = Type.Object({ matter: MatterBrief, due: MatterDue })
export type MatterDeadline = Static<typeof MatterDeadline>

export const MatterVerification = Type.Object({
  ok: Type.Boolean(),
  steps: Type.Integer(),
  head: Nullable(Type.String()),
  broken: Nullable(Type.Object({ seq: Type.Integer(), reason: Type.String() })),
})
export type MatterVerification = Static<typeof MatterVerification>

const tags = ['事项 Matters']
const answer = { 200: MatterDetail, ...problemResponses } as const

export const workflowRoutes = {
  list: {
    operationId: 'listWorkflows',
    summary: '事项类型',
    tags,
    response: { 200: Type.Object({ items: Type.Array(WorkflowBrief) }), ...problemResponses },
  },
  get: {
    operationId: 'getWorkflow',
    summary: '事项类型的定义（状态、步骤、期限、证据、字段）',
    tags,
    params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
    response: {
      200: Type.Unknown({ description: 'WorkflowDefinition（packages/workflow/src/definition.ts）' }),
      ...problemResponses,
    },
  },
} as const

export const matterRoutes = {
  list: {
    operationId: 'listMatters',
    summary: '事项列表',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      ...matterFilter,
      fields: Type.Optional(Type.Boolean({ description: '同时给出各项内容，用于任务表和督察整改表' })),
    }),
    response: { 200: Page(MatterBrief), ...problemResponses },
  },
  export: {
    operationId: 'exportMatters',
    summary: '导出事项列表',
    tags,
    params: Type.Object({ format: Type.Enum(['csv', 'xlsx']) }),
    querystring: Type.Object({ ...matterFilter }),
    response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
  },
  todo: {
    operationId: 'mattersToDo',
    summary: '我的待办：等本单位办理、本人有权办理的事项',
    tags,
    querystring: Type.Object({ ...pageQuery, workflow: matterFilter.workflow }),
    response: { 200: Page(MatterBrief), ...problemResponses },
  },
  summary: {
    operationId: 'matterSummary',
    summary: '事项数量',
    tags,
    querystring: Type.Object({
      workflow: matterFilter.workflow,
      regionCode: matterFilter.regionCode,
      mine: matterFilter.mine,
    }),
    response: { 200: MatterSummary, ...problemResponses },
  },
  due: {
    operationId: 'mattersDue',
    summary: '到期和将到期的期限',
    description: '按到期时间，逾期的在前。',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      days: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 366, default: 30, description: '往后看的天数' }),
      ),
      regionCode: matterFilter.regionCode,
    }),
    response: { 200: Page(MatterDeadline), ...problemResponses },
  },
  get: {
    operationId: 'getMatter',
    summary: '事项详情',
    tags,
    params: IdParams,
    response: answer,
  },
  verify: {
    operationId: 'verifyMatter',
    summary: '校验事项办理记录的哈希链',
    tags,
    params: IdParams,
    response: { 200: MatterVerification, ...problemResponses },
  },
  open: {
    operationId: 'openMatter',
    summary: '立项',
    tags,
    body: Type.Object(
      {
        workflow: Type.String({ maxLength: 40 }),
        title: Title,
        regionCode: RegionCode,
        featureId: Type.Optional(Id),
        enterpriseId: Type.Optional(Id),
        problemId: Type.Optional(Id),
        parentId: Type.Optional(Id),
        source: Type.Optional(Type.Enum(problemSources)),
        ref: Ref,
        parties: MatterPartiesInput,
        fields: Type.Optional(FieldsInput),
        commandId,
      },
      closed,
    ),
    response: { 201: MatterDetail, ...problemResponses },
  },
  step: {
    operationId: 'stepMatter',
    summary: '办理一步',
    description: '版本不符为 409；不满足条件为 409，refusals 逐条说明。',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        transition: Type.String({ minLength: 1, maxLength: 60 }),
        version,
        commandId,
        reason: Type.Optional(Type.String({ maxLength: 4000 })),
        fields: Type.Optional(FieldsInput),
        parties: Type.Optional(MatterPartiesInput),
        lookBackMonths: Type.Optional(Type.Number({ minimum: 0.5, maximum: 120 })),
      },
      closed,
    ),
    response: answer,
  },
  assign: {
    operationId: 'assignMatter',
    summary: '调整当事方（须写明理由）',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        version,
        commandId,
        parties: MatterPartiesInput,
        reason: Type.String({ minLength: 2, maxLength: 2000 }),
      },
      closed,
    ),
    response: answer,
  },
  comment: {
    operationId: 'commentMatter',
    summary: '备注',
    tags,
    params: IdParams,
    body: Type.Object({ commandId, text: Type.String({ minLength: 1, maxLength: 4000 }) }, closed),
    response: answer,
  },
} as const
