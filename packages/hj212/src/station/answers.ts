/** A field machine's answers to requests: HJ 212-2017 table 9 and 6.5.1. A repeated QN is answered, not executed, again. */
import type { CpItem } from '../encode.ts'
import type { Version } from '../flag.ts'
import type { Frame } from '../frame.ts'
import { commandRow, requestKind } from '../tables/commands.ts'
import { formatTime, parseTime } from '../time.ts'
import type { DataCn } from './messages.ts'

export interface StationState {
  mn: string
  pw: string
  version: Version
  rtdIntervalS: number
  minIntervalMin: number
  overTimeMs: number
  reCount: number
  clockOffsetMs: number
  /** Whether real-time data and facility states are sent (2011/2012, 2021/2022). */
  realtime: boolean
  facilityState: boolean
  /** Values set by 3021, by `PolId/InfoId`. */
  parameters: Map<string, string>
  samplingStart: string
  samplingHours: number
  key: Uint8Array | null
}

export interface Answer {
  /** A notify: 9013 and nothing else. */
  readonly notify?: boolean
  readonly qnRtn: number
  readonly exeRtn: number
  /** Data area of a single answer with the request's QN. */
  readonly reply?: readonly CpItem[]
  /** Records with QNs of their own. */
  readonly records?: readonly (readonly CpItem[])[]
}

export interface AnswerDoor {
  readonly st: string
  /** True time, and the station's own. */
  clock(): number
  now(): number
  history(cn: DataCn | '2041', fromMs: number, toMs: number): CpItem[][]
  /** A setting changed that timers depend on. */
  changed(): void
  information?: (polId: string | undefined, infoId: string) => string | undefined
}

const READY = 1
const PW_ERROR = 3
const MN_ERROR = 4
const CN_ERROR = 8
const SUCCESS = 1
const WRONG_CONDITION = 3
const NO_DATA = 100
const REMEMBERED = 64
const minuteIntervals = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30]

const ready = (exeRtn: number, extra: Partial<Answer> = {}): Answer => ({ qnRtn: READY, exeRtn, ...extra })
const refused = (qnRtn: number): Answer => ({ qnRtn, exeRtn: 0 })
const done = (good: boolean): Answer => ready(good ? SUCCESS : WRONG_CONDITION)

type Handler = (frame: Frame) => Answer

export class Answers {
  private readonly state: StationState
  private readonly door: AnswerDoor
  private readonly known = new Map<string, Answer>()
  private readonly handlers: Readonly<Record<string, Handler>>
  private bottle = 0

  constructor(state: StationState, door: AnswerDoor) {
    this.state = state
    this.door = door
    this.handlers = { ...this.settings(), ...this.data(), ...this.control(), ...this.of2005() }
  }

  /** The answer to a request or notify; null when none is due. */
  to(frame: Frame): Answer | null {
    const { cn, qn, mn, pw } = frame.header
    const kind = requestKind(cn)
    if (kind === 'notify') {
      this.stop(cn)
      return { notify: true, qnRtn: READY, exeRtn: SUCCESS }
    }
    if (!frame.flag.needAck) return null
    const before = qn === '' ? undefined : this.known.get(`${cn} ${qn}`)
    if (before) return before
    const answer = mn !== this.state.mn && cn !== '1002' ? refused(MN_ERROR) : this.execute(frame, cn, pw)
    this.remember(`${cn} ${qn}`, answer)
    return answer
  }

  private execute(frame: Frame, cn: string, pw: string): Answer {
    if (pw !== this.state.pw) return refused(PW_ERROR)
    const handler = Object.hasOwn(this.handlers, cn) ? this.handlers[cn] : undefined
    if (handler === undefined) return refused(CN_ERROR)
    const edition = this.state.version === 'surface-water' ? '2025' : this.state.version
    return commandRow(cn, edition)?.editions.includes(edition) ? handler(frame) : refused(CN_ERROR)
  }

