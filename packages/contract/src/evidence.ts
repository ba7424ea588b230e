/**
 * Evidence (证据材料): files that prove, with hash, time and place. Upload: start, pieces in order with
 * `Upload-Offset`, complete by itself at the last byte; a broken upload goes on from the offset that `GET` tells.
 */
import { type Static, Type } from 'typebox'
import { Id, IdParams, Instant, NoContent, Nullable, problemResponses } from './common.ts'
import {
  evidenceFindingCodes,
  evidenceKinds,
  evidenceOrigins,
  evidenceScans,
  evidenceSubjectKinds,
  evidenceVerdicts,
} from './evidence-words.ts'

const tags = ['证据材料']
const closed = { additionalProperties: false } as const
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256，小写十六进制' })
const Lon = Type.Number({ minimum: -180, maximum: 180, description: '东经，度（WGS 84）' })
const Lat = Type.Number({ minimum: -90, maximum: 90, description: '北纬，度（WGS 84）' })
const Person = Type.Object({ id: Id, name: Type.String() })

export const EvidenceSubjectRef = Type.Object(
  { kind: Type.Enum([...evidenceSubjectKinds]), id: Id },
  { ...closed, description: '所属：问题、事项、信访举报、执法检查、培训' },
)

export const EvidenceFinding = Type.Object({
  code: Type.Enum(evidenceFindingCodes),
  detail: Type.String({ description: '例：相差 42 分钟（允许 30 分钟）' }),
})

const Capture = Type.Object({
  at: Nullable(Instant),
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
})

export const EvidenceItem = Type.Object({
  id: Id,
  subject: EvidenceSubjectRef,
  demand: Nullable(Type.String({ description: '对应流程要求的证据编号；null 为补充材料' })),
  kind: Type.Enum([...evidenceKinds]),
  title: Type.String(),
  fileName: Type.String(),
  mediaType: Type.String({ description: '由文件内容判定' }),
  bytes: Type.Integer(),
  sha256: Sha256,
  takenAt: Nullable(Instant),
  takenFrom: Nullable(Type.Enum([...evidenceOrigins])),
  uploadedAt: Instant,
  lon: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  placeFrom: Nullable(Type.Enum([...evidenceOrigins])),
  distanceM: Nullable(Type.Number({ description: '拍摄地点到对象的距离，米' })),
  located: Type.Boolean({ description: '时间、地点均已知且与对象相符' }),
  verdict: Type.Enum([...evidenceVerdicts]),
  findings: Type.Array(EvidenceFinding),
  exif: Nullable(
    Type.Object({
      ...Capture.properties,
      software: Nullable(Type.String()),
      camera: Nullable(Type.String()),
    }),
  ),
  device: Nullable(Type.Object({ ...Capture.properties, accuracyM: Nullable(Type.Number()) })),
  claim: Nullable(Capture),
  scan: Type.Enum([...evidenceScans]),
  viewable: Type.Boolean({ description: '可打开原件：已隔离或等待查杀的不可' }),
  thumbnail: Type.Boolean({ description: '有缩略图' }),
  internal: Type.Boolean({ description: '仅办理单位可见，不向当事企业显示' }),
  byUser: Person,
  organization: Person,
  withdrawn: Nullable(Type.Object({ at: Instant, by: Person, reason: Type.String() })),
  mayWithdraw: Type.Boolean(),
})
export type EvidenceItem = Static<typeof EvidenceItem>

export const EvidenceUpload = Type.Object({
  id: Id,
  subject: EvidenceSubjectRef,
  demand: Nullable(Type.String()),
  fileName: Type.String(),
  bytes: Type.Integer(),
  sha256: Sha256,
  offset: Type.Integer({ description: '已收妥的字节数，下一片从这里起' }),
  chunkBytes: Type.Integer({ description: '一片最多的字节数' }),
  expiresAt: Instant,
  evidence: Nullable(EvidenceItem),
})
export type EvidenceUpload = Static<typeof EvidenceUpload>

export const EvidenceUploadStart = Type.Object(
  {
    subject: EvidenceSubjectRef,
    demand: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z0-9-]+$' }))),
    title: Type.Optional(Type.String({ maxLength: 200, description: '缺省为文件名' })),
    name: Type.String({ minLength: 1, maxLength: 255, description: '文件名，只作显示' }),
    bytes: Type.Integer({ minimum: 1, description: '文件字节数' }),
    sha256: Sha256,
    kind: Type.Optional(
      Type.Enum([...evidenceKinds], {
        description: '文件可作几类时指明，如照片为文书扫描件（document）；缺省由内容定',
      }),
    ),
    internal: Type.Optional(Type.Boolean({ description: '仅办理单位可见' })),
    claimedAt: Type.Optional(Nullable(Instant)),
    claimedLon: Type.Optional(Nullable(Lon)),
    claimedLat: Type.Optional(Nullable(Lat)),
    device: Type.Optional(
      Nullable(
        Type.Object(
          {
            at: Nullable(Instant),
            lon: Nullable(Lon),
            lat: Nullable(Lat),
            accuracyM: Nullable(Type.Number({ minimum: 0, maximum: 10_000_000 })),
          },
          { ...closed, description: '采集时设备自身的时间与定位（现场端）' },
        ),
      ),
    ),
  },
  closed,
)
export type EvidenceUploadStart = Static<typeof EvidenceUploadStart>

