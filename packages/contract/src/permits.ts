/** Discharge permits (排污许可): the document as data, obligations with due/done/overdue, execution reports. */
import { type Static, type TSchema, Type } from 'typebox'
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
import { LineError } from './registry.ts'

/** Both labels, as the registry's forms read them. */
const labels = (zh: string, en: string) => ({ title: zh, 'x-en': en })
const day = (zh: string, en: string) => Type.String({ ...labels(zh, en), format: 'date' })
const rows = <T extends TSchema>(schema: T, zh: string, en: string, maxItems: number) =>
  Type.Array(schema, { ...labels(zh, en), maxItems })
const Short = Type.String({ minLength: 1, maxLength: 100 })

/** Pollutants that tonnes are counted for; an assigned further pollutant is allowed by its name. */
export const tonnagePollutants = ['SO2', 'NOx', 'VOCs', 'COD', 'NH3-N'] as const
export type TonnagePollutant = (typeof tonnagePollutants)[number]
const pollutantForm = {
  minLength: 1,
  maxLength: 20,
  description: 'SO2、NOx、PM、VOCs、COD、NH3-N 等',
}
export const Pollutant = Type.String(pollutantForm)

export const PermittedTonnes = Type.Object(
  {
    pollutant: Type.String({ ...labels('污染物', 'Pollutant'), ...pollutantForm }),
    tonnes: Type.Number({ ...labels('吨', 'Tonnes'), minimum: 0, description: '吨' }),
  },
  { additionalProperties: false },
)

export const permitFrequencies = [
  'continuous',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'half-year',
  'year',
] as const
const frequencyLabels: Readonly<Record<string, string>> = {
  continuous: '连续',
  hour: '每小时',
  day: '每日',
  week: '每周',
  month: '每月',
  quarter: '每季',
  'half-year': '每半年',
  year: '每年',
}
export type PermitFrequency = (typeof permitFrequencies)[number]

export const PermitLimit = Type.Object(
  {
    factor: Type.String({
      ...labels('因子', 'Factor'),
      minLength: 1,
      maxLength: 20,
      description: 'HJ 212 因子编码',
    }),
    value: Type.Number({ ...labels('限值', 'Limit'), description: '许可排放浓度（上限）' }),
    min: Type.Optional(Type.Number({ ...labels('下限', 'Lower limit'), description: '下限，如 pH' })),
    unit: Type.String({ ...labels('单位', 'Unit'), maxLength: 20 }),
    averaging: Type.Enum(['hour', 'day', 'instant'], {
      ...labels('均值时间', 'Averaging'),
      'x-labels': { hour: '小时', day: '日', instant: '瞬时' },
    }),
    basis: Type.String({ ...labels('依据', 'Basis'), maxLength: 200, description: '执行标准或审批文件' }),
  },
  { additionalProperties: false },
)
export type PermitLimit = Static<typeof PermitLimit>

export const PermitOutlet = Type.Object(
  {
    number: Type.String({
      ...labels('编号', 'Number'),
      minLength: 1,
      maxLength: 20,
      description: '排放口编号，如 DA001',
    }),
    name: Type.Optional(Type.String({ ...labels('名称', 'Name'), maxLength: 100 })),
    medium: Type.Enum(['air', 'water'], {
      ...labels('介质', 'Medium'),
      'x-labels': { air: '废气', water: '废水' },
    }),
    main: Type.Boolean({ ...labels('主要排放口', 'Main outlet') }),
    direct: Type.Optional(
      Type.Boolean({ ...labels('直接排放', 'Direct discharge'), description: '直接排放（废水）' }),
    ),
    /** Key of the limit tables of the sector standards, for the comparison with them. */
    facility: Type.Optional(Type.String({ ...labels('设施类型', 'Facility'), maxLength: 60 })),
    referenceO2: Type.Optional(
      Type.Number({ ...labels('基准氧含量（%）', 'Reference oxygen (%)'), minimum: 0, maximum: 20.9 }),
    ),
    limits: rows(PermitLimit, '许可限值', 'Limits', 100),
    annualTonnes: rows(PermittedTonnes, '年许可排放量', 'Permitted tonnes a year', 40),
    exemptions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            condition: Type.String({ ...labels('工况', 'Condition'), minLength: 1, maxLength: 100 }),
            maxHours: Type.Number({ ...labels('每年不超过小时数', 'Hours a year at most'), minimum: 0 }),
          },
          { additionalProperties: false },
        ),
        { ...labels('豁免时段', 'Exemptions'), maxItems: 20 },
      ),
    ),
  },
  { additionalProperties: false },
)
export type PermitOutlet = Static<typeof PermitOutlet>

