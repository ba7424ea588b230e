/** What other rooms ask of matters: the time line and counts of an enterprise, its mergers, the subjects of evidence. */
import type { TimelineEntry } from '@shanshui/contract'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { SubjectDoor } from '../evidence/index.ts'
import { isoOf } from '../series/index.ts'
import { appendStep, matterById, matterForUpdate, partiesOfMatters } from './matter.repository.ts'
import {
  mattersWithin,
  moveMatterRows,
  moveProblemRows,
  openByEnterprise,
} from './matter-doors.repository.ts'
import { placeOfFeature } from './object-of.repository.ts'
import { problemsByIds } from './problem.repository.ts'
import { stateOf, workflowOf } from './workflow-of.ts'

/** One entry a matter, from its opening to its end; as the caller sees them. */
export async function mattersTimeline(
  q: Queryable,
  range: { readonly enterpriseId: number; readonly fromMs: number; readonly toMs: number },
): Promise<TimelineEntry[]> {
  const rows = await mattersWithin(q, range.enterpriseId, range.fromMs, range.toMs)
  return rows.map((row) => {
    const def = workflowOf(row.workflow)
    const rebounds = row.rebounds === 0 ? '' : `，反弹 ${row.rebounds} 次`
    return {
      at: isoOf(row.openedMs),
      ...(row.closedMs === null ? {} : { until: isoOf(row.closedMs) }),
      kind: 'matter' as const,
      title: `${def.title.zh}：${row.title}`,
      detail: `${row.number} · ${stateOf(def, row.state).title.zh}${rebounds}`,
      featureId: row.featureId ?? range.enterpriseId,
      link: `/matters/${row.id}`,
    }
  })
}

/** Matters that are under way, by enterprise. */
export const mattersByEnterprise = openByEnterprise

/** Two registrations became one, or one two: problems and matters follow, each with an entry in its history. */
export async function moveMatters(
  trx: Trx,
  move: {
    readonly fromId: number
    readonly toId: number
    readonly droppedId: number
    readonly outletIds: readonly number[]
  },
  atMs: number,
): Promise<void> {
  await moveProblemRows(trx, move)
  for (const id of await moveMatterRows(trx, move)) {
    const row = await matterForUpdate(trx, id)
    if (row === undefined) continue
    await appendStep(trx, {
      matterId: id,
      kind: 'move',
      transition: 'move',
      stateFrom: row.state,
      stateTo: row.state,
      atMs,
      recordedMs: atMs,
      userId: null,
      organizationId: null,
      round: row.round,
      reason: null,
      detail: { fromEnterprise: move.fromId, toEnterprise: move.toId },
      commandId: null,
    })
  }
}

/** Matters as subjects of evidence: whoever takes part adds, until the matter has ended. */
export const matterSubject: SubjectDoor = {
  kind: 'matter',
  async read(q, actor, id) {
    const row = await matterById(q, id)
    if (row === undefined) return undefined
    const parties = await partiesOfMatters(q, [id])
    const ended = row.phase === 'closed' || row.phase === 'dropped'
    const takesPart = parties.some(({ organizationId }) => organizationId === actor.organizationId)
    return {
      kind: 'matter',
      id,
      regionCode: row.regionCode,
      ownerId: row.ownerId,
      parties: row.parties,
      shownToOwner: row.shownToOwner,
      place: await placeOfFeature(q, row.featureId ?? row.enterpriseId),
      mayAdd: takesPart && !ended && actor.permissions.has('evidence:write'),
    }
  },
}

/** Problems as subjects of evidence: whoever may write the problems of the area. */
export const problemSubject: SubjectDoor = {
  kind: 'problem',
  async read(q, actor, id) {
    const [row] = await problemsByIds(q, [id])
    if (row === undefined) return undefined
    return {
      kind: 'problem',
      id,
      regionCode: row.regionCode,
      ownerId: row.ownerId,
      parties: [],
      shownToOwner: false,
      place: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
      mayAdd: actor.permissions.has('problem:write') && actor.permissions.has('evidence:write'),
    }
  },
}
