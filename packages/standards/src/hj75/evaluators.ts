import { refusal, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, orNaN, orNull, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { waterDayValid } from '../hj356/day.ts'
import { waterDayClause, waterShares } from '../hj356/validity.ts'
import { driftClause, driftKinds, driftParameters, driftState, driftStates } from './quality.ts'
import { substituteMass, substitutionClause, substitutionLookback } from './substitution.ts'
import {
  captureClause,
  captureRate,
  captureTarget,
  dayValidityClause,
  defaultValidHoursPerDay,
  gasDayMean,
  hourMean,
  hourState,
  hourValidityClause,
  validMinutesPerHour,
} from './validity.ts'

const minutes = (description: string) => s.integer(description, { minimum: 0, maximum: 60 })

const hourEvaluator = defineEvaluator({
  id: 'source.valid-hour',
  title: { zh: '有效小时均值判别（不少于45分钟）', en: 'Validity of an hourly mean' },
  editions: [],
  input: s.object(
    {},
    {
      validMinutes: minutes('有效分钟数；不给则由标记分钟数或分钟值得出'),
      markedMinutes: minutes('被设备维护、故障等标记覆盖的分钟数'),
      runningMinutes: minutes('排放源运行分钟数，默认60'),
      receivedMinutes: minutes('收到数据的分钟数，默认60'),
      minutes: s.list(s.nullableNumber('分钟值，无效或缺测为空'), '60个分钟值', { maxItems: 60 }),
      value: s.nullableNumber('小时均值'),
    },
  ),
  output: s.object({
    valid: s.boolean('有效'),
    state: s.oneOf(['valid', 'invalid', 'missing', 'stopped'], '有效、无效、缺失、停运'),
    validMinutes: s.integer('有效分钟数'),
    mean: s.nullableNumber('有效小时均值，未修约；无效为空'),
  }),
  clauses: [hourValidityClause],
  version: '1.0.0',
  csv: {
    input: ['validMinutes', 'markedMinutes', 'runningMinutes', 'receivedMinutes', 'value'],
    output: ['valid', 'state', 'mean'],
    cells: ({ valid, state, mean }) => [String(valid), state, mean],
  },
  evaluate: (input) => {
    const values = input.minutes?.map(orNaN)
    const found = values === undefined ? undefined : hourMean(values)
    const { markedMinutes, runningMinutes = 60, receivedMinutes } = input
    const unmarked = markedMinutes === undefined ? undefined : Math.max(0, runningMinutes - markedMinutes)
    const validMinutes = input.validMinutes ?? found?.validMinutes ?? unmarked
    if (validMinutes === undefined)
      return refusal('insufficient-data', hourValidityClause, {
        missing: ['validMinutes'],
        detail: '应给出有效分钟数 validMinutes、标记分钟数 markedMinutes 或分钟值 minutes 之一',
      })
    const state = hourState({ validMinutes, runningMinutes, receivedMinutes })
    const valid = state === 'valid'
    const mean = valid ? orNull(found?.value ?? orNaN(input.value ?? null)) : null
    const formula = `有效${validMinutes}分钟，运行${runningMinutes}分钟，各需${validMinutesPerHour.value}分钟`
    return success(
      { valid, state, validMinutes, mean },
      step('有效小时', { validMinutes, runningMinutes }, state, hourValidityClause, formula),
    )
  },
})

const dayEvaluator = defineEvaluator({
  id: 'source.valid-day',
  title: { zh: '有效日均值判别（废气20小时，废水75%）', en: 'Validity of a daily mean' },
  editions: [],
  input: s.object(
    {},
    {
      validHours: s.integer('有效小时数', { minimum: 0, maximum: 24 }),
      hours: s.list(s.nullableNumber('有效小时均值，无效为空；折算项目用折算值'), '当日小时值', {
        maxItems: 24,
      }),
      medium: s.oneOf(['air', 'water'], '废气 air（默认）、废水 water'),
      minValidHours: s.integer('废气日均值所需有效小时数，默认20', { minimum: 1, maximum: 24 }),
      dueHours: s.integer('废水应得数据个数，默认24', { minimum: 0, maximum: 24 }),
    },
  ),
  output: s.object({
    valid: s.boolean('有效'),
    validHours: s.integer('有效小时数'),
    mean: s.nullableNumber('日均值（废气，算术平均），未修约；无效或未给小时值为空'),
  }),
  clauses: [dayValidityClause, waterDayClause],
  version: '1.0.0',
  csv: {
    input: ['validHours', 'medium', 'minValidHours', 'dueHours'],
    output: ['valid'],
    cells: ({ valid }) => [String(valid)],
  },
  evaluate: ({ validHours: given, hours, medium = 'air', minValidHours, dueHours = 24 }) => {
    const air = medium === 'air'
    const clause = air ? dayValidityClause : waterDayClause
    const needed = minValidHours ?? defaultValidHoursPerDay
    const day = gasDayMean(hours?.map(orNaN) ?? [], needed)
    const validHours = given ?? (hours === undefined ? undefined : day.validHours)
    if (validHours === undefined)
      return refusal('insufficient-data', clause, {
        missing: ['validHours'],
        detail: '应给出有效小时数 validHours 或小时值 hours',
      })
    const valid = air ? validHours >= needed : waterDayValid(validHours, dueHours)
    const mean = air && valid ? orNull(day.value) : null
    const formula = air
      ? `有效小时${validHours}个，需${needed}个`
      : `${validHours}/${dueHours}，需${waterShares.value.day}%`
    return success({ valid, validHours, mean }, step('有效日', validHours, String(valid), clause, formula))
  },
})

const captureEvaluator = defineEvaluator({
  id: 'source.capture-rate',
  title: { zh: '季度有效数据捕集率', en: 'Quarterly valid-data capture rate' },
  editions: [],
  input: s.object({
    hours: s.integer('季度总小时数', { minimum: 0 }),
    invalidHours: s.integer('数据无效（含缺失）小时数', { minimum: 0 }),
    stopHours: s.integer('排放源停运小时数', { minimum: 0 }),
  }),
  output: s.object({
    rate: s.nullableNumber('捕集率，%，未修约；全季停运为空'),
    meets: s.boolean('达到75%'),
    validHours: s.integer('有效小时数'),
    dueHours: s.integer('运行小时数'),
  }),
  clauses: [captureClause],
  version: '1.0.0',
  csv: {
    input: ['hours', 'invalidHours', 'stopHours'],
    output: ['captureRate', 'meets'],
    cells: ({ rate, meets }) => [rate, String(meets)],
  },
  evaluate: (input) => {
    const { rate, validHours, dueHours, meets } = captureRate(input)
    const formula =
      dueHours === 0
        ? '全季停运，不适用'
        : `(${input.hours}−${input.invalidHours}−${input.stopHours})/(${input.hours}−${input.stopHours}) = ${rate}%，目标${captureTarget.value}%`
    return success(
      { rate: orNull(rate), meets, validHours, dueHours },
      step('α', input, orNull(rate), captureClause, formula),
    )
  },
})

const substitutionEvaluator = defineEvaluator({
  id: 'source.substitution',
  title: { zh: '缺失时段排放量修约（180、720、2160小时）', en: 'Substitution of mass in invalid hours' },
  editions: [],
  input: s.object(
    {
      captureRate: s.number('本季度有效数据捕集率，%', { minimum: 0, maximum: 100 }),
      gapHours: s.integer('连续无效小时数', { minimum: 1 }),
    },
    { masses: s.list(s.nullableNumber('小时排放量，kg，无效为空'), '此前的小时排放量，由旧到新') },
  ),
  output: s.object({
    lookback: s.nullableNumber('回溯的有效小时数；不修约为空'),
    kgPerHour: s.nullableNumber('每个缺失小时的排放量，kg；未给排放量为空'),
    substitutedKg: s.nullableNumber('缺失时段排放量，kg'),
    searched: s.integer('实际查找的有效小时数'),
  }),
  clauses: [substitutionClause],
  version: '1.0.0',
  csv: {
    input: ['captureRate', 'gapHours'],
    output: ['lookback'],
    cells: ({ lookback }) => [lookback],
  },
  evaluate: ({ captureRate: rate, gapHours, masses = [] }) => {
    const lookback = substitutionLookback(rate, gapHours) ?? null
    const found = substituteMass(masses.map(orNaN), rate, gapHours)
    const kgPerHour = found?.kgPerHour ?? null
    const substitutedKg = kgPerHour === null ? null : kgPerHour * gapHours
    const formula =
      lookback === null
        ? `捕集率${rate}%低于${captureTarget.value}%，不修约，自动数据不作核算依据`
        : `捕集率${rate}%，连续缺失${gapHours}小时：取前${lookback}个有效小时排放量最大值${kgPerHour === null ? '' : ` ${kgPerHour} kg/h`}`
    return success(
      { lookback, kgPerHour, substitutedKg, searched: found?.searched ?? 0 },
      step('修约', { captureRate: rate, gapHours }, lookback, substitutionClause, formula),
    )
  },
})

const driftEvaluator = defineEvaluator({
  id: 'source.drift',
  title: { zh: '零点、量程漂移与失控判别', en: 'Drift and out-of-control' },
  editions: [],
  input: s.object({
    parameter: s.oneOf(driftParameters, '气态污染物 gas、颗粒物 particulate、流速 flow'),
    kind: s.oneOf(driftKinds, '零点 zero、量程 span'),
    drift: s.number('漂移，满量程的百分数（% F.S.）'),
  }),
  output: s.object({ state: s.oneOf(driftStates, '受控、需调整、失控') }),
  clauses: [driftClause],
  version: '1.0.0',
  csv: { input: ['parameter', 'kind', 'drift'], output: ['state'], cells: ({ state }) => [state] },
  evaluate: ({ parameter, kind, drift }) => {
    const state = driftState(parameter, kind, drift)
    if (state === undefined)
      return refusal('out-of-scope', driftClause, { detail: `${parameter} 没有${kind}漂移的规定` })
    return success({ state }, step('漂移', { parameter, kind, drift }, state, driftClause))
  },
})

export const validityEvaluators: readonly EvaluatorDefinition[] = [
  hourEvaluator,
  dayEvaluator,
  captureEvaluator,
  substitutionEvaluator,
  driftEvaluator,
]
