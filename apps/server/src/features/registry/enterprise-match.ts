/**
 * Which registrations are one enterprise? Pure. Every reason has a weight, independent reasons add up as
 * 1 − Π(1 − w); a pair from `proposeFrom` on is proposed to a person, who decides. Weights and distances are those of
 * this software, set so that one strong reason or three weak ones propose.
 */
import type { MatchReason } from '@shanshui/contract'
import { checkUnifiedCredit } from '@shanshui/standards'

export interface MatchCandidate {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly formerNames: readonly string[]
  readonly formerCodes: readonly string[]
  readonly legalRepresentative: string | null
  readonly phone: string | null
  readonly lon: number | null
  readonly lat: number | null
  /** Numbers of discharge permits. */
  readonly permits: readonly string[]
}

export interface Match {
  readonly aId: number
  readonly bId: number
  readonly score: number
  readonly reasons: readonly MatchReason[]
  readonly against: readonly string[]
}

const proposeFrom = 0.6
const nearMetres = 500
const farMetres = 5_000

const weights: Readonly<Record<MatchReason['kind'], number>> = {
  'former-code': 0.95,
  permit: 0.9,
  'code-typo': 0.85,
  'code-body': 0.7,
  name: 0.7,
  'former-name': 0.8,
  'name-similar': 0.3,
  'legal-representative': 0.3,
  phone: 0.3,
  near: 0.3,
}

/** Characters that hands and scanners take for one another; the alphabet of the code has no I, O, S, V, Z at all. */
const confusable: Readonly<Record<string, string>> = {
  O: '0',
  D: '0',
  Q: '0',
  I: '1',
  L: '1',
  T: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
  V: 'U',
  Y: 'U',
}
const skeletonOf = (code: string): string =>
  [...code.toUpperCase()].map((character) => confusable[character] ?? character).join('')

/** Insertions, deletions, replacements and swaps of neighbours between two texts; stops above `limit`. */
export function editDistance(a: string, b: string, limit = 3): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

const legalForms = /(股份有限公司|有限责任公司|有限公司|集团公司|集团|总公司|公司)/g

/** A name without brackets, spaces and legal forms: 祁川（甘肃）镍业 有限责任公司 → 祁川甘肃镍业. */
export function normalisedName(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s()[\]{}<>《》〈〉【】「」"'“”‘’·.,，。、\-—_]/g, '')
    .replace(legalForms, '')
}

/** 一分厂 and 二分厂 are two, however alike the rest is. */
const ordinals = (name: string): string =>
  (name.normalize('NFKC').match(/[0-9一二三四五六七八九十东西南北新老]+(?=分?[厂矿区号期])/g) ?? []).join('|')

function metresBetween(a: MatchCandidate, b: MatchCandidate): number | undefined {
  if (a.lon === null || a.lat === null || b.lon === null || b.lat === null) return undefined
  const degree = Math.PI / 180
  const [dLat, dLon] = [(b.lat - a.lat) * degree, (b.lon - a.lon) * degree]
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * degree) * Math.cos(b.lat * degree) * Math.sin(dLon / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.sqrt(h))
}

const reason = (kind: MatchReason['kind'], text: string, weight = weights[kind]): MatchReason => ({
  kind,
  weight,
  text,
})

function codeReason(a: MatchCandidate, b: MatchCandidate): MatchReason | undefined {
  const former = [
    ...a.formerCodes.filter((code) => code === b.code || b.formerCodes.includes(code)),
    ...b.formerCodes.filter((code) => code === a.code),
  ][0]
  if (former !== undefined) return reason('former-code', `曾用代码 ${former} 相同`)
  const distance = editDistance(a.code, b.code, 2)
  const looksAlike = skeletonOf(a.code) === skeletonOf(b.code)
  const invalid = [a, b].filter(({ code }) => !checkUnifiedCredit(code).ok)
  if (looksAlike || distance <= 2) {
    const how = looksAlike ? '只差易混淆的字符' : distance === 1 ? '只差一处' : '只差两处'
    const wrong = invalid.map(({ code }) => `，${code} 校验码不符`).join('')
    // Two codes that both pass are rarely one: neighbours in the register differ by a digit and the check character.
    const weight = invalid.length > 0 ? weights['code-typo'] : looksAlike ? 0.5 : 0.3
    return reason('code-typo', `代码${how}${wrong}`, weight)
  }
  // Places 9–17 name the organization wherever it is registered (GB 32100-2015, 主体标识码).
  if (a.code.length === 18 && a.code.slice(8, 17) === b.code.slice(8, 17))
    return reason('code-body', `主体标识码 ${a.code.slice(8, 17)} 相同`)
  return undefined
}

