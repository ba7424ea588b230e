import type { MissingHours } from '@shanshui/contract'

/** Neighbouring hours that are missing for one reason. */
export interface Spell {
  readonly fromMs: number
  readonly toMs: number
  readonly hours: number
  readonly reason: string
  /** Most items missing in one of the hours, of six. */
  readonly items: number
  readonly detail: string
}

const HOUR_MS = 3_600_000
const NOTHING_MISSING: ReadonlySet<string> = new Set(['complete', 'not-yet-due'])

/** Newest first. Hours that are complete or not yet due end a spell. */
export function spellsOf(data: MissingHours, pointId: number): Spell[] {
  const station = data.stations.find((entry) => entry.pointId === pointId)
  if (station === undefined) return []
  const start = Date.parse(data.from)
  const details = new Map(station.details.map((entry) => [entry.hour, entry.text]))
  const spells: Spell[] = []
  let open: { at: number; cell: number } | undefined
  const close = (end: number): void => {
    if (open === undefined) return
    const reason = data.reasons[open.cell]
    const texts = new Set<string>()
    for (let hour = open.at; hour < end; hour++) {
      const text = details.get(hour)
      if (text !== undefined) texts.add(text)
    }
    spells.push({
      fromMs: start + open.at * HOUR_MS,
      toMs: start + end * HOUR_MS,
      hours: end - open.at,
      reason: reason?.text ?? '',
      items: Math.max(0, ...station.missingItems.slice(open.at, end)),
      detail: [...texts].join('；'),
    })
    open = undefined
  }
  for (const [hour, cell] of station.cells.entries()) {
    if (open?.cell === cell) continue
    close(hour)
    const code = data.reasons[cell]?.code
    if (code !== undefined && !NOTHING_MISSING.has(code)) open = { at: hour, cell }
  }
  close(station.cells.length)
  return spells.reverse()
}
