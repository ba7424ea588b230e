/** Where a reduction target stands. */
import { type Configurable, type Evaluation, refusal, success } from '../clause.ts'
import { codeAt } from '../permit/clauses.ts'

export const totalControlClause = codeAt('第一百五十五条至第一百五十八条')

export type Light = 'green' | 'yellow' | 'red'
/** Percentage points behind schedule up to which a target is yellow. */
export const lightBand: Configurable<number> = {
  value: 10,
  source: '平台约定：达到序时进度为绿，落后10个百分点以内为黄，超过为红',
  status: 'design',
}

export interface TargetProgress {
  readonly percent: number
  readonly schedulePercent: number
  /** Percentage points; negative: ahead. */
  readonly behind: number
  /** Tonnes still to come; 0 when reached. */
  readonly gap: number
  readonly light: Light
}

/** `elapsed` of `length` (years of a plan, days of a year). A target of 0 t is reached. */
export function targetProgress(
  target: number,
  recognised: number,
  elapsed: number,
  length: number,
): Evaluation<TargetProgress> {
  if (!(length > 0 && elapsed >= 0 && elapsed <= length)) {
    return refusal('invalid-input', totalControlClause, { detail: `进度 ${elapsed}/${length} 不合理` })
  }
  const percent = target === 0 ? 100 : (recognised / target) * 100
  const schedulePercent = (elapsed / length) * 100
  const behind = schedulePercent - percent
  const light: Light = behind <= 0 ? 'green' : behind <= lightBand.value ? 'yellow' : 'red'
  const gap = Math.max(0, target - recognised)
  return success({ percent, schedulePercent, behind, gap, light }, [
    {
      rule: '完成率与序时进度',
      input: { target, recognised, elapsed, length },
      result: light,
      clause: totalControlClause,
      formula: `${recognised}/${target} = ${percent.toFixed(2)}%；${elapsed}/${length} = ${schedulePercent.toFixed(2)}%`,
    },
  ])
}
