import { refusal, success } from '../clause.ts'
import {
  allEditions,
  defineEvaluator,
  type EvaluatorDefinition,
  orNaN,
  orNull,
  step,
} from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { airItemInfo, airItems } from '../gb3095/items.ts'
import { airLimit, limitClause } from '../gb3095/limits.ts'
import { referenceStateClause, toReferenceState } from '../gb3095/reference-state.ts'
import { validity, validityClause } from '../gb3095/validity.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { annualCompliance } from './annual-compliance.ts'
import { cityMean } from './city.ts'
import { statisticsClause } from './clauses.ts'
import { complianceRate, judge } from './compliance.ts'
import { dayMean, mda8 } from './daily.ts'
import { movingAverageClause, threeYearAverage } from './moving-average.ts'
import { percentile, percentilePosition } from './percentile.ts'
import { periodStatistics } from './period.ts'
import { spearman, trendClause } from './trend.ts'

const day = s.list(s.nullableNumber('小时值，缺测为空'), '当日24个小时值，第一个为1时', {
  minItems: 24,
  maxItems: 24,
})
const zoneClass = s.oneOf([1, 2], '功能区类别，默认二类')
const item = s.oneOf(airItems, '监测项目')
const editionDate = s.date('数据日期，未指定版本时据此选用标准')

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

const percentileEvaluator = defineEvaluator({
  id: 'air.percentile',
  title: { zh: '百分位数', en: 'Percentile' },
  editions: allEditions,
  input: s.object(
    {
      values: s.list(s.nullableNumber('日值，缺测为空'), '日值序列'),
      p: s.number('百分位，如90', { minimum: 0, maximum: 100 }),
    },
    { date: editionDate },
  ),
  output: s.object({ value: s.number('百分位数，未修约'), n: s.integer('有效日数'), k: s.number('序数k') }),
  clauses: [statisticsClause('2012', '百分位数'), statisticsClause('2026-transition', '百分位数')],
  version: '1.0.0',
  evaluate: ({ values, p }, { edition }) => {
    const clause = statisticsClause(edition, '百分位数')
    const numbers = values.filter((value) => value !== null)
    const n = numbers.length
    if (n === 0) return refusal('insufficient-data', clause, { missing: ['values'] })
    const value = percentile(numbers, p)
    const { index, hundredths } = percentilePosition(n, p)
    const k = index + 1 + hundredths / 100
    const formula = `k = 1 + (${n}−1)×${p}% = ${k}，m = ${value}`
    return success({ value, n, k }, step('percentile', { n, p }, value, clause, formula))
  },
})

const daily = s.list(s.nullableNumber('日值，缺测为空'), '与日期对应的日值')
const dailyColumns = { pm25: daily, pm10: daily, o3: daily, no2: daily, so2: daily, co: daily }

const statistic = s.object({
  mean: s.nullableNumber('平均值，未修约'),
  percentile: s.nullableNumber('百分位数，未修约'),
  percentileRank: s.integer('百分位'),
  evaluated: s.nullableNumber('评价值，未修约'),
  rounded: s.nullableNumber('评价值，修约'),
  validDays: s.integer('有效日数'),
  complete: s.boolean('数据有效性符合要求'),
  shortMonths: s.list(s.text('月份'), '有效日数不足的月份'),
})

