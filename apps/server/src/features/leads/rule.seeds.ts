/**
 * Rules delivered with the product. Thresholds that no standard states are design values or unverified, and say so; the
 * bureau may change every one of them.
 */
import { fraudRuleSeeds } from './fraud-scan.ts'
import type { RuleSeed } from './rule.table.ts'

const each = '*'
const parameter = (
  name: string,
  zh: string,
  en: string,
  unit: string,
  value: number,
  min: number,
  max: number,
) => ({ name, zh, en, unit, default: value, min, max })

/** What was handed in late says what was, not what is: rules about the state of an outlet open no leads for it. */
const recent = parameter('recentHours', '只提出最近时段的线索', 'Only of the last hours', 'h', 48, 1, 8_760)

const times = { calmAfterHours: 24, followUpHours: 24, escalateHours: 48 } as const

const streamRules: readonly RuleSeed[] = [
  {
    id: 'exceedance.begins',
    title: '超标排放',
    titleEn: 'Exceedance',
    description:
      '排放口某因子按超标判定流程（有效、未豁免、按限值位数修约后大于限值）判为超标，即提出线索；连续超标为一条。废水按有效日均值判定。',
    kind: 'stream',
    family: 'exceedance',
    subjectKind: 'outlet',
    medium: null,
    condition: { kind: 'exceeding', factor: each },
    weight: 0.5,
    clause: 'GB 16297-1996 3.2、8.2；GB 18918-2002 4.1.4.2；权重为平台设计',
    status: 'primary',
    parameters: [],
    // What was exceeded is to be looked into although it has ended.
    ...times,
    calmAfterHours: 720,
  },
  {
    id: 'limit.near',
    title: '长时间逼近限值',
    titleEn: 'Near the limit for hours',
    description:
      '判定浓度（有基准氧的为折算浓度）持续若干小时不低于限值的一定比例，但未超过限值，提示治理设施余量不足。pH 不适用；补传的历史时段不提出。',
    kind: 'stream',
    family: 'near-limit',
    subjectKind: 'outlet',
    medium: null,
    condition: {
      kind: 'lasting',
      hours: { parameter: 'hours' },
      condition: {
        kind: 'all',
        conditions: [
          {
            kind: 'threshold',
            quantity: { of: 'limit-ratio', factor: each },
            op: '>=',
            value: { parameter: 'ratio' },
          },
          // Above the limit there is an exceedance.
          { kind: 'threshold', quantity: { of: 'limit-ratio', factor: each }, op: '<=', value: 1 },
        ],
      },
    },
    weight: 0.2,
    clause: '平台设计规则，无标准条文',
    status: 'design',
    parameters: [
      parameter('ratio', '与限值之比', 'Ratio to the limit', '', 0.9, 0.5, 1),
      parameter('hours', '持续时间', 'Lasting', 'h', 6, 1, 168),
      recent,
    ],
    ...times,
  },
  {
    id: 'data.absent',
    title: '监测数据缺失',
    titleEn: 'Data absent',
    description: '排放口某因子超过规定时间没有任何数据，且未标记停运。数据恢复后自动解除。',
    kind: 'stream',
    family: 'absence',
    subjectKind: 'outlet',
    medium: null,
    condition: { kind: 'absent', factor: each, minutes: { parameter: 'minutes' } },
    weight: 0.3,
    clause: '《生态环境监测条例》（国务院令第820号）第二十一条要求异常时报告并检修；时限为平台设计',
    status: 'design',
    parameters: [parameter('minutes', '无数据时间', 'Without data for', 'min', 240, 10, 10_080), recent],
    calmAfterHours: 1,
    followUpHours: 12,
    escalateHours: 24,
  },
  {
    id: 'transmission.low',
    title: '传输有效率偏低',
    titleEn: 'Low transmission rate',
    description:
      '排放口一天的数据传输有效率（按应收、实收、有效计数，停运与标样核查时段已从应收中剔除）低于要求。补传的历史时段不提出。',
    kind: 'day',
    family: 'transmission',
    subjectKind: 'outlet',
    medium: null,
    condition: {
      kind: 'threshold',
      quantity: { of: 'transmission', factor: each },
      op: '<',
      value: { parameter: 'rate' },
    },
    weight: 0.2,
    clause: '数据传输有效率 ≥ 90 % 的考核要求，待与原文核对；只提出最近 48 小时为平台设计',
    status: 'unverified',
    parameters: [parameter('rate', '传输有效率下限', 'Lowest rate', '', 0.9, 0.1, 1), recent],
    calmAfterHours: 48,
    followUpHours: 48,
    escalateHours: 96,
  },
]

/** Raised by the room of permits, which judges itself. */
const raisedRules: readonly RuleSeed[] = [
  {
    id: 'permit.ledger-divergence',
    title: '三本台账排放量不一致',
    titleEn: 'Ledgers of tonnes diverge',
    description: '在线监测、执行报告、排放系数三种口径的排放量相差超过容许范围。',
    kind: 'raised',
    family: 'permit',
    subjectKind: 'outlet',
    medium: null,
    condition: { kind: 'raised', by: 'permits' },
    weight: 0.4,
    clause: '平台设计规则；容许范围见许可与总量',
    status: 'design',
    parameters: [],
    calmAfterHours: 0,
    followUpHours: 72,
    escalateHours: 168,
  },
  {
    id: 'permit.annual-tonnes',
    title: '许可排放量将尽或超过',
    titleEn: 'Permitted tonnes nearly used up, or exceeded',
    description:
      '实际排放量达到许可年排放量的 80 %、90 %、100 %，或按日均推算全年超过 100 %，即提出线索；全厂（或排放口）每种污染物一条，数据改正后不再成立的自动平息。80 %、90 % 与推算为平台约定，可在许可与总量中更改。',
    kind: 'raised',
    family: 'permit',
    subjectKind: 'enterprise',
    medium: null,
    condition: { kind: 'raised', by: 'permits' },
    weight: 0.5,
    clause: '《排污许可管理条例》（国务院令第736号）第三十四条、第二十一条；预警比例与推算为平台设计',
    status: 'design',
    parameters: [],
    calmAfterHours: 0,
    followUpHours: 72,
    escalateHours: 168,
  },
  {
    id: 'permit.obligation-overdue',
    title: '许可义务逾期',
    titleEn: 'Obligation of the permit overdue',
    description: '执行报告、自行监测或台账等排污许可义务到期未完成。',
    kind: 'raised',
    family: 'permit',
    subjectKind: 'enterprise',
    medium: null,
    condition: { kind: 'raised', by: 'permits' },
    weight: 0.3,
    clause: '《排污许可管理条例》（国务院令第736号）；时限取自许可证',
    status: 'design',
    parameters: [],
    calmAfterHours: 0,
    followUpHours: 72,
    escalateHours: 168,
  },
]

export const ruleSeeds: readonly RuleSeed[] = [...streamRules, ...fraudRuleSeeds, ...raisedRules]
