/**
 * Whether two problems may be one: by object, place, time, theme and words, each a reason that is shown. The weights
 * are a platform design (status `design`); a person decides.
 */
import type { ProblemTheme } from '@shanshui/contract'
import { dayMs } from '../series/index.ts'

export interface Comparable {
  readonly title: string
  readonly detail: string
  readonly theme: ProblemTheme
  readonly enterpriseId: number | null
  readonly featureId: number | null
  readonly lon: number | null
  readonly lat: number | null
  readonly foundMs: number
}

export interface Likeness {
  /** 1 − Π(1 − w). */
  readonly score: number
  readonly reasons: readonly string[]
}

const weights = {
  sameObject: 0.5,
  sameEnterprise: 0.35,
  near: 0.4,
  inReach: 0.2,
  soon: 0.15,
  sameTheme: 0.25,
  words: 0.6,
} as const

export const nearMetres = 200
const reachMetres = 1_000
export const soonDays = 90
/** Below this a pair is not proposed. */
export const proposedFrom = 0.6
const wordsFrom = 0.3
const earthMetres = 6_371_008.8

export function metresBetween(
  a: { readonly lon: number; readonly lat: number },
  b: { readonly lon: number; readonly lat: number },
): number {
  const rad = Math.PI / 180
  const [dLat, dLon] = [(b.lat - a.lat) * rad, (b.lon - a.lon) * rad]
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2
  return 2 * earthMetres * Math.asin(Math.min(1, Math.sqrt(h)))
}

function bigrams(text: string): Map<string, number> {
  const plain = [...text.toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')]
  const counts = new Map<string, number>()
  for (let i = 0; i + 1 < plain.length; i++) {
    const pair = `${plain[i]}${plain[i + 1]}`
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}

/** Dice coefficient of the pairs of neighbouring characters, 0 to 1; works for Chinese without a dictionary. */
export function textSimilarity(a: string, b: string): number {
  const [one, other] = [bigrams(a), bigrams(b)]
  const size = (counts: Map<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0)
  const total = size(one) + size(other)
  if (total === 0) return 0
  let common = 0
  for (const [pair, n] of one) common += Math.min(n, other.get(pair) ?? 0)
  return (2 * common) / total
}

/** Place says something of its own only where the object does not say it already. */
export function likenessOf(a: Comparable, b: Comparable): Likeness {
  const found: { weight: number; reason: string }[] = []
  const sameObject = a.featureId !== null && a.featureId === b.featureId
  if (sameObject) found.push({ weight: weights.sameObject, reason: '同一对象' })
  else if (a.enterpriseId !== null && a.enterpriseId === b.enterpriseId)
    found.push({ weight: weights.sameEnterprise, reason: '同一企业' })
  if (!sameObject && a.lon !== null && a.lat !== null && b.lon !== null && b.lat !== null) {
    const metres = metresBetween({ lon: a.lon, lat: a.lat }, { lon: b.lon, lat: b.lat })
    if (metres <= reachMetres)
      found.push({
        weight: metres <= nearMetres ? weights.near : weights.inReach,
        reason: `相距 ${Math.round(metres)} 米`,
      })
  }
  const words = textSimilarity(`${a.title}${a.detail}`, `${b.title}${b.detail}`)
  if (words >= wordsFrom)
    found.push({ weight: weights.words * words, reason: `表述相近 ${Math.round(words * 100)}%` })
  // Time and theme alone make nothing a duplicate.
  if (found.length === 0) return { score: 0, reasons: [] }
  const days = Math.abs(a.foundMs - b.foundMs) / dayMs
  if (days <= soonDays) found.push({ weight: weights.soon, reason: `发现时间相隔 ${Math.round(days)} 天` })
  if (a.theme === b.theme) found.push({ weight: weights.sameTheme, reason: '同一类别' })
  return {
    score: 1 - found.reduce((none, { weight }) => none * (1 - weight), 1),
    reasons: found.map(({ reason }) => reason),
  }
}
