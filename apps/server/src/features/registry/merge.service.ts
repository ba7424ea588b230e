/** One enterprise under several registrations: found, merged with history, and taken apart again. */
import type { MergePreview, MergeProposal } from '@shanshui/contract'
import { type Actor, isInScope } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { codesOf, type DossierDoors, type MergeMove } from './dossier.service.ts'
import { findMatches } from './enterprise-match.ts'
import { kindNamed } from './kinds/index.ts'
import {
  deleteAlias,
  insertMerge,
  lockBelow,
  lockFeatures,
  lockOutlets,
  type MergeRecord,
  type MergeRow,
  type MovedFields,
  markUndone,
  putAlias,
  putDistinct,
  type RefRow,
  selectAliases,
  selectCandidates,
  selectDistinct,
  selectMerges,
  selectRefs,
} from './merge.repository.ts'
import { type MergeParts, type MergePlan, type PlannedChange, planMerge } from './merge-plan.ts'
import { archiveFeature, type FeatureValues, replaceFeature, valuesOf } from './registry.repository.ts'
import type { FeatureRow } from './registry.table.ts'

const unknown = (id: number) =>
  new AppError('registry.enterprise-unknown', { detail: `没有排污单位 ${id}，或已并入其他单位` })
const invalid = (detail: string, path = 'dropId') =>
  new AppError('registry.merge-invalid', { detail, errors: [{ path, message: detail }] })

const refOf = (row: RefRow): MergeProposal['keep'] => ({
  id: row.id,
  code: row.code,
  name: row.name,
  regionName: row.region_name,
  outlets: row.outlets,
  devices: row.devices,
  version: row.version,
})

/** Of two, the one with more below it goes on; the older one when they are alike. */
const keepFirst = (a: RefRow, b: RefRow): [RefRow, RefRow] => {
  const difference = b.devices - a.devices || b.outlets - a.outlets || a.id - b.id
  return difference > 0 ? [b, a] : [a, b]
}

/** Pairs that look like one enterprise and were not declared two, the surest first. */
export async function proposeMerges(
  q: Queryable,
  limit: number,
): Promise<{ items: MergeProposal[]; total: number }> {
  const distinct = await selectDistinct(q)
  const matches = findMatches(await selectCandidates(q)).filter(
    ({ aId, bId }) => !distinct.has(`${Math.min(aId, bId)}:${Math.max(aId, bId)}`),
  )
  const shown = matches.slice(0, limit)
  const refs = await selectRefs(q, [...new Set(shown.flatMap(({ aId, bId }) => [aId, bId]))])
  const items = shown.flatMap(({ aId, bId, score, reasons, against }): MergeProposal[] => {
    const [a, b] = [refs.get(aId), refs.get(bId)]
    if (a === undefined || b === undefined) return []
    const [keep, drop] = keepFirst(a, b)
    return [{ keep: refOf(keep), drop: refOf(drop), score, reasons: [...reasons], against: [...against] }]
  })
  return { items, total: matches.length }
}

/** Both enterprises, standing and the actor's to change, locked. */
async function lockPair(
  trx: Trx,
  actor: Actor,
  keepId: number,
  dropId: number,
): Promise<[FeatureRow, FeatureRow]> {
  if (keepId === dropId) throw invalid('不能与自身归并')
  const rows = await lockFeatures(trx, [keepId, dropId])
  const pair = [keepId, dropId].map((id) => {
    const row = rows.get(id)
    if (row === undefined || row.kind !== 'enterprise') throw unknown(id)
    if (!isInScope(actor, { regionCode: row.region_code, ownerId: row.owner_id })) throw unknown(id)
    if (row.properties.mergedInto !== undefined)
      throw invalid(`${row.name}（${row.code}）已并入 ${String(row.properties.mergedInto)}`)
    return row
  })
  return pair as [FeatureRow, FeatureRow]
}

