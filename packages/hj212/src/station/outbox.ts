/** Messages of a station on their way: a window, the wait for 9014, and resends with the same QN (HJ 212-2017 6.5.2). */

interface Outgoing {
  readonly cn: string
  readonly bytes: Buffer
  readonly qn: string
  readonly needAck: boolean
  sentAtMs: number
  tries: number
  timer: NodeJS.Timeout | undefined
  readonly settle: (acked: boolean) => void
}

export interface OutboxDoor {
  readonly window: number
  /** Present time-out, ms, and resends: the host may change them. */
  times(): { readonly overTimeMs: number; readonly reCount: number }
  connected(): boolean
  write(bytes: Buffer): void
  onAck?: ((cn: string, latencyMs: number) => void) | undefined
  onUnanswered?: ((cn: string) => void) | undefined
}

export class Outbox {
  sent = 0
  resent = 0
  acked = 0
  unanswered = 0
  private readonly waiting: Outgoing[] = []
  private readonly underWay = new Map<string, Outgoing>()
  private readonly door: OutboxDoor

  constructor(door: OutboxDoor) {
    this.door = door
  }

  get size(): number {
    return this.waiting.length + this.underWay.size
  }

  /** True when acknowledged, or sent when no acknowledgement is asked for; false after the last resend. */
  put(cn: string, qn: string, bytes: Buffer, needAck: boolean): Promise<boolean> {
    return new Promise((settle) => {
      this.waiting.push({ cn, qn, bytes, needAck, sentAtMs: 0, tries: 0, timer: undefined, settle })
      this.pump()
    })
  }

  pump(): void {
    while (this.door.connected() && this.underWay.size < this.door.window) {
      const message = this.waiting.shift()
      if (message === undefined) return
      this.sent++
      message.sentAtMs = performance.now()
      if (message.needAck) this.underWay.set(message.qn, message)
      this.transmit(message)
      if (!message.needAck) message.settle(true)
    }
  }

  acknowledged(qn: string): void {
    const message = this.underWay.get(qn)
    if (message === undefined) return
    clearTimeout(message.timer)
    this.underWay.delete(qn)
    this.acked++
    this.door.onAck?.(message.cn, performance.now() - message.sentAtMs)
    message.settle(true)
    this.pump()
  }

  /** The line is gone: nothing that is on its way will be answered. */
  abandon(): void {
    for (const message of [...this.underWay.values(), ...this.waiting.splice(0)]) this.giveUp(message)
  }

  private transmit(message: Outgoing): void {
    message.tries++
    this.door.write(message.bytes)
    if (message.needAck) message.timer = setTimeout(() => this.overdue(message), this.door.times().overTimeMs)
  }

  private overdue(message: Outgoing): void {
    if (message.tries <= this.door.times().reCount && this.door.connected()) {
      this.resent++
      this.transmit(message)
      return
    }
    this.giveUp(message)
    this.pump()
  }

  private giveUp(message: Outgoing): void {
    clearTimeout(message.timer)
    this.underWay.delete(message.qn)
    this.unanswered++
    this.door.onUnanswered?.(message.cn)
    message.settle(false)
  }
}
