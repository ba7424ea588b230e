/** Total-emission reduction (总量减排): targets, projects, claims and their review, progress. */
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
import { Pollutant } from './permit-terms.ts'
import { reductionStates, reductionTypes } from './reduction-words.ts'
import { NumberStatus, tags, tons, Year } from './total-terms.ts'

export const ReductionTargetInput = Type.Object(
  {
    year: Year,
    regionCode: RegionCode,
    pollutant: Pollutant,
    tonnes: Type.Number({ minimum: 0, description: '当年应完成减排量，吨' }),
    /** Five-year period that the year belongs to, and its target, where the province gave one. */
    planTonnes: Type.Optional(Nullable(Type.Number({ minimum: 0, description: '五年目标，吨' }))),
    planFrom: Type.Optional(Nullable(Year)),
    planTo: Type.Optional(Nullable(Year)),
    source: Type.String({ minLength: 2, maxLength: 400, description: '下达文件' }),
  },
  { additionalProperties: false },
)
export type ReductionTargetInput = Static<typeof ReductionTargetInput>
export const ReductionTarget = Type.Object({
  ...ReductionTargetInput.properties,
  id: Id,
  regionName: Nullable(Type.String()),
  version: Type.Integer(),
})
export type ReductionTarget = Static<typeof ReductionTarget>

export const ReductionProjectInput = Type.Object(
  {
    code: Type.String({ minLength: 2, maxLength: 60, description: '项目编号' }),
    name: Type.String({ minLength: 2, maxLength: 200 }),
    type: Type.Enum(reductionTypes),
    /** Enterprise or outlet in the registry. */
    subjectId: Id,
    /** Line or facility of the subject, so that two projects at one outlet stay apart. */
    facility: Type.String({ maxLength: 60 }),
    startsOn: Type.Optional(Nullable(DateString)),
    completedOn: Type.Optional(Nullable(DateString)),
    processBefore: Type.Optional(Nullable(Type.String({ maxLength: 400 }))),
    processAfter: Type.Optional(Nullable(Type.String({ maxLength: 400 }))),
    baseEmission: Type.Optional(Nullable(Type.Number({ minimum: 0, description: '基准年排放量，吨' }))),
    baseSource: Type.Optional(Nullable(Type.String({ maxLength: 400 }))),
  },
  { additionalProperties: false },
)
export type ReductionProjectInput = Static<typeof ReductionProjectInput>

export const ReductionEvidence = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    reference: Type.String({ minLength: 1, maxLength: 400, description: '文件编号、链接或档案号' }),
    sha256: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
    lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  },
  { additionalProperties: false },
)
export type ReductionEvidence = Static<typeof ReductionEvidence>

/** What a project is counted with in one year for one pollutant. */
export const ReductionClaimInput = Type.Object(
  {
    pollutant: Pollutant,
    year: Year,
    /** Inputs of the formula of the project's type (evaluator total.reduction). */
    inputs: Type.Record(Type.String(), Type.Unknown()),
    inputReferences: Type.Array(Type.String({ maxLength: 200 }), {
      maxItems: 50,
      description: '各输入的出处',
    }),
    evidence: Type.Array(ReductionEvidence, { maxItems: 100 }),
  },
  { additionalProperties: false },
)
export type ReductionClaimInput = Static<typeof ReductionClaimInput>

export const ReductionHistory = Type.Object({
  at: Instant,
  by: Type.String(),
  event: Type.String(),
  from: Nullable(Type.Enum(reductionStates)),
  to: Type.Enum(reductionStates),
  tonnes: Nullable(Type.Number()),
  reason: Nullable(Type.String()),
})
const TraceStep = Type.Object({
  rule: Type.String(),
  result: Type.Union([Type.Number(), Type.String(), Type.Null()]),
  formula: Nullable(Type.String()),
  clause: Type.String(),
})
export const ReductionClaim = Type.Object({
  id: Id,
  projectId: Id,
  code: Type.String(),
  name: Type.String(),
  type: Type.Enum(reductionTypes),
  subjectId: Id,
  subjectName: Type.String(),
  facility: Type.String(),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  pollutant: Pollutant,
  year: Year,
  state: Type.Enum(reductionStates),
  claimed: tons('申报减排量'),
  nextYear: tons('结转次年'),
  verified: Nullable(tons('市级核定量')),
  recognised: Nullable(tons('省级认定量')),
  /** Left the pool: put into an allowance account or sold. */
  moved: tons('已转作指标'),
  reason: Nullable(Type.String({ description: '不予认定的理由' })),
  writtenBy: Type.Integer(),
  writtenByName: Type.String(),
  reviewedByName: Nullable(Type.String()),
  version: Type.Integer(),
})
export type ReductionClaim = Static<typeof ReductionClaim>
export const ReductionClaimDetail = Type.Object({
  ...ReductionClaim.properties,
  project: Type.Object({ ...ReductionProjectInput.properties, id: Id, version: Type.Integer() }),
  inputs: Type.Record(Type.String(), Type.Unknown()),
  inputReferences: Type.Array(Type.String()),
  evidence: Type.Array(ReductionEvidence),
  trace: Type.Array(TraceStep),
  coefficientStatus: NumberStatus,
  history: Type.Array(ReductionHistory),
})
export type ReductionClaimDetail = Static<typeof ReductionClaimDetail>