async function partsOf(
  trx: Trx,
  actor: Actor,
  [keep, drop]: readonly [FeatureRow, FeatureRow],
  chosen: ReadonlyMap<string, number>,
  nowMs: number,
): Promise<MergeParts> {
  const keepOutlets = await lockOutlets(trx, keep.code)
  const dropOutlets = await lockOutlets(trx, drop.code)
  const outletCodes = [...keepOutlets, ...dropOutlets].map(({ code }) => code)
  const below = await lockBelow(trx, outletCodes, codesOf(drop))
  // An enterprise may have outlets in several counties: who sees one of them does not move the others.
  const outside = [...keepOutlets, ...dropOutlets, ...below].filter(
    (row) => !isInScope(actor, { regionCode: row.region_code, ownerId: row.owner_id }),
  )
  if (outside.length > 0)
    throw new AppError('auth.forbidden', {
      detail: `其下有 ${outside.length} 个对象不在本人的数据范围内，请由上级归并`,
    })
  return { keep, drop, keepOutlets, dropOutlets, below, chosen, today: shanghaiIso(nowMs).slice(0, 10) }
}

/** What a merger would move, without moving it. Errors: as `mergeEnterprises`. */
export async function previewMerge(
  deps: Deps,
  actor: Actor,
  keepId: number,
  dropId: number,
): Promise<MergePreview> {
  return deps.db.transaction(async (trx) => {
    const pair = await lockPair(trx, actor, keepId, dropId)
    const plan = planMerge(await partsOf(trx, actor, pair, new Map(), deps.clock.now()))
    const refs = await selectRefs(trx, [keepId, dropId])
    const [keep, drop] = [refs.get(keepId), refs.get(dropId)]
    if (keep === undefined || drop === undefined) throw unknown(dropId)
    const ended = new Set(plan.twins.map((twin) => twin.drop.id))
    const moves = plan.changes.filter(({ row }) => row.kind !== 'enterprise' && !ended.has(row.id))
    return {
      keep: refOf(keep),
      drop: refOf(drop),
      moves: moves.map(({ row, code }) => ({
        id: row.id,
        kind: row.kind,
        kindTitle: kindNamed(row.kind).title.zh,
        code: row.code,
        newCode: code,
        name: row.name,
      })),
      twins: plan.twins.map((twin) => ({ number: twin.number, keep: twin.keep.id, drop: twin.drop.id })),
      organizationMoves: pair[0].owner_id !== pair[1].owner_id,
    }
  })
}

const movedKeys = [
  'enterpriseCode',
  'outletCode',
  'creditCode',
  'mergedInto',
  'formerNames',
  'formerCodes',
] as const

const fieldsOf = (row: FeatureRow): MovedFields => ({
  code: row.code,
  ownerId: row.owner_id,
  validTo: row.valid_to,
  ...Object.fromEntries(
    movedKeys.filter((key) => row.properties[key] !== undefined).map((key) => [key, row.properties[key]]),
  ),
})

/** Writes a change as a new version. The fields that a merger touches need no second look at the kind's rules. */
async function write(trx: Trx, by: number, change: PlannedChange): Promise<FeatureRow> {
  const { row } = change
  const properties = Object.fromEntries(
    Object.entries({ ...row.properties, ...change.properties }).filter(([, value]) => value !== undefined),
  )
  const values: FeatureValues = {
    ...valuesOf(row),
    code: change.code,
    ownerId: change.ownerId,
    properties,
    validTo: change.validTo,
  }
  await archiveFeature(trx, row.id)
  const written = await replaceFeature(trx, row.id, row.version, values, by).catch((error: unknown) => {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('registry.code-taken', { detail: `代码 ${change.code} 已被使用` })
    throw error
  })
  if (written === undefined) throw new Error(`feature ${row.id} changed under its lock`)
  return written
}

