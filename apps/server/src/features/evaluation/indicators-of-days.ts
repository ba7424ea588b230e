import {
  type AirItem,
  type AqiDay,
  type AqiResult,
  airItemInfo,
  airItems,
  aqiClause,
  aqiLevels,
  dayAqi,
  excellentDays,
  goodDayClause,
  HEAVY_ABOVE,
  pointChange,
  sandExceedShare,
  standards,
} from '@shanshui/standards'
import { type AirWindow, dateAt, dayValues } from './air-window.ts'
import { periodText } from './civil-day.ts'
import { joinDigests } from './day-table.ts'
import { lastYear } from './figure-request.ts'
import type { FigureDraft, Indicator } from './indicator.ts'
import { dependentInputs, orNull, pairOf } from './indicators-of-items.ts'

/** The days of a window as the standard's counting wants them. */
export function aqiDays(window: AirWindow): AqiDay[] {
  return window.aqi().map((day, i) => ({
    date: dateAt(window, i),
    aqi: day.aqi,
    sand: window.table.sand[i] === 1,
    aqiWithoutSand: window.table.sand[i] === 1 ? aqiWithoutSand(window, i) : null,
  }))
}

function aqiWithoutSand(window: AirWindow, i: number): number | null {
  const values = dayValues(window.table, i)
  for (const item of ['pm25', 'pm10'] as const) {
    const value = window.table.noSand[item][i] ?? Number.NaN
    values[item] = Number.isNaN(value) ? null : value
  }
  return dayAqi(values, window.edition, { notMonitored: airItems.filter((item) => values[item] === null) })
    .aqi
}

/** Why a day has no valid AQI, in words. */
export function invalidReason(aqi: AqiResult, values: Readonly<Record<AirItem, number | null>>): string {
  const missing = airItems.filter((item) => values[item] === null).map((item) => airItemInfo[item].zh)
  if (missing.length === airItems.length) return '六项日值均无效：有效小时或有效点位不足'
  return aqi.aqi === null ? `${missing.join('、')} 日值无效，AQI 不予评价` : `${missing.join('、')} 日值无效`
}

function dayInputs(window: AirWindow) {
  return {
    description: `六项污染物日值，${periodText(window.from, window.to)}`,
    count: window.aqi().filter((day) => day.aqi !== null).length,
    digest: window.digest('with'),
  }
}

function exclusions(window: AirWindow) {
  return window
    .aqi()
    .flatMap((day, i) =>
      day.aqi === null
        ? [{ date: dateAt(window, i), reason: invalidReason(day, dayValues(window.table, i)) }]
        : [],
    )
}

interface DayCount {
  readonly indicator: string
  readonly zh: string
  readonly unit: string
  readonly decimals: number
  readonly lowerIsBetter: boolean
  readonly evaluator?: string
  readonly count: (window: AirWindow) => {
    value: number
    formula: string
    exclusions?: FigureDraft['exclusions']
    note?: string
    unverified?: string[]
  }
  readonly clause?: FigureDraft['clauses'][number]
  readonly readsSand?: boolean
}

/** An indicator counted over days. Sand days are kept, so sand handling does not matter. */
function dayIndicator(definition: DayCount): Indicator {
  const {
    indicator,
    zh,
    unit,
    decimals,
    lowerIsBetter,
    clause = goodDayClause,
    evaluator = 'air.excellent-days',
  } = definition
  return {
    indicator,
    zh: () => zh,
    unit,
    decimals: () => decimals,
    lowerIsBetter,
    sandMatters: false,
    evaluator,
    needs: () => [],
    compute: ({ window }) => {
      const w = window()
      const counted = definition.count(w)
      const inputs = dayInputs(w)
      return {
        exact: orNull(counted.value),
        value: orNull(counted.value),
        note: counted.note ?? (inputs.count === 0 ? '无有效日' : null),
        formula: counted.formula,
        clauses: [clause, aqiClause(w.edition, '6.2', '4.2')],
        exclusions: counted.exclusions ?? exclusions(w),
        inputs:
          definition.readsSand === true
            ? { ...inputs, digest: joinDigests([inputs.digest, w.digestOfSand()]) }
            : inputs,
        unverified: counted.unverified ?? [],
      }
    },
  }
}

