import type { LimitConditions } from './emission-limit.ts'

/** Whether every condition of a row is true of the outlet; a fact that is not known counts as not true. */
export function conditionsMet(
  when: LimitConditions | undefined,
  facts: LimitConditions | undefined,
): boolean {
  if (when === undefined) return true
  const known: LimitConditions = { discharge: 'direct', ...facts }
  return (Object.keys(when) as (keyof LimitConditions)[]).every((name) => known[name] === when[name])
}

/** How much a row asks for: the more, the closer it describes the outlet. */
export function conditionCount(when: LimitConditions | undefined): number {
  return when === undefined ? 0 : Object.keys(when).length
}
