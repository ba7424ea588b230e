import { type Static, Type } from 'typebox'
import { Id, Nullable, problemResponses } from './common.ts'

/** `null` is the wire form of a missing value; never 0, never an empty string. */
const Day = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: '日期 YYYY-MM-DD（北京时间自然日）',
})

export const AirItemName = Type.Union(
  [
    Type.Literal('pm25'),
    Type.Literal('pm10'),
    Type.Literal('o3'),
    Type.Literal('no2'),
    Type.Literal('so2'),
    Type.Literal('co'),
  ],
  { description: '六项污染物，单位 μg/m³，CO 为 mg/m³' },
)
export type AirItemName = Static<typeof AirItemName>

export const AirEditionName = Type.Union([
  Type.Literal('2012'),
  Type.Literal('2026-transition'),
  Type.Literal('2026-final'),
])
export type AirEditionName = Static<typeof AirEditionName>

export const SandHandling = Type.Union([Type.Literal('with'), Type.Literal('without')], {
  description: 'without：PM10、PM2.5、综合指数扣除沙尘影响（环办监测〔2016〕120号）；with：不扣除',
})
export type SandHandling = Static<typeof SandHandling>

/* ---------- figures ---------- */

export const FigureState = Type.Union(
  [Type.Literal('fresh'), Type.Literal('stale'), Type.Literal('frozen')],
  {
    description: 'fresh 与数据一致；stale 数据已变、待重算；frozen 随报告定稿冻结',
  },
)
export type FigureState = Static<typeof FigureState>

/**
 * How a statistic travels on the wire: the printed text, and the id that opens its basis.
 * `value` null: the standard gives no value (insufficient data); `note` says why in words.
 * `note` beside a value: value is for reference only (数据不完整,仅供参考).
 */
export const FigureRef = Type.Object({
  id: Id,
  indicator: Type.String(),
  value: Nullable(Type.Number()),
  text: Type.String({ description: '按标准小数位修约后的文字，负号为"-",无值为"—"' }),
  unit: Type.String(),
  state: FigureState,
  note: Nullable(Type.String()),
})
export type FigureRef = Static<typeof FigureRef>

export const FigureClause = Type.Object({ standard: Type.String(), at: Type.String() })
export const FigureFinding = Type.Object({
  rule: Type.String(),
  input: Type.Unknown(),
  result: Nullable(Type.Union([Type.Number(), Type.String()])),
  clause: FigureClause,
  formula: Type.Optional(Type.String()),
})
export type FigureFinding = Static<typeof FigureFinding>

export const FigureBasis = Type.Object({
  standard: Type.String(),
  edition: AirEditionName,
  clauses: Type.Array(FigureClause),
  evaluator: Type.String(),
  evaluatorVersion: Type.String(),
  formula: Type.String({ description: '代入数字的计算式' }),
  inputs: Type.Object({
    description: Type.String(),
    count: Type.Integer(),
    digest: Type.String({ description: '输入日值的 SHA-256' }),
  }),
  exclusions: Type.Array(Type.Object({ date: Day, reason: Type.String() })),
  trace: Type.Array(FigureFinding),
  unverified: Type.Array(Type.String(), { description: '所用待核实规则及其来源' }),
})
export type FigureBasis = Static<typeof FigureBasis>

export const FigurePeriod = Type.Object({ from: Day, to: Day })

export const FigureSummary = Type.Object({
  ...FigureRef.properties,
  key: Type.String({ description: 'indicator|subject|period|edition|sand|stations' }),
  title: Type.String({ description: '如：祁川市 2022 年 PM2.5 年均浓度' }),
  subject: Type.Object({ id: Id, name: Type.String() }),
  period: FigurePeriod,
  edition: AirEditionName,
  sand: SandHandling,
  stations: Nullable(Type.Array(Id)),
  decimals: Type.Integer(),
  computedAt: Type.String(),
})
export type FigureSummary = Static<typeof FigureSummary>

