/** The host's commands as values: `host.command(mn, historyOf('2061', fromMs, toMs))`. HJ 212-2017 table 9. */
import { formatTime } from '../time.ts'
import type { CommandRequest } from './command.ts'

type Fields = NonNullable<CommandRequest['fields']>

const addressed = (polId: string | undefined): Fields => (polId === undefined ? [] : [['PolId', polId]])

/** 1000: time-out in s (1…99) and resends (1…99) of the field machine. */
export const setTimeouts = (overTimeS: number, reCount: number): CommandRequest => ({
  cn: '1000',
  fields: [
    ['OverTime', overTimeS],
    ['ReCount', reCount],
  ],
})
/** 1011: clock of the logger, or of the instrument of `polId`. */
export const getTime = (polId?: string): CommandRequest => ({ cn: '1011', fields: addressed(polId) })
/** 1012: sets the clock to an instant. */
export const setTime = (ms: number, polId?: string): CommandRequest => ({
  cn: '1012',
  fields: [...addressed(polId), ['SystemTime', formatTime(ms)]],
})
/** 1061, 1062: real-time interval, 30…3600 s. */
export const getRealtimeInterval = (): CommandRequest => ({ cn: '1061' })
export const setRealtimeInterval = (seconds: number): CommandRequest => ({
  cn: '1062',
  fields: [['RtdInterval', seconds]],
})
/** 1063, 1064: minute interval, a divisor of an hour up to 30. */
export const getMinuteInterval = (): CommandRequest => ({ cn: '1063' })
export const setMinuteInterval = (minutes: number): CommandRequest => ({
  cn: '1064',
  fields: [['MinInterval', minutes]],
})
/** 1072: new password; dangerous, needs approval. */
export const setPassword = (password: string): CommandRequest => ({
  cn: '1072',
  fields: [['NewPW', password]],
})
/** 2011/2021: start, 2012/2022: stop of real-time data and of facility states. */
export const startRealtime = (): CommandRequest => ({ cn: '2011' })
export const stopRealtime = (): CommandRequest => ({ cn: '2012' })
export const startFacilityState = (): CommandRequest => ({ cn: '2021' })
export const stopFacilityState = (): CommandRequest => ({ cn: '2022' })

export type HistoryCn = '2031' | '2041' | '2051' | '2061'

/** Records of `[fromMs, toMs]`, both inclusive by the start of the interval; equal values ask for one record. */
export const historyOf = (cn: HistoryCn, fromMs: number, toMs: number): CommandRequest => ({
  cn,
  fields: [
    ['BeginTime', formatTime(fromMs)],
    ['EndTime', formatTime(toMs)],
  ],
})
/** 3011: zero and span; `calibration` 0 zero, 1 span (HJ 212-2025). */
export const calibrate = (polId: string, calibration?: 0 | 1): CommandRequest => ({
  cn: '3011',
  fields: [
    ['PolId', polId],
    ...(calibration === undefined ? [] : ([['CalibrationType', calibration]] as const)),
  ],
})
export const sampleNow = (polId: string): CommandRequest => ({ cn: '3012', fields: [['PolId', polId]] })
export const clean = (polId: string): CommandRequest => ({ cn: '3013', fields: [['PolId', polId]] })
export const compareSample = (polId: string): CommandRequest => ({ cn: '3014', fields: [['PolId', polId]] })
/** 3015 (2017); 3022 (2025) takes its place. */
export const retainSample = (): CommandRequest => ({ cn: '3015' })
export const retainSampleNow = (polId: string): CommandRequest => ({ cn: '3022', fields: [['PolId', polId]] })
/** 3016: first sampling `hhmmss`, cycle in hours 1…24. */
export const setSamplingCycle = (polId: string, start: string, hours: number): CommandRequest => ({
  cn: '3016',
  fields: [
    ['PolId', polId],
    ['CstartTime', start],
    ['CTime', hours],
  ],
})
export const getSamplingCycle = (polId: string): CommandRequest => ({
  cn: '3017',
  fields: [['PolId', polId]],
})
export const getTimeToResult = (polId: string): CommandRequest => ({ cn: '3018', fields: [['PolId', polId]] })
export const getSerial = (polId: string): CommandRequest => ({ cn: '3019', fields: [['PolId', polId]] })
/** 3020: log, state or parameter; logs with a period. */
export const getInfo = (
  infoId: string,
  polId?: string,
  period?: readonly [fromMs: number, toMs: number],
): CommandRequest => ({
  cn: '3020',
  fields: [
    ...addressed(polId),
    ['InfoId', infoId],
    ...(period === undefined
      ? []
      : ([
          ['BeginTime', formatTime(period[0])],
          ['EndTime', formatTime(period[1])],
        ] as const)),
  ],
})
/** 3021: sets a parameter; dangerous, needs approval. */
export const setParameter = (infoId: string, value: string, polId?: string): CommandRequest => ({
  cn: '3021',
  fields: [...addressed(polId), ['InfoId', infoId], [`${infoId}-Info`, value]],
})
/** 3024: automatic standard check (2025). */
export const startStandardCheck = (polId: string): CommandRequest => ({
  cn: '3024',
  fields: [['PolId', polId]],
})
