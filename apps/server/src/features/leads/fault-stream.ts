/** For the fault test: a stream of hours that every process knows alike, and the leads that it must end in. */
import type { OutletHours } from '../sources/index.ts'
import type { ExceedanceSpan } from './hour-table.ts'

export const hourMs = 3_600_000
export const streamStartMs = Date.parse('2026-08-01T00:00:00+08:00')
export const streamHours = 60
export const calmAfterHours = 6

/** Outlets of one half are told of by raise and calm, those of the other through the queue and the rules. */
export const directOutlets = 2
export const queuedOutlets = 2

/** Exceeds in uneven stretches, with quiet between them that is now shorter, now longer than the rule waits. */
export function exceeds(outlet: number, hour: number): boolean {
  if (hour < 0 || hour >= streamHours) return false
  const period = 9 + ((outlet * 5) % 7)
  const at = (hour + outlet * 3) % (period + 8)
  return at < 2 || (at >= 5 && at < 5 + (outlet % 3) + 1)
}

export interface ExpectedLead {
  readonly outlet: number
  readonly fromMs: number
  readonly toMs: number
}

/** Stretches that less quiet than the rule waits for separates are one lead. */
export function expectedLeads(outlet: number): ExpectedLead[] {
  const leads: { outlet: number; fromMs: number; toMs: number }[] = []
  for (let hour = 0; hour < streamHours; hour++) {
    if (!exceeds(outlet, hour)) continue
    const fromMs = streamStartMs + hour * hourMs
    const last = leads.at(-1)
    if (last !== undefined && fromMs - last.toMs < calmAfterHours * hourMs) last.toMs = fromMs + hourMs
    else leads.push({ outlet, fromMs, toMs: fromMs + hourMs })
  }
  return leads
}

const limit = 50

/** Hours of the stream as the room of sources would give them. */
export function streamOf(outlet: number, outletId: number, fromMs: number, toMs: number) {
  const first = Math.max(0, Math.floor((fromMs - streamStartMs) / hourMs))
  const last = Math.min(streamHours, Math.ceil((toMs - streamStartMs) / hourMs))
  const n = Math.max(0, last - first)
  const at = (pick: (hour: number) => number) => Float64Array.from({ length: n }, (_, i) => pick(first + i))
  const value = at((hour) => (exceeds(outlet, hour) ? 60 : 20))
  const hours: OutletHours = {
    outletId,
    factor: 'a21026',
    startMs: at((hour) => streamStartMs + hour * hourMs),
    measured: value,
    converted: value,
    reported: value,
    o2: at(() => 8),
    flow: at(() => 1000),
    load: at(() => 90),
    massKg: at(() => 1),
    limit: at(() => limit),
    state: new Uint8Array(n).fill(1),
    marks: ' '.repeat(n),
    msg: new BigInt64Array(n),
  }
  const exceedances: ExceedanceSpan[] = []
  for (let hour = first; hour < last; hour++) {
    const start = streamStartMs + hour * hourMs
    if (exceeds(outlet, hour))
      exceedances.push({ outletId, factor: 'a21026', fromMs: start, toMs: start + hourMs })
  }
  return { hours, exceedances }
}
