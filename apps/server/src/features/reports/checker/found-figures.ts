import type { AirItemName } from '@shanshui/contract'
import { type Printed, printed } from './possible-values.ts'

export type FoundKind =
  | 'concentration'
  | 'maximum'
  | 'change'
  | 'base'
  | 'excellent-ratio'
  | 'excellent-days'
  | 'valid-days'
  | 'level-days'
  | 'index'
  | 'rank'
  | 'places'
  | 'points'

/** A number found in a text with what it says. `of`: the found figure that a change or base belongs to. */
export interface Found {
  readonly kind: FoundKind
  readonly item: AirItemName | null
  readonly value: Printed
  readonly unit: string
  readonly start: number
  readonly end: number
  readonly quote: string
  readonly of?: Found
  /** The sentence speaks of a month, quarter or season, not of the year. */
  readonly ofPart?: boolean
}

const itemNames: readonly { readonly item: AirItemName; readonly pattern: RegExp }[] = [
  { item: 'pm25', pattern: /细颗粒物|PM\s*2\.5|PM₂\.₅/gi },
  { item: 'pm10', pattern: /可吸入颗粒物|PM\s*10|PM₁₀/gi },
  { item: 'o3', pattern: /臭氧|O3|O₃/g },
  { item: 'no2', pattern: /二氧化氮|NO2|NO₂/g },
  { item: 'so2', pattern: /二氧化硫|SO2|SO₂/g },
  { item: 'co', pattern: /一氧化碳|CO(?![\w₂])/g },
]

/**
 * Texts come from anybody: every repetition in these patterns has an end, so that no text takes longer than its
 * length asks for. A page of digits would otherwise hold up the whole server.
 */
const number = String.raw`\d{1,9}(?:\.\d{1,9})?`
const micro = String.raw`[uμµ]g\s{0,9}\/\s{0,9}m[3³]|微克\s{0,9}(?:\/|每)\s{0,9}立方米`
const milli = String.raw`mg\s{0,9}\/\s{0,9}m[3³]|毫克\s{0,9}(?:\/|每)\s{0,9}立方米`
const concentration = new RegExp(
  String.raw`((?:${number}\s{0,9}[、和,，]\s{0,9}){0,9})(${number})\s{0,9}(${micro}|${milli})`,
  'gi',
)
const up = '上升|增长|升高|增加|提高|恶化|反弹'
const down = '下降|降低|减少|改善|回落'
const change = new RegExp(
  String.raw`(?:同比|较上年(?:同期)?|较去年(?:同期)?|比上年)[^,，。；;\d]{0,6}?(${up}|${down})(?:了)?\s{0,9}(${number})\s{0,9}(%|％|个百分点|位|名|天)`,
  'g',
)
const statedBase = new RegExp(
  String.raw`(?:上年|去年)(?:同期)?(?:平均)?(?:浓度)?(?:值)?(?:为|是|的)?\s{0,9}(${number})\s{0,9}(?:${micro}|${milli}|%|％)?`,
  'gi',
)

const simple: readonly { readonly kind: FoundKind; readonly unit: string; readonly pattern: RegExp }[] = [
  {
    kind: 'excellent-ratio',
    unit: '%',
    pattern: new RegExp(String.raw`优良(?:天数)?(?:比例|比率|率)[^\d。；;]{0,6}(${number})\s{0,9}[%％]`, 'g'),
  },
  { kind: 'excellent-days', unit: '天', pattern: /优良天数(?!比|率)[^\d。；;%]{0,6}(\d{1,9})\s{0,9}天/g },
  { kind: 'valid-days', unit: '天', pattern: /有效(?:监测)?天数?[^\d。；;%]{0,4}(\d{1,9})\s{0,9}天/g },
  {
    kind: 'level-days',
    unit: '天',
    pattern: /(?<![良])(?:优|良(?!天))(?:级)?(?:天数)?(?:为|有)?\s{0,9}(\d{1,9})\s{0,9}天/g,
  },
  {
    kind: 'index',
    unit: '',
    pattern: new RegExp(String.raw`综合指数[^\d。；;%第]{0,8}(${number})(?!\s{0,9}[%％])`, 'g'),
  },
  {
    kind: 'places',
    unit: '个',
    pattern: /(?:全省|省内)?\s{0,9}(\d{1,9})\s{0,9}个(?:市州|市（州）|地级市|设区市|城市|市)/g,
  },
]

const chineseDigits: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** 第七 → 7, 第十二 → 12, 第7 → 7; undefined for what is no ordinal below 100. */
export function ordinal(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (match === null || text === '') return undefined
  const [, first, ten, last] = match
  if (ten === undefined) return first !== undefined && last === undefined ? chineseDigits[first] : undefined
  return (
    (first === undefined ? 1 : (chineseDigits[first] ?? 0)) * 10 +
    (last === undefined ? 0 : (chineseDigits[last] ?? 0))
  )
}

const partOfYear = /(?:\d|[一二三四五六七八九十])月(?!\d*日(?:前|止))|季度|[上下]半年|[春夏秋冬]季/

