/**
 * The host (上位机): TCP, framing, limits, replies and commands. It knows nothing of storage: the caller decides
 * about each frame, and a frame is acknowledged when that decision has come, i.e. after the caller's commit.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { decodeFrame } from '../decode.ts'
import type { StationDialect } from '../dialect.ts'
import type { Version } from '../flag.ts'
import type { Frame } from '../frame.ts'
import { encodeReply } from '../reply.ts'
import { dangerousCommands, uploadKind } from '../tables/commands.ts'
import { QnSource } from '../time.ts'
import { type CommandRequest, type CommandResult, Exchange, encodeRequest } from './command.ts'
import {
  type CloseReason,
  Connection,
  HOLD_HOST,
  HOLD_PENDING,
  HOLD_RATE,
  HOLD_UNSENT,
} from './connection.ts'
import { defaultHostLimits, type HostLimits } from './limits.ts'
import { type HistoryCn, historyOf, setTime } from './requests.ts'
import { TokenBucket } from './token-bucket.ts'

/** `ack`: 9014 to an upload, 9013 to a notify, if the device asked; `none`: silence; else 9011 with QnRtn. */
export type AckDecision = 'ack' | 'none' | { readonly qnRtn: number }

/** A device as the host knows it. It lives as long as one of its connections. */
export interface Session {
  readonly mn: string
  /** The newest connection: commands go there. Data is accepted from all. */
  readonly connection: Connection
  readonly version: Version
  readonly pw: string
  readonly st: string
  readonly firstSeenMs: number
  readonly lastSeenMs: number
  readonly frames: number
}

export interface HostOptions {
  /** Default all addresses. */
  readonly host?: string
  /** 0 takes a free port. */
  readonly port: number
  readonly limits?: Partial<HostLimits>
  readonly dialectOf?: (mn: string) => StationDialect | undefined
  /** SM4 keys of a device: present, then previous. */
  readonly keysOf?: (mn: string) => readonly Uint8Array[] | undefined
  /**
   * Every usable upload and notify. Called in order of arrival on a connection; many may be undecided at a time.
   * A rejected promise counts as `none`: the device will send the frame again.
   */
  readonly onFrame: (frame: Frame, session: Session) => AckDecision | Promise<AckDecision>
  /** Frames that are not usable (CRC, encryption, missing fields …). Nothing is answered. */
  readonly onBadFrame?: (frame: Frame, connection: Connection) => void
  /** Replies of devices (901x), whether or not a command waits for them. */
  readonly onReply?: (frame: Frame, session: Session) => void
  readonly onConnection?: (connection: Connection) => void
  readonly onClose?: (connection: Connection, reason: CloseReason) => void
  /** A decision that was rejected. */
  readonly onDecisionError?: (error: unknown, frame: Frame) => void
  /** Whether a dangerous command (1072, 1002, 1014, 3021) may be sent. Default: never. */
  readonly approve?: (mn: string, request: CommandRequest) => boolean
  /** Answer 1013 by 1012. Default true. */
  readonly answersTimeRequests?: boolean
  /** Time-outs of commands. Default 10 s, 3 resends (HJ 212-2017 table 1, GPRS), 60 s between data. */
  readonly commandTimes?: Partial<{ overTimeMs: number; reCount: number; executionMs: number }>
  readonly now?: () => number
}

export interface HostStats {
  readonly connections: number
  readonly sessions: number
  readonly framesReceived: number
  readonly framesAcknowledged: number
  readonly badFrames: number
  readonly bytesReceived: number
  readonly pendingFrames: number
  readonly pendingBytes: number
  /** Whether sockets are not read because too much is undecided. */
  readonly holding: boolean
  readonly refusedConnections: number
  readonly closedFor: Readonly<Record<string, number>>
}

