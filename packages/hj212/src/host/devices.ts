/** Devices by MN: on which connections they are, and the commands under way to them, one at a time each. */
import type { Frame } from '../frame.ts'
import { dangerousCommands, uploadKind } from '../tables/commands.ts'
import { QnSource } from '../time.ts'
import type { HostOptions, Session } from './api.ts'
import {
  type CommandOutcome,
  type CommandRequest,
  type CommandResult,
  Exchange,
  encodeRequest,
  requestArea,
} from './command.ts'
import type { Connection } from './connection.ts'
import type { TokenBucket } from './token-bucket.ts'

export interface Device extends Session {
  connection: Connection
  version: Session['version']
  pw: string
  st: string
  lastSeenMs: number
  frames: number
  bucket: TokenBucket | null
  exchange: Exchange | null
  queue: (() => void)[] | null
}

const commandDefaults = { overTimeMs: 10_000, reCount: 3, executionMs: 60_000 }

export class Devices {
  private readonly byMn = new Map<string, Device>()
  private readonly qns = new QnSource()
  private readonly options: HostOptions
  private readonly mostCommands: number
  private readonly now: () => number
  private readonly times: typeof commandDefaults
  private closing = false

  constructor(options: HostOptions, mostCommands: number, now: () => number) {
    this.options = options
    this.mostCommands = mostCommands
    this.now = now
    this.times = { ...commandDefaults, ...options.commandTimes }
  }

  get size(): number {
    return this.byMn.size
  }

  all(): Device[] {
    return [...this.byMn.values()]
  }

  get(mn: string): Device | undefined {
    return this.byMn.get(mn)
  }

  /** The device of a frame, brought up to date. The newest connection wins for commands. */
  seen(frame: Frame, connection: Connection, now: number): Device {
    const { mn, pw, st, cn } = frame.header
    let device = this.byMn.get(mn)
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
      this.byMn.set(mn, device)
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

  /** A connection is gone: its devices move to another one of theirs or are forgotten. */
  left(connection: Connection, open: Iterable<Connection>): void {
    for (const mn of connection.mns) {
      const device = this.byMn.get(mn)
      if (device?.connection !== connection) continue
      const other = newestWith(mn, open)
      if (other) device.connection = other
      else if (device.exchange === null) this.byMn.delete(mn)
    }
  }

  /** Forgets devices that were only kept for a command that has ended. */
  sweep(): void {
    for (const [mn, device] of this.byMn)
      if (device.connection.closeReason !== null && device.exchange === null) this.byMn.delete(mn)
  }

  command(mn: string, request: CommandRequest): Promise<CommandResult> {
    if (this.closing) return refused('closed')
    const device = this.byMn.get(mn)
    if (device === undefined) return refused('offline')
    if (dangerousCommands.has(request.cn) && this.options.approve?.(mn, request) !== true)
      return refused('not-approved')
    if ((device.queue?.length ?? 0) >= this.mostCommands) return refused('busy')
    return new Promise((resolve) => {
      // What the caller has given wrongly is told now, not when its turn comes.
      requestArea(request, device.version)
      const begin = () => this.begin(device, request, resolve)
      if (device.exchange === null) begin()
      else if (device.queue === null) device.queue = [begin]
      else device.queue.push(begin)
    })
  }

  /** Ends all commands. */
  close(): void {
    this.closing = true
    for (const device of this.byMn.values()) {
      device.exchange?.close()
      // The waiting ones find the host closing and end at once.
      for (const begin of device.queue?.splice(0) ?? []) begin()
    }
  }

  private begin(device: Device, request: CommandRequest, resolve: (result: CommandResult) => void): void {
    if (this.closing) {
      refused('closed').then(resolve)
      return
    }
    const dialect = this.options.dialectOf?.(device.mn)
    const qn = this.qns.next(this.now())
    const version = dialect?.version ?? device.version
    const bytes = encodeRequest(request, { ...device, version }, qn, dialect?.modbusCrc ?? false)
    if (bytes === null) {
      refused('failed').then(resolve)
      device.queue?.shift()?.()
      return
    }
    device.exchange = new Exchange(request, qn, bytes, this.times, {
      send: (frame) => this.send(device.mn, frame),
      finished: (result) => {
        device.exchange = null
        resolve(result)
        device.queue?.shift()?.()
      },
    })
    device.exchange.start()
  }

  /** To the device's present connection, which may have changed since the last try. */
  private send(mn: string, bytes: Buffer): boolean {
    const connection = this.byMn.get(mn)?.connection
    if (connection === undefined || connection.closeReason !== null) return false
    connection.send(bytes)
    return true
  }
}

function newestWith(mn: string, open: Iterable<Connection>): Connection | undefined {
  let newest: Connection | undefined
  for (const connection of open)
    if (connection.mns.includes(mn) && (newest === undefined || connection.id > newest.id))
      newest = connection
  return newest
}

function refused(outcome: CommandOutcome): Promise<CommandResult> {
  return Promise.resolve({ outcome, qn: '', qnRtn: null, exeRtn: null, frames: [], sent: 0 })
}