const periodEvaluator = defineEvaluator({
  id: 'air.period-statistics',
  title: { zh: '月、季、年统计', en: 'Statistics of a month, quarter or year' },
  editions: allEditions,
  input: s.object(
    {
      dates: s.list(s.date('日期'), '日期序列'),
      values: s.object({}, dailyColumns),
      from: s.date('首日'),
      to: s.date('末日'),
      kind: s.oneOf(['month', 'quarter', 'half-year', 'year', 'to-date'], '评价时段'),
    },
    { date: editionDate },
  ),
  output: s.object({
    pm25: statistic,
    pm10: statistic,
    o3: statistic,
    no2: statistic,
    so2: statistic,
    co: statistic,
  }),
  clauses: [
    validityClause('2026-transition'),
    statisticsClause('2012', '年评价'),
    statisticsClause('2026-transition', '年评价'),
  ],
  version: '1.0.0',
  evaluate: ({ dates, values, from, to, kind }, { edition }) => {
    const clause = statisticsClause(edition, '年评价')
    const wrong = airItems.filter(
      (name) => values[name] !== undefined && values[name].length !== dates.length,
    )
    if (wrong.length > 0)
      return refusal('invalid-input', clause, { detail: `日值个数与日期个数不同：${wrong.join('、')}` })
    const column = (name: (typeof airItems)[number]) => (values[name] ?? []).map(orNaN)
    const columns = {
      pm25: column('pm25'),
      pm10: column('pm10'),
      o3: column('o3'),
      no2: column('no2'),
      so2: column('so2'),
      co: column('co'),
    }
    const result = periodStatistics({ dates, values: columns }, { from, to, kind }, edition)
    const shown = (name: (typeof airItems)[number]) => {
      const { mean, percentile: high, evaluated, rounded, ...rest } = result[name]
      return {
        ...rest,
        mean: orNull(mean),
        percentile: orNull(high),
        evaluated: orNull(evaluated),
        rounded: orNull(rounded),
      }
    }
    const trace = airItems.map((name) => ({
      rule: `${airItemInfo[name].zh} ${kind}`,
      input: result[name].validDays,
      result: orNull(result[name].rounded),
      clause: result[name].complete ? clause : validityClause(edition),
      formula: `有效${result[name].validDays}天，均值${result[name].mean}，P${result[name].percentileRank} ${result[name].percentile}${result[name].complete ? '' : '，数据不完整，仅供参考'}`,
    }))
    return success(
      {
        pm25: shown('pm25'),
        pm10: shown('pm10'),
        o3: shown('o3'),
        no2: shown('no2'),
        so2: shown('so2'),
        co: shown('co'),
      },
      trace,
    )
  },
})

const exceedanceEvaluator = defineEvaluator({
  id: 'air.exceedance',
  title: { zh: '达标判定与超标倍数', en: 'Compliance and exceedance multiple' },
  editions: allEditions,
  input: s.object(
    { item, averaging: s.oneOf(['year', 'day', 'hour', 'mda8'], '平均时间'), value: s.number('浓度') },
    { zoneClass, date: editionDate },
  ),
  output: s.object({
    value: s.number('修约后的浓度'),
    limit: s.number('浓度限值'),
    meets: s.boolean('达标'),
    multiple: s.number('超标倍数'),
  }),
  clauses: [
    limitClause('2012'),
    limitClause('2026-transition'),
    statisticsClause('2012', '超标倍数'),
    statisticsClause('2026-transition', '超标倍数'),
  ],
  version: '1.0.0',
  csv: {
    input: ['item', 'averaging', 'value', 'zoneClass', 'date'],
    output: ['rounded', 'limit', 'meets', 'multiple'],
    cells: ({ value, limit, meets, multiple }) => [value, limit, meets ? 1 : 0, multiple],
  },
  evaluate: (input, { edition }) =>
    judge(input.item, input.averaging, input.value, edition, input.zoneClass ?? 2),
})

const annual = s.object({
  mean: s.nullableNumber('年平均，未修约'),
  percentile: s.nullableNumber('年评价百分位数，未修约'),
})

