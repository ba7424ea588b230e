/**
 * The world of a proof: organizations, people, and values that fit or do not fit what a definition asks. Everything
 * follows from the seed.
 */
import type {
  EvidenceDemand,
  FieldDefinition,
  Guard,
  Party,
  TransitionDefinition,
  WorkflowDefinition,
} from '../definition.ts'
import type { Command, DoerRef, EvidenceFact, Facts, PartyRef, PersonRef } from '../facts.ts'

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const dayMs = 86_400_000
/** Monday, 2 March 2026, 9:00 in Beijing. */
export const beginMs = Date.parse('2026-03-02T09:00:00+08:00')

export const parties: readonly Party[] = ['overseer', 'handler', 'acceptor', 'reviewer', 'owner']
const organizationOf: Readonly<Record<Party, number>> = {
  overseer: 1,
  handler: 2,
  acceptor: 3,
  reviewer: 4,
  owner: 5,
}

export const ref = (party: Party): PartyRef => ({ organizationId: organizationOf[party] })

export const pick = <T>(random: () => number, from: readonly T[]): T | undefined =>
  from[Math.floor(random() * from.length)]

const allPermissions = new WeakMap<WorkflowDefinition, ReadonlySet<string>>()
/** What somebody holds who may do everything the workflow knows, but not act for others. */
export function permissionsOf(def: WorkflowDefinition): ReadonlySet<string> {
  const known = allPermissions.get(def)
  if (known !== undefined) return known
  const made = new Set(def.transitions.map(({ permission }) => permission))
  allPermissions.set(def, made)
  return made
}

/** A person of an organization; `nth` tells colleagues apart. */
export const personOf = (
  organizationId: number,
  nth: number,
  permissions: ReadonlySet<string>,
): PersonRef => ({ organizationId, userId: organizationId * 100 + nth, permissions })

const guardsAbout = (transition: TransitionDefinition, field: string) =>
  (transition.guards ?? []).filter((guard) => 'field' in guard && guard.field === field)

/** A value that fits the field, and more often than not the guards of the step. */
function fittingValue(
  random: () => number,
  field: FieldDefinition,
  nowMs: number,
  guards: readonly Guard[],
): unknown {
  const wanted = guards.flatMap((guard) => (guard.kind === 'field-is' ? guard.values : []))
  if (wanted.length > 0 && random() < 0.9) return pick(random, wanted)
  const { min = 0, max = min + 10 } = field
  switch (field.type) {
    case 'text':
    case 'long-text':
      return '情况属实，已办理完毕'.padEnd(min, '。').slice(0, Math.max(1, max))
    case 'number':
      return Math.min(max, min + Math.floor(random() * 3))
    case 'money':
      return Math.min(max, min + Math.floor(random() * 1000) / 100)
    case 'date':
      return dayText(nowMs + Math.floor(random() * 120) * dayMs)
    case 'choice':
      return pick(random, field.options ?? [])?.value
    case 'choices':
      return (field.options ?? []).slice(0, 1).map(({ value }) => value)
    case 'yes-no':
      return random() < 0.5
    case 'people':
      return random() < 0.85 ? [101, 102, 103] : [101]
    case 'organization':
      return 7
    case 'table':
      return tableOf(random, field, nowMs, guards)
  }
}

function tableOf(random: () => number, field: FieldDefinition, nowMs: number, guards: readonly Guard[]) {
  const row = () =>
    Object.fromEntries(
      (field.columns ?? []).map((column) => {
        const asked = guards.find((guard) => guard.kind === 'rows-all' && guard.column === column.id)
        const value =
          asked?.kind === 'rows-all' && random() < 0.95
            ? asked.value
            : fittingValue(random, column, nowMs, [])
        return [column.id, value]
      }),
    )
  return Array.from({ length: Math.max(field.min ?? 1, 2) }, row)
}

export const dayText = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)

/** A value of another kind than the field asks for. */
export const unfittingValue = (field: FieldDefinition): unknown =>
  field.type === 'text' || field.type === 'long-text' ? 42 : 'x'.repeat(5000)

