/** Who acts, and what the database lets them see. */
import type { Permission, RoleName } from '@shanshui/contract'
import { AppError } from './errors.ts'
import { regionSpan } from './region.ts'

export interface Actor {
  readonly userId: number
  readonly name: string
  readonly organizationId: number
  readonly roles: readonly RoleName[]
  readonly permissions: ReadonlySet<Permission>
  /** Literal of an int4multirange of GB/T 2260 codes, e.g. `{[629000,629100)}`; `{}` sees public data only. */
  readonly regions: string
  /** `any` organisation's data inside the regions, or only that of one organisation. */
  readonly owner: 'any' | number
}

/** Refuses with `auth.forbidden` when the actor lacks the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.permissions.has(permission)) return
  throw new AppError('auth.forbidden', { detail: `需要权限 ${permission}`, permission })
}

/** Multirange literal of what region codes cover. */
export function regionsLiteral(codes: readonly number[]): string {
  const ranges = codes.map((code) => {
    const [from, to] = regionSpan(code)
    return `[${from},${to + 1})`
  })
  return `{${ranges.join(',')}}`
}

/** Region bounds [from, to) of an actor's literal such as `{[629000,629100),[620000,630000)}`. */
function rangesOf(regions: string): [number, number][] {
  return [...regions.matchAll(/\[(\d+),(\d+)\)/g)].map((m) => [Number(m[1]), Number(m[2])])
}

/** Public data can be seen everywhere; deciding about a thing needs its region in the actor's own. */
export function isInScope(actor: Actor, thing: { regionCode: number; ownerId: number }): boolean {
  const inRegion = rangesOf(actor.regions).some(
    ([from, to]) => thing.regionCode >= from && thing.regionCode < to,
  )
  return inRegion && (actor.owner === 'any' || thing.ownerId === 0 || thing.ownerId === actor.owner)
}
