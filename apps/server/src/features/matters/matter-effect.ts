/** What a step of a matter brings outside of it: the outcome of the lead behind it, another matter. Once, as the platform. */
import type { Trx } from '../../platform/db/index.ts'
import { matterForUpdate, partiesOfMatters } from './matter.repository.ts'
import { openMatter } from './matter.service.ts'
import { partiesOf } from './matter-facts.ts'
import { type EffectRow, leadsBehind, reasonOfStep } from './matter-worker.repository.ts'

export interface MatterEffectDoors {
  /** Of the room of leads: what a lead turned out to be. False when it is not there or says so already. */
  readonly setLeadOutcome: (
    trx: Trx,
    leadId: number,
    outcome: 'confirmed' | 'not-confirmed',
    grounds: string,
    atMs: number,
  ) => Promise<boolean>
}

export async function carryOut(
  trx: Trx,
  { matterId, seq, effect }: EffectRow,
  doors: MatterEffectDoors,
  nowMs: number,
): Promise<void> {
  const row = await matterForUpdate(trx, matterId)
  if (row === undefined) return
  if (effect.kind === 'lead-outcome') {
    const said = await reasonOfStep(trx, matterId, seq)
    const grounds = `事项 ${row.number}${said === null ? '' : `：${said}`}`
    for (const leadId of await leadsBehind(trx, matterId))
      await doors.setLeadOutcome(trx, leadId, effect.outcome, grounds, nowMs)
    return
  }
  await openMatter(
    trx,
    'system',
    {
      workflow: effect.workflow,
      title: `${effect.title.zh}：${row.title}`.slice(0, 200),
      regionCode: row.regionCode,
      ownerId: row.ownerId,
      featureId: row.featureId,
      enterpriseId: row.enterpriseId,
      problemId: row.problemId,
      parentId: row.id,
      parties: partiesOf(await partiesOfMatters(trx, [matterId])),
      source: { kind: row.source, ref: row.ref },
    },
    nowMs,
  )
}
