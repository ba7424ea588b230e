/**
 * The host (上位机): TCP, framing, limits, replies and commands. It knows nothing of storage: the caller decides
 * about each frame, and a frame is acknowledged when that decision has come, i.e. after the caller's commit.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { type DecodeOptions, decodeFrame } from '../decode.ts'
import type { Frame } from '../frame.ts'
import { uploadKind } from '../tables/commands.ts'
import { Addresses, plainAddress } from './addresses.ts'
import { answerTo } from './answer.ts'
import type { AckDecision, Host, HostOptions, HostStats, Session } from './api.ts'
import type { CommandRequest, CommandResult } from './command.ts'
import { type CloseReason, Connection, HOLD_HOST, HOLD_RATE, HOLD_UNSENT } from './connection.ts'
import { type Device, Devices } from './devices.ts'
import { defaultHostLimits, type HostLimits } from './limits.ts'
import { Pending } from './pending.ts'
import { type HistoryCn, historyOf, setTime } from './requests.ts'
import { TokenBucket } from './token-bucket.ts'

const SWEEP_MS = 1000
const MOST_TIME_SYNCS = 100_000

export function createHost(options: HostOptions): Host {
  return new TcpHost(options)
}

class TcpHost implements Host {
  private readonly options: HostOptions
  private readonly limits: HostLimits
  private readonly now: () => number
  private readonly server: Server
  private readonly open = new Set<Connection>()
  private readonly addresses: Addresses
  private readonly devices: Devices
  private readonly pending: Pending
  private readonly decoding: DecodeOptions
  private readonly settling = new Set<Connection>()
  private readonly timeSyncs = new Map<string, number>()
  private readonly closedFor: Record<string, number> = {}
  private sweeper: NodeJS.Timeout | undefined
  private settleTimer: NodeJS.Timeout | undefined
  private nextId = 1
  private framesReceived = 0
  private framesAcknowledged = 0
  private badFrames = 0
  private bytesReceived = 0
  private refused = 0
  private closing = false

  constructor(options: HostOptions) {
    this.options = options
    this.limits = { ...defaultHostLimits, ...options.limits }
    this.now = options.now ?? Date.now
    this.decoding = { dialect: options.dialectOf, keys: options.keysOf }
    this.addresses = new Addresses(this.limits)
    this.devices = new Devices(options, this.limits.maxCommandsPerMn, this.now)
    this.pending = new Pending(this.limits, {
      connections: () => this.open,
      resume: (connection, bit) => this.resume(connection, bit),
    })
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
    await this.pending.drain(graceMs)
    // The last replies are written in the next turn.
    await new Promise((resolve) => setImmediate(resolve))
    this.devices.close()
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
      pendingFrames: this.pending.frames,
      pendingBytes: this.pending.bytes,
      holding: this.pending.holding,
      refusedConnections: this.refused,
      closedFor: { ...this.closedFor },
    }
  }

  connections(): Connection[] {
    return [...this.open]
  }

  sessions(): Session[] {
    return this.devices.all()
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
    return this.devices.command(mn, request)
  }

  private accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '')
    const now = this.now()
    const refusal = this.refusalOf(address, now)
    if (refusal !== null) {
      this.refused++
      this.count(refusal)
      socket.on('error', () => undefined)
      socket.destroy()
      return
    }
    const connection = new Connection(this.nextId++, socket, address, now, this.limits)
    this.open.add(connection)
    socket.on('data', (chunk: Buffer) => this.receive(connection, chunk))
    socket.on('error', () => this.end(connection, 'socket-error'))
    socket.on('end', () => this.finish(connection))
    socket.on('close', () => this.end(connection, 'peer-closed'))
    socket.on('drain', () => this.resume(connection, HOLD_UNSENT))
    if (this.pending.holding) connection.hold(HOLD_HOST)
    this.options.onConnection?.(connection)
  }

  /** Why a new connection is refused; null when it has taken its place. */
  private refusalOf(address: string, now: number): CloseReason | null {
    if (this.closing) return 'host-closed'
    if (this.open.size >= this.limits.maxConnections) return 'too-many-connections'
    return this.addresses.enter(address, now) ? null : 'too-many-connections-from-address'
  }

  /** The peer has sent its last byte; it may still read replies to what it sent. */
  private finish(connection: Connection): void {
    if (connection.closeReason !== null) return
    connection.ended = true
    connection.stream.finish()
    this.pump(connection)
  }

  private end(connection: Connection, reason: CloseReason): void {
    if (connection.closeReason !== null) return
    connection.closeReason = reason
    this.count(reason)
    this.open.delete(connection)
    this.settling.delete(connection)
    this.addresses.leave(connection.address)
    this.devices.left(connection, this.open)
    connection.closeSocket(reason === 'peer-closed' || reason === 'host-closed')
    this.options.onClose?.(connection, reason)
  }

  private count(reason: CloseReason): void {
    this.closedFor[reason] = (this.closedFor[reason] ?? 0) + 1
  }

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
      const frame = decodeFrame(raw, this.decoding)
      if (frame.ok) this.take(frame, connection)
      else this.reject(frame, connection)
    }
    if (connection.closeReason !== null || connection.holds !== 0) return
    if (stream.skippedBytes - connection.skippedAtGoodFrame > this.limits.maxUnframedBytes) {
      this.end(connection, 'unframed-bytes')
      return
    }
    if (connection.ended && connection.pendingBytes === 0) this.end(connection, 'peer-closed')
    else this.watchPartial(connection)
  }

  /** Over a rate nothing is dropped: the connection is read more slowly. */
  private charge(connection: Connection, device: Device, now: number): void {
    const { framesPerSecondPerMn: rate, burstFactor } = this.limits
    device.bucket ??= new TokenBucket(rate, rate * burstFactor, now)
    const waitMs = Math.max(device.bucket.take(now), this.addresses.charge(connection.address, now))
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
    if (!this.admits(frame.header.mn, connection)) return
    const device = this.devices.seen(frame, connection, now)
    const kind = uploadKind(frame.header.cn)
    const mine = device.exchange?.take(frame) === true
    if (kind === 'reply') {
      this.options.onReply?.(frame, device)
      return
    }
    this.decide(frame, connection, device, mine)
    this.charge(connection, device, now)
  }

  /** A connection may speak for so many devices. */
  private admits(mn: string, connection: Connection): boolean {
    if (connection.mns.includes(mn)) return true
    if (connection.mns.length >= this.limits.maxMnPerConnection) {
      this.end(connection, 'too-many-devices')
      return false
    }
    connection.mns.push(mn)
    return true
  }

  private decide(frame: Frame, connection: Connection, device: Device, answerOfCommand: boolean): void {
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
    this.pending.begun(frame.raw.length, connection)
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
    const bytes = answerTo(frame, decision, this.options.dialectOf?.(mn))
    if (bytes !== null && connection.closeReason === null) {
      connection.send(bytes)
      if (decision === 'ack') this.framesAcknowledged++
    }
    if (cn === '1013' && decision === 'ack' && this.options.answersTimeRequests !== false)
      this.synchronise(frame)
  }

  /** 1013: the host sets the clock, at most once in the cool-down, or a flood of 1013 would steer clocks. */
  private synchronise(frame: Frame): void {
    const { mn } = frame.header
    const now = this.now()
    if (now - (this.timeSyncs.get(mn) ?? Number.NEGATIVE_INFINITY) < this.limits.timeSyncCooldownMs) return
    if (this.timeSyncs.size >= MOST_TIME_SYNCS) this.timeSyncs.clear()
    this.timeSyncs.set(mn, now)
    // A PolId that no frame can carry is the device's fault and has no consequence.
    this.command(mn, setTime(now, frame.cp.plain('PolId'))).catch(() => undefined)
  }

  private decided(frame: Frame, connection: Connection): void {
    this.pending.decided(frame.raw.length, connection)
    if (connection.ended) this.pump(connection)
  }

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
    this.addresses.sweep(now)
    this.devices.sweep()
  }
}
