/**
 * Simulated field machine (现场机): uploads with acknowledgement and resends, supplementary sending, and answers to
 * every request of HJ 212-2017 table 9. Values come from a callback, so that a demo or a test decides them.
 */
import { connect, type Socket } from 'node:net'
import { decodeFrame } from '../decode.ts'
import { type CpItem, type EncodeOptions, encodeFrame, encodeFrames } from '../encode.ts'
import type { Version } from '../flag.ts'
import type { Frame } from '../frame.ts'
import { FrameStream } from '../frame-stream.ts'
import { encodeReply, repliedQn } from '../reply.ts'
import { formatTime, QnSource } from '../time.ts'
import { Answers, type StationState } from './answers.ts'
import { deform, type FrameFault } from './faults.ts'
import {
  type DataCn,
  dataItems,
  floorTo,
  intervalOf,
  type StationFactor,
  type ValueSource,
} from './messages.ts'

/** What goes wrong, each as a probability 0…1 per frame unless said otherwise. */
export interface StationFaults {
  /** Deformations of frames. */
  readonly frames?: Partial<Record<FrameFault, number>>
  /** The frame is not sent, as if lost. */
  readonly loss?: number
  /** The frame is sent twice. */
  readonly duplicate?: number
  /** Acknowledgements are not noticed. */
  readonly ackLoss?: number
  /** Sub-packets leave in reverse order. */
  readonly reorderPackets?: boolean
  /** Bytes a write; 0 sends whole frames. */
  readonly chunkBytes?: number
  /** After so many frames nothing is sent or read any more, the socket stays open. */
  readonly halfOpenAfter?: number
  /** Clock drift, ms a second. */
  readonly driftMsPerS?: number
  /** Key to encrypt with in place of the right one. */
  readonly wrongKey?: Uint8Array
}

export interface StationOptions {
  readonly host: string
  readonly port: number
  readonly mn: string
  /** Default 123456. */
  readonly pw?: string
  /** Default 22, ambient air. */
  readonly st?: string
  /** Default 2017. */
  readonly version?: Version
  readonly factors: readonly StationFactor[]
  readonly values: ValueSource
  /** Facilities, e.g. `SB1`: running hours of a day for 2041, else 24. */
  readonly facilities?: readonly string[]
  readonly facilityHours?: (code: string, dayMs: number) => number
  /** Which messages are sent by themselves. Default real-time, minute, hour and day. */
  readonly uploads?: readonly ('2011' | '2021' | '2051' | '2061' | '2031' | '2041')[]
  readonly rtdIntervalS?: number
  readonly minIntervalMin?: number
  /** Answer time-out, ms, and resends. Default 10 s, 3 (HJ 212-2017 table 1). */
  readonly overTimeMs?: number
  readonly reCount?: number
  /** Whether uploads ask for 9014. Default true. */
  readonly needAck?: boolean
  /** Messages under way at a time. Default 1. */
  readonly window?: number
  /** Records kept for supplementary sending. Default 5,000; the oldest go first. */
  readonly backlog?: number
  /** Silence before a heartbeat 9015, s (2025); 0 for none. */
  readonly heartbeatS?: number
  /** Ask for the time after booting (1013). */
  readonly asksTime?: boolean
  /** Latest delay of interval messages behind the interval's end, ms. Default 2,000. */
  readonly jitterMs?: number
  readonly key?: Uint8Array
  readonly encode?: EncodeOptions
  readonly areaLimit?: number
  readonly faults?: StationFaults
  /** Pause before connecting again, ms: doubled up to a minute. Default 1,000. */
  readonly reconnectMs?: number
  readonly now?: () => number
  readonly random?: () => number
  /** Every acknowledged message with its time from the first sending to the acknowledgement. */
  readonly onAck?: (cn: string, latencyMs: number) => void
  /** Every message that stays without acknowledgement after all resends. */
  readonly onUnanswered?: (cn: string) => void
}