/** Everything the figure drawer shows, in one response. */
export const FigureDetail = Type.Object({
  ...FigureSummary.properties,
  rounding: Type.String({ description: '修约规则，如 GB/T 8170 四舍六入五成双' }),
  basis: FigureBasis,
  otherEditions: Type.Array(FigureSummary, { description: '同一数据项在其他版本标准下的值（同口径比较）' }),
  otherSand: Nullable(FigureSummary),
  dependsOn: Type.Array(FigureSummary),
  usedBy: Type.Array(FigureSummary),
  usedInReports: Type.Array(
    Type.Object({ reportId: Id, title: Type.String(), status: Type.String(), sentence: Type.String() }),
  ),
  history: Type.Array(
    Type.Object({
      computedAt: Type.String(),
      value: Nullable(Type.Number()),
      text: Type.String(),
      digest: Type.String(),
      cause: Type.String(),
    }),
  ),
  citation: Type.String({ description: '可复制的引用文字' }),
})
export type FigureDetail = Static<typeof FigureDetail>

/** Days behind a figure; values of several items when the figure uses several. */
export const FigureInputs = Type.Object({
  figureId: Id,
  items: Type.Array(AirItemName),
  digest: Type.String(),
  digestNow: Type.String({ description: '此刻数据库中日值的摘要；与 digest 相同即可复现' }),
  days: Type.Array(
    Type.Object({
      pointId: Id,
      date: Day,
      values: Type.Record(Type.String(), Nullable(Type.Number())),
      included: Type.Boolean(),
      reason: Nullable(Type.String({ description: '未采用或另行处理的原因' })),
    }),
  ),
})
export type FigureInputs = Static<typeof FigureInputs>

export const FigureHour = Type.Object({
  hour: Type.Integer({
    minimum: 1,
    maximum: 24,
    description: '小时标签 1…24：标签 h 为 h-1 时至 h 时的均值',
  }),
  at: Type.String({ description: '时段起点' }),
  values: Type.Record(Type.String(), Nullable(Type.Number())),
  flags: Type.Record(Type.String(), Type.String()),
  marks: Type.Record(Type.String(), Type.String()),
  msg: Nullable(Type.String({ description: '原始记录号，用于 GET /figures/records/{msg}' })),
})
export const FigureInputDay = Type.Object({
  figureId: Id,
  date: Day,
  items: Type.Array(AirItemName),
  stations: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      day: Type.Record(Type.String(), Nullable(Type.Number())),
      hours: Type.Array(FigureHour),
    }),
  ),
})
export type FigureInputDay = Static<typeof FigureInputDay>

export const FigureRecord = Type.Object({
  msg: Type.String(),
  kind: Type.Union([Type.Literal('frames'), Type.Literal('file'), Type.Literal('decision')]),
  source: Type.String(),
  receivedAt: Type.String(),
  text: Type.String({ description: '原始报文、文件行或审核决定，按 UTF-8/GB18030 显示' }),
  hex: Type.String({ description: '原始字节（十六进制，至多 4096 字节）' }),
  bytes: Type.Integer(),
})
export type FigureRecord = Static<typeof FigureRecord>

export const FigureList = Type.Object({ items: Type.Array(FigureSummary), next: Nullable(Type.String()) })

/* ---------- evaluators ---------- */

export const EvaluatorSummary = Type.Object({
  id: Type.String(),
  title: Type.Object({ zh: Type.String(), en: Type.String() }),
  editions: Type.Array(Type.String()),
  version: Type.String(),
  clauses: Type.Array(FigureClause),
})
export type EvaluatorSummary = Static<typeof EvaluatorSummary>
export const EvaluatorDetail = Type.Object({
  ...EvaluatorSummary.properties,
  inputSchema: Type.Unknown({ description: 'JSON Schema' }),
  outputSchema: Type.Unknown({ description: 'JSON Schema' }),
  csv: Nullable(Type.Object({ input: Type.Array(Type.String()), output: Type.Array(Type.String()) })),
})
export type EvaluatorDetail = Static<typeof EvaluatorDetail>
export const EvaluatorOutcome = Type.Union([
  Type.Object({ ok: Type.Literal(true), value: Type.Unknown(), trace: Type.Array(FigureFinding) }),
  Type.Object({
    ok: Type.Literal(false),
    reason: Type.String(),
    missing: Type.Array(Type.String()),
    detail: Type.Optional(Type.String()),
    clause: FigureClause,
  }),
])
export type EvaluatorOutcome = Static<typeof EvaluatorOutcome>

