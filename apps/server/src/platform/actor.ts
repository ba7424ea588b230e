/** Who acts, and what the database lets them see. */
import type { Permission, RoleName } from '@shanshui/contract'
import { AppError } from './errors.ts'

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

/**
 * Multirange literal for region codes. The nation's code 100000 covers all, a province's code (xx0000) the province,
 * a city's code (xxxx00) the city, any other code itself (GB/T 2260-2007, 3: two digits a level).
 */
export function regionsLiteral(codes: readonly number[]): string {
  const ranges = codes.map((code) => {
    if (code === 100_000) return '[100000,1000000)'
    const width = code % 10_000 === 0 ? 10_000 : code % 100 === 0 ? 100 : 1
    return `[${code},${code + width})`
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
