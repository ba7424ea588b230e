import { type Static, Type } from 'typebox'
import { problemResponses } from './common.ts'

// Series room: observations, revisions, validity marks, sand periods, three-level review.
// Times on the wire are ISO 8601 with +08:00 and name the START of a period; days are Asia/Shanghai civil days.
// A missing value is null. Observations travel in columns: position i of every array is the same instant.

/** Averaging period of an observation: rt 实时, min 分钟, hour 小时, day 日, month 月, year 年. */
export const SeriesPeriod = Type.Enum(['rt', 'min', 'hour', 'day', 'month', 'year'], {
  description: '统计周期:rt 实时、min 分钟、hour 小时、day 日、month 月、year 年',
})
export type SeriesPeriod = Static<typeof SeriesPeriod>

/** How a value came about: by a device or file, by roll-up, by roll-up without sand-affected data. */
export const SeriesProcedure = Type.Enum(['measured', 'rolled', 'rolled-no-sand'], {
  description: 'measured 监测上报、rolled 平台汇总、rolled-no-sand 剔除沙尘影响后汇总',
})
export type SeriesProcedure = Static<typeof SeriesProcedure>

const PointId = Type.Integer({ minimum: 1, description: '点位编号' })
const When = Type.String({
  minLength: 10,
  maxLength: 35,
  description: '日期 YYYY-MM-DD(北京时间零时)或带时区的 ISO 8601 时间',
})
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: '日期 YYYY-MM-DD' })
const Reason = Type.String({ minLength: 2, maxLength: 500, description: '理由,记入日志' })
const Cursor = Type.Optional(Type.String({ maxLength: 200, description: '上一页返回的 next' }))
const PageLimit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 }))
const Factors = Type.Optional(
  Type.String({ maxLength: 1000, description: '因子编码,逗号分隔;省略为该点位全部因子' }),
)
/** A journal message number; 64-bit, therefore text. */
const Msg = Type.String({ pattern: '^\\d+$', description: '日志记录号(原始报文、文件行或决定)' })

export const PointParams = Type.Object({ pointId: PointId })
export type PointParams = Static<typeof PointParams>

export const ObservationQuery = Type.Object({
  period: SeriesPeriod,
  from: When,
  to: When,
  factors: Factors,
  procedure: Type.Optional(SeriesProcedure),
  includeInvalid: Type.Optional(
    Type.Boolean({ default: false, description: '为真时同时给出无效数据的数值;否则为空' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50_000, default: 10_000 })),
  cursor: Cursor,
})
export type ObservationQuery = Static<typeof ObservationQuery>

/** Three-level review (三级审核) of a station-day: how far it has come. */
export const ReviewState = Type.Enum(
  ['pending', 'returned', 'station-approved', 'city-approved', 'province-approved'],
  { description: '待审核、已退回、站级已审、市级已审、省级已审' },
)
export type ReviewState = Static<typeof ReviewState>

export const ReviewLevel = Type.Enum(['station', 'city', 'province'])
export type ReviewLevel = Static<typeof ReviewLevel>

/**
 * Observations of a point in columns. `flags` and `marks` hold one character per instant and factor:
 * flags as in HJ 212 (N normal …), rolled rows N valid / I insufficient, space = no value was sent;
 * marks '.' none, 'X' invalidated by review, 'S' affected by sand.
 */
