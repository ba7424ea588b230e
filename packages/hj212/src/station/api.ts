/** What a simulated station is given and what it offers. */
import type { CpItem, EncodeOptions } from '../encode.ts'
import type { Version } from '../flag.ts'
import type { StationState } from './answers.ts'
import type { FrameFault } from './faults.ts'
import type { DataCn, StationFactor, ValueSource } from './messages.ts'

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
  /** State of a facility for 2021: 0 off, 1 running, 2 calibration, 3 maintenance, 4 alarm, 5 blow-back. Default running. */
  readonly facilityState?: (code: string, ms: number) => number
  /** What the instrument of a factor, or the logger (no factor), answers to 3020: `i13001` → `300`. */
  readonly information?: (polId: string | undefined, infoId: string) => string | undefined
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
  /** Uploads field information of now, or of the moment `atMs` (3020): an instrument's by its factor, else the logger's. */
  sendInfo(info: Readonly<Record<string, string>>, polId?: string, atMs?: number): Promise<boolean>
  /** Uploads the states of the facilities of now, or of the moment `atMs` (2021). */
  sendFacilityStates(atMs?: number): Promise<boolean>
  stats(): StationStats
  /** Present settings, as the host's commands left them. */
  readonly state: Readonly<StationState>
}
