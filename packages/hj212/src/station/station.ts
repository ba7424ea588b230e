/**
 * Simulated field machine (现场机): uploads with acknowledgement and resends, supplementary sending, and answers to
 * every request of HJ 212-2017 table 9. Values come from a callback, so that a demo or a test decides them.
 */
import { connect, type Socket } from 'node:net'
import { decodeFrame } from '../decode.ts'
import { type CpItem, encodeFrame, encodeFrames } from '../encode.ts'
import type { Frame } from '../frame.ts'
import { FrameStream } from '../frame-stream.ts'
import { encodeReply, repliedQn } from '../reply.ts'
import { formatTime, QnSource } from '../time.ts'
import { Answers, type StationState } from './answers.ts'
import type { Station, StationOptions, StationStats } from './api.ts'
import { deform, type FrameFault } from './faults.ts'
import { type DataCn, dataItems, floorTo, intervalOf } from './messages.ts'
import { Outbox } from './outbox.ts'

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
  private readonly outbox: Outbox
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
  private connects = 0
  private requests = 0

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
    this.outbox = new Outbox({
      window: options.window ?? 1,
      times: () => this.state,
      connected: () => this.socket !== null,
      write: (bytes) => this.write(bytes),
      onAck: (cn, latencyMs) => {
        options.onAck?.(cn, latencyMs)
        // The host answers again: now is the time for what it has missed.
        if (this.backlog.length > 0 && this.outbox.size === 0) this.sendBacklog()
      },
      onUnanswered: options.onUnanswered,
    })
    this.answers = new Answers(this.state, {
      st: options.st ?? '22',
      clock,
      now: () => this.now(),
      history: (cn, fromMs, toMs) => this.history(cn, fromMs, toMs),
      changed: () => this.schedule(),
      ...(options.information && { information: options.information }),
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
    this.outbox.abandon()
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
      connected: this.socket !== null,
      connects: this.connects,
      sent: this.outbox.sent,
      resent: this.outbox.resent,
      acked: this.outbox.acked,
      unanswered: this.outbox.unanswered,
      requests: this.requests,
      backlog: this.backlog.length,
      waiting: this.outbox.size,
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
    const outcomes = await Promise.all(frames.map(({ qn, bytes }) => this.outbox.put(cn, qn, bytes, needAck)))
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
    if (faults.halfOpenAfter !== undefined && this.outbox.sent + this.outbox.resent >= faults.halfOpenAfter) {
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
    this.connects++
    this.reconnectMs = this.options.reconnectMs ?? 1000
    const time = formatTime(this.now())
    void this.send('2081', [
      { name: 'DataTime', value: time },
      { name: 'RestartTime', value: formatTime(this.bootMs) },
    ])
    if (this.options.asksTime) void this.send('1013', [])
    this.sendBacklog()
    this.schedule()
    this.outbox.pump()
    this.connectedOnce?.()
    this.connectedOnce = null
  }

  private disconnected(socket: Socket): void {
    if (this.socket === socket) this.socket = null
    if (!this.running) return
    this.frozen = false
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    this.outbox.abandon()
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
      if (!this.happens(this.options.faults?.ackLoss)) this.outbox.acknowledged(repliedQn(frame))
      return
    }
    this.requests++
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
      this.repeat('2021', every, () => void this.sendFacilityStates())
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

  sendInfo(info: Readonly<Record<string, string>>, polId?: string, atMs?: number): Promise<boolean> {
    return this.send('3020', [
      { name: 'DataTime', value: formatTime(atMs ?? this.now()) },
      ...(polId === undefined ? [] : [{ name: 'PolId', value: polId }]),
      ...Object.entries(info).map(([code, value]) => ({ code, fields: { Info: value } })),
    ])
  }

  sendFacilityStates(atMs?: number): Promise<boolean> {
    const { facilities = [], facilityState = () => 1 } = this.options
    const ms = atMs ?? this.now()
    if (facilities.length === 0) return Promise.resolve(false)
    return this.send('2021', [
      { name: 'DataTime', value: formatTime(ms) },
      ...facilities.map((code) => ({ code, fields: { RS: facilityState(code, ms) } })),
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
