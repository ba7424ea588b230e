/** The bureau's own work: training and drills, its record of service, the task board, the burden it puts on enterprises. */
import { type Static, Type } from 'typebox'
import { drillFormNames, trainingKindNames, trainingThemeNames } from './bureau-words.ts'
import {
  Bilingual,
  DateString,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
} from './common.ts'

const Named = Type.Object({ id: Id, name: Type.String() })
const Kind = Type.Enum(trainingKindNames)
const Theme = Type.Enum(trainingThemeNames)
const closed = { additionalProperties: false } as const
const version = Type.Integer({ minimum: 1, description: '读到的版本号' })

/* ---------- training and drills ---------- */

export const DrillReport = Type.Object(
  {
    form: Type.Enum(drillFormNames),
    scenario: Type.String({ minLength: 2, maxLength: 500 }),
    planVersion: Type.Optional(Type.String({ maxLength: 100, description: '所依据的预案及版本' })),
    /** What happened when: alarm, report, arrival, first data, decision; target and actual minutes from the alarm. */
    timeline: Type.Optional(
      Type.Array(
        Type.Object(
          {
            what: Type.String({ minLength: 1, maxLength: 100 }),
            targetMinutes: Nullable(Type.Number({ minimum: 0 })),
            actualMinutes: Nullable(Type.Number({ minimum: 0 })),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
    ),
    evaluation: Type.Optional(Type.String({ maxLength: 4000, description: '评估意见' })),
    problems: Type.Array(
      Type.Object(
        {
          text: Type.String({ minLength: 2, maxLength: 500 }),
          revision: Type.Optional(Type.String({ maxLength: 500, description: '预案修订内容' })),
          closedOn: Type.Optional(Nullable(DateString)),
        },
        closed,
      ),
      { maxItems: 50 },
    ),
  },
  closed,
)
export type DrillReport = Static<typeof DrillReport>

const trainingValues = {
  kind: Kind,
  theme: Theme,
  title: Type.String({ minLength: 2, maxLength: 200 }),
  heldOn: DateString,
  hours: Type.Number({ exclusiveMinimum: 0, maximum: 400, description: '学时' }),
  place: Type.Optional(Type.String({ maxLength: 200 })),
  teacher: Type.Optional(Type.String({ maxLength: 200, description: '授课人或总指挥' })),
  material: Type.Optional(Type.String({ maxLength: 500, description: '教材或方案' })),
  regionCode: RegionCode,
  drill: Type.Optional(DrillReport),
} as const
export const TrainingInput = Type.Object({ ...trainingValues }, closed)
export type TrainingInput = Static<typeof TrainingInput>

/** Somebody who came. A person of the platform by `userId`; anybody else by body and name. */
export const Attendee = Type.Object(
  {
    userId: Type.Optional(Id),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    organization: Type.String({ minLength: 1, maxLength: 100, description: '所在单位' }),
    signedIn: Type.Optional(Type.Boolean({ description: '有签到' })),
    score: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 1000, description: '考核成绩' }))),
    certificateUntil: Type.Optional(Nullable(DateString)),
  },
  closed,
)
export type Attendee = Static<typeof Attendee>

export const Training = Type.Object({
  id: Id,
  kind: Kind,
  theme: Theme,
  title: Type.String(),
  heldOn: DateString,
  hours: Type.Number(),
  place: Nullable(Type.String()),
  teacher: Nullable(Type.String()),
  material: Nullable(Type.String()),
  regionCode: RegionCode,
  organization: Named,
  attendees: Type.Integer({ description: '人次' }),
  drill: Nullable(DrillReport),
  version: Type.Integer(),
})
export type Training = Static<typeof Training>

export const TrainingDetail = Type.Object({ training: Training, attendance: Type.Array(Attendee) })
export type TrainingDetail = Static<typeof TrainingDetail>

const TrainingCount = Type.Object({
  key: Type.String(),
  title: Bilingual,
  events: Type.Integer(),
  personTimes: Type.Integer(),
  persons: Type.Integer(),
})
export const TrainingSummary = Type.Object({
  from: DateString,
  to: DateString,
  events: Type.Integer(),
  hours: Type.Number(),
  personTimes: Type.Integer({ description: '人次：同一人参加两次计两次' }),
  persons: Type.Integer({ description: '人数：同一人只计一次' }),
  drills: Type.Integer(),
  openDrillProblems: Type.Integer({ description: '演练发现、尚未闭环的问题' }),
  byTheme: Type.Array(TrainingCount),
  byMonth: Type.Array(TrainingCount),
})
export type TrainingSummary = Static<typeof TrainingSummary>

