import { type Static, Type } from 'typebox'
import {
  DateString as CivilDate,
  Id,
  Instant,
  Nullable,
  Page as pageOf,
  pageQuery,
  problemResponses,
} from './common.ts'

/**
 * 数据接入 (intake): the HJ 212 gateway, quarantine, commands to field machines, missing hours, file imports and
 * the journal. Paths are below `/api/v1`. Times are ISO 8601 with +08:00, dates `YYYY-MM-DD` (Asia/Shanghai),
 * `msg` and block ids are decimal strings (64 bit).
 */

const Id64 = Type.String({ pattern: '^\\d{1,19}$', description: '64 位整数，十进制文本' })
const gatewayTags = ['数据接入']
const importTags = ['数据导入']
const journalTags = ['原始账本']

// ---------------------------------------------------------------------------------------------- gateway

/** State of a field machine as the gateway derives it from what arrives. */
export const StationOnline = Type.Union([
  Type.Literal('online', { description: '在线：规定时间内有合格报文' }),
  Type.Literal('silent', { description: '无声：规定时间内没有合格报文' }),
  Type.Literal('never-seen', { description: '从未上线' }),
  Type.Literal('clock-skewed', { description: '时钟偏差：QN 与收到时间相差 10 分钟以上' }),
  Type.Literal('data-stale', { description: '数据停滞：实时报文在来，数据时间不前进' }),
  Type.Literal('disabled', { description: '已停用' }),
])
export type StationOnline = Static<typeof StationOnline>

export const GatewayStatus = Type.Object({
  running: Type.Boolean({ description: '网关进程最近 30 秒内有心跳' }),
  instance: Nullable(Type.String()),
  startedAt: Nullable(Instant),
  beatAt: Nullable(Instant),
  address: Nullable(Type.String({ description: '监听地址 host:port' })),
  connections: Type.Integer(),
  framesPerSecond: Type.Number({ description: '最近 10 秒平均' }),
  framesTotal: Type.Integer(),
  acknowledged: Type.Integer(),
  quarantined: Type.Integer(),
  duplicates: Type.Integer({ description: '内容相同的重发，已应答，数据不变' }),
  revised: Type.Integer({ description: '同一时间内容不同的重发，记为新版本' }),
  rejected: Type.Integer({ description: '长度、校验不合格的字节段' }),
  queueFrames: Type.Integer(),
  queueBytes: Type.Integer(),
  batchSizeMean: Type.Number(),
  batchMsP50: Type.Number(),
  batchMsP99: Type.Number(),
  ackMsP50: Type.Number({ description: '收到报文到应答，毫秒' }),
  ackMsP99: Type.Number(),
  memoryBytes: Type.Integer(),
  lastError: Nullable(Type.String()),
})
export type GatewayStatus = Static<typeof GatewayStatus>

export const getGatewayStatus = {
  operationId: 'getGatewayStatus',
  summary: '网关状态',
  tags: gatewayTags,
  response: { ...problemResponses, 200: GatewayStatus },
} // GET /gateway/status  (gateway:read); SSE topic `gateway` carries the same object

export const GatewayConnection = Type.Object({
  id: Type.Integer(),
  address: Type.String(),
  mns: Type.Array(Type.String()),
  openedAt: Instant,
  lastFrameAt: Nullable(Instant),
  frames: Type.Integer(),
  badFrames: Type.Integer(),
  closedAt: Nullable(Instant),
  closeReason: Nullable(Type.String()),
})
export type GatewayConnection = Static<typeof GatewayConnection>

export const listGatewayConnections = {
  operationId: 'listGatewayConnections',
  summary: '连接清单（含最近断开的）',
  tags: gatewayTags,
  querystring: Type.Object({ open: Type.Optional(Type.Boolean()), ...pageQuery }),
  response: { ...problemResponses, 200: pageOf(GatewayConnection) },
} // GET /gateway/connections

/** Unit of a factor as the device sends it; the gateway converts to the platform's unit. */
export const DeviceUnit = Type.Union([Type.Literal('µg/m³'), Type.Literal('mg/m³'), Type.Literal('ng/m³')])
export type DeviceUnit = Static<typeof DeviceUnit>

