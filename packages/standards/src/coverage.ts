import { type Clause, type StandardRef, type Status, standards } from './clause.ts'
import { deadlineCoverage, deadlineNotRules, deadlineUnverifiedRows } from './deadline/coverage.ts'
import { outletCoverage, outletNotRules, outletUnverifiedRows } from './hj75/coverage.ts'
import { emissionCoverage, emissionNotRules, emissionUnverifiedRows } from './limits/coverage.ts'
import { permitCoverage, permitNotRules, permitUnverifiedRows } from './permit/coverage.ts'

/** One rule of a standard: where it stands, what it says, which code does it, which test shows it. */
export interface CoverageRow {
  readonly clause: Clause
  readonly rule: string
  /** Exports of this package that carry the rule. */
  readonly functions: readonly string[]
  /** Evaluators that offer it; empty for tables and helpers that evaluators build on. */
  readonly evaluators: readonly string[]
  /** Test files, relative to `src`. */
  readonly tests: readonly string[]
  readonly status: Status
}

const row =
  (standard: StandardRef) =>
  (
    at: string,
    rule: string,
    functions: readonly string[],
    evaluators: readonly string[],
    tests: readonly string[],
    status: Status = 'verified',
  ): CoverageRow => ({ clause: { standard: standard.id, at }, rule, functions, evaluators, tests, status })

const rounding = row(standards.gb8170)
const limits2012 = row(standards.gb3095_2012)
const limits2026 = row(standards.gb3095_2026)
const aqi2012 = row(standards.hj633_2012)
const aqi2026 = row(standards.hj633_2026)
const statistics2013 = row(standards.hj663_2013)
const statistics2026 = row(standards.hj663_2026)
const ranking = row(standards.ranking2018)
const sand = row(standards.sand2016)
const codes = row(standards.hj212)
const credit = row(standards.gb32100)
const industry = row({ id: 'GB/T 4754-2017', title: '国民经济行业分类' })
const sourceCodes = row({ id: 'HJ 608-2017', title: '排污单位编码规则' })
const change = row({ id: '城市环境空气质量变化程度排名方案', title: '城市环境空气质量变化程度排名方案' })

const AQI = ['air.aqi.hour', 'air.aqi.day']
const LIMITS = ['gb3095/limits.test.ts']
const AQI_TESTS = ['hj633/aqi.test.ts', 'hj633/bulk.test.ts', 'hj633/published-data.test.ts']
const DAILY = ['hj663/daily.test.ts']
const PERIOD = ['hj663/period.test.ts', 'hj663/bulk.test.ts']
const RANKING = ['ranking/ranking.test.ts']
const CODES = ['codes/codes.test.ts']
const DAYS = ['days/excellent.test.ts']
const BUDGET = ['budget/budget.test.ts']