/** What somebody who means well fills in for a step. */
function fittingFields(
  random: () => number,
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  nowMs: number,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  const fill = (id: string) => {
    const field = def.fields.find((one) => one.id === id)
    if (field !== undefined) fields[id] = fittingValue(random, field, nowMs, guardsAbout(transition, id))
  }
  for (const id of transition.fields ?? []) fill(id)
  for (const id of transition.optionalFields ?? []) if (random() < 0.7) fill(id)
  for (const guard of transition.guards ?? []) {
    if (guard.kind !== 'months-between' || random() > 0.9) continue
    if (!isFillable(transition, guard.from) || !isFillable(transition, guard.to)) continue
    fields[guard.from] = dayText(nowMs - 1200 * dayMs)
    fields[guard.to] = dayText(nowMs)
  }
  return fields
}

const isFillable = ({ fields = [], optionalFields = [] }: TransitionDefinition, id: string) =>
  fields.includes(id) || optionalFields.includes(id)

/** Every field that no step fills has to come with the opening. */
export function openingFields(
  random: () => number,
  def: WorkflowDefinition,
  nowMs: number,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const field of def.fields) {
    const filledLater = def.transitions.some((transition) => isFillable(transition, field.id))
    if (!filledLater || random() < 0.3) {
      const value = fittingValue(random, field, nowMs, [])
      if (value !== undefined) fields[field.id] = value
    }
  }
  return fields
}

/** Proof that satisfies a demand. */
export const fittingEvidence = (demand: EvidenceDemand, atMs: number): readonly EvidenceFact[] =>
  Array.from({ length: demand.min }, () => ({
    demand: demand.id,
    kind: demand.kinds[0] ?? 'photo',
    atMs,
    located: true,
  }))

/** Proof that looks like one, but was taken too early, is of the wrong kind, elsewhere, or for something else. */
export function unfittingEvidence(random: () => number, demand: EvidenceDemand, nowMs: number): EvidenceFact {
  const good = { demand: demand.id, kind: demand.kinds[0] ?? 'photo', atMs: nowMs, located: true } as const
  const roll = random()
  if (roll < 0.4) return { ...good, atMs: nowMs - Math.floor(random() * 400) * dayMs }
  if (roll < 0.6) return { ...good, located: false }
  if (roll < 0.8) return { ...good, kind: demand.kinds.includes('data') ? 'audio' : 'data' }
  return { ...good, demand: 'something-else' }
}

/** The person whose turn it is, or undefined when no party of the step is named. */
export function rightDoer(
  random: () => number,
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  facts: Facts,
): DoerRef | undefined {
  const by = transition.by.filter((party) => party === 'system' || facts.parties[party] !== undefined)
  const party = pick(random, by)
  if (party === undefined) return undefined
  if (party === 'system') return 'system'
  const named = facts.parties[party]
  if (named === undefined) return undefined
  const doer = personOf(named.organizationId, 1 + Math.floor(random() * 8), permissionsOf(def))
  return named.userId === undefined ? doer : { ...doer, userId: named.userId }
}

/** When the limits are over that a step waits for; now, when it waits for none. */
export function whenOver(
  { guards = [] }: TransitionDefinition,
  { clocks, round }: Facts,
  nowMs: number,
): number {
  const waited = new Set(guards.flatMap((guard) => (guard.kind === 'clock-over' ? [guard.clock] : [])))
  const ends = clocks.filter((run) => waited.has(run.clock) && run.round === round).map(({ dueMs }) => dueMs)
  return Math.max(nowMs, ...ends)
}

/** What somebody who means well commands. */
export function fittingCommand(
  random: () => number,
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  facts: Facts,
  nowMs: number,
): Command {
  const named = (transition.assigns ?? []).filter((party) => facts.parties[party] === undefined)
  const assigned = Object.fromEntries(named.map((party) => [party, ref(party)]))
  return {
    transition: transition.id,
    ...(transition.reason === true ? { reason: '经研究同意' } : {}),
    fields: fittingFields(random, def, transition, nowMs),
    ...(named.length > 0 ? { parties: assigned } : {}),
  }
}
