/**
 * Hours that a working-condition mark exempts from the judgement: where the permit grants it, by occurrence, or where
 * the rules of waste incineration do, up to a number of hours in the calendar year. Quotas are used up in order of
 * time, from the marks alone, so that any order of arrival gives the same hours.
 */
import { markedMinutes } from '@shanshui/standards'
import { permitOn } from '../registry/index.ts'
import { dateOf, hourMs, startOf } from '../series/index.ts'
import { markItem } from './mark-item.table.ts'
import { bearableMinutes, type MarkInForce, type OutletContext } from './source.table.ts'

export interface ExemptionQuotas {
  readonly startStopHours: number
  readonly faultHours: number
  readonly preheatHours: number
}

const incinerators = new Set([
  'waste-incinerator',
  'hazardous-waste-incinerator',
  'medical-waste-incinerator',
])
export const isIncinerator = (facility: string): boolean => incinerators.has(facility)

const startStop = new Set(['startup', 'shutdown', 'source-fault', 'accident'])
const eachLimited = new Set(['source-fault', 'accident'])
const preheat = new Set(['preheating', 'cool-down'])

/** 1 = exempt, by hour from `fromMs`. */
export function exemptHours(
  context: OutletContext,
  fromMs: number,
  hours: number,
  quotas: ExemptionQuotas,
): Uint8Array {
  const exempt = new Uint8Array(hours)
  const marks = context.marks.filter((mark) => markItem(mark.item)?.effect === 'exempt')
  if (marks.length === 0) return exempt
  const allow = (atMs: number) => {
    const i = (atMs - fromMs) / hourMs
    if (i >= 0 && i < hours) exempt[i] = 1
  }
  if (isIncinerator(context.outlet.facility)) {
    const of = (items: ReadonlySet<string>) => marks.filter((mark) => items.has(mark.item))
    spend(of(startStop), quotas.startStopHours, quotas.faultHours, allow)
    if (context.outlet.facility === 'waste-incinerator')
      spend(of(preheat), quotas.preheatHours, Number.POSITIVE_INFINITY, allow)
  }
  for (const mark of marks) {
    const granted = permittedHours(context, mark)
    let used = 0
    for (const atMs of hoursOf(mark)) if (used++ < granted) allow(atMs)
  }
  return exempt
}

/** Takes the hours of marks from a yearly quota; a fault or accident gives at most `each` hours. */
function spend(
  marks: readonly MarkInForce[],
  quota: number,
  each: number,
  allow: (atMs: number) => void,
): void {
  const used = new Map<number, number>()
  const seen = new Set<number>()
  for (const mark of marks.toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)) {
    let own = 0
    for (const atMs of hoursOf(mark)) {
      if (seen.has(atMs)) continue
      seen.add(atMs)
      const year = startOf('year', atMs)
      const spent = used.get(year) ?? 0
      if (spent >= quota || (eachLimited.has(mark.item) && own >= each)) continue
      used.set(year, spent + 1)
      own += 1
      allow(atMs)
    }
  }
}

/** Hours of which the mark covers more than the minutes an hour can bear. */
function hoursOf(mark: MarkInForce): number[] {
  const first = startOf('hour', mark.fromMs)
  const minutes = new Uint8Array(Math.ceil((mark.toMs - first) / hourMs))
  markedMinutes(minutes, first, [mark])
  return [...minutes.keys()]
    .filter((i) => (minutes[i] as number) > bearableMinutes)
    .map((i) => first + i * hourMs)
}

/** Hours that the permit in force grants for one occurrence of the condition; 0 when it grants none. */
function permittedHours(context: OutletContext, mark: MarkInForce): number {
  const name = markItem(mark.item)?.name.zh
  const permit = permitOn(context.permits, dateOf(mark.fromMs))
  const grants = permit?.outlets.find((one) => one.number === context.outlet.number)?.exemptions ?? []
  const grant = grants.find(({ condition }) => condition === mark.item || condition === name)
  return grant?.maxHours ?? 0
}
