import type { FeatureImportResult, LineError } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { withSavepoint } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import type { NumberedDraft } from './feature-file.ts'
import { putFeature, type UpsertOutcome } from './registry.service.ts'

interface FieldFault {
  readonly path: string
  readonly message: string
}

function faultsOf(line: number, error: AppError, code: string): LineError[] {
  const fields = error.extra.errors as readonly FieldFault[] | undefined
  if (fields !== undefined)
    return fields.map((f) => ({ line, column: f.path, value: null, reason: f.message }))
  return [{ line, column: null, value: code, reason: error.message }]
}

/** Each line by itself, in one transaction with a save point a line: good lines are kept, repeating is harmless. */
export async function importDrafts(
  deps: Deps,
  actor: Actor,
  drafts: readonly NumberedDraft[],
): Promise<FeatureImportResult> {
  const counts: Record<UpsertOutcome, number> = { created: 0, updated: 0, unchanged: 0 }
  const errors: LineError[] = []
  const touched: number[] = []
  await deps.db.asActor(actor, async (trx) => {
    for (const { line, draft } of drafts) {
      try {
        const { row, outcome } = await withSavepoint(trx, () => putFeature(trx, actor, draft))
        counts[outcome]++
        if (outcome !== 'unchanged') touched.push(row.id)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        errors.push(...faultsOf(line, error, draft.code))
      }
    }
    // One entry with the ids: the versions before and after are in the features' history.
    const detail = { ...counts, errors: errors.length, features: touched }
    await recordAudit(trx, actor, 'registry.imported', 'feature', detail)
  })
  return { ...counts, errors }
}