export const StationDialect = Type.Object(
  {
    timeLabel: Type.Optional(
      Type.Union([Type.Literal('start'), Type.Literal('end')], {
        description: 'DataTime 是时段的起点（标准）还是终点',
      }),
    ),
    crc: Type.Optional(Type.Union([Type.Literal('hj212'), Type.Literal('modbus')])),
    units: Type.Optional(
      Type.Record(Type.String({ maxLength: 20 }), DeviceUnit, { description: '因子编码 → 设备所用单位' }),
    ),
    factors: Type.Optional(
      Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 20 }), {
        description: '设备所用编码 → 标准编码',
      }),
    ),
    minuteInterval: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 60, description: '分钟数据的间隔，分钟' }),
    ),
    fillValues: Type.Optional(Type.Array(Type.Number(), { maxItems: 20, description: '表示“无值”的数' })),
    rtdIntervalS: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600 })),
    heartbeatS: Type.Optional(Type.Integer({ minimum: 1, maximum: 86400 })),
  },
  { additionalProperties: false },
)
export type StationDialect = Static<typeof StationDialect>

export const GatewayStation = Type.Object({
  mn: Type.String(),
  pointId: Type.Integer(),
  pointCode: Type.String(),
  pointName: Type.String(),
  regionCode: Type.Integer(),
  enabled: Type.Boolean(),
  defaultPassword: Type.Boolean({ description: '仍使用出厂密码，应更换' }),
  dialect: StationDialect,
  online: StationOnline,
  lastFrameAt: Nullable(Instant),
  lastDataAt: Nullable(Instant),
  lastDataTime: Nullable(Instant),
  skewSeconds: Nullable(Type.Number({ description: 'QN − 收到时间' })),
  address: Nullable(Type.String()),
  frames: Type.Integer(),
  duplicates: Type.Integer(),
  revised: Type.Integer(),
  quarantined: Type.Integer(),
})
export type GatewayStation = Static<typeof GatewayStation>

export const listGatewayStations = {
  operationId: 'listGatewayStations',
  summary: '联网站点清单与在线状态',
  tags: gatewayTags,
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(GatewayStation) }) },
} // GET /gateway/stations

export const saveGatewayStation = {
  operationId: 'saveGatewayStation',
  summary: '登记或修改联网站点（MN、密码、点位、方言）',
  tags: gatewayTags,
  params: Type.Object({ mn: Type.String({ minLength: 1, maxLength: 40, pattern: '^[\\x21-\\x7e]+$' }) }),
  body: Type.Object({
    pointId: Type.Integer(),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 24 })),
    dialect: Type.Optional(StationDialect),
    enabled: Type.Optional(Type.Boolean()),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  }),
  response: { ...problemResponses, 200: GatewayStation },
} // PUT /gateway/stations/:mn  (gateway:operate)

/** One word of a field machine about itself (HJ 212-2017 tables B.8–B.10): a change of it. */
export const DeviceInfo = Type.Object({
  mn: Type.String(),
  polId: Type.String({ description: '仪表的监测因子；数采仪、排放口或治理设施为空' }),
  code: Type.String({ description: '信息编码，如 i13001 量程、i13007 截距、i13008 斜率；治理设施为 SB1 …' }),
  title: Type.String(),
  at: Instant,
  value: Type.String(),
  text: Type.String({ description: '带单位或状态名' }),
  before: Nullable(Type.String({ description: '此前的值；首次上报为空' })),
  msg: Id64,
})
export type DeviceInfo = Static<typeof DeviceInfo>

export const listDeviceInfo = {
  operationId: 'listDeviceInfo',
  summary: '现场机信息：参数与状态的现值和变更',
  tags: gatewayTags,
  querystring: Type.Object({
    pointId: Id,
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    ...pageQuery,
  }),
  response: {
    ...problemResponses,
    200: Type.Object({
      inForce: Type.Array(DeviceInfo, { description: '时段终点的现值；翻页时为空' }),
      items: Type.Array(DeviceInfo, { description: '变更，新的在前' }),
      next: Nullable(Type.String()),
    }),
  },
} // GET /device-info  (source:read)

// ------------------------------------------------------------------------------------------- quarantine

