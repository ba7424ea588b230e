import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase, testActor } from '../testing/index.ts'
import { checkServerVersion } from './database.ts'
import { migrate, migrationState, readMigrations } from './migrate.ts'

let test1: TestDatabase
beforeAll(async () => {
  test1 = await createTestDatabase()
  await test1.db.pool.query(`
    create table thing (id int primary key, region_code int not null, owner_id int not null);
    alter table thing enable row level security;
    create policy scope on thing to shanshui_app using (owner_id = 0 or (
      region_code <@ nullif(current_setting('app.regions', true), '')::int4multirange
      and case when current_setting('app.owner', true) = 'any' then true
          else owner_id = nullif(current_setting('app.owner', true), '')::int end));
    insert into thing values (1, 629001, 0), (2, 629001, 5), (3, 629002, 5), (4, 629001, 6), (5, 510000, 5)`)
})
afterAll(() => test1.drop())

async function visible(overrides: Parameters<typeof testActor>[1]): Promise<number[]> {
  return test1.db.asActor(testActor('analyst', overrides), async (trx) => {
    const { rows } = await trx.query<{ id: number }>('select id from thing order by id')
    return rows.map((row) => row.id)
  })
}

test('an actor sees public rows and the rows of the own regions', async () => {
  expect(await visible({})).toEqual([1, 2, 3, 4])
  expect(await visible({ regions: '{[629002,629003)}' })).toEqual([1, 3])
})

test('an actor of one organisation sees public rows and its own', async () => {
  expect(await visible({ owner: 6 })).toEqual([1, 4])
})

test('an actor without regions sees public rows only', async () => {
  expect(await visible({ regions: '{}' })).toEqual([1])
})

test('an actor cannot write into another region', async () => {
  const write = test1.db.asActor(testActor('analyst'), (trx) =>
    trx.query('insert into thing values (9, 510000, 5)'),
  )
  await expect(write).rejects.toMatchObject({ code: '42501' })
})

test('the role and the settings end with the transaction', async () => {
  await visible({})
  const { rows } = await test1.db.pool.query(
    `select current_user as who, coalesce(current_setting('app.regions', true), '') as regions`,
  )
  expect(rows[0]).toEqual({ who: 'shanshui', regions: '' })
})

test('a failed transaction leaves nothing behind', async () => {
  const failing = test1.db.transaction(async (trx) => {
    await trx.query('insert into thing values (77, 1, 1)')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect((await test1.db.pool.query('select from thing where id = 77')).rowCount).toBe(0)
})

test('a transaction that failed unseen is not taken for committed', async () => {
  const swallowing = test1.db.transaction(async (trx) => {
    await trx.query('insert into thing values (78, 1, 1)')
    await trx.query('select 1/0').catch(() => undefined)
  })
  await expect(swallowing).rejects.toThrow('nothing of it was committed')
  expect((await test1.db.pool.query('select from thing where id = 78')).rowCount).toBe(0)
})

test('civil days come back as text, and midnight is that of Beijing', async () => {
  const { rows } = await test1.db.pool.query(
    `select date '2022-03-01' as day, ('2022-02-28T16:00:00Z'::timestamptz)::date as civil`,
  )
  expect(rows[0]).toEqual({ day: '2022-03-01', civil: '2022-03-01' })
})

test('the server is at least PostgreSQL 15', async () => {
  expect((await checkServerVersion(test1.db)).major).toBeGreaterThanOrEqual(15)
})

test('migrations run from empty, and a second run does nothing', async () => {
  const empty = await createEmptyDatabase()
  try {
    const known = readMigrations()
    expect((await migrationState(empty.db.pool)).pending).toHaveLength(known.length)
    expect(await migrate(empty.db.pool)).toHaveLength(known.length)
    expect(await migrate(empty.db.pool)).toHaveLength(0)
    expect(await migrationState(empty.db.pool)).toEqual({ applied: known.length, pending: [] })
  } finally {
    await empty.drop()
  }
})

test('two servers that migrate at once apply each migration once', async () => {
  const empty = await createEmptyDatabase()
  try {
    const [a, b] = await Promise.all([migrate(empty.db.pool), migrate(empty.db.pool)])
    expect(a.length + b.length).toBe(readMigrations().length)
  } finally {
    await empty.drop()
  }
})

test('a migration that was changed after it ran is refused by name', async () => {
  const empty = await createEmptyDatabase()
  const one = { version: 1, name: 'first', sql: 'create table a (x int)', checksum: 'aa' }
  try {
    await migrate(empty.db.pool, [one])
    await expect(migrate(empty.db.pool, [{ ...one, checksum: 'bb' }])).rejects.toMatchObject({
      code: 'migration.changed',
      message: expect.stringContaining('1 first'),
    })
    await expect(migrate(empty.db.pool, [])).rejects.toMatchObject({ code: 'migration.newer' })
  } finally {
    await empty.drop()
  }
})

test('a migration that fails leaves no trace and says which', async () => {
  const empty = await createEmptyDatabase()
  const bad = { version: 7, name: 'half', sql: 'create table half (x int); select 1/0', checksum: 'cc' }
  try {
    await expect(migrate(empty.db.pool, [bad])).rejects.toThrow(/7 half.*division by zero/)
    const { rows } = await empty.db.pool.query(`select to_regclass('half') as half`)
    expect(rows[0].half).toBeNull()
  } finally {
    await empty.drop()
  }
})
