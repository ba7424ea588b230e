import { refusal, success } from '../clause.ts'
import {
  allEditions,
  defineEvaluator,
  type EvaluatorDefinition,
  orNaN,
  step,
} from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import type { airItems } from '../gb3095/items.ts'
import { limitClause } from '../gb3095/limits.ts'
import { annualCompliance } from './annual-compliance.ts'
import { statisticsClause } from './clauses.ts'
import { complianceRate, judge } from './compliance.ts'
import { editionDate, item, zoneClass } from './inputs.ts'

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

/** Values against limits. */
export const complianceEvaluators: readonly EvaluatorDefinition[] = [
  exceedanceEvaluator,
  annualEvaluator,
  complianceRateEvaluator,
]
