/** Raising and calming leads, exactly once: see docs/adr/0011-leads-exactly-once.md. */
import type { Trx } from '../../platform/db/index.ts'
import { notify as notifyPeople } from '../identity/index.ts'
import type { LeadDraft, LeadStanding, LeadTransition, Occurrence } from './lead.table.ts'
import { decideCalm, decideRaise, isActive, type KnownLead, meets } from './lead-decision.ts'
import { dueOf } from './lead-due.ts'
import { type NoticeOf, type Notify, noticeOf } from './lead-notice.ts'
import { compareLevels, largestWeight, levelOf, scoresOf } from './lead-score.ts'
import {
  deleteOccurrence,
  endLead,
  explanationOf,
  insertHistory,
  insertLead,
  knownLeads,
  type LeadKey,
  liveLeads,
  lockObject,
  markQuiet,
  nameOf,
  type Opening,
  occurrencesWithin,
  type RuleTerms,
  refreshLead,
  reopenLead,
  replaceOccurrences,
  ruleTerms,
  scoredStretches,
  setCalmed,
  setScore,
  standingOf,
} from './raise.repository.ts'

const hour = 3_600_000
/** Where a rule has no row of its own yet. */
const unruled: RuleTerms = {
  enabled: true,
  title: '',
  calmAfterHours: 24,
  followUpHours: 24,
  escalateHours: 48,
}
/** A level falls after its score has been low for as long as the rule waits to calm, but no longer than this. */
const longestLowHours = 24
/** An occurrence keeps the newest of its hours and messages up to this; the rest is in the series and the journal. */
const keptEvidence = 400

export interface Raised {
  /** 0: the rule is switched off, there is no lead. */
  readonly leadId: number
  readonly transition: LeadTransition
}

/**
 * Raises a lead, or lets an open one go on: one open lead for an object, a rule and a factor, whoever raises, however
 * often and in whatever order. People are told when it opens and when it becomes more serious, not otherwise.
 * @param atMs the time it is now
 */
export async function raiseLead(
  trx: Trx,
  draft: LeadDraft,
  atMs: number,
  notify: Notify = notifyPeople,
): Promise<Raised> {
  const terms = (await ruleTerms(trx, draft.ruleId)) ?? unruled
  if (!terms.enabled) return { leadId: 0, transition: 'none' }
  await lockObject(trx, draft.featureId)
  const raised = await place(trx, draft, atMs, terms)
  if (raised.transition === 'none') return raised
  const rose = await rescore(trx, draft.featureId, atMs, terms, raised, notify)
  return rose && raised.transition === 'continued' ? { ...raised, transition: 'escalated' } : raised
}

const silence: Notify = async () => undefined

async function place(trx: Trx, draft: LeadDraft, atMs: number, terms: RuleTerms): Promise<Raised> {
  const key: LeadKey = { featureId: draft.featureId, ruleId: draft.ruleId, factor: draft.factor ?? '' }
  const known = await knownLeads(trx, key, draft.fromMs, draft.toMs)
  const plan = decideRaise(known, draft)
  switch (plan.kind) {
    case 'none':
      return {
        leadId: plan.leadId,
        transition: (await reword(trx, known, plan.leadId, draft, atMs)) ? 'continued' : 'none',
      }
    case 'open': {
      const id = await insertLead(trx, draft, openingOf(draft, atMs, terms))
      // The lock keeps others out; whoever passed it by is stopped by the index, and is seen on the next look.
      if (id === undefined) return place(trx, draft, atMs, terms)
      await replaceOccurrences(trx, { id, ...draft }, [], occurrenceOf(draft), atMs)
      await refreshLead(trx, id, atMs)
      await insertHistory(trx, { id, ...draft }, { action: 'opened', atMs, to: 'open' })
      return { leadId: id, transition: 'opened' }
    }
    case 'extend': {
      const whole = merged(draft, plan)
      await replaceOccurrences(trx, { id: plan.leadId, ...draft }, plan.absorbed, whole, atMs)
      if (plan.reopen) {
        await reopenLead(trx, plan.leadId, openingOf(draft, atMs, terms))
        await insertHistory(
          trx,
          { id: plan.leadId, ...draft },
          { action: 'reopened', atMs, from: 'calmed', to: 'open', note: '条件再次成立' },
        )
      }
      await refreshLead(trx, plan.leadId, atMs)
      return { leadId: plan.leadId, transition: plan.reopen ? 'opened' : 'continued' }
    }
  }
}