export interface Host {
  listen(): Promise<{ host: string; port: number }>
  /** Closes the listener and all connections; open decisions are awaited, up to `graceMs`. */
  close(graceMs?: number): Promise<void>
  stats(): HostStats
  connections(): Connection[]
  sessions(): Session[]
  session(mn: string): Session | undefined
  /** Sends a command; never rejects for what the device or the line does: see `outcome`. */
  command(mn: string, request: CommandRequest): Promise<CommandResult>
  /** 1012 with the present time. */
  setTime(mn: string, polId?: string): Promise<CommandResult>
  /** 2051, 2061, 2031, 2041 of a period: the records also pass `onFrame`. */
  queryHistory(mn: string, cn: HistoryCn, fromMs: number, toMs: number): Promise<CommandResult>
  disconnect(connection: Connection): void
}

interface SessionState {
  mn: string
  connection: Connection
  version: Version
  pw: string
  st: string
  firstSeenMs: number
  lastSeenMs: number
  frames: number
  bucket: TokenBucket | null
  exchange: Exchange | null
  queue: (() => void)[] | null
}

const SWEEP_MS = 1000
const MOST_TIME_SYNCS = 100_000
const commandDefaults = { overTimeMs: 10_000, reCount: 3, executionMs: 60_000 }

export function createHost(options: HostOptions): Host {
  return new TcpHost(options)
}

class TcpHost implements Host {
  private readonly options: HostOptions
  private readonly limits: HostLimits
  private readonly now: () => number
  private readonly server: Server
  private readonly open = new Set<Connection>()
  private readonly perAddress = new Map<string, { count: number; bucket: TokenBucket }>()
  private readonly devices = new Map<string, SessionState>()
  private readonly settling = new Set<Connection>()
  private readonly timeSyncs = new Map<string, number>()
  private readonly qns = new QnSource()
  private readonly closedFor: Record<string, number> = {}
  private readonly times: typeof commandDefaults
  private sweeper: NodeJS.Timeout | undefined
  private settleTimer: NodeJS.Timeout | undefined
  private nextId = 1
  private pendingBytes = 0
  private pendingFrames = 0
  private holding = false
  private framesReceived = 0
  private framesAcknowledged = 0
  private badFrames = 0
  private bytesReceived = 0
  private refused = 0
  private closing = false
  private drained: (() => void) | null = null

  constructor(options: HostOptions) {
    this.options = options
    this.limits = { ...defaultHostLimits, ...options.limits }
    this.times = { ...commandDefaults, ...options.commandTimes }
    this.now = options.now ?? Date.now
    this.server = createServer(
      { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 },
      (socket) => this.accept(socket),
    )
  }

