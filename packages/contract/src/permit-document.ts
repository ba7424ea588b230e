/** The discharge permit (排污许可证) as data, and what is found wrong inside it. */
import { type Static, type TSchema, Type } from 'typebox'
import { Nullable } from './common.ts'
import { pollutantForm } from './permit-terms.ts'
import { permitFrequencies } from './permit-words.ts'

/** Both labels, as the registry's forms read them. */
const labels = (zh: string, en: string) => ({ title: zh, 'x-en': en })
const day = (zh: string, en: string) => Type.String({ ...labels(zh, en), format: 'date' })
const rows = <T extends TSchema>(schema: T, zh: string, en: string, maxItems: number) =>
  Type.Array(schema, { ...labels(zh, en), maxItems })
const Short = Type.String({ minLength: 1, maxLength: 100 })

export const PermittedTonnes = Type.Object(
  {
    pollutant: Type.String({ ...labels('污染物', 'Pollutant'), ...pollutantForm }),
    tonnes: Type.Number({ ...labels('吨', 'Tonnes'), minimum: 0, description: '吨' }),
  },
  { additionalProperties: false },
)

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

/** One contradiction or gap inside a permit. */
export const PermitFinding = Type.Object({
  rule: Type.String({ description: '规则编号' }),
  title: Type.String(),
  detail: Type.String({ description: '何处、何值' }),
  severity: Type.Enum(['error', 'warning']),
  outletNumber: Nullable(Type.String()),
  factor: Nullable(Type.String()),
  clause: Type.String({ description: '依据条款' }),
  status: Type.Enum(['verified', 'unverified', 'design'], { description: '依据是否核实' }),
})
export type PermitFinding = Static<typeof PermitFinding>