export const SelfMonitoringItem = Type.Object(
  {
    outletNumber: Type.String({ ...labels('排放口编号', 'Outlet'), minLength: 1, maxLength: 20 }),
    factor: Type.String({ ...labels('因子', 'Factor'), minLength: 1, maxLength: 20 }),
    method: Type.Enum(['auto', 'manual'], {
      ...labels('方式', 'Method'),
      'x-labels': { auto: '自动', manual: '手工' },
    }),
    frequency: Type.Enum(permitFrequencies, { ...labels('频次', 'Frequency'), 'x-labels': frequencyLabels }),
  },
  { additionalProperties: false },
)
export type SelfMonitoringItem = Static<typeof SelfMonitoringItem>

export const PermitReportDuty = Type.Object(
  {
    period: Type.Enum(['year', 'quarter', 'month'], {
      ...labels('周期', 'Period'),
      'x-labels': { year: '年', quarter: '季', month: '月' },
    }),
    dueDays: Type.Optional(
      Type.Integer({
        ...labels('期末后第几日前', 'Days after the period'),
        minimum: 1,
        maximum: 366,
        description: '期末之后第几日前提交',
      }),
    ),
    dueOn: Type.Optional(
      Type.String({
        ...labels('次年月日', 'Month and day'),
        pattern: '^\\d{2}-\\d{2}$',
        description: '年报：次年的月-日，如 01-31',
      }),
    ),
  },
  { additionalProperties: false },
)
export type PermitReportDuty = Static<typeof PermitReportDuty>

export const PermitLedgerDuty = Type.Object(
  {
    content: Type.String({ ...labels('内容', 'Content'), minLength: 1, maxLength: 200 }),
    frequency: Type.Enum(permitFrequencies, { ...labels('频次', 'Frequency'), 'x-labels': frequencyLabels }),
  },
  { additionalProperties: false },
)
export const PermitSpecialPeriod = Type.Object(
  {
    name: Type.String({
      ...labels('名称', 'Name'),
      minLength: 1,
      maxLength: 100,
      description: '如 重污染天气橙色预警、冬季错峰',
    }),
    from: Type.Optional(day('自', 'From')),
    to: Type.Optional(day('至', 'To')),
    limits: Type.Optional(
      Type.Array(
        Type.Object(
          {
            outletNumber: Type.Optional(Type.String({ ...labels('排放口编号', 'Outlet'), maxLength: 20 })),
            pollutant: Type.String({ ...labels('污染物', 'Pollutant'), ...pollutantForm }),
            tonnesPerDay: Type.Optional(Type.Number({ ...labels('吨/日', 'Tonnes a day'), minimum: 0 })),
            tonnesPerMonth: Type.Optional(Type.Number({ ...labels('吨/月', 'Tonnes a month'), minimum: 0 })),
          },
          { additionalProperties: false },
        ),
        { ...labels('限排', 'Limits'), maxItems: 100 },
      ),
    ),
    banned: Type.Optional(
      Type.Array(Short, { ...labels('停运', 'Stopped'), maxItems: 50, description: '停运的设施或工序' }),
    ),
  },
  { additionalProperties: false },
)
export type PermitSpecialPeriod = Static<typeof PermitSpecialPeriod>

/** 22 characters: credit code, three digits, check character. */
export const permitNumberPattern = '^[0-9A-HJ-NPQRTUWXY]{18}\\d{3}[0-9A-Z]$'

