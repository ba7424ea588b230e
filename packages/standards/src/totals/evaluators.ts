import { refusal } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { offsetClause, offsetOutcome } from './offset.ts'
import { targetProgress, totalControlClause } from './progress.ts'
import {
  projectReduction,
  reductionFormulaClause,
  reductionInputTitles,
  reductionKindNames,
  reductionKinds,
} from './reduction.ts'

const names = [...new Set(reductionKindNames.flatMap((kind) => reductionKinds.value[kind].inputs))]
const inputs = Object.fromEntries(names.map((name) => [name, s.number(reductionInputTitles[name] ?? name)]))

export const totalEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'total.reduction',
    title: { zh: '重点工程减排量', en: 'Reduction of a project' },
    editions: [],
    input: s.object(
      { type: s.oneOf(reductionKindNames, '项目类型；所需输入见类型') },
      {
        months: s.number('当年计入月数，默认12；关停为关停后的月数', { minimum: 0, maximum: 12 }),
        ...inputs,
      },
    ),
    output: s.object({
      tonnes: s.number('当年计入，t'),
      annual: s.number('全年，t'),
      nextYear: s.number('结转次年，t'),
    }),
    clauses: [reductionFormulaClause],
    version: '1.0.0',
    csv: {
      input: ['type', 'months', ...names],
      output: ['tonnes', 'annual', 'nextYear'],
      cells: ({ tonnes, annual, nextYear }) => [tonnes, annual, nextYear],
    },
    evaluate: ({ type, months, ...rest }) => projectReduction(type, rest as Record<string, number>, months),
  }),
  defineEvaluator({
    id: 'total.progress',
    title: { zh: '减排目标进度', en: 'Progress of a reduction target' },
    editions: [],
    input: s.object({
      target: s.number('目标，t', { minimum: 0 }),
      recognised: s.number('已认定减排量，t', { minimum: 0 }),
      elapsed: s.number('已过去（年或天）', { minimum: 0 }),
      length: s.number('全期（年或天）', { minimum: 0 }),
    }),
    output: s.object({
      percent: s.number('完成率，%'),
      schedulePercent: s.number('序时进度，%'),
      behind: s.number('落后百分点，负为超前'),
      gap: s.number('尚差，t'),
      light: s.text('green、yellow、red'),
    }),
    clauses: [totalControlClause],
    version: '1.0.0',
    csv: {
      input: ['target', 'recognised', 'elapsed', 'length'],
      output: ['percent', 'schedulePercent', 'behind', 'gap', 'light'],
      cells: (v) => [v.percent, v.schedulePercent, v.behind, v.gap, v.light],
    },
    evaluate: ({ target, recognised, elapsed, length }) =>
      targetProgress(target, recognised, elapsed, length),
  }),
  defineEvaluator({
    id: 'total.offset',
    title: { zh: '区域削减替代（等量、倍量）', en: 'Substitution of a new emission' },
    editions: [],
    input: s.object(
      {},
      {
        increments: s.list(
          s.object({ pollutant: s.text('污染物'), tonnes: s.number('新增排放量，t', { minimum: 0 }) }),
          '新增排放量',
          { minItems: 1, maxItems: 50 },
        ),
        failing: s.list(s.text('PM2.5、O3、COD 等'), '所在区域未达标的指标'),
        sources: s.list(
          s.object(
            {
              id: s.text('来源编号'),
              pollutant: s.text('污染物'),
              tonnes: s.number('削减量，t', { minimum: 0 }),
            },
            {
              region: s.text('控制区'),
              executed: s.boolean('投产前已落实'),
              validTo: s.date('有效期至'),
              usedFor: s.text('已用于；空为未用'),
            },
          ),
          '削减来源',
          { maxItems: 500 },
        ),
        region: s.text('项目所在控制区'),
        date: s.date('判断日期'),
        pollutant: s.text('只算一种时的污染物'),
        increment: s.number('新增排放量，t', { minimum: 0 }),
        failingIndicator: s.text('未达标指标；空为达标'),
        offered: s.number('可用削减量，t', { minimum: 0 }),
        usedFor: s.text('该削减量已用于；空为未用'),
      },
    ),
    output: s.object({
      pass: s.boolean('可以通过'),
      needs: s.list(
        s.object({ pollutant: s.text('污染物'), ratio: s.number('倍数'), needed: s.number('所需，t') }),
        '各污染物',
      ),
      rejected: s.list(s.object({ id: s.text('来源'), reason: s.text('理由') }), '不能用的来源'),
    }),
    clauses: [offsetClause],
    version: '1.0.0',
    csv: {
      input: ['pollutant', 'increment', 'failingIndicator', 'offered', 'usedFor'],
      output: ['ratio', 'needed', 'pass', 'reason'],
      cells: ({ needs, pass, rejected }) => [
        needs[0]?.ratio ?? null,
        needs[0]?.needed ?? null,
        pass ? 1 : 0,
        rejected[0]?.reason ?? '',
      ],
    },
    evaluate: (input) => {
      const { pollutant, increment, failingIndicator, offered, usedFor, region, date } = input
      if (input.increments !== undefined) {
        const { increments, failing = [], sources = [] } = input
        return offsetOutcome({ increments, failing, sources, region, date })
      }
      if (pollutant === undefined || increment === undefined) {
        return refusal('insufficient-data', offsetClause, { missing: ['increments'] })
      }
      return offsetOutcome({
        increments: [{ pollutant, tonnes: increment }],
        failing: failingIndicator === undefined ? [] : [failingIndicator],
        sources: offered === undefined ? [] : [{ id: '1', pollutant, tonnes: offered, usedFor }],
        region,
        date,
      })
    },
  }),
]