export const EvidenceVerification = Type.Object({
  id: Id,
  ok: Type.Boolean(),
  recorded: Type.String({ description: '登记的 SHA-256' }),
  audited: Nullable(Type.String({ description: '审计链中的 SHA-256；null 为审计链无此记录' })),
  computed: Nullable(Type.String({ description: '现算的 SHA-256；null 为文件不在' })),
  bytes: Nullable(Type.Integer()),
  auditSeq: Nullable(Type.Integer()),
  checkedAt: Instant,
})
export type EvidenceVerification = Static<typeof EvidenceVerification>

export const EvidenceSetting = Type.Object({
  name: Type.String(),
  title: Type.String(),
  value: Type.Number(),
  unit: Type.String(),
  source: Type.String(),
  status: Type.String({ description: 'primary、one-source、unverified、design' }),
  version: Type.Integer(),
})
export type EvidenceSetting = Static<typeof EvidenceSetting>

const uploadAnswer = { 200: EvidenceUpload, ...problemResponses } as const
const file = {
  200: Type.Unknown({ description: '文件' }),
  206: Type.Unknown({ description: '文件的一段' }),
  ...problemResponses,
} as const

export const evidenceRoutes = {
  list: {
    operationId: 'listEvidence',
    summary: '一个对象的证据材料',
    description: '含已撤回的，标明撤回理由。',
    tags,
    querystring: Type.Object({ subjectKind: Type.Enum([...evidenceSubjectKinds]), subjectId: Id }),
    response: {
      200: Type.Object({
        items: Type.Array(EvidenceItem),
        mayAdd: Type.Boolean(),
        limitBytes: Type.Integer(),
      }),
      ...problemResponses,
    },
  },
  get: {
    operationId: 'getEvidence',
    summary: '证据材料',
    tags,
    params: IdParams,
    response: { 200: EvidenceItem, ...problemResponses },
  },
  content: {
    operationId: 'evidenceContent',
    summary: '证据原件',
    description: '支持 Range；图片、音视频可直接显示，其他一律下载。',
    tags,
    params: IdParams,
    querystring: Type.Object({ download: Type.Optional(Type.Boolean()) }),
    response: file,
  },
  thumbnail: {
    operationId: 'evidenceThumbnail',
    summary: '证据缩略图',
    tags,
    params: IdParams,
    response: file,
  },
  verify: {
    operationId: 'verifyEvidence',
    summary: '核验原件（重算哈希并与审计链比对）',
    tags,
    params: IdParams,
    response: { 200: EvidenceVerification, ...problemResponses },
  },
  withdraw: {
    operationId: 'withdrawEvidence',
    summary: '撤回证据材料（须写明理由；原件保留）',
    tags,
    params: IdParams,
    body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 1000 }) }, closed),
    response: { 200: EvidenceItem, ...problemResponses },
  },
  settings: {
    operationId: 'listEvidenceSettings',
    summary: '证据比对的设定值',
    tags,
    response: { 200: Type.Object({ items: Type.Array(EvidenceSetting) }), ...problemResponses },
  },
  changeSetting: {
    operationId: 'changeEvidenceSetting',
    summary: '修改证据比对的设定值',
    tags,
    params: Type.Object({ name: Type.String({ maxLength: 60 }) }),
    body: Type.Object(
      {
        value: Type.Number({ minimum: 0, maximum: 1_000_000 }),
        version: Type.Integer({ minimum: 1 }),
        reason: Type.String({ minLength: 2, maxLength: 500 }),
      },
      closed,
    ),
    response: { 200: EvidenceSetting, ...problemResponses },
  },
  uploads: {
    operationId: 'listEvidenceUploads',
    summary: '本人未完成的上传',
    tags,
    response: { 200: Type.Object({ items: Type.Array(EvidenceUpload) }), ...problemResponses },
  },
  startUpload: {
    operationId: 'startEvidenceUpload',
    summary: '开始上传证据材料',
    description: '同一对象、同一证据要求、同一文件重复开始时，回到原来的上传；已收妥的直接给出。',
    tags,
    body: EvidenceUploadStart,
    response: uploadAnswer,
  },
  sendChunk: {
    operationId: 'sendEvidenceChunk',
    summary: '上传一片',
    description:
      '内容类型 application/octet-stream，请求头 Upload-Offset；偏移不符时答 409 并给出正确的偏移。',
    tags,
    params: IdParams,
    headers: Type.Object({ 'upload-offset': Type.Integer({ minimum: 0 }) }),
    response: uploadAnswer,
  },
  getUpload: {
    operationId: 'getEvidenceUpload',
    summary: '上传到哪里了',
    description: '响应头 Upload-Offset 为已收妥的字节数；也可用 HEAD。',
    tags,
    params: IdParams,
    response: uploadAnswer,
  },
  abandonUpload: {
    operationId: 'abandonEvidenceUpload',
    summary: '放弃上传',
    tags,
    params: IdParams,
    response: { 204: NoContent, ...problemResponses },
  },
} as const