/** The same stretch with another statistic, after a correction: new words, no new lead. */
async function reword(
  trx: Trx,
  known: readonly KnownLead[],
  leadId: number,
  draft: LeadDraft,
  atMs: number,
): Promise<boolean> {
  const same = known
    .find((lead) => lead.id === leadId)
    ?.occurrences.find((o) => o.fromMs === draft.fromMs && o.toMs === draft.toMs)
  if (same === undefined) return false
  const weight = Math.min(draft.score, largestWeight)
  if (same.statistic.value === draft.statistic.value && same.score === weight && same.n === draft.n)
    return false
  await replaceOccurrences(trx, { id: leadId, ...draft }, [same], occurrenceOf(draft), atMs)
  return refreshLead(trx, leadId, atMs)
}

function openingOf(draft: LeadDraft, atMs: number, terms: RuleTerms): Opening {
  const weight = Math.min(draft.score, largestWeight)
  const level = levelOf(weight)
  return { level, weight, atMs, dueMs: dueOf(level, atMs), remindMs: atMs + terms.followUpHours * hour }
}

function occurrenceOf(draft: LeadDraft): Omit<Occurrence, 'leadId'> {
  return {
    fromMs: draft.fromMs,
    toMs: draft.toMs,
    score: Math.min(draft.score, largestWeight),
    statistic: draft.statistic,
    threshold: draft.threshold,
    n: draft.n,
    explanation: draft.explanation,
    refutation: draft.refutation,
    hoursMs: draft.evidence.hoursMs.slice(-keptEvidence),
    msgs: draft.evidence.msgs.slice(-keptEvidence),
  }
}

/** One stretch of several: the words of the one that ends last, the evidence of all. */
function merged(
  draft: LeadDraft,
  plan: { absorbed: readonly Occurrence[]; fromMs: number; toMs: number },
): Omit<Occurrence, 'leadId'> {
  const own = occurrenceOf(draft)
  const latest = plan.absorbed.reduce<Omit<Occurrence, 'leadId'>>((a, b) => (b.toMs > a.toMs ? b : a), own)
  const all = [...plan.absorbed, own]
  const hours = [...new Set(all.flatMap((o) => [...o.hoursMs]))].sort((a, b) => a - b)
  return {
    ...latest,
    fromMs: plan.fromMs,
    toMs: plan.toMs,
    score: Math.max(...all.map((o) => o.score)),
    hoursMs: hours.slice(-keptEvidence),
    msgs: [...new Set(all.flatMap((o) => [...o.msgs]))].slice(-keptEvidence),
  }
}

/**
 * Combined scores of the object's open leads. A higher level holds at once and is told; a lower one only after the score
 * has been low for a while. True when the lead that was raised has risen.
 */
async function rescore(
  trx: Trx,
  featureId: number,
  atMs: number,
  terms: RuleTerms,
  raised: Raised | undefined,
  notify: Notify,
): Promise<boolean> {
  const open = (await liveLeads(trx, featureId)).filter((lead) => isActive(lead.state))
  const scores = scoresOf(await scoredStretches(trx, featureId))
  let rose = false
  for (const lead of open) {
    const score = scores.get(lead.id)?.score ?? lead.weight
    const level = levelOf(score)
    const step = compareLevels(level, lead.level)
    const isNew = raised?.transition === 'opened' && lead.id === raised.leadId
    if (step < 0) {
      await lower(trx, lead, score, atMs, terms)
      continue
    }
    if (score !== lead.score || lead.lowSinceMs !== null || step > 0) {
      await setScore(trx, lead.id, score, level, dueOf(level, lead.openedMs), null)
    }
    if (step > 0 && !isNew) {
      await insertHistory(trx, lead, {
        action: 'escalated',
        atMs,
        from: lead.state,
        to: lead.state,
        note: level,
      })
      if (lead.id === raised?.leadId) rose = true
    }
    if (step > 0 || isNew) await tell(trx, lead.id, isNew ? 'opened' : 'escalated', atMs, notify)
  }
  return rose
}