/* ---------- air: one city ---------- */

export const AirBasis = Type.Object({
  edition: AirEditionName,
  editionChosen: Type.Union([Type.Literal('by-date'), Type.Literal('by-name')]),
  editions: Type.Array(AirEditionName),
  sand: SandHandling,
  stations: Nullable(Type.Array(Id, { description: 'null：全部评价点位' })),
  limitsSource: Type.String(),
})
export const AirCityName = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  regionCode: Type.Integer(),
})

export const AirItemYear = Type.Object({
  item: AirItemName,
  code: Type.String({ description: 'HJ 212/HJ 524 因子编码' }),
  zh: Type.String(),
  en: Type.String(),
  unit: Type.String(),
  decimals: Type.Integer(),
  statistic: Type.Union([Type.Literal('mean'), Type.Literal('p95'), Type.Literal('p90')]),
  statisticZh: Type.String({ description: '年均值、日均值第95百分位数、日最大8小时第90百分位数' }),
  value: FigureRef,
  lastYear: FigureRef,
  change: FigureRef,
  limit: Nullable(Type.Number()),
  meets: Nullable(Type.Boolean({ description: '修约后与限值比较；数据不完整时为 null' })),
  validDays: Type.Integer(),
  complete: Type.Boolean(),
  shortMonths: Type.Array(Type.String()),
  primaryDays: FigureRef,
  max: FigureRef,
  maxDate: Nullable(Day),
})
export type AirItemYear = Static<typeof AirItemYear>

export const AirDay = Type.Object({
  date: Day,
  aqi: Nullable(Type.Integer()),
  level: Nullable(Type.Integer({ minimum: 1, maximum: 6 })),
  primary: Type.Array(AirItemName),
  sand: Type.Boolean(),
  valid: Type.Boolean(),
  reason: Nullable(Type.String()),
  items: Type.Record(Type.String(), Nullable(Type.Number())),
})
export type AirDay = Static<typeof AirDay>

export const AirExcellent = Type.Object({
  days: FigureRef,
  valid: FigureRef,
  ratio: FigureRef,
  lastYearDays: FigureRef,
  lastYearValid: FigureRef,
  lastYearRatio: FigureRef,
  change: FigureRef,
  excluded: Type.Array(Type.Object({ date: Day, reason: Type.String() })),
})
export const AirIndex = Type.Object({
  value: FigureRef,
  lastYear: FigureRef,
  change: FigureRef,
  parts: Type.Array(
    Type.Object({
      item: AirItemName,
      value: Nullable(Type.Number()),
      concentration: Nullable(Type.Number()),
      limit: Type.Number(),
    }),
  ),
  main: Nullable(AirItemName),
})
export const AirRankEntry = Type.Object({
  code: Type.String(),
  name: Type.String(),
  value: Nullable(Type.Number()),
  rank: Nullable(Type.Integer()),
  best: Type.Integer({ description: '名次区间下限（缺数据时）' }),
  worst: Type.Integer(),
  tied: Type.Boolean(),
  own: Type.Boolean(),
  source: Type.String(),
})
export const AirRanking = Type.Object({
  period: FigurePeriod,
  rank: FigureRef,
  of: Type.Integer(),
  best: Nullable(Type.Integer({ description: '名次区间：缺数据时真值必在 [best, worst] 内' })),
  worst: Nullable(Type.Integer()),
  indexLow: Nullable(Type.Number()),
  indexHigh: Nullable(Type.Number()),
  better: Nullable(Type.Object({ name: Type.String(), value: Type.Number(), gap: Type.Number() })),
  worse: Nullable(Type.Object({ name: Type.String(), value: Type.Number(), gap: Type.Number() })),
  missing: Type.Array(Type.String(), { description: '未取得指数的城市' }),
  entries: Type.Array(AirRankEntry),
})
export type AirRanking = Static<typeof AirRanking>