export const ObservationColumns = Type.Object({
  pointId: PointId,
  period: SeriesPeriod,
  procedure: Type.Union([SeriesProcedure, Type.Null()]),
  count: Type.Integer(),
  times: Type.Array(Type.String()),
  values: Type.Record(Type.String(), Type.Array(Type.Union([Type.Number(), Type.Null()]))),
  flags: Type.Record(Type.String(), Type.String()),
  marks: Type.Record(Type.String(), Type.String()),
  msg: Type.Array(Msg),
  /** Days only: review state of each instant. */
  review: Type.Optional(Type.Array(ReviewState)),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type ObservationColumns = Static<typeof ObservationColumns>

export const ExportQuery = Type.Object({
  ...ObservationQuery.properties,
  charset: Type.Optional(
    Type.Union([Type.Literal('utf-8'), Type.Literal('gb18030')], {
      default: 'utf-8',
      description: 'CSV 的字符编码;老版本 WPS/Excel 选 gb18030',
    }),
  ),
})
export type ExportQuery = Static<typeof ExportQuery>

/** One instant opened: every message that carried it, and what people decided about it. Leads from an hour to its raw bytes. */
export const ObservationDetailQuery = Type.Object({ period: SeriesPeriod, start: When })
export type ObservationDetailQuery = Static<typeof ObservationDetailQuery>

const FactorValue = Type.Object({
  factor: Type.String(),
  value: Type.Union([Type.Number(), Type.Null()]),
  min: Type.Union([Type.Number(), Type.Null()]),
  max: Type.Union([Type.Number(), Type.Null()]),
  /** Measured rows: cumulative quantity as sent; rolled rows: number of valid inputs. */
  cou: Type.Union([Type.Number(), Type.Null()]),
  flag: Type.String(),
  mark: Type.String(),
})

export const ObservationRowView = Type.Object({
  procedure: SeriesProcedure,
  msg: Msg,
  revision: Type.Integer(),
  factors: Type.Array(FactorValue),
})
export type ObservationRowView = Static<typeof ObservationRowView>

/** A replaced observation: old and new values by factor, who replaced it, when and why. */
export const Revision = Type.Object({
  period: SeriesPeriod,
  start: Type.String(),
  revision: Type.Integer(),
  oldMsg: Msg,
  newMsg: Msg,
  replacedAt: Type.String(),
  replacedBy: Type.String(),
  reason: Type.String(),
  changes: Type.Array(
    Type.Object({
      factor: Type.String(),
      old: Type.Union([Type.Number(), Type.Null()]),
      new: Type.Union([Type.Number(), Type.Null()]),
      oldFlag: Type.String(),
      newFlag: Type.String(),
    }),
  ),
})
export type Revision = Static<typeof Revision>

export const RevisionQuery = Type.Object({
  period: Type.Optional(SeriesPeriod),
  from: Type.Optional(When),
  to: Type.Optional(When),
  limit: PageLimit,
  cursor: Cursor,
})
export type RevisionQuery = Static<typeof RevisionQuery>
export const RevisionPage = Type.Object({
  items: Type.Array(Revision),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type RevisionPage = Static<typeof RevisionPage>

/** A validity mark (有效性标记): measured data of a station in [from, to) are invalid. Withdrawn marks stay visible. */
export const Mark = Type.Object({
  id: Msg,
  pointId: PointId,
  from: Type.String(),
  to: Type.String(),
  factors: Type.Union([Type.Array(Type.String()), Type.Null()], { description: 'null 为全部因子' }),
  reason: Type.String(),
  by: Type.Integer(),
  byName: Type.String(),
  at: Type.String(),
  withdrawn: Type.Union([
    Type.Object({ by: Type.Integer(), byName: Type.String(), at: Type.String(), reason: Type.String() }),
    Type.Null(),
  ]),
})
export type Mark = Static<typeof Mark>

export const ObservationDetail = Type.Object({
  pointId: PointId,
  period: SeriesPeriod,
  start: Type.String(),
  rows: Type.Array(ObservationRowView),
  revisions: Type.Array(Revision),
  marks: Type.Array(Mark),
})
export type ObservationDetail = Static<typeof ObservationDetail>

export const LatestQuery = Type.Object({
  period: Type.Optional(SeriesPeriod),
  kind: Type.Optional(Type.String({ maxLength: 40, description: '对象类型,如 air-station' })),
  pointIds: Type.Optional(Type.String({ maxLength: 4000, description: '点位编号,逗号分隔' })),
  factors: Factors,
})
export type LatestQuery = Static<typeof LatestQuery>
export const LatestItem = Type.Object({
  pointId: PointId,
  code: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  period: SeriesPeriod,
  start: Type.String(),
  msg: Msg,
  values: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()])),
  flags: Type.Record(Type.String(), Type.String()),
  marks: Type.Record(Type.String(), Type.String()),
})
export type LatestItem = Static<typeof LatestItem>
export const LatestList = Type.Object({ items: Type.Array(LatestItem) })
export type LatestList = Static<typeof LatestList>

/** Completeness of a point's day: hours with a usable value by factor, out of the hours that have passed. */
export const CompletenessQuery = Type.Object({
  from: Day,
  to: Day,
  kind: Type.Optional(Type.String({ maxLength: 40, default: 'air-station' })),
  pointIds: Type.Optional(Type.String({ maxLength: 4000 })),
})
export type CompletenessQuery = Static<typeof CompletenessQuery>
export const CompletenessItem = Type.Object({
  pointId: PointId,
  name: Type.String(),
  date: Day,
  /** Hours that should have reported: 24, or for today those that have ended. */
  expected: Type.Integer(),
  /** Hours with at least one row. */
  reported: Type.Integer(),
  /** Usable hours by factor code. */
  usable: Type.Record(Type.String(), Type.Integer()),
  review: ReviewState,
})
export type CompletenessItem = Static<typeof CompletenessItem>
export const CompletenessList = Type.Object({ items: Type.Array(CompletenessItem) })
export type CompletenessList = Static<typeof CompletenessList>

export const MarkQuery = Type.Object({
  pointId: Type.Optional(PointId),
  from: Type.Optional(When),
  to: Type.Optional(When),
  withdrawn: Type.Optional(Type.Boolean()),
  limit: PageLimit,
  cursor: Cursor,
})
export type MarkQuery = Static<typeof MarkQuery>
export const MarkPage = Type.Object({
  items: Type.Array(Mark),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type MarkPage = Static<typeof MarkPage>
export const MarkBody = Type.Object({
  pointId: PointId,
  from: When,
  to: When,
  factors: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, maxItems: 100 })),
  reason: Reason,
})
export type MarkBody = Static<typeof MarkBody>
export const WithdrawBody = Type.Object({ reason: Reason })
export type WithdrawBody = Static<typeof WithdrawBody>
export const DecisionParams = Type.Object({ id: Msg })
export type DecisionParams = Static<typeof DecisionParams>

