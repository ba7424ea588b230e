/** Keeps the exceedances of outlets true to their hours and days: new, longer, shorter, withdrawn, come back. */
import { evidenceGrade } from '@shanshui/standards'
import type { Trx } from '../../platform/db/index.ts'
import { dayMs, hourMs, startOf } from '../series/index.ts'
import type { DayRow } from './day-evaluation.ts'
import { daySteps, hourSteps, windowOf } from './evaluated-steps.ts'
import {
  type ExceedanceDraft,
  type ExceedanceKind,
  exceedancesTouching,
  insertExceedances,
  type JudgementRow,
  judgementsOver,
  putExceedance,
  type StoredExceedance,
} from './exceedance.repository.ts'
import {
  type FoundExceedance,
  findExceedances,
  type JudgedSteps,
  joinSteps,
  matchExceedances,
} from './exceedance-merge.ts'
import { isIncinerator } from './exemption.ts'
import { incinerationFindings } from './incineration.service.ts'
import { limitsById } from './limit.repository.ts'
import { qaOverdue } from './qa.ts'
import type { Settings } from './setting.repository.ts'
import { type FactorHours, hourState, isAbout, type LimitRow, type OutletBlock } from './source.table.ts'
import { storedDaySteps, storedHourSteps } from './stored-steps.ts'

export interface ExceedanceFacts {
  readonly settings: Settings
  readonly nowMs: number
  /** Outlets on whose data a high lead is open. */
  readonly doubted: ReadonlySet<number>
  readonly why: string
}

const doubtReasons = evidenceGrade({
  markWindowOpen: false,
  qualityAssuranceInDate: true,
  fraudLeadOpen: true,
}).reasons

/** Whether a grade was given while a lead on the data was open. */
export const restsOnDoubt = (reasons: readonly string[]): boolean =>
  doubtReasons.some((reason) => reasons.includes(reason))

/** End of the time in which the enterprise may mark the day of this instant. */
export function markDeadline(ms: number, settings: Settings): number {
  return startOf('day', ms) + dayMs + settings.number('mark.deadlineHour') * hourMs
}

interface Work {
  readonly trx: Trx
  readonly facts: ExceedanceFacts
  readonly limits: Map<number, LimitRow>
  readonly judgements: readonly JudgementRow[]
  /** New ones, written together at the end. */
  readonly fresh: ExceedanceDraft[]
}

/** Brings the events of evaluated outlets up to date. */
export async function updateExceedances(
  trx: Trx,
  blocks: readonly OutletBlock[],
  days: ReadonlyMap<number, readonly DayRow[]>,
  facts: ExceedanceFacts,
): Promise<void> {
  const [first] = blocks
  if (first === undefined) return
  const ids = blocks.map((block) => block.context.outlet.id)
  const [fromMs, toMs] = [first.fromMs, first.fromMs + first.hours * hourMs]
  const known = await exceedancesTouching(trx, ids, fromMs, toMs)
  const byOutlet = Map.groupBy(known, (one) => one.row.outlet_id)
  const concerned = blocks.filter((block) => byOutlet.has(block.context.outlet.id) || hasOver(block, days))
  if (concerned.length === 0 && !blocks.some((block) => isIncinerator(block.context.outlet.facility))) return
  const reach = startOf(
    'month',
    known.reduce((from, one) => Math.min(from, one.fromMs), fromMs),
  )
  const work: Work = {
    trx,
    facts,
    limits: new Map(),
    judgements: await judgementsOver(trx, ids, reach, Number.MAX_SAFE_INTEGER / 2),
    fresh: [],
  }
  for (const block of concerned) {
    const { id } = block.context.outlet
    await updateOutlet(work, block, days.get(id) ?? [], byOutlet.get(id) ?? [])
  }
  for (const block of blocks) {
    if (!isIncinerator(block.context.outlet.facility)) continue
    for (const { kind, factor, fromMs, toMs, found } of await incinerationFindings(trx, block, facts)) {
      // a month reaches beyond the stretch that was evaluated
      const stored = (await exceedancesTouching(trx, [block.context.outlet.id], fromMs, toMs)).filter(
        (one) => one.row.kind === kind && one.row.factor === factor && one.fromMs < toMs && one.toMs > fromMs,
      )
      await reconcile(work, block, factor, kind, found, stored)
    }
  }
  await insertExceedances(trx, work.fresh, { by: '平台', why: facts.why, atMs: facts.nowMs })
}

