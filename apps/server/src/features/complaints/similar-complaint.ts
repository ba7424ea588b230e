/**
 * Complaints that may be about the same: place, theme, time, object and words. Each reason has a weight; together
 * they are 1 − Π(1 − w), as for leads. A person decides. Weights and distances are settings of the platform.
 */
import { complaintNearness } from '@shanshui/contract'
import { dayMs } from '../series/index.ts'

export interface Alike {
  readonly theme: string
  readonly lon: number | null
  readonly lat: number | null
  readonly enterpriseId: number | null
  readonly place: string | null
  readonly title: string
  readonly receivedMs: number
}

export interface Likeness {
  readonly score: number
  readonly metres: number | null
  readonly days: number
  readonly reasons: readonly string[]
  /** Same theme, within the distance or at the same enterprise, within the days: counts as a repeat. */
  readonly repeat: boolean
}

const earthMetres = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle distance on the mean sphere; within 0.6 % of the ellipsoid. */
export function metresBetween(
  a: { readonly lon: number; readonly lat: number },
  b: { readonly lon: number; readonly lat: number },
): number {
  const [latA, latB] = [radians(a.lat), radians(b.lat)]
  const h =
    Math.sin((latB - latA) / 2) ** 2 +
    Math.cos(latA) * Math.cos(latB) * Math.sin(radians(b.lon - a.lon) / 2) ** 2
  return 2 * earthMetres * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Half width of a box of degrees that holds a circle of so many metres. */
export function boxAround(lat: number, metres: number): { lon: number; lat: number } {
  const degrees = metres / 111_000
  return { lat: degrees, lon: degrees / Math.max(0.1, Math.cos(radians(lat))) }
}

/** Share of two-character pieces that two texts have in common (Dice), 0–1. */
function wordLikeness(a: string, b: string): number {
  const pieces = (text: string) => {
    const plain = text.normalize('NFKC').replace(/[\s\p{P}]+/gu, '')
    return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, i) => plain.slice(i, i + 2)))
  }
  const [left, right] = [pieces(a), pieces(b)]
  if (left.size === 0 || right.size === 0) return 0
  const common = [...left].filter((piece) => right.has(piece)).length
  return (2 * common) / (left.size + right.size)
}

const placeOf = ({ lon, lat }: Alike) => (lon === null || lat === null ? null : { lon, lat })

export function likeness(a: Alike, b: Alike): Likeness {
  const [here, there] = [placeOf(a), placeOf(b)]
  const metres = here === null || there === null ? null : metresBetween(here, there)
  const days = Math.abs(a.receivedMs - b.receivedMs) / dayMs
  const near = metres !== null && metres <= complaintNearness.metres
  const sameEnterprise = a.enterpriseId !== null && a.enterpriseId === b.enterpriseId
  const words = wordLikeness(`${a.place ?? ''}${a.title}`, `${b.place ?? ''}${b.title}`)
  const sameTheme = a.theme === b.theme
  const found: (readonly [weight: number, reason: string])[] = []
  if (near) found.push([0.6, `相距 ${Math.round(metres)} 米`])
  if (sameEnterprise) found.push([0.6, '同一企业'])
  if (words >= 0.5) found.push([0.4, `地点和标题相近 ${Math.round(words * 100)}%`])
  // Theme and time mean nothing by themselves: half the city smells in summer.
  const placed = found.length > 0
  if (placed && sameTheme) found.push([0.4, '同一类问题'])
  if (placed && days <= 7) found.push([0.2, days < 1 ? '同一天内' : `相隔 ${Math.round(days)} 天`])
  const score = 1 - found.reduce((rest, [weight]) => rest * (1 - weight), 1)
  const within = days <= complaintNearness.days
  return {
    score: within ? Math.round(score * 1000) / 1000 : 0,
    metres: metres === null ? null : Math.round(metres),
    days: Math.round(days * 10) / 10,
    reasons: found.map(([, reason]) => reason),
    repeat: within && sameTheme && (near || sameEnterprise),
  }
}

/** From here on two complaints are proposed as duplicates. */
export const proposeFrom = 0.6
