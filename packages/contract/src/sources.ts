/** Online monitoring of pollution sources: outlet hours, marks, exceedances, transmission, the maintenance ledger. */
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

const tags = ['污染源监控 Pollution sources']
const number = Type.Number()
const numbers = Type.Array(Nullable(Type.Number()))
const Reason = Type.String({ minLength: 2, maxLength: 400 })
/** Where a number comes from and how far it was checked against the original text. */
export const BasisStatus = Type.Enum(['primary', 'verified', 'unverified', 'design'], {
  description: 'primary 标准原文；verified 多方互证；unverified 待核实；design 平台约定',
})
export type BasisStatus = Static<typeof BasisStatus>

const mediums = ['air', 'water'] as const
export const OutletMedium = Type.Enum(mediums)

// ------------------------------------------------------------------------------------------- outlet hours

export const outletHourStates = ['missing', 'valid', 'invalid', 'stopped', 'exempt'] as const
/** Validity of one hour and factor; the index in this list is the number stored. */
export const OutletHourState = Type.Enum(outletHourStates, {
  description:
    'missing 缺失；valid 有效；invalid 无效（设备标记、有效分钟不足等）；stopped 停运；exempt 工况豁免',
})
export type OutletHourState = Static<typeof OutletHourState>

export const LimitChoice = Type.Object({
  value: number,
  min: Nullable(Type.Number({ description: '下限，仅 pH' })),
  unit: Type.String(),
  averaging: Type.Enum(['hour', 'day', 'instant']),
  source: Type.String({ description: '排污许可证编号或标准号与表号' }),
  clause: Nullable(Type.String()),
  why: Type.String({ description: '为何选用该限值' }),
  status: BasisStatus,
})
export type LimitChoice = Static<typeof LimitChoice>

const Party = Type.Object({ id: Id, name: Type.String() })
export const SourceOutlet = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  number: Type.String({ description: '排放口编号 DA001、DW001' }),
  medium: OutletMedium,
  facility: Type.String(),
  enterprise: Party,
  regionCode: RegionCode,
  operator: Nullable(Type.String({ description: '运维单位' })),
  factors: Type.Array(Type.String()),
  lon: Nullable(number),
  lat: Nullable(number),
  state: Type.Enum(['normal', 'exceeding', 'marked', 'stopped', 'missing', 'offline'], {
    description:
      'normal 正常；exceeding 正在超标；marked 已标记；stopped 停运；missing 最近一小时缺数；offline 24 小时以上无数据',
  }),
  latest: Nullable(
    Type.Object({
      hour: Instant,
      items: Type.Array(
        Type.Object({
          factor: Type.String(),
          value: Nullable(
            Type.Number({ description: '与限值比较的值：气为折算（无基准氧时实测），水为实测' }),
          ),
          measured: Nullable(number),
          limit: Nullable(number),
          multiple: Nullable(Type.Number({ description: '超标倍数 (C−L)/L，未超标为 null' })),
          state: OutletHourState,
        }),
      ),
    }),
  ),
  exceedanceDays30: Type.Integer({ description: '近 30 日累计超标天数（已认定或待认定，不含撤销与豁免）' }),
  openMarks: Type.Integer({ description: '待审核的标记数' }),
})
export type SourceOutlet = Static<typeof SourceOutlet>

export const listSourceOutlets = {
  operationId: 'listSourceOutlets',
  summary: '排放口及最新小时值、状态',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    enterpriseId: Type.Optional(Id),
    regionCode: Type.Optional(RegionCode),
    medium: Type.Optional(OutletMedium),
    state: Type.Optional(Type.Enum(['normal', 'exceeding', 'marked', 'stopped', 'missing', 'offline'])),
    operator: Type.Optional(Type.String({ maxLength: 100 })),
    search: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  response: { ...problemResponses, 200: Page(SourceOutlet) },
} as const // GET /sources/outlets  (source:read)

export const getSourceOutlet = {
  operationId: 'getSourceOutlet',
  summary: '一个排放口及最新小时值、状态',
  tags,
  params: IdParams,
  response: { ...problemResponses, 200: SourceOutlet },
} as const // GET /sources/outlets/:id

