/**
 * Sub-packets (拆分包, HJ 212-2017 6.3; C.49–C.50). Every packet repeats DataTime and is cut between items, so that
 * each stands alone: a receiver may use each at once and needs this class only to know what is missing. Senders
 * that cut the text inside an item are understood as well: their packets are joined in the order of PNO.
 */
import { AnomalyList } from './anomaly.ts'
import type { Cp } from './cp.ts'
import { parseCp } from './cp-parse.ts'
import { defaultFillValues } from './dialect.ts'
import type { Frame } from './frame.ts'

const WINDOW_MS = 30_000
const MOST_PACKETS = 9999
const MOST_GROUPS = 2000

export interface PacketGroup {
  readonly mn: string
  readonly cn: string
  readonly dataTime: string
  readonly received: number
  readonly total: number
  /** The packets in order of PNO. */
  readonly frames: readonly Frame[]
}

export type Assembled =
  /** A whole message, or a packet that stands alone. */
  | { readonly kind: 'frame'; readonly frame: Frame; readonly cp: Cp; readonly complete?: PacketGroup }
  /** A part cut inside an item: to be kept until the rest has come. */
  | { readonly kind: 'part' }
  /** The last part of a message that was cut inside items: its joined data area. */
  | {
      readonly kind: 'joined'
      readonly group: PacketGroup
      readonly cp: Cp
      readonly anomalies: readonly string[]
    }

interface Group {
  readonly key: string
  readonly mn: string
  readonly cn: string
  readonly dataTime: string
  readonly total: number
  readonly firstMs: number
  readonly frames: Map<number, Frame>
  alone: boolean
}

export class PacketAssembler {
  private readonly groups = new Map<string, Group>()
  private readonly windowMs: number

  constructor(options: { readonly windowMs?: number } = {}) {
    this.windowMs = options.windowMs ?? WINDOW_MS
  }

  /** Takes a decoded frame in. The merge key is MN, CN and DataTime (of parts without one: MN and CN), never QN. */
  add(frame: Frame, nowMs: number): Assembled {
    const { packet } = frame
    if (packet === null || packet.total === 1 || packet.total > MOST_PACKETS)
      return { kind: 'frame', frame, cp: frame.cp }
    const dataTime = frame.cp.plainNames[0] === 'DataTime' ? (frame.cp.plain('DataTime') ?? '') : ''
    const group = this.groupOf(frame, packet.total, dataTime, nowMs)
    group.frames.set(packet.number, frame)
    const alone = dataTime !== ''
    if (!alone) group.alone = false
    const complete = group.frames.size === group.total
    if (complete) this.groups.delete(group.key)
    if (!group.alone && complete) return joined(group)
    if (!alone) return { kind: 'part' }
    return complete
      ? { kind: 'frame', frame, cp: frame.cp, complete: view(group) }
      : { kind: 'frame', frame, cp: frame.cp }
  }

  /** Groups whose window has passed: "incomplete n of m". They are forgotten. */
  expire(nowMs: number): PacketGroup[] {
    const late: PacketGroup[] = []
    for (const [key, group] of this.groups) {
      if (nowMs - group.firstMs < this.windowMs) continue
      this.groups.delete(key)
      late.push(view(group))
    }
    return late
  }

  /** Messages begun and not complete. */
  get open(): number {
    return this.groups.size
  }

  private groupOf(frame: Frame, total: number, dataTime: string, nowMs: number): Group {
    const { mn, cn } = frame.header
    // A part without DataTime belongs to the message of the same device and command that is under way.
    const base = `${mn}\u0000${cn}\u0000${total}`
    const key = dataTime === '' ? (this.openKey(base) ?? `${base}\u0000`) : `${base}\u0000${dataTime}`
    const waiting = dataTime !== '' && !this.groups.has(key) ? this.groups.get(`${base}\u0000`) : undefined
    if (waiting) {
      // Parts came before the packet with DataTime: give the group its name.
      this.groups.delete(waiting.key)
      const named: Group = { ...waiting, key, dataTime }
      this.groups.set(key, named)
      return named
    }
    const found = this.groups.get(key)
    if (found && nowMs - found.firstMs < this.windowMs) return found
    const group: Group = { key, mn, cn, dataTime, total, firstMs: nowMs, frames: new Map(), alone: true }
    if (this.groups.size >= MOST_GROUPS) this.groups.delete(this.groups.keys().next().value as string)
    this.groups.set(key, group)
    return group
  }

  private openKey(base: string): string | undefined {
    let last: string | undefined
    for (const key of this.groups.keys()) if (key.startsWith(`${base}\u0000`)) last = key
    return last
  }
}

function view(group: Group): PacketGroup {
  const frames = [...group.frames.entries()].sort((a, b) => a[0] - b[0]).map(([, frame]) => frame)
  const { mn, cn, dataTime, total } = group
  return { mn, cn, dataTime, received: frames.length, total, frames }
}

function joined(group: Group): Assembled {
  const whole = view(group)
  const area = Buffer.concat(whole.frames.map((frame) => Buffer.from(frame.cp.areaBytes)))
  const anomalies = new AnomalyList()
  const cp = parseCp(area, 0, area.length, anomalies, defaultFillValues)
  return { kind: 'joined', group: whole, cp, anomalies: anomalies.take() }
}
