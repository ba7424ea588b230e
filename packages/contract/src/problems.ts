/** Problems (问题): what was found, one number each, with every source kept; matters are the work on them. */
import { type Static, Type } from 'typebox'
import { Id, IdParams, Instant, Nullable, Page, pageQuery, problemResponses, RegionCode } from './common.ts'
import { LeadBrief, similarityKinds } from './leads.ts'
import { causeKindNames, problemSources, problemStates, problemThemes } from './matter-words.ts'
import { MatterBrief, MatterOpening } from './matters.ts'

const Named = Type.Object({ id: Id, name: Type.String() })
const Source = Type.Enum(problemSources)
const Theme = Type.Enum(problemThemes)

export const ProblemBrief = Type.Object({
  id: Id,
  number: Type.String(),
  title: Type.String(),
  theme: Theme,
  state: Type.Enum(problemStates),
  source: Type.Enum(problemSources, { description: '最先登记的来源' }),
  sources: Type.Integer({ description: '来源数，含归并进来的' }),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  enterprise: Nullable(Named),
  feature: Nullable(Type.Object({ id: Id, kind: Type.String(), code: Type.String(), name: Type.String() })),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  foundAt: Instant,
  registeredAt: Instant,
  matters: Type.Integer(),
  openMatters: Type.Integer(),
  mergedInto: Nullable(Type.Object({ id: Id, number: Type.String() })),
  version: Type.Integer(),
})
export type ProblemBrief = Static<typeof ProblemBrief>

export const ProblemSourceEntry = Type.Object({
  id: Id,
  source: Source,
  ref: Nullable(Type.String({ description: '来源编号，如线索号、督察清单序号' })),
  title: Type.String(),
  detail: Type.String(),
  foundAt: Instant,
  registeredAt: Instant,
  registeredBy: Nullable(Type.String()),
  problem: Type.Object(
    { id: Id, number: Type.String() },
    { description: '登记时的问题；归并进来的为原编号' },
  ),
})
export type ProblemSourceEntry = Static<typeof ProblemSourceEntry>

export const ProblemCause = Type.Object({
  id: Id,
  kind: Type.Enum(causeKindNames),
  bottleneck: Type.Boolean({ description: '是：堵点；否：根源' }),
  text: Type.String(),
  at: Instant,
  by: Nullable(Type.String()),
})
export type ProblemCause = Static<typeof ProblemCause>

export const ProblemDuplicate = Type.Object({
  problem: ProblemBrief,
  score: Type.Number({ minimum: 0, maximum: 1 }),
  reasons: Type.Array(Type.String(), { description: '如“同一对象”“相距 120 米”“表述相近 72%”' }),
})
export type ProblemDuplicate = Static<typeof ProblemDuplicate>

export const ProblemMerge = Type.Object({
  id: Id,
  from: Type.Object({ id: Id, number: Type.String() }),
  into: Type.Object({ id: Id, number: Type.String() }),
  reason: Type.String(),
  at: Instant,
  by: Nullable(Type.String()),
  undoneAt: Nullable(Instant),
  undoReason: Nullable(Type.String()),
})
export type ProblemMerge = Static<typeof ProblemMerge>

export const ProblemDetail = Type.Object({
  problem: ProblemBrief,
  detail: Type.String(),
  sources: Type.Array(ProblemSourceEntry),
  causes: Type.Array(ProblemCause),
  merges: Type.Array(ProblemMerge),
  matters: Type.Array(MatterBrief),
  duplicates: Type.Array(ProblemDuplicate, { description: '疑似重复，按得分' }),
})
export type ProblemDetail = Static<typeof ProblemDetail>

export const SimilarEnterprise = Type.Object({
  enterprise: Named,
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  similarity: Type.Number({ description: '1 − Π(1 − w)' }),
  reasons: Type.Array(
    Type.Object({ kind: Type.Enum(similarityKinds), weight: Type.Number(), text: Type.String() }),
  ),
  openProblems: Type.Integer(),
  sameTheme: Type.Integer({ description: '同类问题数（含已解决）' }),
})
export type SimilarEnterprise = Static<typeof SimilarEnterprise>

/** How many problems a root cause or a bottleneck stands behind. */
export const CauseCount = Type.Object({
  kind: Type.Enum(causeKindNames),
  bottleneck: Type.Boolean(),
  problems: Type.Integer(),
  open: Type.Integer({ description: '其中未解决的' }),
})
export type CauseCount = Static<typeof CauseCount>

/** What nobody works on: nothing found may be lost. */
export const Unattended = Type.Object({
  problems: Type.Array(ProblemBrief, { description: '没有事项的问题' }),
  problemCount: Type.Integer(),
  leads: Type.Array(LeadBrief, { description: '已查实、未登记问题的线索' }),
  leadCount: Type.Integer(),
})
export type Unattended = Static<typeof Unattended>

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
const tags = ['问题台账 Problems']
const answer = { 200: ProblemDetail, ...problemResponses } as const
const registered = {
  201: Type.Object({
    problem: ProblemDetail,
    matter: Nullable(Type.Object({ id: Id, number: Type.String() })),
  }),
  ...problemResponses,
} as const