/** Columns: position i of every array is the hour times[i]. */
export const OutletHourColumns = Type.Object({
  outletId: Id,
  times: Type.Array(Instant),
  o2: numbers,
  flow: Type.Array(Nullable(Type.Number({ description: 'm³/h；气为标态干' }))),
  load: Type.Array(Nullable(Type.Number({ description: '生产负荷 %' }))),
  factors: Type.Array(
    Type.Object({
      factor: Type.String(),
      name: Type.String(),
      unit: Type.String(),
      measured: numbers,
      reported: Type.Array(Nullable(Type.Number({ description: '上报折算值 Zs' }))),
      converted: Type.Array(Nullable(Type.Number({ description: '平台计算折算值' }))),
      massKg: numbers,
      limit: numbers,
      limits: Type.Array(LimitChoice, { description: '本时段用到的限值；limitIndex 为其下标' }),
      limitIndex: Type.Array(Type.Integer({ description: '-1 无限值' })),
      state: Type.String({ description: '每小时一字符：- 缺失，V 有效，I 无效，F 停运，E 豁免' }),
      reason: Type.Array(Type.String({ description: '该小时状态的原因代码，空串为有效；文字见 reasons' })),
      marks: Type.String({ description: '每小时一字符的显示标记（人工优先），空格为无' }),
      autoMarks: Type.String({ description: '设备自带标记（HJ 212 数据标记），空格为无' }),
      manualMarks: Type.String({ description: '人工标记的报表字符，空格为无' }),
      exceeded: Type.Array(Type.Boolean()),
    }),
  ),
  reasons: Type.Record(Type.String(), Type.String(), { description: '原因代码 → 文字' }),
})
export type OutletHourColumns = Static<typeof OutletHourColumns>

const rangeQuery = {
  from: Type.String({ description: '日期或带时区的时刻，含' }),
  to: Type.String({ description: '日期或带时区的时刻，不含' }),
} as const

export const listOutletHours = {
  operationId: 'listOutletHours',
  summary: '排放口小时值（按列）',
  tags,
  params: IdParams,
  querystring: Type.Object({
    ...rangeQuery,
    factors: Type.Optional(Type.String({ description: '因子代码，逗号分隔；缺省为该口全部监测因子' })),
  }),
  response: { ...problemResponses, 200: OutletHourColumns },
} as const // GET /sources/outlets/:id/hours   at most 92 days

export const markOrigins = ['auto', 'manual'] as const
export const HourTraceStep = Type.Object({
  step: Type.String(),
  input: Type.String(),
  result: Type.String(),
  basis: Nullable(Type.String()),
  status: Nullable(BasisStatus),
})
export const OutletHourDetail = Type.Object({
  outletId: Id,
  factor: Type.String(),
  hour: Instant,
  value: Nullable(number),
  measured: Nullable(number),
  reported: Nullable(number),
  converted: Nullable(number),
  o2: Nullable(number),
  flow: Nullable(number),
  load: Nullable(number),
  massKg: Nullable(number),
  state: OutletHourState,
  reason: Type.String(),
  reasonText: Type.String(),
  method: Type.String({ description: 'minutes 由分钟数据计算；hour-frame 取小时报文；none 无数据' }),
  validMinutes: Nullable(Type.Integer()),
  limit: Nullable(LimitChoice),
  multiple: Nullable(number),
  trace: Type.Array(HourTraceStep),
  marks: Type.Array(
    Type.Object({
      id: Type.String(),
      origin: Type.Enum(markOrigins),
      item: Type.String(),
      text: Type.String(),
    }),
  ),
  messages: Type.Array(
    Type.Object({ msg: Type.String(), receivedAt: Instant, text: Type.String({ description: '原始报文' }) }),
    { description: '原始报文；无 journal:read 权限时为空' },
  ),
  msgs: Type.Array(Type.String({ description: '参与计算的报文号' })),
  revisions: Type.Array(
    Type.Object({
      replacedAt: Instant,
      why: Type.String(),
      measured: Nullable(number),
      converted: Nullable(number),
      massKg: Nullable(number),
      limit: Nullable(number),
      state: OutletHourState,
    }),
  ),
})
export type OutletHourDetail = Static<typeof OutletHourDetail>

