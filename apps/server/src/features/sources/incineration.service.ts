/**
 * Waste incineration: exceedance days of a month, and days on which the furnace was too cold. Numbers of the ministry's
 * rule are settings that still have to be checked; those of GB 18484-2020 and GB 39707-2020 are read in the text.
 */
import { exactMean } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'
import { dateOf, dayMs, hourMs, midnightOf, nextStart, readSeries, startOf } from '../series/index.ts'
import { dayRows } from './day.repository.ts'
import type { ExceedanceKind } from './exceedance.repository.ts'
import type { FoundExceedance } from './exceedance-merge.ts'
import { internLimits } from './limit.repository.ts'
import { digestOfLimit } from './limit-book.ts'
import type { Settings } from './setting.repository.ts'
import { furnaceFactor, hourState, type LimitDraft, type OutletBlock } from './source.table.ts'

export interface IncinerationFinding {
  readonly kind: ExceedanceKind
  /** `*`: all pollutants together. */
  readonly factor: string
  /** The stretch that was looked at: stored events in it that are not found are gone. */
  readonly fromMs: number
  readonly toMs: number
  readonly found: readonly FoundExceedance[]
}

interface Facts {
  readonly settings: Settings
  readonly nowMs: number
}

export async function incinerationFindings(
  q: Queryable,
  block: OutletBlock,
  facts: Facts,
): Promise<IncinerationFinding[]> {
  return [...(await monthFindings(q, block, facts)), ...(await furnaceFindings(q, block, facts))]
}

/** Months with as many exceedance days as stop the furnace. Municipal waste only. */
async function monthFindings(q: Queryable, block: OutletBlock, facts: Facts): Promise<IncinerationFinding[]> {
  const { outlet } = block.context
  if (outlet.facility !== 'waste-incinerator') return []
  const { value, source, status } = facts.settings.row('incineration.daysPerMonth')
  const findings: IncinerationFinding[] = []
  const endMs = block.fromMs + block.hours * hourMs
  for (let ms = startOf('month', block.fromMs); ms < endMs; ms = nextStart('month', ms)) {
    const toMs = nextStart('month', ms)
    const days = (await dayRows(q, [outlet.id], dateOf(ms), dateOf(toMs - 1))).filter((day) =>
      day.over_hours.some((over, f) => over > 0 && (day.limits[f] as number) > 0),
    )
    const found: FoundExceedance[] = []
    if (days.length >= value) {
      const draft = ruleOf(value, '日', '一个月内超标日数', source, status)
      const limitId = await internRule(q, draft)
      const [first, last] = [days[0], days.at(-1)]
      found.push({
        fromMs: midnightOf(first?.day ?? ''),
        toMs: midnightOf(last?.day ?? '') + dayMs,
        hours: days.length,
        maxValue: days.length,
        multiple: (days.length - value) / value,
        limitId,
        exempted: false,
      })
    }
    findings.push({ kind: 'month-days', factor: '*', fromMs: ms, toMs, found })
  }
  return findings
}

interface FurnaceRule {
  readonly degrees: number
  /** This many five-minute means below it are a violation. */
  readonly times: number
  readonly source: string
  readonly status: LimitDraft['status']
}

/** By facility; the hazardous and the medical rule say “more than five times”. */
const furnaceRules: Readonly<Record<string, FurnaceRule>> = {
  'waste-incinerator': {
    degrees: 850,
    times: 5,
    source: '部令第10号（未见原文）：一日内炉温5分钟均值低于850℃达5次',
    status: 'unverified',
  },
  'hazardous-waste-incinerator': {
    degrees: 1100,
    times: 6,
    source: 'GB 18484-2020 7.2.4、9.4：一日内炉温低于1100℃超过5次',
    status: 'primary',
  },
  'medical-waste-incinerator': {
    degrees: 850,
    times: 6,
    source: 'GB 39707-2020 7.3、9.4：一日内炉温低于850℃超过5次',
    status: 'primary',
  },
}
const slotMs = 5 * 60_000

/** Days on which the furnace was below its temperature too often, stopped and exempt hours left out. */
async function furnaceFindings(
  q: Queryable,
  block: OutletBlock,
  facts: Facts,
): Promise<IncinerationFinding[]> {
  const { outlet } = block.context
  const rule = furnaceRules[outlet.facility]
  if (rule === undefined || !outlet.factors.includes(furnaceFactor)) return []
  const endMs = block.fromMs + block.hours * hourMs
  const table = await readSeries(q, {
    period: 'min',
    pointIds: [outlet.id],
    fromMs: block.fromMs,
    toMs: endMs,
    factors: [furnaceFactor],
    procedure: 'measured',
  })
  const slots = new Map<number, number[]>()
  const values = table.columns.get(furnaceFactor)
  for (let i = 0; values !== undefined && i < table.startMs.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value) || !isJudged(block, table.startMs[i] as number)) continue
    const slot = Math.floor((table.startMs[i] as number) / slotMs) * slotMs
    slots.set(slot, [...(slots.get(slot) ?? []), value])
  }
  const days = new Map<number, { cold: number; lowest: number }>()
  for (const [slot, own] of slots) {
    const mean = exactMean(own)
    if (mean >= rule.degrees) continue
    const day = startOf('day', slot)
    const known = days.get(day) ?? { cold: 0, lowest: Number.POSITIVE_INFINITY }
    days.set(day, { cold: known.cold + 1, lowest: Math.min(known.lowest, mean) })
  }
  const cold = [...days].filter(([day, { cold }]) => cold >= rule.times && day + dayMs <= facts.nowMs)
  const draft = ruleOf(rule.degrees, '℃', `五分钟均值低于该温度 ${rule.times} 次`, rule.source, rule.status)
  const limitId = cold.length === 0 ? 0 : await internRule(q, draft)
  const found = cold.map(([day, { cold: times, lowest }]) => ({
    fromMs: day,
    toMs: day + dayMs,
    hours: times,
    maxValue: lowest,
    multiple: (rule.degrees - lowest) / rule.degrees,
    limitId,
    exempted: false,
  }))
  return [{ kind: 'furnace', factor: furnaceFactor, fromMs: block.fromMs, toMs: endMs, found }]
}

function isJudged(block: OutletBlock, ms: number): boolean {
  const i = Math.floor((ms - block.fromMs) / hourMs)
  return !block.factors.every(
    (factor) => factor.state[i] === hourState.stopped || factor.state[i] === hourState.exempt,
  )
}

function ruleOf(
  value: number,
  unit: string,
  why: string,
  source: string,
  status: LimitDraft['status'],
): LimitDraft {
  return { value, min: null, decimals: 0, unit, averaging: 'day', source, clause: null, why, status }
}

async function internRule(q: Queryable, draft: LimitDraft): Promise<number> {
  const digest = digestOfLimit(draft)
  return (await internLimits(q, new Map([[digest, draft]]))).get(digest)?.id ?? 0
}
