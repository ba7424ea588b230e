/**
 * The senders, in a process of their own. Closed loop: each connection has one frame outstanding. Open loop: frames leave
 * at a fixed rate, and the time to the answer counts from when a frame was due. Connections are made again when they
 * break, and a frame that was not acknowledged is sent again, as field machines do.
 */
import { connect, type Socket } from 'node:net'
import { FrameTemplate, minuteBefore, mnOf, outletMinute, qnOf } from './frames.ts'
import type { PhaseResult } from './stage.ts'

interface Order {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  /** Frames a second in all; 0 = as fast as answers come. */
  readonly rate: number
  /** Number of the first minute (counted backwards) that is sent, so that runs do not repeat each other. */
  readonly firstMinute: number
  readonly nowMs: number
  /** Report every acknowledged frame, for the fault test. */
  readonly record: boolean
  /** Send again after this time without an answer. */
  readonly resendMs: number
  /** Seconds at the beginning that are not measured: both sides compile their code then. */
  readonly warmSeconds?: number
  /** Stretches of an open loop, one after the other, instead of `seconds` at `rate`. */
  readonly phases?: readonly { readonly name: string; readonly seconds: number; readonly rate: number }[]
  /** Frames of outlets instead of air stations. */
  readonly outlets?: boolean
  /** Wait at the end, at most so long, until every frame is answered. */
  readonly drainMs?: number
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order
const latencies: number[] = []
const acknowledged: number[] = []
let acks = 0
let serial = order.firstMinute * 1_000_000
let over = false
let resent = 0
let sent = 0
/** Whose turn it is in an open loop. */
let turn = 0
let phase = 0
const latenciesOfPhase: number[][] = (order.phases ?? []).map(() => [])
let broken = 0

class Sender {
  readonly #station: number
  readonly #template: FrameTemplate
  #socket: Socket | undefined
  #minute = order.firstMinute
  #sentAt = 0
  #outstanding = false
  /** Of the outstanding frame; sent again it keeps its QN, as HJ 212 asks. */
  #serial = 0
  #due: { readonly at: number; readonly phase: number }[] = []
  #connected = false

  constructor(station: number) {
    this.#station = station
    this.#template = order.outlets
      ? new FrameTemplate(mnOf(station), { st: '31', minute: outletMinute })
      : new FrameTemplate(mnOf(station))
  }

  open(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect({
        port: order.port,
        host: '127.0.0.1',
        localAddress: `127.0.${1 + (this.#station >> 8)}.1`,
      })
      this.#socket = socket
      socket.setNoDelay(true)
      socket.on('connect', () => {
        this.#connected = true
        resolve()
        if (this.#outstanding) this.#transmit()
      })
      socket.on('data', (chunk) => this.#read(chunk))
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.#connected = false
        if (over) return
        broken += 1
        setTimeout(() => void this.open(), 50 + Math.random() * 100)
      })
    })
  }

  /** A frame is due now; it leaves when the one before is answered. */
  send(dueAt: number): void {
    this.#due.push({ at: dueAt, phase })
    if (!this.#outstanding) this.#next()
  }

  tick(now: number): void {
    if (this.#outstanding && now - this.#sentAt > order.resendMs && this.#connected) {
      resent += 1
      this.#transmit()
    }
  }

  get waiting(): number {
    return this.#due.length
  }

  close(): void {
    this.#socket?.destroy()
  }

  #next(): void {
    if (this.#due.length === 0 || over) return
    this.#outstanding = true
    this.#serial = serial++
    sent += 1
    this.#transmit()
  }

  #transmit(): void {
    this.#sentAt = performance.now()
    if (!this.#connected) return
    const bytes = this.#template.fill(
      this.#serial,
      minuteBefore(order.nowMs, this.#minute),
      this.#minute + this.#station,
    )
    this.#socket?.write(Buffer.from(bytes))
  }

  /**
   * Answers are short and arrive whole. Only the answer to the outstanding frame counts: a frame that was sent again may
   * be answered twice, and the second answer says nothing about the frame after it.
   */
  #read(chunk: Buffer): void {
    if (!this.#outstanding || !chunk.includes(qnOf(this.#serial), 0, 'latin1')) return
    this.#outstanding = false
    acks += 1
    const due = this.#due.shift() as { at: number; phase: number }
    const waited = performance.now() - due.at
    latencies.push(waited)
    latenciesOfPhase[due.phase]?.push(waited)
    if (order.record) acknowledged.push(this.#station, this.#minute)
    this.#minute += 1
    if (order.rate === 0) this.send(performance.now())
    else this.#next()
  }
}

const senders = Array.from({ length: order.connections }, (_, station) => new Sender(station))
for (let i = 0; i < senders.length; i += 200)
  await Promise.all(senders.slice(i, i + 200).map((s) => s.open()))
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
await new Promise<void>((resolve) => process.once('message', () => resolve()))
const finish = new Promise<void>((resolve) => process.once('message', () => resolve()))

const totalSeconds = order.phases?.reduce((sum, each) => sum + each.seconds, 0) ?? order.seconds
const waiting = () => senders.reduce((sum, sender) => sum + sender.waiting, 0)
const started = performance.now()
let measuredFrom = started
setTimeout(
  () => {
    measuredFrom = performance.now()
    acks = 0
    latencies.length = 0
  },
  (order.warmSeconds ?? 0) * 1000,
)
const ticker = setInterval(() => {
  const now = performance.now()
  for (const sender of senders) sender.tick(now)
}, 200)
if (order.rate === 0) for (const sender of senders) sender.send(performance.now())
else if (order.phases === undefined) await paced(order.rate, order.seconds)
else
  for (const [index, each] of order.phases.entries()) {
    phase = index
    await paced(each.rate, each.seconds)
  }
const rest = Math.max(0, totalSeconds * 1000 - (performance.now() - started))
await Promise.race([finish, new Promise((resolve) => setTimeout(resolve, rest))])
const drainedBy = performance.now() + (order.drainMs ?? 0)
while (performance.now() < drainedBy && waiting() > 0) await new Promise((resolve) => setTimeout(resolve, 20))
const unanswered = waiting()
const seconds = (performance.now() - measuredFrom) / 1000
over = true
clearInterval(ticker)
for (const sender of senders) sender.close()
const at = (sorted: readonly number[], p: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0
latencies.sort((a, b) => a - b)
const phases = (order.phases ?? []).map(({ name, seconds: length }, index): PhaseResult => {
  const sorted = (latenciesOfPhase[index] ?? []).sort((a, b) => a - b)
  const [p50, p99, longest] = [at(sorted, 0.5), at(sorted, 0.99), sorted.at(-1) ?? 0]
  return { name, seconds: length, acks: sorted.length, p50, p99, longest }
})
process.send?.(
  {
    result: {
      acks,
      seconds,
      perSecond: acks / seconds,
      p50: at(latencies, 0.5),
      p99: at(latencies, 0.99),
      resent,
      broken,
      sent,
      unanswered,
      phases,
      acknowledged,
    },
  },
  () => process.exit(0),
)

/** Frames leave in small groups every few milliseconds, one connection after the other. */
async function paced(rate: number, length: number): Promise<void> {
  const from = performance.now()
  const end = from + length * 1000
  for (let count = 0; performance.now() < end; ) {
    const target = Math.floor(((performance.now() - from) / 1000) * rate)
    for (; count < target; count++) {
      ;(senders[turn++ % senders.length] as Sender).send(from + (count / rate) * 1000)
    }
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}
