import {
  type AirEdition,
  type AirItem,
  airItemInfo,
  airItems,
  annualPercentile,
  decimalsFor,
  evaluatedStatistic,
  indexStandard,
  limitClause,
  roundHalfEven,
  standards,
  statisticDecimals,
  statisticsClause,
  yearOnYear,
} from '@shanshui/standards'
import { type AirWindow, dateAt } from './air-window.ts'
import { type PeriodKind, periodText } from './civil-day.ts'
import { sha256, valuesOf } from './day-table.ts'
import { type FigureRequest, lastYear } from './figure-request.ts'
import type { FigureDraft, Indicator, IndicatorContext } from './indicator.ts'

const sandItems: readonly AirItem[] = ['pm25', 'pm10']
const sandClause = { standard: standards.sand2016.id, at: '沙尘天气过程影响' }
export const isSandItem = (item: AirItem): boolean => sandItems.includes(item)

const meanName: Readonly<Record<PeriodKind, string>> = {
  year: '年均浓度',
  'half-year': '半年平均浓度',
  quarter: '季均浓度',
  month: '月均浓度',
  'to-date': '平均浓度',
}

/** Name of the statistic that evaluates an item: the mean, for CO and O3 the percentile. */
export function evaluatedIndicator(item: AirItem): string {
  return evaluatedStatistic[item] === 'mean' ? `air.mean.${item}` : percentileIndicator(item)
}
export const percentileIndicator = (item: AirItem): string => `air.p${annualPercentile[item]}.${item}`

/** Reference only (HJ 663 completeness): a figure of incomplete data is given, and not judged. */
export function incompleteNote(window: AirWindow, item: AirItem, sand: 'with' | 'without'): string | null {
  const s = window.statistics(sand)[item]
  if (s.validDays === 0) return '无有效日值'
  if (s.complete) return null
  const months = s.shortMonths.length === 0 ? '' : `，有效日数不足的月份：${s.shortMonths.join('、')}`
  return `数据不完整（有效 ${s.validDays} 天${months}），仅供参考，不作达标判定`
}

/** Days of an item that do not enter a statistic, and why. */
export function exclusionsOf(window: AirWindow, item: AirItem, sand: 'with' | 'without') {
  const used = valuesOf(window.table, sand)[item]
  const measured = window.table.measured[item]
  const exclusions: { date: string; reason: string }[] = []
  for (let i = 0; i < window.table.days; i++) {
    const value = used[i] ?? Number.NaN
    if (Number.isNaN(value)) {
      const wasMeasured = !Number.isNaN(measured[i] ?? Number.NaN)
      exclusions.push({
        date: dateAt(window, i),
        reason: wasMeasured ? '受沙尘影响，扣除' : '日值无效：有效小时或有效点位不足',
      })
    } else if (value !== measured[i]) {
      exclusions.push({
        date: dateAt(window, i),
        reason: `扣除沙尘时段后重算（实测 ${measured[i]}，采用 ${value}）`,
      })
    }
  }
  return exclusions
}

function itemInputs(window: AirWindow, item: AirItem, sand: 'with' | 'without') {
  const info = airItemInfo[item]
  const daily = item === 'o3' ? '日最大8小时平均' : '日均值'
  return {
    description: `${info.zh} ${daily}，${periodText(window.from, window.to)}${sand === 'without' && isSandItem(item) ? '，扣除沙尘' : ''}`,
    count: window.statistics(sand)[item].validDays,
    digest: window.digest(sand, [item]),
  }
}

function statisticClauses(request: FigureRequest, item: AirItem, topic: string) {
  const sand = request.sand === 'without' && isSandItem(item) ? [sandClause] : []
  return [limitClause(request.edition, '表4'), statisticsClause(request.edition, topic), ...sand]
}

const unverifiedDecimals = (edition: AirEdition): string[] =>
  statisticDecimals[edition].status === 'unverified'
    ? [`统计值小数位：${statisticDecimals[edition].source}`]
    : []