export const getOutletHour = {
  operationId: 'getOutletHour',
  summary: '一个小时值的计算过程与原始报文',
  tags,
  params: IdParams,
  querystring: Type.Object({ hour: Instant, factor: Type.String({ maxLength: 20 }) }),
  response: { ...problemResponses, 200: OutletHourDetail },
} as const // GET /sources/outlets/:id/hour

export const OutletDay = Type.Object({
  date: DateString,
  factor: Type.String(),
  value: Nullable(Type.Number({ description: '日均值：气为折算小时均值，水为流量加权' })),
  valid: Type.Boolean(),
  validHours: Type.Integer(),
  dueHours: Type.Integer(),
  massKg: Nullable(Type.Number({ description: '含替代值' })),
  substitutedKg: number,
  substitution: Nullable(Type.String({ description: '替代方法' })),
  limit: Nullable(number),
  exceeded: Type.Boolean(),
})
export type OutletDay = Static<typeof OutletDay>
export const listOutletDays = {
  operationId: 'listOutletDays',
  summary: '排放口日均值与日排放量',
  tags,
  params: IdParams,
  querystring: Type.Object({ ...rangeQuery, factors: Type.Optional(Type.String()) }),
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(OutletDay) }) },
} as const // GET /sources/outlets/:id/days   at most 400 days

export const MonthlyMass = Type.Object({
  outletId: Id,
  month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }),
  pollutant: Type.String({ description: 'SO2、NOx、PM、VOCs、COD、NH3-N、TP、TN' }),
  kg: number,
  validShare: number,
  substitutedKg: number,
})
export const listMonthlyMass = {
  operationId: 'listMonthlyMass',
  summary: '在线监测月排放量（含替代量）',
  tags,
  querystring: Type.Object({
    year: Type.Integer({ minimum: 1990, maximum: 2100 }),
    enterpriseId: Type.Optional(Id),
    outletId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(MonthlyMass) }) },
} as const // GET /sources/mass

// -------------------------------------------------------------------------------------------------- marks

export const MarkItem = Type.Object({
  item: Type.String({ description: '标记代码，如 maintenance、calibration、stopped、startup' }),
  kind: Type.Enum(['equipment', 'condition'], { description: 'equipment 设备标记；condition 工况标记' }),
  code: Type.String({ description: '报表标记字符（HJ 75）' }),
  name: Bilingual,
  mediums: Type.Array(OutletMedium),
  sectors: Nullable(Type.Array(Type.String(), { description: 'null 为各行业' })),
  effect: Type.Enum(['invalid', 'stopped', 'exempt', 'none']),
  source: Type.String(),
  status: BasisStatus,
})
export type MarkItem = Static<typeof MarkItem>
export const listMarkItems = {
  operationId: 'listMarkItems',
  summary: '标记代码表',
  tags,
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(MarkItem) }) },
} as const // GET /sources/mark-items

export const sourceMarkStates = ['filed', 'accepted', 'rejected', 'withdrawn'] as const
export const SourceMark = Type.Object({
  id: Type.String({ description: '账本记录号；设备自动标记为空' }),
  outletId: Id,
  outletName: Type.String(),
  enterprise: Party,
  factor: Nullable(Type.String({ description: 'null 为该口全部因子' })),
  kind: Type.Enum(['equipment', 'condition']),
  item: Type.String(),
  itemName: Type.String(),
  origin: Type.Enum(markOrigins),
  from: Instant,
  to: Instant,
  reason: Type.String(),
  state: Type.Enum(sourceMarkStates, {
    description:
      'filed 已申报（按时申报即生效，迟报待审核后生效）；accepted 审核通过；rejected 审核驳回；withdrawn 已撤回',
  }),
  inForce: Type.Boolean({ description: '当前是否影响有效性判断' }),
  late: Type.Boolean({ description: '超过申报时限，需生态环境部门审核' }),
  deadline: Instant,
  filedAt: Instant,
  filedBy: Type.String(),
  reviewedAt: Nullable(Instant),
  reviewedBy: Nullable(Type.String()),
  reviewReason: Nullable(Type.String()),
  afterExceedance: Type.Boolean({ description: '在超标小时结束之后才申报' }),
})
export type SourceMark = Static<typeof SourceMark>

