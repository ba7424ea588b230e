/** What stands below a feature follows when that gets another code or another owner; the former code leads on. */
import type { Trx } from '../../platform/db/index.ts'
import { kinds } from './kinds/index.ts'
import { putAlias } from './merge.repository.ts'
import { archiveFeature, lockReferring, replaceFeature, valuesOf } from './registry.repository.ts'
import type { FeatureRow } from './registry.table.ts'

/** A child's code begins with the code of what it stands below. */
export function renamed(code: string, before: string, now: string): string {
  return code.startsWith(`${before}-`) ? now + code.slice(before.length) : code
}

/**
 * Carries a change of `before` to `now` down to everything that refers to it, each as a new version. The former code
 * stays an alias. Does nothing when neither code nor owner changed.
 */
export async function carryDown(
  trx: Trx,
  by: number | null,
  before: FeatureRow,
  now: FeatureRow,
): Promise<void> {
  const codeChanged = before.code !== now.code
  if (!codeChanged && before.owner_id === now.owner_id) return
  if (codeChanged)
    await putAlias(trx, now.kind, before.code, {
      id: now.id,
      regionCode: now.region_code,
      ownerId: now.owner_id,
    })
  for (const kind of kinds) {
    for (const { kind: target, property, sameOwner } of kind.references ?? []) {
      if (target !== now.kind || (!codeChanged && sameOwner !== true)) continue
      for (const child of await lockReferring(trx, kind.kind, property, before.code)) {
        await archiveFeature(trx, child.id)
        const written = await replaceFeature(
          trx,
          child.id,
          child.version,
          {
            ...valuesOf(child),
            code: sameOwner === true ? renamed(child.code, before.code, now.code) : child.code,
            ownerId: sameOwner === true ? now.owner_id : child.owner_id,
            properties: { ...child.properties, [property]: now.code },
          },
          by,
        )
        if (written !== undefined) await carryDown(trx, by, child, written)
      }
    }
  }
}