export const problemFilter = {
  state: Type.Optional(
    Type.Enum(['active', 'all', ...problemStates] as const, {
      description: 'active 未解决；缺省为全部未归并的',
    }),
  ),
  source: Type.Optional(Source),
  theme: Type.Optional(Theme),
  regionCode: Type.Optional(Type.Integer({ description: '市级代码包含所辖区县' })),
  enterpriseId: Type.Optional(Id),
  featureId: Type.Optional(Id),
  cause: Type.Optional(Type.Enum(causeKindNames, { description: '登记了该根源或堵点的' })),
  search: Type.Optional(Type.String({ maxLength: 100, description: '编号、标题、企业名称中的文字' })),
} as const

export const problemRoutes = {
  list: {
    operationId: 'listProblems',
    summary: '问题台账',
    tags,
    querystring: Type.Object({ ...pageQuery, ...problemFilter }),
    response: { 200: Page(ProblemBrief), ...problemResponses },
  },
  export: {
    operationId: 'exportProblems',
    summary: '导出问题台账',
    tags,
    params: Type.Object({ format: Type.Enum(['csv', 'xlsx']) }),
    querystring: Type.Object({ ...problemFilter }),
    response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
  },
  causes: {
    operationId: 'countProblemCauses',
    summary: '根源与堵点汇总',
    description: '按问题数，未归并的；多的在前。',
    tags,
    querystring: Type.Object({ regionCode: problemFilter.regionCode }),
    response: { 200: Type.Object({ items: Type.Array(CauseCount) }), ...problemResponses },
  },
  unattended: {
    operationId: 'unattendedProblems',
    summary: '无人办理的问题和线索',
    tags,
    querystring: Type.Object({ limit: pageQuery.limit }),
    response: { 200: Unattended, ...problemResponses },
  },
  get: {
    operationId: 'getProblem',
    summary: '问题详情',
    tags,
    params: IdParams,
    response: answer,
  },
  register: {
    operationId: 'registerProblem',
    summary: '登记问题，可同时立项',
    tags,
    body: Type.Object(
      {
        source: Source,
        ref: Type.Optional(Type.String({ maxLength: 200 })),
        title: Type.String({ minLength: 2, maxLength: 200 }),
        detail: Type.String({ maxLength: 8000 }),
        theme: Theme,
        regionCode: RegionCode,
        enterpriseId: Type.Optional(Id),
        featureId: Type.Optional(Id),
        lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
        lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
        foundAt: Type.Optional(Instant),
        open: Type.Optional(MatterOpening),
        commandId,
      },
      closed,
    ),
    response: registered,
  },
  fromLead: {
    operationId: 'registerProblemFromLead',
    summary: '线索查实：登记问题并立项（一次完成）',
    tags,
    body: Type.Object(
      {
        leadId: Id,
        version: Type.Integer({ minimum: 1, description: '线索的版本号' }),
        grounds: Type.String({ minLength: 2, maxLength: 2000, description: '查实依据' }),
        title: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
        theme: Type.Optional(Theme),
        open: Type.Optional(MatterOpening),
        commandId,
      },
      closed,
    ),
    response: registered,
  },
  merge: {
    operationId: 'mergeProblem',
    summary: '归并到另一个问题（来源都保留）',
    tags,
    params: IdParams,
    body: Type.Object(
      { version, intoId: Id, reason: Type.String({ minLength: 2, maxLength: 2000 }) },
      closed,
    ),
    response: answer,
  },
  unmerge: {
    operationId: 'unmergeProblem',
    summary: '撤销归并',
    tags,
    params: IdParams,
    body: Type.Object({ version, reason: Type.String({ minLength: 2, maxLength: 2000 }) }, closed),
    response: answer,
  },
  addCause: {
    operationId: 'addProblemCause',
    summary: '登记根源或堵点',
    tags,
    params: IdParams,
    body: Type.Object({ kind: Type.Enum(causeKindNames), text: Type.String({ maxLength: 2000 }) }, closed),
    response: answer,
  },
  removeCause: {
    operationId: 'removeProblemCause',
    summary: '撤销一条根源或堵点（须写明理由）',
    tags,
    params: Type.Object({ id: Id, causeId: Id }),
    body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 2000 }) }, closed),
    response: answer,
  },
  similar: {
    operationId: 'similarEnterprises',
    summary: '举一反三：相似企业',
    tags,
    params: IdParams,
    querystring: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    }),
    response: { 200: Type.Object({ items: Type.Array(SimilarEnterprise) }), ...problemResponses },
  },
  exportSimilar: {
    operationId: 'exportSimilarEnterprises',
    summary: '导出举一反三排查清单',
    tags,
    params: Type.Object({ id: Id, format: Type.Enum(['csv', 'xlsx']) }),
    response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
  },
} as const