export interface StationStats {
  readonly connected: boolean
  readonly connects: number
  /** Frames first sent, frames sent again, frames acknowledged. */
  readonly sent: number
  readonly resent: number
  readonly acked: number
  readonly unanswered: number
  readonly requests: number
  readonly backlog: number
  readonly waiting: number
}

export interface Station {
  /** Connects and boots; resolves when connected, keeps trying until stopped. */
  start(): Promise<void>
  stop(): Promise<void>
  /**
   * Sends one message of the interval that starts at `startMs`. True when acknowledged (or sent, when no
   * acknowledgement is asked for); false when it went into the backlog or there were no values.
   */
  upload(cn: DataCn, startMs: number): Promise<boolean>
  /** Sends a message of any command. */
  send(
    cn: string,
    items: readonly CpItem[],
    options?: { st?: string; needAck?: boolean; resent?: boolean },
  ): Promise<boolean>
  stats(): StationStats
  /** Present settings, as the host's commands left them. */
  readonly state: Readonly<StationState>
}

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

interface Missed {
  readonly cn: string
  readonly st: string
  readonly items: readonly CpItem[]
}

export function createStation(options: StationOptions): Station {
  return new TcpStation(options)
}

/** What is worth sending after an outage. */
const supplementary: ReadonlySet<string> = new Set(['2011', '2051', '2061', '2031', '2041'])
const LONGEST_RECONNECT_MS = 60_000
const DAY_MS = 86_400_000

class TcpStation implements Station {
  readonly state: StationState
  private readonly options: StationOptions
  private readonly now: () => number
  private readonly random: () => number
  private readonly qns = new QnSource()
  private readonly answers: Answers
  private readonly waiting: Outgoing[] = []
  private readonly underWay = new Map<string, Outgoing>()
  private readonly backlog: Missed[] = []
  private socket: Socket | null = null
  private stream = new FrameStream()
  private timers = new Map<string, NodeJS.Timeout>()
  private running = false
  private connectedOnce: (() => void) | null = null
  private reconnectMs: number
  private lastSentMs = 0
  private readonly bootMs: number
  private frozen = false
  private counters = { connects: 0, sent: 0, resent: 0, acked: 0, unanswered: 0, requests: 0 }

  constructor(options: StationOptions) {
    this.options = options
    this.random = options.random ?? Math.random
    const clock = options.now ?? Date.now
    this.bootMs = clock()
    const drift = options.faults?.driftMsPerS ?? 0
    this.now = () => clock() + this.state.clockOffsetMs + ((clock() - this.bootMs) / 1000) * drift
    this.state = {
      mn: options.mn,
      pw: options.pw ?? '123456',
      version: options.version ?? '2017',
      rtdIntervalS: options.rtdIntervalS ?? 30,
      minIntervalMin: options.minIntervalMin ?? 10,
      overTimeMs: options.overTimeMs ?? 10_000,
      reCount: options.reCount ?? 3,
      clockOffsetMs: 0,
      realtime: true,
      facilityState: true,
      parameters: new Map(),
      samplingStart: '000000',
      samplingHours: 1,
      key: options.key ?? null,
    }
    this.reconnectMs = options.reconnectMs ?? 1000
    this.answers = new Answers(this.state, {
      st: options.st ?? '22',
      clock,
      now: () => this.now(),
      history: (cn, fromMs, toMs) => this.history(cn, fromMs, toMs),
      changed: () => this.schedule(),
    })
  }

  start(): Promise<void> {
    this.running = true
    return new Promise((resolve) => {
      this.connectedOnce = resolve
      this.connect()
    })
  }

