/** Reduction of a project (重点工程减排量), t. 主要污染物总量减排核算技术指南: structure; its coefficients are inputs. */
import { type Configurable, type Evaluation, refusal, success } from '../clause.ts'
import { reductionAt } from '../permit/clauses.ts'

export const reductionFormulaClause = reductionAt('重点工程减排量')

export type ReductionKind =
  | 'retrofit'
  | 'retrofit-auto'
  | 'fuel-switch'
  | 'closure'
  | 'sewage-new'
  | 'sewage-upgrade'
  | 'industrial-water'
  | 'water-reuse'
  | 'livestock'
  | 'vocs-source'
  | 'vocs-treatment'
  | 'vehicles'

export type ReductionInputs = Readonly<Record<string, number>>
interface Formula {
  readonly title: string
  readonly inputs: readonly string[]
  /** The months of the year that count; null: the inputs speak of the accounted days themselves. */
  readonly monthly: boolean
  /** Tonnes of a full year. */
  readonly tonnes: (input: (name: string) => number) => number
  readonly text: string
}

/** Formulas by type of project. Concentrations mg/m³ and mg/L, water m³/d, factors kg a unit, shares in %. */
const formulas: Readonly<Record<ReductionKind, Formula>> = {
  retrofit: {
    title: '超低排放或提标改造（排放绩效）',
    inputs: ['efBefore', 'efAfter', 'activity'],
    monthly: true,
    tonnes: (v) => (v('efBefore') - v('efAfter')) * v('activity') * 1e-3,
    text: '(efBefore − efAfter)×activity×1e-3',
  },
  'retrofit-auto': {
    title: '提标改造（自动监测数据）',
    inputs: ['concentrationBefore', 'concentrationAfter', 'flow', 'hours'],
    monthly: false,
    tonnes: (v) => (v('concentrationBefore') - v('concentrationAfter')) * v('flow') * v('hours') * 1e-9,
    text: '(concentrationBefore − concentrationAfter)×flow×hours×1e-9',
  },
  'fuel-switch': {
    title: '清洁能源替代',
    inputs: ['coalReplaced', 'efCoal', 'gas', 'efGas'],
    monthly: true,
    tonnes: (v) => (v('coalReplaced') * v('efCoal') - v('gas') * v('efGas')) * 1e-3,
    text: '(coalReplaced×efCoal − gas×efGas)×1e-3',
  },
  closure: {
    title: '淘汰关停',
    inputs: ['baseEmission'],
    monthly: true,
    tonnes: (v) => v('baseEmission'),
    text: 'baseEmission',
  },
  'sewage-new': {
    title: '新建扩建污水处理',
    inputs: ['volumeAdded', 'concentrationIn', 'concentrationOut', 'days'],
    monthly: false,
    tonnes: (v) => v('volumeAdded') * (v('concentrationIn') - v('concentrationOut')) * 1e-6 * v('days'),
    text: 'volumeAdded×(concentrationIn − concentrationOut)×1e-6×days',
  },
  'sewage-upgrade': {
    title: '污水处理提标',
    inputs: ['volume', 'concentrationBefore', 'concentrationAfter', 'days'],
    monthly: false,
    tonnes: (v) => v('volume') * (v('concentrationBefore') - v('concentrationAfter')) * 1e-6 * v('days'),
    text: 'volume×(concentrationBefore − concentrationAfter)×1e-6×days',
  },
  'industrial-water': {
    title: '工业废水深度治理',
    inputs: ['annualVolume', 'concentrationBefore', 'concentrationAfter'],
    monthly: true,
    tonnes: (v) => v('annualVolume') * (v('concentrationBefore') - v('concentrationAfter')) * 1e-6,
    text: 'annualVolume×(concentrationBefore − concentrationAfter)×1e-6',
  },
  'water-reuse': {
    title: '中水回用',
    inputs: ['annualVolume', 'concentrationOut'],
    monthly: true,
    tonnes: (v) => v('annualVolume') * v('concentrationOut') * 1e-6,
    text: 'annualVolume×concentrationOut×1e-6',
  },
  livestock: {
    title: '畜禽养殖治理',
    inputs: ['heads', 'ef', 'removalBefore', 'removalAfter'],
    monthly: true,
    tonnes: (v) => v('heads') * v('ef') * ((v('removalAfter') - v('removalBefore')) / 100) * 1e-3,
    text: 'heads×ef×(removalAfter − removalBefore)%×1e-3',
  },
  'vocs-source': {
    title: 'VOCs 源头替代',
    inputs: ['solvent', 'vocBefore', 'vocAfter', 'removal'],
    monthly: true,
    tonnes: (v) => v('solvent') * ((v('vocBefore') - v('vocAfter')) / 100) * (1 - v('removal') / 100),
    text: 'solvent×(vocBefore − vocAfter)%×(1 − removal%)',
  },
  'vocs-treatment': {
    title: 'VOCs 末端治理',
    inputs: ['generated', 'collectionBefore', 'removalBefore', 'collectionAfter', 'removalAfter'],
    monthly: true,
    tonnes: (v) =>
      v('generated') *
      ((v('collectionAfter') * v('removalAfter') - v('collectionBefore') * v('removalBefore')) / 10_000),
    text: 'generated×(collectionAfter%×removalAfter% − collectionBefore%×removalBefore%)',
  },
  vehicles: {
    title: '淘汰老旧车辆',
    inputs: ['vehicles', 'kilometres', 'efGramPerKm'],
    monthly: true,
    tonnes: (v) => v('vehicles') * v('kilometres') * v('efGramPerKm') * 1e-6,
    text: 'vehicles×kilometres×efGramPerKm×1e-6',
  },
}

