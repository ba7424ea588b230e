import { refusal, success } from '../clause.ts'
import {
  allEditions,
  defineEvaluator,
  type EvaluatorDefinition,
  orNaN,
  step,
} from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { airItemInfo } from '../gb3095/items.ts'
import { airLimit, limitClause } from '../gb3095/limits.ts'
import { referenceStateClause, toReferenceState } from '../gb3095/reference-state.ts'
import { validity, validityClause } from '../gb3095/validity.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { cityMean } from './city.ts'
import { statisticsClause } from './clauses.ts'
import { dayMean, mda8 } from './daily.ts'
import { editionDate, item, zoneClass } from './inputs.ts'

const day = s.list(s.nullableNumber('小时值，缺测为空'), '当日24个小时值，第一个为1时', {
  minItems: 24,
  maxItems: 24,
})

const dayMeanEvaluator = defineEvaluator({
  id: 'air.day-mean',
  title: { zh: '日平均浓度', en: 'Daily mean' },
  editions: allEditions,
  input: s.object({ hours: day }, { item, date: editionDate }),
  output: s.object({
    value: s.number('日均值，未修约'),
    rounded: s.number('修约值'),
    validHours: s.integer('有效小时数'),
  }),
  clauses: [validityClause('2026-transition'), limitClause('2026-transition', '4.4')],
  version: '1.0.0',
  evaluate: ({ hours, item: which = 'pm25' }, { edition }) => {
    const clause = validityClause(edition)
    const { value, validHours } = dayMean(hours.map(orNaN))
    if (Number.isNaN(value))
      return refusal('insufficient-data', clause, {
        detail: `有效小时${validHours}个，少于${validity.hoursPerDay}个`,
      })
    const rounded = roundHalfEven(value, airItemInfo[which].decimals)
    const formula = `${validHours}个小时值的算术平均 = ${value} → ${rounded}`
    return success({ value, rounded, validHours }, step('day-mean', validHours, rounded, clause, formula))
  },
})

const mda8Evaluator = defineEvaluator({
  id: 'air.mda8',
  title: { zh: '臭氧日最大8小时平均', en: 'Ozone daily maximum 8 h mean' },
  editions: allEditions,
  input: s.object({ hours: day }, { zoneClass, date: editionDate }),
  output: s.object({
    value: s.number('日最大8小时平均，µg/m³'),
    validWindows: s.integer('有效8小时滑动平均个数，共17个'),
    atLabel: s.integer('最大值所在时刻'),
  }),
  clauses: [statisticsClause('2012', '6.1.2'), statisticsClause('2026-transition', '6.1.2')],
  version: '1.0.0',
  evaluate: ({ hours, zoneClass: zone = 2 }, { edition }) => {
    const clause = statisticsClause(edition, '6.1.2')
    const limit = airLimit(edition, 'o3', 'mda8', zone) ?? Number.POSITIVE_INFINITY
    const { value, validWindows, atLabel } = mda8(hours.map(orNaN), limit)
    if (atLabel === null)
      return refusal('insufficient-data', clause, {
        detail: `8时至24时的有效8小时平均${validWindows}个，少于14个且未超过${limit}`,
      })
    const formula = `8时至24时有效8小时平均${validWindows}个，最大值在${atLabel}时：${value}`
    return success({ value, validWindows, atLabel }, step('mda8', validWindows, value, clause, formula))
  },
})

const cityEvaluator = defineEvaluator({
  id: 'air.city-mean',
  title: { zh: '城市浓度（点位平均）', en: 'City value from stations' },
  editions: allEditions,
  input: s.object(
    { sites: s.list(s.nullableNumber('点位值，无效为空'), '各评价点的小时或日值') },
    { shouldReport: s.integer('应报点位数，默认为给出的点位数', { minimum: 1 }), item, date: editionDate },
  ),
  output: s.object({
    value: s.number('城市值，未修约'),
    rounded: s.number('修约值'),
    n: s.integer('有效点位数'),
  }),
  clauses: [statisticsClause('2012', '城市评价'), statisticsClause('2026-transition', '城市评价')],
  version: '1.0.0',
  evaluate: ({ sites, shouldReport = sites.length, item: which = 'pm25' }, { edition }) => {
    const clause = statisticsClause(edition, '城市评价')
    const { value, n, valid } = cityMean(sites.map(orNaN), shouldReport)
    if (!valid)
      return refusal('insufficient-data', clause, {
        detail: `应报${shouldReport}个点位，有效${n}个，不足规定比例`,
      })
    const rounded = roundHalfEven(value, airItemInfo[which].decimals)
    const formula = `${n}/${shouldReport}个点位的算术平均 = ${value} → ${rounded}`
    return success({ value, rounded, n }, step('city-mean', sites, rounded, clause, formula))
  },
})

const stateEvaluator = defineEvaluator({
  id: 'air.reference-state',
  title: { zh: '监测状态换算（2018年修改单）', en: 'Conversion to the reference state of 2018' },
  editions: ['2012'],
  input: s.object(
    { item, concentration: s.number('标准状态（273.15 K）下的浓度') },
    {
      temperatureKelvin: s.number('颗粒物：监测时气温，K'),
      pressureHectopascal: s.number('颗粒物：监测时气压，hPa'),
    },
  ),
  output: s.object({ value: s.number('换算值'), rounded: s.number('修约值') }),
  clauses: [referenceStateClause],
  version: '1.0.0',
  csv: {
    input: ['item', 'concentration', 'temperatureKelvin', 'pressureHectopascal'],
    output: ['converted', 'rounded'],
    cells: ({ value, rounded }) => [value, rounded],
  },
  evaluate: (input) => toReferenceState(input),
})

/** From hours to the day of a station and of a city. */
export const dailyEvaluators: readonly EvaluatorDefinition[] = [
  dayMeanEvaluator,
  mda8Evaluator,
  cityEvaluator,
  stateEvaluator,
]
