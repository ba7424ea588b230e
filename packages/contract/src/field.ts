/** The phone on site: one parcel for days without signal, and operations that come back exactly once. */
import { type Static, Type } from 'typebox'
import { DateString, Id, Instant, Nullable, problemResponses, RegionCode } from './common.ts'
import { Checklist, LawText } from './inspection-checklists.ts'
import { OffSiteCheck } from './inspection-off-site.ts'
import {
  answerVerdicts,
  fieldConclusions,
  fieldOperationKinds,
  recordFieldNames,
  signatureRoles,
  visitKinds,
} from './inspection-words.ts'

const tags = ['现场检查 Field']
const Text = (max: number) => Type.String({ maxLength: max })

export const maxFieldPackBytes = 5 * 1024 * 1024
export const maxFieldOperations = 500
/** A signature is a small picture: PNG, base64. */
export const maxSignatureBytes = 200 * 1024

const Fix = Type.Object(
  {
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    accuracyM: Type.Optional(Nullable(Type.Number({ minimum: 0 }))),
  },
  { additionalProperties: false },
)

/** Payload by kind of operation; the server checks it before applying. */
export const fieldPayloads = {
  arrive: Fix,
  certificate: Type.Object(
    {
      officers: Type.Array(
        Type.Object(
          { userId: Id, certificate: Type.String({ minLength: 1, maxLength: 60 }) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 10 },
      ),
      shownTo: Text(100),
      how: Type.Optional(Type.Enum(['shown', 'audio', 'video'])),
    },
    { additionalProperties: false },
  ),
  /** `item` is the id of a checklist item. */
  answer: Type.Object(
    {
      item: Type.String({ minLength: 1, maxLength: 60 }),
      verdict: Type.Enum(answerVerdicts),
      value: Type.Optional(Nullable(Type.Number())),
      note: Type.Optional(Text(2000)),
      photos: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9a-f]{64}$' }), { maxItems: 20 })),
    },
    { additionalProperties: false },
  ),
  record: Type.Object(
    { field: Type.Enum(recordFieldNames), value: Text(20_000) },
    { additionalProperties: false },
  ),
  /** The bytes go to the evidence room (POST /evidence/uploads, subject {kind: 'inspection'}). */
  photo: Type.Object(
    {
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      title: Text(200),
      demand: Type.Optional(Text(60)),
      takenAt: Type.Optional(Instant),
      lon: Type.Optional(Nullable(Type.Number())),
      lat: Type.Optional(Nullable(Type.Number())),
    },
    { additionalProperties: false },
  ),
  sample: Type.Object(
    {
      sampleId: Type.String({ minLength: 1, maxLength: 60 }),
      point: Text(200),
      kind: Text(60),
      amount: Text(60),
      container: Text(100),
      preservation: Type.Optional(Text(200)),
      seal: Text(60),
      takenAt: Instant,
      note: Type.Optional(Text(1000)),
    },
    { additionalProperties: false },
  ),
  problem: Type.Object(
    {
      problemKey: Type.String({ minLength: 8, maxLength: 64, description: '设备上生成的编号' }),
      title: Type.String({ minLength: 2, maxLength: 200 }),
      detail: Text(4000),
      theme: Text(60),
      item: Type.Optional(Text(60)),
      featureId: Type.Optional(Nullable(Id)),
      lon: Type.Optional(Nullable(Type.Number())),
      lat: Type.Optional(Nullable(Type.Number())),
    },
    { additionalProperties: false },
  ),
  signature: Type.Object(
    {
      role: Type.Enum(signatureRoles),
      name: Type.String({ minLength: 1, maxLength: 60 }),
      png: Type.String({ maxLength: 280_000, description: 'PNG，base64' }),
    },
    { additionalProperties: false },
  ),
  /** Refused to sign: the reason and who witnessed it. */
  refusal: Type.Object(
    {
      reason: Type.String({ minLength: 2, maxLength: 1000 }),
      witness: Type.String({ minLength: 1, maxLength: 60 }),
      witnessUnit: Type.Optional(Text(100)),
    },
    { additionalProperties: false },
  ),
  finish: Type.Object(
    { conclusion: Type.Enum(fieldConclusions), reason: Type.Optional(Text(1000)) },
    { additionalProperties: false },
  ),
} as const

