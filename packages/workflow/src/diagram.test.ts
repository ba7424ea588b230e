import { describe, expect, test } from 'vitest'
import { workflows } from './definitions/index.ts'
import { type DiagramNode, diagram, type Point } from './diagram.ts'

/** Whether a horizontal or vertical stretch runs through the inside of a node. */
function crosses([a, b]: readonly [Point, Point], node: DiagramNode): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)]
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)]
  return left < node.x + node.width && right > node.x && top < node.y + node.height && bottom > node.y
}

describe.each(workflows.map((def) => [def.id, def] as const))('%s', (_, def) => {
  test.each([true, false])('every state and every transition is drawn, names: %s', (labels) => {
    const picture = diagram(def, { labels })
    expect(picture.nodes.map(({ id }) => id)).toEqual(def.states.map(({ id }) => id))
    const drawn = picture.edges.flatMap(({ from, to, transitions }) =>
      transitions.map((id) => `${id} ${from} ${to}`),
    )
    const wanted = def.transitions.flatMap(({ id, from, to }) => from.map((one) => `${id} ${one} ${to}`))
    expect(drawn.toSorted()).toEqual(wanted.toSorted())
  })

  test.each([true, false])('no line runs through a state, none leaves the picture, names: %s', (labels) => {
    const picture = diagram(def, { labels })
    for (const { points } of picture.edges)
      for (const [index, end] of points.slice(1).entries()) {
        const start = points[index] as Point
        expect(start.x === end.x || start.y === end.y).toBe(true)
        expect(picture.nodes.filter((node) => crosses([start, end], node))).toEqual([])
        for (const { x, y } of [start, end]) {
          expect(x).toBeGreaterThan(0)
          expect(x).toBeLessThan(picture.width)
          expect(y).toBeGreaterThan(0)
          expect(y).toBeLessThan(picture.height)
        }
      }
  })

  test.each([true, false])('every line begins and ends at the border of its states, names: %s', (labels) => {
    const picture = diagram(def, { labels })
    const touches = (id: string, { x, y }: Point) => {
      const node = picture.nodes.find((one) => one.id === id)!
      return x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + node.height
    }
    for (const { from, to, points } of picture.edges) {
      expect(touches(from, points[0]!), `${from} → ${to}`).toBe(true)
      expect(touches(to, points.at(-1)!), `${from} → ${to}`).toBe(true)
    }
  })

  test('ways to different states never lie on one another', () => {
    const { edges } = diagram(def, { labels: true })
    const upright = edges.flatMap(({ to, points }) =>
      points.length < 4 ? [] : [{ to, x: points[1]?.x, ys: [points[1]?.y ?? 0, points[2]?.y ?? 0] }],
    )
    for (const a of upright)
      for (const b of upright) {
        if (a.to === b.to || a.x !== b.x) continue
        const apart = Math.max(...a.ys) <= Math.min(...b.ys) || Math.max(...b.ys) <= Math.min(...a.ys)
        expect(apart, `${a.to} ${b.to}`).toBe(true)
      }
  })

  test('the same definition gives the same picture', () => {
    expect(diagram(def)).toEqual(diagram(def))
  })
})