/** What sand deduction removes: the whole civil days touched, or only the hours of the period. */
export const SandScope = Type.Union([Type.Literal('days'), Type.Literal('hours')])
export type SandScope = Static<typeof SandScope>
/** A confirmed sand period (沙尘影响时段) of a city. */
export const SandPeriod = Type.Object({
  id: Msg,
  cityId: PointId,
  from: Type.String(),
  to: Type.String(),
  factors: Type.Array(Type.String()),
  scope: SandScope,
  reason: Type.String(),
  by: Type.Integer(),
  byName: Type.String(),
  at: Type.String(),
  withdrawn: Mark.properties.withdrawn,
})
export type SandPeriod = Static<typeof SandPeriod>
export const SandQuery = Type.Object({
  cityId: Type.Optional(PointId),
  from: Type.Optional(When),
  to: Type.Optional(When),
  withdrawn: Type.Optional(Type.Boolean()),
})
export type SandQuery = Static<typeof SandQuery>
export const SandList = Type.Object({ items: Type.Array(SandPeriod) })
export type SandList = Static<typeof SandList>
export const SandBody = Type.Object({
  cityId: PointId,
  from: When,
  to: When,
  factors: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { minItems: 1, maxItems: 10 })),
  scope: Type.Optional(SandScope),
  reason: Reason,
})
export type SandBody = Static<typeof SandBody>

export const SandProposalQuery = Type.Object({ cityId: PointId, from: When, to: When })
export type SandProposalQuery = Static<typeof SandProposalQuery>
/** A period that meets the criteria; a person confirms it or not. The criteria carry source and status. */
export const SandProposal = Type.Object({
  cityId: PointId,
  from: Type.String(),
  to: Type.String(),
  hours: Type.Integer(),
  peakPm10: Type.Number(),
  meanBefore: Type.Number(),
  ratioBefore: Type.Union([Type.Number(), Type.Null()]),
  ended: Type.Boolean({ description: '假:到查询终点仍未结束' }),
  /** Id of a confirmed period that overlaps this proposal. */
  confirmed: Type.Union([Msg, Type.Null()]),
})
export type SandProposal = Static<typeof SandProposal>
export const SandCriterion = Type.Object({
  key: Type.String(),
  title: Type.String(),
  value: Type.Number(),
  unit: Type.String(),
  source: Type.String(),
  status: Type.Union([Type.Literal('verified'), Type.Literal('unverified'), Type.Literal('design')]),
})
export type SandCriterion = Static<typeof SandCriterion>
export const SandProposalList = Type.Object({
  items: Type.Array(SandProposal),
  criteria: Type.Array(SandCriterion),
})
export type SandProposalList = Static<typeof SandProposalList>

