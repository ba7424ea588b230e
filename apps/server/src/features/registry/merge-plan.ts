/** What a merger changes, worked out before anything is written. Pure. */
import { texts } from './property-values.ts'
import type { FeatureRow } from './registry.table.ts'

export interface Twin {
  readonly number: string
  readonly keep: FeatureRow
  readonly drop: FeatureRow
}

export interface PlannedChange {
  readonly row: FeatureRow
  readonly code: string
  readonly ownerId: number
  readonly validTo: string | null
  /** Properties that change; undefined takes one away. */
  readonly properties: Readonly<Record<string, unknown>>
}

export interface MergePlan {
  /** In the order in which they can be written: a code is free before it is taken. */
  readonly changes: readonly PlannedChange[]
  readonly aliases: readonly { readonly kind: string; readonly code: string; readonly featureId: number }[]
  readonly twins: readonly Twin[]
}

export interface MergeParts {
  readonly keep: FeatureRow
  readonly drop: FeatureRow
  readonly keepOutlets: readonly FeatureRow[]
  readonly dropOutlets: readonly FeatureRow[]
  /** Devices, facilities and permits of both. */
  readonly below: readonly FeatureRow[]
  /** By number: which of two outlets with the same number goes on. */
  readonly chosen: ReadonlyMap<string, number>
  /** Civil day from which the given-up registrations are ended. */
  readonly today: string
}

const numberOf = (outlet: FeatureRow) => String(outlet.properties.number)
const stands = (outlet: FeatureRow) => outlet.properties.mergedInto === undefined

function devicesAt(below: readonly FeatureRow[], outlet: FeatureRow): number {
  return below.filter(
    ({ kind, properties }) => kind === 'monitoring-device' && properties.outletCode === outlet.code,
  ).length
}

/** Outlets that both have. The one goes on that was chosen, else the one with more devices, else the kept plant's. */
function twinsOf(parts: MergeParts): Twin[] {
  return parts.dropOutlets.filter(stands).flatMap((theirs) => {
    const number = numberOf(theirs)
    const ours = parts.keepOutlets.find((outlet) => stands(outlet) && numberOf(outlet) === number)
    if (ours === undefined) return []
    const chosen = parts.chosen.get(number)
    const more = devicesAt(parts.below, theirs) > devicesAt(parts.below, ours)
    const takeTheirs = chosen === undefined ? more : chosen === theirs.id
    return [takeTheirs ? { number, keep: theirs, drop: ours } : { number, keep: ours, drop: theirs }]
  })
}

function planOutlets(parts: MergeParts, twins: readonly Twin[]) {
  const { keep, today } = parts
  const codeAfter = (outlet: FeatureRow) => `${keep.code}-${numberOf(outlet)}`
  const ended = twins.map(({ drop, keep: survivor }): PlannedChange => {
    const ours = drop.properties.enterpriseCode === keep.code
    return {
      row: drop,
      // The survivor takes the code; the twin of the kept plant makes room.
      code: ours ? `${drop.code}~${drop.id}` : drop.code,
      ownerId: drop.owner_id,
      validTo: drop.valid_to ?? today,
      properties: { mergedInto: codeAfter(survivor) },
    }
  })
  const endedIds = new Set(ended.map(({ row }) => row.id))
  const moved = parts.dropOutlets
    .filter((outlet) => stands(outlet) && !endedIds.has(outlet.id))
    .map(
      (row): PlannedChange => ({
        row,
        code: codeAfter(row),
        ownerId: keep.owner_id,
        validTo: row.valid_to,
        properties: { enterpriseCode: keep.code },
      }),
    )
  const aliases = [
    ...moved.map(({ row }) => ({ kind: 'outlet', code: row.code, featureId: row.id })),
    ...twins
      .filter(({ drop }) => drop.properties.enterpriseCode !== keep.code)
      .map(({ drop, keep: survivor }) => ({ kind: 'outlet', code: drop.code, featureId: survivor.id })),
  ]
  const newCode = new Map<string, string>([
    ...moved.map(({ row, code }) => [row.code, code] as const),
    ...twins.map(({ drop, keep: survivor }) => [drop.code, codeAfter(survivor)] as const),
  ])
  return { changes: [...ended, ...moved], aliases, newCode }
}

function planBelow(parts: MergeParts, newCode: ReadonlyMap<string, string>): PlannedChange[] {
  const { keep } = parts
  return parts.below.flatMap((row): PlannedChange[] => {
    const change = { row, code: row.code, ownerId: keep.owner_id, validTo: row.valid_to }
    if (row.kind === 'permit') {
      if (row.properties.creditCode === keep.code) return []
      return [{ ...change, properties: { creditCode: keep.code } }]
    }
    const outletCode = newCode.get(String(row.properties.outletCode))
    return outletCode === undefined ? [] : [{ ...change, properties: { outletCode } }]
  })
}

function planEnterprises({ keep, drop, today }: MergeParts): PlannedChange[] {
  const names = [...texts(keep.properties.formerNames), drop.name, ...texts(drop.properties.formerNames)]
  const codes = [...texts(keep.properties.formerCodes), drop.code, ...texts(drop.properties.formerCodes)]
  return [
    {
      row: drop,
      code: drop.code,
      ownerId: drop.owner_id,
      validTo: drop.valid_to ?? today,
      properties: { mergedInto: keep.code },
    },
    {
      row: keep,
      code: keep.code,
      ownerId: keep.owner_id,
      validTo: keep.valid_to,
      properties: {
        formerNames: [...new Set(names)].filter((name) => name !== keep.name),
        formerCodes: [...new Set(codes)],
      },
    },
  ]
}

export function planMerge(parts: MergeParts): MergePlan {
  const twins = twinsOf(parts)
  const outlets = planOutlets(parts, twins)
  return {
    twins,
    changes: [...planEnterprises(parts), ...outlets.changes, ...planBelow(parts, outlets.newCode)],
    aliases: [{ kind: 'enterprise', code: parts.drop.code, featureId: parts.keep.id }, ...outlets.aliases],
  }
}
