import type { ReportFinding } from '@shanshui/contract'
import { type AirEdition, type AirItem, airEditionOn, airItems, airLimit } from '@shanshui/standards'
import type { Found } from './found-figures.ts'
import {
  asNumber,
  asText,
  changeWithinRounding,
  possibleBases,
  possiblePairs,
  printsAsPercent,
} from './possible-values.ts'

/** HJ 663: a year is evaluated from at least 324 valid daily values. */
const FEWEST_VALID_DAYS = 324
const MOST_LISTED = 40

type Severity = ReportFinding['severity']

function finding(
  severity: Severity,
  rule: string,
  at: Found,
  message: string,
  possible: readonly string[] = [],
): ReportFinding {
  return {
    severity,
    rule,
    start: at.start,
    end: at.end,
    quote: at.quote,
    message,
    possible: possible.slice(0, MOST_LISTED),
  }
}

const daysIn = (year: number): number =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 366 : 365

/** The year a text speaks of: the first 20xx年; `fallback` when it names none. */
export function yearOf(text: string, fallback: number): number {
  const match = /(20\d{2})\s*年/.exec(text)
  return match?.[1] === undefined ? fallback : Number(match[1])
}

/** Checks what a text says about the air of one year against itself. Pure: no data are looked up. */
export function contradictions(found: readonly Found[], year: number): readonly ReportFinding[] {
  // Shares, ranks and indexes of a month are not held against the days of the year.
  const figures = found.filter((f) => f.ofPart !== true)
  return [
    ...found.filter((f) => f.kind === 'change').flatMap((f) => checkChange(f, found)),
    ...checkShare(figures, year),
    ...checkLevels(figures),
    ...checkRank(figures),
    ...checkIndex(figures, airEditionOn(`${year}-12-31`)),
    ...found.filter((f) => f.kind === 'concentration' || f.kind === 'maximum').flatMap(checkUnit),
  ]
}

/** YoY against the base: stated, or the only bases from which the value can come. */
function checkChange(change: Found, figures: readonly Found[]): ReportFinding[] {
  const { of } = change
  if (of === undefined || of.kind === 'excellent-ratio') return []
  const what = `${asText(of.value)}${of.unit}同比 ${asText(change.value)}%`
  const stated = figures.find((f) => f.kind === 'base' && f.of === of)
  const bases = possibleBases(of.value, change.value)
  const listed = bases.map(asText)
  if (stated !== undefined) {
    const matches = printsAsPercent(
      of.value.units * 10n ** BigInt(stated.value.decimals) -
        stated.value.units * 10n ** BigInt(of.value.decimals),
      stated.value.units * 10n ** BigInt(of.value.decimals),
      change.value,
    )
    if (matches)
      return [
        finding('confirmed', 'yoy-base', change, `${what}，与上年 ${asText(stated.value)} 相符。`, listed),
      ]
    if (changeWithinRounding(of.value, stated.value, change.value)) {
      return [
        finding(
          'doubt',
          'yoy-base',
          change,
          `${what}，与文中上年值 ${asText(stated.value)} 按修约后数值计算不符，仅在用未修约值计算时可能；请写明口径。`,
          listed,
        ),
      ]
    }
    return [
      finding(
        'contradiction',
        'yoy-base',
        change,
        `${what}，但文中上年值为 ${asText(stated.value)}，二者矛盾。`,
        listed,
      ),
    ]
  }
  if (bases.length === 0) {
    return [
      finding(
        'doubt',
        'yoy-base',
        change,
        `${what}：没有任何同样小数位的上年值能得出这一变幅，只有用未修约值计算时可能；请核对上年值。`,
      ),
    ]
  }
  return [finding('confirmed', 'yoy-base', change, `${what}，上年值只能是 ${listed.join('、')}。`, listed)]
}

/** Share of excellent days against the denominators that are possible. */
function checkShare(figures: readonly Found[], year: number): ReportFinding[] {
  return figures
    .filter((f) => f.kind === 'excellent-ratio')
    .flatMap((share) => {
      const days = daysIn(year)
      const text = `${asText(share.value)}%`
      if (asNumber(share.value) > 100)
        return [finding('contradiction', 'share-range', share, `比例 ${text} 超过 100%。`)]
      const pairs = possiblePairs(share.value, FEWEST_VALID_DAYS, days)
      const listed = pairs.map((p) => `${p.good}/${p.valid}`).toReversed()
      const good = figures.find((f) => f.kind === 'excellent-days')
      const valid = figures.find((f) => f.kind === 'valid-days')
      const fits = (p: { good: number; valid: number }) =>
        (good === undefined || p.good === asNumber(good.value)) &&
        (valid === undefined || p.valid === asNumber(valid.value))
      if (valid !== undefined && asNumber(valid.value) > days) {
        return [
          finding(
            'contradiction',
            'share-denominator',
            valid,
            `有效天数 ${asText(valid.value)} 天多于 ${year} 年的 ${days} 天。`,
          ),
        ]
      }
      const inside =
        valid === undefined ? pairs : possiblePairs(share.value, asNumber(valid.value), asNumber(valid.value))
      if ((good !== undefined || valid !== undefined) && !inside.some(fits)) {
        const stated = `${good === undefined ? '' : `优良 ${asText(good.value)} 天`}${valid === undefined ? '' : `有效 ${asText(valid.value)} 天`}`
        return [
          finding(
            'contradiction',
            'share-denominator',
            share,
            `${text} 与文中${stated}矛盾：没有整数天数能同时满足。`,
            listed,
          ),
        ]
      }
      if (good !== undefined && valid !== undefined) {
        return [
          finding(
            'confirmed',
            'share-denominator',
            share,
            `${text} = ${asText(good.value)}/${asText(valid.value)}。`,
          ),
        ]
      }
      if (pairs.some((p) => p.valid === days)) {
        return [
          finding(
            'confirmed',
            'share-denominator',
            share,
            `${text} 可由全年 ${days} 个有效日得出；建议写明天数。`,
            listed,
          ),
        ]
      }
      const most = pairs.at(-1)
      if (most === undefined)
        return [
          finding(
            'contradiction',
            'share-denominator',
            share,
            `${text} 不能由任何 ${FEWEST_VALID_DAYS}—${days} 个有效日得出。`,
          ),
        ]
      return [
        finding(
          'doubt',
          'share-denominator',
          share,
          `${text} 不可能由 ${days} 个有效日得出；有效天数至多为 ${most.valid} 天（${most.good}/${most.valid}）。请写明有效天数和剔除的日期。`,
          listed,
        ),
      ]
    })
}

