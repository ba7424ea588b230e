import { type FeatureImportResult, FeatureInput, type LineError } from '@shanshui/contract'
import { Value } from 'typebox/value'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { withSavepoint } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import type { NumberedDraft } from './feature-file.ts'
import type { FieldFault } from './kinds/index.ts'
import { type FeatureDraft, putFeature, type UpsertOutcome } from './registry.service.ts'

/** A line of a file has passed no schema of a request: it is held against the same one here. */
function shapeFaults(line: number, { kind: _, ...input }: FeatureDraft): LineError[] {
  if (Value.Check(FeatureInput, input)) return []
  return Value.Errors(FeatureInput, input).map(({ instancePath, message }) => ({
    line,
    column: instancePath.slice(1) || null,
    value: null,
    reason: message,
  }))
}

/** PostgreSQL's class 22: the row holds something that its type cannot, e.g. U+0000 or 30 February. */
const isDataFault = (error: unknown): boolean =>
  (error as { code?: string } | null)?.code?.startsWith('22') === true

/** The line of the item that a path leads into, else that of the feature. */
function lineOf({ line, lines }: NumberedDraft, path: string): number {
  const below = path.replace(/^properties\//, '').split('/')
  for (let length = below.length; length > 0; length--) {
    const found = lines?.get(below.slice(0, length).join('/'))
    if (found !== undefined) return found
  }
  return line
}

function faultsOf(numbered: NumberedDraft, error: AppError): LineError[] {
  const fields = error.extra.errors as readonly FieldFault[] | undefined
  if (fields !== undefined)
    return fields.map((f) => ({
      line: lineOf(numbered, f.path),
      column: f.path,
      value: null,
      reason: f.message,
    }))
  const { line, draft } = numbered
  const { code } = draft
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
  const organizations: number[] = []
  await deps.db.asActor(actor, async (trx) => {
    for (const numbered of drafts) {
      const { line, draft } = numbered
      const faults = shapeFaults(line, draft)
      errors.push(...faults)
      if (faults.length > 0) continue
      try {
        const put = await withSavepoint(trx, () => putFeature(trx, actor, draft))
        const { row, outcome, organizationMade } = put
        if (organizationMade !== undefined) organizations.push(organizationMade)
        counts[outcome]++
        if (outcome !== 'unchanged') touched.push(row.id)
      } catch (error) {
        if (error instanceof AppError) errors.push(...faultsOf(numbered, error))
        else if (isDataFault(error))
          errors.push({ line, column: null, value: null, reason: '含有不能存储的值' })
        else throw error
      }
    }
    // One entry with the ids: the versions before and after are in the features' history.
    const detail = { ...counts, errors: errors.length, features: touched, organizations }
    await recordAudit(trx, actor, 'registry.imported', 'feature', detail)
  })
  return { ...counts, errors }
}