export const AirBudget = Type.Object({
  targetId: Id,
  title: Type.String(),
  indicator: Type.String(),
  reach: Type.Number(),
  unit: Type.String(),
  remainingDays: Type.Integer(),
  restMean: Nullable(Type.Number({ description: '其余各日平均不得高于此值' })),
  restMeanText: Nullable(Type.String()),
  badDaysAffordable: Nullable(Type.Integer()),
  goodDaysNeeded: Nullable(Type.Integer()),
  reachable: Type.Boolean(),
  sentence: Type.String({ description: '如：PM2.5 到 12 月 31 日前日均不得高于 23.4 μg/m³' }),
})
export type AirBudget = Static<typeof AirBudget>

export const AirYear = Type.Object({
  city: AirCityName,
  year: Type.Integer(),
  period: Type.Object({
    from: Day,
    to: Day,
    kind: Type.Union([Type.Literal('year'), Type.Literal('to-date')]),
  }),
  basis: AirBasis,
  items: Type.Array(AirItemYear),
  excellent: AirExcellent,
  heavyDays: FigureRef,
  levels: Type.Array(Type.Object({ level: Type.Integer(), days: Type.Integer() })),
  index: AirIndex,
  ranking: AirRanking,
  sand: Type.Object({ days: Type.Integer(), exceedDays: Type.Integer(), exceedShare: FigureRef }),
  budget: Type.Array(AirBudget),
  days: Type.Array(AirDay),
})
export type AirYear = Static<typeof AirYear>

export const AirMonth = Type.Object({
  month: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
  items: Type.Array(
    Type.Object({
      item: AirItemName,
      value: FigureRef,
      lastYear: FigureRef,
      change: FigureRef,
      complete: Type.Boolean(),
    }),
  ),
  excellentDays: FigureRef,
  validDays: FigureRef,
  excellentRatio: FigureRef,
  lastYearRatio: FigureRef,
  index: FigureRef,
  lastYearIndex: FigureRef,
  indexChange: FigureRef,
})
export type AirMonth = Static<typeof AirMonth>
export const AirMonths = Type.Object({
  city: AirCityName,
  year: Type.Integer(),
  basis: AirBasis,
  months: Type.Array(AirMonth),
})
export type AirMonths = Static<typeof AirMonths>

/** Hour table: every assessment station and the city. Values of the hour `at`…`at + 1 h`. */
export const AirHourRow = Type.Object({
  pointId: Id,
  kind: Type.Union([Type.Literal('air-city'), Type.Literal('air-station')]),
  name: Type.String(),
  values: Type.Record(Type.String(), Nullable(Type.Number())),
  flags: Type.Record(Type.String(), Type.String()),
  aqi: Nullable(Type.Integer()),
  level: Nullable(Type.Integer()),
  primary: Type.Array(AirItemName),
  reason: Nullable(Type.String()),
  msg: Nullable(Type.String()),
})
export type AirHourRow = Static<typeof AirHourRow>
export const AirHours = Type.Object({
  city: AirCityName,
  at: Type.String({ description: '时段起点' }),
  label: Type.String({ description: '如 2026-11-24 14:00（13:00—14:00 的均值）' }),
  edition: AirEditionName,
  rows: Type.Array(AirHourRow),
})
export type AirHours = Static<typeof AirHours>

export const AirPercentiles = Type.Object({
  city: AirCityName,
  period: FigurePeriod,
  basis: AirBasis,
  items: Type.Array(
    Type.Object({
      item: AirItemName,
      unit: Type.String(),
      validDays: Type.Integer(),
      curve: Type.Array(Type.Object({ p: Type.Number(), value: Nullable(Type.Number()) })),
      lastYear: Type.Array(Type.Object({ p: Type.Number(), value: Nullable(Type.Number()) })),
      evaluated: Type.Array(
        Type.Object({ p: Type.Number(), value: FigureRef, limit: Nullable(Type.Number()) }),
      ),
    }),
  ),
})
export type AirPercentiles = Static<typeof AirPercentiles>

