/** A task is a matter of the workflow inspection-task, with a row of its own for what happens on site. */
import { type CapException, type VisitKind, visitKindTitles } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Trx } from '../../platform/db/index.ts'
import { notify } from '../identity/index.ts'
import { openMatter } from '../matters/index.ts'
import { insertInspection } from './task.repository.ts'

export interface TaskDraft {
  readonly kind: VisitKind
  readonly title: string
  readonly regionCode: number
  readonly ownerId: number
  readonly enterpriseId: number | null
  readonly place: { readonly lon: number; readonly lat: number }
  readonly plannedOn: string
  readonly sequence: number
  readonly startMinute: number | null
  readonly minutes: number
  /** Ids of people; two at least. */
  readonly officers: readonly number[]
  /** Organization of the officers. */
  readonly handlerId: number
  readonly planId: number | null
  readonly candidateId: string | null
  readonly drawId: number | null
  readonly exception: CapException | null
  readonly why: readonly string[]
  readonly what: readonly string[]
  readonly checklists: readonly string[]
  readonly refs: readonly { readonly kind: string; readonly id: number; readonly title: string }[]
  readonly commandId: string | null
}

/** Opens the matter, keeps the visit, tells the officers; returns the id of the task. */
export async function openTask(trx: Trx, actor: Actor, draft: TaskDraft, atMs: number): Promise<number> {
  const { handlerId, ...visit } = draft
  const lead = draft.refs.find((ref) => ref.kind === 'lead')
  const matter = await openMatter(
    trx,
    actor,
    {
      workflow: 'inspection-task',
      title: `${visitKindTitles[draft.kind].zh}：${draft.title}`,
      regionCode: draft.regionCode,
      ownerId: draft.ownerId,
      featureId: draft.enterpriseId,
      enterpriseId: draft.enterpriseId,
      problemId: null,
      parties: { overseer: { organizationId: actor.organizationId }, handler: { organizationId: handlerId } },
      fields: { officers: [...draft.officers], plannedOn: draft.plannedOn },
      source: lead === undefined ? { kind: 'inspection', ref: null } : { kind: 'lead', ref: String(lead.id) },
      ...(draft.commandId === null ? {} : { commandId: draft.commandId }),
    },
    atMs,
  )
  const id = await insertInspection(trx, {
    ...visit,
    matterId: matter.id,
    number: matter.number,
    atMs,
    by: actor.userId,
  })
  await notify(trx, {
    topic: 'inspection',
    to: { userIds: draft.officers },
    title: `检查任务：${draft.plannedOn} ${draft.title}`,
    body: [`${matter.number}，${visitKindTitles[draft.kind].zh}。`, ...draft.why.slice(0, 3)].join('\n'),
    link: `/inspections/field?task=${id}`,
    dedupeKey: `inspection:${id}`,
  })
  return id
}
