/** Why an hour is not complete at a station: exactly one reason (缺数原因). Pure. */
import type { HourReason } from '@shanshui/contract'

/** What is known about one station and one hour. */
export interface HourFacts {
  /** The hour's end plus the time a station is given has passed. */
  readonly due: boolean
  /** The station was in service in this hour. */
  readonly inOperation: boolean
  readonly plannedStop: boolean
  /** Flags of the items that have no usable value, one character each (' ' = not sent); undefined = no row at all. */
  readonly missingFlags: string | undefined
  /** Reason of a frame of this hour that lies in quarantine. */
  readonly quarantined: string | undefined
  /** It sends by HJ 212 (otherwise its data come by file). */
  readonly networked: boolean
  /** The station has sent a valid frame at some time up to the end of the delivery window. */
  readonly everSeen: boolean
  /** Valid frames received while the hour had to be delivered. */
  readonly framesInWindow: number
  /** Share of the delivery window in which the platform's gateway did not run, 0…1. */
  readonly gatewayDown: number
}

const deviceReasons: readonly (readonly [string, HourReason])[] = [
  ['F', 'device-stopped'],
  ['D', 'device-fault'],
  ['M', 'device-maintenance'],
  ['C', 'device-calibrating'],
  ['B', 'device-link'],
]

/**
 * Order of precedence: what makes the hour not expected (not due, not in operation, planned stop); what the device
 * itself says; what the platform refused; the platform's own fault; the link; at last the station that did not send.
 * Reasons nearer to the measurement win, because they name who must act.
 */
export function attributeHour(facts: HourFacts): HourReason {
  const { missingFlags } = facts
  if (missingFlags === '') return 'complete'
  if (!facts.due) return 'not-yet-due'
  if (!facts.inOperation) return 'not-in-operation'
  if (facts.plannedStop) return 'planned-stop'
  if (missingFlags !== undefined) {
    for (const [flag, reason] of deviceReasons) if (missingFlags.includes(flag)) return reason
  }
  if (facts.quarantined !== undefined) return isTimeFault(facts.quarantined) ? 'time-rejected' : 'quarantined'
  if (missingFlags !== undefined) return 'device-no-value'
  if (!facts.networked) return 'no-file'
  if (facts.gatewayDown > 0.5) return 'platform-down'
  if (!facts.everSeen) return 'never-connected'
  if (facts.framesInWindow === 0) return facts.gatewayDown > 0 ? 'platform-down' : 'link-down'
  return 'not-sent'
}

const isTimeFault = (reason: string): boolean => reason.startsWith('datatime-')

export const hourReasonTexts: Readonly<Record<HourReason, string>> = {
  complete: '六项齐全',
  'not-yet-due': '未到上报时间',
  'not-in-operation': '站点未投运或已停用',
  'planned-stop': '计划停运',
  'device-stopped': '仪器停运',
  'device-maintenance': '仪器维护',
  'device-fault': '仪器故障',
  'device-calibrating': '仪器校准',
  'device-link': '仪器与数采仪通讯中断',
  'device-no-value': '报文或文件中无值',
  'time-rejected': '数据时间异常被拒',
  quarantined: '报文在隔离区',
  'platform-down': '平台网关停止',
  'never-connected': '站点从未上线',
  'link-down': '链路中断',
  'not-sent': '链路正常，站点未报',
  'no-file': '文件未导入',
}

export const hourReasons = Object.keys(hourReasonTexts) as HourReason[]

/** Reasons for which asking the station again can help. */
export const requeryReasons: ReadonlySet<HourReason> = new Set(['platform-down', 'link-down', 'not-sent'])

export interface Interval {
  readonly fromMs: number
  readonly toMs: number
}

/** Share of [from, to) that none of the intervals covers; overlapping intervals count once. */
export function uncoveredShare(window: Interval, intervals: readonly Interval[]): number {
  const length = window.toMs - window.fromMs
  if (length <= 0) return 0
  const inside = intervals
    .map((i) => ({ fromMs: Math.max(i.fromMs, window.fromMs), toMs: Math.min(i.toMs, window.toMs) }))
    .filter((i) => i.toMs > i.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs)
  let covered = 0
  let reach = window.fromMs
  for (const interval of inside) {
    const from = Math.max(reach, interval.fromMs)
    if (interval.toMs > from) covered += interval.toMs - from
    reach = Math.max(reach, interval.toMs)
  }
  return 1 - covered / length
}
