/** A workflow as a picture: layered layout for the screen, mermaid text for the documents. */
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
  readonly label: string
  /** Middle of the label. */
  readonly labelAt: Point
  /** Back, across or past a layer: led along the right border, where a label would cover other lines. */
  readonly aside: boolean
}

export interface Diagram {
  readonly width: number
  readonly height: number
  readonly nodes: readonly DiagramNode[]
  readonly edges: readonly DiagramEdge[]
}

const nodeWidth = 132
const nodeHeight = 44
const columnGap = 36
const rowGap = 76
const laneGap = 14

/** The same definition gives the same picture, to the pixel. Sizes in CSS pixels. */
export function diagram(def: WorkflowDefinition, language: 'zh' | 'en' = 'zh'): Diagram {
  const layers = layersOf(def)
  const widest = Math.max(1, ...layers.map((layer) => layer.length))
  const total = widest * (nodeWidth + columnGap) + columnGap
  const nodes = layers.flatMap((layer, row) =>
    layer.map((state, column): DiagramNode => {
      const inset = (total - layer.length * (nodeWidth + columnGap) + columnGap) / 2
      return {
        id: state.id,
        title: state.title[language],
        phase: state.phase,
        x: inset + column * (nodeWidth + columnGap),
        y: columnGap + row * (nodeHeight + rowGap),
        width: nodeWidth,
        height: nodeHeight,
      }
    }),
  )
  const rowOf = new Map(layers.flatMap((layer, row) => layer.map(({ id }) => [id, row] as const)))
  let lanes = 0
  const edges = edgesOf(def, language).map((edge) => {
    const down = (rowOf.get(edge.to) ?? 0) - (rowOf.get(edge.from) ?? 0)
    return down === 1 ? straight(edge, nodes) : aside(edge, nodes, total + laneGap * lanes++)
  })
  const width = total + laneGap * lanes
  return { width, height: layers.length * (nodeHeight + rowGap), nodes, edges }
}

/** Layer of a state: steps of the shortest way from the beginning. */
function layersOf(def: WorkflowDefinition): readonly (readonly StateDefinition[])[] {
  const depth = new Map([[def.initial, 0]])
  const queue = [def.initial]
  for (let state = queue.shift(); state !== undefined; state = queue.shift())
    for (const { from, to } of def.transitions)
      if (from.includes(state) && !depth.has(to)) {
        depth.set(to, (depth.get(state) ?? 0) + 1)
        queue.push(to)
      }
  const last = Math.max(...depth.values())
  return Array.from({ length: last + 1 }, (_, row) =>
    def.states.filter(({ id }) => (depth.get(id) ?? last) === row),
  ).filter((layer) => layer.length > 0)
}

interface Line {
  readonly from: string
  readonly to: string
  readonly transitions: readonly string[]
  readonly label: string
}

function edgesOf(def: WorkflowDefinition, language: 'zh' | 'en'): readonly Line[] {
  const lines = new Map<string, Line>()
  for (const { id, title, from: froms, to } of def.transitions)
    for (const from of froms) {
      const known = lines.get(`${from}→${to}`)
      const label = known === undefined ? title[language] : `${known.label}／${title[language]}`
      lines.set(`${from}→${to}`, { from, to, transitions: [...(known?.transitions ?? []), id], label })
    }
  return [...lines.values()]
}

function straight(line: Line, nodes: readonly DiagramNode[]): DiagramEdge {
  const middle = (id: string, share: number): Point => {
    const node = nodes.find((one) => one.id === id)
    return { x: (node?.x ?? 0) + nodeWidth / 2, y: (node?.y ?? 0) + nodeHeight * share }
  }
  const [start, end] = [middle(line.from, 1), middle(line.to, 0)]
  const labelAt = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
  return { ...line, points: [start, end], labelAt, aside: false }
}

/** Out under the state, along a lane of its own at the right, in above the other: lines meet nodes at their corners only. */
function aside(line: Line, nodes: readonly DiagramNode[], lane: number): DiagramEdge {
  const corner = (id: string, below: boolean): Point => {
    const node = nodes.find((one) => one.id === id)
    return { x: (node?.x ?? 0) + nodeWidth - 12, y: (node?.y ?? 0) + (below ? nodeHeight : 0) }
  }
  const [start, end] = [corner(line.from, true), corner(line.to, false)]
  const step = 10 + (lane % 3) * 4
  const points = [
    start,
    { x: start.x, y: start.y + step },
    { x: lane, y: start.y + step },
    { x: lane, y: end.y - step },
    { x: end.x, y: end.y - step },
    end,
  ]
  return { ...line, points, labelAt: { x: lane, y: (start.y + end.y) / 2 }, aside: true }
}

/** State diagram in mermaid. */
export function mermaid(def: WorkflowDefinition, language: 'zh' | 'en' = 'zh'): string {
  const quoted = (text: string) => text.replaceAll(':', '：').replaceAll(';', '；')
  const lines = [
    'stateDiagram-v2',
    `  [*] --> ${safe(def.initial)}`,
    ...def.states.map(({ id, title }) => `  ${safe(id)} : ${quoted(title[language])}`),
    ...edgesOf(def, language).map(
      ({ from, to, label }) => `  ${safe(from)} --> ${safe(to)} : ${quoted(label)}`,
    ),
    ...def.states
      .filter(({ phase }) => phase === 'closed' || phase === 'dropped')
      .map(({ id }) => `  ${safe(id)} --> [*]`),
  ]
  return lines.join('\n')
}

/** Mermaid does not like hyphens in names of states. */
const safe = (id: string): string => id.replaceAll('-', '_')
