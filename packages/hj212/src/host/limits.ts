/** Limits of the host. Each has a test; each hit is reported with its name. */
export interface HostLimits {
  /** Longest data segment, bytes; at most 9,999. */
  readonly maxSegment: number
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
  /** Devices on one connection (forwarders). */
  readonly maxMnPerConnection: number
  /** A connection must bring its first valid frame within this time. */
  readonly firstFrameMs: number
  /** A frame begun must be complete within this time, or the search goes on behind its "##". */
  readonly frameCompletionMs: number
  /** A connection without any byte for this long is closed: twice the longest interval. */
  readonly idleMs: number
  /** Bytes outside frames since the last good frame. */
  readonly maxUnframedBytes: number
  readonly maxBadFramesInRow: number
  /** Frames a second of one device; ten times that may come at once (supplementary data after an outage). */
  readonly framesPerSecondPerMn: number
  readonly framesPerSecondPerAddress: number
  readonly burstFactor: number
  /** Bytes of frames whose decision is open: above it sockets are not read until half of it is decided. */
  readonly maxPendingBytes: number
  readonly maxPendingBytesPerConnection: number
  /** Bytes of replies that a device does not take; above it the connection is not read. */
  readonly maxUnsentBytes: number
  /** Commands waiting for one device. */
  readonly maxCommandsPerMn: number
  /** At most one answer to 1013 by 1012 within this time. */
  readonly timeSyncCooldownMs: number
  /** A frame that lacks only its tail is taken after this pause. */
  readonly tailPauseMs: number
}

export const defaultHostLimits: HostLimits = {
  maxSegment: 4096,
  maxConnections: 10_000,
  maxConnectionsPerAddress: 50,
  maxMnPerConnection: 256,
  firstFrameMs: 60_000,
  frameCompletionMs: 30_000,
  idleMs: 2 * 3_600_000,
  maxUnframedBytes: 65_536,
  maxBadFramesInRow: 20,
  framesPerSecondPerMn: 50,
  framesPerSecondPerAddress: 2000,
  burstFactor: 10,
  maxPendingBytes: 16 * 1024 * 1024,
  maxPendingBytesPerConnection: 262_144,
  maxUnsentBytes: 65_536,
  maxCommandsPerMn: 32,
  timeSyncCooldownMs: 3_600_000,
  tailPauseMs: 150,
}
