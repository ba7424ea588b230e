/** Inspections: people, pools, draws, candidates, plans, tasks, checklists and what is checked before anybody drives. */
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
  capExceptions,
  checklistThemeNames,
  drawStates,
  fieldConclusions,
  findingDecisions,
  findingStates,
  inspectionSkills,
  offSiteVerdicts,
  planStates,
  poolKinds,
  specialReasons,
  visitKinds,
} from './inspection-words.ts'

const tags = ['执法检查 Inspections']
const closed = { additionalProperties: false } as const
const Note = Type.String({ maxLength: 2000 })
const Reason = Type.String({ minLength: 2, maxLength: 1000 })
const Version = Type.Integer({ minimum: 1, description: '读到的版本号' })
const Place = Type.Object(
  {
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
  },
  closed,
)
const Status = Type.Enum(['primary', 'one-source', 'unverified', 'design'], {
  description: 'primary 原文；one-source 单一来源；unverified 待核实；design 平台设定',
})
const Skill = Type.Enum(inspectionSkills)
const PoolKindSchema = Type.Enum(poolKinds)
const VisitKindSchema = Type.Enum(visitKinds)
const Person = Type.Object({ id: Id, name: Type.String() })
const EnterpriseRef = Type.Object({ id: Id, name: Type.String(), code: Type.String() })

// ── settings ────────────────────────────────────────────────────────────────────────────────────────────────
export const InspectionSetting = Type.Object({
  key: Type.String(),
  title: Type.String(),
  value: Type.Number(),
  unit: Nullable(Type.String()),
  source: Type.String(),
  status: Status,
})
export type InspectionSetting = Static<typeof InspectionSetting>
export const listInspectionSettings = {
  operationId: 'listInspectionSettings',
  summary: '执法检查的参数：抽查比例、风险权重、频次上限等',
  tags,
  response: { 200: Type.Object({ items: Type.Array(InspectionSetting) }), ...problemResponses },
} as const
export const putInspectionSetting = {
  operationId: 'putInspectionSetting',
  summary: '修改参数（写明来源）',
  tags,
  params: Type.Object({ key: Type.String({ maxLength: 80 }) }),
  body: Type.Object(
    { value: Type.Number(), source: Type.String({ minLength: 2, maxLength: 400 }), status: Status },
    closed,
  ),
  response: { 200: InspectionSetting, ...problemResponses },
} as const

// ── inspectors ──────────────────────────────────────────────────────────────────────────────────────────────
export const Inspector = Type.Object({
  id: Id,
  userId: Id,
  name: Type.String(),
  organization: Person,
  regionCode: RegionCode,
  certificate: Type.String({ description: '执法证件号' }),
  certificateExpires: DateString,
  certificateValid: Type.Boolean(),
  skills: Type.Array(Skill),
  home: Place,
  minutesPerDay: Type.Integer(),
  active: Type.Boolean(),
  absences: Type.Array(Type.Object({ id: Id, from: DateString, to: DateString, reason: Type.String() })),
  recusals: Type.Array(
    Type.Object({ enterpriseId: Id, enterpriseName: Type.String(), reason: Type.String() }),
    { description: '应当回避的单位' },
  ),
  version: Type.Integer(),
})
export type Inspector = Static<typeof Inspector>
const regionQuery = { regionCode: Type.Optional(RegionCode) } as const
export const listInspectors = {
  operationId: 'listInspectors',
  summary: '执法人员',
  tags,
  querystring: Type.Object(regionQuery),
  response: { 200: Type.Object({ items: Type.Array(Inspector) }), ...problemResponses },
} as const
export const putInspector = {
  operationId: 'putInspector',
  summary: '登记或修改执法人员',
  tags,
  params: Type.Object({ userId: Id }),
  body: Type.Object(
    {
      certificate: Type.String({ minLength: 1, maxLength: 60 }),
      certificateExpires: DateString,
      skills: Type.Array(Skill, { maxItems: 20 }),
      home: Place,
      minutesPerDay: Type.Integer({ minimum: 60, maximum: 720 }),
      active: Type.Boolean(),
      version: Type.Optional(Version),
    },
    closed,
  ),
  response: { 200: Inspector, ...problemResponses },
} as const
export const addAbsence = {
  operationId: 'addInspectorAbsence',
  summary: '登记请假、培训等不能出勤的日子',
  tags,
  params: Type.Object({ userId: Id }),
  body: Type.Object(
    { from: DateString, to: DateString, reason: Type.String({ minLength: 1, maxLength: 200 }) },
    closed,
  ),
  response: { 201: Inspector, ...problemResponses },
} as const
export const removeAbsence = {
  operationId: 'removeInspectorAbsence',
  summary: '撤销缺勤',
  tags,
  params: Type.Object({ userId: Id, absenceId: Id }),
  response: { 200: Inspector, ...problemResponses },
} as const
export const putRecusal = {
  operationId: 'putInspectorRecusal',
  summary: '登记应当回避的单位',
  tags,
  params: Type.Object({ userId: Id, enterpriseId: Id }),
  body: Type.Object({ reason: Reason, remove: Type.Optional(Type.Boolean()) }, closed),
  response: { 200: Inspector, ...problemResponses },
} as const