export const AirStationDays = Type.Object({
  station: Type.Object({ id: Id, name: Type.String(), zoneClass: Type.Integer() }),
  period: FigurePeriod,
  basis: AirBasis,
  days: Type.Array(AirDay),
  summary: Type.Array(
    Type.Object({ item: AirItemName, value: FigureRef, validDays: Type.Integer(), complete: Type.Boolean() }),
  ),
  excellentRatio: FigureRef,
})
export type AirStationDays = Static<typeof AirStationDays>

/** First page of the director and the public: one response. */
export const AirOverview = Type.Object({
  city: AirCityName,
  asOf: Type.String(),
  basis: AirBasis,
  today: Type.Object({
    date: Day,
    hour: Nullable(AirHourRow),
    hourAt: Nullable(Type.String()),
    dayToNow: Nullable(AirDay),
    yesterday: Nullable(AirDay),
    stations: Type.Array(AirHourRow),
  }),
  yearToDate: Type.Object({
    period: FigurePeriod,
    items: Type.Array(
      Type.Object({
        item: AirItemName,
        value: FigureRef,
        lastYear: FigureRef,
        change: FigureRef,
        limit: Nullable(Type.Number()),
        meets: Nullable(Type.Boolean()),
      }),
    ),
    excellentDays: FigureRef,
    validDays: FigureRef,
    excellentRatio: FigureRef,
    lastYearRatio: FigureRef,
    index: FigureRef,
    lastYearIndex: FigureRef,
    indexChange: FigureRef,
    heavyDays: FigureRef,
  }),
  ranking: AirRanking,
  targets: Type.Array(
    Type.Object({
      id: Id,
      title: Type.String(),
      indicator: Type.String(),
      current: FigureRef,
      reach: Type.Number(),
      unit: Type.String(),
      comparison: Type.String(),
      status: Type.String({ description: 'met | on-track | at-risk | missed | unknown' }),
      distance: Nullable(Type.Number()),
      whatItTakes: Type.String(),
      spark: Type.Array(Nullable(Type.Number()), { description: '近 30 日日值' }),
    }),
    { maxItems: 6 },
  ),
  staleFigures: Type.Integer(),
})
export type AirOverview = Static<typeof AirOverview>

/* ---------- routes ---------- */

const cityParams = Type.Object({ id: Id })
const basisQuery = {
  edition: Type.Optional(
    Type.Union([Type.Literal('auto'), AirEditionName], {
      default: 'auto',
      description: 'auto：按数据日期所适用的版本',
    }),
  ),
  sand: Type.Optional(SandHandling),
  stations: Type.Optional(
    Type.String({
      pattern: '^(all|\\d+(,\\d+)*)$',
      default: 'all',
      description: 'all 或以逗号分隔的站点编号',
    }),
  ),
}
const air = ['空气质量']
const figures = ['数据项']

