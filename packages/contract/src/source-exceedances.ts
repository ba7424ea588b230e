/** Exceedances: events, their judging, what exceeds now, summaries, ultra-low shares. */
import { type Static, Type } from 'typebox'
import {
  Id,
  IdParams,
  Instant,
  MonthString,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
} from './common.ts'
import { LimitChoice } from './source-hours.ts'
import { BasisStatus, number, OutletMedium, Party, Reason, rangeQuery, tags } from './source-terms.ts'

export const exceedanceStates = ['candidate', 'confirmed', 'exempt', 'withdrawn'] as const
export const ExceedanceKind = Type.Enum(['hour', 'day', 'month-days', 'furnace'], {
  description: 'hour 小时均值；day 日均值；month-days 一个月超标天数达到规定；furnace 炉温',
})
export const Exceedance = Type.Object({
  id: Id,
  outletId: Id,
  outletName: Type.String(),
  outletNumber: Type.String(),
  medium: OutletMedium,
  enterprise: Party,
  regionCode: RegionCode,
  factor: Type.String(),
  factorName: Type.String(),
  kind: ExceedanceKind,
  from: Instant,
  to: Instant,
  hours: Type.Integer({ description: '超标小时数；日均值判定时为天数' }),
  maxValue: number,
  limit: LimitChoice,
  multiple: Type.Number({ description: '最大超标倍数' }),
  grade: Type.Enum(['A', 'B', 'C'], {
    description: 'A 数据有效、质控在期、无高等级线索；B 质控超期或有高等级线索；C 尚在标记时限内',
  }),
  gradeReasons: Type.Array(Type.String()),
  state: Type.Enum(exceedanceStates, {
    description: 'candidate 待认定；confirmed 已认定；exempt 豁免；withdrawn 撤销（数据更正或已标记）',
  }),
  stateReason: Nullable(
    Type.String({ description: 'withdrawn 时如 marked、corrected、limit-changed；或认定理由' }),
  ),
  cumulativeDays30: Type.Integer({ description: '截至该次，近 30 日累计超标天数' }),
  ongoing: Type.Boolean(),
  version: Type.Integer(),
  updatedAt: Instant,
})
export type Exceedance = Static<typeof Exceedance>

export const listExceedances = {
  operationId: 'listExceedances',
  summary: '超标清单',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    outletId: Type.Optional(Id),
    enterpriseId: Type.Optional(Id),
    regionCode: Type.Optional(RegionCode),
    factor: Type.Optional(Type.String({ maxLength: 20 })),
    state: Type.Optional(Type.Enum(exceedanceStates)),
    grade: Type.Optional(Type.Enum(['A', 'B', 'C'])),
    medium: Type.Optional(OutletMedium),
    kind: Type.Optional(ExceedanceKind),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
  }),
  response: { ...problemResponses, 200: Page(Exceedance) },
} as const // GET /sources/exceedances   newest first

export const ExceedanceDetail = Type.Object({
  ...Exceedance.properties,
  hourValues: Type.Array(
    Type.Object({
      hour: Instant,
      value: Nullable(number),
      limit: Nullable(number),
      multiple: Nullable(number),
    }),
  ),
  msgs: Type.Array(Type.String()),
  markIds: Type.Array(Type.String()),
  message: Type.String({ description: '短信文本：超标倍数与近 30 日累计天数' }),
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      at: Instant,
      by: Type.String(),
      why: Type.String(),
      from: Instant,
      to: Instant,
      hours: Type.Integer(),
      maxValue: number,
      multiple: number,
      grade: Type.Enum(['A', 'B', 'C']),
      state: Type.Enum(exceedanceStates),
    }),
  ),
})
export type ExceedanceDetail = Static<typeof ExceedanceDetail>
export const getExceedance = {
  operationId: 'getExceedance',
  summary: '一次超标：逐时值、报文、历次变化、短信文本',
  tags,
  params: IdParams,
  response: { ...problemResponses, 200: ExceedanceDetail },
} as const // GET /sources/exceedances/:id
export const judgeExceedance = {
  operationId: 'judgeExceedance',
  summary: '认定、豁免或退回待认定',
  tags,
  params: IdParams,
  body: Type.Object(
    {
      decision: Type.Enum(['confirm', 'exempt', 'reopen']),
      reason: Reason,
      version: Type.Integer({ description: '所见版本' }),
    },
    { additionalProperties: false },
  ),
  response: { ...problemResponses, 200: ExceedanceDetail },
} as const // POST /sources/exceedances/:id/judge  (source:judge)

export const ExceedingNow = Type.Object({
  asOf: Instant,
  items: Type.Array(
    Type.Object({
      outletId: Id,
      outletName: Type.String(),
      outletNumber: Type.String(),
      enterprise: Party,
      regionCode: RegionCode,
      medium: OutletMedium,
      lon: Nullable(number),
      lat: Nullable(number),
      factor: Type.String(),
      factorName: Type.String(),
      unit: Type.String(),
      hour: Instant,
      value: number,
      limit: number,
      multiple: number,
      judged: Type.Boolean({ description: 'false：按日均值判定的因子，小时值高于限值只作预警' }),
      hours: Type.Integer({ description: '已连续小时数；预警为 0' }),
      exceedanceId: Nullable(Id),
    }),
  ),
})
export type ExceedingNow = Static<typeof ExceedingNow>
export const getExceedingNow = {
  operationId: 'getExceedingNow',
  summary: '正在超标的排放口',
  tags,
  response: { ...problemResponses, 200: ExceedingNow },
} as const // GET /sources/exceeding-now

export const ExceedanceSummary = Type.Object({
  items: Type.Array(
    Type.Object({
      key: Type.String({ description: '企业编号、园区代码、行政区代码或运维单位' }),
      name: Type.String(),
      outlets: Type.Integer({ description: '有超标的排放口数' }),
      events: Type.Integer(),
      hours: Type.Integer(),
      days: Type.Integer({ description: '超标天数（口·日）' }),
      maxMultiple: number,
      confirmed: Type.Integer(),
      factors: Type.Array(Type.String()),
    }),
  ),
})
export type ExceedanceSummary = Static<typeof ExceedanceSummary>
export const summarizeExceedances = {
  operationId: 'summarizeExceedances',
  summary: '超标汇总（企业、园区、区县、运维单位）',
  tags,
  querystring: Type.Object({ ...rangeQuery, by: Type.Enum(['enterprise', 'park', 'county', 'operator']) }),
  response: { ...problemResponses, 200: ExceedanceSummary },
} as const // GET /sources/exceedance-summary

export const UltraLowShare = Type.Object({
  outletId: Id,
  outletName: Type.String(),
  enterprise: Party,
  factor: Type.String(),
  ultraLowLimit: number,
  validHours: Type.Integer(),
  metHours: Type.Integer(),
  share: Nullable(number),
  required: number,
  met: Nullable(Type.Boolean()),
  source: Type.String(),
  status: BasisStatus,
})
export const listUltraLow = {
  operationId: 'listUltraLow',
  summary: '超低排放达标时数比例（月）',
  tags,
  querystring: Type.Object({
    month: MonthString,
    enterpriseId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(UltraLowShare) }) },
} as const // GET /sources/ultra-low
