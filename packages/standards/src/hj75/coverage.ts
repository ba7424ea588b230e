/** Rows of the coverage table for the data of outlets: conversion, validity, substitution, transmission. */
import { type StandardRef, type Status, standards } from '../clause.ts'
import type { CoverageRow } from '../coverage.ts'

const CONVERSION = ['conversion/conversion.test.ts']
const VALIDITY = ['hj75/validity.test.ts']
const BULK = ['hj75/bulk.test.ts', 'conversion/conversion.test.ts']
const QUALITY = ['hj75/quality.test.ts']
const WATER = ['hj356/water.test.ts']
const RATE = ['transmission/rate.test.ts']

const row =
  ({ id }: Pick<StandardRef, 'id'>) =>
  (
    at: string,
    rule: string,
    functions: readonly string[],
    evaluators: readonly string[],
    tests: readonly string[],
    status: Status = 'verified',
  ): CoverageRow => ({ clause: { standard: id, at }, rule, functions, evaluators, tests, status })

const hj75 = row(standards.hj75)
const hj355 = row(standards.hj355)
const hj356 = row(standards.hj356)
const marking = row(standards.marking2022)

export const outletCoverage: readonly CoverageRow[] = [
  row(standards.gb13271)(
    '5.2',
    '折算浓度 C = C′·(21−O2基)/(21−O2′)；氧含量缺测或不低于20.5%时不折算',
    ['convertedConcentration', 'conversionFactor', 'convertHours', 'referenceOxygens', 'referenceOxygenOf'],
    ['source.converted-concentration'],
    CONVERSION,
  ),
  row(standards.gb18484)(
    '3.20',
    '富氧焚烧折算 C = C′·(21−O2基)/(φ0−O2′)，纯氧不适用',
    ['convertedConcentration', 'convertibleBelowO2', 'convertibleBound'],
    ['source.converted-concentration'],
    CONVERSION,
  ),
  row(standards.gb9078)(
    '5.2',
    '过量空气系数折算 C = C′·α′/α，α = 21/(21−O2)',
    ['convertedConcentration', 'excessAir', 'oxygenOfExcessAir'],
    ['source.converted-concentration'],
    CONVERSION,
  ),
  row(standards.gb26132)(
    '4.2.9',
    '超过基准排气量（排水量）时换算为基准量浓度',
    ['baseVolumeConcentration'],
    ['source.base-volume'],
    CONVERSION,
  ),
  hj75(
    '标准状态与流量',
    '工况与标态干基的换算；流量',
    ['toDryStandard', 'wetToDry', 'actualFlow', 'standardFlow', 'wasteGasState', 'wasteGasFormulas'],
    ['source.standard-flow', 'source.dry-standard'],
    CONVERSION,
    'unverified',
  ),
  hj75(
    '体积浓度换算',
    'ppm 换算为 mg/m³；NO 以 NO2 计',
    ['ppmToMilligrams', 'nitricOxideAsNo2', 'molarMasses', 'noToNo2', 'gases'],
    ['source.ppm', 'source.no-as-no2'],
    CONVERSION,
    'unverified',
  ),
  hj75(
    '排放速率与排放量',
    '排放量以实测干标态浓度计，不用折算浓度',
    ['emissionRate', 'gasMass', 'hourMass'],
    ['source.mass'],
    CONVERSION,
    'unverified',
  ),
  hj75(
    '有效小时均值',
    '不少于45分钟有效数据；停运小时；标记覆盖分钟数',
    [
      'hourState',
      'hourMean',
      'isValidState',
      'hourStates',
      'hourStateCode',
      'validMinutesPerHour',
      'validHours',
      'markedMinutes',
    ],
    ['source.valid-hour'],
    [...VALIDITY, ...BULK],
    'unverified',
  ),
  row(standards.gb18484)(
    '3.18、3.19',
    '日均值不少于20个有效小时均值（其他源参照，可改）',
    ['gasDayMean', 'gasDayMeans', 'validHoursPerDay'],
    ['source.valid-day'],
    [...VALIDITY, ...BULK],
  ),
  hj75(
    '有效数据捕集率',
    '季度捕集率，目标75%',
    ['captureRate', 'captureTarget'],
    ['source.capture-rate'],
    VALIDITY,
    'unverified',
  ),
  hj75(
    '表5、表6',
    '缺失时段排放量修约：前180、720、2160个有效小时最大值；浓度不修约',
    [
      'substitutionLookback',
      'substituteMass',
      'substituteQuarter',
      'substitutionRows',
      'substitutionOrigins',
    ],
    ['source.substitution'],
    [...VALIDITY, ...BULK],
    'unverified',
  ),
  hj75(
    '校准与失控判别',
    '零点、量程漂移；校准与校验周期',
    [
      'driftState',
      'driftPercent',
      'driftLimits',
      'driftParameters',
      'driftKinds',
      'driftStates',
      'calibrationDueMs',
      'calibrationPeriods',
    ],
    ['source.drift'],
    QUALITY,
    'unverified',
  ),
  hj75(
    '参比方法准确度',
    '与参比方法比对：相对准确度、相对误差、绝对误差',
    [
      'judgeAccuracy',
      'relativeAccuracy',
      'accuracyRow',
      'accuracyRows',
      'accuracyPairs',
      'accuracyPairsFor',
      'accuracyParameters',
    ],
    ['source.comparison'],
    QUALITY,
    'unverified',
  ),
  hj75('数据标记', '分钟标记与工况标记（报表）', ['markCode', 'markLayers'], [], QUALITY, 'unverified'),
  marking(
    '设备标记与工况标记',
    '各层标记及其对有效性的影响；次日12时前完成',
    ['markCodes', 'markEffect', 'costsValidity', 'markingDeadlineHours', 'markingDeadlineMs'],
    [],
    QUALITY,
    'unverified',
  ),
  marking(
    '数据传输有效率',
    '四个计数；停运小时剔除；废水每日1小时标样核查剔除；求和后相除',
    [
      'transmissionRates',
      'sumCounters',
      'countFactorDay',
      'validDenominator',
      'transmissionTarget',
      'checkHourFactors',
    ],
    ['source.transmission-rate', 'source.transmission-counters'],
    RATE,
    'unverified',
  ),
  hj355(
    '表1',
    '实际水样比对误差限；标样核查',
    [
      'compareWater',
      'waterComparisonRow',
      'waterComparisonRows',
      'waterComparisonPairs',
      'waterComparisonParameters',
      'standardCheckPasses',
      'standardCheckLimit',
    ],
    ['source.comparison'],
    WATER,
    'unverified',
  ),
  hj356(
    '6',
    '数据无效的情形；比对不合格时向前、向后至合格比对',
    ['waterFaultsOf', 'waterFaults', 'failedSpans', 'platformDeviation'],
    ['source.water-valid'],
    WATER,
    'unverified',
  ),
  hj356(
    '有效日均值',
    '流量加权日均值，不少于应得数据的75%；pH、水温不平均',
    ['waterDay', 'waterDays', 'waterDayValid', 'waterShares', 'unweightedWaterFactors', 'isAveragedInWater'],
    ['source.water-day', 'source.valid-day'],
    WATER,
    'unverified',
  ),
  hj356('有效月均值', '不少于75%的有效日', ['waterMonth'], [], WATER, 'unverified'),
  hj356('排放量', '废水排放量 = 浓度×水量', ['waterMass'], ['source.mass'], WATER, 'unverified'),
  hj356(
    '无效数据处理',
    '日排放量取上次比对合格前30个有效日最大值；手工监测',
    ['fillWaterDay', 'waterSubstitutionRule'],
    ['source.water-substitution'],
    WATER,
    'unverified',
  ),
]

