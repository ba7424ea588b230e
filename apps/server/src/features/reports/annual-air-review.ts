import { type AirItem, airItems, aqiLevels, decimalsFor, roundHalfEven } from '@shanshui/standards'
import {
  type Days,
  evaluatedIndicator,
  type FigureRequest,
  type FigureRow,
  percentileIndicator,
} from '../evaluation/index.ts'
import { amount, bare, joined, movement, place, type Sentence, sentence } from './sentence.ts'

/** A paragraph of a report: a heading of level 1…3 or none, and its sentences. */
export interface Paragraph {
  readonly heading: { readonly level: 1 | 2 | 3; readonly text: string } | null
  readonly sentences: readonly Sentence[]
}

/** Everything the review prints, by name. */
export type FigureOf = (indicator: string) => FigureRow

export interface ReviewScope {
  readonly subjectId: number
  readonly period: Days
  readonly rankSpan: Days
  readonly edition: FigureRequest['edition']
}

const better = { up: '提高', down: '降低' }

/** The figures that the review is written from. */
export function reviewRequests({
  subjectId,
  period,
  rankSpan,
  edition,
}: ReviewScope): Map<string, FigureRequest> {
  const base = { subjectId, edition, sand: 'without', stations: null } as const
  const ask = (indicator: string, span: Days = period): [string, FigureRequest] => [
    indicator,
    { ...base, indicator, from: span.from, to: span.to },
  ]
  return new Map([
    ...airItems.flatMap((item) => [
      ask(evaluatedIndicator(item)),
      ask(`air.yoy.${item}`),
      ask(`air.limit.${item}`),
      ask(`air.primary.days.${item}`),
      ask(`air.max.${item}`),
    ]),
    ...aqiLevels.map(({ level }) => ask(`air.level.days.${level}`)),
    ...[
      'air.excellent.days',
      'air.excellent.valid',
      'air.excellent.ratio',
      'air.excellent.change',
      'air.heavy.days',
      'air.sand.exceed-share',
      'air.index',
      'air.index.change',
    ].map((i) => ask(i)),
    ask('air.rank', rankSpan),
    ask('air.rank.of', rankSpan),
  ])
}

/** 年度环境空气质量综述: written from figures only; a clause whose figure has no value is left out or says so. */
export function annualAirReview(city: string, year: number, figure: FigureOf): Paragraph[] {
  return [
    {
      heading: { level: 1, text: '一、总体状况' },
      sentences: [excellentShare(year, figure), compositeIndex(city, figure)],
    },
    {
      heading: { level: 1, text: '二、主要污染物浓度' },
      sentences: airItems.map((item) => concentration(item, figure)),
    },
    {
      heading: { level: 1, text: '三、空气质量级别与首要污染物' },
      sentences: [levels(figure), primary(figure)],
    },
    {
      heading: { level: 1, text: '四、污染过程' },
      sentences: [heavy(figure), sand(figure), highest(figure)],
    },
  ]
}

const known = (row: FigureRow): boolean => row.value !== null

function excellentShare(year: number, figure: FigureOf): Sentence {
  const change = figure('air.excellent.change')
  return joined('excellent', [
    plain('excellent', spanOf(year, figure('air.excellent.ratio'))),
    sentence(
      'excellent',
    )`市区环境空气质量优良天数比例为${amount(figure('air.excellent.ratio'))}（有效天数${amount(figure('air.excellent.valid'))}，优良天数${amount(figure('air.excellent.days'))}）`,
    known(change) ? sentence('excellent')`，同比${movement(change, better)}` : null,
    sentence('excellent')`。`,
  ])
}

/** 2022年， · 2022年1月1日至9月30日， */
function spanOf(year: number, row: FigureRow): string {
  const whole = row.from.endsWith('-01-01') && row.to.endsWith('-12-31')
  return whole
    ? `${year}年，`
    : `${year}年1月1日至${Number(row.to.slice(5, 7))}月${Number(row.to.slice(8))}日，`
}

