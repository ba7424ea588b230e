/** Tonnes: three ledgers, permitted against actual, total-emission reduction (总量减排), allowance (指标). */
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
  scopeQuery,
} from './common.ts'
import { Pollutant } from './permit-terms.ts'

const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'YYYY-MM' })
const Year = Type.Integer({ minimum: 2010, maximum: 2100 })
const tons = (description: string) => Type.Number({ description: `${description}，吨` })
export const NumberStatus = Type.Enum(['verified', 'unverified', 'design'], {
  description: 'verified 已核实；unverified 待核实；design 平台约定',
})

/* three ledgers */
export const LedgerMonth = Type.Object({
  month: Month,
  online: Nullable(tons('自动监测')),
  onlineValidShare: Nullable(Type.Number({ description: '有效数据占应有数据的比例，0–1' })),
  onlineUsable: Type.Boolean({ description: '缺失超过规定比例时不能作为核算依据' }),
  reported: Nullable(tons('执行报告')),
  accounted: Nullable(tons('系数核算')),
  /** Largest relative distance between two ledgers that both have a value; null: fewer than two. */
  divergence: Nullable(Type.Number({ description: '最大相对偏差，0–1' })),
  between: Nullable(Type.String({ description: '偏差最大的两本账' })),
  within: Nullable(Type.Boolean({ description: '偏差在容差内' })),
  leadId: Nullable(Type.Integer()),
})
export type LedgerMonth = Static<typeof LedgerMonth>
export const LedgerRow = Type.Object({
  outletId: Id,
  outletNumber: Type.String(),
  outletName: Type.String(),
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  pollutant: Pollutant,
  months: Type.Array(LedgerMonth),
  /** Sums from January to the last month that each ledger has. */
  online: Nullable(tons('自动监测合计')),
  reported: Nullable(tons('执行报告合计')),
  accounted: Nullable(tons('系数核算合计')),
  diverging: Type.Integer({ description: '超出容差的月数' }),
})
export type LedgerRow = Static<typeof LedgerRow>

export const PermittedAgainstActual = Type.Object({
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  regionCode: RegionCode,
  /** null: the plant's total. */
  outletNumber: Nullable(Type.String()),
  pollutant: Pollutant,
  permitted: Nullable(tons('许可年排放量')),
  actual: Nullable(tons('年初至今实际排放量')),
  basis: Type.String({ description: '实际量取自哪本账' }),
  usedPercent: Nullable(Type.Number({ description: '已用比例，%' })),
  forecast: Nullable(tons('按日均推算的全年排放量')),
  forecastPercent: Nullable(Type.Number({ description: '推算占许可量，%' })),
  standing: Type.Enum(['normal', 'warn-80', 'warn-90', 'projected', 'exceeded', 'unknown']),
  days: Type.Integer({ description: '已计入的天数' }),
})
export type PermittedAgainstActual = Static<typeof PermittedAgainstActual>

export const ConfigurableNumber = Type.Object({
  key: Type.String(),
  title: Type.String(),
  value: Type.Number(),
  unit: Type.String(),
  source: Type.String(),
  status: NumberStatus,
  updatedAt: Nullable(Instant),
})
export type ConfigurableNumber = Static<typeof ConfigurableNumber>

export const AccountingInput = Type.Object(
  {
    outletId: Id,
    pollutant: Pollutant,
    month: Month,
    activity: Type.Number({ minimum: 0, description: '产量或燃料量' }),
    activityUnit: Type.String({ minLength: 1, maxLength: 40 }),
    coefficientKgPerUnit: Type.Number({ minimum: 0, description: '产污系数，kg/单位' }),
    removalPercent: Type.Number({ minimum: 0, maximum: 100, description: '治理效率 η，%' }),
    /** Where activity, coefficient and efficiency come from. */
    reference: Type.String({ minLength: 2, maxLength: 400 }),
    coefficientStatus: Type.Enum(['verified', 'unverified']),
  },
  { additionalProperties: false },
)
export type AccountingInput = Static<typeof AccountingInput>
export const AccountingEntry = Type.Object({
  ...AccountingInput.properties,
  id: Id,
  outletNumber: Type.String(),
  enterpriseName: Type.String(),
  tonnes: tons('核算排放量'),
  directDischarge: Type.Boolean({ description: '按直排核算（不计治理效率）' }),
  formula: Type.String(),
  updatedAt: Instant,
})
export type AccountingEntry = Static<typeof AccountingEntry>

/* total-emission reduction */
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

