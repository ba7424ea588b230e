/** A person's browser as the storage bench sees it: logged in, with cookies, over HTTP. */
import { createUser, ensureOrganization, type RunningServer, upsertRegion } from '@shanshui/server'

export interface Client {
  get(path: string): Promise<{ ms: number; bytes: number; body: unknown }>
}

export async function logIn(server: RunningServer): Promise<Client> {
  const { db } = server.deps
  const password = 'Bench-password-1'
  await db.transaction(async (trx) => {
    for (const [code, name, level, parentCode] of [
      [620000, '甘肃省', 'province', null],
      [629000, '祁川市', 'city', 620000],
      [629001, '金河区', 'county', 629000],
    ] as const)
      await upsertRegion(trx, 'system', { code, name, level, parentCode })
    const bureau = await ensureOrganization(trx, {
      code: 'bench',
      name: 'bench',
      type: 'bureau',
      regionCode: 629000,
    })
    await createUser(trx, 'system', {
      login: 'bench',
      name: 'bench',
      organizationId: bureau.id,
      roles: ['analyst'],
      scope: { regions: [629000], owner: 'any' },
      password,
      mustChangePassword: false,
    })
  })
  const answer = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'bench', password }),
  })
  if (!answer.ok) throw new Error(`login: ${answer.status} ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  return {
    async get(path) {
      const started = performance.now()
      const reply = await fetch(`${server.url}/api/v1${path}`, { headers: { cookie } })
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
      const text = await reply.text()
      const body: unknown = JSON.parse(text)
      return { ms: performance.now() - started, bytes: text.length, body }
    },
  }
}
