/**
 * Risk of a unit for inspections, 0–100: a formula of the platform (status design) until the room of risks grades
 * units; every weight is a setting.
 */
import type { NumberStatus } from './inspection.table.ts'
import type { Settings } from './setting.service.ts'

export interface RiskFacts {
  readonly permitClass: 'key' | 'simplified' | 'registered'
  /** Leads confirmed within a year. */
  readonly confirmedLeads: number
  /** Exceedances that stand, of the last 90 days. */
  readonly exceedances: number
  readonly overdueObligations: number
  readonly visitedWithinYear: boolean
}

export interface RiskPart {
  readonly title: string
  readonly points: number
  readonly status: NumberStatus
}

export interface Risk {
  readonly value: number
  readonly parts: readonly RiskPart[]
}

export function riskOf(facts: RiskFacts, settings: Settings): Risk {
  const permit = settings.row(`risk.permit.${facts.permitClass}`)
  const counted = (key: string, n: number, what: string): RiskPart => {
    const each = settings.row(key)
    const most = settings.number(`${key}.max`)
    return { title: what, points: Math.min(each.value * n, most), status: each.status }
  }
  const never = settings.row('risk.never-visited')
  const parts: RiskPart[] = [
    { title: permit.title, points: permit.value, status: permit.status },
    counted('risk.confirmed-lead', facts.confirmedLeads, `一年内查实线索 ${facts.confirmedLeads} 条`),
    counted('risk.exceedance', facts.exceedances, `90天内超标 ${facts.exceedances} 次`),
    counted('risk.obligation', facts.overdueObligations, `逾期义务 ${facts.overdueObligations} 项`),
    ...(facts.visitedWithinYear
      ? []
      : [{ title: '一年内未曾检查', points: never.value, status: never.status }]),
  ].filter((part) => part.points > 0)
  const sum = parts.reduce((total, part) => total + part.points, 0)
  return { value: Math.round(Math.min(100, sum)), parts }
}

/** Values of several reasons for one visit, each 0–100, as one: 100·(1 − Π(1 − v/100)). */
export function combinedValue(values: readonly number[]): number {
  const missed = values.reduce((left, value) => left * (1 - Math.min(100, Math.max(0, value)) / 100), 1)
  return Math.round((1 - missed) * 1000) / 10
}