export const reductionTypes = [
  'retrofit',
  'retrofit-auto',
  'fuel-switch',
  'closure',
  'sewage-new',
  'sewage-upgrade',
  'industrial-water',
  'water-reuse',
  'livestock',
  'vocs-source',
  'vocs-treatment',
  'vehicles',
] as const
export type ReductionType = (typeof reductionTypes)[number]
export const reductionStates = [
  'planned',
  'in-progress',
  'completed',
  'verified',
  'recognised',
  'rejected',
] as const
export type ReductionState = (typeof reductionStates)[number]

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

/* allowance */
export const AllowanceAccount = Type.Object({
  id: Id,
  name: Type.String(),
  pollutant: Pollutant,
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  origin: Type.Enum(['initial', 'purchased', 'pooled']),
  validFrom: DateString,
  validTo: Nullable(DateString),
  balance: tons('余额'),
  entries: Type.Integer(),
})
export type AllowanceAccount = Static<typeof AllowanceAccount>
export const AllowanceAccountInput = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 200 }),
    pollutant: Pollutant,
    regionCode: RegionCode,
    origin: Type.Enum(['initial', 'purchased', 'pooled']),
    validFrom: DateString,
    validTo: Type.Optional(Nullable(DateString)),
  },
  { additionalProperties: false },
)
export type AllowanceAccountInput = Static<typeof AllowanceAccountInput>
export const allowanceEntryKinds = ['initial', 'reduction', 'purchase', 'sale', 'offset', 'return'] as const
export const AllowanceEntry = Type.Object({
  id: Id,
  accountId: Id,
  at: Instant,
  by: Type.String(),
  kind: Type.Enum(allowanceEntryKinds),
  tonnes: Type.Number({ description: '收为正、支为负，吨' }),
  balance: tons('记后余额'),
  claimId: Nullable(Id),
  applicationId: Nullable(Id),
  reference: Type.String(),
})
export type AllowanceEntry = Static<typeof AllowanceEntry>
export const AllowanceEntryInput = Type.Object(
  {
    accountId: Id,
    kind: Type.Enum(['initial', 'reduction', 'purchase', 'sale']),
    tonnes: Type.Number({ exclusiveMinimum: 0, description: '吨，精确到公斤' }),
    claimId: Type.Optional(Id),
    reference: Type.String({ minLength: 2, maxLength: 400, description: '批文、合同或交易凭证' }),
  },
  { additionalProperties: false },
)
export type AllowanceEntryInput = Static<typeof AllowanceEntryInput>