/** A sentence; what goes on for longer is read in pieces. */
const sentence = /[^。；;\n]{1,2000}/g

/** Finds the figures of an air report in a text. Offsets are UTF-16 units of `text`. */
export function findFigures(text: string): readonly Found[] {
  const found: Found[] = []
  for (const segment of text.matchAll(sentence)) {
    const here = segmentFigures(segment[0], segment.index)
    const all = [...here, ...dependentFigures(segment[0], segment.index, here)]
    found.push(...(partOfYear.test(segment[0]) ? all.map((f) => ({ ...f, ofPart: true })) : all))
  }
  return found.toSorted((a, b) => a.start - b.start)
}

function segmentFigures(segment: string, offset: number): Found[] {
  const found: Found[] = concentrations(segment, offset)
  for (const { kind, unit, pattern } of simple) {
    for (const match of segment.matchAll(pattern)) {
      const text = match[1] ?? ''
      const start = offset + match.index
      found.push({
        kind,
        item: null,
        value: printed(text),
        unit,
        start,
        end: start + match[0].length,
        quote: match[0],
      })
    }
  }
  for (const match of segment.matchAll(
    /(?:排名|排|位居|居|列)[^第。；;]{0,10}第\s{0,9}([一二三四五六七八九十]{1,3}|\d{1,3})/g,
  )) {
    const rank = ordinal(match[1] ?? '')
    if (rank === undefined) continue
    const start = offset + match.index
    found.push({
      kind: 'rank',
      item: null,
      value: printed(String(rank)),
      unit: '',
      start,
      end: start + match[0].length,
      quote: match[0],
    })
  }
  return found
}

interface Mention {
  readonly item: AirItemName
  readonly at: number
}

function mentions(segment: string): Mention[] {
  const all = itemNames.flatMap(({ item, pattern }) =>
    [...segment.matchAll(pattern)].map((m) => ({ item, at: m.index })),
  )
  const sorted = all.toSorted((a, b) => a.at - b.at)
  // 细颗粒物（PM2.5） names one item twice.
  return sorted.filter((m, i) => sorted[i - 1]?.item !== m.item)
}

function concentrations(segment: string, offset: number): Found[] {
  const named = mentions(segment)
  const found: Found[] = []
  let from = 0
  for (const match of segment.matchAll(concentration)) {
    const before = (match[1] ?? '')
      .split(/[、和,，]/)
      .map((t) => t.trim())
      .filter((t) => t !== '')
    const values = [...before, match[2] ?? '']
    const items = named.filter((m) => m.at >= from && m.at < match.index).slice(-values.length)
    from = match.index + match[0].length
    if (items.length !== values.length) continue
    for (const [i, value] of values.entries()) {
      const mention = items[i]
      if (mention === undefined) continue
      const start = offset + mention.at
      const end = offset + match.index + match[0].length
      const unit = /mg|毫克/i.test(match[3] ?? '') ? 'mg/m³' : 'μg/m³'
      found.push({
        kind: /最大值|最高值|峰值/.test(segment) ? 'maximum' : 'concentration',
        item: mention.item,
        value: printed(value),
        unit,
        start,
        end,
        quote: segment.slice(mention.at, match.index + match[0].length),
      })
    }
  }
  return found
}

/** Changes and stated bases belong to the nearest concentration, index or share before them in the sentence. */
function dependentFigures(segment: string, offset: number, here: readonly Found[]): Found[] {
  const owners = here.filter((f) => ['concentration', 'index', 'excellent-ratio'].includes(f.kind))
  const ownerOf = (at: number) => owners.filter((f) => f.end <= at).toSorted((a, b) => b.end - a.end)[0]
  const found: Found[] = []
  for (const match of segment.matchAll(change)) {
    const start = offset + match.index
    const of = ownerOf(start)
    const sign = down.split('|').includes(match[1] ?? '') && !improves(match[1], of) ? '-' : ''
    const unit = match[3] === '％' ? '%' : (match[3] ?? '')
    const kind = unit === '个百分点' ? 'points' : 'change'
    if (unit !== '%' && unit !== '个百分点') continue
    found.push({
      kind,
      item: of?.item ?? null,
      value: printed(`${sign}${match[2]}`),
      unit,
      start,
      end: start + match[0].length,
      quote: match[0],
      ...(of && { of }),
    })
  }
  for (const match of segment.matchAll(statedBase)) {
    const start = offset + match.index
    const of = ownerOf(start)
    if (of === undefined || /^\d{4}$/.test(match[1] ?? '')) continue
    found.push({
      kind: 'base',
      item: of.item,
      value: printed(match[1] ?? ''),
      unit: of.unit,
      start,
      end: start + match[0].length,
      quote: match[0],
      of,
    })
  }
  return found
}

/** 改善 is a fall of a concentration and of the index, but a rise of the share of excellent days; 恶化 likewise. */
function improves(word: string | undefined, of: Found | undefined): boolean {
  return word === '改善' && of?.kind === 'excellent-ratio'
}