const annualEvaluator = defineEvaluator({
  id: 'air.annual-compliance',
  title: { zh: '年评价达标判定', en: 'Annual compliance' },
  editions: allEditions,
  input: s.object(
    { pm25: annual, pm10: annual, o3: annual, no2: annual, so2: annual, co: annual },
    {
      zoneClass,
      scope: s.oneOf(['every-statistic', 'ministry'], '全部统计量，或公报达标城市口径（待核实）；默认全部'),
      date: editionDate,
    },
  ),
  output: s.object({
    meets: s.boolean('达标'),
    judged: s.list(
      s.object({
        item,
        statistic: s.text('统计量'),
        value: s.number('修约值'),
        limit: s.number('限值'),
        meets: s.boolean('达标'),
        multiple: s.number('超标倍数'),
      }),
      '各统计量',
    ),
    exceeding: s.list(item, '超标项目，按超标倍数降序'),
  }),
  clauses: [statisticsClause('2012', '年评价'), statisticsClause('2026-transition', '年评价')],
  version: '1.0.0',
  evaluate: (input, { edition }) => {
    const figure = (name: (typeof airItems)[number]) => ({
      mean: orNaN(input[name].mean),
      percentile: orNaN(input[name].percentile),
    })
    const figures = {
      pm25: figure('pm25'),
      pm10: figure('pm10'),
      o3: figure('o3'),
      no2: figure('no2'),
      so2: figure('so2'),
      co: figure('co'),
    }
    return annualCompliance(figures, edition, input.zoneClass ?? 2, input.scope ?? 'every-statistic')
  },
})

const complianceRateEvaluator = defineEvaluator({
  id: 'air.compliance-rate',
  title: { zh: '达标率', en: 'Compliance rate' },
  editions: allEditions,
  input: s.object({
    meeting: s.integer('达标天（小时）数', { minimum: 0 }),
    valid: s.integer('有效天（小时）数', { minimum: 1 }),
  }),
  output: s.object({ rate: s.number('达标率，%') }),
  clauses: [statisticsClause('2012', '达标率'), statisticsClause('2026-transition', '达标率')],
  version: '1.0.0',
  csv: { input: ['meeting', 'valid'], output: ['rate'], cells: ({ rate }) => [rate] },
  evaluate: ({ meeting, valid }, { edition }) => {
    const clause = statisticsClause(edition, '达标率')
    if (meeting > valid) return refusal('invalid-input', clause, { detail: `达标${meeting}多于有效${valid}` })
    const rate = complianceRate(meeting, valid)
    return success(
      { rate },
      step('达标率', { meeting, valid }, rate, clause, `${meeting}/${valid}×100 = ${rate}`),
    )
  },
})

const trendEvaluator = defineEvaluator({
  id: 'air.trend.spearman',
  title: { zh: '变化趋势（秩相关系数）', en: 'Trend, Spearman rank correlation' },
  editions: allEditions,
  input: s.object(
    { values: s.list(s.number('浓度'), '按时间先后的连续各期浓度') },
    { level: s.oneOf([0.05, 0.01], '显著性水平，默认0.05') },
  ),
  output: s.object({
    n: s.integer('期数'),
    rs: s.number('秩相关系数'),
    critical: s.number('临界值'),
    criticalFrom: s.integer('临界值所在行的期数'),
    significant: s.boolean('显著'),
    direction: s.oneOf(['rising', 'falling', 'none'], '上升、下降、基本稳定'),
    ranks: s.list(s.number('秩次'), '浓度秩次'),
  }),
  clauses: [trendClause],
  version: '1.0.0',
  evaluate: ({ values, level }) => spearman(values, level),
})

const averageEvaluator = defineEvaluator({
  id: 'air.three-year-average',
  title: { zh: '三年滑动平均（待核实）', en: 'Three-year moving average (unverified)' },
  editions: ['2026-transition', '2026-final'],
  input: s.object(
    { item, annual: s.list(s.number('年统计值，未修约'), '前年、上年、当年', { minItems: 3, maxItems: 3 }) },
    { date: editionDate },
  ),
  output: s.object({ value: s.number('三年平均，未修约'), rounded: s.number('修约值') }),
  clauses: [movingAverageClause],
  version: '1.0.0',
  evaluate: ({ item: which, annual }, { edition }) =>
    threeYearAverage(which, [annual[0] as number, annual[1] as number, annual[2] as number], edition),
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

export const statisticsEvaluators: readonly EvaluatorDefinition[] = [
  dayMeanEvaluator,
  mda8Evaluator,
  cityEvaluator,
  percentileEvaluator,
  periodEvaluator,
  exceedanceEvaluator,
  annualEvaluator,
  complianceRateEvaluator,
  trendEvaluator,
  averageEvaluator,
  stateEvaluator,
]
