/** Transmission of data: rates with their counters, and hours that are missing. */
import { type Static, Type } from 'typebox'
import { DateString, Id, Instant, Nullable, problemResponses } from './common.ts'
import { BasisStatus, number, Party, tags } from './source-terms.ts'

const counters = {
  due: Type.Integer({ description: '应传条数' }),
  received: Type.Integer({ description: '实传条数' }),
  validDue: Type.Integer({ description: '有效应传条数' }),
  valid: Type.Integer({ description: '有效条数' }),
  transmissionRate: Nullable(Type.Number({ description: '传输率 received/due；不适用为 null' })),
  validRate: Nullable(number),
  effectiveRate: Nullable(Type.Number({ description: '有效传输率' })),
} as const
export const TransmissionRow = Type.Object({
  key: Type.String(),
  name: Type.String(),
  outlets: Type.Integer(),
  ...counters,
  realtime: Type.Object({ received: Type.Integer(), valid: Type.Integer(), effectiveRate: Nullable(number) }),
  applicable: Type.Boolean({ description: 'false：全部停运，不适用' }),
  alarm: Type.Boolean({ description: '低于告警阈值' }),
})
export type TransmissionRow = Static<typeof TransmissionRow>
export const TransmissionReport = Type.Object({
  from: DateString,
  to: DateString,
  by: Type.String(),
  threshold: Type.Object({ value: number, source: Type.String(), status: BasisStatus }),
  denominator: Type.Enum(['received', 'validDue']),
  items: Type.Array(TransmissionRow),
  total: TransmissionRow,
  days: Type.Array(Type.Object({ date: DateString, ...counters })),
})
export type TransmissionReport = Static<typeof TransmissionReport>
export const getTransmission = {
  operationId: 'getTransmission',
  summary: '数据传输有效率（分子、分母）',
  tags,
  querystring: Type.Object({
    from: DateString,
    to: Type.String({ format: 'date', description: '含该日' }),
    by: Type.Enum(['outlet', 'enterprise', 'county', 'operator', 'city']),
    enterpriseId: Type.Optional(Id),
    outletId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: TransmissionReport },
} as const // GET /sources/transmission

export const SourceMissingHours = Type.Object({
  from: Instant,
  hours: Type.Integer(),
  reasons: Type.Array(
    Type.Object({
      code: Type.String(),
      text: Type.String(),
      party: Type.String({ description: '责任方：企业、运维、平台、链路、无' }),
    }),
  ),
  outlets: Type.Array(
    Type.Object({
      outletId: Id,
      outletName: Type.String(),
      enterprise: Party,
      cells: Type.Array(Type.Integer({ description: '每小时一个原因下标' })),
      missingFactors: Type.Array(Type.Integer()),
    }),
  ),
})
export type SourceMissingHours = Static<typeof SourceMissingHours>
export const getSourceMissingHours = {
  operationId: 'getSourceMissingHours',
  summary: '排放口缺数时段及原因（每小时唯一原因）',
  tags,
  querystring: Type.Object({
    from: Instant,
    hours: Type.Integer({ minimum: 1, maximum: 744, default: 72 }),
    outletId: Type.Optional(Id),
    enterpriseId: Type.Optional(Id),
  }),
  response: { ...problemResponses, 200: SourceMissingHours },
} as const // GET /sources/missing-hours
