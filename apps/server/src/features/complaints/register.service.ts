/** A complaint comes in, by whatever way: number, problem, matter, and who complained sealed apart; one transaction. */
import {
  type Complainant,
  type ComplaintChannel,
  complaintNearness,
  complaintThemes,
} from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { openMatter, registerProblem } from '../matters/index.ts'
import { listEnterprises, regionNames } from '../registry/index.ts'
import { dateOf } from '../series/index.ts'
import { keepSealed } from './complainant.repository.ts'
import {
  complaintOfOuterNumber,
  deskOf,
  insertComplaint,
  linkComplaint,
  nextNumber,
  selectCandidates,
} from './complaint.repository.ts'
import type { NewComplaint } from './complaint.table.ts'
import { problemThemeOf } from './complaint-theme.ts'
import { workflowId } from './definition.ts'
import { withoutPerson } from './discretion.ts'
import type { ComplaintDeps } from './room.ts'
import { boxAround, likeness } from './similar-complaint.ts'

export interface ComplaintDraft
  extends Omit<
    NewComplaint,
    'number' | 'ownerId' | 'title' | 'registeredMs' | 'registeredBy' | 'repeats' | 'named'
  > {
  readonly title?: string
  /** Whoever asks to be told the result; left out: anonymous. */
  readonly complainant?: Complainant
}

export interface Registered {
  readonly id: number
  readonly number: string
  readonly matterId: number
}

const longestTitle = 100

function titleOf(draft: ComplaintDraft, regionName: string, enterpriseName: string | undefined): string {
  if (draft.title !== undefined) return draft.title
  const where = enterpriseName ?? draft.accused ?? draft.place ?? ''
  return `${regionName}${where}${complaintThemes[draft.theme].zh}问题`.slice(0, longestTitle)
}

async function enterpriseOf(trx: Trx, id: number | null) {
  if (id === null) return undefined
  const [found] = await listEnterprises(trx, { ids: [id] })
  if (found === undefined) throw new AppError('complaint.invalid', { detail: `没有企业 ${id}` })
  return found
}

/** Earlier ones of the same theme within 200 m, or at the same enterprise, within 90 days. */
async function countRepeats(trx: Trx, draft: ComplaintDraft, title: string, id: number): Promise<number> {
  const box = boxAround(draft.lat ?? 0, complaintNearness.metres)
  const candidates = await selectCandidates(trx, { ...draft, id }, box, complaintNearness.days)
  const here = { ...draft, title }
  return candidates.filter(
    (one) =>
      one.received_ms <= draft.receivedMs &&
      likeness(here, { ...one, enterpriseId: one.enterprise_id, receivedMs: one.received_ms }).repeat,
  ).length
}

/**
 * Registers in the caller's transaction. `doer` is the clerk, or the platform for the public form.
 * @throws AppError `complaint.invalid`, `complaint.number-taken`, `complaint.key-missing`
 */
export async function registerComplaint(
  deps: ComplaintDeps,
  trx: Trx,
  doer: Actor | 'system',
  draft: ComplaintDraft,
): Promise<Registered> {
  const now = deps.clock.now()
  if (draft.receivedMs > now) throw new AppError('complaint.invalid', { detail: '收到时间不得晚于现在' })
  await refuseTaken(trx, draft.channel, draft.outerNumber)
  const regionName = (await regionNames(trx)).get(draft.regionCode)
  if (regionName === undefined)
    throw new AppError('complaint.invalid', { detail: `没有行政区 ${draft.regionCode}` })
  const desk = doer === 'system' ? await deskOf(trx, draft.regionCode) : doer.organizationId
  if (desk === undefined) throw new AppError('complaint.invalid', { detail: '尚未登记生态环境局，无人受理' })
  const enterprise = await enterpriseOf(trx, draft.enterpriseId)
  const { complainant } = draft
  const clean = (text: string) => withoutPerson(text, complainant)
  const title = withoutPerson(titleOf(draft, regionName, enterprise?.name), complainant, ['name', 'phone'])
  const content = clean(draft.content)
  const place = draft.place === null ? null : withoutPerson(draft.place, complainant, ['name', 'phone'])
  const number = await nextNumber(trx, draft.regionCode, Number(dateOf(draft.receivedMs).slice(0, 4)))
  const ownerId = enterprise?.ownerId ?? 0
  const id = await insertComplaint(trx, {
    ...draft,
    number,
    title,
    content,
    place,
    ownerId,
    named: complainant !== undefined,
    registeredMs: now,
    registeredBy: doer === 'system' ? null : doer.userId,
    repeats: await countRepeats(trx, draft, title, 0),
  })
  const problem = await registerProblem(
    trx,
    doer,
    {
      source: 'complaint',
      ref: number,
      title,
      detail: content,
      theme: problemThemeOf[draft.theme],
      regionCode: draft.regionCode,
      ownerId,
      featureId: enterprise?.id ?? null,
      lon: draft.lon,
      lat: draft.lat,
      foundMs: draft.receivedMs,
    },
    now,
  )
  const matter = await openMatter(
    trx,
    doer,
    {
      workflow: workflowId,
      title,
      regionCode: draft.regionCode,
      ownerId,
      featureId: null,
      enterpriseId: enterprise?.id ?? null,
      problemId: problem.id,
      parties: { overseer: { organizationId: desk } },
      fields: {
        ticket: number,
        named: complainant !== undefined,
        nature: draft.nature,
        urgency: draft.urgency,
      },
      source: { kind: 'complaint', ref: number },
      // The limit runs from the day on which it arrived, not from the day on which it was typed in.
      ...(draft.receivedMs < now ? { backdatedToMs: draft.receivedMs } : {}),
    },
    now,
  )
  await linkComplaint(trx, id, problem.id, matter.id)
  if (complainant !== undefined) await keepSealed(trx, id, (await deps.keys()).seal(id, complainant), now)
  await announceIn(trx, [{ topic: 'complaint', data: { id } }])
  return { id, number, matterId: matter.id }
}

async function refuseTaken(trx: Trx, channel: ComplaintChannel, outerNumber: string | null): Promise<void> {
  if (outerNumber === null) return
  const taken = await complaintOfOuterNumber(trx, channel, outerNumber)
  if (taken === undefined) return
  throw new AppError('complaint.number-taken', {
    detail: `${outerNumber} 已登记为 ${taken.number}`,
    number: taken.number,
  })
}

/** The last step of a registration: who took it in, never who complained. */
export const auditRegistered = (
  trx: Trx,
  doer: Actor | 'system',
  made: readonly Registered[],
  detail: object = {},
): Promise<void> =>
  recordAudit(
    trx,
    doer,
    'complaint.registered',
    made.map(({ id }) => `complaint:${id}`).join(',') || 'complaint',
    {
      numbers: made.map(({ number }) => number),
      ...detail,
    },
  )
