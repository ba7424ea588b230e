import { type Clause, type Evaluation, refusal, standards, success } from '../clause.ts'
import {
  type AlertCondition,
  type AlertGrade,
  type AlertPlan,
  type AlertPlanVersion,
  alertPlans,
} from './plans.ts'

export interface AlertProposal {
  /** null: below every grade. */
  readonly grade: AlertGrade | null
  readonly zh: string
  /** Indexes of the first and last forecast day of the run that gives the grade. */
  readonly from: number | null
  readonly to: number | null
  readonly plan: string
}

interface Run {
  readonly from: number
  readonly to: number
}

/**
 * Grade of a heavy-pollution alert (重污染天气预警) from forecast daily AQI of consecutive days. `plan` is a version
 * of the built-in rows or a local plan. A proposal: the cause (sand, wildfire …) and the decision are a person's.
 */
export function alertGrade(
  dailyAqi: readonly number[],
  plan: AlertPlanVersion | AlertPlan = '2024',
): Evaluation<AlertProposal> {
  const used = typeof plan === 'string' ? alertPlans[plan].value : plan
  const clause = alertClause(used)
  const wrong = dailyAqi.flatMap((aqi, index) => (aqi >= 0 ? [] : [`第${index + 1}天`]))
  if (dailyAqi.length === 0 || wrong.length > 0)
    return refusal('insufficient-data', clause, { missing: wrong, detail: '需要连续各日的AQI' })
  for (const rule of used.rules) {
    for (const conditions of rule.anyOf) {
      const run = matchingRun(dailyAqi, conditions)
      if (run === undefined) continue
      const value = { grade: rule.grade, zh: rule.zh, from: run.from, to: run.to, plan: used.version }
      const formula = conditions.map(conditionText).join('，且')
      return success(value, [{ rule: rule.zh, input: dailyAqi, result: rule.grade, clause, formula }])
    }
  }
  const value = { grade: null, zh: '未达到预警条件', from: null, to: null, plan: used.version }
  return success(value, [
    { rule: '预警分级', input: dailyAqi, result: null, clause, formula: '各级条件均不满足' },
  ])
}

export function alertClause(plan: AlertPlan): Clause {
  const builtIn: Readonly<Record<string, string>> = {
    '2024': standards.alert2024.id,
    '2017': standards.alert2017.id,
  }
  return { standard: builtIn[plan.version] ?? plan.zh, at: '预警分级' }
}

/** The run of days of the first condition that also holds every later condition inside it. */
function matchingRun(aqi: readonly number[], conditions: readonly AlertCondition[]): Run | undefined {
  const [first, ...others] = conditions
  if (first === undefined) return undefined
  return runsOf(aqi, first).find(({ from, to }) => {
    const inside = aqi.slice(from, to + 1)
    return others.every((condition) => runsOf(inside, condition).length > 0)
  })
}

function runsOf(aqi: readonly number[], condition: AlertCondition): Run[] {
  const runs: Run[] = []
  let from = 0
  for (let day = 0; day <= aqi.length; day++) {
    const value = aqi[day]
    if (value !== undefined && holds(value, condition)) continue
    if (day - from >= condition.days) runs.push({ from, to: day - 1 })
    from = day + 1
  }
  return runs
}

function holds(aqi: number, { aqiAbove, aqiAtLeast }: AlertCondition): boolean {
  return (aqiAbove === undefined || aqi > aqiAbove) && (aqiAtLeast === undefined || aqi >= aqiAtLeast)
}

function conditionText({ aqiAbove, aqiAtLeast, days }: AlertCondition): string {
  return `日AQI${aqiAbove === undefined ? `≥${aqiAtLeast}` : `>${aqiAbove}`}持续${days * 24}小时`
}
