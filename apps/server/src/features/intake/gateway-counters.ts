/** What the gateway counts between two saves, and the figures of its status page. */
import type { FrameValues } from './frame-values.ts'
import type { StationDelta } from './gateway.repository.ts'

const hourMs = 3_600_000
const remembered = 4

/** Counts of one station since the last save, and what was received last, to know a repetition. */
class StationCount implements StationDelta {
  readonly mn: string
  frames = 0
  duplicates = 0
  revised = 0
  quarantined = 0
  lastFrameMs = 0
  lastDataMs = 0
  lastDataTimeMs = 0
  dataAdvancedMs = 0
  skewMs = 0
  address = ''
  presence = new Map<number, number>()
  #hour = 0
  #newestDataMs = 0
  readonly #recent: FrameValues[] = []

  constructor(mn: string) {
    this.mn = mn
  }

  frame(receivedMs: number, address: string, qnMs: number | undefined): void {
    this.frames += 1
    this.lastFrameMs = receivedMs
    this.address = address
    if (qnMs !== undefined) this.skewMs = qnMs - receivedMs
    if (receivedMs - this.#hour >= hourMs || receivedMs < this.#hour)
      this.#hour = Math.floor(receivedMs / hourMs) * hourMs
    this.presence.set(this.#hour, (this.presence.get(this.#hour) ?? 0) + 1)
  }

  values(values: FrameValues, receivedMs: number): void {
    this.lastDataMs = receivedMs
    if (values.startMs > this.#newestDataMs) {
      this.#newestDataMs = values.startMs
      this.dataAdvancedMs = receivedMs
      this.lastDataTimeMs = values.startMs
    }
    const recent = this.#recent
    for (let i = 0; i < recent.length; i++) {
      const before = recent[i] as FrameValues
      if (
        before.startMs !== values.startMs ||
        before.period !== values.period ||
        before.factors !== values.factors
      )
        continue
      if (equal(before, values)) this.duplicates += 1
      else this.revised += 1
      recent[i] = values
      return
    }
    recent.push(values)
    if (recent.length > remembered) recent.shift()
  }

  /** What was counted; the count begins anew. */
  take(): StationDelta {
    const { mn, frames, duplicates, revised, quarantined, lastFrameMs, lastDataMs } = this
    const { lastDataTimeMs, dataAdvancedMs, skewMs, address, presence } = this
    this.frames = 0
    this.duplicates = 0
    this.revised = 0
    this.quarantined = 0
    this.presence = new Map()
    return {
      mn,
      frames,
      duplicates,
      revised,
      quarantined,
      lastFrameMs,
      lastDataMs,
      lastDataTimeMs,
      dataAdvancedMs,
      skewMs,
      address,
      presence,
    }
  }

  putBack(old: StationDelta): void {
    this.frames += old.frames
    this.duplicates += old.duplicates
    this.revised += old.revised
    this.quarantined += old.quarantined
    for (const [hour, frames] of old.presence)
      this.presence.set(hour, (this.presence.get(hour) ?? 0) + frames)
  }
}

/** Per station; taken and emptied by a save, put back if the save failed. */
export class StationCounters {
  readonly #stations = new Map<string, StationCount>()
  readonly #order: StationCount[] = []
  #next = -1

  /** A valid frame; `values` when it carries observations. Repetitions of something recent are told apart. */
  frame(
    mn: string,
    receivedMs: number,
    address: string,
    qnMs: number | undefined,
    values: FrameValues | undefined,
  ): void {
    const station = this.#station(mn)
    station.frame(receivedMs, address, qnMs)
    if (values !== undefined) station.values(values, receivedMs)
  }

  quarantined(mn: string): void {
    this.#station(mn).quarantined += 1
  }

  /** Of at most `most` stations, in turns, so that a save of thousands does not hold up the frames. */
  take(most = Number.POSITIVE_INFINITY): StationDelta[] {
    const taken: StationDelta[] = []
    for (let looked = 0; looked < this.#order.length && taken.length < most; looked++) {
      this.#next = (this.#next + 1) % this.#order.length
      const station = this.#order[this.#next] as StationCount
      if (station.frames > 0 || station.quarantined > 0) taken.push(station.take())
    }
    return taken
  }

  putBack(deltas: readonly StationDelta[]): void {
    for (const delta of deltas) this.#station(delta.mn).putBack(delta)
  }

  #station(mn: string): StationCount {
    const known = this.#stations.get(mn)
    if (known) return known
    const made = new StationCount(mn)
    this.#stations.set(mn, made)
    this.#order.push(made)
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
