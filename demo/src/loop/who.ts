/** The people and organizations of the story. */
import { type Actor, actorOf, type Deps, organizationBy, userBy } from '@shanshui/server'

/** Who is who, looked up once. */
export interface Cast {
  actor(login: string): Promise<Actor>
  organization(code: string): Promise<number>
}

export function castOf(deps: Deps, codeOf: (key: string) => string): Cast {
  const actors = new Map<string, Actor>()
  const organizations = new Map<string, number>()
  return {
    async actor(login) {
      const known = actors.get(login)
      if (known !== undefined) return known
      const user = await userBy(deps.db.pool, { login })
      if (user === undefined) throw new Error(`nobody logs in as ${login}`)
      const actor = actorOf(user)
      actors.set(login, actor)
      return actor
    },
    async organization(code) {
      const known = organizations.get(code)
      if (known !== undefined) return known
      const found =
        (await organizationBy(deps.db.pool, { code })) ??
        (await organizationBy(deps.db.pool, { code: codeOf(code) }))
      if (found === undefined) throw new Error(`no organization ${code}`)
      organizations.set(code, found.id)
      return found.id
    },
  }
}