/** Properties of the registry kind `permit`: what a permit holds (排污许可管理条例 art. 13). */
export const PermitProperties = Type.Object(
  {
    creditCode: Type.String({ ...labels('统一社会信用代码', 'Credit code'), minLength: 18, maxLength: 18 }),
    issuedOn: day('发证日期', 'Issued on'),
    expiresOn: day('有效期至', 'Expires on'),
    /** Day from which this version of the document holds; the first version holds from the day of issue. */
    changedOn: Type.Optional(day('变更日期', 'Changed on')),
    authority: Type.String({ ...labels('发证机关', 'Authority'), minLength: 1, maxLength: 100 }),
    management: Type.Enum(['key', 'simplified'], {
      ...labels('管理类别', 'Class of management'),
      'x-labels': { key: '重点管理', simplified: '简化管理' },
    }),
    outlets: rows(PermitOutlet, '排放口', 'Outlets', 500),
    totals: rows(PermittedTonnes, '全厂许可排放量', 'Permitted tonnes of the plant', 40),
    selfMonitoring: rows(SelfMonitoringItem, '自行监测', 'Self-monitoring', 3000),
    reports: rows(PermitReportDuty, '执行报告', 'Execution reports', 10),
    ledgers: rows(PermitLedgerDuty, '环境管理台账', 'Ledgers', 100),
    disclosures: Type.Optional(rows(PermitLedgerDuty, '信息公开', 'Disclosure', 50)),
    specialPeriods: Type.Optional(rows(PermitSpecialPeriod, '特殊时段', 'Special periods', 50)),
  },
  { additionalProperties: false },
)
export type PermitProperties = Static<typeof PermitProperties>

const Finding = Type.Object({
  rule: Type.String({ description: '规则编号' }),
  title: Type.String(),
  detail: Type.String({ description: '何处、何值' }),
  severity: Type.Enum(['error', 'warning']),
  outletNumber: Nullable(Type.String()),
  factor: Nullable(Type.String()),
  clause: Type.String({ description: '依据条款' }),
  status: Type.Enum(['verified', 'unverified', 'design'], { description: '依据是否核实' }),
})
/** One contradiction or gap inside a permit. */
export const PermitFinding = Finding
export type PermitFinding = Static<typeof PermitFinding>

const Counts = Type.Object({
  due: Type.Integer(),
  done: Type.Integer(),
  late: Type.Integer({ description: '逾期后完成' }),
  overdue: Type.Integer(),
  exempt: Type.Integer(),
})
export const ObligationCounts = Counts
export type ObligationCounts = Static<typeof ObligationCounts>

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

export const obligationKinds = ['self-monitoring', 'ledger', 'report', 'renewal', 'disclosure'] as const
export type ObligationKind = (typeof obligationKinds)[number]
export const obligationStates = ['due', 'done', 'overdue', 'exempt', 'waived'] as const
export type ObligationState = (typeof obligationStates)[number]
export const Obligation = Type.Object({
  id: Id,
  permitId: Id,
  permitNumber: Type.String(),
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  regionCode: RegionCode,
  kind: Type.Enum(obligationKinds),
  key: Type.String(),
  title: Type.String(),
  outletNumber: Nullable(Type.String()),
  factor: Nullable(Type.String()),
  periodFrom: DateString,
  periodTo: DateString,
  dueOn: DateString,
  state: Type.Enum(obligationStates),
  late: Type.Boolean({ description: '逾期后才完成' }),
  required: Type.Integer({ description: '应有次数；连续监测为应有小时数' }),
  found: Type.Integer({ description: '已有次数；连续监测为有效小时数' }),
  evidence: Nullable(Type.String({ description: '完成的依据' })),
  doneAt: Nullable(Instant),
  overdueAt: Nullable(Instant),
  leadId: Nullable(Type.Integer()),
  reason: Nullable(Type.String({ description: '免交或豁免的理由' })),
  clause: Type.String(),
})
export type Obligation = Static<typeof Obligation>

