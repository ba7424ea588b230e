/**
 * What becomes of a frame: observations, a mere record, or quarantine with a named reason. Pure; the verification
 * levels are identity (MN, password), then meaning (command, DataTime window, factors).
 */
import type { QuarantineReason } from '@shanshui/contract'
import type { Frame, FrameFault } from '@shanshui/hj212'
import { type FrameInfo, infoOf } from './device-info.ts'
import { dataPeriods, dataTimeOf, type FrameValues, parseDataTime, valuesOf } from './frame-values.ts'
import type { Station } from './station.ts'

export type Verdict =
  | { readonly kind: 'values'; readonly values: FrameValues }
  /** What the machine says of itself (parameters, states), and perhaps the production load. */
  | { readonly kind: 'info'; readonly info: FrameInfo }
  /** Kept in the journal; carries no observation (log, heartbeat, notification). */
  | { readonly kind: 'record' }
  | {
      readonly kind: 'refused'
      readonly reason: QuarantineReason
      readonly detail: string
      readonly dataTimeMs: number | undefined
      /** Level 3: the device did its job and would resend for ever, so it is acknowledged all the same. */
      readonly acknowledge: boolean
    }

export interface TimeWindow {
  /** A DataTime this much later than receipt is refused. */
  readonly futureMs: number
  /** A DataTime this much earlier than receipt is refused. */
  readonly pastMs: number
}

/** Suggested windows against replay and back-dating: 30 days back, 10 minutes ahead. */
export const defaultWindow: TimeWindow = { futureMs: 10 * 60_000, pastMs: 30 * 86_400_000 }

const faultReasons: Readonly<Record<FrameFault, QuarantineReason>> = {
  crc: 'crc-failed',
  'modbus-crc': 'crc-modbus',
  length: 'length-wrong',
  oversize: 'frame-oversize',
  truncated: 'frame-truncated',
  'encrypted-no-key': 'encrypted-no-key',
  'encrypted-wrong-key': 'encrypted-no-key',
  'no-CN': 'syntax',
  'no-MN': 'syntax',
  'bad-MN': 'syntax',
  'no-frame': 'syntax',
}

/** Commands of the three editions that a field machine sends and that carry no observation of ours (HJ 212-2017 table 9). */
const recordCommands =
  /^(1001|1011|1013|1014|1061|1063|2013|2021|2041|2052|2062|2071|2072|2081|2111|30\d\d|9\d\d\d)$/

const refused = (
  reason: QuarantineReason,
  detail: string,
  acknowledge: boolean,
  dataTimeMs?: number,
): Verdict => ({ kind: 'refused', reason, detail, acknowledge, dataTimeMs })

/** Judges a frame received at `receivedMs`; `station` is what the allow-list has for its MN. */
export function judgeFrame(
  frame: Frame,
  station: Station | undefined,
  receivedMs: number,
  window: TimeWindow = defaultWindow,
): Verdict {
  if (frame.fault !== null) return refused(faultReasons[frame.fault], frame.error ?? frame.fault, false)
  const identity = judgeIdentity(frame, station)
  if (identity) return identity
  const { cn } = frame.header
  if (dataPeriods[cn] === undefined)
    return recordCommands.test(cn)
      ? readInfo(frame, receivedMs, window)
      : refused('command-unknown', `CN=${cn}`, true)
  return readValues(frame, station as Station, receivedMs, window)
}

function readInfo(frame: Frame, receivedMs: number, window: TimeWindow): Verdict {
  const info = infoOf(frame)
  if (info === undefined) return { kind: 'record' }
  return (
    outsideWindow(frame.cp.plain('DataTime') ?? frame.header.qn, info.atMs, receivedMs, window) ?? {
      kind: 'info',
      info,
    }
  )
}

/** Level 2: is the sender who it says? @returns a refusal, or undefined */
export function judgeIdentity(frame: Frame, station: Station | undefined): Verdict | undefined {
  const { mn, pw } = frame.header
  if (station === undefined) return refused('mn-unknown', `MN=${mn}`, false, dataTimeOf(frame))
  if (!station.enabled) return refused('mn-disabled', `MN=${mn}`, false, dataTimeOf(frame))
  if (pw !== station.password)
    return refused('password-wrong', `MN=${mn}，收到的密码与登记的不同`, false, dataTimeOf(frame))
  return undefined
}

function readValues(frame: Frame, station: Station, receivedMs: number, window: TimeWindow): Verdict {
  const text = frame.cp.plain('DataTime')
  const dataTimeMs = parseDataTime(text)
  if (dataTimeMs === undefined) return refused('datatime-missing', `DataTime=${text ?? '（无）'}`, true)
  const outside = outsideWindow(text, dataTimeMs, receivedMs, window)
  if (outside) return outside
  const values = valuesOf(frame, station)
  return values === undefined
    ? refused('no-factors', `CN=${frame.header.cn}，没有监测因子`, true, dataTimeMs)
    : { kind: 'values', values }
}

function outsideWindow(
  text: string | undefined,
  dataTimeMs: number,
  receivedMs: number,
  window: TimeWindow,
): Verdict | undefined {
  if (dataTimeMs > receivedMs + window.futureMs)
    return refused(
      'datatime-future',
      `DataTime=${text}，比收到时间晚 ${minutes(dataTimeMs - receivedMs)} 分钟`,
      true,
      dataTimeMs,
    )
  if (dataTimeMs < receivedMs - window.pastMs)
    return refused(
      'datatime-too-old',
      `DataTime=${text}，早于收到时间 ${Math.round(window.pastMs / dayMs)} 天以上`,
      true,
      dataTimeMs,
    )
  return undefined
}

const minuteMs = 60_000
const dayMs = 86_400_000
const minutes = (ms: number): number => Math.round(ms / minuteMs)
