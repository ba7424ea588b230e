/** Candidates and plans: who goes where, what is left out and why. */
import { type Static, Type } from 'typebox'
import {
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
import {
  closed,
  EnterpriseRef,
  FileBody,
  Note,
  Place,
  Reason,
  Skill,
  Status,
  tags,
  Version,
  VisitKindSchema,
} from './inspection-terms.ts'
import { capExceptions, planStates } from './inspection-words.ts'

export const Candidate = Type.Object({
  id: Type.String(),
  kind: VisitKindSchema,
  title: Type.String(),
  enterprise: Nullable(EnterpriseRef),
  regionCode: RegionCode,
  place: Place,
  minutes: Type.Integer({ description: '现场用时' }),
  people: Type.Integer(),
  skills: Type.Array(Skill),
  value: Type.Number({ description: '预计覆盖风险 0–100' }),
  valueParts: Type.Array(Type.Object({ title: Type.String(), points: Type.Number(), status: Status })),
  mandatory: Type.Boolean(),
  from: Nullable(DateString),
  by: Nullable(DateString),
  blocked: Nullable(Type.String({ description: '无事不扰：不安排的理由' })),
  exception: Nullable(Type.Enum(capExceptions)),
  why: Type.Array(Type.String()),
  what: Type.Array(Type.String()),
  refs: Type.Array(Type.Object({ kind: Type.String(), id: Id, title: Type.String() }), {
    description: '来源：lead、matter、draw、obligation',
  }),
})
export type Candidate = Static<typeof Candidate>
export const listCandidates = {
  operationId: 'listInspectionCandidates',
  summary: '待安排的检查',
  tags,
  querystring: Type.Object({ regionCode: RegionCode, from: DateString, to: DateString }),
  response: { 200: Type.Object({ items: Type.Array(Candidate) }), ...problemResponses },
} as const

export const PlanVisit = Type.Object({
  candidateId: Type.String(),
  kind: VisitKindSchema,
  title: Type.String(),
  enterprise: Nullable(EnterpriseRef),
  place: Place,
  date: DateString,
  inspectorIds: Type.Array(Id),
  order: Type.Integer(),
  travelMinutes: Type.Number(),
  startMinute: Type.Number({ description: '当日第几分钟开始；510 是 08:30' }),
  minutes: Type.Integer(),
  value: Type.Number(),
  mandatory: Type.Boolean(),
  why: Type.Array(Type.String()),
  what: Type.Array(Type.String()),
  reason: Nullable(Type.String({ description: '入选理由' })),
  taskId: Nullable(Id),
})
export type PlanVisit = Static<typeof PlanVisit>
export const PlanLoad = Type.Object({
  inspectorId: Id,
  date: DateString,
  minutes: Type.Number(),
  travelMinutes: Type.Number(),
  limit: Type.Integer({ description: '当日可用分钟' }),
})
export const InspectionPlan = Type.Object({
  id: Id,
  number: Type.String(),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  from: DateString,
  to: DateString,
  state: Type.Enum(planStates),
  version: Type.Integer(),
  jobId: Nullable(Id),
  ready: Type.Boolean({ description: '已算出' }),
  method: Nullable(Type.Enum(['optimal', 'time-limit', 'greedy'])),
  value: Nullable(Type.Number()),
  bound: Nullable(Type.Number()),
  gap: Nullable(Type.Number()),
  seconds: Nullable(Type.Number()),
  visitCount: Type.Integer(),
  leftOutCount: Type.Integer(),
  personDays: Type.Object({ available: Type.Number(), used: Type.Number() }),
  valuePerPersonDay: Nullable(Type.Number()),
  madeAt: Instant,
  madeBy: Type.String(),
  publishedAt: Nullable(Instant),
})
export type InspectionPlan = Static<typeof InspectionPlan>
export const InspectionPlanDetail = Type.Object({
  ...InspectionPlan.properties,
  inspectors: Type.Array(
    Type.Object({
      id: Id,
      userId: Id,
      name: Type.String(),
      home: Place,
      minutesPerDay: Type.Integer(),
      dates: Type.Array(DateString),
      skills: Type.Array(Skill),
    }),
  ),
  days: Type.Array(DateString),
  visits: Type.Array(PlanVisit),
  load: Type.Array(PlanLoad),
  leftOut: Type.Array(
    Type.Object({
      candidateId: Type.String(),
      kind: VisitKindSchema,
      title: Type.String(),
      enterprise: Nullable(EnterpriseRef),
      place: Place,
      value: Type.Number(),
      mandatory: Type.Boolean(),
      reason: Type.String(),
    }),
  ),
  summary: Type.Array(Type.String()),
  boundNote: Type.String(),
  changes: Type.Array(
    Type.Object({
      version: Type.Integer(),
      at: Instant,
      by: Type.String(),
      text: Type.String(),
      valueDifference: Type.Number(),
      travelDifference: Type.Number(),
      reason: Nullable(Type.String()),
    }),
  ),
})
export type InspectionPlanDetail = Static<typeof InspectionPlanDetail>
export const PlanChange = Type.Union([
  Type.Object({ kind: Type.Literal('remove'), candidateId: Type.String({ maxLength: 80 }) }, closed),
  Type.Object(
    {
      kind: Type.Enum(['move', 'add']),
      candidateId: Type.String({ maxLength: 80 }),
      date: DateString,
      inspectorIds: Type.Array(Id, { minItems: 1, maxItems: 12 }),
      order: Type.Optional(Type.Integer({ minimum: 1, maximum: 40 })),
    },
    closed,
  ),
])
export type PlanChange = Static<typeof PlanChange>
export const PlanChangeCost = Type.Object({
  feasible: Type.Boolean(),
  valueDifference: Type.Number(),
  travelDifference: Type.Number(),
  warnings: Type.Array(Type.Object({ code: Type.String(), text: Type.String(), hard: Type.Boolean() })),
  load: Type.Array(PlanLoad),
})
export type PlanChangeCost = Static<typeof PlanChangeCost>
export const makePlan = {
  operationId: 'makeInspectionPlan',
  summary: '编排一段时间的执法计划（后台计算）',
  tags,
  body: Type.Object(
    {
      regionCode: RegionCode,
      from: DateString,
      to: DateString,
      seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, description: '计算时限，默认 15' })),
      commandId: Type.Optional(Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' })),
    },
    closed,
  ),
  response: { 202: Type.Object({ planId: Id, jobId: Id }), ...problemResponses },
} as const
export const listPlans = {
  operationId: 'listInspectionPlans',
  summary: '执法计划',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    date: Type.Optional(DateString),
    state: Type.Optional(Type.Enum(planStates)),
  }),
  response: { 200: Page(InspectionPlan), ...problemResponses },
} as const
export const getPlan = {
  operationId: 'getInspectionPlan',
  summary: '一份计划',
  tags,
  params: IdParams,
  response: { 200: InspectionPlanDetail, ...problemResponses },
} as const
export const costPlanChange = {
  operationId: 'costInspectionPlanChange',
  summary: '试算一处调整的代价，不保存',
  tags,
  params: IdParams,
  body: Type.Object({ change: PlanChange }, closed),
  response: { 200: PlanChangeCost, ...problemResponses },
} as const
export const changePlan = {
  operationId: 'changeInspectionPlan',
  summary: '调整计划（移动、移出、加入）；不可行的调整不予保存',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, change: PlanChange, reason: Type.Optional(Note) }, closed),
  response: { 200: InspectionPlanDetail, ...problemResponses },
} as const
export const whatIfPlan = {
  operationId: 'whatIfInspectionPlan',
  summary: '再有几名执法人员会怎样',
  tags,
  params: IdParams,
  body: Type.Object({ more: Type.Integer({ minimum: 1, maximum: 10, default: 2 }) }, closed),
  response: {
    200: Type.Object({
      more: Type.Integer(),
      value: Type.Number(),
      gain: Type.Number(),
      visits: Type.Integer(),
      moreVisits: Type.Integer(),
      seconds: Type.Number(),
      added: Type.Array(
        Type.Object({ candidateId: Type.String(), title: Type.String(), value: Type.Number() }),
      ),
    }),
    ...problemResponses,
  },
} as const
export const publishPlan = {
  operationId: 'publishInspectionPlan',
  summary: '下达计划：生成任务并通知执法人员',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version }, closed),
  response: { 200: InspectionPlanDetail, ...problemResponses },
} as const
export const withdrawPlan = {
  operationId: 'withdrawInspectionPlan',
  summary: '撤回草案',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, reason: Reason }, closed),
  response: { 200: InspectionPlan, ...problemResponses },
} as const
const sheetQuery = Type.Object({ date: Type.Optional(DateString), inspectorId: Type.Optional(Id) })
export const daySheetsPage = {
  operationId: 'getDaySheetsPage',
  summary: '日程单（打印页）：每人每天一页',
  tags,
  params: IdParams,
  querystring: sheetQuery,
  response: { 200: FileBody, ...problemResponses },
} as const
export const daySheetsFile = {
  operationId: 'getDaySheetsFile',
  summary: '日程单（CSV）',
  tags,
  params: IdParams,
  querystring: sheetQuery,
  response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
} as const