function nameReason(a: MatchCandidate, b: MatchCandidate): MatchReason | undefined {
  if (ordinals(a.name) !== ordinals(b.name)) return undefined
  const [x, y] = [normalisedName(a.name), normalisedName(b.name)]
  if (x === y && x !== '') return reason('name', `名称去掉括号和公司形式后相同：${x}`)
  const former = (one: MatchCandidate, name: string) => one.formerNames.map(normalisedName).includes(name)
  if (former(a, y)) return reason('former-name', `“${b.name}”是“${a.name}”的曾用名`)
  if (former(b, x)) return reason('former-name', `“${a.name}”是“${b.name}”的曾用名`)
  const short = Math.min(x.length, y.length)
  if (short >= 4 && (editDistance(x, y, 1) <= 1 || x.endsWith(y) || y.endsWith(x)))
    return reason('name-similar', `名称相近：${a.name}、${b.name}`)
  return undefined
}

function reasonsOf(a: MatchCandidate, b: MatchCandidate, metres: number | undefined): MatchReason[] {
  const permit = a.permits.find((number) => b.permits.includes(number))
  const shared = (x: string | null, y: string | null) => x !== null && x === y
  return [
    codeReason(a, b),
    nameReason(a, b),
    permit === undefined ? undefined : reason('permit', `同一排污许可证 ${permit}`),
    shared(a.legalRepresentative, b.legalRepresentative)
      ? reason('legal-representative', `法定代表人同为 ${a.legalRepresentative}`)
      : undefined,
    shared(a.phone, b.phone) ? reason('phone', `联系电话同为 ${a.phone}`) : undefined,
    metres !== undefined && metres <= nearMetres
      ? reason('near', `相距 ${Math.round(metres)} 米`)
      : undefined,
  ].filter((item) => item !== undefined)
}

function againstOf(a: MatchCandidate, b: MatchCandidate, metres: number | undefined): string[] {
  const against: string[] = []
  if (metres !== undefined && metres > farMetres) against.push(`相距 ${(metres / 1000).toFixed(1)} 千米`)
  if (ordinals(a.name) !== ordinals(b.name)) against.push('名称中的分厂或区号不同')
  return against
}

/** Whether two registrations look like one enterprise; undefined when nothing speaks for it loudly enough. */
export function matchOf(a: MatchCandidate, b: MatchCandidate): Match | undefined {
  const metres = metresBetween(a, b)
  const reasons = reasonsOf(a, b, metres)
  const against = againstOf(a, b, metres)
  const doubt = reasons.reduce((left, { weight }) => left * (1 - weight), 1)
  const score = (1 - doubt) * 0.8 ** against.length
  return score < proposeFrom ? undefined : { aId: a.id, bId: b.id, score, reasons, against }
}

/** Keys under which two registrations that may be one meet, so that not every pair is compared. */
function keysOf(c: MatchCandidate): string[] {
  const wildcards = Array.from(
    { length: c.code.length },
    (_, place) => `1:${c.code.slice(0, place)}*${c.code.slice(place + 1)}`,
  )
  // Two errors leave one of the three thirds whole; the first is the district, which all share.
  const thirds = [0, 6, 12].map((from) => `3:${from}:${c.code.slice(from, from + 6)}`)
  return [
    ...wildcards,
    ...(c.code.length === 18 ? thirds.slice(1) : []),
    `s:${skeletonOf(c.code)}`,
    `b:${c.code.slice(8, 17)}`,
    ...[c.code, ...c.formerCodes].map((code) => `f:${code}`),
    ...[c.name, ...c.formerNames].map((name) => `n:${normalisedName(name)}`),
    ...c.permits.map((number) => `p:${number}`),
    ...(c.legalRepresentative === null ? [] : [`l:${c.legalRepresentative}`]),
    ...(c.phone === null ? [] : [`t:${c.phone}`]),
  ]
}

/** A key that more share than this tells nothing (a telephone of the bureau, a common name). */
const mostOfOneKey = 40

/** Pairs that may be one enterprise, the surest first. */
export function findMatches(candidates: readonly MatchCandidate[]): Match[] {
  const byKey = new Map<string, MatchCandidate[]>()
  for (const candidate of candidates) {
    for (const key of new Set(keysOf(candidate))) {
      const sharing = byKey.get(key)
      if (sharing === undefined) byKey.set(key, [candidate])
      else sharing.push(candidate)
    }
  }
  const seen = new Set<string>()
  const matches: Match[] = []
  for (const sharing of byKey.values()) {
    if (sharing.length < 2 || sharing.length > mostOfOneKey) continue
    for (const [index, a] of sharing.entries()) {
      for (const b of sharing.slice(index + 1)) {
        const pair = `${Math.min(a.id, b.id)}:${Math.max(a.id, b.id)}`
        if (seen.has(pair)) continue
        seen.add(pair)
        const match = matchOf(a, b)
        if (match !== undefined) matches.push(match)
      }
    }
  }
  return matches.toSorted((a, b) => b.score - a.score || a.aId - b.aId || a.bId - b.bId)
}
