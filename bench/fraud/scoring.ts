import type { TamperingKind } from '@shanshui/demo/process'
import { type FraudLead, scanOutlet } from '@shanshui/fraud'
import { DAY_MS, HOUR_MS, type Label, type LabelledOutlet } from './case.ts'

/** A lead that touches a label within a day of it is about that label. */
const TOLERANCE_MS = DAY_MS
const QUARTER_MS = 91.25 * DAY_MS

export interface Outcome {
  readonly label: Label
  readonly leads: readonly FraudLead[]
  readonly high: boolean
  readonly medium: boolean
  readonly any: boolean
}

/** Leads of a rule, and how many of them touch a label. */
export interface RuleTally {
  leads: number
  right: number
  high: number
  highRight: number
}

export interface Tally {
  readonly outcomes: readonly Outcome[]
  readonly quarters: number
  readonly outlets: number
  readonly hours: number
  readonly seconds: number
  readonly leads: Readonly<Record<'high' | 'medium' | 'watch', number>>
  readonly falseLeads: Readonly<Record<'high' | 'medium' | 'watch', number>>
  readonly byRule: ReadonlyMap<string, RuleTally>
  readonly byLookAlike: ReadonlyMap<string, { episodes: number; high: number }>
}

export function touches(lead: FraudLead, label: { fromMs: number; toMs: number }, toleranceMs = 0): boolean {
  return lead.fromMs < label.toMs + toleranceMs && lead.toMs + HOUR_MS > label.fromMs - toleranceMs
}

export function scored(outlets: Iterable<LabelledOutlet>): Tally {
  const outcomes: Outcome[] = []
  const leads = { high: 0, medium: 0, watch: 0 }
  const falseLeads = { high: 0, medium: 0, watch: 0 }
  const byRule = new Map<string, RuleTally>()
  const byLookAlike = new Map<string, { episodes: number; high: number }>()
  let [quarters, count, hours, seconds] = [0, 0, 0, 0]
  for (const { frame, labels, lookAlikes } of outlets) {
    const began = process.cpuUsage()
    const found = scanOutlet(frame)
    seconds += process.cpuUsage(began).user / 1e6
    count++
    hours += frame.startMs.length * frame.parameters.length
    quarters += (frame.startMs.length * HOUR_MS) / QUARTER_MS
    for (const label of labels) {
      const about = found.filter((lead) => touches(lead, label))
      outcomes.push({
        label,
        leads: about,
        high: about.some(({ level }) => level === 'high'),
        medium: about.some(({ level }) => level !== 'watch'),
        any: about.length > 0,
      })
    }
    for (const episode of lookAlikes) {
      const kind = byLookAlike.get(episode.kind) ?? { episodes: 0, high: 0 }
      kind.episodes++
      byLookAlike.set(episode.kind, kind)
    }
    for (const lead of found) {
      leads[lead.level]++
      const about = labels.some((label) => touches(lead, label, TOLERANCE_MS))
      const high = lead.level === 'high'
      const rule = byRule.get(lead.rule) ?? { leads: 0, right: 0, high: 0, highRight: 0 }
      rule.leads++
      if (about) rule.right++
      if (high) rule.high++
      if (high && about) rule.highRight++
      byRule.set(lead.rule, rule)
      if (about) continue
      falseLeads[lead.level]++
      if (lead.level !== 'high') continue
      const under = lookAlikes.find((episode) => touches(lead, episode))
      const kind = under === undefined ? undefined : byLookAlike.get(under.kind)
      if (kind !== undefined) kind.high++
    }
  }
  return {
    outcomes,
    quarters,
    outlets: count,
    hours,
    seconds,
    leads,
    falseLeads,
    byRule,
    byLookAlike,
  }
}

export function recallOf(
  outcomes: readonly Outcome[],
  kind: TamperingKind | undefined,
  level: 'high' | 'medium' | 'any',
): number {
  const of = kind === undefined ? outcomes : outcomes.filter(({ label }) => label.kind === kind)
  return of.length === 0 ? Number.NaN : of.filter((outcome) => outcome[level]).length / of.length
}