/** After a person's decision; the lock of the object is held. */
export async function rescoreObject(trx: Trx, featureId: number, atMs: number): Promise<void> {
  await rescore(trx, featureId, atMs, unruled, undefined, silence)
}

async function lower(
  trx: Trx,
  lead: LeadStanding,
  score: number,
  atMs: number,
  terms: RuleTerms,
): Promise<void> {
  if (lead.lowSinceMs === null)
    return setScore(trx, lead.id, lead.score, lead.level, dueOf(lead.level, lead.openedMs), atMs)
  if (atMs - lead.lowSinceMs < Math.min(terms.calmAfterHours, longestLowHours) * hour) return
  const level = levelOf(score)
  await setScore(trx, lead.id, score, level, dueOf(level, lead.openedMs), null)
  await insertHistory(trx, lead, {
    action: 'de-escalated',
    atMs,
    from: lead.state,
    to: lead.state,
    note: level,
  })
}

/** Tells those who handle leads in the region; the outbox keeps one notice for one change. */
export async function tell(
  trx: Trx,
  leadId: number,
  what: NoticeOf['what'],
  atMs: number,
  notify: Notify,
): Promise<void> {
  const lead = await standingOf(trx, leadId)
  if (lead === undefined) return
  const notice = noticeOf(
    {
      ...lead,
      leadId,
      what,
      featureName: await nameOf(trx, lead.featureId),
      ruleTitle: (await ruleTerms(trx, lead.ruleId))?.title ?? lead.ruleId,
      explanation: await explanationOf(trx, leadId),
    },
    atMs,
  )
  if (notice !== undefined) await notify(trx, notice)
}

/**
 * The condition does not hold any more at `atMs`. The lead is calmed when it has not held for as long as its rule waits;
 * until then it is only noted, and the upkeep calms it in due time. Leads that a person has decided on end.
 * @param factor only the lead of this factor; of every factor when left out
 */
export async function calmLead(
  trx: Trx,
  featureId: number,
  ruleId: string,
  atMs: number,
  factor?: string | null,
): Promise<void> {
  await lockObject(trx, featureId)
  await calmHeld(trx, featureId, ruleId, atMs, atMs, factor)
}

/** As `calmLead`, with the lock held; `dataMs` is the time of the data, `atMs` the time it is now. */
async function calmHeld(
  trx: Trx,
  featureId: number,
  ruleId: string,
  dataMs: number,
  atMs: number,
  factor?: string | null,
): Promise<void> {
  const leads = (await liveLeads(trx, featureId, ruleId)).filter(
    (lead) => factor === undefined || lead.factor === (factor ?? ''),
  )
  if (leads.length === 0) return
  const { calmAfterHours } = (await ruleTerms(trx, ruleId)) ?? unruled
  let calmed = false
  for (const lead of leads) {
    const plan = decideCalm(lead, calmAfterHours, dataMs)
    if (plan === 'nothing') continue
    if (!isActive(lead.state)) {
      if (plan === 'calm') await endLead(trx, lead.id, dataMs)
    } else if (plan === 'wait') {
      if (lead.quietSinceMs === null) await markQuiet(trx, lead.id)
    } else {
      await calmOne(trx, lead, dataMs, atMs, '条件已不成立')
      calmed = true
    }
  }
  if (calmed) await rescore(trx, featureId, atMs, unruled, undefined, silence)
}

async function calmOne(
  trx: Trx,
  lead: LeadStanding,
  dataMs: number,
  atMs: number,
  note: string,
): Promise<void> {
  await setCalmed(trx, lead.id, dataMs, atMs)
  await insertHistory(trx, lead, { action: 'calmed', atMs, from: lead.state, to: 'calmed', note })
}

