import { type Clause, refusal, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { chooseLimit, type DocumentLimit } from './choose.ts'
import type { LimitConditions } from './emission-limit.ts'
import { mixedWaterClause, mixedWaterLimit } from './mixed-water.ts'
import { equivalentStack, equivalentStackClause, rateClause, rateLimit } from './rate-limit.ts'
import { emissionLimits } from './tables/index.ts'

/** Every table that the choice may cite. */
const limitClauses: readonly Clause[] = [
  ...new Map(
    emissionLimits.map(({ standard, table }) => [`${standard} ${table}`, { standard, at: table }]),
  ).values(),
]
const chosenClause: Clause = { standard: 'GB 13271-2014', at: '表2' }

const averaging = s.oneOf(['hour', 'day', 'instant', 'sampling'], '时段：小时、日、一次、监测期')

const limitEvaluator = defineEvaluator({
  id: 'source.limit',
  title: { zh: '排放限值的选择', en: 'Choice of an emission limit' },
  editions: [],
  input: s.object(
    {
      medium: s.oneOf(['air', 'water'], '废气、废水'),
      facility: s.text('设施类型，如 cement-kiln、boiler-gas、sewage-1a'),
      factor: s.text('因子编码，如 a21026'),
      date: s.date('数据日期'),
    },
    {
      eiaApprovedOn: s.text('环评批复日期 YYYY-MM-DD'),
      special: s.boolean('省级政府已规定执行特别排放限值'),
      ultraLow: s.boolean('排放口声明执行超低排放'),
      averaging,
      discharge: s.oneOf(['direct', 'indirect'], '直接排放、间接排放'),
      ammoniaAgent: s.boolean('使用氨水、尿素等含氨物质作为还原剂'),
      cold: s.boolean('水温不高于12 ℃'),
      builtBefore2006: s.boolean('污水处理厂建于2005年12月31日前'),
      fourProvinces: s.boolean('位于广西、重庆、四川、贵州'),
      zoneGrade: s.integer('环境空气功能区类别', { minimum: 1, maximum: 3 }),
      category: s.text('表内行业或产品类别'),
      steamTph: s.number('锅炉额定蒸发量，t/h'),
      heatMw: s.number('热水锅炉额定热功率，MW'),
      permitLimit: s.number('排污许可证限值'),
      eiaLimit: s.number('环评批复限值'),
      unit: s.text('许可证或环评限值的单位，默认mg/m³或mg/L'),
    },
  ),
  output: s.object({
    value: s.number('限值'),
    min: s.nullableNumber('下限，仅pH'),
    unit: s.text('单位'),
    level: s.oneOf(['permit', 'local', 'eia', 'sector', 'general'], '许可、地方、环评、行业、综合'),
    source: s.text('标准与表'),
    status: s.oneOf(['primary', 'verified', 'one-source', 'unverified'], '核实程度'),
    reason: s.text('选择理由'),
    notes: s.list(s.text('说明'), '应一并显示的说明'),
  }),
  clauses: limitClauses,
  version: '1.0.0',
  csv: {
    input: [
      'medium',
      'facility',
      'factor',
      'date',
      'eiaApprovedOn',
      'special',
      'ultraLow',
      'averaging',
      'discharge',
      'ammoniaAgent',
      'cold',
      'builtBefore2006',
      'fourProvinces',
      'zoneGrade',
      'category',
      'steamTph',
      'heatMw',
      'permitLimit',
      'eiaLimit',
      'unit',
    ],
    output: ['limit', 'limitMin', 'limitUnit', 'level', 'source', 'status', 'reason', 'notes'],
    cells: ({ value, min, unit, level, source, status, reason, notes }) => [
      value,
      min,
      unit,
      level,
      source,
      status,
      reason,
      notes.join('；'),
    ],
  },
  evaluate: (input) => {
    const { medium, facility, factor, date, averaging: period } = input
    const conditions = known<LimitConditions>({
      discharge: input.discharge,
      ammoniaAgent: input.ammoniaAgent,
      cold: input.cold,
      builtBefore2006: input.builtBefore2006,
      fourProvinces: input.fourProvinces,
      zoneGrade: input.zoneGrade as 1 | 2 | 3 | undefined,
      category: input.category,
    })
    const outlet = {
      medium,
      facility,
      eiaApprovedOn: input.eiaApprovedOn,
      special: input.special,
      ultraLow: input.ultraLow,
      conditions,
      size: { steamTph: input.steamTph, heatMw: input.heatMw },
    }
    const averagingOf = period ?? (medium === 'air' || factor === 'w01001' ? 'hour' : 'day')
    const document = (value: number | undefined): readonly DocumentLimit[] =>
      value === undefined
        ? []
        : [
            {
              factor,
              value,
              unit: input.unit ?? (medium === 'air' ? 'mg/m³' : 'mg/L'),
              averaging: averagingOf,
            },
          ]
    const choice = chooseLimit(outlet, factor, date.slice(0, 10), document(input.permitLimit), [], {
      averaging: averagingOf,
      eiaLimits: document(input.eiaLimit),
    })
    if (!choice.ok) {
      const clause = choice.standard === null ? chosenClause : { standard: choice.standard, at: '限值' }
      return refusal(choice.reason === 'unknown-facility' ? 'invalid-input' : 'out-of-scope', clause, {
        detail: choice.detail,
      })
    }
    const { limit, reason, notes, candidates } = choice
    const clause =
      limit.row === null
        ? { standard: limit.source, at: '载明限值' }
        : { standard: limit.row.standard, at: limit.row.table }
    const listed = candidates.map((one) => `${one.source} ${one.value}${one.unit}`).join('；')
    return success(
      {
        value: limit.value,
        min: limit.min,
        unit: limit.unit,
        level: limit.level,
        source: limit.source,
        status: limit.status,
        reason,
        notes,
      },
      step('limit', listed, limit.value, clause, `${reason}；候选：${listed}`),
    )
  },
})

/** Only what is known: a row asks for the facts it names, and an absent one is not the same as a false one. */
function known<T extends object>(facts: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T
}

const rateEvaluator = defineEvaluator({
  id: 'source.rate-limit',
  title: { zh: '排放速率限值（按排气筒高度）', en: 'Emission rate limit by stack height' },
  editions: [],
  input: s.object(
    {
      factor: s.text('因子编码，如 a21026'),
      grade: s.oneOf([2, 3], '二级、三级（环境空气功能区）'),
      heightM: s.number('排气筒高度，m'),
    },
    {
      aboveSurroundings: s.boolean('高出周围200 m内建筑5 m以上，默认是'),
      existing: s.boolean('1997年1月1日前设立的污染源，默认否'),
      category: s.text('表内类别'),
      secondHeightM: s.number('第二根排气筒高度，m'),
      distanceM: s.number('两根排气筒的距离，m'),
      rate: s.number('排放速率，kg/h'),
      secondRate: s.number('第二根排气筒的排放速率，kg/h'),
    },
  ),
  output: s.object({
    limit: s.number('最高允许排放速率，kg/h，未修约'),
    heightM: s.number('采用的高度，等效时为等效高度，m'),
    rate: s.nullableNumber('判定的排放速率，kg/h'),
    exceeds: { type: ['boolean', 'null'], description: '超过速率限值' } as s.Schema<boolean | null>,
  }),
  clauses: [rateClause, equivalentStackClause],
  version: '1.0.0',
  csv: {
    input: [
      'factor',
      'grade',
      'heightM',
      'aboveSurroundings',
      'existing',
      'category',
      'secondHeightM',
      'distanceM',
      'rate',
      'secondRate',
    ],
    output: ['rateLimit', 'usedHeight', 'usedRate', 'exceeds'],
    cells: ({ limit, heightM, rate, exceeds }) => [
      limit,
      heightM,
      rate,
      exceeds === null ? null : String(exceeds),
    ],
  },
  evaluate: (input) => {
    const {
      factor,
      grade,
      aboveSurroundings,
      existing,
      category,
      rate,
      secondRate,
      secondHeightM,
      distanceM,
    } = input
    const pair =
      secondHeightM === undefined || distanceM === undefined
        ? undefined
        : equivalentStack(
            { heightM: input.heightM, rate: rate ?? 0 },
            { heightM: secondHeightM, rate: secondRate ?? 0 },
            distanceM,
          )
    const heightM = pair?.heightM ?? input.heightM
    const found = rateLimit({ factor, grade, heightM, aboveSurroundings, existing, category })
    if (found === undefined)
      return refusal('out-of-scope', rateClause, {
        detail: `${factor}没有排放速率限值，或排气筒不得低于25 m`,
      })
    const judged = pair === undefined ? (rate ?? null) : pair.rate
    const exceeds = rate === undefined || judged === null ? null : judged > found.value
    const clause = pair === undefined ? rateClause : equivalentStackClause
    return success(
      { limit: found.value, heightM, rate: rate === undefined ? null : judged, exceeds },
      step('rate-limit', heightM, found.value, clause, `${found.formula} = ${found.value} kg/h`),
    )
  },
})

const mixedEvaluator = defineEvaluator({
  id: 'source.mixed-water-limit',
  title: { zh: '混合废水的最高允许浓度', en: 'Limit of mixed waste water' },
  editions: [],
  input: s.object({
    parts: s.list(
      s.object({
        limit: s.number('该行业最高允许浓度，mg/L'),
        drainage: s.number('最高允许排水量，m³/t', { minimum: 0 }),
        output: s.number('产量，t/d', { minimum: 0 }),
      }),
      '各行业',
      { minItems: 1 },
    ),
  }),
  output: s.object({ value: s.number('混合排放的最高允许浓度，mg/L，未修约') }),
  clauses: [mixedWaterClause],
  version: '1.0.0',
  evaluate: ({ parts }) => {
    const value = mixedWaterLimit(parts)
    const sum = parts.map(({ limit, drainage, output }) => `${limit}×${drainage}×${output}`).join('+')
    const water = parts.map(({ drainage, output }) => `${drainage}×${output}`).join('+')
    return success(
      { value },
      step('mixed', parts, value, mixedWaterClause, `（${sum}）/（${water}） = ${value}`),
    )
  },
})

/** Limits of pollution sources: the choice, rates by stack height, mixed waste water. */
export const limitEvaluators: readonly EvaluatorDefinition[] = [limitEvaluator, rateEvaluator, mixedEvaluator]
