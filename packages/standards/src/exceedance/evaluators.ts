import { success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, orNaN, orNull, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { hourStateCode, hourStates } from '../hj75/validity.ts'
import { decimalsOf } from '../limits/emission-limit.ts'
import { cumulativeExceedanceDays, exceedanceEvents } from './events.ts'
import { evidenceClause, evidenceGrade } from './evidence.ts'
import { hazardousDayClause, incinerationDay, incineratorKinds, municipalDayClause } from './incineration.ts'
import { judgeHours, workingConditionCode, workingConditions } from './judge-hours.ts'
import {
  airHourClause,
  compare,
  comparisonClause,
  multipleClause,
  overLimitMultiple,
  waterMeanClause,
} from './multiple.ts'
import { judgeMeasuredHour, type MeasuredHour } from './pipeline.ts'
import { ultraLowClause, ultraLowOfCounts, ultraLowTarget } from './ultra-low.ts'

const HOUR_MS = 3_600_000
const decimals = s.integer('限值的小数位数，结果先修约到此位再比较，默认同限值写法', {
  minimum: 0,
  maximum: 8,
})

const hour = s.object(
  { value: s.nullableNumber('与限值比较的小时均值，缺测为空') },
  {
    state: s.oneOf(['missing', 'valid', 'invalid', 'stopped', 'exempt'], '有效性，默认有值即有效'),
    condition: s.oneOf(workingConditions, '工况，默认正常'),
  },
)
const event = s.object({
  from: s.integer('起始小时序号，自0起'),
  hours: s.integer('小时数'),
  maxValue: s.number('最大值'),
  multiple: s.nullableNumber('超标倍数，未修约；pH为空'),
})

const judged = s.object(
  {
    state: s.oneOf(hourStates, '有效性'),
    compared: s.nullableNumber('与限值比较的值：给出基准氧含量时为折算浓度'),
    outcome: s.oneOf(['meets', 'exceeds', 'undecidable', 'not-judged'], '达标、超标、无法判定、不参加判定'),
    multiple: s.nullableNumber('超标倍数，未修约'),
  },
  { reason: s.text('无法折算的原因') },
)

interface OneHour extends MeasuredHour {
  readonly limit: number
  readonly min?: number | undefined
}

/** One hour as a line of a file holds it. */
function judgeOne(input: OneHour, places: number) {
  const { limit, min } = input
  const { reason, ...one } = judgeMeasuredHour(input, {
    value: limit,
    decimals: places,
    ...(min !== undefined && { min }),
  })
  const exceeds = one.outcome === 'exceeds'
  const events = exceeds
    ? [{ from: 0, hours: 1, maxValue: one.compared ?? Number.NaN, multiple: one.multiple }]
    : []
  const formula = `${one.compared ?? '无'}与限值${limit}：${one.outcome}（${one.state}）`
  return success(
    {
      events,
      exceedingHours: exceeds ? 1 : 0,
      judgedHours: one.outcome === 'not-judged' ? 0 : 1,
      undecidedHours: one.outcome === 'undecidable' ? 1 : 0,
      single: reason === null ? one : { ...one, reason },
    },
    step('exceedance', { limit, decimals: places }, one.multiple ?? one.outcome, airHourClause, formula),
  )
}

const exceedanceEvaluator = defineEvaluator({
  id: 'source.exceedance',
  title: { zh: '小时均值超标判定', en: 'Exceedance of hourly means' },
  editions: [],
  input: s.object(
    { limit: s.number('限值') },
    {
      hours: s.list(hour, '按时间先后、不间断的小时；不给则判定 value 一个小时', { minItems: 1 }),
      min: s.number('下限，仅pH'),
      decimals,
      value: s.nullableNumber('一个小时的均值（标态干），缺测为空'),
      o2: s.nullableNumber('烟气含氧量，%'),
      referenceO2: s.number('基准氧含量，%；给出时先折算再比较'),
      state: s.oneOf(hourStates, '有效性；不给则由分钟数得出'),
      validMinutes: s.integer('有效分钟数', { minimum: 0, maximum: 60 }),
      markedMinutes: s.integer('设备标记覆盖的分钟数', { minimum: 0, maximum: 60 }),
      exempt: s.list(s.oneOf(workingConditions, '工况'), '可豁免的工况'),
      quotaHours: s.integer('本年尚余豁免小时数，缺省不限', { minimum: 0 }),
    },
  ),
  output: s.object(
    {
      events: s.list(event, '超标事件：连续超标小时为一次'),
      exceedingHours: s.integer('超标小时数'),
      judgedHours: s.integer('参加判定的小时数'),
      undecidedHours: s.integer('有效但无法判定的小时数'),
    },
    { single: judged },
  ),
  clauses: [airHourClause, waterMeanClause],
  version: '1.1.0',
  csv: {
    input: [
      'value',
      'limit',
      'min',
      'decimals',
      'o2',
      'referenceO2',
      'state',
      'validMinutes',
      'markedMinutes',
    ],
    output: ['outcome', 'multiple', 'compared', 'validity', 'reason'],
    cells: ({ single }) =>
      single === undefined
        ? [null, null, null, null, null]
        : [single.outcome, single.multiple, single.compared, single.state, single.reason ?? null],
  },
  evaluate: (input) => {
    const { hours, limit, min, decimals: places = decimalsOf(input.limit), exempt = [], quotaHours } = input
    if (hours === undefined) return judgeOne({ ...input, value: input.value ?? null }, places)
    const value = Float64Array.from(hours, (one) => orNaN(one.value))
    const columns = {
      startMs: Float64Array.from(hours, (_, index) => index * HOUR_MS),
      value,
      state: Uint8Array.from(hours, (one) =>
        one.state === undefined
          ? one.value === null
            ? hourStateCode.missing
            : hourStateCode.valid
          : hourStateCode[one.state],
      ),
      condition: Uint8Array.from(hours, (one) => workingConditionCode[one.condition ?? 'normal']),
      limit,
      decimals: places,
      ...(min === undefined ? {} : { min }),
      exemption: {
        key: 'input',
        zh: '给定的豁免',
        conditions: exempt.map((name) => workingConditionCode[name]),
        maxHoursPerYear: quotaHours ?? null,
        maxHoursPerEvent: null,
        source: '输入',
        status: 'verified' as const,
      },
    }
    const judged = judgeHours(columns)
    const events = exceedanceEvents({ ...columns, exceeds: judged.exceeds }).map((one) => ({
      from: one.indices[0] ?? 0,
      hours: one.hours,
      maxValue: one.maxValue,
      multiple: orNull(one.multiple),
    }))
    const undecidedHours = judged.undecided.reduce((sum, one) => sum + one, 0)
    const { exceedingHours, judgedHours } = judged
    const formula = `限值${limit}，${judgedHours}小时参加判定，${exceedingHours}小时超标，并为${events.length}次`
    return success(
      { events, exceedingHours, judgedHours, undecidedHours },
      step('exceedance', { limit, decimals: places }, events.length, airHourClause, formula),
    )
  },
})

const multipleEvaluator = defineEvaluator({
  id: 'source.exceedance-multiple',
  title: { zh: '超标判定与超标倍数', en: 'Exceedance and its multiple' },
  editions: [],
  input: s.object(
    { value: s.number('结果；未检出时为检出限'), limit: s.number('限值') },
    { min: s.number('下限，仅pH'), decimals, nonDetect: s.boolean('未检出') },
  ),
  output: s.object({
    outcome: s.oneOf(['meets', 'exceeds', 'undecidable'], '达标、超标、无法判定'),
    multiple: s.nullableNumber('超标倍数 (C−L)/L，未修约；未超标与pH为空'),
  }),
  clauses: [comparisonClause, multipleClause],
  version: '1.0.0',
  csv: {
    input: ['value', 'limit', 'min', 'decimals', 'nonDetect'],
    output: ['outcome', 'multiple'],
    cells: ({ outcome, multiple }) => [outcome, multiple],
  },
  evaluate: ({ value, limit, min, decimals: places = decimalsOf(limit), nonDetect = false }) => {
    const compared =
      min === undefined ? { value: limit, decimals: places } : { value: limit, min, decimals: places }
    const outcome = compare(value, compared, nonDetect)
    const multiple =
      outcome === 'exceeds' && min === undefined ? orNull(overLimitMultiple(value, limit)) : null
    const formula =
      multiple === null
        ? `${value}与${limit}比较：${outcome}`
        : `（${value}−${limit}）/${limit} = ${multiple}`
    return success(
      { outcome, multiple },
      step('multiple', value, multiple ?? outcome, comparisonClause, formula),
    )
  },
})

const ultraLowEvaluator = defineEvaluator({
  id: 'source.ultra-low',
  title: { zh: '超低排放达标时段比例', en: 'Ultra-low share of a month' },
  editions: [],
  input: s.object({
    validHours: s.integer('有效运行小时数', { minimum: 0 }),
    meetingHours: s.integer('达到超低限值的小时数', { minimum: 0 }),
  }),
  output: s.object({ share: s.nullableNumber('比例，%，未修约'), met: s.boolean('达到要求') }),
  clauses: [ultraLowClause],
  version: '1.0.0',
  csv: {
    input: ['validHours', 'meetingHours'],
    output: ['share', 'met'],
    cells: ({ share, met }) => [share, String(met)],
  },
  evaluate: ({ validHours, meetingHours }) => {
    const { share, met } = ultraLowOfCounts(validHours, meetingHours)
    const formula = `${meetingHours}/${validHours}，要求不低于${ultraLowTarget.value}%`
    return success(
      { share: orNull(share), met },
      step('ultra-low', validHours, orNull(share), ultraLowClause, formula),
    )
  },
})

const incinerationEvaluator = defineEvaluator({
  id: 'source.incineration-day',
  title: { zh: '焚烧炉日判定', en: 'Incinerator day' },
  editions: [],
  input: s.object(
    { kind: s.oneOf(incineratorKinds, '生活垃圾、危险废物、医疗废物') },
    {
      means: s.list(
        s.object(
          {
            factor: s.text('因子编码'),
            value: s.nullableNumber('日均值，折算'),
            limit: s.number('24小时均值限值'),
          },
          { decimals },
        ),
        '各污染物日均值',
      ),
      furnace: s.list(s.nullableNumber('炉膛温度5分钟均值，℃'), '一日的炉膛温度'),
    },
  ),
  output: s.object({
    exceedanceDay: s.boolean('超标日'),
    exceeding: s.list(s.text('因子编码'), '超标的污染物'),
    coldMeans: s.integer('低于规定温度的5分钟均值个数'),
    furnaceViolation: s.boolean('炉温不符合规定'),
  }),
  clauses: [municipalDayClause, hazardousDayClause],
  version: '1.0.0',
  evaluate: ({ kind, means = [], furnace = [] }) => {
    const daily = means.map(({ decimals: places = 0, ...mean }) => ({ ...mean, decimals: places }))
    const day = incinerationDay(kind, daily, furnace.map(orNaN))
    const clause = kind === 'municipal' ? municipalDayClause : hazardousDayClause
    const formula = `超标${day.exceeding.length}项，炉温偏低${day.coldMeans}次`
    return success(day, step('incineration-day', kind, day.exceeding.length, clause, formula))
  },
})

const daysEvaluator = defineEvaluator({
  id: 'source.cumulative-days',
  title: { zh: '近30日累计超标天数', en: 'Exceedance days of the last 30 days' },
  editions: [],
  input: s.object(
    { exceeds: s.list(s.boolean('当日超标'), '按日期先后、不间断的日', { minItems: 1 }) },
    { window: s.integer('天数，默认30', { minimum: 1, maximum: 366 }) },
  ),
  output: s.object({
    days: s.list(s.integer('累计天数'), '每日的累计超标天数'),
    last: s.integer('最后一日'),
  }),
  clauses: [evidenceClause],
  version: '1.0.0',
  evaluate: ({ exceeds, window = 30 }) => {
    const days = Array.from(cumulativeExceedanceDays(Uint8Array.from(exceeds, Number), window))
    const last = days.at(-1) ?? 0
    return success(
      { days, last },
      step('cumulative-days', window, last, evidenceClause, `近${window}日超标${last}日`),
    )
  },
})

const gradeEvaluator = defineEvaluator({
  id: 'source.evidence-grade',
  title: { zh: '超标的证据等级', en: 'Evidence grade of an exceedance' },
  editions: [],
  input: s.object({
    markWindowOpen: s.boolean('企业自主标记期限未到'),
    qualityAssuranceInDate: s.boolean('校准、校验在有效期内'),
    fraudLeadOpen: s.boolean('有未结的数据质量线索'),
  }),
  output: s.object({
    grade: s.oneOf(['A', 'B', 'C'], '证据等级'),
    reasons: s.list(s.text('理由'), '理由'),
  }),
  clauses: [evidenceClause],
  version: '1.0.0',
  csv: {
    input: ['markWindowOpen', 'qualityAssuranceInDate', 'fraudLeadOpen'],
    output: ['grade', 'reasons'],
    cells: ({ grade, reasons }) => [grade, reasons.join('；')],
  },
  evaluate: (facts) => {
    const graded = evidenceGrade(facts)
    return success(graded, step('evidence', facts, graded.grade, evidenceClause, graded.reasons.join('；')))
  },
})

/** Judgement of pollution sources: hours, single results, ultra-low months, incinerators, evidence. */
export const exceedanceEvaluators: readonly EvaluatorDefinition[] = [
  exceedanceEvaluator,
  multipleEvaluator,
  ultraLowEvaluator,
  incinerationEvaluator,
  daysEvaluator,
  gradeEvaluator,
]
