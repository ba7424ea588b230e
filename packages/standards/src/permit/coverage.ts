/** Rows of the coverage table for permits, tax and totals. */
import type { StandardRef, Status } from '../clause.ts'
import type { CoverageRow } from '../coverage.ts'
import { permitStandards as of } from './clauses.ts'

const VECTORS = ['permit/vectors.test.ts']
const AS_CODE = ['permit/permit-as-code.test.ts']
const TAX = ['tax/tax.test.ts']
const TOTALS = ['totals/totals.test.ts']

function row(
  { id }: StandardRef,
  at: string,
  rule: string,
  functions: readonly string[],
  evaluators: readonly string[],
  tests: readonly string[],
  status: Status = 'verified',
): CoverageRow {
  return { clause: { standard: id, at }, rule, functions, evaluators, tests, status }
}

const DEADLINES = ['permit.deadlines']
const clock = (standard: StandardRef, at: string, rule: string): CoverageRow =>
  row(standard, at, rule, ['procedureClocks', 'procedureEnd'], DEADLINES, VECTORS)

export const permitCoverage: readonly CoverageRow[] = [
  row(
    of.specification,
    '实际排放量核算方法',
    '核算方法次序、缺失25%、按直排核算；公式',
    [
      'actualEmission',
      'automaticTonnes',
      'manualTonnes',
      'coefficientTonnes',
      'sulphurTonnes',
      'dustTonnes',
      'automaticUsable',
      'missingShareLimit',
      'loadDeviationLimit',
      'sulphurConversion',
      'accountingClause',
    ],
    ['permit.actual-emission'],
    VECTORS,
    'unverified',
  ),
  row(
    of.regulation,
    '第二十一条',
    '台账；超标与非正常工况的排放量计入实际排放量',
    ['actualEmission', 'actualAmountClause', 'ledgerClause'],
    ['permit.actual-emission', 'permit.obligations'],
    VECTORS,
  ),
  row(
    of.specification,
    '许可排放量',
    '按浓度与气量计算，取规范值、总量指标、环评批复中最小者',
    ['permittedAmount', 'amountByFlow', 'amountByProduct', 'permittedAmountClause'],
    ['permit.permitted-amount'],
    VECTORS,
    'unverified',
  ),
  row(
    of.specification,
    '许可排放浓度',
    '许可限值、基准氧含量与适用标准核对',
    ['permitContradictions', 'limitRuleClause'],
    ['permit.contradictions'],
    AS_CODE,
    'unverified',
  ),
  row(
    of.regulation,
    '第十三条',
    '许可证应载明的内容；证内矛盾与缺项；特殊时段',
    [
      'permitContradictions',
      'contradictionRules',
      'contentClause',
      'automaticClause',
      'validityClauseOfPermit',
      'specialPeriodAmount',
      'specialPeriodClause',
    ],
    ['permit.contradictions', 'permit.permitted-amount'],
    [...AS_CODE, ...VECTORS],
    'unverified',
  ),
  row(
    of.regulation,
    '第三十四条',
    '超许可种类、去向、年排放量；预警与推算',
    ['permitExcess', 'annualAmount', 'amountWarnings', 'excessClause'],
    ['permit.excess'],
    VECTORS,
  ),
  row(
    of.regulation,
    '第三十五条',
    '特殊时段',
    ['permitExcess', 'specialExcessClause'],
    ['permit.excess'],
    VECTORS,
  ),
  row(
    of.code,
    '第一千一百零三条',
    '超许可排放',
    ['permitExcess', 'excessCodeClause'],
    ['permit.excess'],
    VECTORS,
  ),
  row(
    of.regulation,
    '第十四条',
    '届满60日前申请延续；变更30日',
    ['renewalBy', 'renewalDays', 'renewalClause', 'procedureClocks', 'procedureEnd'],
    ['permit.deadlines', 'permit.obligations'],
    VECTORS,
  ),
  clock(of.regulation, '第九条', '申请材料齐全性3日内告知'),
  clock(of.regulation, '第十二条', '审批决定20、30、45日'),
  clock(of.measures, '第二十六条', '基本信息变更10个工作日'),
  clock(of.regulation, '第二十四条', '排污登记变更20日'),
  row(
    of.measures,
    '第三十七条',
    '年度、季度、月度执行报告；年报可替代当季、当月',
    ['reportDueOn', 'compileObligations', 'reportClause', 'defaultReportDeadlines'],
    ['permit.deadlines', 'permit.obligations'],
    [...VECTORS, ...AS_CODE],
  ),
  row(
    of.reporting,
    '执行报告编制要求',
    '持证不足三个月、一个月、十日的免报',
    ['reportNeed', 'reportExemption', 'reportExemptionClause'],
    DEADLINES,
    VECTORS,
    'unverified',
  ),
  row(
    of.regulation,
    '第十九条',
    '自行监测义务',
    ['compileObligations', 'selfMonitoringClause', 'recordGraceDays'],
    ['permit.obligations'],
    AS_CODE,
  ),
  row(
    of.regulation,
    '第二十三条',
    '信息公开义务',
    ['compileObligations', 'disclosureClause'],
    ['permit.obligations'],
    AS_CODE,
  ),
  row(
    of.measures,
    '第四十一条',
    '执行报告核查；三本账对账（容差为平台约定）',
    [
      'checkReport',
      'monthsBetween',
      'relativeDifference',
      'reconcile',
      'tonnageTolerance',
      'reportCheckClause',
    ],
    [],
    AS_CODE,
    'design',
  ),
  row(
    of.taxLaw,
    '附表二',
    '污染当量值',
    ['pollutionEquivalents', 'equivalentOf', 'equivalentClause', 'taxRates', 'outletTax'],
    ['permit.tax-equivalent'],
    TAX,
    'unverified',
  ),
  row(
    of.taxLaw,
    '第九条',
    '每一排放口前三项、第一类水污染物前五项',
    ['outletTax', 'taxedPerOutlet', 'topClause'],
    ['permit.tax-equivalent'],
    TAX,
  ),
  row(
    of.taxLaw,
    '第十三条',
    '低于标准30%减按75%，低于50%减按50%',
    ['taxShare', 'reductionClause'],
    ['permit.tax-equivalent'],
    TAX,
  ),
  row(
    of.reduction2022,
    '重点工程减排量',
    '分类型公式，按当年运行月数计入，余量结转',
    [
      'projectReduction',
      'reductionKinds',
      'reductionKindNames',
      'reductionInputTitles',
      'reductionFormulaClause',
    ],
    ['total.reduction'],
    TOTALS,
    'unverified',
  ),
  row(
    of.code,
    '第一百五十五条至第一百五十八条',
    '总量控制指标；进度与亮灯（亮灯为平台约定）',
    ['targetProgress', 'lightBand', 'totalControlClause'],
    ['total.progress'],
    TOTALS,
    'design',
  ),
  row(
    of.offset2020,
    '区域削减措施',
    '未达标倍量、达标等量；来源同区、先落实、不重复',
    ['offsetOutcome', 'substitutionRatio', 'substitutionRules', 'offsetClause'],
    ['total.offset'],
    TOTALS,
    'unverified',
  ),
]

/** Exports of these parts that carry no rule. */
export const permitNotRules: readonly string[] = [
  'permitStandards',
  'codeAt',
  'regulationAt',
  'measuresAt',
  'specificationAt',
  'reportingAt',
  'taxLawAt',
  'taxRegulationAt',
  'reductionAt',
  'offsetAt',
  'clauseText',
  'factorName',
]

/** Rows of these parts with numbers that were not read in an official text. */
export const permitUnverifiedRows: readonly string[] = [
  'missingShareLimit',
  'sulphurConversion',
  'reportExemption',
  'contradictionRules',
  'pollutionEquivalents',
  'taxRates',
  'reductionKinds',
  'substitutionRules',
]