const counts: readonly DayCount[] = [
  {
    indicator: 'air.excellent.days',
    zh: '优良天数',
    unit: '天',
    decimals: 0,
    lowerIsBetter: false,
    count: (w) => {
      const { numerator, denominator } = excellentDays(aqiDays(w))
      return {
        value: denominator === 0 ? Number.NaN : numerator,
        formula: `${denominator} 个有效日中 AQI ≤ 100 的有 ${numerator} 天`,
      }
    },
  },
  {
    indicator: 'air.excellent.valid',
    zh: '有效天数',
    unit: '天',
    decimals: 0,
    lowerIsBetter: false,
    count: (w) => {
      const { denominator } = excellentDays(aqiDays(w))
      return {
        value: denominator,
        formula: `${w.table.days} 天 − ${w.table.days - denominator} 个无效日 = ${denominator} 天`,
      }
    },
  },
  {
    indicator: 'air.excellent.ratio',
    zh: '优良天数比例',
    unit: '%',
    decimals: 1,
    lowerIsBetter: false,
    count: (w) => {
      const { numerator, denominator, ratio } = excellentDays(aqiDays(w))
      return {
        value: ratio,
        formula:
          denominator === 0 ? '无有效日' : `${numerator} ÷ ${denominator} × 100% = ${ratio.toFixed(1)}%`,
      }
    },
  },
  {
    indicator: 'air.excellent.ratio-less-sand',
    zh: '优良天数比例（扣除沙尘超标天）',
    unit: '%',
    decimals: 1,
    lowerIsBetter: false,
    readsSand: true,
    count: (w) => {
      const { numerator, denominator, ratio, excluded } = excellentDays(aqiDays(w), {
        sand: 'exclude-exceeding',
      })
      return {
        value: ratio,
        formula:
          denominator === 0 ? '无有效日' : `${numerator} ÷ ${denominator} × 100% = ${ratio.toFixed(1)}%`,
        exclusions: excluded.map((e) => ({ ...e })),
        unverified: ['扣除异常超标天后的优良天数比例：仅见于部分公报，规则待核实'],
      }
    },
  },
  {
    indicator: 'air.heavy.days',
    zh: '重度及以上污染天数',
    unit: '天',
    decimals: 0,
    lowerIsBetter: true,
    count: (w) => {
      const heavy = w.aqi().filter((day) => day.aqi !== null && day.aqi > HEAVY_ABOVE).length
      return { value: heavy, formula: `AQI > ${HEAVY_ABOVE} 的有 ${heavy} 天` }
    },
  },
  {
    indicator: 'air.sand.exceed-share',
    zh: '沙尘天气导致的超标天数比例',
    unit: '%',
    decimals: 1,
    lowerIsBetter: true,
    evaluator: 'air.sand-share',
    readsSand: true,
    clause: { standard: standards.sand2016.id, at: '沙尘天气过程影响' },
    count: (w) => {
      const share = sandExceedShare(aqiDays(w))
      if (!share.ok) return { value: Number.NaN, formula: '无有效日' }
      const { sandExceedDays, validDays, share: value } = share.value
      return { value, formula: `${sandExceedDays} ÷ ${validDays} × 100% = ${value.toFixed(1)}%` }
    },
  },
  ...aqiLevels.map(
    (row): DayCount => ({
      indicator: `air.level.days.${row.level}`,
      zh: `${row.class}天数`,
      unit: '天',
      decimals: 0,
      lowerIsBetter: row.level > 2,
      evaluator: 'air.aqi.day',
      count: (w) => {
        const days = w.aqi().filter((day) => day.level === row.level).length
        return { value: days, formula: `AQI ${row.from}—${row.to}（${row.class}）的有 ${days} 天` }
      },
    }),
  ),
  ...airItems.map(
    (item): DayCount => ({
      indicator: `air.primary.days.${item}`,
      zh: `${airItemInfo[item].zh}为首要污染物的天数`,
      unit: '天',
      decimals: 0,
      lowerIsBetter: true,
      evaluator: 'air.aqi.day',
      count: (w) => {
        const days = w.aqi().filter((day) => day.primary.includes(item)).length
        return {
          value: days,
          formula: `AQI > 50 且 ${airItemInfo[item].zh} 分指数最大（含并列）的有 ${days} 天`,
        }
      },
    }),
  ),
]

const excellentChange: Indicator = {
  indicator: 'air.excellent.change',
  zh: () => '优良天数比例同比变化',
  unit: '个百分点',
  decimals: () => 1,
  lowerIsBetter: false,
  sandMatters: false,
  evaluator: 'air.year-on-year',
  signed: true,
  needs: (request) => pairOf({ ...request, indicator: 'air.excellent.ratio' }),
  compute: ({ request, of }) => {
    const now = of({ ...request, indicator: 'air.excellent.ratio' })
    const base = of(lastYear({ ...request, indicator: 'air.excellent.ratio' }))
    const change = now.value === null || base.value === null ? Number.NaN : pointChange(now.value, base.value)
    return {
      exact: orNull(change),
      value: orNull(change),
      note: Number.isNaN(change) ? '本期或上年同期无有效日' : null,
      formula: Number.isNaN(change)
        ? '本期或上年同期无有效日'
        : `${now.text}% − ${base.text}% = ${change} 个百分点`,
      clauses: [goodDayClause],
      inputs: dependentInputs([now, base], '本期与上年同期优良天数比例'),
    }
  },
}

export const dayIndicators: readonly Indicator[] = [...counts.map(dayIndicator), excellentChange]
