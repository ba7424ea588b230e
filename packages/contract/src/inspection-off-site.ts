/** What is checked from data before anybody drives, and what the desk found. */
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
import { closed, EnterpriseRef, Note, Reason, Status, tags, Version } from './inspection-terms.ts'
import { findingDecisions, findingStates, offSiteVerdicts } from './inspection-words.ts'

export const OffSiteItem = Type.Object({
  id: Type.String(),
  title: Type.String(),
  verdict: Type.Enum(offSiteVerdicts),
  finding: Type.String({ description: '结论，一句话' }),
  figures: Type.Array(
    Type.Object({ name: Type.String(), value: Type.Number(), unit: Nullable(Type.String()) }),
  ),
  rows: Type.Array(
    Type.Object({
      title: Type.String(),
      kind: Type.String({
        description: 'outlet、exceedance、mark、lead、permit、obligation、device、ticket',
      }),
      id: Nullable(Id),
      at: Nullable(Instant),
    }),
    { description: '依据的数据行' },
  ),
  basis: Type.String(),
  status: Status,
})
export const OffSiteCheck = Type.Object({
  enterpriseId: Id,
  enterpriseName: Type.String(),
  from: DateString,
  to: DateString,
  checkedAt: Instant,
  items: Type.Array(OffSiteItem),
  remaining: Type.Array(Type.Object({ theme: Type.String(), title: Type.String() }), {
    description: '数据查不出、须到现场的检查项',
  }),
})
export type OffSiteCheck = Static<typeof OffSiteCheck>
export const getOffSiteCheck = {
  operationId: 'getOffSiteCheck',
  summary: '非现场核查：能从数据查清的先查清',
  tags,
  params: Type.Object({ enterpriseId: Id }),
  querystring: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 30 })) }),
  response: { 200: OffSiteCheck, ...problemResponses },
} as const
export const OffSiteFinding = Type.Object({
  id: Id,
  enterprise: EnterpriseRef,
  regionCode: RegionCode,
  item: Type.String(),
  title: Type.String(),
  finding: Type.String(),
  state: Type.Enum(findingStates),
  decision: Nullable(Type.Enum(findingDecisions)),
  raisedAt: Instant,
  raisedBy: Type.String(),
  dueAt: Nullable(Instant),
  dueBasis: Nullable(Type.Object({ text: Type.String(), status: Status })),
  overdue: Type.Boolean(),
  verifyNote: Nullable(Type.String()),
  explanation: Nullable(Type.String()),
  decisionNote: Nullable(Type.String()),
  problemId: Nullable(Id),
  taskId: Nullable(Id),
  version: Type.Integer(),
})
export type OffSiteFinding = Static<typeof OffSiteFinding>
export const listFindings = {
  operationId: 'listOffSiteFindings',
  summary: '非现场发现',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    enterpriseId: Type.Optional(Id),
    state: Type.Optional(Type.Enum(findingStates)),
  }),
  response: { 200: Page(OffSiteFinding), ...problemResponses },
} as const
export const raiseFinding = {
  operationId: 'raiseOffSiteFinding',
  summary: '把一项异常登记为非现场发现',
  tags,
  params: Type.Object({ enterpriseId: Id }),
  body: Type.Object({ item: Type.String({ maxLength: 60 }), note: Type.Optional(Note) }, closed),
  response: { 201: OffSiteFinding, ...problemResponses },
} as const
export const verifyFinding = {
  operationId: 'verifyOffSiteFinding',
  summary: '核实非现场发现，请企业说明',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, note: Reason }, closed),
  response: { 200: OffSiteFinding, ...problemResponses },
} as const
export const explainFinding = {
  operationId: 'explainOffSiteFinding',
  summary: '企业说明',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, explanation: Reason }, closed),
  response: { 200: OffSiteFinding, ...problemResponses },
} as const
export const decideFinding = {
  operationId: 'decideOffSiteFinding',
  summary: '处理非现场发现：排除、提醒、现场检查、登记问题',
  tags,
  params: IdParams,
  body: Type.Object({ version: Version, decision: Type.Enum(findingDecisions), note: Reason }, closed),
  response: { 200: OffSiteFinding, ...problemResponses },
} as const
