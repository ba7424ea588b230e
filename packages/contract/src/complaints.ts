/** Complaints (信访举报): tickets with their own number; each is the child of a problem and runs a matter. */
import { type Static, Type } from 'typebox'
import {
  DateString,
  Id,
  IdParams,
  Instant,
  NoContent,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
} from './common.ts'
import {
  complainantIdKindNames,
  complaintChannelNames,
  complaintKpiGroups,
  complaintNatureNames,
  complaintSatisfactionNames,
  complaintTextLimits,
  complaintThemeNames,
  complaintUrgencyNames,
  complaintVerdictNames,
  publicComplaintStateNames,
} from './complaint-words.ts'

const Channel = Type.Enum(complaintChannelNames)
const Theme = Type.Enum(complaintThemeNames)
const Urgency = Type.Enum(complaintUrgencyNames)
const Nature = Type.Enum(complaintNatureNames)
const Verdict = Type.Enum(complaintVerdictNames)
const Satisfaction = Type.Enum(complaintSatisfactionNames)
const Longitude = Type.Number({ minimum: 70, maximum: 140 })
const Latitude = Type.Number({ minimum: 0, maximum: 60 })
const closed = { additionalProperties: false } as const
const version = Type.Integer({ minimum: 1, description: '读到的版本号' })
const commandId = Type.Optional(
  Type.String({
    minLength: 8,
    maxLength: 64,
    pattern: '^[A-Za-z0-9-]+$',
    description: '重复提交同一编号只执行一次',
  }),
)

const ComplaintRef = Type.Object({ id: Id, number: Type.String() })

/** A ticket as lists show it. Nothing here tells who complained. */
export const Complaint = Type.Object({
  id: Id,
  number: Type.String({ description: 'XF-<行政区>-<年>-<序号>' }),
  channel: Channel,
  outerNumber: Nullable(Type.String({ description: '12345、12369 等来源平台的编号' })),
  platformNumber: Nullable(Type.String({ description: '全国生态环境投诉举报平台编号（双编号保留）' })),
  title: Type.String(),
  theme: Theme,
  urgency: Urgency,
  nature: Nature,
  named: Type.Boolean({ description: '实名举报：须告知结果' }),
  campaign: Nullable(Type.String({ description: '专项行动标签' })),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  place: Nullable(Type.String()),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  enterprise: Nullable(Type.Object({ id: Id, name: Type.String() })),
  problem: Nullable(ComplaintRef),
  matter: Nullable(
    Type.Object({
      id: Id,
      number: Type.String(),
      state: Type.String(),
      stateTitle: Type.String(),
      phase: Type.Enum(['open', 'watched', 'closed', 'dropped']),
      waitsFor: Type.Array(Type.String(), { description: '待谁：单位名称' }),
    }),
  ),
  due: Nullable(
    Type.Object({
      title: Type.String({ description: '哪一项时限' }),
      at: Instant,
      provisional: Type.Boolean({ description: '节假日安排未公布，暂定' }),
      colour: Type.Enum(['green', 'yellow', 'red'], {
        description: '绿：余 30% 以上；红：1 个工作日内或已超期',
      }),
      overdue: Type.Boolean(),
    }),
  ),
  mergedInto: Nullable(ComplaintRef),
  children: Type.Integer({ description: '并入本单的举报数' }),
  repeats: Type.Integer({ description: '此前 90 日内同一地点同一主题的举报数' }),
  receivedAt: Instant,
  acceptedAt: Nullable(Instant),
  answeredAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
  verdict: Nullable(Verdict),
  satisfaction: Nullable(Satisfaction),
  version: Type.Integer(),
})
export type Complaint = Static<typeof Complaint>

export const ComplaintAnswer = Type.Object({
  at: Instant,
  way: Type.String({ description: '电话、书面、短信、网络' }),
  text: Type.String(),
  by: Type.String(),
})
export type ComplaintAnswer = Static<typeof ComplaintAnswer>

/** Why two tickets may be about the same thing. */
export const SimilarComplaint = Type.Object({
  complaint: Complaint,
  score: Type.Number({ description: '0–1' }),
  metres: Nullable(Type.Number()),
  days: Type.Number(),
  reasons: Type.Array(Type.String()),
  mergeable: Type.Boolean({ description: '两单都未办结，可合并办理' }),
})
export type SimilarComplaint = Static<typeof SimilarComplaint>