export const listSourceMarks = {
  operationId: 'listSourceMarks',
  summary: '设备与工况标记清单',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    outletId: Type.Optional(Id),
    enterpriseId: Type.Optional(Id),
    state: Type.Optional(Type.Enum(sourceMarkStates)),
    origin: Type.Optional(Type.Enum(markOrigins)),
    waiting: Type.Optional(Type.Boolean({ description: '只看待审核' })),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
  }),
  response: { ...problemResponses, 200: Page(SourceMark) },
} as const // GET /sources/marks

export const SourceMarkInput = Type.Object(
  {
    outletId: Id,
    factor: Type.Optional(Nullable(Type.String({ maxLength: 20 }))),
    item: Type.String({ maxLength: 40 }),
    from: Instant,
    to: Instant,
    reason: Reason,
  },
  { additionalProperties: false },
)
export type SourceMarkInput = Static<typeof SourceMarkInput>
export const fileSourceMark = {
  operationId: 'fileSourceMark',
  summary: '申报标记（自主标记）',
  tags,
  body: SourceMarkInput,
  response: { ...problemResponses, 201: SourceMark },
} as const // POST /sources/marks  (source:mark)

const MarkId = Type.Object({ id: Type.String({ pattern: '^\\d{1,19}$' }) })
export const reviewSourceMark = {
  operationId: 'reviewSourceMark',
  summary: '审核标记',
  tags,
  params: MarkId,
  body: Type.Object(
    { decision: Type.Enum(['accept', 'reject']), reason: Reason },
    { additionalProperties: false },
  ),
  response: { ...problemResponses, 200: SourceMark },
} as const // POST /sources/marks/:id/review  (source:judge)
export const withdrawSourceMark = {
  operationId: 'withdrawSourceMark',
  summary: '撤回标记',
  tags,
  params: MarkId,
  body: Type.Object({ reason: Reason }, { additionalProperties: false }),
  response: { ...problemResponses, 200: SourceMark },
} as const // POST /sources/marks/:id/withdraw  (source:mark)

/** What the enterprise's own marking page shows of one day: stretches that ask for a mark, and those that have one. */
export const MarkingStretch = Type.Object({
  outletId: Id,
  factor: Nullable(Type.String()),
  from: Instant,
  to: Instant,
  why: Type.Enum(['missing', 'exceeding', 'zero-flow', 'device-flag', 'constant', 'marked']),
  text: Type.String(),
  maxMultiple: Nullable(number),
  marked: Type.Boolean(),
  markIds: Type.Array(Type.String()),
})
export type MarkingStretch = Static<typeof MarkingStretch>
export const MarkingDay = Type.Object({
  date: DateString,
  deadline: Instant,
  deadlineBasis: Type.Object({ source: Type.String(), status: BasisStatus }),
  late: Type.Boolean({ description: '现在申报即为迟报' }),
  outlets: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      number: Type.String(),
      medium: OutletMedium,
      enterprise: Party,
      factors: Type.Array(Type.String()),
      stretches: Type.Array(MarkingStretch),
      marks: Type.Array(SourceMark),
      pending: Type.Integer({ description: '尚未标记的时段数' }),
    }),
  ),
})
export type MarkingDay = Static<typeof MarkingDay>
export const getMarkingDay = {
  operationId: 'getMarkingDay',
  summary: '自主标记：某日待标记时段与已有标记',
  tags,
  querystring: Type.Object({
    date: DateString,
    enterpriseId: Type.Optional(Id),
    outletId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: MarkingDay },
} as const // GET /sources/marking-day

// -------------------------------------------------------------------------------------------- exceedances

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
    month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }),
    enterpriseId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(UltraLowShare) }) },
} as const // GET /sources/ultra-low

// ------------------------------------------------------------------------------------------- transmission

