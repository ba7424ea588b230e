import { refusal, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { emissionRate, gasMass, gasMassClause, waterMass, waterMassClause } from './mass.ts'
import {
  baseVolumeClause,
  baseVolumeConcentration,
  type ConversionRule,
  convertedConcentration,
  convertibleBelowO2,
  enrichedClause,
  excessAirClause,
  referenceOxygenClause,
} from './oxygen.ts'
import { referenceOxygenOf } from './reference-oxygen.ts'
import {
  actualFlow,
  gases,
  nitricOxideAsNo2,
  ppmToMilligrams,
  standardFlow,
  toDryStandard,
  volumeFractionClause,
  wasteGasStateClause,
} from './state.ts'

interface Basis {
  readonly referenceO2?: number | undefined
  readonly excessAir?: number | undefined
  readonly supplyO2?: number | undefined
  readonly facility?: string | undefined
}

/** The rule that the given columns name: numbers go before the table of facilities. */
function ruleOf({ referenceO2, excessAir, supplyO2, facility }: Basis): ConversionRule | string {
  if (referenceO2 !== undefined && excessAir !== undefined)
    return '基准氧含量 referenceO2 与过量空气系数 excessAir 只能给一个'
  if (referenceO2 !== undefined && supplyO2 !== undefined)
    return { kind: 'oxygen-enriched', o2: referenceO2, supplyO2 }
  if (referenceO2 !== undefined) return { kind: 'reference-oxygen', o2: referenceO2 }
  if (excessAir !== undefined) return { kind: 'excess-air', coefficient: excessAir }
  if (facility === undefined) return '应给出 referenceO2、excessAir 或 facility 之一'
  return referenceOxygenOf(facility)?.rule ?? `没有设施“${facility}”的基准氧含量；请给出 referenceO2`
}

const clauseOfRule = {
  'reference-oxygen': referenceOxygenClause,
  'oxygen-enriched': enrichedClause,
  'excess-air': excessAirClause,
  measured: referenceOxygenClause,
} as const satisfies Record<ConversionRule['kind'], unknown>

function formulaOf(rule: ConversionRule, value: number, o2: number): string {
  if (rule.kind === 'measured') return `${value}（不折算，以实测浓度计）`
  if (rule.kind === 'excess-air') return `${value}×(21/(21−${o2}))/${rule.coefficient}`
  const supply = rule.kind === 'oxygen-enriched' ? rule.supplyO2 : 21
  return `${value}×(21−${rule.o2})/(${supply}−${o2})`
}

const convertedEvaluator = defineEvaluator({
  id: 'source.converted-concentration',
  title: { zh: '折算浓度（基准氧含量、过量空气系数）', en: 'Concentration at reference oxygen' },
  editions: [],
  input: s.object(
    {
      value: s.nullableNumber('实测干标态浓度，mg/m³，缺测为空'),
      o2: s.nullableNumber('实测干基氧含量，%，缺测为空'),
    },
    {
      referenceO2: s.number('基准氧含量，%'),
      excessAir: s.number('基准过量空气系数（GB 9078、GB 29620），与基准氧含量二选一'),
      supplyO2: s.number('富氧焚烧时助燃空气的氧含量，%（GB 18484），不给为21'),
      facility: s.text('设施种类，如 power-coal-boiler；给了它可不给基准氧含量'),
    },
  ),
  output: s.object({
    converted: s.nullableNumber('折算浓度，mg/m³，未修约；不能折算为空'),
    reason: { type: ['string', 'null'], description: '不能折算的原因' } as s.Schema<string | null>,
  }),
  clauses: [referenceOxygenClause, enrichedClause, excessAirClause],
  version: '1.0.0',
  csv: {
    input: ['value', 'o2', 'referenceO2', 'excessAir', 'supplyO2', 'facility'],
    output: ['converted', 'reason'],
    cells: ({ converted, reason }) => [converted, reason],
  },
  evaluate: ({ value, o2, ...basis }) => {
    const rule = ruleOf(basis)
    if (typeof rule === 'string') return refusal('invalid-input', referenceOxygenClause, { detail: rule })
    const { value: converted, reason } = convertedConcentration(value, o2, rule)
    const formula =
      converted === null
        ? `不折算：${reason}（氧含量${o2 ?? '缺测'}，不低于${convertibleBelowO2.value}%或缺测时不折算）`
        : `${formulaOf(rule, value as number, o2 as number)} = ${converted}`
    const trace = step('折算浓度', { value, o2, rule }, converted, clauseOfRule[rule.kind], formula)
    return success({ converted, reason }, trace)
  },
})

const massEvaluator = defineEvaluator({
  id: 'source.mass',
  title: { zh: '排放速率与排放量', en: 'Emission rate and mass' },
  editions: [],
  input: s.object(
    {
      value: s.number('废气：实测干标态浓度 mg/m³（不是折算浓度）；废水：mg/L'),
      flow: s.number('废气：干标态流量 m³/h；废水：流量 m³/h', { minimum: 0 }),
    },
    {
      medium: s.oneOf(['air', 'water'], '废气 air（默认）、废水 water'),
      hours: s.number('小时数，默认1', { minimum: 0 }),
    },
  ),
  output: s.object({ rate: s.number('排放速率，kg/h'), massKg: s.number('排放量，kg') }),
  clauses: [gasMassClause, waterMassClause],
  version: '1.0.0',
  csv: {
    input: ['value', 'flow', 'medium', 'hours'],
    output: ['rate', 'massKg'],
    cells: ({ rate, massKg }) => [rate, massKg],
  },
  evaluate: ({ value, flow, medium = 'air', hours = 1 }) => {
    const air = medium === 'air'
    const clause = air ? gasMassClause : waterMassClause
    if (value < 0) return refusal('invalid-input', clause, { detail: `浓度不应为负，收到${value}` })
    const rate = air ? emissionRate(value, flow) : waterMass(value, flow)
    const massKg = air ? gasMass(value, flow, hours) : waterMass(value, flow * hours)
    const formula = `${value}×${flow}×10${air ? '⁻⁶' : '⁻³'}×${hours} h = ${massKg} kg`
    return success({ rate, massKg }, step('排放量', { value, flow, medium, hours }, massKg, clause, formula))
  },
})

const gasState = {
  temperature: s.number('烟温，℃'),
  atmosphericPressure: s.number('大气压，Pa', { minimum: 1 }),
  staticPressure: s.number('烟气静压，Pa，负压为负'),
  moisture: s.number('含湿量，体积分数0—1', { minimum: 0, maximum: 1 }),
}

const flowEvaluator = defineEvaluator({
  id: 'source.standard-flow',
  title: { zh: '工况流量与标态干流量', en: 'Actual and dry standard flow' },
  editions: [],
  input: s.object({
    section: s.number('测定断面面积，m²', { minimum: 0 }),
    velocity: s.number('平均流速，m/s', { minimum: 0 }),
    ...gasState,
  }),
  output: s.object({ actual: s.number('工况流量，m³/h'), standard: s.number('标态干流量，m³/h') }),
  clauses: [wasteGasStateClause],
  version: '1.0.0',
  csv: {
    input: ['section', 'velocity', 'temperature', 'atmosphericPressure', 'staticPressure', 'moisture'],
    output: ['actualFlow', 'standardFlow'],
    cells: ({ actual, standard }) => [actual, standard],
  },
  evaluate: ({ section, velocity, ...state }) => {
    const actual = actualFlow({ section, velocity })
    const standard = standardFlow({ section, velocity }, state)
    const { temperature, atmosphericPressure, staticPressure, moisture } = state
    const formula = `3600×${section}×${velocity}×273/(273+${temperature})×(${atmosphericPressure}+${staticPressure})/101325×(1−${moisture}) = ${standard}`
    return success(
      { actual, standard },
      step('Qsn', { section, velocity, ...state }, standard, wasteGasStateClause, formula),
    )
  },
})

const dryEvaluator = defineEvaluator({
  id: 'source.dry-standard',
  title: { zh: '工况浓度换算为标态干浓度', en: 'Actual concentration to dry standard' },
  editions: [],
  input: s.object({ value: s.number('工况浓度，mg/m³', { minimum: 0 }), ...gasState }),
  output: s.object({ value: s.number('标态干浓度，mg/m³') }),
  clauses: [wasteGasStateClause],
  version: '1.0.0',
  csv: {
    input: ['value', 'temperature', 'atmosphericPressure', 'staticPressure', 'moisture'],
    output: ['dryStandard'],
    cells: ({ value }) => [value],
  },
  evaluate: ({ value: actual, ...state }) => {
    const value = toDryStandard(actual, state)
    const { temperature, atmosphericPressure, staticPressure, moisture } = state
    const formula = `${actual}×101325/(${atmosphericPressure}+${staticPressure})×(273+${temperature})/273÷(1−${moisture}) = ${value}`
    return success({ value }, step('Csn', { value: actual, ...state }, value, wasteGasStateClause, formula))
  },
})

const ppmEvaluator = defineEvaluator({
  id: 'source.ppm',
  title: { zh: '体积浓度换算为质量浓度', en: 'Volume fraction to mass concentration' },
  editions: [],
  input: s.object({
    ppm: s.number('体积浓度，ppm（µmol/mol）', { minimum: 0 }),
    gas: s.oneOf(gases, '气体；no 与 nox 均以 NO2 计'),
  }),
  output: s.object({ value: s.number('标态质量浓度，mg/m³') }),
  clauses: [volumeFractionClause],
  version: '1.0.0',
  csv: { input: ['ppm', 'gas'], output: ['milligrams'], cells: ({ value }) => [value] },
  evaluate: ({ ppm, gas }) => {
    const value = ppmToMilligrams(ppm, gas)
    return success(
      { value },
      step('C', { ppm, gas }, value, volumeFractionClause, `${ppm}×M/22.4 = ${value}`),
    )
  },
})

const nitricOxideEvaluator = defineEvaluator({
  id: 'source.no-as-no2',
  title: { zh: 'NO 质量浓度换算为以 NO2 计', en: 'NO on the basis of NO2' },
  editions: [],
  input: s.object({ value: s.number('NO 质量浓度，mg/m³', { minimum: 0 }) }),
  output: s.object({ value: s.number('以 NO2 计的浓度，mg/m³') }),
  clauses: [volumeFractionClause],
  version: '1.0.0',
  csv: { input: ['value'], output: ['asNo2'], cells: ({ value }) => [value] },
  evaluate: ({ value: no }) => {
    const value = nitricOxideAsNo2(no)
    return success({ value }, step('NO2', no, value, volumeFractionClause, `${no}×46/30 = ${value}`))
  },
})

const baseVolumeEvaluator = defineEvaluator({
  id: 'source.base-volume',
  title: { zh: '基准排气量（排水量）排放浓度', en: 'Concentration at the base volume' },
  editions: [],
  input: s.object({
    value: s.number('实测浓度', { minimum: 0 }),
    actual: s.number('实际单位产品排气量或排水量', { minimum: 0 }),
    base: s.number('单位产品基准排气量或排水量，同一单位'),
  }),
  output: s.object({ value: s.number('基准量排放浓度') }),
  clauses: [baseVolumeClause],
  version: '1.0.0',
  csv: { input: ['value', 'actual', 'base'], output: ['baseConcentration'], cells: ({ value }) => [value] },
  evaluate: ({ value: measured, actual, base }) => {
    const value = baseVolumeConcentration(measured, actual, base)
    const formula =
      actual > base
        ? `${measured}×${actual}/${base} = ${value}`
        : `${actual}不高于${base}，以实测浓度${measured}计`
    return success({ value }, step('ρ基', { measured, actual, base }, value, baseVolumeClause, formula))
  },
})

export const conversionEvaluators: readonly EvaluatorDefinition[] = [
  convertedEvaluator,
  massEvaluator,
  flowEvaluator,
  dryEvaluator,
  ppmEvaluator,
  nitricOxideEvaluator,
  baseVolumeEvaluator,
]