export const AttendanceImport = Type.Object({
  added: Type.Integer(),
  unchanged: Type.Integer({ description: '已登记，未重复登记' }),
  errors: Type.Array(
    Type.Object({
      line: Type.Integer(),
      column: Nullable(Type.String()),
      value: Nullable(Type.String()),
      reason: Type.String(),
    }),
  ),
})
export type AttendanceImport = Static<typeof AttendanceImport>

const tags = ['本局工作 Work']
const answer = { 200: TrainingDetail, ...problemResponses } as const
export const trainingRoutes = {
  list: {
    operationId: 'listTrainings',
    summary: '培训与演练登记',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
      kind: Type.Optional(Kind),
      theme: Type.Optional(Theme),
      regionCode: Type.Optional(Type.Integer()),
      search: Type.Optional(Type.String({ maxLength: 100 })),
    }),
    response: { 200: Page(Training), ...problemResponses },
  },
  summary: {
    operationId: 'trainingSummary',
    summary: '培训人次与人数',
    tags,
    querystring: Type.Object({
      from: DateString,
      to: DateString,
      regionCode: Type.Optional(Type.Integer()),
    }),
    response: { 200: TrainingSummary, ...problemResponses },
  },
  get: { operationId: 'getTraining', summary: '培训详情', tags, params: IdParams, response: answer },
  create: {
    operationId: 'createTraining',
    summary: '登记培训或演练',
    tags,
    body: TrainingInput,
    response: { 201: TrainingDetail, ...problemResponses },
  },
  update: {
    operationId: 'updateTraining',
    summary: '修改培训或演练',
    tags,
    params: IdParams,
    body: Type.Object({ ...trainingValues, version }, closed),
    response: answer,
  },
  withdraw: {
    operationId: 'withdrawTraining',
    summary: '撤销登记（须写明理由）',
    tags,
    params: IdParams,
    body: Type.Object({ version, reason: Type.String({ minLength: 2, maxLength: 2000 }) }, closed),
    response: { 204: NoContent, ...problemResponses },
  },
  attend: {
    operationId: 'setAttendance',
    summary: '登记参加人员（整份名单；同一人只算一次）',
    tags,
    params: IdParams,
    body: Type.Object({ version, attendees: Type.Array(Attendee, { maxItems: 2000 }) }, closed),
    response: answer,
  },
  importAttendance: {
    operationId: 'importAttendance',
    summary: '导入签到名单（XLSX、CSV）',
    tags,
    params: IdParams,
    response: { 200: AttendanceImport, ...problemResponses },
  },
  export: {
    operationId: 'exportTrainings',
    summary: '导出培训与演练登记',
    tags,
    params: Type.Object({ format: Type.Enum(['csv', 'xlsx']) }),
    querystring: Type.Object({ year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })) }),
    response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
  },
} as const

/* ---------- record of service ---------- */

const Rate = Type.Object({ part: Type.Integer(), whole: Type.Integer(), percent: Nullable(Type.Number()) })
export const ServiceRow = Type.Object({
  key: Type.String(),
  title: Type.String(),
  opened: Type.Integer(),
  closed: Type.Integer(),
  open: Type.Integer({ description: '期末未结' }),
  overdue: Type.Integer({ description: '期末逾期未结' }),
  onTime: Rate,
  /** Median of the days from the opening to the first step of whoever has to act. */
  firstStepDays: Nullable(Type.Number()),
  closingDays: Nullable(Type.Number({ description: '立项到办结的日数中位数' })),
  rebounds: Type.Integer(),
  people: Type.Integer({ description: '期内有办理记录的人数' }),
  loadPerPerson: Nullable(Type.Number({ description: '人均在办事项' })),
})
export type ServiceRow = Static<typeof ServiceRow>
export const serviceGroups = ['organization', 'workflow', 'person', 'region'] as const
export const ServiceRecord = Type.Object({
  from: DateString,
  to: DateString,
  by: Type.Enum(serviceGroups),
  total: ServiceRow,
  rows: Type.Array(ServiceRow),
  /** Leads: from raised to acknowledged and decided. */
  leads: Type.Object({
    raised: Type.Integer(),
    acknowledgedOnTime: Rate,
    decidedDays: Nullable(Type.Number()),
  }),
})
export type ServiceRecord = Static<typeof ServiceRecord>
export const serviceRecordRoute = {
  operationId: 'serviceRecord',
  summary: '本局办理情况：响应、逾期、人均负荷',
  tags,
  querystring: Type.Object({
    from: DateString,
    to: DateString,
    by: Type.Optional(Type.Enum(serviceGroups, { default: 'organization' })),
    regionCode: Type.Optional(Type.Integer()),
  }),
  response: { 200: ServiceRecord, ...problemResponses },
} as const

