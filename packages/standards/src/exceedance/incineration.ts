import { type Clause, type Configurable, clauseOf } from '../clause.ts'
import { compare } from './multiple.ts'

const at18484 = clauseOf({ id: 'GB 18484-2020', title: '危险废物焚烧污染控制标准' })
const at10 = clauseOf({ id: '生态环境部令第10号', title: '生活垃圾焚烧发电厂自动监测数据应用管理规定' })
export const hazardousDayClause: Clause = at18484('9.3、9.4')
export const hazardousAllowanceClause: Clause = at18484('7.2.3—7.2.5')
export const municipalDayClause: Clause = at10('日均值与炉温')

/** Kinds of waste incinerator with rules of their own. */
export const incineratorKinds = ['municipal', 'hazardous', 'medical'] as const
export type IncineratorKind = (typeof incineratorKinds)[number]

export interface FurnaceRule {
  /** 5-min mean furnace temperature below this, ℃, counts. */
  readonly belowC: number
  /** So many such means in a calendar day are a violation. */
  readonly violatesFrom: number
}

/**
 * Furnace temperature. Hazardous and medical: more than 5 times in a calendar day (read in GB 18484-2020 9.3, GB 39707);
 * municipal: 5 or more, not read in the text.
 */
export const furnaceRules: Readonly<Record<IncineratorKind, Configurable<FurnaceRule>>> = {
  municipal: {
    value: { belowC: 850, violatesFrom: 5 },
    source: '生态环境部令第10号（未见原文）：一个自然日内5分钟均值低于850 ℃达5次',
    status: 'unverified',
  },
  hazardous: {
    value: { belowC: 1100, violatesFrom: 6 },
    source: 'GB 18484-2020 9.3：一个自然日内低于1100 ℃累计超过5次',
    status: 'verified',
  },
  medical: {
    value: { belowC: 850, violatesFrom: 6 },
    source: 'GB 39707-2020 9.3：一个自然日内低于850 ℃累计超过5次',
    status: 'verified',
  },
}

export interface AllowanceRule {
  readonly key: 'start-stop-fault' | 'fault-event' | 'preheat-cool' | 'cems-maintenance'
  readonly zh: string
  readonly hours: number
}

/** Hours a calendar year (a fault: an event) in which data do not count, per line. */
export const allowanceRules: Readonly<Record<IncineratorKind, Configurable<readonly AllowanceRule[]>>> = {
  municipal: {
    value: [
      { key: 'start-stop-fault', zh: '启炉、停炉、故障、事故', hours: 60 },
      { key: 'fault-event', zh: '每次故障', hours: 4 },
      { key: 'preheat-cool', zh: '烘炉、停炉降温', hours: 700 },
      { key: 'cems-maintenance', zh: 'CEMS维护（每项污染物）', hours: 30 },
    ],
    source: '生态环境部令第10号、公告2019年第50号（未见原文）',
    status: 'unverified',
  },
  hazardous: {
    value: [{ key: 'start-stop-fault', zh: '启动、停炉、故障、事故', hours: 60 }],
    source: 'GB 18484-2020 7.2.5',
    status: 'verified',
  },
  medical: {
    value: [{ key: 'start-stop-fault', zh: '启动、停炉、故障、事故', hours: 60 }],
    source: 'GB 39707-2020 7.3',
    status: 'verified',
  },
}

/** Particulate hourly mean that holds within the allowance, mg/m³. */
export const allowanceParticulate: Configurable<number> = {
  value: 150,
  source: 'GB 18484-2020 7.2.4；GB 39707-2020 7.3',
  status: 'verified',
}

/** Exceedance days in a calendar month from which production is to be limited or stopped. */
export const incinerationMonthRule: Configurable<number> = {
  value: 5,
  source: '生态环境部令第10号（未见原文）：一个自然月内超标天数累计达5天',
  status: 'unverified',
}

export interface DailyMean {
  readonly factor: string
  /** Daily mean, converted, mg/m³; null = no valid day. */
  readonly value: number | null
  readonly limit: number
  readonly decimals: number
}

export interface IncinerationDay {
  /** Factors whose daily mean exceeds; one is enough for an exceedance day. */
  readonly exceeding: readonly string[]
  readonly exceedanceDay: boolean
  /** 5-min means below the furnace temperature. */
  readonly coldMeans: number
  readonly furnaceViolation: boolean
}

/**
 * One calendar day of an incinerator line: daily means against the 24-h limits, 5-min furnace temperatures (℃; NaN =
 * missing; leave out those of marked start-up, shutdown, fault and accident within the allowance).
 */
export function incinerationDay(
  kind: IncineratorKind,
  means: readonly DailyMean[],
  furnaceC: ArrayLike<number>,
): IncinerationDay {
  const exceeding = means
    .filter(
      ({ value, limit, decimals }) => compare(value ?? Number.NaN, { value: limit, decimals }) === 'exceeds',
    )
    .map(({ factor }) => factor)
  const { belowC, violatesFrom } = furnaceRules[kind].value
  let coldMeans = 0
  for (let i = 0; i < furnaceC.length; i++) if ((furnaceC[i] as number) < belowC) coldMeans++
  return {
    exceeding,
    exceedanceDay: exceeding.length > 0,
    coldMeans,
    furnaceViolation: coldMeans >= violatesFrom,
  }
}

export type AllowanceOutcome = 'exempt' | 'particulate-violation' | 'counts'

/**
 * An hour in start-up, shutdown, fault or accident: exempt while the year's allowance lasts (`usedHours` before this
 * hour), but its particulate hourly mean must stay at or below 150 mg/m³; past the allowance the data count.
 * GB 18484-2020 7.2.3–7.2.5.
 */
export function allowanceHour(
  kind: IncineratorKind,
  usedHours: number,
  particulate: number | null,
): AllowanceOutcome {
  const quota = allowanceRules[kind].value.find(({ key }) => key === 'start-stop-fault')
  if (quota === undefined || usedHours >= quota.hours) return 'counts'
  const ceiling = { value: allowanceParticulate.value, decimals: 0 }
  const beyond = kind !== 'municipal' && compare(particulate ?? Number.NaN, ceiling) === 'exceeds'
  return beyond ? 'particulate-violation' : 'exempt'
}

/** Whether the exceedance days of a calendar month call for limiting or stopping production. */
export function incinerationMonthOrders(exceedanceDays: number): boolean {
  return exceedanceDays >= incinerationMonthRule.value
}
