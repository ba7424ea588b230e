/** The maintenance ledger: records, verdicts, what falls due. */
import { type Static, Type } from 'typebox'
import { DateString, Id, IdParams, Instant, Nullable, Page, pageQuery, problemResponses } from './common.ts'
import { BasisStatus, number, Party, Reason, tags } from './source-terms.ts'

export const maintenanceKinds = [
  'routine',
  'calibration',
  'verification',
  'repair',
  'standard-check',
  'comparison',
  'parameter-change',
] as const

export const MaintenanceKind = Type.Enum(maintenanceKinds, {
  description:
    'routine 日常巡检；calibration 校准；verification 校验；repair 故障维修；standard-check 标样核查；comparison 实际水样（参比方法）比对；parameter-change 参数变更',
})
export type MaintenanceKind = Static<typeof MaintenanceKind>
export const ComparisonPair = Type.Object({ online: number, reference: number })
export const MaintenanceInput = Type.Object(
  {
    outletId: Id,
    kind: MaintenanceKind,
    factor: Type.Optional(Nullable(Type.String({ maxLength: 20 }))),
    from: Instant,
    to: Instant,
    technician: Type.String({ minLength: 1, maxLength: 60 }),
    company: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
    content: Type.String({ minLength: 2, maxLength: 2000 }),
    passed: Type.Optional(Nullable(Type.Boolean({ description: '无法由数值判定的项目由运维人员填写' }))),
    zeroDriftPercent: Type.Optional(Nullable(Type.Number({ description: '零点漂移 %F.S.' }))),
    spanDriftPercent: Type.Optional(Nullable(Type.Number({ description: '量程漂移 %F.S.' }))),
    pairs: Type.Optional(Type.Array(ComparisonPair, { maxItems: 60 })),
    parameter: Type.Optional(
      Nullable(Type.Object({ name: Type.String(), before: Type.String(), after: Type.String() })),
    ),
  },
  { additionalProperties: false },
)
export type MaintenanceInput = Static<typeof MaintenanceInput>
export const MaintenanceRecord = Type.Object({
  id: Id,
  outletId: Id,
  outletName: Type.String(),
  enterprise: Party,
  kind: MaintenanceKind,
  factor: Nullable(Type.String()),
  from: Instant,
  to: Instant,
  technician: Type.String(),
  company: Nullable(Type.String()),
  content: Type.String(),
  passed: Nullable(Type.Boolean()),
  verdict: Nullable(Type.String({ description: '判定依据与数值' })),
  verdictStatus: Nullable(BasisStatus),
  zeroDriftPercent: Nullable(number),
  spanDriftPercent: Nullable(number),
  pairs: Type.Array(ComparisonPair),
  parameter: Nullable(Type.Object({ name: Type.String(), before: Type.String(), after: Type.String() })),
  nextDue: Nullable(DateString),
  writtenBy: Type.String(),
  writtenAt: Instant,
  withdrawn: Nullable(Type.Object({ by: Type.String(), at: Instant, reason: Type.String() })),
})
export type MaintenanceRecord = Static<typeof MaintenanceRecord>
export const listMaintenance = {
  operationId: 'listMaintenance',
  summary: '运维台账',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    outletId: Type.Optional(Id),
    enterpriseId: Type.Optional(Id),
    kind: Type.Optional(MaintenanceKind),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
  }),
  response: { ...problemResponses, 200: Page(MaintenanceRecord) },
} as const // GET /sources/maintenance
export const writeMaintenance = {
  operationId: 'writeMaintenance',
  summary: '登记运维记录',
  tags,
  body: MaintenanceInput,
  response: { ...problemResponses, 201: MaintenanceRecord },
} as const // POST /sources/maintenance  (maintenance:write)
export const withdrawMaintenance = {
  operationId: 'withdrawMaintenance',
  summary: '撤销运维记录',
  tags,
  params: IdParams,
  body: Type.Object({ reason: Reason }, { additionalProperties: false }),
  response: { ...problemResponses, 200: MaintenanceRecord },
} as const // POST /sources/maintenance/:id/withdraw  (maintenance:write)
export const MaintenanceDue = Type.Object({
  items: Type.Array(
    Type.Object({
      outletId: Id,
      outletName: Type.String(),
      enterprise: Party,
      operator: Nullable(Type.String()),
      kind: MaintenanceKind,
      last: Nullable(Instant),
      due: Nullable(DateString),
      state: Type.Enum(['in-date', 'due-soon', 'overdue', 'never']),
      everyDays: Type.Integer(),
      source: Type.String(),
      status: BasisStatus,
    }),
  ),
})
export type MaintenanceDue = Static<typeof MaintenanceDue>
export const listMaintenanceDue = {
  operationId: 'listMaintenanceDue',
  summary: '校准、校验到期与超期',
  tags,
  querystring: Type.Object({
    enterpriseId: Type.Optional(Id),
    outletId: Type.Optional(Id),
    state: Type.Optional(Type.Enum(['in-date', 'due-soon', 'overdue', 'never'])),
  }),
  response: { ...problemResponses, 200: MaintenanceDue },
} as const // GET /sources/maintenance-due