/** 优 days plus 良 days are the excellent days. */
function checkLevels(figures: readonly Found[]): ReportFinding[] {
  const levels = figures.filter((f) => f.kind === 'level-days')
  const total = figures.find((f) => f.kind === 'excellent-days')
  if (levels.length !== 2 || total === undefined) return []
  const sum = levels.reduce((s, f) => s + asNumber(f.value), 0)
  if (sum === asNumber(total.value))
    return [finding('confirmed', 'level-sum', total, `优、良天数之和为 ${sum} 天。`)]
  return [
    finding(
      'contradiction',
      'level-sum',
      total,
      `优、良天数之和为 ${sum} 天，与优良天数 ${asText(total.value)} 天不符。`,
    ),
  ]
}

function checkRank(figures: readonly Found[]): ReportFinding[] {
  const places = figures.find((f) => f.kind === 'places')
  return figures
    .filter((f) => f.kind === 'rank')
    .map((rank) => {
      const n = asNumber(rank.value)
      if (places === undefined)
        return finding('doubt', 'rank-range', rank, `排名第 ${n}，文中未写明参加排名的城市数。`)
      const of = asNumber(places.value)
      if (n < 1 || n > of)
        return finding('contradiction', 'rank-range', rank, `排名第 ${n}，但参加排名的城市只有 ${of} 个。`)
      return finding('confirmed', 'rank-range', rank, `排名第 ${n}，共 ${of} 个城市。`)
    })
}

/** The divisor of an item in the composite index: class-2 annual limit; CO daily; O3 MDA8. */
function divisor(item: AirItem, edition: AirEdition): number | undefined {
  if (item === 'co') return airLimit(edition, 'co', 'day', 2)
  if (item === 'o3') return airLimit(edition, 'o3', 'mda8', 2)
  return airLimit(edition, item, 'year', 2)
}

/** Composite index against its parts (环办监测〔2018〕19号): the sum of C/S; a known part can never exceed it. */
function checkIndex(figures: readonly Found[], edition: AirEdition): ReportFinding[] {
  const index = figures.find((f) => f.kind === 'index')
  if (index === undefined) return []
  const half = 0.5 * 10 ** -index.value.decimals
  const value = asNumber(index.value)
  const known = airItems.flatMap((item) => {
    const at = figures.find((f) => f.kind === 'concentration' && f.item === item)
    const limit = divisor(item, edition)
    return at === undefined || limit === undefined
      ? []
      : [{ item, c: asNumber(at.value), half: 0.5 * 10 ** -at.value.decimals, limit }]
  })
  if (known.length === 0) return []
  const sum = known.reduce((s, k) => s + k.c / k.limit, 0)
  const slack = known.reduce((s, k) => s + k.half / k.limit, half)
  const formula = known.map((k) => `${k.c}/${k.limit}`).join(' + ')
  if (known.length === airItems.length) {
    const close = Math.abs(sum - value) <= slack
    return [
      finding(
        close ? 'confirmed' : 'contradiction',
        'index-sum',
        index,
        `${formula} = ${sum.toFixed(3)}，${close ? '与' : '不等于'}综合指数 ${asText(index.value)}${close ? '相符' : `（浓度修约最多带来 ±${slack.toFixed(3)}）`}。`,
      ),
    ]
  }
  const rest = airItems.length - known.length
  if (sum - slack > value) {
    return [
      finding(
        'contradiction',
        'index-sum',
        index,
        `${formula} = ${sum.toFixed(3)}，已超过综合指数 ${asText(index.value)}。`,
      ),
    ]
  }
  return [
    finding(
      'confirmed',
      'index-sum',
      index,
      `${formula} = ${sum.toFixed(3)}，其余 ${rest} 项分指数之和须为 ${(value - sum).toFixed(2)}（±${slack.toFixed(2)}）。`,
    ),
  ]
}

/** GB 3095 gives CO in mg/m³ and the other items in μg/m³. */
function checkUnit(at: Found): ReportFinding[] {
  const expected = at.item === 'co' ? 'mg/m³' : 'μg/m³'
  if (at.unit === expected) return []
  return [finding('contradiction', 'unit', at, `单位为 ${at.unit}，GB 3095 中该项单位为 ${expected}。`)]
}