export const FieldOperation = Type.Object(
  {
    id: Type.String({
      minLength: 8,
      maxLength: 64,
      pattern: '^[A-Za-z0-9-]+$',
      description: '设备上生成的操作编号；同一编号只生效一次',
    }),
    taskId: Id,
    baseVersion: Type.Integer({
      minimum: 0,
      description: '设备上这项任务的现场记录版本（FieldTask.version）',
    }),
    seq: Type.Integer({ minimum: 1, description: '本设备操作序号，逐次加一' }),
    kind: Type.Enum(fieldOperationKinds),
    at: Instant,
    payload: Type.Unknown({ description: '按 kind，见 fieldPayloads' }),
  },
  { additionalProperties: false },
)
export type FieldOperation = Static<typeof FieldOperation>

/** One item of the field record: an answer, a line of the record, a signature. `key`: `answer:<item>`, `record:<field>`, … */
export const FieldItem = Type.Object({
  key: Type.String(),
  value: Type.Unknown(),
  version: Type.Integer(),
  at: Instant,
  by: Type.String(),
})
export type FieldItem = Static<typeof FieldItem>

export const FieldConflict = Type.Object({
  id: Id,
  taskId: Id,
  key: Type.String(),
  title: Type.String({ description: '哪一项' }),
  versions: Type.Array(
    Type.Object({
      operationId: Type.String(),
      value: Type.Unknown(),
      at: Instant,
      by: Type.String(),
      device: Type.String(),
    }),
    { description: '各方填写的内容，全部保留' },
  ),
  decided: Nullable(
    Type.Object({ operationId: Type.String(), by: Type.String(), at: Instant, reason: Type.String() }),
  ),
})
export type FieldConflict = Static<typeof FieldConflict>

export const FieldOutlet = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  medium: Type.String(),
  online: Nullable(Type.Boolean()),
  lastHour: Nullable(Instant),
  factors: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      value: Nullable(Type.Number()),
      unit: Nullable(Type.String()),
      limit: Nullable(Type.Number({ description: '当时执行的限值' })),
      clause: Nullable(Type.String()),
    }),
  ),
})
export type FieldOutlet = Static<typeof FieldOutlet>

export const FieldTask = Type.Object({
  id: Id,
  number: Type.String(),
  matterId: Id,
  state: Type.String(),
  version: Type.Integer({ description: '现场记录版本' }),
  kind: Type.Enum(visitKinds),
  title: Type.String(),
  why: Type.Array(Type.String(), { description: '为什么去' }),
  what: Type.Array(Type.String(), { description: '重点查什么' }),
  date: DateString,
  order: Type.Integer(),
  arrival: Nullable(Type.String({ description: 'HH:MM' })),
  minutes: Type.Integer(),
  place: Type.Object({ lon: Type.Number(), lat: Type.Number() }),
  officers: Type.Array(
    Type.Object({ userId: Id, name: Type.String(), certificate: Nullable(Type.String()) }),
  ),
  checklists: Type.Array(Type.String(), { description: '主题' }),
  enterprise: Nullable(
    Type.Object({
      id: Id,
      name: Type.String(),
      code: Type.String(),
      creditCode: Nullable(Type.String()),
      address: Nullable(Type.String()),
      person: Nullable(Type.String({ description: '环保负责人' })),
      phone: Nullable(Type.String()),
      industry: Nullable(Type.String()),
      regionCode: RegionCode,
      permit: Nullable(Type.Object({ number: Type.String(), validTo: Nullable(DateString) })),
    }),
  ),
  outlets: Type.Array(FieldOutlet),
  openLeads: Type.Array(
    Type.Object({
      id: Id,
      title: Type.String(),
      level: Type.String(),
      score: Type.Number(),
      object: Type.String(),
      explanation: Type.String(),
      refutation: Type.String(),
    }),
  ),
  openMatters: Type.Array(
    Type.Object({
      id: Id,
      number: Type.String(),
      title: Type.String(),
      stateTitle: Type.String(),
      dueAt: Nullable(Instant),
    }),
  ),
  offSite: Nullable(OffSiteCheck),
  items: Type.Array(FieldItem),
  conflicts: Type.Array(FieldConflict),
})
export type FieldTask = Static<typeof FieldTask>

