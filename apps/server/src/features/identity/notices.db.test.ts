import type { RoleName } from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase, testActor } from '../../platform/testing/index.ts'
import { createUser, ensureOrganization, notify } from './index.ts'
import { countUnread, markRead, selectNotices } from './notices.repository.ts'

let database: TestDatabase
const people: Record<string, number> = {}

beforeAll(async () => {
  database = await createTestDatabase()
  await database.db.transaction(async (trx) => {
    const org = (code: string, type: 'bureau' | 'enterprise') =>
      ensureOrganization(trx, { code, name: code, type, regionCode: 629000 })
    const bureau = await org('bureau', 'bureau')
    const plant = await org('plant', 'enterprise')
    const other = await org('other', 'enterprise')
    const add = async (login: string, role: RoleName, organizationId: number, region: number) => {
      const scope = { regions: [region], owner: role === 'enterprise' ? ('own' as const) : ('any' as const) }
      const user = await createUser(trx, 'system', {
        login,
        name: login,
        organizationId,
        roles: [role],
        scope,
        password: 'Correct-horse-9',
        mustChangePassword: false,
      })
      people[login] = user.id
    }
    people.plant = plant.id
    await add('city', 'source', bureau.id, 629000)
    await add('county1', 'officer', bureau.id, 629001)
    await add('county2', 'officer', bureau.id, 629002)
    await add('owner', 'enterprise', plant.id, 629000)
    await add('stranger', 'enterprise', other.id, 629000)
    await add('clerk', 'clerk', bureau.id, 629000)
  })
})
afterAll(() => database.drop())

const tell = (dedupeKey: string, to: Parameters<typeof notify>[1]['to']) =>
  database.db.transaction((trx) =>
    notify(trx, { topic: 'exceedance', to, title: '超标', body: 'SO2 52', link: '/x', dedupeKey }),
  )
async function told(key: string): Promise<string[]> {
  const { rows } = await database.db.pool.query(
    `select u.login from notice n join notice_recipient r on r.notice_id = n.id join app_user u on u.id = r.user_id
      where n.dedupe_key = $1 order by 1`,
    [key],
  )
  return rows.map((row) => row.login)
}

test('those are told who may, whose regions cover the place, and whose scope covers the owner', async () => {
  const to = { permission: 'source:read', regionCode: 629001, ownerId: people.plant as number } as const
  expect(await tell('a', to)).toBe(3)
  expect(await told('a')).toEqual(['city', 'county1', 'owner'])
})

test('without an owner no enterprise is told', async () => {
  await tell('b', { permission: 'source:read', regionCode: 629002 })
  expect(await told('b')).toEqual(['city', 'county2'])
})

test('the same key is one notice, with eight writers at once too', async () => {
  const to = { userIds: [people.city as number] }
  const counts = await Promise.all(Array.from({ length: 8 }, () => tell('c', to)))
  expect(counts.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 1])
  expect(await told('c')).toEqual(['city'])
})

test('a transaction that fails tells nobody', async () => {
  const failed = database.db.transaction(async (trx) => {
    await notify(trx, {
      topic: 't',
      to: { userIds: [people.city as number] },
      title: 't',
      body: 'b',
      dedupeKey: 'd',
    })
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await told('d')).toEqual([])
})

test('a person queues notices for others in the own transaction, and reads none but the own', async () => {
  const actor = testActor('officer', { userId: people.county1 as number, regions: '{[629001,629002)}' })
  await database.db.asActor(actor, async (trx) => {
    await notify(trx, {
      topic: 't',
      to: { userIds: [people.clerk as number] },
      title: 't',
      body: 'b',
      dedupeKey: 'e',
    })
    expect(await selectNotices(trx, people.clerk as number, { limit: 10 })).toEqual([])
    expect(await selectNotices(trx, people.county1 as number, { limit: 10 })).toHaveLength(1)
  })
  expect(await told('e')).toEqual(['clerk'])
})

test('read is read, up to one or by name', async () => {
  const id = people.city as number
  const { pool } = database.db
  const unread = await countUnread(pool, id)
  expect(unread).toBeGreaterThan(2)
  const [newest, second] = await selectNotices(pool, id, { limit: 2, unread: true })
  await markRead(pool, id, { ids: [newest?.id ?? 0] }, new Date())
  expect(await countUnread(pool, id)).toBe(unread - 1)
  await markRead(pool, id, { upTo: second?.id }, new Date())
  expect(await countUnread(pool, id)).toBe(0)
})