export const ObligationEnterprise = Type.Object({
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  regionCode: RegionCode,
  regionName: Nullable(Type.String()),
  permits: Type.Integer(),
  counts: ObligationCounts,
  /** Self-monitoring: plan completeness, linkage of manual data, completion of tasks, all in %; null: nothing to count. */
  planCompleteness: Nullable(Type.Number({ description: '方案完整率，%' })),
  manualLinkage: Nullable(Type.Number({ description: '手工数据联网率，%' })),
  taskCompletion: Nullable(Type.Number({ description: '任务完成率，%' })),
  findings: Type.Integer(),
})
export type ObligationEnterprise = Static<typeof ObligationEnterprise>

export const SelfMonitoringResultInput = Type.Object(
  {
    permitId: Id,
    outletNumber: Type.String({ minLength: 1, maxLength: 20 }),
    factor: Type.String({ minLength: 1, maxLength: 20 }),
    sampledOn: DateString,
    value: Type.Number(),
    unit: Type.String({ minLength: 1, maxLength: 20 }),
    flowM3PerHour: Type.Optional(Type.Number({ minimum: 0 })),
    laboratory: Type.Optional(Type.String({ maxLength: 100 })),
    reference: Type.String({ minLength: 1, maxLength: 200, description: '监测报告编号' }),
  },
  { additionalProperties: false },
)
export type SelfMonitoringResultInput = Static<typeof SelfMonitoringResultInput>

