import { rankInterval } from '../budget/interval.ts'
import { refusal, success } from '../clause.ts'
import {
  allEditions,
  defineEvaluator,
  type EvaluatorDefinition,
  orNaN,
  step,
} from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { airItemInfo, airItems } from '../gb3095/items.ts'
import { indexChangeRate, pointChange, yearOnYear } from './change.ts'
import { compositeIndex, indexClause } from './composite-index.ts'
import { rankWithTies } from './rank.ts'

export const changeClause = { standard: '城市环境空气质量变化程度排名方案', at: '变化程度' }
export const rankClause = { standard: indexClause.standard, at: '排名' }

const parts = {
  pm25: s.number('PM2.5分指数'),
  pm10: s.number('PM10分指数'),
  o3: s.number('O3分指数'),
  no2: s.number('NO2分指数'),
  so2: s.number('SO2分指数'),
  co: s.number('CO分指数'),
}

const indexEvaluator = defineEvaluator({
  id: 'air.composite-index',
  title: { zh: '环境空气质量综合指数', en: 'Composite air quality index' },
  editions: allEditions,
  input: s.object(
    {
      pm25: s.nullableNumber('PM2.5平均值（扣除沙尘），µg/m³'),
      pm10: s.nullableNumber('PM10平均值（扣除沙尘），µg/m³'),
      so2: s.nullableNumber('SO2平均值，µg/m³'),
      no2: s.nullableNumber('NO2平均值，µg/m³'),
      o3: s.nullableNumber('O3日最大8小时第90百分位数，µg/m³'),
      co: s.nullableNumber('CO日均值第95百分位数，mg/m³'),
    },
    {
      rule: s.oneOf(['2018', '2026-proposed'], '权重版本，默认2018（等权）'),
      rounding: s.oneOf(['concentrations', 'none', 'parts'], '求和前的修约，默认先修约浓度'),
      date: s.date('数据日期'),
    },
  ),
  output: s.object({
    index: s.number('综合指数'),
    parts: s.object(parts),
    main: s.oneOf(airItems, '主要污染物'),
    mains: s.list(s.oneOf(airItems, '监测项目'), '主要污染物，并列全部列出'),
    maxPart: s.number('最大单项指数'),
  }),
  clauses: [indexClause],
  version: '1.0.0',
  csv: {
    input: ['pm25', 'pm10', 'so2', 'no2', 'o3', 'co', 'rule', 'rounding', 'date'],
    output: ['index', 'main'],
    cells: ({ index, mains }) => [index, mains.map((item) => airItemInfo[item].zh).join('+')],
  },
  evaluate: (input, { edition }) => {
    const { pm25, pm10, o3, no2, so2, co, rule, rounding } = input
    const c = {
      pm25: orNaN(pm25),
      pm10: orNaN(pm10),
      o3: orNaN(o3),
      no2: orNaN(no2),
      so2: orNaN(so2),
      co: orNaN(co),
    }
    return compositeIndex(c, edition, { rule, rounding })
  },
})

const pair = s.object({ now: s.number('本期'), base: s.number('基期') })

const indexChangeEvaluator = defineEvaluator({
  id: 'air.index-change',
  title: { zh: '综合指数变化率', en: 'Change rate of the composite index' },
  editions: [],
  input: pair,
  output: s.object({ rate: s.number('变化率，%，负值为改善') }),
  clauses: [changeClause],
  version: '1.0.0',
  csv: { input: ['now', 'base'], output: ['rate'], cells: ({ rate }) => [rate] },
  evaluate: ({ now, base }) => {
    const rate = indexChangeRate(now, base)
    if (Number.isNaN(rate)) return refusal('invalid-input', changeClause, { detail: '基期为0' })
    const formula = `(${now} − ${base})/${base}×100 = ${rate}`
    return success({ rate }, step('R', { now, base }, rate, changeClause, formula))
  },
})