/** What the package covers, rule by rule. `docs/standards-coverage.md` is generated from it and checked against the code. */
export const coverage: readonly CoverageRow[] = [
  rounding(
    '3',
    '四舍六入五成双，不连续修约，0.5与0.2单位修约',
    ['roundHalfEven', 'roundRational', 'roundToStep', 'formatRounded', 'exactMean', 'decimalSum', 'meanOf'],
    ['rounding.gb8170'],
    ['gb8170/rounding.test.ts'],
  ),
  rounding('4', '极限数值判定：HJ 663 采用修约值比较', ['judge'], ['air.exceedance'], PERIOD),

  limits2012(
    '表1',
    '基本项目浓度限值',
    ['airLimit', 'basicLimits', 'limitClause'],
    ['air.exceedance'],
    LIMITS,
  ),
  limits2012('表2', '其他项目浓度限值', ['otherAirLimit', 'otherLimits'], [], LIMITS),
  limits2012(
    '表4',
    '数据有效性（与2026版数值相同）',
    ['validity2012', 'validityClause'],
    ['air.day-mean', 'air.period-statistics'],
    LIMITS,
    'unverified',
  ),
  limits2012(
    '2018年修改单',
    '参比状态换算',
    ['toReferenceState', 'referenceState'],
    ['air.reference-state'],
    LIMITS,
  ),
  limits2026(
    '3（年平均）',
    '日、月、季、年平均的定义；目标的剩余预算',
    [
      'budgetMean',
      'roundingCeiling',
      'meanInterval',
      'percentileInterval',
      'ratioInterval',
      'targetUnderInterval',
      'indexInterval',
    ],
    ['air.budget.mean', 'air.interval'],
    BUDGET,
  ),
  limits2026(
    '4.4',
    '过渡阶段与全面实施的日期',
    ['airEditionOn', 'airEditionInfo', 'airEditions', 'isAirEdition'],
    [...AQI, 'air.day-mean'],
    LIMITS,
  ),
  limits2026(
    '表1',
    '基本项目浓度限值；日达标',
    ['airLimit', 'basicLimits', 'dayMeets'],
    ['air.exceedance'],
    [...LIMITS, 'hj663/period.test.ts'],
  ),
  limits2026('表2', '其他项目浓度限值', ['otherAirLimit', 'otherLimits'], [], LIMITS),
  limits2026(
    '表4',
    '数据有效性',
    ['validity', 'otherValidity', 'validityClause', 'daysNeeded', 'dayMean', 'stationDay'],
    ['air.day-mean', 'air.period-statistics'],
    [...LIMITS, ...DAILY, ...PERIOD],
  ),
  limits2026('附录A', '参考浓度限值', ['annexALimits', 'annexAClause'], [], LIMITS),

  aqi2012(
    '表1',
    '分指数限值',
    ['breakpoints', 'breakpointRow', 'iaqi', 'aqiClause'],
    ['air.iaqi', ...AQI],
    ['hj633/iaqi.test.ts'],
  ),
  aqi2012(
    '6.2',
    '分指数与AQI进位取整',
    ['hourAqi', 'dayAqi', 'aqiOfParts', 'evaluateHourAqi', 'evaluateDayAqi', 'bulkAqi', 'makeBulkAqi'],
    AQI,
    AQI_TESTS,
  ),
  aqi2012('表2', '级别、类别与颜色', ['aqiLevels', 'levelOf', 'levelRow'], AQI, AQI_TESTS),
  aqi2012('首要污染物', '分指数最大者，并列全部列出', ['primaryItems', 'primaryText'], AQI, AQI_TESTS),
  aqi2012('缺测', '缺测项目不参加计算，按平台惯例公布其余项目', ['hourAqi', 'dayAqi'], AQI, AQI_TESTS),
  aqi2026(
    '4.2',
    '分指数计算',
    ['iaqi', 'iaqiOfUnits', 'iaqiFinding', 'evaluateIaqi', 'breakpoints', 'iaqiLevels'],
    ['air.iaqi', ...AQI],
    ['hj633/iaqi.test.ts'],
  ),
  aqi2026('4.2.2', '浓度先修约为整数', ['toUnits', 'iaqi'], ['air.iaqi'], ['hj633/iaqi.test.ts']),
  aqi2026('4.2.3', 'CO 先修约为一位小数', ['toUnits', 'iaqi'], ['air.iaqi'], ['hj633/iaqi.test.ts']),
  aqi2026(
    '4.2.4',
    '颗粒物1小时值按日均限值计算',
    ['hourAqi', 'breakpoints', 'iaqi'],
    ['air.iaqi', 'air.aqi.hour'],
    ['hj633/iaqi.test.ts', ...AQI_TESTS],
  ),
  aqi2026(
    '4.2.6',
    '进位取整',
    ['iaqi', 'hourAqi', 'dayAqi', 'bulkAqi'],
    ['air.iaqi', ...AQI],
    ['hj633/iaqi.test.ts', ...AQI_TESTS],
  ),
  aqi2026('5.3.1', '缺测时仅公布大于100的AQI，否则为NA', ['hourAqi', 'dayAqi', 'bulkAqi'], AQI, AQI_TESTS),
  aqi2026('5.3.2', '按计划不监测的项目', ['mayOmitItem', 'dayAqi'], AQI, ['hj633/aqi.test.ts']),
  aqi2026(
    '表1',
    '级别、类别、颜色、健康提示',
    ['aqiLevels', 'levelOf', 'levelRow', 'describeAqi'],
    AQI,
    AQI_TESTS,
  ),
  aqi2026('表2', '敏感人群', ['sensitiveGroups', 'describeAqi'], AQI, ['hj633/aqi.test.ts']),
  aqi2026('首要污染物', '分指数最大者，AQI大于50时', ['primaryItems', 'primaryText'], AQI, AQI_TESTS),
  aqi2026(
    '预报',
    '预报级别文字与发布时限',
    ['forecastText', 'publication', 'forecastClause'],
    ['air.forecast-text'],
    ['hj633/aqi.test.ts'],
  ),

  ...(['2013', '2026'] as const).flatMap((edition) => {
    const statistics = edition === '2013' ? statistics2013 : statistics2026
    return [
      statistics(
        '6.1.2',
        '臭氧日最大8小时平均：8时至24时，17个中至少14个',
        ['mda8', 'eightHourMean', 'ozoneWindows'],
        ['air.mda8'],
        [...DAILY, 'hj633/published-data.test.ts'],
      ),
      statistics(
        '城市评价',
        '点位到城市：75%（少于4个点位50%）',
        ['cityMean', 'regionMean', 'cityValidity'],
        ['air.city-mean'],
        DAILY,
        'unverified',
      ),
      statistics(
        '百分位数',
        'k = 1 + (n−1)·p%，线性内插',
        [
          'percentile',
          'percentileOfSorted',
          'percentilePosition',
          'interpolate',
          'budgetPercentileDays',
          'percentileBudgetClause',
        ],
        edition === '2013' ? ['air.percentile', 'air.budget.percentile'] : ['air.percentile'],
        ['hj663/percentile.test.ts', ...BUDGET],
      ),
      statistics(
        '年评价',
        '年评价统计量、月季年统计与达标',
        [
          'periodStatistics',
          'judgedMonths',
          'daysInMonth',
          'annualPercentile',
          'evaluatedStatistic',
          'bulkYears',
          'annualCompliance',
          'cityCountScope',
          'statisticDecimals',
          'decimalsFor',
          'statisticsClause',
        ],
        ['air.period-statistics', 'air.annual-compliance'],
        PERIOD,
        'unverified',
      ),
      statistics(
        '超标倍数',
        'B = (C−S)/S，两位小数',
        ['exceedanceMultiple', 'judge', 'multipleDecimals'],
        ['air.exceedance'],
        PERIOD,
        'unverified',
      ),
      statistics(
        '达标率',
        '达标天数/有效天数，一位小数',
        ['complianceRate', 'rateDecimals'],
        ['air.compliance-rate'],
        PERIOD,
        'unverified',
      ),
    ]
  }),
  statistics2013(
    '秩相关系数法',
    '变化趋势',
    ['spearman', 'criticalValues', 'trendClause'],
    ['air.trend.spearman'],
    ['hj663/trend.test.ts'],
    'unverified',
  ),
  statistics2013(
    '优良天数比例',
    '优良天数/有效天数，分子、分母与剔除；比例核对；剩余预算',
    [
      'excellentDays',
      'ratioPercent',
      'checkRatio',
      'possibleCounts',
      'levelCounts',
      'budgetDays',
      'goodDayClause',
      'defaultSandHandling',
      'otherSandHandlings',
    ],
    ['air.excellent-days', 'air.ratio-check', 'air.budget.days'],
    [...DAYS, ...BUDGET],
  ),
  statistics2013(
    '同比',
    '浓度、指数用百分比，比例用百分点',
    ['yearOnYear', 'pointChange'],
    ['air.year-on-year'],
    RANKING,
  ),
  statistics2026(
    '三年滑动平均评价',
    '三年滑动平均（解释）',
    ['threeYearAverage', 'movingAverageRule', 'movingAverageClause'],
    ['air.three-year-average'],
    ['hj663/period.test.ts'],
    'unverified',
  ),

  ranking(
    '环境空气质量综合指数',
    '综合指数、主要污染物、权重版本与修约次序',
    ['compositeIndex', 'indexRules', 'indexStandard', 'indexClause'],
    ['air.composite-index'],
    RANKING,
  ),
  ranking(
    '排名',
    '升序，并列同名次，其后跳过；名次差距；缺测下的可能名次',
    ['rankWithTies', 'rankGaps', 'rankInterval'],
    ['air.rank', 'air.rank.interval'],
    [...RANKING, ...BUDGET],
  ),
  change('变化程度', '变化率与恶化排名', ['indexChangeRate', 'worseningList'], ['air.index-change'], RANKING),

  sand(
    '沙尘天气过程影响',
    '沙尘超标天数比例；受影响时段建议（判据待核实）',
    ['sandExceedShare', 'proposeSandPeriods', 'sandCriteria', 'sandClause'],
    ['air.sand-share', 'air.sand-proposal'],
    ['sand/proposal.test.ts', ...DAYS],
    'unverified',
  ),
  row(standards.alert2024)(
    '预警分级',
    '黄、橙、红三级（数值待核实）',
    ['alertGrade', 'alertPlans', 'alertClause'],
    ['air.alert-grade'],
    ['alert/grade.test.ts'],
    'unverified',
  ),
  row(standards.alert2017)(
    '预警分级',
    '蓝、黄、橙、红四级',
    ['alertGrade', 'alertPlans'],
    ['air.alert-grade'],
    ['alert/grade.test.ts'],
  ),

  codes(
    '表B.1',
    '水监测因子编码',
    ['waterParameters', 'parameters', 'parameterByCode', 'parametersByOldCode'],
    [],
    ['catalogue/catalogue.test.ts'],
  ),
  codes(
    '表B.2',
    '气监测因子编码',
    [
      'airParameters',
      'extraParameters',
      'unreliableUnits',
      'typeDigits',
      'parameter',
      'itemByCode',
      'airItemInfo',
      'airItems',
      'isAirItem',
    ],
    [],
    ['catalogue/catalogue.test.ts', ...LIMITS],
  ),
  codes('表B.3', '噪声监测因子编码', ['noiseParameters'], [], ['catalogue/catalogue.test.ts']),

  credit(
    '代码结构',
    '18位：登记管理部门、机构类别、行政区划、主体标识码、校验码；不用 I、O、S、V、Z',
    ['checkUnifiedCredit', 'unifiedCreditAlphabet'],
    ['code.unified-credit'],
    CODES,
  ),
  credit(
    '校验码',
    'C18 = 31 − MOD(ΣCi·Wi，31)，Wi = 3^(i−1) mod 31',
    ['unifiedCreditSum', 'unifiedCreditCheckCharacter', 'unifiedCreditWeights'],
    ['code.unified-credit'],
    CODES,
  ),
  industry(
    '代码形式',
    '门类字母加二至四位数字',
    ['industryCodeForm', 'isIndustryCode'],
    [],
    CODES,
    'unverified',
  ),
  sourceCodes(
    '排放口编号',
    'DA 废气、DW 废水、YS 雨水，加三位数字',
    ['outletNumberForm', 'isOutletNumber', 'mediumOfOutletNumber'],
    [],
    CODES,
    'unverified',
  ),
  sourceCodes(
    '排污许可证编号',
    '18位信用代码加三位顺序码加一位校验码',
    ['permitNumberForm', 'isPermitNumber'],
    [],
    CODES,
    'unverified',
  ),

  ...outletCoverage,
  ...permitCoverage,
  ...deadlineCoverage,
  ...emissionCoverage,
]

