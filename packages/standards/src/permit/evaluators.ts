import { periodOf } from '../civil-date.ts'
import { refusal, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import {
  accountingClause,
  actualAmountClause,
  actualEmission,
  automaticTonnes,
  dustTonnes,
  manualTonnes,
  sulphurTonnes,
} from './actual-emission.ts'
import { clauseText } from './clauses.ts'
import {
  procedureClocks,
  procedureEnd,
  renewalBy,
  renewalClause,
  reportClause,
  reportDueOn,
  reportExemptionClause,
  reportNeed,
} from './deadlines.ts'
import { permitDocumentEvaluators } from './evaluators-document.ts'
import { excessClause, excessCodeClause, permitExcess, specialExcessClause } from './excess.ts'
import {
  permittedAmount,
  permittedAmountClause,
  specialPeriodAmount,
  specialPeriodClause,
} from './permitted-amount.ts'

const tonnes = (description: string) => s.number(`${description}，t`)
const sample = s.object({
  concentration: s.number('实测浓度：废气 mg/m³（干标态、未折算），废水 mg/L'),
  flow: s.number('废气小时流量 m³/h（干标态），废水日流量 m³'),
})
const percent = (description: string) => s.number(`${description}，%`, { minimum: 0, maximum: 100 })

const actual = defineEvaluator({
  id: 'permit.actual-emission',
  title: { zh: '实际排放量核算', en: 'Actual emission of an outlet' },
  editions: [],
  input: s.object(
    {
      medium: s.oneOf(['air', 'water'], '废气或废水'),
      requiresAuto: s.boolean('许可证要求自动监测'),
    },
    {
      pollutant: s.text('污染物'),
      autoSamples: s.list(sample, '自动监测：废气逐小时、废水逐日', { maxItems: 100_000 }),
      autoTonnes: tonnes('自动监测排放量（已按规范补遗）'),
      runningHours: s.number('核算期运行小时', { minimum: 0 }),
      validHours: s.number('自动监测有效小时', { minimum: 0 }),
      qaInDate: s.boolean('自动监测设备质控在有效期内'),
      noFault: s.boolean('已证明缺失非本单位责任'),
      enforcementSamples: s.list(sample, '执法监测', { maxItems: 10_000 }),
      enforcementTonnes: tonnes('执法监测核算量'),
      manualSamples: s.list(sample, '手工自行监测', { maxItems: 10_000 }),
      manualTonnes: tonnes('手工监测核算量'),
      hoursOrVolume: s.number('手工核算用：废气运行小时，废水排水量 m³', { minimum: 0 }),
      sampleLoad: percent('采样时平均负荷'),
      periodLoad: percent('核算期平均负荷'),
      previousKgPerHour: s.number('上一半年稳定运行时段小时均值，kg/h', { minimum: 0 }),
      coal: s.number('燃煤量，t', { minimum: 0 }),
      sulphurPercent: percent('收到基硫分'),
      conversion: s.number('硫的转化率 K', { minimum: 0, maximum: 1 }),
      ashPercent: percent('收到基灰分'),
      flyAshShare: s.number('飞灰份额', { minimum: 0, maximum: 1 }),
      activity: s.number('产品产量或原料用量', { minimum: 0 }),
      coefficient: s.number('产污系数，kg/单位', { minimum: 0 }),
      removalPercent: percent('治理效率 η'),
      abnormalTonnes: tonnes('非正常工况排放量'),
    },
  ),
  output: s.object({
    method: s.text(
      'auto、enforcement、manual、previous-half-year、direct-balance、direct-coefficient（按直排）、coefficient',
    ),
    tonnes: s.number('实际排放量，t'),
    missingPercent: s.nullableNumber('自动监测缺失比例，%'),
  }),
  clauses: [accountingClause, actualAmountClause],
  version: '1.0.0',
  csv: {
    input: [
      'medium',
      'requiresAuto',
      'autoTonnes',
      'runningHours',
      'validHours',
      'qaInDate',
      'noFault',
      'enforcementTonnes',
      'manualTonnes',
      'previousKgPerHour',
      'coal',
      'sulphurPercent',
      'ashPercent',
      'flyAshShare',
      'activity',
      'coefficient',
      'removalPercent',
      'abnormalTonnes',
    ],
    output: ['method', 'tonnes', 'missingPercent'],
    cells: ({ method, tonnes: value, missingPercent }) => [method, value, missingPercent],
  },
  evaluate: (input) => {
    const { medium, autoSamples, enforcementSamples, manualSamples, hoursOrVolume } = input
    const { coal, sulphurPercent, ashPercent, flyAshShare, sampleLoad, periodLoad } = input
    const byHand = (samples: typeof manualSamples) =>
      samples === undefined || samples.length === 0 || hoursOrVolume === undefined
        ? undefined
        : manualTonnes(medium, { samples, hoursOrVolume, sampleLoad, periodLoad })
    const balance =
      coal === undefined
        ? undefined
        : sulphurPercent !== undefined
          ? sulphurTonnes(coal, sulphurPercent, input.conversion)
          : ashPercent !== undefined && flyAshShare !== undefined
            ? dustTonnes(coal, ashPercent, flyAshShare)
            : undefined
    return actualEmission({
      ...input,
      autoTonnes: input.autoTonnes ?? (autoSamples && automaticTonnes(medium, autoSamples)),
      enforcementTonnes: input.enforcementTonnes ?? byHand(enforcementSamples),
      manualTonnes: input.manualTonnes ?? byHand(manualSamples),
      balanceTonnes: balance,
    })
  },
})

const permitted = defineEvaluator({
  id: 'permit.permitted-amount',
  title: { zh: '许可排放量', en: 'Permitted amount' },
  editions: [],
  input: s.object(
    {},
    {
      limit: s.number('许可排放浓度，mg/m³', { minimum: 0 }),
      flow: s.number('排气量，m³/h', { minimum: 0 }),
      hours: s.number('年运行小时', { minimum: 0, maximum: 8784 }),
      product: s.number('产能，单位/年', { minimum: 0 }),
      gasVolume: s.number('基准排气量，m³/单位', { minimum: 0 }),
      specification: tonnes('规范核算值'),
      totalControl: tonnes('总量控制指标'),
      eia: tonnes('环评批复量'),
      lastYearDailyMean: s.number('上年日均排放量，t/d', { minimum: 0 }),
      reductionPercent: percent('特殊时段减排比例'),
    },
  ),
  output: s.object({
    tonnes: s.nullableNumber('年许可排放量，t'),
    basis: s.text('取自 specification、total-control 或 eia'),
    computed: s.nullableNumber('按浓度与气量计算值，t'),
    specialDaily: s.nullableNumber('特殊时段日许可量，t/d'),
  }),
  clauses: [permittedAmountClause, specialPeriodClause],
  version: '1.0.0',
  csv: {
    input: [
      'limit',
      'flow',
      'hours',
      'product',
      'gasVolume',
      'specification',
      'totalControl',
      'eia',
      'lastYearDailyMean',
      'reductionPercent',
    ],
    output: ['tonnes', 'basis', 'computed', 'specialDaily'],
    cells: (value) => [value.tonnes, value.basis, value.computed, value.specialDaily],
  },
  evaluate: (input) => {
    const { lastYearDailyMean: mean, reductionPercent: cut } = input
    const special = mean === undefined || cut === undefined ? null : specialPeriodAmount(mean, cut)
    const outcome = permittedAmount(input)
    if (!outcome.ok && special === null) return outcome
    const trace =
      special === null
        ? []
        : step('特殊时段', { mean, cut }, special, specialPeriodClause, `${mean}×(1−${cut}%)`)
    if (!outcome.ok) return success({ tonnes: null, basis: '', computed: null, specialDaily: special }, trace)
    return success({ ...outcome.value, specialDaily: special }, [...outcome.trace, ...trace])
  },
})

const excess = defineEvaluator({
  id: 'permit.excess',
  title: { zh: '超许可排放判定', en: 'Excess over the permit' },
  editions: [],
  input: s.object(
    {},
    {
      permitted: s.number('年许可排放量，t', { minimum: 0 }),
      actual: s.number('年初至今实际排放量，t', { minimum: 0 }),
      days: s.integer('已计入天数', { minimum: 0, maximum: 366 }),
      daysInYear: s.integer('全年天数，默认365', { minimum: 365, maximum: 366 }),
      specialLimit: s.number('特殊时段日许可量，t/d', { minimum: 0 }),
      lastYearDailyMean: s.number('上年日均排放量，t/d', { minimum: 0 }),
      reductionPercent: percent('特殊时段减排比例'),
      specialActual: s.number('特殊时段日实际量，t/d', { minimum: 0 }),
      bannedHours: s.number('应停设施的运行小时', { minimum: 0 }),
      permittedKinds: s.list(s.text('污染物'), '许可的污染物种类'),
      detected: s.list(
        s.object({
          pollutant: s.text('污染物'),
          value: s.number('检测值'),
          detectionLimit: s.number('检出限'),
        }),
        '检出的污染物',
      ),
      permittedOutlets: s.list(s.text('编号'), '许可的排放口'),
      seenOutlets: s.list(s.text('编号'), '有排放的排放口'),
      permittedDirect: s.boolean('许可为直接排放'),
      seenDirect: s.boolean('实际为直接排放'),
    },
  ),
  output: s.object({
    exceeded: s.boolean('是否超许可'),
    standing: s.text('年排放量：normal、warn-80、warn-90、projected（推算超）、exceeded；空为未判'),
    usedPercent: s.nullableNumber('已用比例，%'),
    projected: s.nullableNumber('推算全年，t'),
    projectedPercent: s.nullableNumber('推算占许可量，%'),
    specialLimit: s.nullableNumber('特殊时段许可量，t/d'),
    specialOver: s.nullableNumber('特殊时段超出量，t/d'),
    unpermittedKinds: s.list(s.text('污染物'), '未许可的种类'),
    unpermittedOutlets: s.list(s.text('编号'), '未许可的排放口'),
    directionDiffers: s.boolean('排放去向不符'),
    bannedUnitsRan: s.boolean('应停设施运行'),
  }),
  clauses: [excessClause, excessCodeClause, specialExcessClause],
  version: '1.0.0',
  csv: {
    input: [
      'permitted',
      'actual',
      'days',
      'daysInYear',
      'specialLimit',
      'lastYearDailyMean',
      'reductionPercent',
      'specialActual',
      'bannedHours',
    ],
    output: [
      'exceeded',
      'standing',
      'usedPercent',
      'projected',
      'projectedPercent',
      'specialLimit',
      'specialOver',
    ],
    cells: (v) => [
      v.exceeded ? 1 : 0,
      v.standing,
      v.usedPercent,
      v.projected,
      v.projectedPercent,
      v.specialLimit,
      v.specialOver,
    ],
  },
  evaluate: (input) => {
    const outcome = permitExcess(input)
    if (!outcome.ok) return outcome
    const { annual, special, ...rest } = outcome.value
    const value = {
      ...rest,
      standing: annual?.standing ?? '',
      usedPercent: finite(annual?.usedPercent),
      projected: finite(annual?.projected),
      projectedPercent: finite(annual?.projectedPercent),
      specialLimit: special?.limit ?? null,
      specialOver: special?.over ?? null,
    }
    return success(value, outcome.trace)
  },
})

/** A share of nothing permitted is no number. */
const finite = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value

const deadlines = defineEvaluator({
  id: 'permit.deadlines',
  title: { zh: '许可期限：延续、执行报告、办理时限', en: 'Deadlines of a permit' },
  editions: [],
  input: s.object(
    {},
    {
      issuedOn: s.date('发证日期'),
      expiresOn: s.date('有效期至'),
      reportPeriod: s.oneOf(['year', 'quarter', 'month'], '执行报告的周期'),
      periodDate: s.date('报告期内任一日'),
      dueDays: s.integer('期末后第几日前', { minimum: 1, maximum: 366 }),
      dueOn: s.text('年报：次年的月-日'),
      event: s.oneOf(
        procedureClocks.map((clock) => clock.event),
        '办理事项',
      ),
      eventOn: s.date('起算日（当日不计）'),
    },
  ),
  output: s.object({
    renewalBy: s.text('最迟申请延续日'),
    reportRequired: s.text('1 应报，0 免报'),
    reportDueOn: s.text('提交期限'),
    reason: s.text('免报理由'),
    calendarEnd: s.text('按自然日'),
    workingEnd: s.text('按工作日'),
    alarmOn: s.text('提醒日（两种读法中较早者）'),
  }),
  clauses: [renewalClause, reportClause, reportExemptionClause, ...uniqueClockClauses()],
  version: '1.0.0',
  csv: {
    input: ['issuedOn', 'expiresOn', 'reportPeriod', 'periodDate', 'dueDays', 'dueOn', 'event', 'eventOn'],
    output: ['renewalBy', 'reportRequired', 'reportDueOn', 'reason', 'calendarEnd', 'workingEnd', 'alarmOn'],
    cells: (v) => [
      v.renewalBy,
      v.reportRequired,
      v.reportDueOn,
      v.reason,
      v.calendarEnd,
      v.workingEnd,
      v.alarmOn,
    ],
  },
  evaluate: (input) => {
    const { issuedOn, expiresOn, reportPeriod, periodDate, event, eventOn } = input
    const trace = []
    const value = {
      renewalBy: '',
      reportRequired: '',
      reportDueOn: '',
      reason: '',
      calendarEnd: '',
      workingEnd: '',
      alarmOn: '',
    }
    if (expiresOn !== undefined) {
      value.renewalBy = renewalBy(expiresOn)
      trace.push(...step('延续申请', expiresOn, value.renewalBy, renewalClause, `${expiresOn} − 60 日`))
    }
    if (reportPeriod !== undefined && periodDate !== undefined && issuedOn !== undefined) {
      const { from, to } = periodOf(periodDate, reportPeriod)
      const need = reportNeed(reportPeriod, issuedOn, to)
      value.reportRequired = need.required ? '1' : '0'
      if (need.required) value.reportDueOn = reportDueOn({ ...input, period: reportPeriod }, to)
      else value.reason = need.reason
      const result = need.required ? value.reportDueOn : need.reason
      trace.push(
        ...step(
          '执行报告',
          { from, to, issuedOn },
          result,
          need.required ? reportClause : reportExemptionClause,
        ),
      )
    }
    const clock = procedureClocks.find((c) => c.event === event)
    if (clock !== undefined && eventOn !== undefined) {
      const { calendar, working, alarmOn } = procedureEnd(clock, eventOn)
      Object.assign(value, { calendarEnd: calendar, workingEnd: working, alarmOn })
      trace.push(...step(clock.title, eventOn, alarmOn, clock.clause, `${eventOn} + ${clock.days} 日`))
    }
    if (trace.length === 0)
      return refusal('insufficient-data', renewalClause, { missing: ['expiresOn', 'reportPeriod', 'event'] })
    return success(value, trace)
  },
})

function uniqueClockClauses() {
  const known = new Set([
    clauseText(renewalClause),
    clauseText(reportClause),
    clauseText(reportExemptionClause),
  ])
  return procedureClocks
    .map((clock) => clock.clause)
    .filter((clause) => !known.has(clauseText(clause)) && known.add(clauseText(clause)) !== undefined)
}

export const permitEvaluators: readonly EvaluatorDefinition[] = [
  actual,
  permitted,
  excess,
  deadlines,
  ...permitDocumentEvaluators,
]
