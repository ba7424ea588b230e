/** Allowance (指标): accounts, entries, applications of new projects. */
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
import { NumberStatus, tags, tons } from './total-terms.ts'

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

export const allowanceRoutes = {
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