/** Exports that carry no rule: constructors of results, citers, the registry itself. */
export const notRules: readonly string[] = [
  ...outletNotRules,
  ...permitNotRules,
  ...deadlineNotRules,
  ...emissionNotRules,
  'standards',
  'clauseOf',
  'success',
  'refusal',
  'evaluators',
  'evaluatorById',
  'faultsOf',
  'countValid',
  'GOOD_UP_TO',
  'HEAVY_ABOVE',
  'budgetClause',
  'judgementClause',
  'referenceStateClause',
  'roundingClause',
  'unifiedCreditClause',
  'unifiedCreditCheckClause',
]

/** Rows with a number or rule that was not read in an official text: what a bureau has to check before it relies on them. */
export const unverifiedRows: readonly string[] = [
  ...outletUnverifiedRows,
  ...permitUnverifiedRows,
  ...deadlineUnverifiedRows,
  ...emissionUnverifiedRows,
  'validity2012',
  'statisticDecimals',
  'multipleDecimals',
  'rateDecimals',
  'cityValidity',
  'cityCountScope',
  'criticalValues',
  'movingAverageRule',
  'indexRules',
  'sandCriteria',
  'otherSandHandlings',
  'alertPlans',
  'industryCodeForm',
  'outletNumberForm',
  'permitNumberForm',
]
