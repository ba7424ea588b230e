import { type Static, Type } from 'typebox'
import { Id, Nullable, problemResponses } from './common.ts'
import { AirBudget, FigureRef } from './evaluation.ts'

export const TargetComparison = Type.Union([
  Type.Literal('<='),
  Type.Literal('>='),
  Type.Literal('='),
  Type.Literal('<'),
  Type.Literal('>'),
])
export type TargetComparison = Static<typeof TargetComparison>

/** Indicators a target may be set on: any indicator of a figure, by its name (air.mean.pm25, air.excellent.ratio …). */
export const TargetInput = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    indicator: Type.String({ minLength: 1, maxLength: 80 }),
    subjectId: Type.Integer({ minimum: 1, description: '城市(air-city)编号' }),
    year: Type.Integer({ minimum: 1990, maximum: 2100 }),
    comparison: TargetComparison,
    reach: Type.Number(),
    edition: Type.Optional(Type.String({ description: '考核口径；缺省按数据日期' })),
    ownerOrganizationId: Type.Optional(Nullable(Id)),
    source: Type.Optional(Type.String({ maxLength: 400, description: '目标来源文件' })),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
)
export type TargetInput = Static<typeof TargetInput>

export const TargetStatus = Type.Union(
  [
    Type.Literal('met'),
    Type.Literal('on-track'),
    Type.Literal('at-risk'),
    Type.Literal('missed'),
    Type.Literal('unknown'),
  ],
  {
    description: 'met 已完成；on-track 进度正常；at-risk 有风险；missed 未完成或已无法完成；unknown 数据不足',
  },
)
export type TargetStatus = Static<typeof TargetStatus>

export const TargetEvaluation = Type.Object({
  status: TargetStatus,
  current: FigureRef,
  distance: Nullable(Type.Number({ description: '当前值与目标值之差，负数为优于目标' })),
  distanceText: Type.String(),
  whatItTakes: Type.String(),
  budget: Nullable(AirBudget),
  asOf: Type.String(),
})
export type TargetEvaluation = Static<typeof TargetEvaluation>

export const Target = Type.Object({
  id: Id,
  title: Type.String(),
  indicator: Type.String(),
  indicatorTitle: Type.String(),
  unit: Type.String(),
  subject: Type.Object({ id: Id, name: Type.String() }),
  year: Type.Integer(),
  comparison: TargetComparison,
  reach: Type.Number(),
  edition: Nullable(Type.String()),
  ownerOrganizationId: Nullable(Id),
  source: Nullable(Type.String()),
  note: Nullable(Type.String()),
  version: Type.Integer(),
  evaluation: TargetEvaluation,
})
export type Target = Static<typeof Target>

export const TargetIndicator = Type.Object({
  indicator: Type.String(),
  title: Type.String(),
  unit: Type.String(),
  lowerIsBetter: Type.Boolean(),
})
export type TargetIndicator = Static<typeof TargetIndicator>

const tags = ['目标考核']
export const targetRoutes = {
  listTargets: {
    operationId: 'listTargets',
    summary: '目标及完成情况',
    tags,
    querystring: Type.Object({ year: Type.Optional(Type.Integer()), subject: Type.Optional(Id) }),
    response: {
      ...problemResponses,
      200: Type.Object({ items: Type.Array(Target), indicators: Type.Array(TargetIndicator) }),
    },
  },
  getTarget: {
    operationId: 'getTarget',
    summary: '一个目标及完成情况',
    tags,
    params: Type.Object({ id: Id }),
    response: { ...problemResponses, 200: Target },
  },
  createTarget: {
    operationId: 'createTarget',
    summary: '新建目标',
    tags,
    body: TargetInput,
    response: { ...problemResponses, 201: Target },
  },
  updateTarget: {
    operationId: 'updateTarget',
    summary: '修改目标（须带当前版本号）',
    tags,
    params: Type.Object({ id: Id }),
    body: Type.Object(
      { ...TargetInput.properties, version: Type.Integer() },
      { additionalProperties: false },
    ),
    response: { ...problemResponses, 200: Target },
  },
  deleteTarget: {
    operationId: 'deleteTarget',
    summary: '撤销目标',
    tags,
    params: Type.Object({ id: Id }),
    body: Type.Object(
      { reason: Type.String({ minLength: 2, maxLength: 400 }) },
      { additionalProperties: false },
    ),
    response: { ...problemResponses, 204: Type.Null() },
  },
} as const
