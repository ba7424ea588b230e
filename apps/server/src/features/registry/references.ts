/** References between features: what a draft names is looked up, former codes become today's, owners follow. */
import type { Queryable } from '../../platform/db/index.ts'
import { renamed } from './follow.ts'
import { type FieldFault, type KindReference, kindNamed } from './kinds/index.ts'
import { selectAliases } from './merge.repository.ts'
import { holdFeature, selectFeatureByCode } from './registry.repository.ts'
import type { FeatureDraft } from './registry.service.ts'
import type { FeatureRow } from './registry.table.ts'

export interface ResolvedDraft {
  readonly draft: FeatureDraft
  readonly faults: readonly FieldFault[]
  /** Former codes of what it names. */
  readonly aliases: readonly string[]
}

function follow(draft: FeatureDraft, reference: KindReference, target: FeatureRow) {
  const given = String(draft.properties?.[reference.property])
  const properties = { ...draft.properties, [reference.property]: target.code }
  if (reference.sameOwner !== true) return { draft: { ...draft, properties }, faults: [] }
  const code = given === target.code ? draft.code : renamed(draft.code, given, target.code)
  const faults: FieldFault[] = []
  // A standing enterprise may change hands: who saves its outlet then says the new owner or none.
  if (draft.ownerId !== undefined && draft.ownerId !== target.owner_id) {
    const message = `应与${kindNamed(reference.kind).title.zh} ${target.code} 同属单位 ${target.owner_id}`
    faults.push({ path: 'ownerId', message })
  }
  return { draft: { ...draft, code, properties, ownerId: target.owner_id }, faults }
}

/** A merger that runs at this moment is waited for, and its outcome read. */
async function findTarget(q: Queryable, reference: KindReference, code: string) {
  const found = await selectFeatureByCode(q, reference.kind, code)
  if (found === undefined || reference.sameOwner !== true) return found
  await holdFeature(q, found.id)
  return selectFeatureByCode(q, reference.kind, code)
}

/** The draft as it may be stored, and what it names that is not there. */
export async function resolveReferences(q: Queryable, given: FeatureDraft): Promise<ResolvedDraft> {
  let draft = given
  const faults: FieldFault[] = []
  const aliases: string[] = []
  for (const reference of kindNamed(given.kind).references ?? []) {
    const code = given.properties?.[reference.property]
    if (typeof code !== 'string') continue // missing or of a wrong type: the schema says so
    const target = await findTarget(q, reference, code)
    if (target === undefined) {
      const title = kindNamed(reference.kind).title.zh
      const message = `没有${title} ${code}，请先登记（或不在您的数据范围内）`
      faults.push({ path: `properties/${reference.property}`, message })
      continue
    }
    aliases.push(...((target.properties.formerCodes as string[] | undefined) ?? []))
    if (reference.sameOwner === true)
      aliases.push(...(await selectAliases(q, [target.id])).map((alias) => alias.code))
    const followed = follow(draft, reference, target)
    draft = followed.draft
    faults.push(...followed.faults)
  }
  return { draft, faults, aliases }
}