export const ReductionProgress = Type.Object({
  year: Year,
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  pollutant: Pollutant,
  target: tons('目标'),
  finished: tons('已认定（扣除已转作指标的量）'),
  verified: tons('市级已核定、待认定'),
  underway: tons('在建与已完工、待核定'),
  remaining: tons('尚差'),
  percent: Nullable(Type.Number({ description: '完成率，%' })),
  /** Share of the year that has gone, or of the five-year plan. */
  schedulePercent: Type.Number({ description: '序时进度，%' }),
  light: Type.Enum(['green', 'yellow', 'red']),
  projects: Type.Integer(),
  plan: Nullable(
    Type.Object({
      from: Year,
      to: Year,
      target: Type.Number(),
      finished: Type.Number(),
      remaining: Type.Number(),
      percent: Type.Number(),
      schedulePercent: Type.Number(),
      light: Type.Enum(['green', 'yellow', 'red']),
    }),
  ),
  source: Type.String(),
})
export type ReductionProgress = Static<typeof ReductionProgress>

export const reductionRoutes = {
  listReductionTargets: {
    operationId: 'listReductionTargets',
    summary: '减排目标',
    tags,
    querystring: Type.Object({ year: Type.Optional(Year), regionCode: Type.Optional(RegionCode) }),
    response: { 200: Type.Object({ items: Type.Array(ReductionTarget) }), ...problemResponses },
  },
  putReductionTarget: {
    operationId: 'putReductionTarget',
    summary: '登记或修改减排目标（年度、行政区、污染物唯一）',
    tags,
    body: ReductionTargetInput,
    response: { 200: ReductionTarget, ...problemResponses },
  },
  reductionProgress: {
    operationId: 'reductionProgress',
    summary: '减排进度：目标、完成、剩余',
    tags,
    querystring: Type.Object({ year: Year, regionCode: Type.Optional(RegionCode) }),
    response: {
      200: Type.Object({ items: Type.Array(ReductionProgress), asOf: DateString }),
      ...problemResponses,
    },
  },
  listReductions: {
    operationId: 'listReductionClaims',
    summary: '减排项目与核算量',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      year: Type.Optional(Year),
      regionCode: Type.Optional(RegionCode),
      pollutant: Type.Optional(Pollutant),
      state: Type.Optional(Type.Enum(reductionStates)),
    }),
    response: { 200: Page(ReductionClaim), ...problemResponses },
  },
  getReduction: {
    operationId: 'getReductionClaim',
    summary: '一个减排项目的核算过程与审核记录',
    tags,
    params: IdParams,
    response: { 200: ReductionClaimDetail, ...problemResponses },
  },
  createReductionProject: {
    operationId: 'createReductionProject',
    summary: '登记减排项目及其核算',
    tags,
    body: Type.Object(
      {
        project: ReductionProjectInput,
        claims: Type.Array(ReductionClaimInput, { minItems: 1, maxItems: 20 }),
      },
      { additionalProperties: false },
    ),
    response: {
      201: Type.Object({ projectId: Id, claims: Type.Array(ReductionClaimDetail) }),
      ...problemResponses,
    },
  },
  addReductionClaim: {
    operationId: 'addReductionClaim',
    summary: '为已登记的项目增加一个年度或污染物的核算',
    tags,
    params: IdParams,
    body: ReductionClaimInput,
    response: { 201: ReductionClaimDetail, ...problemResponses },
  },
  changeReduction: {
    operationId: 'changeReductionClaim',
    summary: '修改核算输入与证据（核定前）',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        inputs: ReductionClaimInput.properties.inputs,
        inputReferences: ReductionClaimInput.properties.inputReferences,
        evidence: ReductionClaimInput.properties.evidence,
        version: Type.Integer({ minimum: 1 }),
      },
      { additionalProperties: false },
    ),
    response: { 200: ReductionClaimDetail, ...problemResponses },
  },
  advanceReduction: {
    operationId: 'advanceReductionClaim',
    summary: '推进减排项目：开工、完工',
    tags,
    params: IdParams,
    body: Type.Object(
      { event: Type.Enum(['start', 'complete']), version: Type.Integer({ minimum: 1 }) },
      { additionalProperties: false },
    ),
    response: { 200: ReductionClaimDetail, ...problemResponses },
  },
  reviewReduction: {
    operationId: 'reviewReductionClaim',
    summary: '审核减排量：市级核定、省级认定、不予认定（审核人不得是填报人）',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        event: Type.Enum(['verify', 'recognise', 'reject']),
        tonnes: Type.Optional(Type.Number({ minimum: 0, description: '核定量或认定量' })),
        reason: Type.Optional(Type.String({ maxLength: 1000 })),
        version: Type.Integer({ minimum: 1 }),
      },
      { additionalProperties: false },
    ),
    response: { 200: ReductionClaimDetail, ...problemResponses },
  },
} as const
