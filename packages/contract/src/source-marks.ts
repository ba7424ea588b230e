/** Marks of the instrument and of the plant: catalogue, filing, review, the day to be marked. */
import { type Static, Type } from 'typebox'
import { Bilingual, DateString, Id, Instant, Nullable, Page, pageQuery, problemResponses } from './common.ts'
import { BasisStatus, number, OutletMedium, Party, Reason, tags } from './source-terms.ts'

export const markOrigins = ['auto', 'manual'] as const

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