function compositeIndex(city: string, figure: FigureOf): Sentence {
  const [change, rank, of] = [figure('air.index.change'), figure('air.rank'), figure('air.rank.of')]
  const samePeriod = rank.from === figure('air.index').from && rank.to === figure('air.index').to
  return joined('index', [
    sentence('index')`市区环境空气质量综合指数为${amount(figure('air.index'))}`,
    known(change) ? sentence('index')`，同比${movement(change)}` : null,
    known(rank) && samePeriod ? sentence('index')`，在全省${bare(of)}个城市中排名${place(rank)}` : null,
    known(figure('air.index')) ? sentence('index')`。` : plain('index', `，${city}有效数据不足，不能计算。`),
  ])
}

const plain = (key: string, text: string): Sentence => ({ key, parts: [{ type: 'text', text }], figures: [] })

const names: Readonly<Record<AirItem, string>> = {
  pm25: '细颗粒物（PM2.5）',
  pm10: '可吸入颗粒物（PM10）',
  o3: '臭氧（O3）',
  no2: '二氧化氮（NO2）',
  so2: '二氧化硫（SO2）',
  co: '一氧化碳（CO）',
}

function concentration(item: AirItem, figure: FigureOf): Sentence {
  const row = figure(evaluatedIndicator(item))
  const [change, limit] = [figure(`air.yoy.${item}`), figure(`air.limit.${item}`)]
  const key = `item.${item}`
  const statistic =
    row.indicator === percentileIndicator(item)
      ? item === 'o3'
        ? '日最大8小时平均第90百分位数浓度'
        : '日均值第95百分位数浓度'
      : '平均浓度'
  if (!known(row)) return plain(key, `${names[item]}无有效数据。`)
  return joined(key, [
    plain(key, `${names[item]}${statistic}`),
    sentence(key)`为${amount(row)}`,
    known(change) ? sentence(key)`，同比${movement(change)}` : null,
    row.note === null ? verdict(key, item, row, limit) : plain(key, '，数据不完整，不作达标判定'),
    plain(key, '。'),
  ])
}

/** HJ 663 compares the value, rounded to the decimals of compliance, with the limit. */
function verdict(key: string, item: AirItem, row: FigureRow, limit: FigureRow): Sentence {
  const rounded = roundHalfEven(row.exact ?? Number.NaN, decimalsFor(row.edition, item).compliance)
  return rounded <= (limit.value ?? Number.NaN)
    ? sentence(key)`，达到二级标准（限值${amount(limit)}）`
    : sentence(key)`，超过二级标准（限值${amount(limit)}）`
}

function levels(figure: FigureOf): Sentence {
  const day = (level: number) => amount(figure(`air.level.days.${level}`))
  return sentence(
    'levels',
  )`优${day(1)}、良${day(2)}、轻度污染${day(3)}、中度污染${day(4)}、重度污染${day(5)}、严重污染${day(6)}。`
}

function primary(figure: FigureOf): Sentence {
  const rows = airItems.map((item) => ({ item, row: figure(`air.primary.days.${item}`) }))
  const there = rows
    .filter(({ row }) => (row.value ?? 0) > 0)
    .toSorted((a, b) => (b.row.value ?? 0) - (a.row.value ?? 0))
  if (there.length === 0) return plain('primary', '全年无首要污染物日。')
  const clauses = there.map(({ item, row }, i) =>
    joined('primary', [
      plain('primary', `${i === 0 ? '' : '、'}以${names[item]}为首要污染物的有`),
      sentence('primary')`${amount(row)}`,
    ]),
  )
  return joined('primary', [...clauses, plain('primary', '（含并列）。')])
}

function heavy(figure: FigureOf): Sentence {
  const row = figure('air.heavy.days')
  return row.value === 0
    ? joined('heavy', [sentence('heavy')`重度及以上污染天数为${amount(row)}`, plain('heavy', '。')])
    : sentence('heavy')`出现重度及以上污染${amount(row)}。`
}

function sand(figure: FigureOf): Sentence {
  return sentence(
    'sand',
  )`由沙尘天气导致的超标天数比例为${amount(figure('air.sand.exceed-share'))}；PM10、PM2.5浓度和综合指数按规定扣除沙尘影响，优良天数比例不扣除。`
}

function highest(figure: FigureOf): Sentence {
  return sentence(
    'highest',
  )`扣除沙尘影响后的日均值最大值，PM2.5为${amount(figure('air.max.pm25'))}，PM10为${amount(figure('air.max.pm10'))}；臭氧日最大8小时平均的最大值为${amount(figure('air.max.o3'))}。`
}
