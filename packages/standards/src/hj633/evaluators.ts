import { success } from '../clause.ts'
import { allEditions, defineEvaluator, type EvaluatorDefinition } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { type AirItem, airItemInfo, airItems } from '../gb3095/items.ts'
import { type AirValues, type AqiOptions, type AqiResult, dayAqi, hourAqi } from './aqi.ts'
import { aqiClause } from './breakpoints.ts'
import { evaluateDayAqi, evaluateHourAqi } from './evaluate.ts'
import { forecastClause, forecastText } from './forecast.ts'
import { evaluateIaqi } from './iaqi.ts'
import { levelRow, sensitiveGroups } from './levels.ts'

const concentrations = {
  pm25: s.nullableNumber('PM2.5，µg/m³，缺测为空'),
  pm10: s.nullableNumber('PM10，µg/m³'),
  so2: s.nullableNumber('SO2，µg/m³'),
  no2: s.nullableNumber('NO2，µg/m³'),
  o3: s.nullableNumber('O3，µg/m³'),
  co: s.nullableNumber('CO，mg/m³'),
}
const inputColumns = ['pm25', 'pm10', 'so2', 'no2', 'o3', 'co'] as const

const itemParts = s.object({
  pm25: s.nullableNumber('PM2.5分指数'),
  pm10: s.nullableNumber('PM10分指数'),
  o3: s.nullableNumber('O3分指数'),
  no2: s.nullableNumber('NO2分指数'),
  so2: s.nullableNumber('SO2分指数'),
  co: s.nullableNumber('CO分指数'),
})

const aqiOutput = s.object(
  {
    aqi: s.nullableNumber('空气质量指数，NA为空'),
    level: s.nullableNumber('级别，1至6'),
    primary: s.list(s.oneOf(airItems, '监测项目'), '首要污染物，并列全部列出'),
    iaqi: itemParts,
  },
  {
    class: s.text('类别'),
    colour: s.text('颜色'),
    health: s.text('健康影响与建议措施'),
    sensitive: s.list(s.text('人群'), '敏感人群（分指数大于100的项目）'),
    naReason: s.text('标为NA的原因'),
  },
)

interface AqiOutput {
  readonly aqi: number | null
  readonly level: number | null
  readonly primary: readonly AirItem[]
  readonly iaqi: Readonly<Record<AirItem, number | null>>
  readonly class?: string | undefined
  readonly colour?: string | undefined
  readonly health?: string | undefined
  readonly sensitive?: readonly string[] | undefined
  readonly naReason?: string | undefined
}

/** Adds the level's texts to the bare result. */
export function describeAqi(result: AqiResult): AqiOutput {
  const { aqi, level, primary, iaqi, naReason } = result
  const bare = { aqi, level, primary, iaqi }
  if (level === null) return naReason === undefined ? bare : { ...bare, naReason }
  const row = levelRow(level)
  const sensitive = airItems
    .filter((item) => (iaqi[item] ?? 0) > 100)
    .flatMap((item) => sensitiveGroups[item])
  return {
    ...bare,
    class: row.class,
    colour: row.colour,
    health: row.health.zh,
    sensitive: [...new Set(sensitive)],
  }
}

/** Names of the primary pollutants joined by +, empty when AQI ≤ 50. */
export function primaryText(primary: readonly AirItem[]): string {
  return primary.map((item) => airItemInfo[item].zh).join('+')
}

