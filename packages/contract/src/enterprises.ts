/** Enterprises: list and dossier (一厂一档), one time line, and several registrations of one plant made one. */
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
import { Feature } from './registry.ts'

export const permitClasses = ['key', 'simplified', 'registered'] as const

/** Things that wait for somebody, counted by the room that keeps them. */
export const openThings = ['exceedance', 'lead', 'mark', 'obligation', 'matter', 'maintenance'] as const
export const OpenCount = Type.Object({
  kind: Type.Enum(openThings),
  count: Type.Integer({ minimum: 0 }),
})
export type OpenCount = Static<typeof OpenCount>

export const EnterpriseSummary = Type.Object({
  id: Id,
  code: Type.String({ description: '统一社会信用代码' }),
  name: Type.String(),
  formerNames: Type.Array(Type.String()),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  industry: Type.String({ description: 'GB/T 4754' }),
  industryName: Type.String(),
  sector: Type.String(),
  permitClass: Type.Enum(permitClasses),
  autoMonitored: Type.Boolean(),
  parkCode: Nullable(Type.String()),
  parkName: Nullable(Type.String()),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  outlets: Type.Object({ air: Type.Integer(), water: Type.Integer() }),
  devices: Type.Integer(),
  open: Type.Array(OpenCount, { description: '只含本人有权查看的种类' }),
})
export type EnterpriseSummary = Static<typeof EnterpriseSummary>

const tags = ['一厂一档 Enterprises']
export const listEnterprises = {
  operationId: 'listEnterprises',
  summary: '排污单位列表',
  description: '已并入其他单位的不列出；按旧代码、曾用名也能查到现行单位。',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    industry: Type.Optional(
      Type.String({ pattern: '^[A-T]\\d{0,4}$', description: '行业代码，可只给前几位' }),
    ),
    sector: Type.Optional(Type.String({ maxLength: 40 })),
    permitClass: Type.Optional(Type.Enum(permitClasses)),
    parkCode: Type.Optional(Type.String({ maxLength: 60 })),
    autoMonitored: Type.Optional(Type.Boolean()),
    search: Type.Optional(Type.String({ maxLength: 100, description: '名称、代码、曾用名、旧代码中的文字' })),
  }),
  response: { 200: Page(EnterpriseSummary), ...problemResponses },
} as const

export const outletStates = ['normal', 'exceeding', 'abnormal', 'stopped', 'offline', 'unknown'] as const
export const OutletState = Type.Object({
  state: Type.Enum(outletStates),
  at: Nullable(Instant),
  text: Nullable(Type.String({ description: '一句话说明，如“SO2 1 小时均值 52 mg/m³，限值 35”' })),
})
export type OutletState = Static<typeof OutletState>

export const DossierDevice = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  mn: Nullable(Type.String()),
  model: Type.String(),
  manufacturer: Type.String(),
  operator: Type.String(),
  acceptedOn: Nullable(DateString),
  lastCalibratedOn: Nullable(DateString),
  lastVerifiedOn: Nullable(DateString),
  parameters: Type.Array(
    Type.Object({
      factor: Type.String(),
      rangeHigh: Type.Number(),
      unit: Type.String(),
      slope: Type.Number(),
      intercept: Type.Number(),
      k: Type.Optional(Type.Number()),
      referenceO2: Type.Optional(Type.Number()),
      detectionLimit: Type.Optional(Type.Number()),
    }),
  ),
})
export const DossierFacility = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  type: Type.String(),
  process: Type.String(),
  ratedKw: Nullable(Type.Number()),
  designEfficiency: Nullable(Type.Number()),
})
export const DossierOutlet = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  number: Type.String(),
  medium: Type.Enum(['air', 'water']),
  main: Type.Boolean(),
  facility: Type.String(),
  factors: Type.Array(Type.String()),
  referenceO2: Nullable(Type.Number()),
  operator: Nullable(Type.String()),
  special: Type.Boolean(),
  ultraLow: Type.Boolean(),
  direct: Type.Boolean(),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  current: Nullable(OutletState),
  devices: Type.Array(DossierDevice),
  facilities: Type.Array(DossierFacility),
})
export type DossierOutlet = Static<typeof DossierOutlet>

export const DossierPermit = Type.Object({
  id: Id,
  code: Type.String({ description: '排污许可证编号' }),
  issuedOn: Nullable(DateString),
  expiresOn: Nullable(DateString),
  authority: Nullable(Type.String()),
  management: Nullable(Type.String()),
  state: Type.Enum(['valid', 'expiring', 'expired'], { description: 'expiring：90 日内到期' }),
  totals: Type.Array(Type.Object({ pollutant: Type.String(), tonnes: Type.Number() })),
})
export type DossierPermit = Static<typeof DossierPermit>

export const Dossier = Type.Object({
  feature: Feature,
  summary: EnterpriseSummary,
  legalRepresentative: Nullable(Type.String()),
  address: Nullable(Type.String()),
  contact: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  employees: Nullable(Type.Integer()),
  processes: Type.Array(Type.String()),
  formerCodes: Type.Array(Type.String()),
  operators: Type.Array(Type.String(), { description: '运维单位' }),
  permits: Type.Array(DossierPermit),
  outlets: Type.Array(DossierOutlet),
})
export type Dossier = Static<typeof Dossier>
export const getEnterprise = {
  operationId: 'getEnterprise',
  summary: '一厂一档',
  tags,
  params: IdParams,
  response: { 200: Dossier, ...problemResponses },
} as const
export const resolveEnterprise = {
  operationId: 'resolveEnterprise',
  summary: '按代码查排污单位',
  description: '现行代码、曾用代码和已并入的旧代码都查到现行单位。',
  tags,
  params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) }),
  response: { 200: Feature, ...problemResponses },
} as const