function hasOver(block: OutletBlock, days: ReadonlyMap<number, readonly DayRow[]>): boolean {
  if (block.factors.some((factor) => factor.over.some((over) => over > 0))) return true
  return days.get(block.context.outlet.id)?.some((day) => day.overHours.some((over) => over > 0)) === true
}

async function updateOutlet(
  work: Work,
  block: OutletBlock,
  days: readonly DayRow[],
  known: readonly StoredExceedance[],
): Promise<void> {
  const { outlet } = block.context
  const toMs = block.fromMs + block.hours * hourMs
  for (const [f, factor] of block.factors.entries()) {
    const of = (kind: ExceedanceKind) =>
      known.filter((one) => one.row.kind === kind && one.row.factor === factor.factor)
    const hourly = of('hour')
    if (hourly.length > 0 || factor.over.some((over) => over > 0)) {
      const window = windowOf(hourly, block.fromMs, toMs)
      const before = await storedHourSteps(work.trx, outlet.id, factor.factor, window.fromMs, block.fromMs)
      const after = await storedHourSteps(work.trx, outlet.id, factor.factor, toMs, window.toMs)
      const steps = joinSteps([before, hourSteps(block, factor), after])
      await settle(work, block, factor, 'hour', steps, hourMs, hourly)
    }
    const daily = of('day')
    const isOver = days.some((day) => (day.limits[f] as number) > 0 && (day.overHours[f] as number) > 0)
    if (daily.length > 0 || isOver) {
      const window = windowOf(daily, block.fromMs, toMs)
      const before = await storedDaySteps(work.trx, outlet.id, factor.factor, window.fromMs, block.fromMs)
      const after = await storedDaySteps(work.trx, outlet.id, factor.factor, toMs, window.toMs)
      const steps = joinSteps([before, daySteps(block, days, f), after])
      await settle(work, block, factor, 'day', steps, dayMs, daily)
    }
  }
}

async function settle(
  work: Work,
  block: OutletBlock,
  factor: FactorHours,
  kind: ExceedanceKind,
  steps: JudgedSteps,
  stepMs: number,
  known: readonly StoredExceedance[],
): Promise<void> {
  const missing = new Set([...steps.limitId].filter((id) => id > 0 && !work.limits.has(id)))
  for (const [id, row] of await limitsById(work.trx, missing)) work.limits.set(id, row)
  const limitOf = (id: number): LimitRow => {
    const row = work.limits.get(id)
    if (row === undefined) throw new Error(`limit ${id} is not in the dictionary`)
    return row
  }
  // the limit of a day is not in the steps' values: every run has one limit
  for (let i = 0; i < steps.limit.length; i++)
    if (Number.isNaN(steps.limit[i] as number) && (steps.limitId[i] as number) > 0)
      steps.limit[i] = limitOf(steps.limitId[i] as number).value
  const found = findExceedances(steps, stepMs, limitOf)
  await reconcile(work, block, factor.factor, kind, found, known)
}

/** Brings the stored events of one factor and kind in line with what was found. */
async function reconcile(
  work: Work,
  block: OutletBlock,
  factor: string,
  kind: ExceedanceKind,
  found: readonly FoundExceedance[],
  known: readonly StoredExceedance[],
): Promise<void> {
  const { pairs, gone } = matchExceedances(known, found)
  // what is gone goes first: the place of its first step may be taken
  for (const one of gone) await withdraw(work, block, factor, one)
  for (const pair of pairs) await put(work, block, factor, kind, pair.found, pair.known)
}