export const SubstitutionNeed = Type.Object({
  pollutant: Pollutant,
  increment: tons('新增排放量'),
  ratio: Type.Number({ description: '替代比例：1 等量，大于 1 倍量' }),
  needed: tons('所需指标'),
  basis: Type.String(),
  status: NumberStatus,
})
export type SubstitutionNeed = Static<typeof SubstitutionNeed>
export const AllowanceApplicationInput = Type.Object(
  {
    projectCode: Type.String({ minLength: 2, maxLength: 60 }),
    projectName: Type.String({ minLength: 2, maxLength: 200 }),
    enterpriseId: Type.Optional(Nullable(Id)),
    regionCode: RegionCode,
    increments: Type.Array(
      Type.Object(
        { pollutant: Pollutant, tonnes: Type.Number({ exclusiveMinimum: 0 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 20 },
    ),
    /** What the control area failed last year: PM2.5, O3, COD, NH3-N …; empty: attained. */
    failing: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 20 }),
  },
  { additionalProperties: false },
)
export type AllowanceApplicationInput = Static<typeof AllowanceApplicationInput>
export const AllowanceApplication = Type.Object({
  id: Id,
  projectCode: Type.String(),
  projectName: Type.String(),
  enterpriseId: Nullable(Id),
  enterpriseName: Nullable(Type.String()),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  failing: Type.Array(Type.String()),
  needs: Type.Array(SubstitutionNeed),
  state: Type.Enum(['applied', 'approved', 'refused', 'returned']),
  appliedAt: Instant,
  appliedByName: Type.String(),
  decidedAt: Nullable(Instant),
  decidedByName: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  sources: Type.Array(
    Type.Object({ accountId: Id, accountName: Type.String(), pollutant: Pollutant, tonnes: Type.Number() }),
  ),
  version: Type.Integer(),
})
export type AllowanceApplication = Static<typeof AllowanceApplication>

const tags = ['总量 Totals']
export const totalRoutes = {
  listLedgers: {
    operationId: 'listTonnageLedgers',
    summary: '三本账：自动监测、执行报告、系数核算',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      ...scopeQuery,
      year: Year,
      pollutant: Type.Optional(Pollutant),
      diverging: Type.Optional(Type.Boolean({ description: '只看有偏差的' })),
    }),
    response: {
      200: Type.Object({
        ...Page(LedgerRow).properties,
        tolerance: ConfigurableNumber,
      }),
      ...problemResponses,
    },
  },
  listPermitted: {
    operationId: 'listPermittedAgainstActual',
    summary: '许可量与实际量、全年推算',
    tags,
    querystring: Type.Object({ ...scopeQuery, year: Year, outlets: Type.Optional(Type.Boolean()) }),
    response: {
      200: Type.Object({ items: Type.Array(PermittedAgainstActual), asOf: DateString }),
      ...problemResponses,
    },
  },
  reconcile: {
    operationId: 'reconcileTonnage',
    summary: '对三本账并生成偏差线索',
    tags,
    body: Type.Object({ year: Year }, { additionalProperties: false }),
    response: {
      200: Type.Object({
        compared: Type.Integer(),
        diverging: Type.Integer(),
        leads: Type.Integer({ description: '新开的线索数' }),
      }),
      ...problemResponses,
    },
  },
  listRules: {
    operationId: 'listTonnageRules',
    summary: '三本账与总量的可配置数值',
    tags,
    response: { 200: Type.Object({ items: Type.Array(ConfigurableNumber) }), ...problemResponses },
  },
  putRule: {
    operationId: 'putTonnageRule',
    summary: '修改一项可配置数值（须写明出处）',
    tags,
    params: Type.Object({ key: Type.String({ maxLength: 60 }) }),
    body: Type.Object(
      {
        value: Type.Number({ minimum: 0 }),
        source: Type.String({ minLength: 2, maxLength: 400 }),
        status: NumberStatus,
      },
      { additionalProperties: false },
    ),
    response: { 200: ConfigurableNumber, ...problemResponses },
  },
  listAccounting: {
    operationId: 'listAccountingEntries',
    summary: '系数核算的输入与结果',
    tags,
    querystring: Type.Object({ ...pageQuery, ...scopeQuery, year: Year, outletId: Type.Optional(Id) }),
    response: { 200: Page(AccountingEntry), ...problemResponses },
  },
  putAccounting: {
    operationId: 'putAccountingEntries',
    summary: '填报系数核算输入（同一排放口、污染物、月份以最近一次为准）',
    tags,
    body: Type.Object(
      { entries: Type.Array(AccountingInput, { minItems: 1, maxItems: 1000 }) },
      { additionalProperties: false },
    ),
    response: { 200: Type.Object({ stored: Type.Integer() }), ...problemResponses },
  },

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

  listAccounts: {
    operationId: 'listAllowanceAccounts',
    summary: '指标账户',
    tags,
    querystring: Type.Object({ regionCode: Type.Optional(RegionCode), pollutant: Type.Optional(Pollutant) }),
    response: { 200: Type.Object({ items: Type.Array(AllowanceAccount) }), ...problemResponses },
  },
  createAccount: {
    operationId: 'createAllowanceAccount',
    summary: '开立指标账户',
    tags,
    body: AllowanceAccountInput,
    response: { 201: AllowanceAccount, ...problemResponses },
  },
  listEntries: {
    operationId: 'listAllowanceEntries',
    summary: '指标账户明细（只增不改）',
    tags,
    params: IdParams,
    querystring: Type.Object({ ...pageQuery }),
    response: { 200: Page(AllowanceEntry), ...problemResponses },
  },
  addEntry: {
    operationId: 'addAllowanceEntry',
    summary: '记一笔指标：核发、减排量转入、购入、售出',
    tags,
    body: AllowanceEntryInput,
    response: { 201: AllowanceEntry, ...problemResponses },
  },
  listApplications: {
    operationId: 'listAllowanceApplications',
    summary: '新建项目的指标申请',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      regionCode: Type.Optional(RegionCode),
      state: Type.Optional(Type.Enum(['applied', 'approved', 'refused', 'returned'])),
    }),
    response: { 200: Page(AllowanceApplication), ...problemResponses },
  },
  createApplication: {
    operationId: 'createAllowanceApplication',
    summary: '登记新建项目所需指标（等量或倍量替代）',
    tags,
    body: AllowanceApplicationInput,
    response: { 201: AllowanceApplication, ...problemResponses },
  },
  decideApplication: {
    operationId: 'decideAllowanceApplication',
    summary: '审批指标申请：余额不足不予批准；审批人不得是登记人',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        decision: Type.Enum(['approve', 'refuse']),
        sources: Type.Optional(
          Type.Array(
            Type.Object(
              { accountId: Id, tonnes: Type.Number({ exclusiveMinimum: 0 }) },
              { additionalProperties: false },
            ),
            { maxItems: 50 },
          ),
        ),
        reason: Type.Optional(Type.String({ maxLength: 1000 })),
        version: Type.Integer({ minimum: 1 }),
      },
      { additionalProperties: false },
    ),
    response: { 200: AllowanceApplication, ...problemResponses },
  },
} as const