// ── pools, ceiling, positive list ───────────────────────────────────────────────────────────────────────────
export const PoolUnit = Type.Object({
  enterprise: EnterpriseRef,
  regionCode: RegionCode,
  kind: PoolKindSchema,
  reason: Type.String({ description: '列入依据' }),
  specialReason: Nullable(Type.Enum(specialReasons)),
  visitsThisYear: Type.Integer(),
  cap: Nullable(Type.Integer({ description: '年度检查频次上限' })),
  capSource: Nullable(Type.String()),
  capReached: Type.Boolean(),
  positiveList: Nullable(Type.Object({ from: DateString, to: DateString, reason: Type.String() })),
  drawnThisYear: Type.Boolean(),
  lastVisitOn: Nullable(DateString),
  risk: Type.Integer({ description: '风险值 0–100（平台设定的算法）' }),
})
export type PoolUnit = Static<typeof PoolUnit>
export const PoolSummary = Type.Object({
  kind: PoolKindSchema,
  units: Type.Integer(),
  drawnThisYear: Type.Integer(),
  drawnThisQuarter: Type.Integer(),
  rate: Nullable(Type.Number({ description: '每季抽查比例' })),
  officersRatio: Nullable(Type.Number({ description: '一般对象：每名执法人员每年应查单位数' })),
  quota: Type.Integer({ description: '本季应抽数' }),
  source: Type.String(),
  status: Status,
})
export type PoolSummary = Static<typeof PoolSummary>
export const getPools = {
  operationId: 'getInspectionPools',
  summary: '双随机对象库',
  tags,
  querystring: Type.Object({ regionCode: RegionCode, date: Type.Optional(DateString) }),
  response: {
    200: Type.Object({
      regionCode: RegionCode,
      level: Type.Enum(['city', 'county']),
      quarter: Type.String({ description: 'YYYY-Qn' }),
      officers: Type.Integer({ description: '持证在岗执法人员' }),
      builtAt: Nullable(Instant),
      pools: Type.Array(PoolSummary),
    }),
    ...problemResponses,
  },
} as const
export const listPoolUnits = {
  operationId: 'listInspectionPoolUnits',
  summary: '对象库中的单位',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: RegionCode,
    kind: Type.Optional(PoolKindSchema),
    search: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  response: { 200: Page(PoolUnit), ...problemResponses },
} as const
export const buildPools = {
  operationId: 'buildInspectionPools',
  summary: '按台账、许可、查实线索重建对象库',
  tags,
  body: Type.Object({ regionCode: RegionCode }, closed),
  response: {
    200: Type.Object({ added: Type.Integer(), moved: Type.Integer(), removed: Type.Integer() }),
    ...problemResponses,
  },
} as const
export const putPoolUnit = {
  operationId: 'putInspectionPoolUnit',
  summary: '人工调整一家单位：对象类别、频次上限、正面清单',
  tags,
  params: Type.Object({ enterpriseId: Id }),
  body: Type.Object(
    {
      kind: Type.Optional(PoolKindSchema),
      cap: Type.Optional(
        Nullable(
          Type.Object(
            {
              visits: Type.Integer({ minimum: 0, maximum: 366 }),
              source: Type.String({ minLength: 2, maxLength: 400 }),
            },
            closed,
          ),
        ),
      ),
      positiveList: Type.Optional(
        Nullable(Type.Object({ from: DateString, to: DateString, reason: Reason }, closed)),
      ),
      reason: Reason,
    },
    closed,
  ),
  response: { 200: PoolUnit, ...problemResponses },
} as const

