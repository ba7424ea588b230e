/** From a stretch in which a condition held to a lead that explains itself. */
import { roundHalfEven } from '@shanshui/standards'
import type { Outlet } from '../registry/index.ts'
import { isoOf } from '../series/index.ts'
import { conditionText, everyCondition } from './condition.ts'
import type { Run } from './evaluate-condition.ts'
import { factorName, factorUnit } from './factor-name.ts'
import type { FactorColumns, StepTable } from './hour-table.ts'
import type { LeadDraft, Statistic } from './lead.table.ts'
import { levelOf } from './lead-score.ts'
import { parameterValues } from './rule.service.ts'
import type { RuleRow } from './rule.table.ts'

/** 2026-08-21 14:00, as people here write it. */
export const timeText = (ms: number): string => isoOf(ms).slice(0, 16).replace('T', ' ')
export const shown = (value: number, decimals = 2): string => String(roundHalfEven(value, decimals))

interface Words {
  readonly statistic: Statistic
  readonly threshold: string
  readonly explanation: string
  readonly refutation: string
}

/** `factor` '' where the condition is about the outlet as a whole. */
export function draftOf(
  rule: RuleRow,
  outlet: Outlet,
  factor: string,
  table: StepTable,
  run: Run,
): LeadDraft {
  const columns = table.factors.get(factor)
  const at = Array.from({ length: run.to - run.from }, (_, i) => run.from + i)
  const fromMs = table.startMs[run.from] as number
  const toMs = (table.startMs[run.to - 1] as number) + table.stepMs
  const words = wordsOf(rule, outlet, factor, table, columns, at, { fromMs, toMs })
  const msgs = at.map((i) => columns?.msg[i] ?? 0n).filter((msg) => msg > 0n)
  return {
    ruleId: rule.id,
    featureId: outlet.id,
    enterpriseId: outlet.enterprise.id,
    factor: factor === '' ? null : factor,
    regionCode: outlet.regionCode,
    ownerId: outlet.ownerId,
    operator: outlet.operator,
    fromMs,
    toMs,
    score: rule.weight,
    level: levelOf(rule.weight),
    n: at.length,
    ...words,
    evidence: {
      hoursMs: at.map((i) => table.startMs[i] as number),
      msgs: [...new Set(msgs)].map(String),
    },
  }
}

function wordsOf(
  rule: RuleRow,
  outlet: Outlet,
  factor: string,
  table: StepTable,
  columns: FactorColumns | undefined,
  at: readonly number[],
  window: { fromMs: number; toMs: number },
): Words {
  const kinds = new Set([...everyCondition(rule.condition)].map((c) => c.kind))
  const name = factor === '' ? '' : factorName(factor)
  const span = `${timeText(window.fromMs)} 至 ${timeText(window.toMs)}`
  const hours = (window.toMs - window.fromMs) / 3_600_000
  if (kinds.has('exceeding') && columns !== undefined)
    return exceedanceWords(outlet, factor, columns, at, span, hours)
  if (kinds.has('absent')) {
    return {
      statistic: { name: '无数据时间', value: hours, unit: 'h' },
      threshold: conditionText(rule.condition, parameterValues(rule.parameters), factorName),
      explanation: `${outlet.name}${name} ${span} 没有收到数据，也没有停运标记。`,
      refutation: '企业在时限内补报停运、故障或通讯中断并有运维记录，或数采仪补传数据后，线索不成立。',
    }
  }
  const values = at.map((i) => columns?.judged[i] ?? Number.NaN).filter((v) => !Number.isNaN(v))
  const peak = values.length === 0 ? undefined : Math.max(...values)
  const limit = at.map((i) => columns?.limit[i] ?? Number.NaN).find((v) => !Number.isNaN(v))
  const peakText =
    peak === undefined
      ? ''
      : `，最大 ${shown(peak)}${factorUnit(factor)}${limit === undefined ? '' : `（限值 ${limit}）`}`
  const rates = at.map((i) => table.transmission[i] as number).filter((rate) => !Number.isNaN(rate))
  const statistic: Statistic =
    factor === '' && rates.length > 0 && rule.family === 'transmission'
      ? { name: '传输有效率（最低一日）', value: Math.min(...rates) }
      : { name: '持续时间', value: hours, unit: 'h' }
  return {
    statistic,
    threshold: conditionText(rule.condition, parameterValues(rule.parameters), factorName),
    explanation: `${outlet.name}${name} ${span} 满足规则“${rule.title}”，共 ${shown(hours, 1)} 小时${peakText}。`,
    refutation:
      rule.family === 'near-limit'
        ? '治理设施运行记录、药剂用量与电耗表明稳定控制在限值附近属于正常运行时，可以排除。'
        : '原始数据更正、按规定标记或现场核查未发现问题时，可以排除。',
  }
}

function exceedanceWords(
  outlet: Outlet,
  factor: string,
  columns: FactorColumns,
  at: readonly number[],
  span: string,
  hours: number,
): Words {
  let multiple = Number.NEGATIVE_INFINITY
  let [peak, limit] = [Number.NaN, Number.NaN]
  for (const i of at) {
    const [value, bound] = [columns.judged[i] as number, columns.limit[i] as number]
    const times = (value - bound) / bound
    if (!(times > multiple)) continue
    ;[multiple, peak, limit] = [times, value, bound]
  }
  const unit = factorUnit(factor)
  const known = Number.isFinite(multiple)
  return {
    // Exceedance multiple (C − L) ÷ L; of a daily mean the hours show only the share of the hour.
    statistic: { name: '最大超标倍数', value: known ? Math.max(0, multiple) : 0 },
    threshold: known ? `限值 ${limit} ${unit}` : '限值',
    explanation: `${outlet.name}${factorName(factor)} ${span} 超标 ${shown(hours, 1)} 小时${
      known ? `，最大 ${shown(peak)} ${unit}，限值 ${limit}，超标 ${shown(Math.max(0, multiple))} 倍` : ''
    }。`,
    refutation:
      '企业在规定时间内标记设备维护或经许可豁免的启停工况并经审核通过，或数据更正后不超标，线索随之撤回。',
  }
}
