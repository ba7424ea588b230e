/** One step of a matter's history, as far as the diagram is concerned. */
interface Passed {
  readonly from: string | null
  readonly to: string
  readonly at: string
}

export interface MatterPath {
  /** States that the matter has been in, with when it last entered them. */
  readonly entered: ReadonlyMap<string, string>
  /** Lines that it went along, `from→to`. */
  readonly edges: ReadonlySet<string>
}

export const edgeKey = (from: string, to: string): string => `${from}→${to}`

/** The way of a matter so far. Steps that change nothing of its state (a comment, a reminder) do not move it. */
export function pathOf(history: readonly Passed[]): MatterPath {
  const entered = new Map<string, string>()
  const edges = new Set<string>()
  for (const { from, to, at } of history) {
    if (from === to) continue
    entered.set(to, at)
    if (from !== null && from !== '') edges.add(edgeKey(from, to))
  }
  return { entered, edges }
}