export const timelineKinds = [
  'registry',
  'permit',
  'mark',
  'exceedance',
  'lead',
  'maintenance',
  'report',
  'device',
  'matter',
] as const
export type TimelineKind = (typeof timelineKinds)[number]
/** One entry of a plant's time line. */
export const TimelineEntry = Type.Object({
  at: Instant,
  until: Type.Optional(Instant),
  kind: Type.Enum(timelineKinds),
  title: Type.String(),
  detail: Type.Optional(Type.String()),
  featureId: Id,
  link: Type.Optional(Type.String({ description: 'address inside the web application' })),
})
export type TimelineEntry = Static<typeof TimelineEntry>
export const enterpriseTimeline = {
  operationId: 'enterpriseTimeline',
  summary: '一厂一档时间轴',
  description: '新的在前；默认近一年；只含本人有权查看的种类。条目多于 limit 时以 next 续查更早的。',
  tags,
  params: IdParams,
  querystring: Type.Object({
    from: Type.Optional(DateString),
    to: Type.Optional(DateString),
    kinds: Type.Optional(Type.String({ maxLength: 200, description: '种类，逗号分隔' })),
    ...pageQuery,
  }),
  response: {
    200: Type.Interface([Page(TimelineEntry)], {
      counts: Type.Record(Type.String(), Type.Integer(), { description: '期间各种类的条数' }),
    }),
    ...problemResponses,
  },
} as const

// One enterprise under several registrations

export const EnterpriseRef = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  regionName: Nullable(Type.String()),
  outlets: Type.Integer(),
  devices: Type.Integer(),
  version: Type.Integer(),
})
export type EnterpriseRef = Static<typeof EnterpriseRef>

export const matchReasons = [
  'code-typo',
  'code-body',
  'former-code',
  'permit',
  'name',
  'former-name',
  'name-similar',
  'legal-representative',
  'near',
  'phone',
] as const
export const MatchReason = Type.Object({
  kind: Type.Enum(matchReasons),
  weight: Type.Number(),
  text: Type.String(),
})
export type MatchReason = Static<typeof MatchReason>
export const MergeProposal = Type.Object({
  keep: EnterpriseRef,
  drop: EnterpriseRef,
  score: Type.Number({ minimum: 0, maximum: 1 }),
  reasons: Type.Array(MatchReason),
  against: Type.Array(Type.String(), { description: '不支持归并的情况' }),
})
export type MergeProposal = Static<typeof MergeProposal>
export const listMergeProposals = {
  operationId: 'listMergeProposals',
  summary: '疑似重复的排污单位',
  tags,
  querystring: Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  }),
  response: {
    200: Type.Object({ items: Type.Array(MergeProposal), total: Type.Integer() }),
    ...problemResponses,
  },
} as const

const Reason = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' })
export const declareDistinct = {
  operationId: 'declareDistinct',
  summary: '认定为两个单位',
  tags,
  body: Type.Object({ aId: Id, bId: Id, reason: Reason }, { additionalProperties: false }),
  response: { 204: Type.Null({ description: '无内容' }), ...problemResponses },
} as const

export const MergeTwin = Type.Object({
  number: Type.String(),
  keep: Id,
  drop: Id,
})
export const MergePreview = Type.Object({
  keep: EnterpriseRef,
  drop: EnterpriseRef,
  moves: Type.Array(
    Type.Object({
      id: Id,
      kind: Type.String(),
      kindTitle: Type.String(),
      code: Type.String(),
      newCode: Type.String(),
      name: Type.String(),
    }),
  ),
  twins: Type.Array(MergeTwin, { description: '两边编号相同的排放口：视为同一排放口，保留 keep，drop 停用' }),
  organizationMoves: Type.Boolean({ description: '两边权属单位不同，下属对象随之改属' }),
})
export type MergePreview = Static<typeof MergePreview>
export const previewMerge = {
  operationId: 'previewMerge',
  summary: '预览归并',
  tags,
  params: IdParams,
  querystring: Type.Object({ dropId: Id }),
  response: { 200: MergePreview, ...problemResponses },
} as const

export const Merge = Type.Object({
  id: Id,
  keep: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
  drop: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
  reason: Type.String(),
  moved: Type.Integer(),
  mergedAt: Instant,
  mergedBy: Nullable(Type.String()),
  undoneAt: Nullable(Instant),
  undoneBy: Nullable(Type.String()),
  undoReason: Nullable(Type.String()),
})
export type Merge = Static<typeof Merge>
export const mergeEnterprises = {
  operationId: 'mergeEnterprises',
  summary: '归并重复的排污单位',
  description:
    '把 dropId 并入 id：排放口、设备、设施、许可证改挂，旧代码仍可查到；可撤销。versions 是读到的两个版本号。',
  tags,
  params: IdParams,
  body: Type.Object(
    {
      dropId: Id,
      reason: Reason,
      versions: Type.Object({ keep: Type.Integer(), drop: Type.Integer() }),
      twins: Type.Optional(
        Type.Array(Type.Object({ number: Type.String({ maxLength: 20 }), keep: Id }), { maxItems: 500 }),
      ),
    },
    { additionalProperties: false },
  ),
  response: { 201: Merge, ...problemResponses },
} as const
export const listMerges = {
  operationId: 'listMerges',
  summary: '归并记录',
  tags,
  querystring: Type.Object({ ...pageQuery }),
  response: { 200: Page(Merge), ...problemResponses },
} as const
export const undoMerge = {
  operationId: 'undoMerge',
  summary: '撤销归并',
  tags,
  params: IdParams,
  body: Type.Object({ reason: Reason }, { additionalProperties: false }),
  response: { 200: Merge, ...problemResponses },
} as const