/** Citers and plain forms of rows that are listed themselves. */
export const outletNotRules: readonly string[] = [
  'wasteGasStateClause',
  'volumeFractionClause',
  'referenceOxygenClause',
  'enrichedClause',
  'excessAirClause',
  'baseVolumeClause',
  'gasMassClause',
  'waterMassClause',
  'hourValidityClause',
  'dayValidityClause',
  'captureClause',
  'substitutionClause',
  'driftClause',
  'accuracyClause',
  'marksClause',
  'reportMarksClause',
  'transmissionClause',
  'waterComparisonClause',
  'waterInvalidClause',
  'waterDayClause',
  'waterMonthClause',
  'waterSubstitutionClause',
  'defaultValidHoursPerDay',
]

export const outletUnverifiedRows: readonly string[] = [
  'wasteGasFormulas',
  'referenceOxygens',
  'validMinutesPerHour',
  'validHoursPerDay',
  'captureTarget',
  'substitutionRows',
  'substitutionOrigins',
  'driftLimits',
  'calibrationPeriods',
  'accuracyRows',
  'accuracyPairs',
  'markCodes',
  'markingDeadlineHours',
  'validDenominator',
  'transmissionTarget',
  'checkHourFactors',
  'waterComparisonRows',
  'waterComparisonPairs',
  'standardCheckLimit',
  'platformDeviation',
  'waterShares',
  'unweightedWaterFactors',
  'waterSubstitutionRule',
]
