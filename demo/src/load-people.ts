import { createUser, type Deps, ensureOrganization, upsertRegion, userBy } from '@shanshui/server'
import { boundaries } from './boundaries.ts'
import { organizations, people } from './people.ts'
import { regions } from './places.ts'

/** Regions with their boundaries, organisations, and people with the demo password. Repeating is harmless. */
export async function loadPeople(
  deps: Pick<Deps, 'db'>,
  seed: number,
  password: string,
): Promise<ReadonlyMap<string, number>> {
  return deps.db.transaction(async (trx) => {
    const shapes = boundaries(seed)
    for (const { code, name, level, parent } of regions) {
      const shape = shapes.get(code)
      const boundary = shape
        ? { type: shape.type, coordinates: shape.coordinates.map((ring) => ring.map((p) => [...p])) }
        : null
      await upsertRegion(trx, 'system', { code, name, level, parentCode: parent, boundary })
    }
    const ids = new Map<string, number>()
    for (const organization of organizations) {
      ids.set(organization.code, (await ensureOrganization(trx, organization)).id)
    }
    for (const { login, name, organization, role, regions: scope } of people) {
      if (await userBy(trx, { login })) continue
      await createUser(trx, 'system', {
        login,
        name,
        organizationId: ids.get(organization) ?? 0,
        roles: [role],
        scope: { regions: [...scope], owner: role === 'enterprise' ? 'own' : 'any' },
        password,
        mustChangePassword: false,
      })
    }
    return ids
  })
}