const counters = {
  due: Type.Integer({ description: '应传条数' }),
  received: Type.Integer({ description: '实传条数' }),
  validDue: Type.Integer({ description: '有效应传条数' }),
  valid: Type.Integer({ description: '有效条数' }),
  transmissionRate: Nullable(Type.Number({ description: '传输率 received/due；不适用为 null' })),
  validRate: Nullable(number),
  effectiveRate: Nullable(Type.Number({ description: '有效传输率' })),
} as const
export const TransmissionRow = Type.Object({
  key: Type.String(),
  name: Type.String(),
  outlets: Type.Integer(),
  ...counters,
  realtime: Type.Object({ received: Type.Integer(), valid: Type.Integer(), effectiveRate: Nullable(number) }),
  applicable: Type.Boolean({ description: 'false：全部停运，不适用' }),
  alarm: Type.Boolean({ description: '低于告警阈值' }),
})
export type TransmissionRow = Static<typeof TransmissionRow>
export const TransmissionReport = Type.Object({
  from: DateString,
  to: DateString,
  by: Type.String(),
  threshold: Type.Object({ value: number, source: Type.String(), status: BasisStatus }),
  denominator: Type.Enum(['received', 'validDue']),
  items: Type.Array(TransmissionRow),
  total: TransmissionRow,
  days: Type.Array(Type.Object({ date: DateString, ...counters })),
})
export type TransmissionReport = Static<typeof TransmissionReport>
export const getTransmission = {
  operationId: 'getTransmission',
  summary: '数据传输有效率（分子、分母）',
  tags,
  querystring: Type.Object({
    from: DateString,
    to: Type.String({ format: 'date', description: '含该日' }),
    by: Type.Enum(['outlet', 'enterprise', 'county', 'operator', 'city']),
    enterpriseId: Type.Optional(Id),
    outletId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: TransmissionReport },
} as const // GET /sources/transmission

export const SourceMissingHours = Type.Object({
  from: Instant,
  hours: Type.Integer(),
  reasons: Type.Array(
    Type.Object({
      code: Type.String(),
      text: Type.String(),
      party: Type.String({ description: '责任方：企业、运维、平台、链路、无' }),
    }),
  ),
  outlets: Type.Array(
    Type.Object({
      outletId: Id,
      outletName: Type.String(),
      enterprise: Party,
      cells: Type.Array(Type.Integer({ description: '每小时一个原因下标' })),
      missingFactors: Type.Array(Type.Integer()),
    }),
  ),
})
export type SourceMissingHours = Static<typeof SourceMissingHours>
export const getSourceMissingHours = {
  operationId: 'getSourceMissingHours',
  summary: '排放口缺数时段及原因（每小时唯一原因）',
  tags,
  querystring: Type.Object({
    from: Instant,
    hours: Type.Integer({ minimum: 1, maximum: 744, default: 72 }),
    outletId: Type.Optional(Id),
    enterpriseId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: SourceMissingHours },
} as const // GET /sources/missing-hours

// -------------------------------------------------------------------------------------- maintenance ledger

export const maintenanceKinds = [
  'routine',
  'calibration',
  'verification',
  'repair',
  'standard-check',
  'comparison',
  'parameter-change',
] as const
export const MaintenanceKind = Type.Enum(maintenanceKinds, {
  description:
    'routine 日常巡检；calibration 校准；verification 校验；repair 故障维修；standard-check 标样核查；comparison 实际水样（参比方法）比对；parameter-change 参数变更',
})
export type MaintenanceKind = Static<typeof MaintenanceKind>
export const ComparisonPair = Type.Object({ online: number, reference: number })
export const MaintenanceInput = Type.Object(
  {
    outletId: Id,
    kind: MaintenanceKind,
    factor: Type.Optional(Nullable(Type.String({ maxLength: 20 }))),
    from: Instant,
    to: Instant,
    technician: Type.String({ minLength: 1, maxLength: 60 }),
    company: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
    content: Type.String({ minLength: 2, maxLength: 2000 }),
    passed: Type.Optional(Nullable(Type.Boolean({ description: '无法由数值判定的项目由运维人员填写' }))),
    zeroDriftPercent: Type.Optional(Nullable(Type.Number({ description: '零点漂移 %F.S.' }))),
    spanDriftPercent: Type.Optional(Nullable(Type.Number({ description: '量程漂移 %F.S.' }))),
    pairs: Type.Optional(Type.Array(ComparisonPair, { maxItems: 60 })),
    parameter: Type.Optional(
      Nullable(Type.Object({ name: Type.String(), before: Type.String(), after: Type.String() })),
    ),
  },
  { additionalProperties: false },
)
export type MaintenanceInput = Static<typeof MaintenanceInput>
export const MaintenanceRecord = Type.Object({
  id: Id,
  outletId: Id,
  outletName: Type.String(),
  enterprise: Party,
  kind: MaintenanceKind,
  factor: Nullable(Type.String()),
  from: Instant,
  to: Instant,
  technician: Type.String(),
  company: Nullable(Type.String()),
  content: Type.String(),
  passed: Nullable(Type.Boolean()),
  verdict: Nullable(Type.String({ description: '判定依据与数值' })),
  verdictStatus: Nullable(BasisStatus),
  zeroDriftPercent: Nullable(number),
  spanDriftPercent: Nullable(number),
  pairs: Type.Array(ComparisonPair),
  parameter: Nullable(Type.Object({ name: Type.String(), before: Type.String(), after: Type.String() })),
  nextDue: Nullable(DateString),
  writtenBy: Type.String(),
  writtenAt: Instant,
  withdrawn: Nullable(Type.Object({ by: Type.String(), at: Instant, reason: Type.String() })),
})
export type MaintenanceRecord = Static<typeof MaintenanceRecord>
export const listMaintenance = {
  operationId: 'listMaintenance',
  summary: '运维台账',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    outletId: Type.Optional(Id),
    enterpriseId: Type.Optional(Id),
    kind: Type.Optional(MaintenanceKind),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
  }),
  response: { ...problemResponses, 200: Page(MaintenanceRecord) },
} as const // GET /sources/maintenance
export const writeMaintenance = {
  operationId: 'writeMaintenance',
  summary: '登记运维记录',
  tags,
  body: MaintenanceInput,
  response: { ...problemResponses, 201: MaintenanceRecord },
} as const // POST /sources/maintenance  (maintenance:write)
export const withdrawMaintenance = {
  operationId: 'withdrawMaintenance',
  summary: '撤销运维记录',
  tags,
  params: IdParams,
  body: Type.Object({ reason: Reason }, { additionalProperties: false }),
  response: { ...problemResponses, 200: MaintenanceRecord },
} as const // POST /sources/maintenance/:id/withdraw  (maintenance:write)
export const MaintenanceDue = Type.Object({
  items: Type.Array(
    Type.Object({
      outletId: Id,
      outletName: Type.String(),
      enterprise: Party,
      operator: Nullable(Type.String()),
      kind: MaintenanceKind,
      last: Nullable(Instant),
      due: Nullable(DateString),
      state: Type.Enum(['in-date', 'due-soon', 'overdue', 'never']),
      everyDays: Type.Integer(),
      source: Type.String(),
      status: BasisStatus,
    }),
  ),
})
export type MaintenanceDue = Static<typeof MaintenanceDue>
export const listMaintenanceDue = {
  operationId: 'listMaintenanceDue',
  summary: '校准、校验到期与超期',
  tags,
  querystring: Type.Object({
    enterpriseId: Type.Optional(Id),
    outletId: Type.Optional(Id),
    state: Type.Optional(Type.Enum(['in-date', 'due-soon', 'overdue', 'never'])),
  }),
  response: { ...problemResponses, 200: MaintenanceDue },
} as const // GET /sources/maintenance-due

// ----------------------------------------------------------------------------------------------- settings

export const SourceSetting = Type.Object({
  key: Type.String(),
  title: Type.String(),
  value: number,
  unit: Type.String(),
  source: Type.String(),
  status: BasisStatus,
  version: Type.Integer(),
})
export type SourceSetting = Static<typeof SourceSetting>
export const listSourceSettings = {
  operationId: 'listSourceSettings',
  summary: '判定参数（出处与核实状态）',
  tags,
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(SourceSetting) }) },
} as const // GET /sources/settings
export const putSourceSetting = {
  operationId: 'putSourceSetting',
  summary: '修改判定参数',
  tags,
  params: Type.Object({ key: Type.String({ maxLength: 60 }) }),
  body: Type.Object(
    {
      value: number,
      source: Type.String({ minLength: 2, maxLength: 400 }),
      status: BasisStatus,
      version: Type.Integer(),
      reason: Reason,
    },
    { additionalProperties: false },
  ),
  response: { ...problemResponses, 200: SourceSetting },
} as const // PUT /sources/settings/:key  (rule:write)
