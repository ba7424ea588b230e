/** A workflow as a picture: states one below the other for the screen, mermaid text for the documents. */
import type { StateDefinition, WorkflowDefinition } from './definition.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface DiagramNode {
  readonly id: string
  readonly title: string
  readonly phase: StateDefinition['phase']
  /** Left upper corner. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface DiagramEdge {
  /** Transitions that share this line: same from, same to. */
  readonly transitions: readonly string[]
  readonly from: string
  readonly to: string
  /** A polyline from border to border; the arrow is at its end. */
  readonly points: readonly Point[]
  /** Titles of the transitions, a line each. */
  readonly lines: readonly string[]
  /** Middle of the first line's height, and the end of the text that stands there. */
  readonly labelAt: Point
  readonly anchor: 'start' | 'end'
}

export interface Diagram {
  readonly width: number
  readonly height: number
  readonly nodes: readonly DiagramNode[]
  readonly edges: readonly DiagramEdge[]
}

export interface DiagramOptions {
  readonly language?: 'zh' | 'en'
  /** Room for the names of steps that skip a state or go back; without it only the way down has names. */
  readonly labels?: boolean
}

const nodeWidth = 150
const nodeHeight = 36
const rowGap = 28
const margin = 10
const laneGap = 11
const lineHeight = 13
const slotGap = 7
/** Above it is the entry of what comes in on that side. */
const firstExit = 13
/** Beside the nodes, before the first lane: the names of the way down are longer than half a node. */
const bareZone = { left: 12, right: 58 } as const

type Side = 'down' | 'left' | 'right'

interface Line {
  readonly from: string
  readonly to: string
  readonly fromRow: number
  readonly toRow: number
  readonly side: Side
  readonly transitions: readonly string[]
  readonly lines: readonly string[]
}

/**
 * Every state is a row. The way to the next row goes straight down, ways that skip rows run on the right, ways back on
 * the left, in lanes that never cross a state; ways to the same state share a lane. The same definition gives the same
 * picture, to the pixel. Sizes in CSS pixels.
 */
export function diagram(def: WorkflowDefinition, options: DiagramOptions = {}): Diagram {
  const { language = 'zh', labels = false } = options
  const lines = linesOf(def, language)
  const zone = zonesOf(lines, labels)
  const lanes = { left: lanesOf(lines, 'left'), right: lanesOf(lines, 'right') }
  const nodeX = margin + zone.left + lanes.left.count * laneGap
  const nodes = nodesOf(def, language, lines, labels, nodeX)
  const place = new Placing(nodes, lanes, zone, labels)
  const last = nodes.at(-1)
  return {
    width: nodeX + nodeWidth + zone.right + lanes.right.count * laneGap + margin,
    height: (last === undefined ? 0 : last.y + last.height) + margin,
    nodes,
    edges: lines.map((line) => place.edge(line)),
  }
}

function linesOf(def: WorkflowDefinition, language: 'zh' | 'en'): readonly Line[] {
  const row = new Map(def.states.map(({ id }, index) => [id, index]))
  const known = new Map<string, { transitions: string[]; lines: string[]; from: string; to: string }>()
  for (const { id, title, from: froms, to } of def.transitions)
    for (const from of froms) {
      const line = known.get(`${from}→${to}`) ?? { transitions: [], lines: [], from, to }
      line.transitions.push(id)
      line.lines.push(title[language])
      known.set(`${from}→${to}`, line)
    }
  return [...known.values()].map((line) => {
    const [fromRow, toRow] = [row.get(line.from) ?? 0, row.get(line.to) ?? 0]
    const side = toRow === fromRow + 1 ? 'down' : toRow < fromRow ? 'left' : 'right'
    return { ...line, fromRow, toRow, side }
  })
}

/** Width of the names beside the nodes: a Chinese letter is a square, one of another script half of one. */
function zonesOf(lines: readonly Line[], labels: boolean): { readonly left: number; readonly right: number } {
  if (!labels) return bareZone
  const widest = (side: Side) =>
    Math.max(0, ...lines.filter((line) => line.side === side).flatMap(({ lines: all }) => all.map(textWidth)))
  return {
    left: Math.max(bareZone.left, widest('left') + 16),
    right: Math.max(bareZone.right, widest('right') + 16),
  }
}

function textWidth(text: string): number {
  let width = 0
  for (const letter of text) width += letter > '\u2e7f' || letter === '“' || letter === '”' ? 11 : 6.2
  return Math.ceil(width)
}

interface Lanes {
  readonly count: number
  /** Number of the lane by the state that it leads to, from the nodes outwards. */
  readonly of: ReadonlyMap<string, number>
}

/** Ways to the same state share a lane; shorter ones run nearer to the nodes; lanes whose rows overlap are apart. */
function lanesOf(lines: readonly Line[], side: 'left' | 'right'): Lanes {
  const spans = Map.groupBy(
    lines.filter((line) => line.side === side && line.from !== line.to),
    ({ to }) => to,
  )
  const wanted = [...spans]
    .map(([to, members]) => {
      const rows = members.flatMap(({ fromRow, toRow }) => [fromRow, toRow])
      return { to, first: Math.min(...rows), last: Math.max(...rows) }
    })
    .sort((a, b) => a.last - a.first - (b.last - b.first) || a.first - b.first)
  const taken: { readonly first: number; readonly last: number }[][] = []
  const of = new Map<string, number>()
  for (const span of wanted) {
    let lane = taken.findIndex((used) =>
      used.every(({ first, last }) => last < span.first || first > span.last),
    )
    if (lane < 0) lane = taken.push([]) - 1
    taken[lane]?.push(span)
    of.set(span.to, lane)
  }
  // A self-loop needs a lane of its own to turn in.
  const loops = lines.some((line) => line.side === side && line.from === line.to)
  return { count: Math.max(taken.length, loops ? 1 : 0), of }
}