function aqiEvaluator(averaging: 'hour' | 'day'): EvaluatorDefinition {
  const full = averaging === 'hour' ? evaluateHourAqi : evaluateDayAqi
  const bare = averaging === 'hour' ? hourAqi : dayAqi
  return defineEvaluator({
    id: `air.aqi.${averaging}`,
    title:
      averaging === 'hour'
        ? { zh: '小时空气质量指数（AQI）', en: 'Hourly air quality index' }
        : { zh: '日空气质量指数（AQI）', en: 'Daily air quality index' },
    editions: allEditions,
    input: s.object({}, { ...concentrations, ...extraInputs }),
    output: aqiOutput,
    clauses: [
      aqiClause('2026-transition', '', '4.2'),
      aqiClause('2026-transition', '', '4.2.6'),
      aqiClause('2026-transition', '', '5.3.1'),
      aqiClause('2026-transition', '', '5.3.2'),
      aqiClause('2026-transition', '', '表1'),
      aqiClause('2026-transition', '', '表2'),
      aqiClause('2012', '表1', ''),
      aqiClause('2012', '6.2', ''),
    ],
    version: '1.0.0',
    csv: {
      input: inputColumns,
      output: ['aqi', 'level', 'primary'],
      cells: ({ aqi, level, primary }) =>
        aqi === null ? ['NA', 'NA', 'NA'] : [aqi, level, primaryText(primary)],
    },
    evaluate: (input, { edition, trace }) => {
      const values = valuesOf(input)
      const options: AqiOptions = { notMonitored: input.notMonitored, o3HourMax: input.o3HourMax }
      if (
        !trace &&
        airItems.some((item) => values[item] !== null) &&
        airItems.every((item) => (values[item] ?? 0) >= 0)
      )
        return success(bare(values, edition, options), [])
      const outcome = full(values, edition, options)
      return outcome.ok ? success(describeAqi(outcome.value), outcome.trace) : outcome
    },
  })
}

const extraInputs = {
  date: s.date('数据日期，未指定版本时据此选用标准'),
  notMonitored: s.list(s.oneOf(airItems, '监测项目'), '按计划不监测且可不参与发布的项目（5.3.2）'),
  o3HourMax: s.nullableNumber('O3日最大1小时，µg/m³（2012版，8小时高于800时使用）'),
}

function valuesOf(input: { readonly [item in AirItem]?: number | null | undefined }): AirValues {
  return {
    pm25: input.pm25 ?? null,
    pm10: input.pm10 ?? null,
    o3: input.o3 ?? null,
    no2: input.no2 ?? null,
    so2: input.so2 ?? null,
    co: input.co ?? null,
  }
}

export const aqiEvaluators: readonly EvaluatorDefinition[] = [
  aqiEvaluator('hour'),
  aqiEvaluator('day'),
  defineEvaluator({
    id: 'air.iaqi',
    title: { zh: '空气质量分指数（IAQI）', en: 'Individual air quality index' },
    editions: allEditions,
    input: s.object(
      {
        item: s.oneOf(airItems, '监测项目'),
        averaging: s.oneOf(['day', 'hour', 'mda8'], '日均、1小时、日最大8小时'),
        concentration: s.number('浓度，µg/m³，CO为mg/m³'),
      },
      { date: s.date('数据日期') },
    ),
    output: s.object({ iaqi: s.integer('分指数', { minimum: 0, maximum: 500 }) }),
    clauses: [
      aqiClause('2026-transition', '', '4.2'),
      aqiClause('2026-transition', '', '4.2.2'),
      aqiClause('2026-transition', '', '4.2.3'),
      aqiClause('2026-transition', '', '4.2.4'),
      aqiClause('2026-transition', '', '4.2.6'),
      aqiClause('2012', '表1', ''),
    ],
    version: '1.0.0',
    csv: { input: ['item', 'averaging', 'concentration'], output: ['iaqi'], cells: ({ iaqi }) => [iaqi] },
    evaluate: ({ item, averaging, concentration }, { edition }) =>
      evaluateIaqi(item, averaging, concentration, edition),
  }),
  defineEvaluator({
    id: 'air.forecast-text',
    title: { zh: '预报级别文字', en: 'Wording of a forecast range' },
    editions: [],
    input: s.object({
      low: s.number('AQI下限', { minimum: 0 }),
      high: s.number('AQI上限', { maximum: 500 }),
    }),
    output: s.object({
      from: s.integer('下限级别'),
      to: s.integer('上限级别'),
      zh: s.text('文字'),
      en: s.text('英文'),
      health: s.text('建议措施'),
    }),
    clauses: [forecastClause],
    version: '1.0.0',
    csv: { input: ['low', 'high'], output: ['text'], cells: ({ zh }) => [zh] },
    evaluate: ({ low, high }) => forecastText(low, high),
  }),
]
