import { type Static, Type } from 'typebox'
import { Id, Nullable, problemResponses } from './common.ts'
import { AirEditionName, FigureState } from './evaluation.ts'

/** A sentence is a row of parts. Only a figure part carries a number, and it always carries the figure's id. */
export const ReportTextPart = Type.Object({ type: Type.Literal('text'), text: Type.String() })
export const ReportFigurePart = Type.Object({
  type: Type.Literal('figure'),
  figureId: Id,
  indicator: Type.String(),
  text: Type.String({ description: '含单位的印刷文字' }),
  value: Nullable(Type.Number()),
  unit: Type.String(),
  state: FigureState,
})
export type ReportFigurePart = Static<typeof ReportFigurePart>
export const ReportPart = Type.Union([ReportTextPart, ReportFigurePart])
export type ReportPart = Static<typeof ReportPart>

export const ReportSentence = Type.Object({
  key: Type.String({ description: '句子在模板中的名称，用于与上年比较' }),
  parts: Type.Array(ReportPart),
  text: Type.String(),
  stale: Type.Boolean(),
  lastYear: Nullable(Type.String({ description: '上年报告中的同一句' })),
})
export type ReportSentence = Static<typeof ReportSentence>

export const ReportParagraph = Type.Object({
  heading: Nullable(Type.Object({ level: Type.Integer({ minimum: 1, maximum: 3 }), text: Type.String() })),
  sentences: Type.Array(ReportSentence),
})

export const ReportStatus = Type.Union([Type.Literal('draft'), Type.Literal('frozen')])
export type ReportStatus = Static<typeof ReportStatus>

export const ReportSummary = Type.Object({
  id: Id,
  kind: Type.Literal('annual-air-review'),
  title: Type.String(),
  year: Type.Integer(),
  subject: Type.Object({ id: Id, name: Type.String() }),
  edition: AirEditionName,
  status: ReportStatus,
  version: Type.Integer(),
  staleFigures: Type.Integer(),
  figures: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  frozenAt: Nullable(Type.String()),
  frozenBy: Nullable(Type.String()),
  digest: Nullable(Type.String({ description: '定稿全文与数据项的 SHA-256' })),
})
export type ReportSummary = Static<typeof ReportSummary>

export const ReportBasisRow = Type.Object({
  figureId: Id,
  title: Type.String(),
  text: Type.String(),
  standard: Type.String(),
  edition: Type.String(),
  inputs: Type.Integer(),
  digest: Type.String(),
  state: FigureState,
})
export type ReportBasisRow = Static<typeof ReportBasisRow>

export const Report = Type.Object({
  ...ReportSummary.properties,
  paragraphs: Type.Array(ReportParagraph),
  basis: Type.Array(ReportBasisRow, { description: '数据依据表' }),
  checks: Type.Array(Type.Object({ severity: Type.String(), message: Type.String() }), {
    description: '定稿前一致性检查的结果',
  }),
})
export type Report = Static<typeof Report>

export const ReportComparison = Type.Object({
  thisYear: ReportSummary,
  lastYear: Nullable(ReportSummary),
  rows: Type.Array(
    Type.Object({
      key: Type.String(),
      now: Nullable(Type.String()),
      before: Nullable(Type.String()),
      same: Type.Boolean(),
      figures: Type.Array(
        Type.Object({
          indicator: Type.String(),
          title: Type.String(),
          now: Nullable(Type.String()),
          before: Nullable(Type.String()),
        }),
      ),
    }),
  ),
})
export type ReportComparison = Static<typeof ReportComparison>

/** Findings of the consistency checker on a pasted text; offsets count UTF-16 units of the text. */
export const ReportFinding = Type.Object({
  severity: Type.Union([Type.Literal('contradiction'), Type.Literal('doubt'), Type.Literal('confirmed')]),
  rule: Type.String(),
  start: Type.Integer(),
  end: Type.Integer(),
  quote: Type.String(),
  message: Type.String(),
  possible: Type.Array(Type.String(), { description: '能得到该数的全部组合，如 316/361' }),
})
export type ReportFinding = Static<typeof ReportFinding>

export const FoundFigure = Type.Object({
  kind: Type.String(),
  item: Nullable(Type.String()),
  value: Type.Number(),
  decimals: Type.Integer(),
  unit: Type.String(),
  start: Type.Integer(),
  end: Type.Integer(),
  quote: Type.String(),
})
export type FoundFigure = Static<typeof FoundFigure>

export const ReportCheck = Type.Object({
  figures: Type.Array(FoundFigure),
  findings: Type.Array(ReportFinding),
})
export type ReportCheck = Static<typeof ReportCheck>

const tags = ['报告']
const params = Type.Object({ id: Id })
export const reportRoutes = {
  listReports: {
    operationId: 'listReports',
    summary: '报告列表',
    tags,
    querystring: Type.Object({
      status: Type.Optional(ReportStatus),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
    }),
    response: {
      ...problemResponses,
      200: Type.Object({ items: Type.Array(ReportSummary), next: Nullable(Type.String()) }),
    },
  },
  createReport: {
    operationId: 'createReport',
    summary: '起草年度空气质量综述',
    tags,
    body: Type.Object(
      {
        year: Type.Integer({ minimum: 1990, maximum: 2100 }),
        cityId: Type.Optional(Id),
        edition: Type.Optional(Type.Union([Type.Literal('auto'), AirEditionName])),
        title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      },
      { additionalProperties: false },
    ),
    response: { ...problemResponses, 201: Report },
  },
  getReport: {
    operationId: 'getReport',
    summary: '一份报告',
    tags,
    params,
    response: { ...problemResponses, 200: Report },
  },
  refreshReport: {
    operationId: 'refreshReport',
    summary: '以当前数据更新草稿中的过期数据项',
    tags,
    params,
    response: { ...problemResponses, 200: Report },
  },
  freezeReport: {
    operationId: 'freezeReport',
    summary: '定稿：冻结全部数据项的值与摘要',
    tags,
    params,
    body: Type.Object(
      {
        version: Type.Integer({ description: '所见草稿的版本号' }),
        reason: Type.Optional(Type.String({ maxLength: 400 })),
      },
      { additionalProperties: false },
    ),
    response: { ...problemResponses, 200: Report },
  },
  compareReport: {
    operationId: 'compareReport',
    summary: '与上年报告逐句比较',
    tags,
    params,
    response: { ...problemResponses, 200: ReportComparison },
  },
  /** The body is the DOCX file; `GET /reports/{id}.docx`. */
  downloadReport: {
    operationId: 'downloadReport',
    summary: '下载 DOCX（GB/T 9704-2012 版式）',
    tags,
    params,
    response: { ...problemResponses, 200: Type.Unknown({ description: 'DOCX 文件' }) },
  },
  checkReport: {
    operationId: 'checkReport',
    summary: '核对一段文稿中的数字是否自相矛盾、是否与库内数据一致',
    tags,
    body: Type.Object(
      {
        text: Type.String({ minLength: 1, maxLength: 200_000 }),
        year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
        cityId: Type.Optional(Id),
      },
      { additionalProperties: false },
    ),
    response: { ...problemResponses, 200: ReportCheck },
  },
} as const