// ── draws ───────────────────────────────────────────────────────────────────────────────────────────────────
export const DrawnUnit = Type.Object({
  enterprise: EnterpriseRef,
  officers: Type.Array(Person),
  reserveOfficer: Nullable(Person),
  taskId: Nullable(Id),
  visitedOn: Nullable(DateString),
})
export const Draw = Type.Object({
  id: Id,
  number: Type.String(),
  regionCode: RegionCode,
  kind: PoolKindSchema,
  quarter: Type.String(),
  state: Type.Enum(drawStates),
  rate: Nullable(Type.Number()),
  quota: Type.Integer(),
  poolSize: Type.Integer(),
  drawnAt: Instant,
  drawnBy: Type.String(),
  frozenAt: Nullable(Instant),
  publishedAt: Nullable(Instant),
  publishBy: Nullable(DateString),
  algorithm: Type.String(),
  publicRandomness: Type.String(),
  unitPoolHash: Type.String(),
  officerPoolHash: Type.String(),
  unitSeed: Type.String(),
  officerSeed: Type.String(),
  version: Type.Integer(),
})
export type Draw = Static<typeof Draw>
export const DrawDetail = Type.Object({
  ...Draw.properties,
  pool: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), drawnThisYear: Type.Boolean() }), {
    description: '抽取时的对象库（已锁定）',
  }),
  officers: Type.Array(
    Type.Object({ id: Type.String(), name: Type.String(), conflicts: Type.Array(Type.String()) }),
  ),
  order: Type.Array(Type.String()),
  chosen: Type.Array(DrawnUnit),
  reserve: Type.Array(EnterpriseRef),
  unassigned: Type.Array(EnterpriseRef),
  repeated: Type.Boolean(),
})
export type DrawDetail = Static<typeof DrawDetail>
export const listDraws = {
  operationId: 'listDraws',
  summary: '双随机抽取记录',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    kind: Type.Optional(PoolKindSchema),
  }),
  response: { 200: Page(Draw), ...problemResponses },
} as const
export const getDraw = {
  operationId: 'getDraw',
  summary: '一次抽取：对象库、种子、次序、结果',
  tags,
  params: IdParams,
  response: { 200: DrawDetail, ...problemResponses },
} as const
export const makeDraw = {
  operationId: 'makeDraw',
  summary: '抽取对象与人员',
  tags,
  body: Type.Object(
    {
      regionCode: RegionCode,
      kind: PoolKindSchema,
      publicRandomness: Type.String({
        minLength: 4,
        maxLength: 200,
        description: '公开随机数：抽取前无人能定的数，如当日公开开奖号码；写明出处',
      }),
      rate: Type.Optional(
        Type.Number({ exclusiveMinimum: 0, maximum: 1, description: '省略则用设定的比例' }),
      ),
      reserves: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
      commandId: Type.Optional(Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' })),
    },
    closed,
  ),
  response: { 201: DrawDetail, ...problemResponses },
} as const
const drawCommand = {
  tags,
  params: IdParams,
  body: Type.Object({ version: Version }, closed),
  response: { 200: DrawDetail, ...problemResponses },
} as const
export const freezeDraw = { ...drawCommand, operationId: 'freezeDraw', summary: '锁定抽取结果' } as const
export const publishDraw = { ...drawCommand, operationId: 'publishDraw', summary: '公开抽取结果' } as const
export const replayDraw = {
  operationId: 'replayDraw',
  summary: '重放抽取：以保存的对象库和随机数重算，与结果比对',
  tags,
  params: IdParams,
  response: {
    200: Type.Object({
      equal: Type.Boolean(),
      differences: Type.Array(Type.String()),
      unitPoolHash: Type.String(),
      unitSeed: Type.String(),
      chosen: Type.Array(Type.String()),
    }),
    ...problemResponses,
  },
} as const

// ── candidates and plans ────────────────────────────────────────────────────────────────────────────────────
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
const FileBody = Type.String({ description: '文件内容' })
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
  response: { 200: FileBody, ...problemResponses },
} as const

// ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────────
export const InspectionTask = Type.Object({
  id: Id,
  matterId: Id,
  number: Type.String(),
  kind: VisitKindSchema,
  title: Type.String(),
  state: Type.String({ description: '流程 inspection-task 的状态' }),
  stateTitle: Type.String(),
  phase: Type.String(),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  enterprise: Nullable(EnterpriseRef),
  place: Place,
  date: DateString,
  order: Type.Integer(),
  startMinute: Nullable(Type.Integer()),
  minutes: Type.Integer(),
  officers: Type.Array(
    Type.Object({ userId: Id, name: Type.String(), certificate: Nullable(Type.String()) }),
  ),
  planId: Nullable(Id),
  drawId: Nullable(Id),
  exception: Nullable(Type.Enum(capExceptions)),
  conclusion: Nullable(Type.Enum(fieldConclusions)),
  arrivedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
  problems: Type.Integer(),
  openConflicts: Type.Integer(),
  dueAt: Nullable(Instant),
  overdue: Type.Boolean(),
  version: Type.Integer({ description: '现场记录版本' }),
})
export type InspectionTask = Static<typeof InspectionTask>
export const InspectionTaskDetail = Type.Object({
  ...InspectionTask.properties,
  why: Type.Array(Type.String()),
  what: Type.Array(Type.String()),
  checklists: Type.Array(Type.Enum(checklistThemeNames)),
  refs: Type.Array(Type.Object({ kind: Type.String(), id: Id, title: Type.String() })),
  items: Type.Array(
    Type.Object({
      key: Type.String(),
      title: Type.String(),
      value: Type.Unknown(),
      at: Instant,
      by: Type.String(),
      version: Type.Integer(),
    }),
  ),
  problemsFound: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String() })),
  conflicts: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      versions: Type.Array(
        Type.Object({
          operationId: Type.String(),
          value: Type.Unknown(),
          at: Instant,
          by: Type.String(),
          device: Type.String(),
        }),
      ),
      decided: Nullable(
        Type.Object({ operationId: Type.String(), by: Type.String(), at: Instant, reason: Type.String() }),
      ),
    }),
  ),
  waitsFor: Type.Array(Type.String(), { description: '结束检查还差什么' }),
  devices: Type.Array(
    Type.Object({
      device: Type.String(),
      driftSeconds: Type.Number(),
      lastSyncAt: Instant,
      operations: Type.Integer(),
    }),
  ),
})
export type InspectionTaskDetail = Static<typeof InspectionTaskDetail>
export const listTasks = {
  operationId: 'listInspectionTasks',
  summary: '检查任务',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    mine: Type.Optional(Type.Boolean()),
    from: Type.Optional(DateString),
    to: Type.Optional(DateString),
    state: Type.Optional(Type.String({ maxLength: 60 })),
    kind: Type.Optional(VisitKindSchema),
    enterpriseId: Type.Optional(Id),
    planId: Type.Optional(Id),
  }),
  response: { 200: Page(InspectionTask), ...problemResponses },
} as const
export const getTask = {
  operationId: 'getInspectionTask',
  summary: '一项检查任务与现场记录',
  tags,
  params: IdParams,
  response: { 200: InspectionTaskDetail, ...problemResponses },
} as const
export const openTask = {
  operationId: 'openInspectionTask',
  summary: '临时检查：不经计划的任务（写明依据）',
  tags,
  body: Type.Object(
    {
      enterpriseId: Id,
      kind: VisitKindSchema,
      date: DateString,
      officers: Type.Array(Id, { minItems: 2, maxItems: 10, description: '用户编号，不少于两人' }),
      checklists: Type.Array(Type.Enum(checklistThemeNames), { maxItems: 10 }),
      reason: Reason,
      exception: Type.Optional(Type.Enum(capExceptions)),
      leadId: Type.Optional(Id),
      commandId: Type.Optional(Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' })),
    },
    closed,
  ),
  response: { 201: InspectionTaskDetail, ...problemResponses },
} as const
export const taskRecordPage = {
  operationId: 'getInspectionRecordPage',
  summary: '现场检查（勘察）笔录（打印页）',
  tags,
  params: IdParams,
  response: { 200: FileBody, ...problemResponses },
} as const
export const InspectionSummary = Type.Object({
  planned: Type.Integer({ description: '本周任务' }),
  done: Type.Integer(),
  onSite: Type.Integer(),
  problems: Type.Integer({ description: '本周发现的问题' }),
  openConflicts: Type.Integer(),
  findings: Type.Integer({ description: '待处理的非现场发现' }),
  mine: Type.Integer({ description: '本人今日任务' }),
})
export type InspectionSummary = Static<typeof InspectionSummary>
export const getInspectionSummary = {
  operationId: 'getInspectionSummary',
  summary: '执法检查概况',
  tags,
  querystring: Type.Object({ ...regionQuery, date: Type.Optional(DateString) }),
  response: { 200: InspectionSummary, ...problemResponses },
} as const

// ── off-site ────────────────────────────────────────────────────────────────────────────────────────────────
export const OffSiteItem = Type.Object({
  id: Type.String(),
  title: Type.String(),
  verdict: Type.Enum(offSiteVerdicts),
  finding: Type.String({ description: '结论，一句话' }),
  figures: Type.Array(
    Type.Object({ name: Type.String(), value: Type.Number(), unit: Nullable(Type.String()) }),
  ),
  rows: Type.Array(
    Type.Object({
      title: Type.String(),
      kind: Type.String({
        description: 'outlet、exceedance、mark、lead、permit、obligation、device、ticket',
      }),
      id: Nullable(Id),
      at: Nullable(Instant),
    }),
    { description: '依据的数据行' },
  ),
  basis: Type.String(),
  status: Status,
})
export const OffSiteCheck = Type.Object({
  enterpriseId: Id,
  enterpriseName: Type.String(),
  from: DateString,
  to: DateString,
  checkedAt: Instant,
  items: Type.Array(OffSiteItem),
  remaining: Type.Array(Type.Object({ theme: Type.String(), title: Type.String() }), {
    description: '数据查不出、须到现场的检查项',
  }),
})
export type OffSiteCheck = Static<typeof OffSiteCheck>
export const getOffSiteCheck = {
  operationId: 'getOffSiteCheck',
  summary: '非现场核查：能从数据查清的先查清',
  tags,
  params: Type.Object({ enterpriseId: Id }),
  querystring: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 30 })) }),
  response: { 200: OffSiteCheck, ...problemResponses },
} as const
export const OffSiteFinding = Type.Object({
  id: Id,
  enterprise: EnterpriseRef,
  regionCode: RegionCode,
  item: Type.String(),
  title: Type.String(),
  finding: Type.String(),
  state: Type.Enum(findingStates),
  decision: Nullable(Type.Enum(findingDecisions)),
  raisedAt: Instant,
  raisedBy: Type.String(),
  dueAt: Nullable(Instant),
  dueBasis: Nullable(Type.Object({ text: Type.String(), status: Status })),
  overdue: Type.Boolean(),
  verifyNote: Nullable(Type.String()),
  explanation: Nullable(Type.String()),
  decisionNote: Nullable(Type.String()),
  problemId: Nullable(Id),
  taskId: Nullable(Id),
  version: Type.Integer(),
})
export type OffSiteFinding = Static<typeof OffSiteFinding>
export const listFindings = {
  operationId: 'listOffSiteFindings',
  summary: '非现场发现',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    enterpriseId: Type.Optional(Id),
    state: Type.Optional(Type.Enum(findingStates)),
  }),
  response: { 200: Page(OffSiteFinding), ...problemResponses },
} as const
export const raiseFinding = {
  operationId: 'raiseOffSiteFinding',
  summary: '把一项异常登记为非现场发现',
  tags,
  params: Type.Object({ enterpriseId: Id }),
  body: Type.Object({ item: Type.String({ maxLength: 60 }), note: Type.Optional(Note) }, closed),
  response: { 201: OffSiteFinding, ...problemResponses },
} as const
export const verifyFinding = {
  operationId: 'verifyOffSiteFinding',
  summary: '核实非现场发现，请企业说明',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, note: Reason }, closed),
  response: { 200: OffSiteFinding, ...problemResponses },
} as const
export const explainFinding = {
  operationId: 'explainOffSiteFinding',
  summary: '企业说明',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, explanation: Reason }, closed),
  response: { 200: OffSiteFinding, ...problemResponses },
} as const
export const decideFinding = {
  operationId: 'decideOffSiteFinding',
  summary: '处理非现场发现：排除、提醒、现场检查、登记问题',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, decision: Type.Enum(findingDecisions), note: Reason }, closed),
  response: { 200: OffSiteFinding, ...problemResponses },
} as const

