import type { MatterStep } from '@shanshui/contract'

/** One value that a field has had, and the step that gave it. */
export interface FieldChange {
  readonly step: MatterStep
  readonly value: unknown
}

/** What was written into each field, oldest first; a step that repeats the value is no change. */
export function fieldHistory(history: readonly MatterStep[]): ReadonlyMap<string, readonly FieldChange[]> {
  const changes = new Map<string, FieldChange[]>()
  for (const step of history) {
    for (const [field, value] of Object.entries(step.fields)) {
      const before = changes.get(field) ?? []
      const last = before.at(-1)
      if (last !== undefined && JSON.stringify(last.value) === JSON.stringify(value)) continue
      before.push({ step, value })
      changes.set(field, before)
    }
  }
  return changes
}
