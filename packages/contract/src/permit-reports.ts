/** Execution reports (执行报告): submission, import, findings. */
import { type Static, Type } from 'typebox'
import {
  DateString,
  Id,
  IdParams,
  Instant,
  MonthString,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  scopeQuery,
} from './common.ts'
import { PermitFinding } from './permit-document.ts'
import { Pollutant, tags } from './permit-terms.ts'
import { LineError } from './registry.ts'

export const ReportPeriod = Type.Enum(['year', 'quarter', 'month'])
export const ReportedTonnes = Type.Object(
  {
    outletNumber: Type.String({ minLength: 1, maxLength: 20 }),
    month: MonthString,
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

export const executionReportRoutes = {
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