/** The upkeep's word that a lead has been quiet for long enough. */
export async function calmQuiet(trx: Trx, featureId: number, ruleId: string, atMs: number): Promise<void> {
  await lockObject(trx, featureId)
  const { calmAfterHours } = (await ruleTerms(trx, ruleId)) ?? unruled
  for (const lead of await liveLeads(trx, featureId, ruleId)) {
    if (!isActive(lead.state) || lead.quietSinceMs === null) continue
    if (atMs - lead.quietSinceMs >= calmAfterHours * hour)
      await calmOne(trx, lead, atMs, atMs, '条件已不成立')
  }
  await rescore(trx, featureId, atMs, unruled, undefined, silence)
}

export interface WindowFindings {
  readonly featureId: number
  readonly ruleId: string
  readonly factor: string | null
  /** The whole of this window was looked at. */
  readonly fromMs: number
  readonly toMs: number
  /** In order of time; with each, the newest time before it at which the condition surely did not hold. */
  readonly drafts: readonly (LeadDraft & { readonly quietBeforeMs?: number })[]
  /** Stretches inside the window that no draft meets are taken back: the data no longer bear them out. */
  readonly withdraws: boolean
  /** Time of the data since which the condition surely does not hold; null when it holds or cannot be told. */
  readonly quietAtMs: number | null
  /** Stretches that ended by then only go on with a lead that is open already. */
  readonly opensFromMs?: number
}

/**
 * Brings the leads of a key into line with what a window of data shows: raises what holds, takes back what corrected
 * data no longer bear out, calms what has ended. The same window twice changes nothing the second time.
 */
export async function reconcile(
  trx: Trx,
  findings: WindowFindings,
  atMs: number,
  notify: Notify = notifyPeople,
): Promise<Raised[]> {
  await lockObject(trx, findings.featureId)
  if (findings.withdraws) await withdraw(trx, findings, atMs)
  const raised: Raised[] = []
  const calm = (dataMs: number) =>
    calmHeld(trx, findings.featureId, findings.ruleId, dataMs, atMs, findings.factor)
  for (const draft of findings.drafts) {
    // As if every hour had been looked at by itself: what was quiet for long enough between two stretches is two leads.
    if (draft.quietBeforeMs !== undefined) await calm(draft.quietBeforeMs)
    const past = findings.opensFromMs !== undefined && draft.toMs <= findings.opensFromMs
    if (past && !(await isOfOpenLead(trx, draft))) continue
    raised.push(await raiseLead(trx, draft, atMs, notify))
  }
  if (findings.quietAtMs !== null) await calm(findings.quietAtMs)
  return raised
}

async function isOfOpenLead(trx: Trx, draft: LeadDraft): Promise<boolean> {
  const key: LeadKey = { featureId: draft.featureId, ruleId: draft.ruleId, factor: draft.factor ?? '' }
  return (await knownLeads(trx, key, draft.fromMs, draft.toMs)).some(
    (lead) => isActive(lead.state) && lead.occurrences.some((o) => meets(draft, o)),
  )
}

/** Stretches inside the window that the data show otherwise now: late or corrected data have moved or taken their ground. */
async function withdraw(trx: Trx, findings: WindowFindings, atMs: number): Promise<void> {
  const { drafts } = findings
  const leads = (await liveLeads(trx, findings.featureId, findings.ruleId)).filter(
    (lead) => isActive(lead.state) && lead.factor === (findings.factor ?? ''),
  )
  for (const lead of leads) {
    const inside = await occurrencesWithin(trx, lead.id, findings.fromMs, findings.toMs)
    const gone = inside.filter((o) => !drafts.some((d) => d.fromMs <= o.fromMs && d.toMs >= o.toMs))
    for (const o of gone) await deleteOccurrence(trx, lead.id, o.fromMs)
    if (gone.length === 0 || (await refreshLead(trx, lead.id, atMs)) || drafts.length > 0) continue
    // Nothing bears the lead any more; its words stay, with the note.
    await calmOne(trx, lead, atMs, atMs, '数据更正或标记后条件不再成立')
  }
}
