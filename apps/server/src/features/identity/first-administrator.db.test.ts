import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { createFirstAdministrator } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('an empty database gets one administrator, however many servers start', async () => {
  const made = await Promise.all([createFirstAdministrator(database), createFirstAdministrator(database)])
  expect(made.filter((account) => account !== undefined)).toHaveLength(1)
  expect(await createFirstAdministrator(database)).toBeUndefined()
  const { rows } = await database.db.pool.query(
    'select login, roles, must_change_password, password_hash from app_user',
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ login: 'admin', roles: ['administrator'], must_change_password: true })
  expect(rows[0].password_hash).toMatch(/^\$argon2id\$/)
})

test('requests cannot read password hashes', async () => {
  const { testActor } = await import('../../platform/testing/index.ts')
  const read = (sql: string) => database.db.asActor(testActor('administrator'), (trx) => trx.query(sql))
  await expect(read('select password_hash from app_user')).rejects.toMatchObject({ code: '42501' })
  await expect(read('select * from session')).rejects.toMatchObject({ code: '42501' })
  await expect(read('select * from api_key')).rejects.toMatchObject({ code: '42501' })
  await expect(read('delete from audit')).rejects.toMatchObject({ code: '42501' })
})
