import { bell, stream } from './chance.ts'
import { CITY_CODE } from './places.ts'

/**
 * Boundaries of the fictional city as GeoJSON. Each border is one arc, drawn once and used by both neighbours, so
 * counties touch without gap or overlap and the city is exactly their union.
 */

export type Position = readonly [lon: number, lat: number]

export interface Polygon {
  readonly type: 'Polygon'
  readonly coordinates: readonly (readonly Position[])[]
}

const WEST: Position = [101.8, 38.52]
const NORTH: Position = [102.42, 38.9]
const SOUTH: Position = [102.55, 38.12]
const MEETING: Position = [102.32, 38.4]

/** Waypoints of the arcs; `roughen` puts the bends between them. */
const arcs = {
  outerJinhe: [WEST, [101.86, 38.68], [101.97, 38.82], [102.16, 38.92], NORTH],
  outerHechuan: [
    NORTH,
    [102.62, 38.87],
    [102.83, 38.74],
    [102.93, 38.52],
    [102.86, 38.28],
    [102.72, 38.16],
    SOUTH,
  ],
  outerShiling: [SOUTH, [102.36, 38.06], [102.12, 38.05], [101.92, 38.16], [101.76, 38.34], WEST],
  jinheShiling: [WEST, [101.96, 38.46], [102.14, 38.425], MEETING],
  jinheHechuan: [MEETING, [102.37, 38.56], [102.34, 38.72], NORTH],
  shilingHechuan: [MEETING, [102.43, 38.28], SOUTH],
} as const satisfies Record<string, readonly Position[]>

const BENDS = 4
const ROUGHNESS = 0.09

/** Polygon of each region code; rings run anticlockwise (RFC 7946 3.1.6). */
export function boundaries(seed: number): ReadonlyMap<number, Polygon> {
  const arc = Object.fromEntries(
    Object.entries(arcs).map(([name, points]) => [
      name,
      roughen(stream(seed, `border ${name}`), points, BENDS),
    ]),
  ) as unknown as Record<keyof typeof arcs, Position[]>
  const back = (points: readonly Position[]) => [...points].reverse()
  return new Map([
    [CITY_CODE, ring(back(arc.outerJinhe), back(arc.outerShiling), back(arc.outerHechuan))],
    [629001, ring(arc.jinheShiling, arc.jinheHechuan, back(arc.outerJinhe))],
    [629002, ring(back(arc.outerShiling), arc.shilingHechuan.toReversed(), back(arc.jinheShiling))],
    [629021, ring(arc.shilingHechuan, back(arc.outerHechuan), back(arc.jinheHechuan))],
  ])
}

function ring(...parts: readonly (readonly Position[])[]): Polygon {
  const points = parts.flatMap((part) => part.slice(0, -1))
  const first = points[0]
  if (!first) throw new Error('a ring needs points')
  return { type: 'Polygon', coordinates: [[...points, first]] }
}

/** Midpoint displacement: each segment gets a bend in its middle, each half again, ever smaller. Ends stay. */
function roughen(of: number, points: readonly Position[], depth: number): Position[] {
  let line = [...points]
  for (let level = 0; level < depth; level++) {
    const finer: Position[] = []
    for (let i = 0; i + 1 < line.length; i++) {
      const [x1, y1] = line[i] as Position
      const [x2, y2] = line[i + 1] as Position
      const shift = ROUGHNESS * bell(of, level * 10_000 + i)
      finer.push(
        [x1, y1],
        [round((x1 + x2) / 2 - (y2 - y1) * shift), round((y1 + y2) / 2 + (x2 - x1) * shift)],
      )
    }
    finer.push(line.at(-1) as Position)
    line = finer
  }
  return line
}

/** Five decimals of a degree, about a metre. */
function round(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000
}
