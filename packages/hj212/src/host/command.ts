/** Commands of the host (HJ 212-2017 6.5.1): request, answer 9011, data if any, result 9012; one at a time per MN. */
import { encodeFrame } from '../encode.ts'
import type { Version } from '../flag.ts'
import type { Frame } from '../frame.ts'
import { repliedQn } from '../reply.ts'
import { requestKind } from '../tables/commands.ts'

export interface CommandRequest {
  readonly cn: string
  /** Fields of the data area in order, e.g. `[['BeginTime', '…'], ['EndTime', '…']]`. */
  readonly fields?: readonly (readonly [name: string, value: string | number])[]
  /** System code; default that of the device's last data. */
  readonly st?: string
  /** Time-out of the answer, ms, and resends. Default: the host's. HJ 212-2017 table 1. */
  readonly overTimeMs?: number
  readonly reCount?: number
  /** Longest silence between 9011, the data and 9012. */
  readonly executionMs?: number
  /** MN in the header in place of the device's (1002). */
  readonly newMn?: string
}

/**
 * `done` ExeRtn=1 (or 9013 for a notify); `no-data` ExeRtn=100; `failed` another ExeRtn; `refused` QnRtn≠1;
 * `unavailable` no answer after all resends; `execution-timeout` answered but not finished; `offline` no
 * connection; `busy` too many commands wait; `not-approved` a dangerous command without approval.
 */
export type CommandOutcome =
  | 'done'
  | 'no-data'
  | 'failed'
  | 'refused'
  | 'unavailable'
  | 'execution-timeout'
  | 'offline'
  | 'busy'
  | 'not-approved'
  | 'closed'

export interface CommandResult {
  readonly outcome: CommandOutcome
  readonly qn: string
  readonly qnRtn: number | null
  readonly exeRtn: number | null
  /** Data that came between request and result, in order of arrival. */
  readonly frames: readonly Frame[]
  /** How often the request was sent. */
  readonly sent: number
}

export interface CommandTarget {
  readonly mn: string
  readonly version: Version
  readonly pw: string
  readonly st: string
}

/** Most data frames kept for one command: a month of minutes. */
const MOST_FRAMES = 50_000

/** Data area of a request; RangeError for a field that no frame can carry. 2005 separates by ",", later versions by ";". */
export function requestArea(request: CommandRequest, version: Version): string {
  const fields = (request.fields ?? []).map(([name, value]) => {
    const text = String(value)
    for (const bad of [';', ',', '&', '\r', '\n', '='])
      if (text.includes(bad) || name.includes(bad))
        throw new RangeError(`${name} must not contain ${JSON.stringify(bad)}: ${JSON.stringify(text)}.`)
    return `${name}=${text}`
  })
  return fields.join(version === '2005' ? ',' : ';')
}

/** Bytes of a request; null when the device has named itself by a PW or MN that no frame can carry. */
export function encodeRequest(
  request: CommandRequest,
  target: CommandTarget,
  qn: string,
  modbusCrc: boolean,
): Buffer | null {
  try {
    return encodeFrame(
      {
        version: target.version,
        qn,
        st: request.st ?? target.st,
        cn: request.cn,
        pw: target.pw,
        mn: request.newMn ?? target.mn,
        needAck: true,
        cp: requestArea(request, target.version),
      },
      { modbusCrc },
    )
  } catch {
    return null
  }
}

export interface ExchangeDoor {
  /** Sends to the device's present connection; false when there is none. */
  send(bytes: Buffer): boolean
  finished(result: CommandResult): void
}

/** One command under way. */
export class Exchange {
  readonly qn: string
  private readonly request: CommandRequest
  private readonly bytes: Buffer
  private readonly door: ExchangeDoor
  private readonly overTimeMs: number
  private readonly reCount: number
  private readonly executionMs: number
  private readonly frames: Frame[] = []
  private timer: NodeJS.Timeout | undefined
  private sent = 0
  private answered = false
  private qnRtn: number | null = null
  private over = false

  constructor(
    request: CommandRequest,
    qn: string,
    bytes: Buffer,
    times: { overTimeMs: number; reCount: number; executionMs: number },
    door: ExchangeDoor,
  ) {
    this.request = request
    this.qn = qn
    this.bytes = bytes
    this.door = door
    this.overTimeMs = request.overTimeMs ?? times.overTimeMs
    this.reCount = request.reCount ?? times.reCount
    this.executionMs = request.executionMs ?? times.executionMs
  }

  start(): void {
    this.transmit()
  }

  /** Looks at a frame of this device; true when it is a reply to this command alone and no upload. */
  take(frame: Frame): boolean {
    if (this.over) return false
    const { cn } = frame.header
    if (cn === '9011' && repliedQn(frame) === this.qn) return this.takeAnswer(frame)
    if (cn === '9012' && repliedQn(frame) === this.qn) return this.takeResult(frame)
    if ((cn === '9013' || cn === '9014') && repliedQn(frame) === this.qn) {
      if (requestKind(this.request.cn) === 'notify') this.finish('done', null)
      return true
    }
    if (cn === this.request.cn && this.frames.length < MOST_FRAMES) {
      this.frames.push(frame)
      if (this.answered) this.wait(this.executionMs)
      return frame.header.qn === this.qn && !frame.flag.needAck
    }
    return false
  }

  close(): void {
    this.finish('closed', null)
  }

  private takeAnswer(frame: Frame): true {
    this.qnRtn = frame.cp.plainNumber('QnRtn')
    this.answered = true
    if (this.qnRtn === 1) this.wait(this.executionMs)
    else this.finish('refused', null)
    return true
  }

  private takeResult(frame: Frame): true {
    const exeRtn = frame.cp.plainNumber('ExeRtn')
    this.finish(exeRtn === 1 ? 'done' : exeRtn === 100 ? 'no-data' : 'failed', exeRtn)
    return true
  }

  private transmit(): void {
    this.sent++
    this.door.send(this.bytes)
    this.wait(this.overTimeMs)
  }

  private wait(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.expire(), ms)
  }

  /** No answer: the same frame again. Answered but not finished: failed, never sent again (table 1). */
  private expire(): void {
    if (this.answered) this.finish('execution-timeout', null)
    else if (this.sent <= this.reCount) this.transmit()
    else this.finish('unavailable', null)
  }

  private finish(outcome: CommandOutcome, exeRtn: number | null): void {
    if (this.over) return
    this.over = true
    clearTimeout(this.timer)
    const { qn, qnRtn, frames, sent } = this
    this.door.finished({ outcome, qn, qnRtn, exeRtn, frames, sent })
  }
}
