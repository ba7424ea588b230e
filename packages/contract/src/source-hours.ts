/** Hours, days and months of an outlet: values, limits, validity, and how each came about. */
import { type Static, Type } from 'typebox'
import {
  DateString,
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
import { markOrigins } from './source-marks.ts'
import { BasisStatus, number, OutletMedium, Party, rangeQuery, tags } from './source-terms.ts'

const numbers = Type.Array(Nullable(Type.Number()))

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
  month: MonthString,
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