/** What leaves a state on one side, from above. */
const exitsOf = (lines: readonly Line[], id: string, side: Side): readonly Line[] =>
  lines.filter((line) => line.side === side && line.from === id)

const slotHeight = (names: readonly string[], labels: boolean): number =>
  labels ? names.length * lineHeight + slotGap : slotGap + 3

function nodesOf(
  def: WorkflowDefinition,
  language: 'zh' | 'en',
  lines: readonly Line[],
  labels: boolean,
  x: number,
): readonly DiagramNode[] {
  let y = margin
  return def.states.map(({ id, title, phase }): DiagramNode => {
    const exits = (['left', 'right'] as const).map((side) =>
      exitsOf(lines, id, side).reduce((sum, line) => sum + slotHeight(line.lines, labels), 0),
    )
    const height = Math.max(nodeHeight, ...exits.map((size) => firstExit + size + 4))
    const node = { id, title: title[language], phase, x, y, width: nodeWidth, height }
    const below = lines.filter((line) => line.side === 'down' && line.from === id)
    const names = Math.max(1, ...below.map(({ lines: all }) => all.length))
    y += height + rowGap + (names - 1) * lineHeight
    return node
  })
}

/** Puts lines between nodes that stand. */
class Placing {
  readonly #nodes: ReadonlyMap<string, DiagramNode>
  readonly #lanes: { readonly left: Lanes; readonly right: Lanes }
  readonly #zone: { readonly left: number; readonly right: number }
  readonly #labels: boolean
  /** Where the next exit of a node and side goes, pixels from its top. */
  readonly #used = new Map<string, number>()

  constructor(
    nodes: readonly DiagramNode[],
    lanes: { readonly left: Lanes; readonly right: Lanes },
    zone: { readonly left: number; readonly right: number },
    labels: boolean,
  ) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]))
    this.#lanes = lanes
    this.#zone = zone
    this.#labels = labels
  }

  edge(line: Line): DiagramEdge {
    const [from, to] = [this.#nodes.get(line.from), this.#nodes.get(line.to)]
    if (from === undefined || to === undefined) throw new Error(`${line.from}→${line.to}: unknown state`)
    return line.side === 'down' ? this.#down(line, from, to) : this.#around(line, from, to, line.side)
  }

  #down(line: Line, from: DiagramNode, to: DiagramNode): DiagramEdge {
    const x = from.x + from.width / 2
    const [top, bottom] = [from.y + from.height, to.y]
    const middle = (top + bottom) / 2 - 2
    const first = middle - ((line.lines.length - 1) * lineHeight) / 2
    return {
      ...shown(line),
      points: [
        { x, y: top },
        { x, y: bottom },
      ],
      labelAt: { x: x + 7, y: first },
      anchor: 'start',
    }
  }

  #around(line: Line, from: DiagramNode, to: DiagramNode, side: 'left' | 'right'): DiagramEdge {
    const out = side === 'right' ? 1 : -1
    const border = side === 'right' ? from.x + from.width : from.x
    const exit = this.#exit(line, from, side)
    const lane = line.from === line.to ? 0 : (this.#lanes[side].of.get(line.to) ?? 0)
    const x =
      border + out * (this.#zone[side] + (lane + 0.5) * laneGap - (line.from === line.to ? laneGap : 0))
    // a loop comes back just below where it left; the others enter at the top of their side
    const entry = line.from === line.to ? exit + slotGap : to.y + slotGap
    return {
      ...shown(line),
      points: [
        { x: border, y: exit },
        { x, y: exit },
        { x, y: entry },
        { x: border, y: entry },
      ],
      labelAt: {
        x: border + out * 6,
        y: exit - 7 - (line.lines.length - 1) * lineHeight,
      },
      anchor: side === 'right' ? 'start' : 'end',
    }
  }

  #exit(line: Line, from: DiagramNode, side: 'left' | 'right'): number {
    const key = `${from.id} ${side}`
    const used = this.#used.get(key) ?? firstExit
    const next = used + slotHeight(line.lines, this.#labels)
    this.#used.set(key, next)
    return from.y + next - (line.from === line.to ? slotGap : 2)
  }
}

const shown = ({ transitions, from, to, lines }: Line) => ({ transitions, from, to, lines })

/** State diagram in mermaid. */
export function mermaid(def: WorkflowDefinition, language: 'zh' | 'en' = 'zh'): string {
  const quoted = (text: string) => text.replaceAll(':', '：').replaceAll(';', '；')
  const lines = [
    'stateDiagram-v2',
    `  [*] --> ${safe(def.initial)}`,
    ...def.states.map(({ id, title }) => `  ${safe(id)} : ${quoted(title[language])}`),
    ...linesOf(def, language).map(
      ({ from, to, lines: names }) => `  ${safe(from)} --> ${safe(to)} : ${quoted(names.join('／'))}`,
    ),
    ...def.states
      .filter(({ phase }) => phase === 'closed' || phase === 'dropped')
      .map(({ id }) => `  ${safe(id)} --> [*]`),
  ]
  return lines.join('\n')
}

/** Mermaid does not like hyphens in names of states. */
const safe = (id: string): string => id.replaceAll('-', '_')