export const QuarantineReason = Type.Union([
  Type.Literal('mn-unknown', { description: 'MN 未登记' }),
  Type.Literal('mn-disabled', { description: 'MN 已停用' }),
  Type.Literal('password-wrong', { description: '访问密码不符' }),
  Type.Literal('crc-failed', { description: 'CRC 校验不符' }),
  Type.Literal('crc-modbus', { description: 'CRC 用了 CRC-16/MODBUS 算法' }),
  Type.Literal('length-wrong', { description: '长度字段与数据段不符' }),
  Type.Literal('frame-truncated', { description: '报文不完整' }),
  Type.Literal('frame-oversize', { description: '报文超过长度上限' }),
  Type.Literal('syntax', { description: '数据段不能解析' }),
  Type.Literal('encrypted-no-key', { description: '密文报文，没有密钥' }),
  Type.Literal('command-unknown', { description: '命令编码不认识' }),
  Type.Literal('datatime-missing', { description: '没有 DataTime 或不能解析' }),
  Type.Literal('datatime-future', { description: '数据时间在未来' }),
  Type.Literal('datatime-too-old', { description: '数据时间早于允许的补传期' }),
  Type.Literal('no-factors', { description: '没有可用的监测因子' }),
  Type.Literal('unit-unknown', { description: '因子单位无法换算' }),
  Type.Literal('write-refused', { description: '数据库拒绝写入该报文' }),
  Type.Literal('rate-limit', { description: '超过频率上限' }),
])
export type QuarantineReason = Static<typeof QuarantineReason>

export const QuarantineGroup = Type.Object({
  reason: QuarantineReason,
  reasonText: Type.String(),
  mn: Nullable(Type.String()),
  count: Type.Integer(),
  open: Type.Integer({ description: '尚未处理的' }),
  firstAt: Instant,
  lastAt: Instant,
})
export type QuarantineGroup = Static<typeof QuarantineGroup>

export const listQuarantineGroups = {
  operationId: 'listQuarantineGroups',
  summary: '隔离报文按原因和 MN 汇总',
  tags: gatewayTags,
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(QuarantineGroup) }) },
} // GET /gateway/quarantine/groups

export const QuarantineItem = Type.Object({
  id: Id64,
  receivedAt: Instant,
  mn: Nullable(Type.String()),
  address: Nullable(Type.String()),
  cn: Nullable(Type.String()),
  dataTime: Nullable(Instant),
  reason: QuarantineReason,
  reasonText: Type.String(),
  detail: Nullable(Type.String()),
  state: Type.Union([Type.Literal('open'), Type.Literal('released'), Type.Literal('dismissed')]),
  msg: Id64,
  bytes: Type.Integer(),
})
export type QuarantineItem = Static<typeof QuarantineItem>

export const listQuarantine = {
  operationId: 'listQuarantine',
  summary: '隔离报文清单',
  tags: gatewayTags,
  querystring: Type.Object({
    reason: Type.Optional(QuarantineReason),
    mn: Type.Optional(Type.String({ maxLength: 40 })),
    state: Type.Optional(
      Type.Union([Type.Literal('open'), Type.Literal('released'), Type.Literal('dismissed')]),
    ),
    ...pageQuery,
  }),
  response: { ...problemResponses, 200: pageOf(QuarantineItem) },
} // GET /gateway/quarantine

export const RawBytes = Type.Object({
  text: Type.String({ description: '按 UTF-8 显示，控制字符以 · 代替' }),
  hex: Type.String({ description: '十六进制，无空格' }),
  bytes: Type.Integer(),
})
export type RawBytes = Static<typeof RawBytes>

export const QuarantineDetail = Type.Intersect([
  QuarantineItem,
  Type.Object({
    raw: RawBytes,
    anomalies: Type.Array(Type.String()),
    decidedAt: Nullable(Instant),
    decidedBy: Nullable(Type.String()),
    decisionReason: Nullable(Type.String()),
  }),
])
export type QuarantineDetail = Static<typeof QuarantineDetail>

export const getQuarantine = {
  operationId: 'getQuarantine',
  summary: '一条隔离报文：原始字节与错误',
  tags: gatewayTags,
  params: Type.Object({ id: Id64 }),
  response: { ...problemResponses, 200: QuarantineDetail },
} // GET /gateway/quarantine/:id

const QuarantineSelection = {
  ids: Type.Optional(Type.Array(Id64, { minItems: 1, maxItems: 1000 })),
  mn: Type.Optional(Type.String({ maxLength: 40, description: '该 MN 的全部未处理报文' })),
  reason: Type.String({ minLength: 1, maxLength: 500, description: '处理理由，记入审计' }),
}

export const releaseQuarantine = {
  operationId: 'releaseQuarantine',
  summary: '放行：按现行登记重新处理，或指定点位后处理',
  tags: gatewayTags,
  body: Type.Object({
    ...QuarantineSelection,
    pointId: Type.Optional(Type.Integer({ description: '指定点位' })),
  }),
  response: {
    ...problemResponses,
    200: Type.Object({
      released: Type.Integer(),
      stillFailing: Type.Array(
        Type.Object({ id: Id64, reason: QuarantineReason, reasonText: Type.String() }),
      ),
    }),
  },
} // POST /gateway/quarantine/release  (gateway:operate)

