import { insideAgainstAround } from './change.ts'
import { GAUSSIAN, mean, quantileOf } from './order.ts'

/** A fall within one value and, later, a rise of the same size. Positions in the given array, `to` exclusive. */
export interface MatchedEdges {
  readonly from: number
  readonly to: number
  readonly fall: number
  readonly rise: number
  /** size of both together ÷ what two changes from value to value usually make */
  readonly z: number
  /** z of the second strongest pair the other way round, a rise that is taken back: what this series does by itself */
  readonly mirrored: number
}

const EDGES = {
  single: 2.9,
  pair: 5,
  ratio: 1.8,
  stays: 0.6,
  contrast: 0.4,
  shortest: 12,
  longest: 24 * 45,
  side: 3,
  most: 80,
} as const
/** What one in a hundred changes exceeds, in standard deviations of the normal law: the yardstick of heavy tails. */
const ONE_IN_HUNDRED = 2.576

interface Edge {
  readonly at: number
  readonly jump: number
}

/**
 * Pairs of edges that belong together by their size, however much the level wanders between. A series that makes pairs
 * of that strength the other way round as well has them by itself, which `mirrored` tells. `beat`: hours that a result
 * of the analyser is shown; `adjacent`: is the value the one right after its predecessor (no stop between)?
 */
export function matchedEdges(
  level: Float64Array,
  raw: Float64Array,
  beat: number,
  adjacent: (k: number) => boolean,
): MatchedEdges[] {
  const { edges, scale } = lastingEdges(level, raw, beat, adjacent)
  if (!(scale > 0)) return []
  const pairs = [...pairsOf(level, edges, -1, scale, beat), ...pairsOf(level, edges, 1, scale, beat)].sort(
    (a, b) => b.z - a.z,
  )
  const taken = new Set<number>()
  const kept: typeof pairs = []
  for (const pair of pairs) {
    if (taken.has(pair.from) || taken.has(pair.to)) continue
    if (kept.some((other) => pair.sign === other.sign && pair.from < other.to && other.from < pair.to))
      continue
    taken.add(pair.from).add(pair.to)
    kept.push(pair)
  }
  // the strongest may lie between two tampered windows: the second one tells the habit
  const mirrored = kept.filter(({ sign }) => sign > 0)[1]?.z ?? 0
  return kept
    .filter(({ sign }) => sign < 0)
    .map(({ from, to, first, second, z }) => ({ from, to, fall: first, rise: second, z, mirrored }))
}

function lastingEdges(
  level: Float64Array,
  raw: Float64Array,
  beat: number,
  adjacent: (k: number) => boolean,
): { edges: Edge[]; scale: number } {
  const fresh: Edge[] = []
  for (let k = 1; k < level.length; k++)
    if (raw[k] !== raw[k - 1] && adjacent(k))
      fresh.push({ at: k, jump: (level[k] as number) - (level[k - 1] as number) })
  const sizes = Float64Array.from(fresh, ({ jump }) => Math.abs(jump)).sort()
  const scale = Math.max(GAUSSIAN * quantileOf(sizes, 0.5), quantileOf(sizes, 0.99) / ONE_IN_HUNDRED)
  const side = EDGES.side * beat
  const lasting = fresh.filter(({ at, jump }) => {
    if (!(Math.abs(jump) >= EDGES.single * scale) || at < side || at + side > level.length) return false
    const change = mean(level.subarray(at, at + side)) - mean(level.subarray(at - side, at))
    return change * Math.sign(jump) >= EDGES.stays * Math.abs(jump)
  })
  const strongest = [...lasting].sort((a, b) => Math.abs(b.jump) - Math.abs(a.jump)).slice(0, EDGES.most)
  return { edges: strongest.sort((a, b) => a.at - b.at), scale }
}

function pairsOf(level: Float64Array, edges: readonly Edge[], sign: -1 | 1, scale: number, beat: number) {
  const found: { from: number; to: number; first: number; second: number; z: number; sign: -1 | 1 }[] = []
  for (const [k, first] of edges.entries()) {
    if (Math.sign(first.jump) !== sign) continue
    for (const second of edges.slice(k + 1)) {
      const length = second.at - first.at
      if (length > EDGES.longest) break
      if (length < EDGES.shortest * beat || Math.sign(second.jump) === sign) continue
      const [a, b] = [Math.abs(first.jump), Math.abs(second.jump)]
      const z = (a + b) / (Math.SQRT2 * scale)
      if (z < EDGES.pair || Math.max(a, b) > EDGES.ratio * Math.min(a, b)) continue
      const shift = insideAgainstAround(level, { from: first.at, to: second.at })
      if (!(sign * shift >= (EDGES.contrast * (a + b)) / 2)) continue
      found.push({ from: first.at, to: second.at, first: first.jump, second: second.jump, z, sign })
    }
  }
  return found
}
