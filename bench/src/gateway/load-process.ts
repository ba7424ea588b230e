/**
 * The senders, in a process of their own. Closed loop: each connection has one frame outstanding. Open loop: frames leave
 * at a fixed rate, and the time to the answer counts from when a frame was due. Connections are made again when they
 * break, and a frame that was not acknowledged is sent again, as field machines do.
 */
import { connect, type Socket } from 'node:net'
import { FrameTemplate, minuteBefore, mnOf, qnOf } from './frames.ts'

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
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order
const latencies: number[] = []
const acknowledged: number[] = []
let acks = 0
let serial = order.firstMinute * 1_000_000
let over = false
let resent = 0
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
  #due: number[] = []
  #connected = false

  constructor(station: number) {
    this.#station = station
    this.#template = new FrameTemplate(mnOf(station))
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
    this.#due.push(dueAt)
    if (!this.#outstanding) this.#next()
  }

  tick(now: number): void {
    if (this.#outstanding && now - this.#sentAt > order.resendMs && this.#connected) {
      resent += 1
      this.#transmit()
    }
  }

  close(): void {
    this.#socket?.destroy()
  }

  #next(): void {
    if (this.#due.length === 0 || over) return
    this.#outstanding = true
    this.#serial = serial++
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
    latencies.push(performance.now() - (this.#due.shift() as number))
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
else await paced()
const rest = Math.max(0, order.seconds * 1000 - (performance.now() - started))
await Promise.race([finish, new Promise((resolve) => setTimeout(resolve, rest))])
const seconds = (performance.now() - measuredFrom) / 1000
over = true
clearInterval(ticker)
for (const sender of senders) sender.close()
latencies.sort((a, b) => a - b)
const at = (p: number) => latencies[Math.min(latencies.length - 1, Math.floor(p * latencies.length))] ?? 0
process.send?.(
  {
    result: {
      acks,
      seconds,
      perSecond: acks / seconds,
      p50: at(0.5),
      p99: at(0.99),
      resent,
      broken,
      acknowledged,
    },
  },
  () => process.exit(0),
)

/** Frames leave in small groups every few milliseconds, one connection after the other. */
async function paced(): Promise<void> {
  const end = started + order.seconds * 1000
  let due = 0
  for (let sent = 0; performance.now() < end; ) {
    const target = Math.floor(((performance.now() - started) / 1000) * order.rate)
    for (; sent < target; sent++) {
      due = started + (sent / order.rate) * 1000
      ;(senders[sent % senders.length] as Sender).send(due)
    }
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}