export const dismissQuarantine = {
  operationId: 'dismissQuarantine',
  summary: '不采用：保留原文，不再提示',
  tags: gatewayTags,
  body: Type.Object(QuarantineSelection),
  response: { ...problemResponses, 200: Type.Object({ dismissed: Type.Integer() }) },
} // POST /gateway/quarantine/dismiss

// --------------------------------------------------------------------------------------------- commands

export const CommandKind = Type.Union([
  Type.Literal('query-hours', { description: '补传小时数据（CN 2061）' }),
  Type.Literal('query-minutes', { description: '补传分钟数据（CN 2051）' }),
  Type.Literal('query-days', { description: '补传日数据（CN 2031）' }),
  Type.Literal('read-time', { description: '读现场机时间（CN 1011）' }),
  Type.Literal('set-time', { description: '校准现场机时间（CN 1012）' }),
])
export type CommandKind = Static<typeof CommandKind>

export const GatewayCommand = Type.Object({
  id: Type.Integer(),
  mn: Type.String(),
  pointName: Nullable(Type.String()),
  kind: CommandKind,
  from: Nullable(Instant),
  to: Nullable(Instant),
  state: Type.Union([
    Type.Literal('queued'),
    Type.Literal('sent'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('expired'),
  ]),
  automatic: Type.Boolean({ description: '平台自动补传' }),
  requestedBy: Type.String(),
  requestedAt: Instant,
  finishedAt: Nullable(Instant),
  result: Nullable(Type.String({ description: '结果，如“执行成功”“无数据”“超时”或现场机时间' })),
})
export type GatewayCommand = Static<typeof GatewayCommand>

export const listGatewayCommands = {
  operationId: 'listGatewayCommands',
  summary: '下发命令清单',
  tags: gatewayTags,
  querystring: Type.Object({ mn: Type.Optional(Type.String({ maxLength: 40 })), ...pageQuery }),
  response: { ...problemResponses, 200: pageOf(GatewayCommand) },
} // GET /gateway/commands

export const sendGatewayCommand = {
  operationId: 'sendGatewayCommand',
  summary: '下发命令：补传、读时间、校时',
  tags: gatewayTags,
  body: Type.Object({
    mn: Type.String({ maxLength: 40 }),
    kind: CommandKind,
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
  }),
  response: { ...problemResponses, 202: GatewayCommand },
} // POST /gateway/commands  (gateway:operate)

// ---------------------------------------------------------------------------------------- missing hours

/** Why an hour value is not (fully) there. Exactly one per station and hour; `complete` = nothing is missing. */
export const HourReason = Type.Union([
  Type.Literal('complete', { description: '六项齐全' }),
  Type.Literal('not-yet-due', { description: '未到上报时间' }),
  Type.Literal('not-in-operation', { description: '站点未投运或已停用' }),
  Type.Literal('planned-stop', { description: '计划停运' }),
  Type.Literal('device-stopped', { description: '仪器停运（F）' }),
  Type.Literal('device-maintenance', { description: '仪器维护（M）' }),
  Type.Literal('device-fault', { description: '仪器故障（D）' }),
  Type.Literal('device-calibrating', { description: '仪器校准（C）' }),
  Type.Literal('device-link', { description: '仪器与数采仪通讯中断（B）' }),
  Type.Literal('device-no-value', { description: '报文已到，部分因子无值' }),
  Type.Literal('time-rejected', { description: '时间异常被拒（时钟偏差）' }),
  Type.Literal('quarantined', { description: '报文在隔离区' }),
  Type.Literal('platform-down', { description: '平台网关停止' }),
  Type.Literal('never-connected', { description: '站点从未上线' }),
  Type.Literal('link-down', { description: '链路中断' }),
  Type.Literal('not-sent', { description: '链路正常，站点未报' }),
  Type.Literal('no-file', { description: '文件来源，未导入' }),
])
export type HourReason = Static<typeof HourReason>

export const MissingHours = Type.Object({
  from: Instant,
  hours: Type.Integer({ description: '列数；第 i 列是 from + i 小时开始的一小时' }),
  reasons: Type.Array(Type.Object({ code: HourReason, text: Type.String() }), {
    description: '图例；cells 里的数字是它的下标',
  }),
  stations: Type.Array(
    Type.Object({
      pointId: Type.Integer(),
      pointCode: Type.String(),
      pointName: Type.String(),
      mn: Nullable(Type.String()),
      cells: Type.Array(Type.Integer(), { description: '每小时一个原因下标' }),
      missingItems: Type.Array(Type.Integer({ description: '该小时缺几项' })),
      details: Type.Array(Type.Object({ hour: Type.Integer(), text: Type.String() }), {
        description: '个别小时的补充说明',
      }),
    }),
  ),
})
export type MissingHours = Static<typeof MissingHours>

export const getMissingHours = {
  operationId: 'getMissingHours',
  summary: '缺数时段及原因（站点 × 小时）',
  tags: gatewayTags,
  querystring: Type.Object({
    from: Instant,
    hours: Type.Integer({ minimum: 1, maximum: 24 * 31, default: 72 }),
    pointId: Type.Optional(Type.Integer()),
  }),
  response: { ...problemResponses, 200: MissingHours },
} // GET /gateway/missing-hours

export const PlannedStop = Type.Object({
  id: Type.Integer(),
  pointId: Type.Integer(),
  from: Instant,
  to: Instant,
  reason: Type.String(),
  createdBy: Type.String(),
  createdAt: Instant,
})
export type PlannedStop = Static<typeof PlannedStop>

export const listPlannedStops = {
  operationId: 'listPlannedStops',
  summary: '计划停运清单',
  tags: gatewayTags,
  response: { ...problemResponses, 200: Type.Object({ items: Type.Array(PlannedStop) }) },
} // GET /gateway/planned-stops

export const createPlannedStop = {
  operationId: 'createPlannedStop',
  summary: '登记计划停运',
  tags: gatewayTags,
  body: Type.Object({
    pointId: Type.Integer(),
    from: Instant,
    to: Instant,
    reason: Type.String({ minLength: 1, maxLength: 500 }),
  }),
  response: { ...problemResponses, 201: PlannedStop },
} // POST /gateway/planned-stops  (gateway:operate)

// ---------------------------------------------------------------------------------------------- imports

export const ImportKind = Type.Union([
  Type.Literal('air-hours', {
    description: '空气站点小时数据：国家原始格式（date,hour,type,站点…）或长格式',
  }),
  Type.Literal('peer-indexes', { description: '对标城市公布的综合指数（period,city,index…）' }),
])
export type ImportKind = Static<typeof ImportKind>

export const ImportState = Type.Union([
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
])
export type ImportState = Static<typeof ImportState>

export const Import = Type.Object({
  id: Type.Integer(),
  jobId: Nullable(Type.Integer()),
  kind: ImportKind,
  fileName: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String(),
  state: ImportState,
  layout: Nullable(Type.String({ description: '识别出的格式，如“国家原始格式”“长格式”' })),
  encoding: Nullable(Type.String()),
  lines: Type.Integer({ description: '已读行数' }),
  linesTotal: Nullable(Type.Integer()),
  rows: Type.Integer({ description: '得到的站点小时数（或城市期次）' }),
  inserted: Type.Integer(),
  revised: Type.Integer(),
  unchanged: Type.Integer(),
  errors: Type.Integer({ description: '有错的行数' }),
  unknownCodes: Type.Array(Type.String(), { description: '未登记的站点或城市编码' }),
  message: Nullable(Type.String()),
  uploadedBy: Type.String(),
  uploadedAt: Instant,
  finishedAt: Nullable(Instant),
  block: Nullable(Id64),
})
export type Import = Static<typeof Import>

export const ImportError = Type.Object({
  line: Type.Integer(),
  column: Type.String(),
  value: Type.String(),
  reason: Type.String(),
})
export type ImportError = Static<typeof ImportError>

export const createImport = {
  operationId: 'createImport',
  summary: '上传文件并导入（multipart/form-data：kind、file、hourLabel）',
  tags: importTags,
  consumes: ['multipart/form-data'],
  response: { ...problemResponses, 202: Import },
} // POST /imports  (import:write); fields: kind (ImportKind), hourLabel ('end' default | 'start'), file

export const listImports = {
  operationId: 'listImports',
  summary: '导入记录',
  tags: importTags,
  querystring: Type.Object({ ...pageQuery }),
  response: { ...problemResponses, 200: pageOf(Import) },
} // GET /imports

export const getImport = {
  operationId: 'getImport',
  summary: '导入详情：进度、计数、前 200 条错误',
  tags: importTags,
  params: Type.Object({ id: Type.Integer() }),
  response: {
    ...problemResponses,
    200: Type.Intersect([Import, Type.Object({ firstErrors: Type.Array(ImportError) })]),
  },
} // GET /imports/:id

export const getImportErrors = {
  operationId: 'getImportErrors',
  summary: '错误行文件：改正后可直接再导入',
  tags: importTags,
  params: Type.Object({ id: Type.Integer() }),
  response: {
    ...problemResponses,
    200: Type.String({ description: 'text/csv; UTF-8 BOM；原列在前，末列“错误说明”' }),
  },
} // GET /imports/:id/errors.csv

export const cancelImport = {
  operationId: 'cancelImport',
  summary: '取消导入（已写入的行保留）',
  tags: importTags,
  params: Type.Object({ id: Type.Integer() }),
  response: { ...problemResponses, 200: Import },
} // POST /imports/:id/cancel

// ---------------------------------------------------------------------------------------------- journal

export const JournalDay = Type.Object({
  day: CivilDate,
  blocks: Type.Integer(),
  records: Type.Integer(),
  bytes: Type.Integer({ description: '压缩后' }),
  firstBlock: Nullable(Id64),
  lastBlock: Nullable(Id64),
  genesis: Type.String({ description: '十六进制；连着前一日的末块' }),
  head: Type.String({ description: '末块的散列，十六进制' }),
  sealed: Type.Boolean(),
  root: Nullable(Type.String({ description: '封存后的根散列' })),
  sealedAt: Nullable(Instant),
  sealedBy: Nullable(Type.String()),
})
export type JournalDay = Static<typeof JournalDay>

export const listJournalDays = {
  operationId: 'listJournalDays',
  summary: '账本日清单',
  tags: journalTags,
  querystring: Type.Object({ ...pageQuery }),
  response: { ...problemResponses, 200: pageOf(JournalDay) },
} // GET /journal/days  (journal:read); newest first

export const sealJournalDay = {
  operationId: 'sealJournalDay',
  summary: '封存一日：计算根散列，此后不再追加',
  tags: journalTags,
  params: Type.Object({ day: CivilDate }),
  response: { ...problemResponses, 200: JournalDay },
} // POST /journal/days/:day/seal  (journal:export)

export const JournalFault = Type.Object({
  day: CivilDate,
  block: Nullable(Id64),
  record: Nullable(Type.Integer()),
  msg: Nullable(Id64),
  what: Type.String({ description: '哪一处不符' }),
})
export type JournalFault = Static<typeof JournalFault>

export const verifyJournalDay = {
  operationId: 'verifyJournalDay',
  summary: '校验一日账本',
  tags: journalTags,
  params: Type.Object({ day: CivilDate }),
  response: {
    ...problemResponses,
    200: Type.Object({
      ok: Type.Boolean(),
      blocks: Type.Integer(),
      records: Type.Integer(),
      faults: Type.Array(JournalFault),
    }),
  },
} // POST /journal/days/:day/verify

export const getEvidenceBundle = {
  operationId: 'getEvidenceBundle',
  summary: '证据包下载（tar，可用 shanshui verify 离线校验）',
  tags: journalTags,
  params: Type.Object({ day: CivilDate }),
  querystring: Type.Object({
    msg: Type.Optional(Id64),
  }),
  response: { ...problemResponses, 200: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) },
} // GET /journal/days/:day/evidence.tar[?msg=…: only that record's block in full]  (journal:export)

export const JournalRecord = Type.Object({
  msg: Id64,
  block: Id64,
  index: Type.Integer(),
  day: CivilDate,
  kind: Type.Union([Type.Literal('frames'), Type.Literal('file'), Type.Literal('decision')]),
  source: Type.String(),
  receivedAt: Instant,
  sealed: Type.Boolean(),
  blockHash: Type.String(),
  raw: RawBytes,
  file: Nullable(
    Type.Object({ name: Type.String(), offset: Type.Integer({ description: '该片段在文件中的字节位置' }) }),
  ),
})
export type JournalRecord = Static<typeof JournalRecord>

export const getJournalRecord = {
  operationId: 'getJournalRecord',
  summary: '一个数值的原始字节（报文或文件片段）',
  tags: journalTags,
  params: Type.Object({ msg: Id64 }),
  response: { ...problemResponses, 200: JournalRecord },
} // GET /journal/records/:msg  (journal:read)