function meanIndicator(item: AirItem): Indicator {
  const info = airItemInfo[item]
  return {
    indicator: `air.mean.${item}`,
    zh: (kind) => `${info.zh}${meanName[kind]}`,
    unit: info.unit,
    decimals: (edition) => decimalsFor(edition, item).statistic,
    lowerIsBetter: true,
    sandMatters: isSandItem(item),
    evaluator: 'air.period-statistics',
    needs: () => [],
    compute: ({ request, window }) => {
      const w = window()
      const { mean, validDays } = w.statistics(request.sand)[item]
      const value = round(mean, decimalsFor(request.edition, item).statistic)
      return {
        exact: orNull(mean),
        value,
        note: incompleteNote(w, item, request.sand),
        formula:
          value === null
            ? '无有效日值'
            : `${validDays} 个${item === 'o3' ? '日最大8小时平均' : '日均值'}的算术平均 = ${trim(mean)} → ${value}`,
        clauses: statisticClauses(request, item, '年平均'),
        exclusions: exclusionsOf(w, item, request.sand),
        inputs: itemInputs(w, item, request.sand),
        unverified: unverifiedDecimals(request.edition),
      }
    },
  }
}

function percentileIndicatorOf(item: AirItem): Indicator {
  const info = airItemInfo[item]
  const p = annualPercentile[item]
  return {
    indicator: percentileIndicator(item),
    zh: () => `${info.zh}${item === 'o3' ? '日最大8小时平均' : '日均值'}第${p}百分位数`,
    unit: info.unit,
    decimals: (edition) => decimalsFor(edition, item).statistic,
    lowerIsBetter: true,
    sandMatters: isSandItem(item),
    evaluator: 'air.period-statistics',
    needs: () => [],
    compute: ({ request, window }) => {
      const w = window()
      const { percentile, validDays } = w.statistics(request.sand)[item]
      const value = round(percentile, decimalsFor(request.edition, item).statistic)
      const k = 1 + ((validDays - 1) * p) / 100
      return {
        exact: orNull(percentile),
        value,
        note: incompleteNote(w, item, request.sand),
        formula:
          value === null
            ? '无有效日值'
            : `n = ${validDays}，k = 1 + (${validDays} − 1) × ${p}% = ${trim(k)}，m = ${trim(percentile)} → ${value}`,
        clauses: statisticClauses(request, item, '百分位数'),
        exclusions: exclusionsOf(w, item, request.sand),
        inputs: itemInputs(w, item, request.sand),
        unverified: unverifiedDecimals(request.edition),
      }
    },
  }
}

function maxIndicator(item: AirItem): Indicator {
  const info = airItemInfo[item]
  return {
    indicator: `air.max.${item}`,
    zh: () => `${info.zh}日值最大值`,
    unit: info.unit,
    decimals: () => info.decimals,
    lowerIsBetter: true,
    sandMatters: isSandItem(item),
    evaluator: 'air.period-statistics',
    needs: () => [],
    compute: ({ request, window }) => {
      const w = window()
      const at = maxDay(w, item, request.sand)
      const exact = at === null ? Number.NaN : (valuesOf(w.table, request.sand)[item][at] ?? Number.NaN)
      return {
        exact: orNull(exact),
        value: round(exact, info.decimals),
        formula: at === null ? '无有效日值' : `max = ${dateAt(w, at)} 的 ${trim(exact)}`,
        clauses: [statisticsClause(request.edition, '日评价')],
        exclusions: exclusionsOf(w, item, request.sand),
        inputs: itemInputs(w, item, request.sand),
      }
    },
  }
}

/** Index of the first day with the largest value; null without valid days. */
export function maxDay(window: AirWindow, item: AirItem, sand: 'with' | 'without'): number | null {
  const values = valuesOf(window.table, sand)[item]
  let best: number | null = null
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    if (!Number.isNaN(value) && (best === null || value > (values[best] ?? Number.NaN))) best = i
  }
  return best
}

