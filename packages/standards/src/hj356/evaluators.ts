import { refusal, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, orNaN, orNull, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { accuracyClause, accuracyPairsFor, accuracyParameters, judgeAccuracy } from '../hj75/accuracy.ts'
import {
  compareWater,
  waterComparisonClause,
  waterComparisonPairs,
  waterComparisonParameters,
} from './comparison.ts'
import { isAveragedInWater, waterDay } from './day.ts'
import { fillWaterDay, waterSubstitutionClause } from './substitution.ts'
import { waterDayClause, waterFaults, waterFaultsOf, waterInvalidClause, waterShares } from './validity.ts'

const SEPARATOR = /\s*[;；]\s*|\s+/

/** Numbers in a cell, separated by semicolons or spaces; an empty place is a missing value. */
function numbersIn(text: string): number[] | undefined {
  const parts = text.trim() === '' ? [] : text.trim().split(SEPARATOR)
  const values = parts.map((part) => (part === '' || part === 'NA' ? Number.NaN : Number(part)))
  return parts.some((part, i) => part !== '' && part !== 'NA' && Number.isNaN(values[i])) ? undefined : values
}

const waterHour = s.object({
  concentration: s.nullableNumber('浓度，mg/L，无效为空'),
  flow: s.nullableNumber('该时段水量，m³，无效为空'),
})

const waterDayEvaluator = defineEvaluator({
  id: 'source.water-day',
  title: { zh: '废水有效日均值（流量加权）与日排放量', en: 'Daily mean and mass of waste water' },
  editions: [],
  input: s.object(
    {},
    {
      hours: s.list(waterHour, '各时段的浓度与水量'),
      concentrations: s.text('各时段浓度，mg/L，用分号隔开，如 38;42;55;30'),
      flows: s.text('各时段水量，m³，用分号隔开，如 120;150;90;60'),
      dueHours: s.integer('应得数据个数，默认为给出的个数', { minimum: 0 }),
      factor: s.text('因子编码；pH（w01001）、水温（w01010）不做平均'),
    },
  ),
  output: s.object({
    mean: s.nullableNumber('有效日均值，mg/L，未修约；日无效为空'),
    massKg: s.number('有效时段排放量，kg'),
    volume: s.number('有效时段水量，m³'),
    validHours: s.integer('有效数据个数'),
    share: s.nullableNumber('有效数据比例，%'),
    valid: s.boolean('日有效'),
  }),
  clauses: [waterDayClause],
  version: '1.0.0',
  csv: {
    input: ['concentrations', 'flows', 'dueHours', 'factor'],
    output: ['mean', 'massKg', 'valid'],
    cells: ({ mean, massKg, valid }) => [mean, massKg, String(valid)],
  },
  evaluate: ({ hours, concentrations, flows, dueHours, factor }) => {
    const clause = waterDayClause
    if (factor !== undefined && !isAveragedInWater(factor))
      return refusal('out-of-scope', clause, { detail: `${factor} 不做日平均，逐个数值判定` })
    const c = hours?.map((hour) => orNaN(hour.concentration)) ?? numbersIn(concentrations ?? '')
    const q = hours?.map((hour) => orNaN(hour.flow)) ?? numbersIn(flows ?? '')
    if (c === undefined || q === undefined)
      return refusal('invalid-input', clause, { detail: 'concentrations、flows 应为用分号隔开的数值' })
    if (c.length === 0 || c.length !== q.length)
      return refusal('invalid-input', clause, {
        detail: `浓度${c.length}个，水量${q.length}个，应相等且不为0`,
      })
    const { value, massKg, volume, validCount, share, valid } = waterDay(c, q, dueHours)
    const mean = orNull(value)
    const formula = valid
      ? `Σ(C·Q)/ΣQ = ${massKg * 1000}/${volume} = ${mean}；有效${validCount}个`
      : `有效${validCount}个，不足应得数据的${waterShares.value.day}%`
    return success(
      { mean, massKg, volume, validHours: validCount, share: orNull(share), valid },
      step('日均值', { dueHours: dueHours ?? c.length, validCount }, mean, clause, formula),
    )
  },
})

const waterHourEvaluator = defineEvaluator({
  id: 'source.water-valid',
  title: { zh: '废水在线数据无效判别', en: 'Validity of a waste-water value' },
  editions: [],
  input: s.object(
    { flow: s.nullableNumber('流量，未知为空') },
    {
      analyser: s.number('在线监测仪数值'),
      logger: s.number('数采仪数值'),
      platform: s.number('平台数值'),
      marked: s.boolean('处于停运、故障、维修、维护、校准标记内'),
      inFailedSpan: s.boolean('处于比对不合格的前后合格比对之间'),
    },
  ),
  output: s.object({ valid: s.boolean('有效'), faults: s.list(s.oneOf(waterFaults, '原因'), '无效原因') }),
  clauses: [waterInvalidClause],
  version: '1.0.0',
  csv: {
    input: ['flow', 'analyser', 'logger', 'platform', 'marked', 'inFailedSpan'],
    output: ['valid', 'faults'],
    cells: ({ valid, faults }) => [String(valid), faults.join('+')],
  },
  evaluate: (input) => {
    const { flow, analyser, logger, platform, marked = false, inFailedSpan = false } = input
    const faults = waterFaultsOf({
      flow: orNaN(flow),
      analyser: analyser ?? Number.NaN,
      logger: logger ?? Number.NaN,
      platform: platform ?? Number.NaN,
      marked,
      inFailedSpan,
    })
    const valid = faults.length === 0
    return success(
      { valid, faults },
      step('无效判别', input, valid ? '有效' : faults.join('、'), waterInvalidClause),
    )
  },
})

const waterSubstitutionEvaluator = defineEvaluator({
  id: 'source.water-substitution',
  title: {
    zh: '废水无效日排放量替代（前30个有效日最大值）',
    en: 'Substitution of a day’s mass in waste water',
  },
  editions: [],
  input: s.object(
    { masses: s.list(s.nullableNumber('有效日排放量，kg'), '上次比对合格前的有效日排放量，由旧到新') },
    {
      massKg: s.nullableNumber('当日有效排放量，kg，无效为空'),
      zeroFlow: s.boolean('当日无排放'),
      abnormal: s.boolean('处于异常时段（故障、比对不合格）'),
      manualKg: s.number('手工监测日排放量，kg'),
      manualSamples: s.integer('当日手工监测次数', { minimum: 0 }),
    },
  ),
  output: s.object({
    massKg: s.nullableNumber('日排放量，kg'),
    method: s.oneOf(['none', 'zero-flow', 'manual', 'maximum', 'no-history'], '取值方法'),
  }),
  clauses: [waterSubstitutionClause],
  version: '1.0.0',
  evaluate: ({ masses, massKg = null, manualKg = Number.NaN, manualSamples = 0, zeroFlow, abnormal }) => {
    const day = {
      massKg: orNaN(massKg),
      manualKg,
      manualSamples,
      zeroFlow: zeroFlow ?? false,
      abnormal: abnormal ?? false,
    }
    const filled = fillWaterDay(day, masses.map(orNaN))
    const value = orNull(filled.massKg)
    return success(
      { massKg: value, method: filled.method },
      step('替代', masses.length, value, waterSubstitutionClause, `${filled.method} → ${value ?? '无'} kg`),
    )
  },
})

const parameters = [...new Set([...waterComparisonParameters, ...accuracyParameters])]
const pair = s.object({ online: s.number('在线值'), reference: s.number('参比方法或实验室值') })

const comparisonEvaluator = defineEvaluator({
  id: 'source.comparison',
  title: { zh: '在线与手工（参比方法）比对', en: 'Online against reference method' },
  editions: [],
  input: s.object(
    { parameter: s.oneOf(parameters, '项目') },
    {
      online: s.number('在线值'),
      reference: s.number('实验室值或参比方法值，同一单位'),
      pairs: s.list(pair, '数据对；给了它可不给 online、reference'),
      medium: s.oneOf(['air', 'water'], '流量、水温按废水（默认），烟温 temperature 用 air'),
    },
  ),
  output: s.object({
    pass: s.boolean('符合'),
    deviation: s.number('偏差，误差限的单位'),
    limit: s.number('误差限'),
    unit: s.text('误差限单位'),
    criterion: s.oneOf(['absolute', 'relative', 'relative-accuracy'], '绝对误差、相对误差、相对准确度'),
    enough: s.boolean('数据对达到规定数量'),
  }),
  clauses: [waterComparisonClause, accuracyClause],
  version: '1.0.0',
  csv: {
    input: ['parameter', 'online', 'reference', 'medium'],
    output: ['deviation', 'limit', 'unit', 'pass'],
    cells: ({ deviation, limit, unit, pass }) => [deviation, limit, unit, String(pass)],
  },
  evaluate: ({ parameter, online, reference, pairs: given, medium }) => {
    const water = waterComparisonParameters.find((name) => name === parameter && medium !== 'air')
    const clause = water === undefined ? accuracyClause : waterComparisonClause
    const single = online === undefined || reference === undefined ? [] : [{ online, reference }]
    const pairs = given ?? single
    if (pairs.length === 0)
      return refusal('insufficient-data', clause, {
        missing: ['online', 'reference'],
        detail: '应给出 online 与 reference，或数据对 pairs',
      })
    const judged = water === undefined ? judgeAir(parameter, pairs) : judgeWater(water, pairs)
    if (judged === undefined)
      return refusal('out-of-scope', clause, {
        detail: `${parameter} 的这组数据无法按表判定：不在任何量程段内，或该段须以不少于${accuracyPairsFor('SO2')}对数据计算相对准确度`,
      })
    const formula = `偏差 ${judged.deviation}${judged.unit}，误差限 ±${judged.limit}${judged.unit}`
    return success(judged, step('比对', pairs, judged.pass ? '符合' : '不符合', clause, formula))
  },
})

type Pairs = readonly { readonly online: number; readonly reference: number }[]

/** All pairs have to pass; the worst one is shown. */
function judgeWater(parameter: (typeof waterComparisonParameters)[number], pairs: Pairs) {
  const results = pairs.map(({ online, reference }) => compareWater(parameter, online, reference))
  const judged = results.filter((each) => each !== undefined)
  if (judged.length < pairs.length) return undefined
  const worst = judged.toSorted((a, b) => severity(b) - severity(a))[0]
  if (worst === undefined) return undefined
  const { row, deviation } = worst
  return {
    pass: judged.every(({ pass }) => pass),
    deviation,
    limit: row.limit,
    unit: row.criterion === 'relative' ? '%' : row.unit,
    criterion: row.criterion,
    enough: pairs.length >= waterComparisonPairs.value,
  }
}

const severity = ({ deviation, row }: { deviation: number; row: { limit: number } }) =>
  Math.abs(deviation) / row.limit

function judgeAir(name: string, pairs: Pairs) {
  const parameter = accuracyParameters.find((each) => each === name)
  const judged = parameter === undefined ? undefined : judgeAccuracy(parameter, pairs)
  if (judged === undefined) return undefined
  const { row, deviation, pass, enough } = judged
  const unit = row.criterion === 'absolute' ? row.unit : '%'
  return { pass, deviation, limit: row.limit, unit, criterion: row.criterion, enough }
}

export const waterEvaluators: readonly EvaluatorDefinition[] = [
  waterDayEvaluator,
  waterHourEvaluator,
  waterSubstitutionEvaluator,
  comparisonEvaluator,
]
