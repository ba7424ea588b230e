/** Who inspects, the settings of the room, pools of units and their ceilings. */
import { type Static, Type } from 'typebox'
import { DateString, Id, Instant, Nullable, Page, pageQuery, problemResponses, RegionCode } from './common.ts'
import {
  closed,
  EnterpriseRef,
  Person,
  Place,
  PoolKindSchema,
  Reason,
  regionQuery,
  Skill,
  Status,
  tags,
  Version,
} from './inspection-terms.ts'
import { specialReasons } from './inspection-words.ts'

export const InspectionSetting = Type.Object({
  key: Type.String(),
  title: Type.String(),
  value: Type.Number(),
  unit: Nullable(Type.String()),
  source: Type.String(),
  status: Status,
})
export type InspectionSetting = Static<typeof InspectionSetting>
export const listInspectionSettings = {
  operationId: 'listInspectionSettings',
  summary: '执法检查的参数：抽查比例、风险权重、频次上限等',
  tags,
  response: { 200: Type.Object({ items: Type.Array(InspectionSetting) }), ...problemResponses },
} as const
export const putInspectionSetting = {
  operationId: 'putInspectionSetting',
  summary: '修改参数（写明来源）',
  tags,
  params: Type.Object({ key: Type.String({ maxLength: 80 }) }),
  body: Type.Object(
    { value: Type.Number(), source: Type.String({ minLength: 2, maxLength: 400 }), status: Status },
    closed,
  ),
  response: { 200: InspectionSetting, ...problemResponses },
} as const

export const Inspector = Type.Object({
  id: Id,
  userId: Id,
  name: Type.String(),
  organization: Person,
  regionCode: RegionCode,
  certificate: Type.String({ description: '执法证件号' }),
  certificateExpires: DateString,
  certificateValid: Type.Boolean(),
  skills: Type.Array(Skill),
  home: Place,
  minutesPerDay: Type.Integer(),
  active: Type.Boolean(),
  absences: Type.Array(Type.Object({ id: Id, from: DateString, to: DateString, reason: Type.String() })),
  recusals: Type.Array(
    Type.Object({ enterpriseId: Id, enterpriseName: Type.String(), reason: Type.String() }),
    { description: '应当回避的单位' },
  ),
  version: Type.Integer(),
})
export type Inspector = Static<typeof Inspector>
export const listInspectors = {
  operationId: 'listInspectors',
  summary: '执法人员',
  tags,
  querystring: Type.Object(regionQuery),
  response: { 200: Type.Object({ items: Type.Array(Inspector) }), ...problemResponses },
} as const
export const putInspector = {
  operationId: 'putInspector',
  summary: '登记或修改执法人员',
  tags,
  params: Type.Object({ userId: Id }),
  body: Type.Object(
    {
      certificate: Type.String({ minLength: 1, maxLength: 60 }),
      certificateExpires: DateString,
      skills: Type.Array(Skill, { maxItems: 20 }),
      home: Place,
      minutesPerDay: Type.Integer({ minimum: 60, maximum: 720 }),
      active: Type.Boolean(),
      version: Type.Optional(Version),
    },
    closed,
  ),
  response: { 200: Inspector, ...problemResponses },
} as const
export const addAbsence = {
  operationId: 'addInspectorAbsence',
  summary: '登记请假、培训等不能出勤的日子',
  tags,
  params: Type.Object({ userId: Id }),
  body: Type.Object(
    { from: DateString, to: DateString, reason: Type.String({ minLength: 1, maxLength: 200 }) },
    closed,
  ),
  response: { 201: Inspector, ...problemResponses },
} as const
export const removeAbsence = {
  operationId: 'removeInspectorAbsence',
  summary: '撤销缺勤',
  tags,
  params: Type.Object({ userId: Id, absenceId: Id }),
  response: { 200: Inspector, ...problemResponses },
} as const
export const putRecusal = {
  operationId: 'putInspectorRecusal',
  summary: '登记应当回避的单位',
  tags,
  params: Type.Object({ userId: Id, enterpriseId: Id }),
  body: Type.Object({ reason: Reason, remove: Type.Optional(Type.Boolean()) }, closed),
  response: { 200: Inspector, ...problemResponses },
} as const