  async stop(): Promise<void> {
    this.running = false
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    for (const message of [...this.underWay.values(), ...this.waiting.splice(0)]) {
      clearTimeout(message.timer)
      message.settle(false)
    }
    this.underWay.clear()
    const { socket } = this
    this.socket = null
    if (socket === null || socket.destroyed) return
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve())
      socket.destroy()
    })
  }

  stats(): StationStats {
    return {
      ...this.counters,
      connected: this.socket !== null,
      backlog: this.backlog.length,
      waiting: this.waiting.length + this.underWay.size,
    }
  }

  upload(cn: DataCn, startMs: number): Promise<boolean> {
    const items = dataItems(cn, startMs, this.options.factors, this.options.values)
    return items === null ? Promise.resolve(false) : this.send(cn, items)
  }

  async send(
    cn: string,
    items: readonly CpItem[],
    options: { st?: string; needAck?: boolean; resent?: boolean } = {},
  ): Promise<boolean> {
    const st = options.st ?? this.options.st ?? '22'
    const needAck = options.needAck ?? this.options.needAck ?? true
    const frames = this.encode(cn, st, items, needAck, options.resent ?? false)
    if (this.options.faults?.reorderPackets) frames.reverse()
    const outcomes = await Promise.all(frames.map(({ qn, bytes }) => this.queue(cn, qn, bytes, needAck)))
    const acked = outcomes.every((done) => done)
    if (!acked && supplementary.has(cn) && this.running) this.keep({ cn, st, items })
    return acked
  }

  private encode(
    cn: string,
    st: string,
    items: readonly CpItem[],
    needAck: boolean,
    resent: boolean,
  ): { qn: string; bytes: Buffer }[] {
    const { version, mn, pw, key } = this.state
    const qns: string[] = []
    const nextQn = () => {
      const qn = this.qns.next(this.now())
      qns.push(qn)
      return qn
    }
    const wrongKey = this.options.faults?.wrongKey
    const options = {
      ...this.options.encode,
      ...(key === null ? {} : { key: wrongKey ?? key }),
      ...(this.options.areaLimit === undefined ? {} : { limit: this.options.areaLimit }),
      qns: nextQn,
    }
    const bytes = encodeFrames({ version, qn: nextQn(), st, cn, pw, mn, needAck, resent, cp: items }, options)
    return bytes.map((frame, i) => ({ qn: qns[i] as string, bytes: frame }))
  }

  private queue(cn: string, qn: string, bytes: Buffer, needAck: boolean): Promise<boolean> {
    return new Promise((settle) => {
      this.waiting.push({ cn, qn, bytes, needAck, sentAtMs: 0, tries: 0, timer: undefined, settle })
      this.pump()
    })
  }

  private pump(): void {
    const window = this.options.window ?? 1
    while (this.socket !== null && this.underWay.size < window) {
      const message = this.waiting.shift()
      if (message === undefined) return
      this.counters.sent++
      message.sentAtMs = performance.now()
      if (message.needAck) this.underWay.set(message.qn, message)
      this.transmit(message)
      if (!message.needAck) message.settle(true)
    }
  }

  private transmit(message: Outgoing): void {
    message.tries++
    this.write(message.bytes)
    if (message.needAck) message.timer = setTimeout(() => this.overdue(message), this.state.overTimeMs)
  }

  /** No 9014 in time: the same frame with the same QN again, at last the backlog. */
  private overdue(message: Outgoing): void {
    if (message.tries <= this.state.reCount && this.socket !== null) {
      this.counters.resent++
      this.transmit(message)
      return
    }
    this.giveUp(message)
    this.pump()
  }

  private giveUp(message: Outgoing): void {
    clearTimeout(message.timer)
    this.underWay.delete(message.qn)
    this.counters.unanswered++
    this.options.onUnanswered?.(message.cn)
    message.settle(false)
  }

  private keep(missed: Missed): void {
    this.backlog.push(missed)
    if (this.backlog.length > (this.options.backlog ?? 5000)) this.backlog.shift()
  }

  /** Supplementary sending (补传): what could not be delivered, oldest first; marked RF=1 from 2025 on. */
  private sendBacklog(): void {
    for (const missed of this.backlog.splice(0))
      void this.send(missed.cn, missed.items, { st: missed.st, resent: true })
  }

  private write(bytes: Buffer): void {
    const { socket, options } = this
    const faults = options.faults ?? {}
    if (socket === null || this.frozen) return
    this.lastSentMs = this.now()
    if (this.happens(faults.loss)) return
    let frame = bytes
    for (const [name, probability] of Object.entries(faults.frames ?? {}))
      if (this.happens(probability)) frame = deform(frame, name as FrameFault)
    if (this.happens(faults.duplicate)) frame = Buffer.concat([frame, frame])
    const size = faults.chunkBytes ?? 0
    if (size <= 0) socket.write(frame)
    else for (let i = 0; i < frame.length; i += size) socket.write(frame.subarray(i, i + size))
    if (
      faults.halfOpenAfter !== undefined &&
      this.counters.sent + this.counters.resent >= faults.halfOpenAfter
    ) {
      this.frozen = true
      socket.pause()
    }
  }

  private happens(probability: number | undefined): boolean {
    return probability !== undefined && probability > 0 && this.random() < probability
  }

  private connect(): void {
    const { host, port } = this.options
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 })
    socket.on('connect', () => this.connected(socket))
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => this.disconnected(socket))
  }

  private connected(socket: Socket): void {
    if (!this.running) {
      socket.destroy()
      return
    }
    this.socket = socket
    this.stream = new FrameStream()
    this.counters.connects++
    this.reconnectMs = this.options.reconnectMs ?? 1000
    const time = formatTime(this.now())
    void this.send('2081', [
      { name: 'DataTime', value: time },
      { name: 'RestartTime', value: formatTime(this.bootMs) },
    ])
    if (this.options.asksTime) void this.send('1013', [])
    this.sendBacklog()
    this.schedule()
    this.pump()
    this.connectedOnce?.()
    this.connectedOnce = null
  }

  private disconnected(socket: Socket): void {
    if (this.socket === socket) this.socket = null
    if (!this.running) return
    this.frozen = false
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    for (const message of [...this.underWay.values(), ...this.waiting.splice(0)]) this.giveUp(message)
    const pause = this.reconnectMs
    this.reconnectMs = Math.min(LONGEST_RECONNECT_MS, pause * 2)
    this.later('reconnect', pause, () => this.connect())
  }

  private receive(chunk: Buffer): void {
    this.stream.push(chunk)
    for (let raw = this.stream.next(); raw !== undefined; raw = this.stream.next()) {
      const frame = decodeFrame(
        raw,
        this.state.key === null ? {} : { keys: () => [this.state.key as Uint8Array] },
      )
      if (frame.ok) this.take(frame)
    }
    if (!this.stream.awaitsTail) return
    this.later('tail', 100, () => {
      this.stream.settle()
      this.receive(Buffer.alloc(0))
    })
  }

  private take(frame: Frame): void {
    const { cn } = frame.header
    // Hosts answer uploads by any of these: match the number, not the code.
    if (cn === '9011' || cn === '9012' || cn === '9013' || cn === '9014') {
      if (!this.happens(this.options.faults?.ackLoss)) this.acknowledged(repliedQn(frame))
      return
    }
    this.counters.requests++
    const answer = this.answers.to(frame)
    if (answer === null) return
    if (answer.notify) {
      if (frame.flag.needAck) this.write(encodeReply(frame, '9013'))
      return
    }
    this.write(encodeReply(frame, '9011', answer.qnRtn))
    if (answer.qnRtn !== 1) return
    void this.execute(frame, answer)
  }

  private async execute(frame: Frame, answer: NonNullable<ReturnType<Answers['to']>>): Promise<void> {
    if (answer.reply !== undefined) this.write(this.single(frame, answer.reply))
    for (const record of answer.records ?? []) await this.send(frame.header.cn, record)
    if (this.running) this.write(encodeReply(frame, '9012', answer.exeRtn))
  }

  /** A single answer repeats the request's QN and CN and wants no acknowledgement. */
  private single(frame: Frame, cp: readonly CpItem[]): Buffer {
    const { version, mn, pw, key } = this.state
    return encodeFrame(
      { version, qn: frame.header.qn, st: frame.header.st, cn: frame.header.cn, pw, mn, cp },
      key === null ? {} : { key },
    )
  }

  private acknowledged(qn: string): void {
    const message = this.underWay.get(qn)
    if (message === undefined) return
    clearTimeout(message.timer)
    this.underWay.delete(qn)
    this.counters.acked++
    this.options.onAck?.(message.cn, performance.now() - message.sentAtMs)
    message.settle(true)
    this.pump()
  }

  private later(name: string, ms: number, work: () => void): void {
    clearTimeout(this.timers.get(name))
    this.timers.set(name, setTimeout(work, ms))
  }

  /** Timers of all periodic messages; called again when the host changes an interval. */
  private schedule(): void {
    if (this.socket === null) return
    const uploads = this.options.uploads ?? ['2011', '2051', '2061', '2031']
    const every = this.state.rtdIntervalS * 1000
    if (uploads.includes('2011') && this.state.realtime)
      this.repeat('2011', every, () => void this.upload('2011', this.now()))
    else this.cancel('2011')
    if (uploads.includes('2021') && this.state.facilityState)
      this.repeat('2021', every, () => this.sendFacilityState())
    else this.cancel('2021')
    for (const cn of ['2051', '2061', '2031', '2041'] as const) if (uploads.includes(cn)) this.atInterval(cn)
    const heartbeat = (this.options.heartbeatS ?? 0) * 1000
    if (heartbeat > 0) this.repeat('9015', heartbeat, () => this.beat(heartbeat))
  }

  private cancel(name: string): void {
    clearTimeout(this.timers.get(name))
    this.timers.delete(name)
  }

  private repeat(name: string, ms: number, work: () => void): void {
    this.later(name, ms, () => {
      work()
      this.repeat(name, ms, work)
    })
  }

  /** The record of an interval is sent when it has ended; DataTime is its start. */
  private atInterval(cn: '2051' | '2061' | '2031' | '2041'): void {
    const length = intervalOf(cn, this.state.minIntervalMin)
    const startMs = floorTo(this.now(), length)
    const delay = startMs + length - this.now() + this.random() * (this.options.jitterMs ?? 2000)
    this.later(cn, Math.max(1, delay), () => {
      if (cn === '2041') void this.send(cn, this.facilityHours(startMs))
      else void this.upload(cn, startMs)
      this.atInterval(cn)
    })
  }

  private beat(silenceMs: number): void {
    if (this.now() - this.lastSentMs >= silenceMs) void this.send('9015', [])
  }

  private sendFacilityState(): void {
    const facilities = this.options.facilities ?? []
    if (facilities.length === 0) return
    void this.send('2021', [
      { name: 'DataTime', value: formatTime(this.now()) },
      ...facilities.map((code) => ({ code, fields: { RS: 1 } })),
    ])
  }

  private facilityHours(dayMs: number): CpItem[] {
    const hours = this.options.facilityHours ?? (() => 24)
    return [
      { name: 'DataTime', value: formatTime(dayMs) },
      ...(this.options.facilities ?? []).map((code) => ({
        code,
        fields: { RT: hours(code, dayMs).toFixed(2) },
      })),
    ]
  }

  private history(cn: DataCn | '2041', fromMs: number, toMs: number): CpItem[][] {
    const length = cn === '2011' ? this.state.rtdIntervalS * 1000 : intervalOf(cn, this.state.minIntervalMin)
    const records: CpItem[][] = []
    const last = Math.min(toMs, this.now() - length)
    for (
      let at = Math.max(floorTo(fromMs + length - 1, length), this.now() - 400 * DAY_MS);
      at <= last;
      at += length
    ) {
      const items =
        cn === '2041' ? this.facilityHours(at) : dataItems(cn, at, this.options.factors, this.options.values)
      if (items !== null && items.length > 1) records.push(items)
    }
    return records
  }
}
