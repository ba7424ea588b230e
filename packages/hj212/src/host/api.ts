/** What a host is given and what it offers. */
import type { StationDialect } from '../dialect.ts'
import type { Version } from '../flag.ts'
import type { Frame } from '../frame.ts'
import type { CommandRequest, CommandResult } from './command.ts'
import type { CloseReason, Connection } from './connection.ts'
import type { HostLimits } from './limits.ts'
import type { HistoryCn } from './requests.ts'

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