export const evaluationRoutes = {
  listEvaluators: {
    operationId: 'listEvaluators',
    summary: '计算器目录：已登记的评价方法',
    tags: ['计算器'],
    response: { ...problemResponses, 200: Type.Object({ items: Type.Array(EvaluatorSummary) }) },
  },
  getEvaluator: {
    operationId: 'getEvaluator',
    summary: '一个评价方法的输入、输出与条款',
    tags: ['计算器'],
    params: Type.Object({ id: Type.String() }),
    response: { ...problemResponses, 200: EvaluatorDetail },
  },
  runEvaluator: {
    operationId: 'runEvaluator',
    summary: '计算一条或一批输入，返回结果与逐步依据',
    tags: ['计算器'],
    params: Type.Object({ id: Type.String() }),
    body: Type.Object({
      input: Type.Unknown({ description: '一个输入对象，或至多 10000 个输入对象的数组' }),
      edition: Type.Optional(Type.String()),
    }),
    response: {
      ...problemResponses,
      200: Type.Object({ id: Type.String(), version: Type.String(), outcomes: Type.Array(EvaluatorOutcome) }),
    },
  },
  airOverview: {
    operationId: 'airOverview',
    summary: '总览：目标、今日、今年以来、排名',
    tags: air,
    querystring: Type.Object({ city: Type.Optional(Id), ...basisQuery }),
    response: { ...problemResponses, 200: AirOverview },
  },
  airYear: {
    operationId: 'airYear',
    summary: '一个城市一年（或年初至今）的空气质量',
    tags: air,
    params: cityParams,
    querystring: Type.Object({
      year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
      to: Type.Optional(Day),
      ...basisQuery,
    }),
    response: { ...problemResponses, 200: AirYear },
  },
  airMonths: {
    operationId: 'airMonths',
    summary: '逐月与上年同月比较',
    tags: air,
    params: cityParams,
    querystring: Type.Object({
      year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
      ...basisQuery,
    }),
    response: { ...problemResponses, 200: AirMonths },
  },
  airHours: {
    operationId: 'airHours',
    summary: '某一小时各站点与城市的浓度及实时 AQI',
    tags: air,
    querystring: Type.Object({
      city: Type.Optional(Id),
      at: Type.Optional(Type.String({ description: '时段起点(ISO 8601)；缺省为最近有数据的整点' })),
    }),
    response: { ...problemResponses, 200: AirHours },
  },
  airRanking: {
    operationId: 'airRanking',
    summary: '综合指数排名，与相邻城市的差距；缺数据时给出名次区间',
    tags: air,
    params: cityParams,
    querystring: Type.Object({
      period: Type.Optional(Type.String({ pattern: '^\\d{4}(-\\d{2})?$', description: '2022 或 2022-07' })),
      ...basisQuery,
    }),
    response: { ...problemResponses, 200: AirRanking },
  },
  airPercentiles: {
    operationId: 'airPercentiles',
    summary: '百分位数曲线与评价百分位数',
    tags: air,
    params: cityParams,
    querystring: Type.Object({
      year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
      to: Type.Optional(Day),
      ...basisQuery,
    }),
    response: { ...problemResponses, 200: AirPercentiles },
  },
  airStationDays: {
    operationId: 'airStationDays',
    summary: '一个站点的逐日空气质量',
    tags: air,
    params: cityParams,
    querystring: Type.Object({
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      edition: basisQuery.edition,
      sand: basisQuery.sand,
    }),
    response: { ...problemResponses, 200: AirStationDays },
  },
  listFigures: {
    operationId: 'listFigures',
    summary: '数据项列表',
    tags: figures,
    querystring: Type.Object({
      state: Type.Optional(FigureState),
      indicator: Type.Optional(Type.String()),
      subject: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
    }),
    response: { ...problemResponses, 200: FigureList },
  },
  getFigure: {
    operationId: 'getFigure',
    summary: '数据项的全部依据',
    tags: figures,
    params: cityParams,
    response: { ...problemResponses, 200: FigureDetail },
  },
  getFigureInputs: {
    operationId: 'getFigureInputs',
    summary: '数据项所用的逐日数据，含未采用的日期与原因',
    tags: figures,
    params: cityParams,
    response: { ...problemResponses, 200: FigureInputs },
  },
  getFigureInputDay: {
    operationId: 'getFigureInputDay',
    summary: '某一日各站点的小时值与原始记录号',
    tags: figures,
    params: Type.Object({ id: Id, date: Day }),
    response: { ...problemResponses, 200: FigureInputDay },
  },
  getFigureRecord: {
    operationId: 'getFigureRecord',
    summary: '原始报文或文件行',
    tags: figures,
    params: Type.Object({ msg: Type.String({ pattern: '^\\d{1,19}$' }) }),
    response: { ...problemResponses, 200: FigureRecord },
  },
  recomputeFigure: {
    operationId: 'recomputeFigure',
    summary: '立即重算一个数据项',
    tags: figures,
    params: cityParams,
    response: { ...problemResponses, 200: FigureDetail },
  },
} as const