async function apply(trx: Trx, actor: Actor, parts: MergeParts, plan: MergePlan): Promise<MergeRecord> {
  const { keep, drop } = parts
  const features: MergeRecord['features'][number][] = []
  for (const change of plan.changes) {
    const after = await write(trx, actor.userId, change)
    features.push({ id: after.id, kind: after.kind, before: fieldsOf(change.row), after: fieldsOf(after) })
  }
  const to = { regionCode: keep.region_code, ownerId: keep.owner_id }
  const ended = new Map(plan.twins.map((twin) => [twin.drop.id, twin.keep.id]))
  // Codes that led to what is given up now lead on.
  const inherited = await selectAliases(trx, [drop.id, ...ended.keys()])
  const aliases: MergeRecord['aliases'][number][] = []
  for (const { kind, code, feature_id } of inherited) {
    aliases.push({ kind, code, featureId: feature_id })
    await putAlias(trx, kind, code, { ...to, id: ended.get(feature_id) ?? keep.id })
  }
  for (const { kind, code, featureId } of plan.aliases) {
    aliases.push({ kind, code, featureId: null })
    await putAlias(trx, kind, code, { ...to, id: featureId })
  }
  const twins = plan.twins.map((twin) => ({ fromId: twin.drop.id, toId: twin.keep.id }))
  return { features, aliases, twins }
}

/** What other rooms are told: outlets and permits that were the dropped enterprise's. */
function movedOf(
  record: MergeRecord,
  dropCode: string,
): Pick<MergeMove, 'outletIds' | 'permitIds' | 'droppedId'> {
  const ids = (kind: string, own: (before: MovedFields) => boolean) =>
    record.features.filter((feature) => feature.kind === kind && own(feature.before)).map(({ id }) => id)
  return {
    droppedId: ids('enterprise', ({ code }) => code === dropCode)[0] ?? 0,
    outletIds: ids('outlet', ({ enterpriseCode }) => enterpriseCode === dropCode),
    permitIds: ids('permit', () => true),
  }
}

export interface MergeRequest {
  readonly dropId: number
  readonly reason: string
  readonly versions: { readonly keep: number; readonly drop: number }
  readonly twins?: readonly { readonly number: string; readonly keep: number }[]
}

/**
 * Merges `dropId` into `keepId`, in one transaction: everything below moves, the given-up codes lead on, who and why
 * is kept. Errors: `registry.enterprise-unknown`, `registry.merge-invalid`, `request.changed-meanwhile`.
 */
export async function mergeEnterprises(
  deps: Deps,
  actor: Actor,
  doors: DossierDoors,
  keepId: number,
  request: MergeRequest,
): Promise<MergeRow> {
  return deps.db.transaction(async (trx) => {
    const pair = await lockPair(trx, actor, keepId, request.dropId)
    const [keep, drop] = pair
    for (const [row, version] of [
      [keep, request.versions.keep],
      [drop, request.versions.drop],
    ] as const) {
      if (row.version !== version)
        throw new AppError('request.changed-meanwhile', { detail: `${row.name} 已是第 ${row.version} 版` })
    }
    const chosen = new Map((request.twins ?? []).map((twin) => [twin.number, twin.keep]))
    const parts = await partsOf(trx, actor, pair, chosen, deps.clock.now())
    const moved = await apply(trx, actor, parts, planMerge(parts))
    const id = await insertMerge(trx, {
      fromId: drop.id,
      toId: keep.id,
      regionCode: keep.region_code,
      ownerId: keep.owner_id,
      reason: request.reason,
      moved,
      at: new Date(deps.clock.now()),
      by: actor.userId,
    })
    const move: MergeMove = {
      ...movedOf(moved, drop.code),
      fromId: drop.id,
      toId: keep.id,
      twins: moved.twins,
      ownerId: keep.owner_id,
      by: actor.userId,
      atMs: deps.clock.now(),
      reason: request.reason,
    }
    for (const tell of doors.afterMerge ?? []) await tell(trx, move)
    const detail = { from: drop.code, to: keep.code, reason: request.reason, moved: moved.features.length }
    await recordAudit(trx, actor, 'registry.enterprise-merged', `enterprise-merge:${id}`, detail)
    return loadMerge(trx, id)
  })
}