/** A source of pollution near the place of a complaint, with what is open against it. */
export const NearbySource = Type.Object({
  featureId: Id,
  name: Type.String(),
  enterprise: Nullable(Type.Object({ id: Id, name: Type.String() })),
  km: Type.Number({ description: '直线距离，不计风向' }),
  openLeads: Type.Array(
    Type.Object({
      id: Id,
      ruleTitle: Type.String(),
      factorName: Nullable(Type.String()),
      score: Type.Number(),
    }),
  ),
  exceedances: Type.Integer({ description: '此前 7 日内的超标次数' }),
  hint: Type.String(),
})
export type NearbySource = Static<typeof NearbySource>

export const ComplaintDetail = Type.Object({
  complaint: Complaint,
  content: Type.String(),
  occurredOn: Nullable(DateString),
  answers: Type.Array(ComplaintAnswer),
  children: Type.Array(Complaint),
  earlier: Type.Array(Complaint, { description: '此前的同类举报' }),
  similar: Type.Array(SimilarComplaint),
  nearby: Type.Array(NearbySource),
  reviewUntil: Nullable(DateString),
  complainant: Type.Object({
    kept: Type.Boolean({ description: '有举报人信息' }),
    mayLook: Type.Boolean({ description: '本人可以写明事由后查看' }),
    looks: Type.Integer({ description: '已被查看的次数' }),
  }),
  allowed: Type.Array(Type.Enum(['change', 'merge', 'answer', 'look'])),
})
export type ComplaintDetail = Static<typeof ComplaintDetail>

/** Who complained. Stored encrypted; only the answer of a look holds it. */
export const Complainant = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    phone: Type.Optional(Type.String({ maxLength: 40, pattern: '^[0-9+() -]{5,40}$' })),
    address: Type.Optional(Type.String({ maxLength: 200 })),
    idKind: Type.Optional(Type.Enum(complainantIdKindNames)),
    idNumber: Type.Optional(Type.String({ maxLength: 40 })),
  },
  closed,
)
export type Complainant = Static<typeof Complainant>

export const ComplaintLook = Type.Object({
  id: Id,
  complaint: ComplaintRef,
  at: Instant,
  by: Type.String(),
  organization: Type.String(),
  reason: Type.String(),
})
export type ComplaintLook = Static<typeof ComplaintLook>

const particulars = {
  title: Type.Optional(Type.String({ minLength: 2, maxLength: 100 })),
  theme: Theme,
  urgency: Type.Optional(Urgency),
  nature: Type.Optional(Nature),
  place: Type.Optional(Type.String({ maxLength: complaintTextLimits.place })),
  lon: Type.Optional(Longitude),
  lat: Type.Optional(Latitude),
  enterpriseId: Type.Optional(Id),
  campaign: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  platformNumber: Type.Optional(Type.String({ maxLength: 60 })),
} as const

export const ComplaintInput = Type.Object(
  {
    ...particulars,
    regionCode: RegionCode,
    channel: Channel,
    outerNumber: Type.Optional(Type.String({ maxLength: 60 })),
    content: Type.String({ minLength: 5, maxLength: complaintTextLimits.content }),
    occurredOn: Type.Optional(DateString),
    receivedAt: Type.Optional(Type.String({ format: 'date-time', description: '缺省为现在；不得晚于现在' })),
    complainant: Type.Optional(Complainant),
    commandId,
  },
  closed,
)
export type ComplaintInput = Static<typeof ComplaintInput>

export const ComplaintChange = Type.Object({ ...particulars, version }, closed)
export type ComplaintChange = Static<typeof ComplaintChange>

export const ComplaintSummary = Type.Object({
  open: Type.Integer(),
  received: Type.Integer({ description: '待受理' }),
  overdue: Type.Integer(),
  dueSoon: Type.Integer({ description: '黄灯' }),
  waitsForMe: Type.Integer(),
  repeats: Type.Integer({ description: '未结的重复举报' }),
  named: Type.Integer({ description: '未结的实名举报' }),
  receivedToday: Type.Integer(),
  campaigns: Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() })),
})
export type ComplaintSummary = Static<typeof ComplaintSummary>

