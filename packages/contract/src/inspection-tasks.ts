/** Tasks on site. */
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
import {
  closed,
  EnterpriseRef,
  FileBody,
  Place,
  Reason,
  regionQuery,
  tags,
  VisitKindSchema,
} from './inspection-terms.ts'
import { capExceptions, checklistThemeNames, fieldConclusions } from './inspection-words.ts'

export const InspectionTask = Type.Object({
  id: Id,
  matterId: Id,
  number: Type.String(),
  kind: VisitKindSchema,
  title: Type.String(),
  state: Type.String({ description: '流程 inspection-task 的状态' }),
  stateTitle: Type.String(),
  phase: Type.String(),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  enterprise: Nullable(EnterpriseRef),
  place: Place,
  date: DateString,
  order: Type.Integer(),
  startMinute: Nullable(Type.Integer()),
  minutes: Type.Integer(),
  officers: Type.Array(
    Type.Object({ userId: Id, name: Type.String(), certificate: Nullable(Type.String()) }),
  ),
  planId: Nullable(Id),
  drawId: Nullable(Id),
  exception: Nullable(Type.Enum(capExceptions)),
  conclusion: Nullable(Type.Enum(fieldConclusions)),
  arrivedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
  problems: Type.Integer(),
  openConflicts: Type.Integer(),
  dueAt: Nullable(Instant),
  overdue: Type.Boolean(),
  version: Type.Integer({ description: '现场记录版本' }),
})
export type InspectionTask = Static<typeof InspectionTask>
export const InspectionTaskDetail = Type.Object({
  ...InspectionTask.properties,
  why: Type.Array(Type.String()),
  what: Type.Array(Type.String()),
  checklists: Type.Array(Type.Enum(checklistThemeNames)),
  refs: Type.Array(Type.Object({ kind: Type.String(), id: Id, title: Type.String() })),
  items: Type.Array(
    Type.Object({
      key: Type.String(),
      title: Type.String(),
      value: Type.Unknown(),
      at: Instant,
      by: Type.String(),
      version: Type.Integer(),
    }),
  ),
  problemsFound: Type.Array(Type.Object({ id: Id, number: Type.String(), title: Type.String() })),
  conflicts: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      versions: Type.Array(
        Type.Object({
          operationId: Type.String(),
          value: Type.Unknown(),
          at: Instant,
          by: Type.String(),
          device: Type.String(),
        }),
      ),
      decided: Nullable(
        Type.Object({ operationId: Type.String(), by: Type.String(), at: Instant, reason: Type.String() }),
      ),
    }),
  ),
  waitsFor: Type.Array(Type.String(), { description: '结束检查还差什么' }),
  devices: Type.Array(
    Type.Object({
      device: Type.String(),
      driftSeconds: Type.Number(),
      lastSyncAt: Instant,
      operations: Type.Integer(),
    }),
  ),
})
export type InspectionTaskDetail = Static<typeof InspectionTaskDetail>
export const listTasks = {
  operationId: 'listInspectionTasks',
  summary: '检查任务',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: Type.Optional(RegionCode),
    mine: Type.Optional(Type.Boolean()),
    from: Type.Optional(DateString),
    to: Type.Optional(DateString),
    state: Type.Optional(Type.String({ maxLength: 60 })),
    kind: Type.Optional(VisitKindSchema),
    enterpriseId: Type.Optional(Id),
    planId: Type.Optional(Id),
  }),
  response: { 200: Page(InspectionTask), ...problemResponses },
} as const
export const getTask = {
  operationId: 'getInspectionTask',
  summary: '一项检查任务与现场记录',
  tags,
  params: IdParams,
  response: { 200: InspectionTaskDetail, ...problemResponses },
} as const
export const openTask = {
  operationId: 'openInspectionTask',
  summary: '临时检查：不经计划的任务（写明依据）',
  tags,
  body: Type.Object(
    {
      enterpriseId: Id,
      kind: VisitKindSchema,
      date: DateString,
      officers: Type.Array(Id, { minItems: 2, maxItems: 10, description: '用户编号，不少于两人' }),
      checklists: Type.Array(Type.Enum(checklistThemeNames), { maxItems: 10 }),
      reason: Reason,
      exception: Type.Optional(Type.Enum(capExceptions)),
      leadId: Type.Optional(Id),
      commandId: Type.Optional(Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' })),
    },
    closed,
  ),
  response: { 201: InspectionTaskDetail, ...problemResponses },
} as const
export const taskRecordPage = {
  operationId: 'getInspectionRecordPage',
  summary: '现场检查（勘察）笔录（打印页）',
  tags,
  params: IdParams,
  response: { 200: FileBody, ...problemResponses },
} as const
export const InspectionSummary = Type.Object({
  planned: Type.Integer({ description: '本周任务' }),
  done: Type.Integer(),
  onSite: Type.Integer(),
  problems: Type.Integer({ description: '本周发现的问题' }),
  openConflicts: Type.Integer(),
  findings: Type.Integer({ description: '待处理的非现场发现' }),
  mine: Type.Integer({ description: '本人今日任务' }),
})
export type InspectionSummary = Static<typeof InspectionSummary>
export const getInspectionSummary = {
  operationId: 'getInspectionSummary',
  summary: '执法检查概况',
  tags,
  querystring: Type.Object({ ...regionQuery, date: Type.Optional(DateString) }),
  response: { 200: InspectionSummary, ...problemResponses },
} as const