/** Errors: `registry.merge-unknown`. */
async function loadMerge(q: Queryable, id: number): Promise<MergeRow> {
  const [row] = await selectMerges(q, { id, limit: 1 })
  if (row === undefined) throw new AppError('registry.merge-unknown', { detail: `没有归并记录 ${id}` })
  return row
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** What the merger set and nobody changed since goes back; what was edited meanwhile stays. */
function restored(row: FeatureRow, before: MovedFields, after: MovedFields): PlannedChange {
  const now = fieldsOf(row)
  const back = <K extends keyof MovedFields>(key: K) => (same(now[key], after[key]) ? before[key] : now[key])
  return {
    row,
    code: back('code') ?? row.code,
    ownerId: back('ownerId') ?? row.owner_id,
    validTo: back('validTo') ?? null,
    properties: Object.fromEntries(
      movedKeys.filter((key) => !same(before[key], after[key])).map((key) => [key, back(key)]),
    ),
  }
}

async function takeApart(trx: Trx, actor: Actor, merge: MergeRow): Promise<void> {
  const { features, aliases } = merge.moved
  const rows = await lockFeatures(
    trx,
    features.map(({ id }) => id),
  )
  // Backwards: a code is given back before its first owner takes it again.
  for (const { id, before, after } of features.toReversed()) {
    const row = rows.get(id)
    if (row !== undefined) await write(trx, actor.userId, restored(row, before, after))
  }
  for (const { kind, code, featureId } of aliases.toReversed()) {
    if (featureId === null) await deleteAlias(trx, kind, code)
    else
      await putAlias(trx, kind, code, {
        id: featureId,
        regionCode: merge.region_code,
        ownerId: merge.owner_id,
      })
  }
}

/**
 * Takes a merger apart. Errors: `registry.merge-unknown`, `registry.merge-undone`, `registry.merge-invalid` while a
 * later merger of the same enterprise stands.
 */
export async function undoMerge(
  deps: Deps,
  actor: Actor,
  doors: DossierDoors,
  id: number,
  reason: string,
): Promise<MergeRow> {
  return deps.db.transaction(async (trx) => {
    const merge = await loadMerge(trx, id)
    if (!isInScope(actor, { regionCode: merge.region_code, ownerId: merge.owner_id }))
      throw new AppError('registry.merge-unknown', { detail: `没有归并记录 ${id}` })
    const rows = await lockFeatures(trx, [merge.from_id, merge.to_id])
    if (!(await markUndone(trx, id, reason, actor.userId, new Date(deps.clock.now()))))
      throw new AppError('registry.merge-undone', { detail: `归并 ${id} 已经撤销` })
    const into = rows.get(merge.to_id)?.properties.mergedInto
    if (into !== undefined)
      throw invalid(`${merge.to_name} 后来并入了 ${String(into)}，请先撤销那次归并`, 'id')
    await takeApart(trx, actor, merge)
    const move: MergeMove = {
      ...movedOf(merge.moved, merge.from_code),
      fromId: merge.to_id,
      toId: merge.from_id,
      twins: merge.moved.twins.map(({ fromId, toId }) => ({ fromId: toId, toId: fromId })),
      ownerId: rows.get(merge.from_id)?.owner_id ?? merge.owner_id,
      by: actor.userId,
      atMs: deps.clock.now(),
      reason,
    }
    for (const tell of doors.afterMerge ?? []) await tell(trx, move)
    await recordAudit(trx, actor, 'registry.enterprise-merge-undone', `enterprise-merge:${id}`, { reason })
    return loadMerge(trx, id)
  })
}

/** A person has looked: they are two. Errors: `registry.enterprise-unknown`, `registry.merge-invalid`. */
export async function declareDistinct(
  deps: Deps,
  actor: Actor,
  pair: { aId: number; bId: number; reason: string },
): Promise<void> {
  await deps.db.transaction(async (trx) => {
    const [a] = await lockPair(trx, actor, pair.aId, pair.bId)
    const where = { ...pair, regionCode: a.region_code, ownerId: a.owner_id }
    await putDistinct(trx, where, pair.reason, actor.userId, new Date(deps.clock.now()))
    const object = `feature:${pair.aId}`
    await recordAudit(trx, actor, 'registry.enterprises-distinct', object, pair)
  })
}