  listen(): Promise<{ host: string; port: number }> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen({ port: this.options.port, host: this.options.host, backlog: 1024 }, () => {
        this.server.off('error', reject)
        this.server.on('error', () => undefined)
        this.sweeper = setInterval(() => this.sweep(), SWEEP_MS)
        const address = this.server.address()
        if (address === null || typeof address === 'string') reject(new Error('The host has no TCP address.'))
        else resolve({ host: address.address, port: address.port })
      })
    })
  }

  async close(graceMs = 5000): Promise<void> {
    this.closing = true
    clearInterval(this.sweeper)
    clearTimeout(this.settleTimer)
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    for (const connection of this.open) connection.socket.pause()
    if (this.pendingFrames > 0) await this.drain(graceMs)
    // The last replies are written in the next turn.
    await new Promise((resolve) => setImmediate(resolve))
    for (const device of this.devices.values()) {
      device.queue = null
      device.exchange?.close()
    }
    for (const connection of this.open) this.end(connection, 'host-closed')
    await closed
  }

  stats(): HostStats {
    return {
      connections: this.open.size,
      sessions: this.devices.size,
      framesReceived: this.framesReceived,
      framesAcknowledged: this.framesAcknowledged,
      badFrames: this.badFrames,
      bytesReceived: this.bytesReceived,
      pendingFrames: this.pendingFrames,
      pendingBytes: this.pendingBytes,
      holding: this.holding,
      refusedConnections: this.refused,
      closedFor: { ...this.closedFor },
    }
  }

  connections(): Connection[] {
    return [...this.open]
  }

  sessions(): Session[] {
    return [...this.devices.values()]
  }

  session(mn: string): Session | undefined {
    return this.devices.get(mn)
  }

  setTime(mn: string, polId?: string): Promise<CommandResult> {
    return this.command(mn, setTime(this.now(), polId))
  }

  queryHistory(mn: string, cn: HistoryCn, fromMs: number, toMs: number): Promise<CommandResult> {
    return this.command(mn, historyOf(cn, fromMs, toMs))
  }

  disconnect(connection: Connection): void {
    this.end(connection, 'closed-by-application')
  }

  command(mn: string, request: CommandRequest): Promise<CommandResult> {
    const refuse = (outcome: 'offline' | 'busy' | 'not-approved' | 'closed'): CommandResult => ({
      outcome,
      qn: '',
      qnRtn: null,
      exeRtn: null,
      frames: [],
      sent: 0,
    })
    const device = this.devices.get(mn)
    if (this.closing) return Promise.resolve(refuse('closed'))
    if (device === undefined) return Promise.resolve(refuse('offline'))
    if (dangerousCommands.has(request.cn) && this.options.approve?.(mn, request) !== true)
      return Promise.resolve(refuse('not-approved'))
    if ((device.queue?.length ?? 0) >= this.limits.maxCommandsPerMn) return Promise.resolve(refuse('busy'))
    return new Promise((resolve) => {
      const begin = () => this.begin(device, request, resolve)
      if (device.exchange === null) begin()
      else if (device.queue === null) device.queue = [begin]
      else device.queue.push(begin)
    })
  }

  private begin(
    device: SessionState,
    request: CommandRequest,
    resolve: (result: CommandResult) => void,
  ): void {
    const dialect = this.options.dialectOf?.(device.mn)
    const qn = this.qns.next(this.now())
    const version = dialect?.version ?? device.version
    const bytes = encodeRequest(request, { ...device, version }, qn, dialect?.modbusCrc ?? false)
    device.exchange = new Exchange(request, qn, bytes, this.times, {
      send: (frame) => this.sendTo(device.mn, frame),
      finished: (result) => {
        device.exchange = null
        resolve(result)
        const next = this.closing ? undefined : device.queue?.shift()
        next?.()
      },
    })
    device.exchange.start()
  }

  private sendTo(mn: string, bytes: Buffer): boolean {
    const connection = this.devices.get(mn)?.connection
    if (connection === undefined || connection.closeReason !== null) return false
    connection.send(bytes)
    return true
  }

  // ── connections ────────────────────────────────────────────────────────────────────────────────────────────

  private accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '')
    const now = this.now()
    const fromAddress = this.perAddress.get(address)
    const refusal = this.closing
      ? 'host-closed'
      : this.open.size >= this.limits.maxConnections
        ? 'too-many-connections'
        : (fromAddress?.count ?? 0) >= this.limits.maxConnectionsPerAddress
          ? 'too-many-connections-from-address'
          : null
    if (refusal !== null) {
      this.refused++
      this.count(refusal)
      socket.on('error', () => undefined)
      socket.destroy()
      return
    }
    if (fromAddress) fromAddress.count++
    else
      this.perAddress.set(address, {
        count: 1,
        bucket: this.bucket(this.limits.framesPerSecondPerAddress, now),
      })
    const connection = new Connection(this.nextId++, socket, address, now, this.limits)
    this.open.add(connection)
    socket.on('data', (chunk: Buffer) => this.receive(connection, chunk))
    socket.on('error', () => this.end(connection, 'socket-error'))
    socket.on('end', () => this.finish(connection))
    socket.on('close', () => this.end(connection, 'peer-closed'))
    socket.on('drain', () => this.resume(connection, HOLD_UNSENT))
    if (this.holding) connection.hold(HOLD_HOST)
    this.options.onConnection?.(connection)
  }

  /** The peer has sent its last byte; it may still read replies to what it sent. */
  private finish(connection: Connection): void {
    if (connection.closeReason !== null) return
    connection.ended = true
    connection.stream.finish()
    this.pump(connection)
    if (connection.pendingBytes === 0) this.end(connection, 'peer-closed')
  }

  private end(connection: Connection, reason: CloseReason): void {
    if (connection.closeReason !== null) return
    connection.closeReason = reason
    this.count(reason)
    this.open.delete(connection)
    this.settling.delete(connection)
    const fromAddress = this.perAddress.get(connection.address)
    // The bucket outlives the connection until it is full again, or reconnecting would be a way around it.
    if (fromAddress) fromAddress.count--
    for (const mn of connection.mns) {
      const device = this.devices.get(mn)
      if (device?.connection !== connection) continue
      const other = this.newestWith(mn)
      if (other) device.connection = other
      else if (device.exchange === null) this.devices.delete(mn)
    }
    connection.closeSocket(reason === 'peer-closed' || reason === 'host-closed')
    this.options.onClose?.(connection, reason)
  }

  private newestWith(mn: string): Connection | undefined {
    let newest: Connection | undefined
    for (const connection of this.open)
      if (connection.mns.includes(mn) && (newest === undefined || connection.id > newest.id))
        newest = connection
    return newest
  }

  private count(reason: CloseReason): void {
    this.closedFor[reason] = (this.closedFor[reason] ?? 0) + 1
  }

  private bucket(rate: number, now: number): TokenBucket {
    return new TokenBucket(rate, rate * this.limits.burstFactor, now)
  }

  // ── receiving ──────────────────────────────────────────────────────────────────────────────────────────────

  private receive(connection: Connection, chunk: Buffer): void {
    if (connection.closeReason !== null) return
    connection.bytesReceived += chunk.length
    connection.lastByteMs = this.now()
    this.bytesReceived += chunk.length
    connection.stream.push(chunk)
    this.pump(connection)
  }

  private pump(connection: Connection): void {
    const { stream } = connection
    while (connection.holds === 0 && connection.closeReason === null) {
      const raw = stream.next()
      if (raw === undefined) break
      const frame = decodeFrame(raw, { dialect: this.options.dialectOf, keys: this.options.keysOf })
      if (frame.ok) this.take(frame, connection)
      else this.reject(frame, connection)
    }
    if (connection.closeReason !== null || connection.holds !== 0) return
    if (stream.skippedBytes - connection.skippedAtGoodFrame > this.limits.maxUnframedBytes) {
      this.end(connection, 'unframed-bytes')
      return
    }
    this.watchPartial(connection)
  }

  /** Over a rate nothing is dropped: the connection is read more slowly. */
  private charge(connection: Connection, device: SessionState, now: number): void {
    device.bucket ??= this.bucket(this.limits.framesPerSecondPerMn, now)
    const forDevice = device.bucket.take(now)
    const forAddress = this.perAddress.get(connection.address)?.bucket.take(now) ?? 0
    const waitMs = Math.max(forDevice, forAddress)
    if (waitMs > 0) this.holdFor(connection, now + waitMs)
  }

  private holdFor(connection: Connection, untilMs: number): void {
    connection.hold(HOLD_RATE)
    connection.holdUntilMs = untilMs
    setTimeout(() => this.resume(connection, HOLD_RATE), Math.max(1, untilMs - this.now()))
  }

  private resume(connection: Connection, bit: number): void {
    if (connection.release(bit)) this.pump(connection)
  }

  private watchPartial(connection: Connection): void {
    const { stream } = connection
    if (stream.buffered === 0) {
      connection.partialSinceMs = 0
      return
    }
    if (connection.partialSinceMs === 0) connection.partialSinceMs = this.now()
    if (!stream.awaitsTail) return
    this.settling.add(connection)
    this.settleTimer ??= setTimeout(() => this.settle(), this.limits.tailPauseMs)
  }

  private settle(): void {
    this.settleTimer = undefined
    const waiting = [...this.settling]
    this.settling.clear()
    for (const connection of waiting) {
      if (!connection.stream.awaitsTail) continue
      connection.stream.settle()
      this.pump(connection)
    }
  }

  private reject(frame: Frame, connection: Connection): void {
    this.badFrames++
    connection.badFrames++
    this.options.onBadFrame?.(frame, connection)
    // A device with another CRC or without a key is an operator's matter, not a flood.
    const foreign = frame.fault === 'modbus-crc' || frame.fault === 'encrypted-no-key'
    if (!foreign && ++connection.badInRow >= this.limits.maxBadFramesInRow) this.end(connection, 'bad-frames')
  }

  private take(frame: Frame, connection: Connection): void {
    const now = this.now()
    this.framesReceived++
    connection.framesReceived++
    connection.badInRow = 0
    connection.skippedAtGoodFrame = connection.stream.skippedBytes
    connection.partialSinceMs = 0
    const device = this.deviceOf(frame, connection, now)
    if (device === null) return
    const kind = uploadKind(frame.header.cn)
    const mine = device.exchange?.take(frame) === true
    if (kind === 'reply') {
      this.options.onReply?.(frame, device)
      return
    }
    this.decide(frame, connection, device, mine)
    this.charge(connection, device, now)
  }

  private deviceOf(frame: Frame, connection: Connection, now: number): SessionState | null {
    const { mn, pw, st, cn } = frame.header
    let device = this.devices.get(mn)
    if (!connection.mns.includes(mn)) {
      if (connection.mns.length >= this.limits.maxMnPerConnection) {
        this.end(connection, 'too-many-devices')
        return null
      }
      connection.mns.push(mn)
    }
    if (device === undefined) {
      device = {
        mn,
        connection,
        version: frame.version,
        pw,
        st,
        firstSeenMs: now,
        lastSeenMs: now,
        frames: 0,
        bucket: null,
        exchange: null,
        queue: null,
      }
      this.devices.set(mn, device)
    }
    if (connection.id > device.connection.id || device.connection.closeReason !== null)
      device.connection = connection
    device.lastSeenMs = now
    device.frames++
    if (uploadKind(cn) !== 'reply') {
      device.version = frame.version
      device.pw = pw
      if (st !== '') device.st = st
    }
    return device
  }

  // ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────

  private decide(frame: Frame, connection: Connection, device: SessionState, answerOfCommand: boolean): void {
    let decision: AckDecision | Promise<AckDecision>
    try {
      decision = this.options.onFrame(frame, device)
    } catch (error) {
      this.options.onDecisionError?.(error, frame)
      return
    }
    if (!(decision instanceof Promise)) {
      if (!answerOfCommand) this.answer(frame, connection, decision)
      return
    }
    this.begun(frame, connection)
    decision.then(
      (made) => {
        if (!answerOfCommand) this.answer(frame, connection, made)
        this.decided(frame, connection)
      },
      (error) => {
        this.options.onDecisionError?.(error, frame)
        this.decided(frame, connection)
      },
    )
  }

  private answer(frame: Frame, connection: Connection, decision: AckDecision): void {
    const { cn, mn } = frame.header
    if (decision === 'none') return
    const dialect = this.options.dialectOf?.(mn)
    const kind = uploadKind(cn)
    if (frame.flag.needAck || kind === 'notify') {
      const wanted = frame.flag.needAck
      if (typeof decision === 'object') {
        if (wanted) this.reply(connection, encodeReplySafely(frame, '9011', decision.qnRtn, dialect))
      } else if (kind === undefined) {
        this.reply(connection, encodeReplySafely(frame, '9011', CN_ERROR, dialect))
      } else if (wanted) {
        this.reply(
          connection,
          encodeReplySafely(frame, kind === 'notify' ? '9013' : '9014', undefined, dialect),
        )
        this.framesAcknowledged++
      }
    }
    if (cn === '1013' && decision === 'ack' && this.options.answersTimeRequests !== false)
      this.synchronise(frame)
  }

  private reply(connection: Connection, bytes: Buffer | null): void {
    if (bytes === null || connection.closeReason !== null) return
    connection.send(bytes)
  }

  /** 1013: the host sets the clock, at most once in the cool-down, or a flood of 1013 would steer clocks. */
  private synchronise(frame: Frame): void {
    const { mn } = frame.header
    const now = this.now()
    if (now - (this.timeSyncs.get(mn) ?? Number.NEGATIVE_INFINITY) < this.limits.timeSyncCooldownMs) return
    if (this.timeSyncs.size >= MOST_TIME_SYNCS) this.timeSyncs.clear()
    this.timeSyncs.set(mn, now)
    void this.command(mn, setTime(now, frame.cp.plain('PolId')))
  }

  private begun(frame: Frame, connection: Connection): void {
    const size = frame.raw.length
    this.pendingFrames++
    this.pendingBytes += size
    connection.pendingBytes += size
    if (connection.pendingBytes > this.limits.maxPendingBytesPerConnection) connection.hold(HOLD_PENDING)
    if (this.holding || this.pendingBytes <= this.limits.maxPendingBytes) return
    this.holding = true
    for (const other of this.open) other.hold(HOLD_HOST)
  }

  private decided(frame: Frame, connection: Connection): void {
    const size = frame.raw.length
    this.pendingFrames--
    this.pendingBytes -= size
    connection.pendingBytes -= size
    if (connection.pendingBytes <= this.limits.maxPendingBytesPerConnection / 2)
      this.resume(connection, HOLD_PENDING)
    if (this.holding && this.pendingBytes <= this.limits.maxPendingBytes / 2) {
      this.holding = false
      for (const other of this.open) {
        // What is read now may fill the store again.
        if (this.holding) break
        this.resume(other, HOLD_HOST)
      }
    }
    if (connection.ended && connection.pendingBytes === 0) this.end(connection, 'peer-closed')
    if (this.pendingFrames === 0) this.drained?.()
  }

  private drain(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, graceMs)
      this.drained = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  // ── time ───────────────────────────────────────────────────────────────────────────────────────────────────

  private sweep(): void {
    const now = this.now()
    const { firstFrameMs, frameCompletionMs, idleMs } = this.limits
    for (const connection of this.open) {
      if (connection.framesReceived === 0 && now - connection.connectedMs >= firstFrameMs)
        this.end(connection, 'no-valid-frame')
      else if (now - connection.lastByteMs >= idleMs) this.end(connection, 'idle')
      else if (
        connection.partialSinceMs > 0 &&
        connection.holds === 0 &&
        now - connection.partialSinceMs >= frameCompletionMs
      ) {
        connection.partialSinceMs = 0
        connection.stream.expire()
        this.pump(connection)
      }
    }
    for (const [address, state] of this.perAddress)
      if (state.count === 0 && state.bucket.isFull(now)) this.perAddress.delete(address)
    for (const [mn, device] of this.devices)
      if (device.connection.closeReason !== null && device.exchange === null) this.devices.delete(mn)
  }
}

/** QnRtn of an unknown command code. */
const CN_ERROR = 8

/** A header field may hold what a frame cannot carry; then there is no answer. */
function encodeReplySafely(
  frame: Frame,
  cn: '9011' | '9013' | '9014',
  result: number | undefined,
  dialect: StationDialect | undefined,
): Buffer | null {
  try {
    return encodeReply(frame, cn, result, dialect)
  } catch {
    return null
  }
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}