/* ---------- task board ---------- */

export const TaskQuarter = Type.Object({
  quarter: Type.Integer({ minimum: 1, maximum: 4 }),
  target: Nullable(Type.String()),
  progress: Nullable(Type.Number()),
  done: Nullable(Type.String()),
  evidence: Type.Integer(),
  state: Type.Enum(['done', 'due', 'late', 'ahead'], {
    description: 'done 已报；due 本季度待报；late 逾期未报；ahead 未到期',
  }),
})
export const BoardTask = Type.Object({
  matterId: Id,
  number: Type.String(),
  measure: Type.String(),
  sentence: Nullable(Type.String({ description: '报告原文' })),
  indicator: Nullable(Type.String()),
  handler: Nullable(Named),
  state: Type.String(),
  stateTitle: Bilingual,
  dueOn: Nullable(DateString),
  quarters: Type.Array(TaskQuarter),
  /** Percent now, and the value at the end of the year if it goes on as in the last quarters. */
  progress: Nullable(Type.Number()),
  expected: Nullable(Type.Number()),
  light: Type.Enum(['green', 'yellow', 'red'], { description: '按年末预计值' }),
  difficulties: Nullable(Type.String()),
  result: Nullable(Type.String()),
})
export type BoardTask = Static<typeof BoardTask>
export const TaskBoard = Type.Object({
  year: Type.Integer(),
  groups: Type.Array(
    Type.Object({
      key: Type.String(),
      title: Bilingual,
      total: Type.Integer(),
      done: Type.Integer(),
      green: Type.Integer(),
      yellow: Type.Integer(),
      red: Type.Integer(),
      progress: Nullable(Type.Number({ description: '各任务进度的平均' })),
      tasks: Type.Array(BoardTask),
    }),
  ),
  /** Sentences for next year's report: one a task that is done, from its result. */
  review: Type.Array(Type.Object({ group: Type.String(), matterId: Id, text: Type.String() })),
})
export type TaskBoard = Static<typeof TaskBoard>
export const taskBoardRoute = {
  operationId: 'taskBoard',
  summary: '年度重点任务看板',
  tags,
  querystring: Type.Object({
    year: Type.Integer({ minimum: 1990, maximum: 2100 }),
    regionCode: Type.Optional(Type.Integer()),
  }),
  response: { 200: TaskBoard, ...problemResponses },
} as const

/* ---------- burden ---------- */

export const BurdenField = Type.Object({
  concept: Type.String(),
  title: Type.String(),
  /** Where it is asked. */
  asked: Type.Array(Type.Object({ form: Type.String(), formTitle: Type.String(), field: Type.String() })),
  /** Asked where it is known already. */
  repeated: Type.Integer(),
})
export const BurdenMeter = Type.Object({
  forms: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      fields: Type.Integer(),
      perYear: Nullable(Type.Number({ description: '每家企业每年填报次数；不定期的为空' })),
    }),
  ),
  fields: Type.Integer(),
  repeated: Type.Integer({ description: '重复要求填报的项数' }),
  duplicates: Type.Array(BurdenField),
  concepts: Type.Integer(),
})
export type BurdenMeter = Static<typeof BurdenMeter>
export const burdenRoute = {
  operationId: 'burdenMeter',
  summary: '企业填报负担：同一内容要求填报几次',
  tags,
  response: { 200: BurdenMeter, ...problemResponses },
} as const
