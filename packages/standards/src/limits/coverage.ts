import type { CoverageRow } from '../coverage.ts'
import { emissionEdition } from './editions.ts'
import { emissionLimits } from './tables/index.ts'

const CHOICE = ['limits/choose.test.ts', 'limits/tables.test.ts']
const DUTIES = ['limits/duties.test.ts']
const JUDGE = ['exceedance/judge.test.ts', 'exceedance/pipeline.test.ts']
const RATES = ['limits/rate-limit.test.ts']
const LINES = ['exceedance/incineration.test.ts']

const rule = (
  standard: string,
  at: string,
  text: string,
  functions: readonly string[],
  evaluators: readonly string[],
  tests: readonly string[],
  status: CoverageRow['status'] = 'verified',
): CoverageRow => ({ clause: { standard, at }, rule: text, functions, evaluators, tests, status })

/** One row a table: verified only where every cell was read in the text or found in several sources. */
function tableRows(): readonly CoverageRow[] {
  const tables = new Map<string, CoverageRow>()
  for (const { standard, table, status } of emissionLimits) {
    const key = `${standard} ${table}`
    const known = tables.get(key)
    const read = status === 'primary' || status === 'verified'
    if (known !== undefined && (read || known.status === 'unverified')) continue
    const title = emissionEdition(standard)?.title ?? standard
    tables.set(
      key,
      rule(
        standard,
        table,
        `${title}：限值`,
        ['emissionLimits', 'chooseLimit', 'airRows', 'waterRows'],
        ['source.limit'],
        CHOICE,
        read ? 'verified' : 'unverified',
      ),
    )
  }
  return [...tables.values()]
}

/** Emission limits and their judgement. */
export const emissionCoverage: readonly CoverageRow[] = [
  ...tableRows(),
  rule(
    'GB 13271-2014',
    '3.2、3.3、4.1、4.6',
    '现有与新建按环评批复日期划分；现有源自其日期起执行；混合排放执行最严限值；先许可，后地方、环评、行业、综合',
    [
      'chooseLimit',
      'governingEdition',
      'emissionEditions',
      'emissionEdition',
      'conditionsMet',
      'conditionCount',
    ],
    ['source.limit'],
    CHOICE,
  ),
  rule(
    'GB 13271-2014',
    '1',
    '适用范围：65 t/h及以下蒸汽锅炉、热水锅炉、层燃炉与抛煤机炉',
    ['coalBoilerFacility', 'isSmallBoiler', 'facilities', 'facilityOf'],
    [],
    CHOICE,
  ),
  rule(
    'GB 16297-1996',
    '7.1、7.4、附录B',
    '排放速率限值的内插与外推，低于15 m与未高出周围建筑时再减半',
    ['rateLimit', 'rateLimits'],
    ['source.rate-limit'],
    RATES,
  ),
  rule('GB 16297-1996', '7.2、附录A', '等效排气筒', ['equivalentStack'], ['source.rate-limit'], RATES),
  rule(
    'GB 8978-1996',
    '附录A',
    '混合排放的最高允许浓度与排放负荷',
    ['mixedWaterLimit', 'permittedLoad'],
    ['source.mixed-water-limit'],
    RATES,
  ),
  rule(
    'GB 37822-2019',
    '处理效率',
    'NMHC初始排放速率达到3 kg/h（重点地区2 kg/h）的处理效率不低于80%',
    ['nmhcRemovalDuty'],
    [],
    DUTIES,
  ),
  rule('GB 20952-2020', '表4', '加油枪气液比的检测数与超标判定', ['nozzlePlan', 'nozzleTest'], [], DUTIES),
  rule('GB 18466-2005', '表2、4.1.3', '医疗机构按级别与床位执行的表', ['hospitalFacility'], [], DUTIES),
  rule(
    'GB 16297-1996',
    '3.2、8.2',
    '任何1小时均值超过限值为超标；连续超标小时为一次超标；工况豁免与配额',
    ['judgeHours', 'judgeMeasuredHour', 'exceedanceEvents', 'exemptNow', 'makeQuota'],
    ['source.exceedance'],
    JUDGE,
  ),
  rule('GB 8978-1996', '5.2', '废水按日均值判定，pH按小时值', ['judgeHours'], ['source.exceedance'], JUDGE),
  rule(
    '环境监测数据评价',
    '超标倍数',
    '结果修约到限值的小数位后比较；未检出；超标倍数（C−L）/L',
    ['compare', 'overLimitMultiple', 'decimalsOf'],
    ['source.exceedance-multiple'],
    JUDGE,
  ),
  rule(
    '环大气〔2019〕35号',
    '达标时段比例',
    '达到超低限值的小时占有效运行小时95%以上',
    ['ultraLowShare', 'ultraLowOfCounts', 'ultraLowTarget'],
    ['source.ultra-low'],
    JUDGE,
    'unverified',
  ),
  rule(
    '生态环境部令第10号',
    '日均值与炉温',
    '任一污染物日均值超标为超标日；炉温；月超标天数；豁免时间',
    ['incinerationDay', 'incinerationMonthOrders', 'incinerationMonthRule', 'furnaceRules', 'allowanceRules'],
    ['source.incineration-day'],
    LINES,
    'unverified',
  ),
  rule(
    'GB 18484-2020',
    '9.3、9.4',
    '危险废物、医疗废物焚烧：自动监测按日均值判定，炉温低于规定超过5次',
    ['incinerationDay', 'furnaceRules'],
    ['source.incineration-day'],
    LINES,
  ),
  rule(
    'GB 18484-2020',
    '7.2.3—7.2.5',
    '启停炉、故障、事故每年60小时，期间颗粒物1小时均值不高于150 mg/m³',
    ['allowanceHour', 'allowanceParticulate', 'allowanceRules'],
    [],
    LINES,
  ),
  rule(
    '本软件规则',
    '证据等级与累计超标天数',
    '证据等级A、B、C；近30日累计超标天数；按企业、园区、区县汇总',
    ['evidenceGrade', 'evidenceRule', 'cumulativeExceedanceDays', 'rollUpExceedances'],
    ['source.evidence-grade', 'source.cumulative-days'],
    [...JUDGE, ...LINES],
    'design',
  ),
]

/** Exports of the limits and their judgement that carry no rule. */
export const emissionNotRules: readonly string[] = [
  'airFactors',
  'waterFactors',
  'workingConditions',
  'workingConditionCode',
  'incineratorKinds',
  'evidenceClause',
  'ultraLowClause',
  'comparisonClause',
  'airHourClause',
  'waterMeanClause',
  'multipleClause',
  'rateClause',
  'equivalentStackClause',
  'mixedWaterClause',
  'vocDutyClause',
  'nozzleClause',
  'hospitalDutyClause',
  'hazardousDayClause',
  'hazardousAllowanceClause',
  'municipalDayClause',
]

/** Tables and rules in which something was not read in a text. */
export const emissionUnverifiedRows: readonly string[] = [
  'emissionLimits',
  'emissionEditions',
  'ultraLowTarget',
  'furnaceRules',
  'allowanceRules',
  'incinerationMonthRule',
]