export const ReviewQueueQuery = Type.Object({
  /** Days that wait for this level. */
  level: Type.Optional(ReviewLevel),
  state: Type.Optional(ReviewState),
  pointId: Type.Optional(PointId),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  limit: PageLimit,
  cursor: Cursor,
})
export type ReviewQueueQuery = Static<typeof ReviewQueueQuery>
export const ReviewItem = Type.Object({
  pointId: PointId,
  pointName: Type.String(),
  date: Day,
  state: ReviewState,
  /** The level that decides next; null when the province has approved. */
  waitsFor: Type.Union([ReviewLevel, Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()]),
  /** True when the day's values changed after the last approval. */
  changedSince: Type.Boolean(),
  values: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()])),
  flags: Type.Record(Type.String(), Type.String()),
  validHours: Type.Record(Type.String(), Type.Integer()),
})
export type ReviewItem = Static<typeof ReviewItem>
export const ReviewPage = Type.Object({
  items: Type.Array(ReviewItem),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type ReviewPage = Static<typeof ReviewPage>

export const ReviewTarget = Type.Object({ pointId: PointId, date: Day })
export type ReviewTarget = Static<typeof ReviewTarget>
/** Decision on one or many station-days at one level (the level is in the path). */
export const ReviewBody = Type.Object({
  decision: Type.Union([Type.Literal('approve'), Type.Literal('return')]),
  items: Type.Array(ReviewTarget, { minItems: 1, maxItems: 1000 }),
  reason: Type.Optional(Type.String({ maxLength: 500, description: '退回时必填' })),
})
export type ReviewBody = Static<typeof ReviewBody>
export const ReviewOutcome = Type.Object({
  id: Msg,
  accepted: Type.Array(Type.Object({ pointId: PointId, date: Day, state: ReviewState })),
  refused: Type.Array(Type.Object({ pointId: PointId, date: Day, problem: Type.String() })),
})
export type ReviewOutcome = Static<typeof ReviewOutcome>
export const ReviewHistoryQuery = Type.Object({ pointId: PointId, date: Day })
export type ReviewHistoryQuery = Static<typeof ReviewHistoryQuery>
export const ReviewHistory = Type.Object({
  state: ReviewState,
  events: Type.Array(
    Type.Object({
      id: Msg,
      level: ReviewLevel,
      decision: Type.Union([Type.Literal('approve'), Type.Literal('return')]),
      by: Type.Integer(),
      byName: Type.String(),
      at: Type.String(),
      reason: Type.String(),
      state: ReviewState,
    }),
  ),
})
export type ReviewHistory = Static<typeof ReviewHistory>

/** State of the roll-up: how many buckets wait. 0 means every derived value is up to date. */
export const RollupState = Type.Object({ waiting: Type.Integer() })
export type RollupState = Static<typeof RollupState>

const tags = ['series']

/** Schemas of the room's routes, all below /api/v1. */
export const seriesSchemas = {
  /** GET /points/:pointId/observations */
  observations: {
    operationId: 'listObservations',
    summary: '查询点位的观测值',
    tags,
    params: PointParams,
    querystring: ObservationQuery,
    response: { 200: ObservationColumns, ...problemResponses },
  },
  /** GET /points/:pointId/observations.csv */
  observationsCsv: {
    operationId: 'exportObservationsCsv',
    summary: '导出点位的观测值(CSV)',
    tags,
    params: PointParams,
    querystring: ExportQuery,
    response: { 200: Type.String({ description: 'text/csv' }), ...problemResponses },
  },
  /** GET /points/:pointId/observations.xlsx */
  observationsXlsx: {
    operationId: 'exportObservationsXlsx',
    summary: '导出点位的观测值(XLSX)',
    tags,
    params: PointParams,
    querystring: ExportQuery,
    response: { 200: Type.Any({ description: 'XLSX 文件' }), ...problemResponses },
  },
  /** GET /points/:pointId/observation */
  observation: {
    operationId: 'getObservation',
    summary: '打开一个时刻的观测值:报文、修订、标记',
    tags,
    params: PointParams,
    querystring: ObservationDetailQuery,
    response: { 200: ObservationDetail, ...problemResponses },
  },
  /** GET /points/:pointId/revisions */
  revisions: {
    operationId: 'listRevisions',
    summary: '查询观测值的修订',
    tags,
    params: PointParams,
    querystring: RevisionQuery,
    response: { 200: RevisionPage, ...problemResponses },
  },
  /** GET /latest */
  latest: {
    operationId: 'listLatest',
    summary: '查询各点位的最新值',
    tags,
    querystring: LatestQuery,
    response: { 200: LatestList, ...problemResponses },
  },
  /** GET /completeness */
  completeness: {
    operationId: 'listCompleteness',
    summary: '查询各点位各日的数据完整情况',
    tags,
    querystring: CompletenessQuery,
    response: { 200: CompletenessList, ...problemResponses },
  },
  /** GET /rollup */
  rollup: {
    operationId: 'getRollupState',
    summary: '查询汇总进度',
    tags,
    response: { 200: RollupState, ...problemResponses },
  },
  /** GET /marks */
  marks: {
    operationId: 'listMarks',
    summary: '查询有效性标记',
    tags,
    querystring: MarkQuery,
    response: { 200: MarkPage, ...problemResponses },
  },
  /** POST /marks */
  createMark: {
    operationId: 'createMark',
    summary: '将一段监测数据标记为无效',
    tags,
    body: MarkBody,
    response: { 201: Mark, ...problemResponses },
  },
  /** POST /marks/:id/withdraw */
  withdrawMark: {
    operationId: 'withdrawMark',
    summary: '撤销无效标记',
    tags,
    params: DecisionParams,
    body: WithdrawBody,
    response: { 200: Mark, ...problemResponses },
  },
  /** GET /sand-periods */
  sandPeriods: {
    operationId: 'listSandPeriods',
    summary: '查询已确认的沙尘影响时段',
    tags,
    querystring: SandQuery,
    response: { 200: SandList, ...problemResponses },
  },
  /** GET /sand-periods/proposals */
  sandProposals: {
    operationId: 'listSandProposals',
    summary: '按判据提出沙尘影响时段建议',
    tags,
    querystring: SandProposalQuery,
    response: { 200: SandProposalList, ...problemResponses },
  },
  /** POST /sand-periods */
  confirmSand: {
    operationId: 'confirmSandPeriod',
    summary: '确认沙尘影响时段',
    tags,
    body: SandBody,
    response: { 201: SandPeriod, ...problemResponses },
  },
  /** POST /sand-periods/:id/withdraw */
  withdrawSand: {
    operationId: 'withdrawSandPeriod',
    summary: '撤销沙尘影响时段',
    tags,
    params: DecisionParams,
    body: WithdrawBody,
    response: { 200: SandPeriod, ...problemResponses },
  },
  /** GET /reviews */
  reviews: {
    operationId: 'listReviews',
    summary: '查询待审核和已审核的站日数据',
    tags,
    querystring: ReviewQueueQuery,
    response: { 200: ReviewPage, ...problemResponses },
  },
  /** GET /reviews/history */
  reviewHistory: {
    operationId: 'getReviewHistory',
    summary: '查询一个站日的审核经过',
    tags,
    querystring: ReviewHistoryQuery,
    response: { 200: ReviewHistory, ...problemResponses },
  },
  /** POST /reviews/station */
  reviewStation: {
    operationId: 'reviewAtStation',
    summary: '站级审核',
    tags,
    body: ReviewBody,
    response: { 200: ReviewOutcome, ...problemResponses },
  },
  /** POST /reviews/city */
  reviewCity: {
    operationId: 'reviewAtCity',
    summary: '市级审核',
    tags,
    body: ReviewBody,
    response: { 200: ReviewOutcome, ...problemResponses },
  },
  /** POST /reviews/province */
  reviewProvince: {
    operationId: 'reviewAtProvince',
    summary: '省级审核',
    tags,
    body: ReviewBody,
    response: { 200: ReviewOutcome, ...problemResponses },
  },
} as const
