import { type DiagramEdge, type DiagramNode, diagram, type WorkflowDefinition } from '@shanshui/workflow'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNarrow } from '../parts/useNarrow.ts'
import css from './diagram.module.css'
import { edgeKey, type MatterPath } from './path.ts'
import { StateList } from './StateList.tsx'

interface Props {
  readonly def: WorkflowDefinition
  /** Where the matter is; absent for the workflow by itself. */
  readonly current?: string
  readonly path?: MatterPath
  /** With the names of steps that skip a state or go back, and the room that they need. */
  readonly full?: boolean
}

const nowhere: MatterPath = { entered: new Map(), edges: new Set() }

/**
 * The states of a workflow and the ways between them, drawn from its definition: where the matter is, which way it
 * came. A phone gets the states as a list, and a reader by ear always does.
 */
export function StateDiagram({ def, current, path = nowhere, full = false }: Props) {
  const narrow = useNarrow()
  const list = <StateList def={def} path={path} {...(current === undefined ? {} : { current })} />
  if (narrow) return list
  return (
    <>
      <Picture def={def} path={path} full={full} {...(current === undefined ? {} : { current })} />
      <div className="visually-hidden">{list}</div>
    </>
  )
}

function Picture({ def, current, path = nowhere, full = false }: Props) {
  const { i18n } = useTranslation('matters')
  const language = i18n.language === 'en' ? 'en' : 'zh'
  const picture = useMemo(() => diagram(def, { language, labels: full }), [def, language, full])
  // without their room, names of ways around stay away: the list of steps has them all
  const named = full ? picture.edges : picture.edges.filter(({ points }) => points.length === 2)
  const arrow = useId()
  const passed = useId()
  return (
    <svg
      className={css.picture}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      style={{ maxWidth: picture.width }}
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <Arrow id={arrow} className={css.arrow} />
        <Arrow id={passed} className={css.arrowPassed} />
      </defs>
      {picture.edges.map((edge) => {
        const key = edgeKey(edge.from, edge.to)
        const went = path.edges.has(key)
        return (
          <Edge
            key={key}
            edge={edge}
            went={went}
            open={edge.from === current}
            marker={went ? passed : arrow}
          />
        )
      })}
      {picture.nodes.map((node) => (
        <Node key={node.id} node={node} current={node.id === current} passed={path.entered.has(node.id)} />
      ))}
      {named.map((edge) => (
        <Label
          key={edgeKey(edge.from, edge.to)}
          edge={edge}
          went={path.edges.has(edgeKey(edge.from, edge.to))}
          open={edge.from === current}
        />
      ))}
    </svg>
  )
}

function Arrow({ id, className }: { id: string; className: string | undefined }) {
  return (
    <marker id={id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
      <path d="M0 0 8 4 0 8z" className={className} />
    </marker>
  )
}

interface EdgeProps {
  readonly edge: DiagramEdge
  readonly went: boolean
  /** It leads out of where the matter is. */
  readonly open: boolean
}

function Edge({ edge, went, open, marker }: EdgeProps & { marker: string }) {
  return (
    <polyline
      points={edge.points.map(({ x, y }) => `${x},${y}`).join(' ')}
      className={`${css.edge} ${went ? css.edgePassed : ''} ${open ? css.edgeOpen : ''}`}
      markerEnd={`url(#${marker})`}
    />
  )
}

function Label({ edge, went, open }: EdgeProps) {
  return (
    <text
      x={edge.labelAt.x}
      y={edge.labelAt.y}
      className={`${css.label} ${went || open ? css.labelNear : ''}`}
      textAnchor={edge.anchor}
      dominantBaseline="middle"
    >
      {edge.lines.map((line, index) => (
        <tspan key={line} x={edge.labelAt.x} dy={index === 0 ? 0 : 13}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

function Node({ node, current, passed }: { node: DiagramNode; current: boolean; passed: boolean }) {
  const lines = linesOf(node.title)
  const state = current ? css.nodeCurrent : passed ? css.nodePassed : ''
  return (
    <g className={`${css.node} ${css[`phase-${node.phase}`] ?? ''} ${state}`}>
      <rect x={node.x} y={node.y} width={node.width} height={node.height} rx={3} />
      <text
        x={node.x + node.width / 2}
        y={node.y + node.height / 2 - (lines.length - 1) * 7}
        textAnchor="middle"
        dominantBaseline="middle"
      >
        {lines.map((line, index) => (
          <tspan key={line} x={node.x + node.width / 2} dy={index === 0 ? 0 : 15}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  )
}

const LINE_CHARS = 9
const LATIN_CHARS = 18

/** A title in at most two lines: Chinese breaks anywhere, words of other languages between them. */
export function linesOf(title: string): readonly string[] {
  const latin = !/[\u2e80-\uffef]/.test(title)
  if (title.length <= (latin ? LATIN_CHARS : LINE_CHARS)) return [title]
  const middle = Math.ceil(title.length / 2)
  if (!latin) return [title.slice(0, middle), title.slice(middle)]
  const space = title.lastIndexOf(' ', middle + 3)
  return space <= 0 ? [title] : [title.slice(0, space), title.slice(space + 1)]
}