/** A rate is a numerator over a denominator; null when there is nothing to count. */
const Rate = Type.Object({ part: Type.Integer(), whole: Type.Integer(), percent: Nullable(Type.Number()) })
export const ComplaintKpiRow = Type.Object({
  key: Type.String(),
  title: Type.String(),
  received: Type.Integer(),
  acceptedOnTime: Rate,
  finishedOnTime: Rate,
  substantiated: Rate,
  repeated: Rate,
  satisfied: Rate,
  medianDays: Nullable(Type.Number({ description: '受理到答复的日数中位数' })),
})
export type ComplaintKpiRow = Static<typeof ComplaintKpiRow>
export const ComplaintKpi = Type.Object({
  from: DateString,
  to: DateString,
  by: Type.Enum(complaintKpiGroups),
  total: ComplaintKpiRow,
  rows: Type.Array(ComplaintKpiRow),
})
export type ComplaintKpi = Static<typeof ComplaintKpi>

export const ComplaintImportResult = Type.Object({
  created: Type.Integer(),
  unchanged: Type.Integer({ description: '编号已登记，未重复登记' }),
  encoding: Type.String(),
  errors: Type.Array(
    Type.Object({
      line: Type.Integer(),
      column: Nullable(Type.String()),
      value: Nullable(Type.String()),
      reason: Type.String(),
    }),
  ),
})
export type ComplaintImportResult = Static<typeof ComplaintImportResult>

const tags = ['信访 Complaints']
const publicTags = ['公众 Public']
const reason = Type.String({ minLength: 4, maxLength: 500 })
const answer = { 200: ComplaintDetail, ...problemResponses } as const

export const complaintRoutes = {
  list: {
    operationId: 'listComplaints',
    summary: '信访举报列表',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      phase: Type.Optional(Type.Enum(['open', 'ended', 'all'], { default: 'open' })),
      state: Type.Optional(Type.String({ maxLength: 40 })),
      channel: Type.Optional(Channel),
      theme: Type.Optional(Theme),
      urgency: Type.Optional(Urgency),
      named: Type.Optional(Type.Boolean()),
      campaign: Type.Optional(Type.String({ maxLength: 60 })),
      regionCode: Type.Optional(Type.Integer({ description: '市级代码包含所辖区县' })),
      enterpriseId: Type.Optional(Id),
      problemId: Type.Optional(Id),
      overdue: Type.Optional(Type.Boolean()),
      repeated: Type.Optional(Type.Boolean()),
      waitsForMe: Type.Optional(Type.Boolean()),
      from: Type.Optional(DateString),
      to: Type.Optional(DateString),
      search: Type.Optional(
        Type.String({ maxLength: 100, description: '编号、标题、地点、企业；不搜举报人' }),
      ),
      order: Type.Optional(Type.Enum(['due', 'recent'], { default: 'due' })),
    }),
    response: { 200: Page(Complaint), ...problemResponses },
  },
  summary: {
    operationId: 'complaintSummary',
    summary: '信访举报数量',
    tags,
    response: { 200: ComplaintSummary, ...problemResponses },
  },
  kpi: {
    operationId: 'complaintKpi',
    summary: '信访办理指标（及时率、属实率、重复率、满意率）',
    tags,
    querystring: Type.Object({
      from: DateString,
      to: DateString,
      by: Type.Optional(Type.Enum(complaintKpiGroups, { default: 'county' })),
      regionCode: Type.Optional(Type.Integer()),
    }),
    response: { 200: ComplaintKpi, ...problemResponses },
  },
  get: {
    operationId: 'getComplaint',
    summary: '信访举报详情',
    tags,
    params: IdParams,
    response: answer,
  },
  create: {
    operationId: 'createComplaint',
    summary: '登记信访举报',
    tags,
    body: ComplaintInput,
    response: { 201: ComplaintDetail, ...problemResponses },
  },
  change: {
    operationId: 'changeComplaint',
    summary: '更正信访举报的登记内容（举报原文不改）',
    tags,
    params: IdParams,
    body: ComplaintChange,
    response: answer,
  },
  merge: {
    operationId: 'mergeComplaint',
    summary: '并案：本单并入另一单办理，仍须分别答复',
    tags,
    params: IdParams,
    body: Type.Object({ version, into: Id, reason, commandId }, closed),
    response: answer,
  },
  answer: {
    operationId: 'answerComplaint',
    summary: '登记对本单举报人的答复',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        version,
        way: Type.String({ minLength: 1, maxLength: 30 }),
        text: Type.String({ minLength: 2, maxLength: 4000 }),
        commandId,
      },
      closed,
    ),
    response: answer,
  },
  look: {
    operationId: 'lookAtComplainant',
    summary: '查看举报人信息（须写明事由，逐次留痕）',
    tags,
    params: IdParams,
    body: Type.Object({ reason }, closed),
    response: {
      200: Type.Object({ complainant: Complainant, lookId: Id }),
      ...problemResponses,
    },
  },
  looks: {
    operationId: 'listComplainantLooks',
    summary: '举报人信息查看记录（审计与信访人员看全部，其他人看自己的）',
    tags,
    querystring: Type.Object({ ...pageQuery, complaintId: Type.Optional(Id) }),
    response: { 200: Page(ComplaintLook), ...problemResponses },
  },
  importTickets: {
    operationId: 'importComplaints',
    summary: '导入热线工单（XLSX 或 CSV，含 GB18030）',
    tags,
    consumes: ['multipart/form-data'],
    response: { 200: ComplaintImportResult, ...problemResponses },
  },
  template: {
    operationId: 'complaintTemplate',
    summary: '热线工单导入模板',
    tags,
    response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
  },
} as const

