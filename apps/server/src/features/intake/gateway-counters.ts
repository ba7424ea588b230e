/** What the gateway counts between two saves, and the figures of its status page. */
import type { FrameValues } from './frame-verdict.ts'
import type { StationDelta } from './gateway.repository.ts'

const hourMs = 3_600_000
const remembered = 4

interface Memory {
  readonly keys: string[]
  readonly values: FrameValues[]
  newestDataMs: number
}

/** Per station; taken and emptied by a save, put back if the save failed. */
export class StationCounters {
  #deltas = new Map<string, StationDelta>()
  readonly #memories = new Map<string, Memory>()

  frame(mn: string, receivedMs: number, address: string, qnMs: number | undefined): StationDelta {
    const delta = this.#delta(mn)
    delta.frames += 1
    delta.lastFrameMs = receivedMs
    delta.address = address
    if (qnMs !== undefined) delta.skewMs = qnMs - receivedMs
    const hour = Math.floor(receivedMs / hourMs) * hourMs
    delta.presence.set(hour, (delta.presence.get(hour) ?? 0) + 1)
    return delta
  }

  /** Counts a repetition of something recent: the same values, or other ones for the same time. */
  values(mn: string, values: FrameValues, receivedMs: number): void {
    const delta = this.#delta(mn)
    delta.lastDataMs = receivedMs
    const memory = this.#memoryOf(mn)
    if (values.startMs > memory.newestDataMs) {
      memory.newestDataMs = values.startMs
      delta.dataAdvancedMs = receivedMs
      delta.lastDataTimeMs = values.startMs
    }
    const key = `${values.period}|${values.startMs}|${values.factors.length}`
    const at = memory.keys.indexOf(key)
    if (at < 0) {
      memory.keys.push(key)
      memory.values.push(values)
      if (memory.keys.length > remembered) {
        memory.keys.shift()
        memory.values.shift()
      }
      return
    }
    if (equal(memory.values[at] as FrameValues, values)) delta.duplicates += 1
    else delta.revised += 1
    memory.values[at] = values
  }

  quarantined(mn: string): void {
    this.#delta(mn).quarantined += 1
  }

  take(): StationDelta[] {
    const taken = [...this.#deltas.values()]
    this.#deltas = new Map()
    return taken
  }

  putBack(deltas: readonly StationDelta[]): void {
    for (const old of deltas) {
      const now = this.#deltas.get(old.mn)
      if (now === undefined) {
        this.#deltas.set(old.mn, old)
        continue
      }
      now.frames += old.frames
      now.duplicates += old.duplicates
      now.revised += old.revised
      now.quarantined += old.quarantined
      for (const [hour, frames] of old.presence)
        now.presence.set(hour, (now.presence.get(hour) ?? 0) + frames)
    }
  }

  #delta(mn: string): StationDelta {
    const known = this.#deltas.get(mn)
    if (known) return known
    const made: StationDelta = {
      mn,
      frames: 0,
      duplicates: 0,
      revised: 0,
      quarantined: 0,
      lastFrameMs: 0,
      lastDataMs: 0,
      lastDataTimeMs: 0,
      dataAdvancedMs: 0,
      skewMs: 0,
      address: '',
      presence: new Map(),
    }
    this.#deltas.set(mn, made)
    return made
  }

  #memoryOf(mn: string): Memory {
    const known = this.#memories.get(mn)
    if (known) return known
    const made = { keys: [], values: [], newestDataMs: 0 }
    this.#memories.set(mn, made)
    return made
  }
}

function equal(a: FrameValues, b: FrameValues): boolean {
  if (a.flags !== b.flags || a.values.length !== b.values.length) return false
  return a.values.every((value, i) => Object.is(value, b.values[i]))
}

/** The last few thousand durations; percentiles on demand. */
export class Durations {
  readonly #ring = new Float64Array(4096)
  #count = 0

  add(ms: number): void {
    this.#ring[this.#count % this.#ring.length] = ms
    this.#count += 1
  }

  /** p in 0…1; 0 when nothing was measured. */
  percentile(p: number): number {
    const used = this.#ring.slice(0, Math.min(this.#count, this.#ring.length)).sort()
    return used.length === 0 ? 0 : (used[Math.min(used.length - 1, Math.floor(p * used.length))] as number)
  }
}

/** Events a second over the last ten seconds. */
export class Rate {
  readonly #seconds = new Map<number, number>()

  add(nowMs: number, count = 1): void {
    const second = Math.floor(nowMs / 1000)
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + count)
    if (this.#seconds.size > 20)
      for (const key of this.#seconds.keys()) if (key < second - 11) this.#seconds.delete(key)
  }

  perSecond(nowMs: number): number {
    const second = Math.floor(nowMs / 1000)
    let sum = 0
    for (const [key, count] of this.#seconds) if (key < second && key >= second - 10) sum += count
    return sum / 10
  }
}