// ── checklists ──────────────────────────────────────────────────────────────────────────────────────────────
export const LawText = Type.Object({
  id: Type.String(),
  title: Type.String({ description: '法规与条款' }),
  text: Type.String({ description: '条文要点' }),
  status: Status,
})
export type LawText = Static<typeof LawText>
export const ChecklistItem = Type.Object({
  id: Type.String(),
  theme: Type.Enum(checklistThemeNames),
  question: Type.String(),
  law: Type.Array(Type.String(), { description: 'LawText.id' }),
  limit: Nullable(Type.String({ description: '限值或要求；具体限值以该排口评价所用限值为准' })),
  limitStatus: Nullable(Status),
  how: Type.Array(Type.String(), { description: '一步一步怎么查' }),
  conform: Type.String({ description: '符合的例子' }),
  notConform: Type.String({ description: '不符合的例子' }),
  evidence: Type.Array(Type.String(), { description: '取什么证' }),
  rules: Type.Array(Type.String(), { description: '相关线索规则' }),
  offSite: Nullable(Type.String({ description: '可由数据先查的非现场项' })),
})
export type ChecklistItem = Static<typeof ChecklistItem>
export const Checklist = Type.Object({
  theme: Type.Enum(checklistThemeNames),
  title: Type.String(),
  skills: Type.Array(Skill),
  items: Type.Array(ChecklistItem),
})
export type Checklist = Static<typeof Checklist>
export const listChecklists = {
  operationId: 'listChecklists',
  summary: '检查单：查什么、依据、怎么查、什么算符合',
  tags,
  querystring: Type.Object({ theme: Type.Optional(Type.Enum(checklistThemeNames)) }),
  response: {
    200: Type.Object({ items: Type.Array(Checklist), laws: Type.Array(LawText) }),
    ...problemResponses,
  },
} as const
export const listChecklistCases = {
  operationId: 'listChecklistCases',
  summary: '本市以往案例：同类线索查实、同一检查项不符合',
  tags,
  params: Type.Object({ itemId: Type.String({ maxLength: 60 }) }),
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          kind: Type.Enum(['lead', 'inspection']),
          id: Id,
          title: Type.String(),
          enterprise: Nullable(EnterpriseRef),
          at: Instant,
          finding: Type.String(),
        }),
      ),
    }),
    ...problemResponses,
  },
} as const