async function put(
  work: Work,
  block: OutletBlock,
  factor: string,
  kind: ExceedanceKind,
  found: FoundExceedance,
  known: StoredExceedance | undefined,
): Promise<void> {
  const { outlet, marks, devices, records } = block.context
  const { facts } = work
  const overlaps = (one: { fromMs: number; toMs: number }) =>
    one.fromMs < found.toMs && one.toMs > found.fromMs
  const judged = work.judgements.findLast(
    (one) =>
      one.outlet_id === outlet.id &&
      one.factor === factor &&
      one.kind === kind &&
      overlaps({ fromMs: one.from_ms, toMs: one.to_ms }),
  )
  const { grade, reasons } = evidenceGrade({
    markWindowOpen: facts.nowMs < markDeadline(found.toMs - 1, facts.settings),
    qualityAssuranceInDate: !qaOverdue(outlet, devices, records, found.fromMs, found.toMs, facts.settings),
    fraudLeadOpen: facts.doubted.has(outlet.id),
  })
  const draft: ExceedanceDraft = {
    outlet_id: outlet.id,
    region_code: outlet.regionCode,
    owner_id: outlet.ownerId,
    factor: factor,
    kind,
    from_ms: found.fromMs,
    to_ms: found.toMs,
    hours: found.hours,
    max_value: found.maxValue,
    limit_id: found.limitId,
    multiple: found.multiple,
    exempted: found.exempted,
    grade,
    grade_reasons: [...reasons],
    ...stateOf(found, judged),
    mark_ids: marks.filter((mark) => isAbout(mark, factor) && overlaps(mark)).map((mark) => String(mark.id)),
  }
  if (known !== undefined && sameEvent(known.row, draft)) return
  if (known === undefined) {
    work.fresh.push(draft)
    return
  }
  const by = judged !== undefined && known.row.state !== draft.state ? judged.made_by_name : '平台'
  await putExceedance(work.trx, known.id, draft, { by, why: facts.why, atMs: facts.nowMs })
}

function stateOf(
  found: FoundExceedance,
  judged: JudgementRow | undefined,
): Pick<ExceedanceDraft, 'state' | 'state_reason'> {
  if (judged?.decision === 'confirm') return { state: 'confirmed', state_reason: judged.reason }
  if (judged?.decision === 'exempt') return { state: 'exempt', state_reason: judged.reason }
  if (found.exempted) return { state: 'exempt', state_reason: 'condition-exempt' }
  return { state: 'candidate', state_reason: judged?.reason ?? null }
}

function sameEvent(a: ExceedanceDraft, b: ExceedanceDraft): boolean {
  const content = (one: ExceedanceDraft) => [
    one.from_ms,
    one.to_ms,
    one.hours,
    one.max_value,
    one.limit_id,
    one.multiple,
    one.exempted,
    one.grade,
    one.grade_reasons,
    one.state,
    one.state_reason,
    one.mark_ids,
    one.region_code,
    one.owner_id,
  ]
  return JSON.stringify(content(a)) === JSON.stringify(content(b))
}

async function withdraw(
  work: Work,
  block: OutletBlock,
  factor: string,
  known: StoredExceedance,
): Promise<void> {
  const { reason, markIds } = whyGone(block, factor, known)
  const draft = { ...known.row, state: 'withdrawn' as const, state_reason: reason, mark_ids: markIds }
  await putExceedance(work.trx, known.id, draft, { by: '平台', why: work.facts.why, atMs: work.facts.nowMs })
}

/** Why nothing supports an event any more: its hours were marked, its limit changed, its values are no longer valid. */
function whyGone(
  block: OutletBlock,
  factor: string,
  known: StoredExceedance,
): { reason: string; markIds: string[] } {
  const marks = block.context.marks.filter(
    (mark) => isAbout(mark, factor) && mark.fromMs < known.toMs && mark.toMs > known.fromMs,
  )
  if (marks.length > 0) return { reason: 'marked', markIds: marks.map((mark) => String(mark.id)) }
  const hours = block.factors.find((one) => one.factor === factor)
  let [valid, sameLimit] = [0, true]
  for (let i = 0; hours !== undefined && i < block.hours; i++) {
    const ms = block.fromMs + i * hourMs
    if (ms < known.fromMs || ms >= known.toMs) continue
    if (hours.state[i] === hourState.valid) valid += 1
    if (known.row.kind === 'hour' && hours.limitId[i] !== known.row.limit_id) sameLimit = false
  }
  if (!sameLimit) return { reason: 'limit-changed', markIds: [] }
  return { reason: hours !== undefined && valid === 0 ? 'invalid' : 'corrected', markIds: [] }
}
