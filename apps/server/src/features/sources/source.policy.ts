/** Who may see and decide what about outlets: row-level security shows, the region decides. */
import { type Actor, isInScope } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { organizationOf } from './author.repository.ts'

/** @throws AppError `source.outlet-unknown` for one that is not there or not visible */
export async function visibleOutlet(q: Queryable, id: number): Promise<Outlet> {
  const [outlet] = await listOutlets(q, { ids: [id] })
  if (outlet === undefined) throw new AppError('source.outlet-unknown', { detail: `排放口 ${id}` })
  return outlet
}

/** An outlet that the actor may decide about. @throws `source.outlet-unknown`, `auth.forbidden` */
export async function outletInScope(q: Queryable, actor: Actor, id: number): Promise<Outlet> {
  const outlet = await visibleOutlet(q, id)
  if (isInScope(actor, outlet)) return outlet
  throw new AppError('auth.forbidden', { detail: `${outlet.name} 不在本人的行政区范围内`, outletId: id })
}

/**
 * What the bureau wrote the bureau takes back: a failed comparison must not vanish by the hand of the plant. A plant
 * takes back what its own people wrote. @throws `auth.forbidden`
 */
export async function requireOwnEntry(q: Queryable, actor: Actor, writtenBy: number): Promise<void> {
  if (actor.permissions.has('source:judge') || writtenBy === actor.userId) return
  if (actor.owner !== 'any' && (await organizationOf(q, writtenBy)) === actor.owner) return
  throw new AppError('auth.forbidden', { detail: '该记录由其他单位填写，须由填写单位或生态环境部门撤回' })
}

interface OutletChoice {
  readonly outletId?: number | undefined
  readonly enterpriseId?: number | undefined
  readonly regionCode?: number | undefined
  readonly medium?: 'air' | 'water' | undefined
}

/** Outlets that a list is about, as the actor sees them; null when it is about all. */
export async function outletsOf(q: Queryable, query: OutletChoice): Promise<Outlet[] | null> {
  const { outletId, enterpriseId, regionCode, medium } = query
  const chosen = [outletId, enterpriseId, regionCode, medium].some((one) => one !== undefined)
  return chosen ? outletsSeen(q, query) : null
}

/** As `outletsOf`, with all that the actor sees where the list is about all. */
export async function outletsSeen(
  q: Queryable,
  { outletId, enterpriseId, regionCode, medium }: OutletChoice,
): Promise<Outlet[]> {
  return listOutlets(q, {
    ...(outletId === undefined ? {} : { ids: [outletId] }),
    ...(enterpriseId === undefined ? {} : { enterpriseId }),
    ...(regionCode === undefined ? {} : { regionCode }),
    ...(medium === undefined ? {} : { medium }),
  })
}