export const PublicComplaintForm = Type.Object({
  token: Type.String({ description: '随表单提交；有时效，只能用一次' }),
  minSeconds: Type.Integer(),
  validMinutes: Type.Integer(),
  regions: Type.Array(Type.Object({ code: RegionCode, name: Type.String() })),
  bureau: Type.String(),
})
export type PublicComplaintForm = Static<typeof PublicComplaintForm>

export const PublicComplaintInput = Type.Object(
  {
    token: Type.String({ maxLength: 400 }),
    theme: Theme,
    regionCode: RegionCode,
    content: Type.String({ minLength: 10, maxLength: complaintTextLimits.content }),
    place: Type.String({ minLength: 2, maxLength: complaintTextLimits.place }),
    lon: Type.Optional(Longitude),
    lat: Type.Optional(Latitude),
    accused: Type.Optional(Type.String({ maxLength: 100, description: '被举报单位名称' })),
    occurredOn: Type.Optional(DateString),
    named: Type.Boolean({ description: '实名举报' }),
    name: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
    phone: Type.Optional(Type.String({ pattern: '^[0-9+() -]{5,40}$' })),
    website: Type.Optional(Type.String({ maxLength: 400, description: '请留空' })),
  },
  closed,
)
export type PublicComplaintInput = Static<typeof PublicComplaintInput>

export const PublicComplaintReceipt = Type.Object({
  number: Type.String(),
  code: Type.String({ description: '查询码：只在这里显示一次' }),
  photoToken: Type.String({ description: '补交照片的凭证，30 分钟内有效' }),
  repeated: Type.Boolean({ description: '刚才已提交过同样内容，这是原来的编号' }),
  receivedAt: Instant,
  informBy: DateString,
})
export type PublicComplaintReceipt = Static<typeof PublicComplaintReceipt>

export const PublicComplaintStatus = Type.Object({
  number: Type.String(),
  state: Type.Enum(publicComplaintStateNames),
  stateTitle: Type.String(),
  theme: Theme,
  receivedAt: Instant,
  informBy: Nullable(DateString),
  acceptedAt: Nullable(Instant),
  finishBy: Nullable(DateString),
  extended: Type.Boolean(),
  answers: Type.Array(Type.Object({ at: Instant, text: Type.String() })),
  verdict: Nullable(Verdict),
  finishedAt: Nullable(Instant),
  reviewUntil: Nullable(DateString),
  next: Type.String({ description: '接下来会怎样' }),
})
export type PublicComplaintStatus = Static<typeof PublicComplaintStatus>

const number = Type.Object({ number: Type.String({ minLength: 4, maxLength: 40 }) })

export const publicComplaintRoutes = {
  form: {
    operationId: 'publicComplaintForm',
    summary: '举报表单的凭证与选项',
    tags: publicTags,
    response: { 200: PublicComplaintForm, ...problemResponses },
  },
  submit: {
    operationId: 'submitPublicComplaint',
    summary: '提交举报',
    tags: publicTags,
    body: PublicComplaintInput,
    response: { 201: PublicComplaintReceipt, ...problemResponses },
  },
  photo: {
    operationId: 'addPublicComplaintPhoto',
    summary: '补交一张照片（JPEG 或 PNG，5 MB 以内，至多 3 张）',
    tags: publicTags,
    params: number,
    querystring: Type.Object({ token: Type.String({ maxLength: 400 }) }),
    consumes: ['multipart/form-data'],
    response: { 204: NoContent, ...problemResponses },
  },
  status: {
    operationId: 'publicComplaintStatus',
    summary: '凭编号和查询码查看办理情况',
    tags: publicTags,
    params: number,
    querystring: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
    response: { 200: PublicComplaintStatus, ...problemResponses },
  },
} as const
