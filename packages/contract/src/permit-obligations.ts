/** Obligations that follow from a permit, with due, done and overdue; results of self-monitoring. */
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
  scopeQuery,
} from './common.ts'
import { tags } from './permit-terms.ts'
import { obligationKinds, obligationStates } from './permit-words.ts'

export const ObligationCounts = Type.Object({
  due: Type.Integer(),
  done: Type.Integer(),
  late: Type.Integer({ description: '逾期后完成' }),
  overdue: Type.Integer(),
  exempt: Type.Integer(),
})
export type ObligationCounts = Static<typeof ObligationCounts>

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

export const obligationRoutes = {
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
} as const