/** What each input is, with its unit. */
export const reductionInputTitles: Readonly<Record<string, string>> = {
  efBefore: '改造前排放绩效，kg/单位',
  efAfter: '改造后排放绩效，kg/单位',
  activity: '产量（基准年与核算年取小），单位同排放绩效',
  concentrationBefore: '改造前浓度，废气 mg/m³，废水 mg/L',
  concentrationAfter: '改造后浓度，废气 mg/m³，废水 mg/L',
  flow: '烟气量，m³/h',
  hours: '运行小时',
  coalReplaced: '替代煤量，t',
  efCoal: '燃煤排放系数，kg/t',
  gas: '燃气量，m³',
  efGas: '燃气排放系数，kg/m³',
  baseEmission: '基准年排放量，t',
  volumeAdded: '新增处理水量，m³/d',
  concentrationIn: '进水浓度，mg/L',
  concentrationOut: '出水浓度，mg/L',
  days: '天数',
  volume: '处理水量，m³/d',
  annualVolume: '年水量，m³',
  heads: '存栏',
  ef: '排放系数，kg/头',
  removalBefore: '治理前去除率，%',
  removalAfter: '治理后去除率，%',
  solvent: '溶剂用量，t',
  vocBefore: '替代前 VOC 含量，%',
  vocAfter: '替代后 VOC 含量，%',
  removal: '末端去除率，%',
  generated: '产生量，t',
  collectionBefore: '改造前收集率，%',
  collectionAfter: '改造后收集率，%',
  vehicles: '车辆数',
  kilometres: '年行驶里程，km',
  efGramPerKm: '排放因子，g/km',
}

/** Types of projects: title, names of the inputs in their order, formula in words. */
export const reductionKinds: Configurable<
  Readonly<
    Record<
      ReductionKind,
      {
        readonly title: string
        readonly inputs: readonly string[]
        readonly monthly: boolean
        readonly text: string
      }
    >
  >
> = {
  value: Object.fromEntries(
    Object.entries(formulas).map(([kind, { title, inputs, monthly, text }]) => [
      kind,
      { title, inputs, monthly, text },
    ]),
  ) as Record<ReductionKind, { title: string; inputs: readonly string[]; monthly: boolean; text: string }>,
  source: '环办综合函〔2022〕350号 主要污染物总量减排核算技术指南（2022年修订），公式结构与系数待核实',
  status: 'unverified',
}
export const reductionKindNames = Object.keys(formulas) as readonly ReductionKind[]

export interface Reduction {
  /** Counted in the accounted year. */
  readonly tonnes: number
  /** Of a full year. */
  readonly annual: number
  /** Left for the next year. */
  readonly nextYear: number
}

/** Reduction of one project for one pollutant; `months` running (closure: months after it), 12 when left out. */
export function projectReduction(
  kind: ReductionKind,
  inputs: ReductionInputs,
  months: number = 12,
): Evaluation<Reduction> {
  const formula = formulas[kind]
  const missing = formula.inputs.filter((name) => !Number.isFinite(inputs[name]))
  if (missing.length > 0) return refusal('insufficient-data', reductionFormulaClause, { missing })
  const negative = formula.inputs.filter((name) => (inputs[name] ?? 0) < 0)
  if (negative.length > 0) {
    return refusal('invalid-input', reductionFormulaClause, { detail: `${negative.join('、')} 不能为负` })
  }
  if (!(months >= 0 && months <= 12)) {
    return refusal('invalid-input', reductionFormulaClause, { detail: `计入月数应为 0—12，收到 ${months}` })
  }
  const annual = formula.tonnes((name) => inputs[name] ?? Number.NaN)
  const share = formula.monthly ? months / 12 : 1
  const tonnes = annual * share
  const filled = formula.inputs.reduce(
    (text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), String(inputs[name])),
    formula.text,
  )
  const counted = formula.monthly ? `；×${months}/12` : ''
  return success({ tonnes, annual, nextYear: annual - tonnes }, [
    {
      rule: formula.title,
      input: { ...inputs, months },
      result: tonnes,
      clause: reductionFormulaClause,
      // Twelve digits: the rest is the binary double's.
      formula: `${filled} = ${Number(annual.toPrecision(12))}${counted}`,
    },
  ])
}