export const ReportPeriod = Type.Enum(['year', 'quarter', 'month'])
export const ReportedTonnes = Type.Object(
  {
    outletNumber: Type.String({ minLength: 1, maxLength: 20 }),
    month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }),
    pollutant: Pollutant,
    tonnes: Type.Number({ description: '实际排放量，吨' }),
  },
  { additionalProperties: false },
)
export type ReportedTonnes = Static<typeof ReportedTonnes>
export const ExecutionReportInput = Type.Object(
  {
    permitId: Id,
    period: ReportPeriod,
    periodFrom: DateString,
    /** Totals that the report states for the plant, to be held against Σ outlets. */
    totals: Type.Array(
      Type.Object({ pollutant: Pollutant, tonnes: Type.Number() }, { additionalProperties: false }),
      {
        maxItems: 40,
      },
    ),
    rows: Type.Array(ReportedTonnes, { maxItems: 20_000 }),
    ledgerKept: Type.Boolean({ description: '台账按许可证要求记录' }),
    complianceNote: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  { additionalProperties: false },
)
export type ExecutionReportInput = Static<typeof ExecutionReportInput>
export const ExecutionReport = Type.Object({
  id: Id,
  permitId: Id,
  permitNumber: Type.String(),
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  period: ReportPeriod,
  periodFrom: DateString,
  periodTo: DateString,
  revision: Type.Integer({ description: '第几次提交；以最新一次为准' }),
  submittedAt: Instant,
  submittedBy: Type.String(),
  origin: Type.Enum(['submitted', 'imported']),
  totals: Type.Array(Type.Object({ pollutant: Pollutant, tonnes: Type.Number() })),
  ledgerKept: Type.Boolean(),
  complianceNote: Nullable(Type.String()),
  findings: Type.Array(PermitFinding),
})
export type ExecutionReport = Static<typeof ExecutionReport>
export const ExecutionReportDetail = Type.Object({
  ...ExecutionReport.properties,
  rows: Type.Array(ReportedTonnes),
})
export type ExecutionReportDetail = Static<typeof ExecutionReportDetail>
export const ReportImportResult = Type.Object({
  reports: Type.Integer({ description: '写入的执行报告份数' }),
  rows: Type.Integer(),
  errors: Type.Array(LineError),
})
export type ReportImportResult = Static<typeof ReportImportResult>

const tags = ['排污许可 Permits']
const scopeQuery = {
  enterpriseId: Type.Optional(Id),
  regionCode: Type.Optional(RegionCode),
} as const
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
  listObligations: {
    operationId: 'listPermitObligations',
    summary: '许可义务（到期、完成、逾期）',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      ...scopeQuery,
      permitId: Type.Optional(Id),
      kind: Type.Optional(Type.Enum(obligationKinds)),
      state: Type.Optional(Type.Enum(obligationStates)),
      from: Type.Optional(DateString),
      to: Type.Optional(DateString),
    }),
    response: { 200: Page(Obligation), ...problemResponses },
  },
  obligationCalendar: {
    operationId: 'permitObligationCalendar',
    summary: '许可义务日历：每天到期、完成、逾期的件数',
    tags,
    querystring: Type.Object({ ...scopeQuery, from: DateString, to: DateString }),
    response: {
      200: Type.Object({ days: Type.Array(Type.Object({ day: DateString, counts: ObligationCounts })) }),
      ...problemResponses,
    },
  },
  obligationEnterprises: {
    operationId: 'permitObligationEnterprises',
    summary: '各企业的许可义务完成情况与自行监测三率',
    tags,
    querystring: Type.Object({
      ...scopeQuery,
      year: Type.Optional(Type.Integer({ minimum: 2015, maximum: 2100 })),
    }),
    response: {
      200: Type.Object({ items: Type.Array(ObligationEnterprise), asOf: DateString }),
      ...problemResponses,
    },
  },
  evidenceObligation: {
    operationId: 'evidencePermitObligation',
    summary: '提交一项义务的完成依据',
    tags,
    params: IdParams,
    body: Type.Object(
      {
        evidence: Type.String({ minLength: 2, maxLength: 400, description: '台账编号、公开网址等' }),
        doneOn: Type.Optional(DateString),
      },
      { additionalProperties: false },
    ),
    response: { 200: Obligation, ...problemResponses },
  },
  waiveObligation: {
    operationId: 'waivePermitObligation',
    summary: '豁免一项义务（须写明理由）',
    tags,
    params: IdParams,
    body: Type.Object(
      { reason: Type.String({ minLength: 2, maxLength: 400 }) },
      { additionalProperties: false },
    ),
    response: { 200: Obligation, ...problemResponses },
  },
  compileObligations: {
    operationId: 'compilePermitObligations',
    summary: '按许可证重新生成义务并核对完成情况',
    tags,
    body: Type.Object({ permitId: Type.Optional(Id) }, { additionalProperties: false }),
    response: {
      200: Type.Object({
        permits: Type.Integer(),
        obligations: Type.Integer(),
        done: Type.Integer(),
        overdue: Type.Integer(),
      }),
      ...problemResponses,
    },
  },
  submitSelfMonitoring: {
    operationId: 'submitSelfMonitoring',
    summary: '提交手工自行监测结果',
    tags,
    body: Type.Object(
      { results: Type.Array(SelfMonitoringResultInput, { minItems: 1, maxItems: 1000 }) },
      { additionalProperties: false },
    ),
    response: { 201: Type.Object({ stored: Type.Integer() }), ...problemResponses },
  },
  listExecutionReports: {
    operationId: 'listExecutionReports',
    summary: '执行报告',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      ...scopeQuery,
      permitId: Type.Optional(Id),
      year: Type.Optional(Type.Integer({ minimum: 2015, maximum: 2100 })),
    }),
    response: { 200: Page(ExecutionReport), ...problemResponses },
  },
  getExecutionReport: {
    operationId: 'getExecutionReport',
    summary: '一份执行报告及核查结果',
    tags,
    params: IdParams,
    response: { 200: ExecutionReportDetail, ...problemResponses },
  },
  submitExecutionReport: {
    operationId: 'submitExecutionReport',
    summary: '提交执行报告',
    description: '同一报告期再次提交即为更正，原报告保留。',
    tags,
    body: ExecutionReportInput,
    response: { 201: ExecutionReportDetail, ...problemResponses },
  },
  importExecutionReports: {
    operationId: 'importExecutionReports',
    summary: '导入执行报告（XLSX 或 CSV）',
    description:
      'multipart/form-data，字段 file。列：permit,period,from,outlet,month,pollutant,tonnes（或同名中文）。错误行逐行报告，含错误行的报告不写入。',
    tags,
    consumes: ['multipart/form-data'],
    response: { 200: ReportImportResult, ...problemResponses },
  },
} as const