function changeIndicator(item: AirItem): Indicator {
  return {
    indicator: `air.yoy.${item}`,
    zh: () =>
      `${airItemInfo[item].zh}${evaluatedStatistic[item] === 'mean' ? '平均浓度' : `第${annualPercentile[item]}百分位数`}同比变化`,
    unit: '%',
    decimals: () => 1,
    lowerIsBetter: true,
    sandMatters: isSandItem(item),
    evaluator: 'air.year-on-year',
    signed: true,
    needs: (request) => pairOf({ ...request, indicator: evaluatedIndicator(item) }),
    compute: (context) => relativeChange(context, evaluatedIndicator(item)),
  }
}

export const pairOf = (now: FigureRequest): readonly FigureRequest[] => [now, lastYear(now)]

/** (now − base)/base × 100 from the printed values of two figures under the same edition. */
export function relativeChange({ request, of }: IndicatorContext, indicator: string): FigureDraft {
  const now = of({ ...request, indicator })
  const base = of(lastYear({ ...request, indicator }))
  const change = now.value === null || base.value === null ? Number.NaN : yearOnYear(now.value, base.value)
  const missing = now.value === null ? '本期无值' : base.value === null ? '上年同期无值' : '上年同期为零'
  const notes = [now.note, base.note === null ? null : `上年同期${base.note}`].filter((n) => n !== null)
  return {
    exact: orNull(change),
    value: orNull(change),
    note: Number.isNaN(change) ? missing : notes.length > 0 ? notes.join('；') : null,
    formula: Number.isNaN(change)
      ? missing
      : `(${now.text} − ${base.text}) ÷ ${base.text} × 100% = ${change}%`,
    clauses: [statisticsClause(request.edition, '同比')],
    inputs: dependentInputs([now, base], '本期与上年同期同口径数据项'),
    unverified: [...new Set([...now.basis.unverified, ...base.basis.unverified])],
  }
}

/** Inputs of a figure that is calculated from figures: their unrounded values and what they themselves stand on. */
export function dependentInputs(
  figures: readonly {
    key: string
    exact: number | null
    value: number | null
    basis: { inputs: { count: number } }
  }[],
  description: string,
) {
  return {
    description,
    count: figures.reduce((sum, f) => sum + f.basis.inputs.count, 0),
    digest: figuresDigest(figures),
  }
}

export function figuresDigest(
  figures: readonly { key: string; exact: number | null; value: number | null }[],
): string {
  return sha256(figures.map((f) => `${f.key}=${f.exact ?? ''}/${f.value ?? ''}`).join('\n'))
}

export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)
export const round = (value: number, decimals: number): number | null =>
  Number.isFinite(value) ? roundHalfEven(value, decimals) : null
/** At most six decimals, for formulas. */
export const trim = (value: number): string => String(Number(value.toFixed(6)))

/** The class-2 limit that the evaluated statistic of an item is judged by: annual; CO daily; O3 daily maximum 8 h. */
function limitIndicator(item: AirItem): Indicator {
  const info = airItemInfo[item]
  return {
    indicator: `air.limit.${item}`,
    zh: () => `${info.zh}二级浓度限值`,
    unit: info.unit,
    decimals: () => 0,
    lowerIsBetter: true,
    sandMatters: false,
    evaluator: 'air.composite-index',
    needs: () => [],
    compute: ({ request }) => {
      const limit = indexStandard(item, request.edition)
      const averaging = item === 'co' ? '24小时平均' : item === 'o3' ? '日最大8小时平均' : '年平均'
      return {
        exact: limit,
        value: limit,
        formula: `${averaging}二级浓度限值 ${limit} ${info.unit}`,
        clauses: [limitClause(request.edition, '表1')],
        inputs: { description: '标准限值', count: 0, digest: sha256(`${request.edition}|${item}|${limit}`) },
      }
    },
  }
}

export const itemIndicators: readonly Indicator[] = airItems.flatMap((item) => [
  meanIndicator(item),
  percentileIndicatorOf(item),
  maxIndicator(item),
  changeIndicator(item),
  limitIndicator(item),
])
