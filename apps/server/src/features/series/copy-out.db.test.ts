import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { copyRows } from './copy-rows.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describe('COPY without a stream', () => {
  it('hands over every row, also rows longer than a socket chunk, and leaves the connection usable', async () => {
    await test.db.transaction(async (trx) => {
      const lengths: number[] = []
      const rows = await copyRows(
        trx,
        `select i, repeat('x', case when i % 100 = 0 then 300000 else i % 50 end) from generate_series(1, 1000) i`,
        (row) => lengths.push(row.text(1).length + row.int4(0) * 0),
      )
      expect(rows).toBe(1000)
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(10 * 300_000 + 24_500 - 10 * 0)
      expect((await trx.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    })
  })

  it('hands over nothing of an empty result', async () => {
    expect(await copyRows(test.db.pool, 'select 1 where false', () => expect.unreachable())).toBe(0)
  })

  it('reports an error of the server, before and amid the rows, and the connection lives', async () => {
    const client = await test.db.pool.connect()
    try {
      await expect(copyRows(client, 'select * from nowhere', () => {})).rejects.toMatchObject({
        code: '42P01',
      })
      let rows = 0
      const failing = copyRows(client, 'select 1 / (5000 - i) from generate_series(1, 10000) i', () => {
        rows++
      })
      await expect(failing).rejects.toMatchObject({ code: '22012' })
      expect(rows).toBeGreaterThan(0)
      expect((await client.query('select 2 as two')).rows).toEqual([{ two: 2 }])
    } finally {
      client.release()
    }
  })

  it('reports a fault of the reader after the server has finished', async () => {
    const client = await test.db.pool.connect()
    try {
      const failing = copyRows(client, 'select i from generate_series(1, 100000) i', (row) => {
        if (row.int4(0) === 7) throw new Error('seven')
      })
      await expect(failing).rejects.toThrow('seven')
      expect((await client.query('select 3 as three')).rows).toEqual([{ three: 3 }])
    } finally {
      client.release()
    }
  })

  it('fails when the connection is lost', async () => {
    const client = await test.db.pool.connect()
    client.on('error', () => undefined)
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const failing = copyRows(client, 'select i, pg_sleep(0.01) from generate_series(1, 10000) i', () => {})
    setTimeout(() => void test.db.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]), 100)
    await expect(failing).rejects.toThrow()
    client.release(true)
  })
})
