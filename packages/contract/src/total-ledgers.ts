/** Three ledgers of tonnes (online, reported, accounted), and permitted against actual. */
import { type Static, Type } from 'typebox'
import {
  DateString,
  Id,
  Instant,
  MonthString,
  Nullable,
  Page,
  pageQuery,
  problemResponses,
  RegionCode,
  scopeQuery,
} from './common.ts'
import { Pollutant } from './permit-terms.ts'
import { NumberStatus, tags, tons, Year } from './total-terms.ts'

export const LedgerMonth = Type.Object({
  month: MonthString,
  online: Nullable(tons('自动监测')),
  onlineValidShare: Nullable(Type.Number({ description: '有效数据占应有数据的比例，0–1' })),
  onlineUsable: Type.Boolean({ description: '缺失超过规定比例时不能作为核算依据' }),
  reported: Nullable(tons('执行报告')),
  accounted: Nullable(tons('系数核算')),
  /** Largest relative distance between two ledgers that both have a value; null: fewer than two. */
  divergence: Nullable(Type.Number({ description: '最大相对偏差，0–1' })),
  between: Nullable(Type.String({ description: '偏差最大的两本账' })),
  within: Nullable(Type.Boolean({ description: '偏差在容差内' })),
  leadId: Nullable(Type.Integer()),
})
export type LedgerMonth = Static<typeof LedgerMonth>
export const LedgerRow = Type.Object({
  outletId: Id,
  outletNumber: Type.String(),
  outletName: Type.String(),
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  pollutant: Pollutant,
  months: Type.Array(LedgerMonth),
  /** Sums from January to the last month that each ledger has. */
  online: Nullable(tons('自动监测合计')),
  reported: Nullable(tons('执行报告合计')),
  accounted: Nullable(tons('系数核算合计')),
  diverging: Type.Integer({ description: '超出容差的月数' }),
})
export type LedgerRow = Static<typeof LedgerRow>

export const PermittedAgainstActual = Type.Object({
  enterpriseId: Nullable(Id),
  enterpriseName: Type.String(),
  regionCode: RegionCode,
  /** null: the plant's total. */
  outletNumber: Nullable(Type.String()),
  pollutant: Pollutant,
  permitted: Nullable(tons('许可年排放量')),
  actual: Nullable(tons('年初至今实际排放量')),
  basis: Type.String({ description: '实际量取自哪本账' }),
  usedPercent: Nullable(Type.Number({ description: '已用比例，%' })),
  forecast: Nullable(tons('按日均推算的全年排放量')),
  forecastPercent: Nullable(Type.Number({ description: '推算占许可量，%' })),
  standing: Type.Enum(['normal', 'warn-80', 'warn-90', 'projected', 'exceeded', 'unknown']),
  days: Type.Integer({ description: '已计入的天数' }),
})
export type PermittedAgainstActual = Static<typeof PermittedAgainstActual>

export const ConfigurableNumber = Type.Object({
  key: Type.String(),
  title: Type.String(),
  value: Type.Number(),
  unit: Type.String(),
  source: Type.String(),
  status: NumberStatus,
  updatedAt: Nullable(Instant),
})
export type ConfigurableNumber = Static<typeof ConfigurableNumber>

export const AccountingInput = Type.Object(
  {
    outletId: Id,
    pollutant: Pollutant,
    month: MonthString,
    activity: Type.Number({ minimum: 0, description: '产量或燃料量' }),
    activityUnit: Type.String({ minLength: 1, maxLength: 40 }),
    coefficientKgPerUnit: Type.Number({ minimum: 0, description: '产污系数，kg/单位' }),
    removalPercent: Type.Number({ minimum: 0, maximum: 100, description: '治理效率 η，%' }),
    /** Where activity, coefficient and efficiency come from. */
    reference: Type.String({ minLength: 2, maxLength: 400 }),
    coefficientStatus: Type.Enum(['verified', 'unverified']),
  },
  { additionalProperties: false },
)
export type AccountingInput = Static<typeof AccountingInput>
export const AccountingEntry = Type.Object({
  ...AccountingInput.properties,
  id: Id,
  outletNumber: Type.String(),
  enterpriseName: Type.String(),
  tonnes: tons('核算排放量'),
  directDischarge: Type.Boolean({ description: '按直排核算（不计治理效率）' }),
  formula: Type.String(),
  updatedAt: Instant,
})
export type AccountingEntry = Static<typeof AccountingEntry>

export const ledgerRoutes = {
  listLedgers: {
    operationId: 'listTonnageLedgers',
    summary: '三本账：自动监测、执行报告、系数核算',
    tags,
    querystring: Type.Object({
      ...pageQuery,
      ...scopeQuery,
      year: Year,
      pollutant: Type.Optional(Pollutant),
      diverging: Type.Optional(Type.Boolean({ description: '只看有偏差的' })),
    }),
    response: {
      200: Type.Object({
        ...Page(LedgerRow).properties,
        tolerance: ConfigurableNumber,
      }),
      ...problemResponses,
    },
  },
  listPermitted: {
    operationId: 'listPermittedAgainstActual',
    summary: '许可量与实际量、全年推算',
    tags,
    querystring: Type.Object({ ...scopeQuery, year: Year, outlets: Type.Optional(Type.Boolean()) }),
    response: {
      200: Type.Object({ items: Type.Array(PermittedAgainstActual), asOf: DateString }),
      ...problemResponses,
    },
  },
  reconcile: {
    operationId: 'reconcileTonnage',
    summary: '对三本账并生成偏差线索',
    tags,
    body: Type.Object({ year: Year }, { additionalProperties: false }),
    response: {
      200: Type.Object({
        compared: Type.Integer(),
        diverging: Type.Integer(),
        leads: Type.Integer({ description: '新开的线索数' }),
      }),
      ...problemResponses,
    },
  },
  listRules: {
    operationId: 'listTonnageRules',
    summary: '三本账与总量的可配置数值',
    tags,
    response: { 200: Type.Object({ items: Type.Array(ConfigurableNumber) }), ...problemResponses },
  },
  putRule: {
    operationId: 'putTonnageRule',
    summary: '修改一项可配置数值（须写明出处）',
    tags,
    params: Type.Object({ key: Type.String({ maxLength: 60 }) }),
    body: Type.Object(
      {
        value: Type.Number({ minimum: 0 }),
        source: Type.String({ minLength: 2, maxLength: 400 }),
        status: NumberStatus,
      },
      { additionalProperties: false },
    ),
    response: { 200: ConfigurableNumber, ...problemResponses },
  },
  listAccounting: {
    operationId: 'listAccountingEntries',
    summary: '系数核算的输入与结果',
    tags,
    querystring: Type.Object({ ...pageQuery, ...scopeQuery, year: Year, outletId: Type.Optional(Id) }),
    response: { 200: Page(AccountingEntry), ...problemResponses },
  },
  putAccounting: {
    operationId: 'putAccountingEntries',
    summary: '填报系数核算输入（同一排放口、污染物、月份以最近一次为准）',
    tags,
    body: Type.Object(
      { entries: Type.Array(AccountingInput, { minItems: 1, maxItems: 1000 }) },
      { additionalProperties: false },
    ),
    response: { 200: Type.Object({ stored: Type.Integer() }), ...problemResponses },
  },
} as const
