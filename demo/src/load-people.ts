import type { Organization, User } from '@shanshui/contract'
import { Api } from './api.ts'
import { organizations, people } from './people.ts'

/**
 * Organisations and people, by the administrator of the platform. Each person signs in once with the one-time
 * password and sets the demo password, as the product demands of everybody.
 */
export async function loadPeople(
  origin: string,
  administrator: Api,
  password: string,
): Promise<ReadonlyMap<string, number>> {
  const known = await administrator.get<{ items: Organization[] }>('/organizations')
  const ids = new Map(known.items.map((organization) => [organization.code, organization.id]))
  for (const { code, name, type, regionCode } of organizations) {
    if (ids.has(code)) continue
    const made = await administrator.post<Organization>('/organizations', { code, name, type, regionCode })
    ids.set(code, made.id)
  }
  const present = await administrator.get<{ items: User[] }>('/users?limit=1000')
  const logins = new Set(present.items.map((user) => user.login))
  for (const person of people) {
    if (logins.has(person.login)) continue
    const { oneTimePassword } = await administrator.post<{ oneTimePassword: string }>('/users', {
      login: person.login,
      name: person.name,
      organizationId: ids.get(person.organization),
      roles: [person.role],
      scope: { regions: person.regions, owner: person.role === 'enterprise' ? 'own' : 'any' },
    })
    const self = new Api(origin)
    await self.logIn(person.login, oneTimePassword)
    await self.put('/session/password', { current: oneTimePassword, next: password })
  }
  return ids
}
