/**
 * Decisions about outlets take effect here, both when a person makes them and when the journal is replayed: the same
 * decision with the same number gives the same rows.
 */
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Trx } from '../../platform/db/index.ts'
import type { Decision } from '../intake/index.ts'
import { dayMs, nextStart, startOf } from '../series/index.ts'
import { queueSpans } from './dirty.repository.ts'
import { insertJudgement } from './exceedance.repository.ts'
import { decideMark, insertMark, marksInForce } from './mark.repository.ts'
import { markItem } from './mark-item.table.ts'

const Scope = { outletId: Type.Integer(), regionCode: Type.Integer(), ownerId: Type.Integer() }

/** The journal keeps these for ever: fields are only added. */
export const SourceMarkDecision = Type.Union([
  Type.Object({
    action: Type.Literal('file'),
    ...Scope,
    factor: Type.Union([Type.String(), Type.Null()]),
    item: Type.String(),
    fromMs: Type.Number(),
    toMs: Type.Number(),
    byName: Type.String(),
    accepted: Type.Boolean(),
    late: Type.Boolean(),
    deadlineMs: Type.Number(),
    /** Filed when the platform had already found an exceedance in the marked time: evidence in a false-mark case. */
    afterExceedance: Type.Boolean(),
  }),
  Type.Object({
    action: Type.Union([Type.Literal('accept'), Type.Literal('reject'), Type.Literal('withdraw')]),
    id: Type.String(),
    byName: Type.String(),
  }),
])
export type SourceMarkDecision = Static<typeof SourceMarkDecision>

export const ExceedanceDecision = Type.Object({
  ...Scope,
  factor: Type.String(),
  kind: Type.Union([
    Type.Literal('hour'),
    Type.Literal('day'),
    Type.Literal('month-days'),
    Type.Literal('furnace'),
  ]),
  fromMs: Type.Number(),
  toMs: Type.Number(),
  decision: Type.Union([Type.Literal('confirm'), Type.Literal('exempt'), Type.Literal('reopen')]),
  byName: Type.String(),
})
export type ExceedanceDecision = Static<typeof ExceedanceDecision>

export const markDecisionType = 'source-mark'
export const exceedanceDecisionType = 'source-exceedance'

/** Applies a decision of the journal; types that are not about outlets are left to their rooms. */
export async function applySourceDecision(trx: Trx, decision: Decision, msg: bigint): Promise<void> {
  if (decision.type === markDecisionType) return applyMark(trx, decision, msg)
  if (decision.type === exceedanceDecisionType) return applyJudgement(trx, decision, msg)
}

async function applyMark(trx: Trx, decision: Decision, msg: bigint): Promise<void> {
  const body = read(SourceMarkDecision, decision)
  const author = { by: decision.by, atMs: decision.atMs, reason: decision.reason, byName: body.byName }
  if (body.action === 'file') {
    await insertMark(trx, { id: msg, ...body, ...author })
    const counts = body.accepted || !body.late
    if (counts) await queueMark(trx, body, '标记申报')
    return
  }
  const state = body.action === 'accept' ? 'accepted' : body.action === 'reject' ? 'rejected' : 'withdrawn'
  const before = await decideMark(trx, { id: body.id, state, msg, ...author })
  if (before === undefined) return
  const { outlet_id: outletId, from_ms: fromMs, to_ms: toMs, item } = before
  const why = { accepted: '标记审核通过', rejected: '标记审核驳回', withdrawn: '标记撤回' }[state]
  await queueMark(trx, { outletId, fromMs, toMs, item }, why)
}

/** A condition mark uses up a quota of the year: the marked hours after it may change with it. */
async function queueMark(
  trx: Trx,
  mark: { outletId: number; fromMs: number; toMs: number; item: string },
  why: string,
): Promise<void> {
  const spans = [{ outletId: mark.outletId, fromMs: startOf('day', mark.fromMs), toMs: mark.toMs }]
  if (markItem(mark.item)?.effect === 'exempt') spans.push(...(await laterExemptSpans(trx, mark)))
  await queueSpans(trx, spans, why)
}

async function laterExemptSpans(
  trx: Trx,
  mark: { outletId: number; fromMs: number },
): Promise<{ outletId: number; fromMs: number; toMs: number }[]> {
  const yearEnd = nextStart('year', mark.fromMs)
  const marks = await marksInForce(trx, [mark.outletId], mark.fromMs, yearEnd)
  return marks
    .filter((one) => markItem(one.item)?.effect === 'exempt')
    .map((one) => ({ outletId: mark.outletId, fromMs: startOf('day', one.fromMs), toMs: one.toMs }))
}

async function applyJudgement(trx: Trx, decision: Decision, msg: bigint): Promise<void> {
  const body = read(ExceedanceDecision, decision)
  await insertJudgement(trx, {
    msg,
    outlet_id: body.outletId,
    region_code: body.regionCode,
    owner_id: body.ownerId,
    factor: body.factor,
    kind: body.kind,
    from_ms: body.fromMs,
    to_ms: body.toMs,
    decision: body.decision,
    reason: decision.reason,
    by: decision.by,
    byName: body.byName,
    atMs: decision.atMs,
  })
  const fromMs = Math.max(startOf('day', body.fromMs), startOf('day', body.toMs - 1))
  await queueSpans(trx, [{ outletId: body.outletId, fromMs, toMs: fromMs + dayMs }], '超标认定')
}

function read<T extends typeof SourceMarkDecision | typeof ExceedanceDecision>(
  schema: T,
  decision: Decision,
): Static<T> {
  if (Value.Check(schema, decision.body)) return decision.body as Static<T>
  const faults = Value.Errors(schema, decision.body).map((fault) => `${fault.instancePath} ${fault.message}`)
  throw new Error(`decision of type ${decision.type} cannot be read: ${faults.join('; ')}`)
}