  private remember(key: string, answer: Answer): void {
    this.known.set(key, answer)
    if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value as string)
  }

  private stop(cn: string): void {
    if (cn === '2012') this.state.realtime = false
    if (cn === '2022') this.state.facilityState = false
    this.door.changed()
  }

  private settings(): Record<string, Handler> {
    const { state, door } = this
    const setting =
      (name: string, min: number, max: number, apply: (value: number) => void): Handler =>
      (frame) => {
        const value = frame.cp.plainNumber(name)
        const good = Number.isInteger(value) && value >= min && value <= max
        if (good) {
          apply(value)
          door.changed()
        }
        return done(good)
      }
    return {
      '1000': (frame) => {
        const overTime = frame.cp.plainNumber('OverTime')
        const reCount = frame.cp.plainNumber('ReCount')
        const good = overTime >= 1 && overTime <= 99 && reCount >= 1 && reCount <= 99
        if (good) Object.assign(state, { overTimeMs: overTime * 1000, reCount })
        return done(good)
      },
      '1002': (frame) => {
        state.mn = frame.header.mn
        return done(true)
      },
      '1011': (frame) =>
        ready(SUCCESS, {
          reply: [...echo(frame, 'PolId'), { name: 'SystemTime', value: formatTime(door.now()) }],
        }),
      '1012': (frame) => {
        const ms = parseTime(frame.cp.plain('SystemTime') ?? '')
        if (Number.isNaN(ms)) return done(false)
        if (frame.cp.plain('PolId') === undefined) state.clockOffsetMs += ms - door.now()
        return done(true)
      },
      '1014': (frame) => {
        const key = Buffer.from(frame.cp.plain('NewSK') ?? '', 'latin1')
        if (key.length === 16) state.key = key
        return done(key.length === 16)
      },
      '1061': () => ready(SUCCESS, { reply: [{ name: 'RtdInterval', value: state.rtdIntervalS }] }),
      '1062': setting('RtdInterval', 1, 3600, (value) => {
        state.rtdIntervalS = value
      }),
      '1063': () => ready(SUCCESS, { reply: [{ name: 'MinInterval', value: state.minIntervalMin }] }),
      '1064': (frame) => {
        const value = frame.cp.plainNumber('MinInterval')
        if (minuteIntervals.includes(value)) state.minIntervalMin = value
        door.changed()
        return done(minuteIntervals.includes(value))
      },
      '1072': (frame) => {
        const next = frame.cp.plain('NewPW') ?? frame.cp.plain('PW') ?? ''
        if (next.length === 6) state.pw = next
        return done(next.length === 6)
      },
    }
  }

  /** Commands that only HJ/T 212-2005 knows: what was set is given back. */
  private of2005(): Record<string, Handler> {
    const { parameters } = this.state
    const set =
      (...names: string[]): Handler =>
      (frame) => {
        const given = names.filter((name) => frame.cp.plain(name) !== undefined)
        for (const name of given) parameters.set(name, frame.cp.plain(name) ?? '')
        return done(given.length > 0)
      }
    const get =
      (...names: string[]): Handler =>
      () =>
        ready(SUCCESS, { reply: names.map((name) => ({ name, value: parameters.get(name) ?? '' })) })
    return {
      '1001': set('WarnTime'),
      '1021': (frame) => {
        const limits = frame.cp.plainAll('PolId').map((code) => ({
          code,
          fields: {
            LowValue: parameters.get(`${code}-LowValue`) ?? '',
            UpValue: parameters.get(`${code}-UpValue`) ?? '',
          },
        }))
        return limits.length === 0 ? done(false) : ready(SUCCESS, { reply: limits })
      },
      '1022': ({ cp }) => {
        cp.codes.forEach((code, factor) => {
          for (const suffix of ['LowValue', 'UpValue'])
            parameters.set(`${code}-${suffix}`, cp.text(factor, suffix) ?? '')
        })
        return done(cp.factorCount > 0)
      },
      '1031': get('AlarmTarget', 'ReportTarget'),
      '1032': set('AlarmTarget', 'ReportTarget'),
      '1041': get('ReportTime'),
      '1042': set('ReportTime'),
      '2071': () => ready(NO_DATA),
    }
  }

  private data(): Record<string, Handler> {
    const { state, door } = this
    const history =
      (cn: DataCn | '2041'): Handler =>
      (frame) => {
        const from = parseTime(frame.cp.plain('BeginTime') ?? '')
        const to = parseTime(frame.cp.plain('EndTime') ?? '')
        if (Number.isNaN(from) || Number.isNaN(to) || to < from) return done(false)
        const records = door.history(cn, from, to)
        return ready(records.length === 0 ? NO_DATA : SUCCESS, { records })
      }
    const period = (frame: Frame) => frame.cp.plain('BeginTime') !== undefined
    return {
      '2011': (frame) => {
        if (period(frame)) return history('2011')(frame)
        state.realtime = true
        door.changed()
        return done(true)
      },
      '2021': () => {
        state.facilityState = true
        door.changed()
        return done(true)
      },
      '2031': history('2031'),
      '2041': history('2041'),
      '2051': history('2051'),
      '2061': history('2061'),
      '2013': () => ready(NO_DATA),
      '2052': () => ready(NO_DATA),
      '2062': () => ready(NO_DATA),
    }
  }

  private control(): Record<string, Handler> {
    const { state, door } = this
    const instrument: Handler = (frame) => done((frame.cp.plain('PolId') ?? '') !== '')
    const parameterKey = (frame: Frame) =>
      `${frame.cp.plain('PolId') ?? ''}/${frame.cp.plain('InfoId') ?? ''}`
    return {
      '3011': instrument,
      '3012': instrument,
      '3013': instrument,
      '3014': instrument,
      '3022': instrument,
      '3024': instrument,
      '3015': () => {
        this.bottle = (this.bottle % 24) + 1
        return ready(SUCCESS, {
          reply: [
            { name: 'DataTime', value: formatTime(door.now()) },
            { name: 'VaseNo', value: this.bottle },
          ],
        })
      },
      '3016': (frame) => {
        const hours = frame.cp.plainNumber('CTime')
        const start = frame.cp.plain('CstartTime') ?? ''
        const good = hours >= 1 && hours <= 24 && start.length === 6
        if (good) Object.assign(state, { samplingHours: hours, samplingStart: start })
        return done(good)
      },
      '3017': (frame) =>
        ready(SUCCESS, {
          reply: [
            ...echo(frame, 'PolId'),
            { name: 'CstartTime', value: state.samplingStart },
            { name: 'CTime', value: state.samplingHours },
          ],
        }),
      '3018': (frame) => ready(SUCCESS, { reply: [...echo(frame, 'PolId'), { name: 'Stime', value: 30 }] }),
      '3019': (frame) => {
        const code = frame.cp.plain('PolId') ?? ''
        return code === ''
          ? done(false)
          : ready(SUCCESS, {
              reply: [...echo(frame, 'PolId'), { code, fields: { SN: '010000A8900016F000169DC1' } }],
            })
      },
      '3020': (frame) => {
        const code = frame.cp.plain('InfoId') ?? ''
        if (code.length !== 6) return done(false)
        const value =
          code[2] === '1'
            ? '//模拟日志//'
            : code[2] === '2'
              ? '0'
              : (state.parameters.get(parameterKey(frame)) ?? '0')
        const own = state.parameters.has(parameterKey(frame))
          ? undefined
          : door.information?.(frame.cp.plain('PolId'), code)
        return ready(SUCCESS, {
          reply: [
            { name: 'DataTime', value: formatTime(door.now()) },
            ...echo(frame, 'PolId'),
            { code, fields: { Info: own ?? value } },
          ],
        })
      },
      '3021': (frame) => {
        const code = frame.cp.plain('InfoId') ?? ''
        const value = frame.cp.text(frame.cp.factorIndex(code), 'Info')
        if (value !== undefined) state.parameters.set(parameterKey(frame), value)
        return done(value !== undefined)
      },
    }
  }
}

function echo(frame: Frame, name: string): CpItem[] {
  const value = frame.cp.plain(name)
  return value === undefined ? [] : [{ name, value }]
}