export const PoolUnit = Type.Object({
  enterprise: EnterpriseRef,
  regionCode: RegionCode,
  kind: PoolKindSchema,
  reason: Type.String({ description: '列入依据' }),
  specialReason: Nullable(Type.Enum(specialReasons)),
  visitsThisYear: Type.Integer(),
  cap: Nullable(Type.Integer({ description: '年度检查频次上限' })),
  capSource: Nullable(Type.String()),
  capReached: Type.Boolean(),
  positiveList: Nullable(Type.Object({ from: DateString, to: DateString, reason: Type.String() })),
  drawnThisYear: Type.Boolean(),
  lastVisitOn: Nullable(DateString),
  risk: Type.Integer({ description: '风险值 0–100（平台设定的算法）' }),
})
export type PoolUnit = Static<typeof PoolUnit>
export const PoolSummary = Type.Object({
  kind: PoolKindSchema,
  units: Type.Integer(),
  drawnThisYear: Type.Integer(),
  drawnThisQuarter: Type.Integer(),
  rate: Nullable(Type.Number({ description: '每季抽查比例' })),
  officersRatio: Nullable(Type.Number({ description: '一般对象：每名执法人员每年应查单位数' })),
  quota: Type.Integer({ description: '本季应抽数' }),
  source: Type.String(),
  status: Status,
})
export type PoolSummary = Static<typeof PoolSummary>
export const getPools = {
  operationId: 'getInspectionPools',
  summary: '双随机对象库',
  tags,
  querystring: Type.Object({ regionCode: RegionCode, date: Type.Optional(DateString) }),
  response: {
    200: Type.Object({
      regionCode: RegionCode,
      level: Type.Enum(['city', 'county']),
      quarter: Type.String({ description: 'YYYY-Qn' }),
      officers: Type.Integer({ description: '持证在岗执法人员' }),
      builtAt: Nullable(Instant),
      pools: Type.Array(PoolSummary),
    }),
    ...problemResponses,
  },
} as const
export const listPoolUnits = {
  operationId: 'listInspectionPoolUnits',
  summary: '对象库中的单位',
  tags,
  querystring: Type.Object({
    ...pageQuery,
    regionCode: RegionCode,
    kind: Type.Optional(PoolKindSchema),
    search: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  response: { 200: Page(PoolUnit), ...problemResponses },
} as const
export const buildPools = {
  operationId: 'buildInspectionPools',
  summary: '按台账、许可、查实线索重建对象库',
  tags,
  body: Type.Object({ regionCode: RegionCode }, closed),
  response: {
    200: Type.Object({ added: Type.Integer(), moved: Type.Integer(), removed: Type.Integer() }),
    ...problemResponses,
  },
} as const
export const putPoolUnit = {
  operationId: 'putInspectionPoolUnit',
  summary: '人工调整一家单位：对象类别、频次上限、正面清单',
  tags,
  params: Type.Object({ enterpriseId: Id }),
  body: Type.Object(
    {
      kind: Type.Optional(PoolKindSchema),
      cap: Type.Optional(
        Nullable(
          Type.Object(
            {
              visits: Type.Integer({ minimum: 0, maximum: 366 }),
              source: Type.String({ minLength: 2, maxLength: 400 }),
            },
            closed,
          ),
        ),
      ),
      positiveList: Type.Optional(
        Nullable(Type.Object({ from: DateString, to: DateString, reason: Reason }, closed)),
      ),
      reason: Reason,
    },
    closed,
  ),
  response: { 200: PoolUnit, ...problemResponses },
} as const