const yearOnYearEvaluator = defineEvaluator({
  id: 'air.year-on-year',
  title: { zh: '同比变化', en: 'Year-on-year change' },
  editions: [],
  input: s.object(
    { now: s.number('本期'), base: s.number('上年同期，按同一标准重算') },
    { kind: s.oneOf(['percent', 'points'], '浓度和指数用百分比，比例用百分点；默认百分比') },
  ),
  output: s.object({ change: s.number('变化，%或百分点') }),
  clauses: [{ standard: 'HJ 663-2013', at: '同比' }],
  version: '1.0.0',
  csv: { input: ['now', 'base', 'kind'], output: ['change'], cells: ({ change }) => [change] },
  evaluate: ({ now, base, kind = 'percent' }) => {
    const clause = { standard: 'HJ 663-2013', at: '同比' }
    const change = kind === 'percent' ? yearOnYear(now, base) : pointChange(now, base)
    if (Number.isNaN(change)) return refusal('invalid-input', clause, { detail: '基期为0' })
    const formula =
      kind === 'percent'
        ? `(${now} − ${base})/${base}×100 = ${change}%`
        : `${now} − ${base} = ${change}个百分点`
    return success({ change }, step('同比', { now, base }, change, clause, formula))
  },
})

const ranked = s.object({
  id: s.text('城市'),
  value: s.number('数值'),
  rank: s.integer('名次'),
  tied: s.boolean('并列'),
})

const rankEvaluator = defineEvaluator({
  id: 'air.rank',
  title: { zh: '排名（含并列）', en: 'Ranking with ties' },
  editions: [],
  input: s.object(
    {
      entries: s.list(
        s.object({ id: s.text('城市'), value: s.nullableNumber('公布值，无则为空') }),
        '参加排名者',
      ),
    },
    { order: s.oneOf(['ascending', 'descending'], '默认升序，数值小者在前') },
  ),
  output: s.object({
    ranked: s.list(ranked, '排名'),
    unranked: s.list(s.text('城市'), '无数值，不参加排名'),
  }),
  clauses: [rankClause],
  version: '1.0.0',
  evaluate: ({ entries, order }) => {
    const list = entries.map(({ id, value }) => ({ id, value: orNaN(value) }))
    const result = rankWithTies(list, order)
    const unranked = entries.filter(({ value }) => value === null).map(({ id }) => id)
    const formula = result.map(({ id, rank, tied }) => `${tied ? '并列' : ''}第${rank}名${id}`).join('，')
    return success(
      { ranked: result, unranked },
      step('rank', entries.length, result.length, rankClause, formula),
    )
  },
})

const interval = s.object({ id: s.text('城市'), low: s.number('下限'), high: s.number('上限') })

const rankIntervalEvaluator = defineEvaluator({
  id: 'air.rank.interval',
  title: { zh: '缺测下的可能名次', en: 'Possible ranks under missing data' },
  editions: [],
  input: s.object({ entries: s.list(interval, '各城市综合指数的上下限') }),
  output: s.object({
    ranks: s.list(
      s.object({ id: s.text('城市'), best: s.integer('最好名次'), worst: s.integer('最差名次') }),
      '名次区间',
    ),
  }),
  clauses: [rankClause],
  version: '1.0.0',
  evaluate: ({ entries }) => {
    const wrong = entries.filter(({ low, high }) => low > high).map(({ id }) => id)
    if (wrong.length > 0)
      return refusal('invalid-input', rankClause, { missing: wrong, detail: '下限大于上限' })
    const ranks = rankInterval(entries.map(({ id, low, high }) => ({ id, interval: { low, high } })))
    const formula = ranks.map(({ id, best, worst }) => `${id} ${best}—${worst}`).join('，')
    return success({ ranks }, step('rank-interval', entries.length, ranks.length, rankClause, formula))
  },
})

export const rankingEvaluators: readonly EvaluatorDefinition[] = [
  indexEvaluator,
  indexChangeEvaluator,
  yearOnYearEvaluator,
  rankEvaluator,
  rankIntervalEvaluator,
]