export const FieldPack = Type.Object({
  revision: Type.String({ description: '内容摘要；与 ETag 相同' }),
  madeAt: Instant,
  from: DateString,
  to: DateString,
  bytes: Type.Integer({ description: '内容字节数，不超过 5 MB' }),
  user: Type.Object({ id: Id, name: Type.String(), certificate: Nullable(Type.String()) }),
  tasks: Type.Array(FieldTask),
  checklists: Type.Array(Checklist),
  laws: Type.Array(LawText, { description: '检查项引用的条文要点' }),
  templates: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), text: Type.String() }), {
    description: '笔录、告知等文书的固定文字',
  }),
})
export type FieldPack = Static<typeof FieldPack>

export const FieldOperationResult = Type.Object({
  id: Type.String(),
  status: Type.Enum(['applied', 'duplicate', 'conflict', 'refused'], {
    description: '已生效；以前已生效；两版都保留待人决定；未生效（原文已留存）',
  }),
  code: Nullable(Type.String({ description: '未生效的错误码' })),
  detail: Nullable(Type.String()),
  version: Nullable(Type.Integer({ description: '生效后的现场记录版本' })),
  conflictId: Nullable(Id),
})
export type FieldOperationResult = Static<typeof FieldOperationResult>

export const FieldTaskState = Type.Object({
  id: Id,
  state: Type.String(),
  version: Type.Integer(),
  items: Type.Array(FieldItem),
  conflicts: Type.Array(FieldConflict),
  problems: Type.Array(Type.Object({ key: Type.String(), id: Id, number: Type.String() })),
  waitsFor: Type.Array(Type.String(), { description: '结束检查还差什么' }),
})
export type FieldTaskState = Static<typeof FieldTaskState>

export const getFieldPack = {
  operationId: 'getFieldPack',
  summary: '现场包：本人若干天的任务及离线所需的一切',
  tags,
  querystring: Type.Object({ from: DateString, to: DateString }),
  response: {
    200: FieldPack,
    304: Type.Null({ description: '未变化（If-None-Match）' }),
    ...problemResponses,
  },
} as const

export const fieldSync = {
  operationId: 'fieldSync',
  summary: '上传现场操作：逐条恰好生效一次，冲突两版都保留',
  tags,
  body: Type.Object(
    {
      device: Type.String({ minLength: 4, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' }),
      deviceTime: Instant,
      operations: Type.Array(FieldOperation, { maxItems: maxFieldOperations }),
      tasks: Type.Optional(
        Type.Array(Id, { maxItems: 200, description: '另要取回最新状态的任务（没有操作也可）' }),
      ),
    },
    { additionalProperties: false },
  ),
  response: {
    200: Type.Object({
      serverTime: Instant,
      driftSeconds: Type.Number({ description: '设备时间减服务器时间' }),
      results: Type.Array(FieldOperationResult),
      tasks: Type.Array(FieldTaskState),
    }),
    ...problemResponses,
  },
} as const

export const decideFieldConflict = {
  operationId: 'decideFieldConflict',
  summary: '对两方填写不一致的一项作出取舍（都保留在记录中）',
  tags,
  params: Type.Object({ id: Id, conflictId: Id }),
  body: Type.Object(
    {
      operationId: Type.String({ minLength: 8, maxLength: 64 }),
      reason: Type.String({ minLength: 2, maxLength: 1000 }),
    },
    { additionalProperties: false },
  ),
  response: { 200: FieldTaskState, ...problemResponses },
} as const
