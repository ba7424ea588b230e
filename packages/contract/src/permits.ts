/** Discharge permits (排污许可): the list and one of them, and all routes of the room. */
import { type Static, Type } from 'typebox'
import {
  DateString,
  Id,
  IdParams,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
  scopeQuery,
} from './common.ts'
import { PermitFinding, PermitProperties } from './permit-document.ts'
import { ObligationCounts, obligationRoutes } from './permit-obligations.ts'
import { executionReportRoutes } from './permit-reports.ts'
import { tags } from './permit-terms.ts'

export const PermitSummary = Type.Object({
  id: Id,
  number: Type.String(),
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  management: Type.Enum(['key', 'simplified']),
  issuedOn: DateString,
  expiresOn: DateString,
  renewalBy: DateString,
  standing: Type.Enum(['valid', 'expiring', 'expired'], {
    description: 'expiring：已到延续申请期限（届满前60日）',
  }),
  outlets: Type.Integer(),
  findings: Type.Integer({ description: '证内矛盾与缺项个数' }),
  counts: ObligationCounts,
})
export type PermitSummary = Static<typeof PermitSummary>

export const ProcedureDeadline = Type.Object({
  event: Type.String(),
  title: Type.String(),
  calendar: DateString,
  working: Nullable(DateString),
  provisional: Type.Boolean({ description: '工作日历未公布，结果暂定' }),
  clause: Type.String(),
})
export const PermitDetail = Type.Object({
  ...PermitSummary.properties,
  document: PermitProperties,
  contradictions: Type.Array(PermitFinding),
  deadlines: Type.Array(ProcedureDeadline),
  version: Type.Integer(),
})
export type PermitDetail = Static<typeof PermitDetail>

export const permitRoutes = {
  listPermits: {
    operationId: 'listPermits',
    summary: '排污许可证',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      ...scopeQuery,
      search: Type.Optional(Type.String({ maxLength: 100 })),
      standing: Type.Optional(Type.Enum(['valid', 'expiring', 'expired'])),
    }),
    response: { 200: Page(PermitSummary), ...problemResponses },
  },
  getPermit: {
    operationId: 'getPermit',
    summary: '一份排污许可证：内容、证内矛盾、期限',
    tags,
    params: IdParams,
    response: { 200: PermitDetail, ...problemResponses },
  },
  ...obligationRoutes,
  ...executionReportRoutes,
} as const
