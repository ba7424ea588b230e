/** A place in a standard: its number and where in it (clause, table, or the topic where no clause number is public). */
export interface Clause {
  readonly standard: string
  readonly at: string
}

/** One step of an evaluation, so that a reader can redo it by hand. */
export interface Finding {
  readonly rule: string
  readonly input: unknown
  readonly result: number | string | null
  readonly clause: Clause
  /** The formula with its numbers filled in. */
  readonly formula?: string
}

export type Refusal = 'insufficient-data' | 'out-of-scope' | 'invalid-input'

/** The outcome of an evaluator. An expected refusal is a value, not an exception. */
export type Evaluation<T> =
  | { readonly ok: true; readonly value: T; readonly trace: readonly Finding[] }
  | {
      readonly ok: false
      readonly reason: Refusal
      readonly missing: readonly string[]
      readonly detail?: string
      readonly clause: Clause
    }

/**
 * Whether a row was read in the standard's text, still has to be checked by the bureau (待核实), or is a rule of this
 * software that no standard fixes (设计).
 */
export type Status = 'verified' | 'unverified' | 'design'

/** A number or rule that an operator may replace, with where it comes from. */
export interface Configurable<T> {
  readonly value: T
  readonly source: string
  readonly status: Status
}

export interface StandardRef {
  readonly id: string
  readonly title: string
  /** First day in force; absent where only the year is public here. */
  readonly effectiveFrom?: string
  readonly supersededBy?: string
}

export const standards = {
  gb8170: { id: 'GB/T 8170-2008', title: '数值修约规则与极限数值的表示和判定' },
  gb3095_2012: {
    id: 'GB 3095-2012',
    title: '环境空气质量标准（含2018年修改单）',
    effectiveFrom: '2016-01-01',
    supersededBy: 'GB 3095-2026',
  },
  gb3095_2026: { id: 'GB 3095-2026', title: '环境空气质量标准', effectiveFrom: '2026-03-01' },
  hj633_2012: {
    id: 'HJ 633-2012',
    title: '环境空气质量指数（AQI）技术规定（试行）',
    effectiveFrom: '2016-01-01',
    supersededBy: 'HJ 633-2026',
  },
  hj633_2026: { id: 'HJ 633-2026', title: '环境空气质量指数（AQI）技术规定', effectiveFrom: '2026-03-01' },
  hj663_2013: {
    id: 'HJ 663-2013',
    title: '环境空气质量评价技术规范（试行）',
    effectiveFrom: '2013-10-01',
    supersededBy: 'HJ 663-2026',
  },
  hj663_2026: { id: 'HJ 663-2026', title: '环境空气质量评价技术规范', effectiveFrom: '2026-03-01' },
  ranking2018: {
    id: '环办监测〔2018〕19号',
    title: '城市环境空气质量排名技术规定',
  },
  sand2016: {
    id: '环办监测〔2016〕120号',
    title: '受沙尘天气过程影响城市空气质量评价补充规定',
    effectiveFrom: '2017-01-01',
  },
  alert2024: {
    id: '环大气〔2024〕6号',
    title: '关于进一步优化重污染天气应对机制的指导意见',
  },
  alert2017: { id: '重污染天气预警分级（2017）', title: '重污染天气预警分级（2017—2023年）' },
  gb32100: {
    id: 'GB 32100-2015',
    title: '法人和其他组织统一社会信用代码编码规则',
    effectiveFrom: '2015-10-01',
  },
  hj75: { id: 'HJ 75-2017', title: '固定污染源烟气（SO2、NOX、颗粒物）排放连续监测技术规范' },
  hj355: {
    id: 'HJ 355-2019',
    title: '水污染源在线监测系统（CODCr、NH3-N等）运行技术规范',
    effectiveFrom: '2020-03-24',
  },
  hj356: {
    id: 'HJ 356-2019',
    title: '水污染源在线监测系统（CODCr、NH3-N等）数据有效性判别技术规范',
    effectiveFrom: '2020-03-24',
  },
  marking2022: {
    id: '公告2022年第21号',
    title: '污染物排放自动监测设备标记规则',
    effectiveFrom: '2023-01-01',
  },
  gb13271: { id: 'GB 13271-2014', title: '锅炉大气污染物排放标准', effectiveFrom: '2014-07-01' },
  gb18484: { id: 'GB 18484-2020', title: '危险废物焚烧污染控制标准', effectiveFrom: '2021-07-01' },
  gb9078: { id: 'GB 9078-1996', title: '工业炉窑大气污染物排放标准', effectiveFrom: '1997-01-01' },
  gb26132: { id: 'GB 26132-2010', title: '硫酸工业污染物排放标准', effectiveFrom: '2011-03-01' },
  hj212: { id: 'HJ 212-2017', title: '污染物在线监控（监测）系统数据传输标准', effectiveFrom: '2017-05-01' },
} as const satisfies Record<string, StandardRef>

/** Makes a citer for one standard: `const at = clauseOf(standards.gb3095_2026); at('表1')`. */
export const clauseOf =
  (standard: StandardRef) =>
  (at: string): Clause => ({ standard: standard.id, at })

export function success<T>(value: T, trace: readonly Finding[]): Evaluation<T> {
  return { ok: true, value, trace }
}

export function refusal(
  reason: Refusal,
  clause: Clause,
  about: { missing?: readonly string[]; detail?: string } = {},
): Evaluation<never> {
  const { missing = [], detail } = about
  return detail === undefined
    ? { ok: false, reason, missing, clause }
    : { ok: false, reason, missing, detail, clause }
}
