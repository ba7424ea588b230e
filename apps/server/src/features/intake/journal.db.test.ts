import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { verifyBundle } from './evidence-bundle.ts'
import { blocksOfEntry } from './journal.repository.ts'
import {
  appendBlock,
  appendDecision,
  appendEntry,
  exportBundle,
  partsOf,
  readRecord,
  sealDay,
  verifyDay,
  verifyJournal,
} from './journal.ts'
import { unpackRecords } from './journal-block.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const ms = (text: string) => Date.parse(`${text}+08:00`)
const about = (text: string, source = 'gateway') => ({
  receivedFromMs: ms(text),
  receivedToMs: ms(text),
  source,
})
const append = (records: readonly Uint8Array[], text: string) =>
  database.db.transaction((trx) => appendBlock(trx, 'frames', records, about(text)))
async function bundle(day: string, msg?: bigint): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of exportBundle(database.db.pool, day, msg)) pieces.push(piece)
  return Buffer.concat(pieces)
}
const sourceOf = (bytes: Buffer) => ({
  size: bytes.length,
  read: (o: number, n: number) => bytes.subarray(o, o + n),
})

describe('journal', () => {
  it('links a day to the day before and survives writers that race', async () => {
    await append([Buffer.from('a'), Buffer.from('b')], '2026-03-01T23:59:59')
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => append([Buffer.from(`race ${i}`)], '2026-03-02T00:00:01')),
    )
    const report = await verifyJournal(database.db.pool)
    expect(report).toMatchObject({ days: 2, blocks: 13, records: 14, faults: [] })
  })

  it('never goes back to an earlier day: what comes late stands in the day that is open', async () => {
    const late = await append([Buffer.from('late')], '2026-03-01T12:00:00')
    const { rows } = await database.db.pool.query('select day::text from journal_block where id = $1', [
      String(late.blockId),
    ])
    expect(rows).toEqual([{ day: '2026-03-02' }])
  })

  it('writes nothing when the transaction fails, and the chain goes on', async () => {
    const before = (await verifyJournal(database.db.pool)).blocks
    await expect(
      database.db.transaction(async (trx) => {
        await appendBlock(trx, 'frames', [Buffer.from('x')], about('2026-03-02T01:00:00'))
        throw new Error('something else failed')
      }),
    ).rejects.toThrow('something else failed')
    await append([Buffer.from('y')], '2026-03-02T01:00:01')
    expect(await verifyJournal(database.db.pool)).toMatchObject({ blocks: before + 1, faults: [] })
  })

  it('gives back a decision word for word', async () => {
    const decision = {
      type: 'mark',
      by: 3,
      atMs: ms('2026-03-02T02:00:00'),
      reason: '仪器故障',
      body: { pointId: 1 },
    }
    const msg = await database.db.transaction((trx) => appendDecision(trx, decision))
    const record = await readRecord(database.db.pool, msg)
    expect(record).toMatchObject({ kind: 'decision', source: 'mark' })
    expect(JSON.parse(Buffer.from(record!.bytes).toString())).toEqual(decision)
    expect(await readRecord(database.db.pool, msg + 1n)).toBeUndefined()
  })

  it('splits a big file into blocks of one entry and puts it together again', async () => {
    const slices = Array.from({ length: 20 }, () => randomBytes(600_000))
    const blocks = await database.db.transaction((trx) =>
      appendEntry(trx, 'file', partsOf(slices), about('2026-03-02T03:00:00', 'upload')),
    )
    expect(blocks.length).toBeGreaterThan(2)
    const back: Buffer[] = []
    for await (const block of blocksOfEntry(database.db.pool, blocks[0]!.blockId))
      back.push(...unpackRecords(block.data, block.records))
    expect(Buffer.concat(back).equals(Buffer.concat(slices))).toBe(true)
  })

  it('seals a past day to a root, appends nothing more to it, and proves it by a bundle', async () => {
    const now = ms('2026-03-03T08:00:00')
    await expect(database.db.transaction((trx) => sealDay(trx, '2026-03-04', 'x', now))).rejects.toThrow(
      '尚未过完',
    )
    await expect(database.db.transaction((trx) => sealDay(trx, '2020-01-01', 'x', now))).rejects.toThrow(
      '2020-01-01',
    )
    const sealed = await database.db.transaction((trx) => sealDay(trx, '2026-03-02', '分析员', now))
    expect(sealed.root).toHaveLength(32)
    const after = await append([Buffer.from('after the seal')], '2026-03-02T23:00:00')
    const { rows } = await database.db.pool.query('select day::text from journal_block where id = $1', [
      String(after.blockId),
    ])
    expect(rows).toEqual([{ day: '2026-03-03' }])
    const bytes = await bundle('2026-03-02')
    const root = sealed.root!.toString('hex')
    expect(await verifyBundle(sourceOf(bytes), root)).toMatchObject({ ok: true, root })
    expect(await verifyDay(database.db.pool, '2026-03-02')).toMatchObject({ faults: [] })
  })

  it('proves one record with the rest of the day as digests only', async () => {
    const frame = Buffer.from('##0101the one frame that matters')
    await append([Buffer.from('secret of somebody else')], '2026-03-05T08:00:00')
    const block = await append([Buffer.from('other'), frame], '2026-03-05T08:00:01')
    await append([randomBytes(500)], '2026-03-05T08:00:02')
    const bytes = await bundle('2026-03-05', block.msgOf(1))
    expect(await verifyBundle(sourceOf(bytes))).toMatchObject({ ok: true, blocks: 3, records: 4 })
    expect(bytes.length).toBeLessThan((await bundle('2026-03-05')).length)
  })

  it('refuses a block that does not continue the chain, whoever sends it', async () => {
    const forged = `select journal_append(1, '2026-03-06', 1, 'frames', 'x', 1, 1, 1, 0, 0, 1, 1, '', '', '\\x00', '\\x00')`
    await expect(database.db.pool.query(forged)).rejects.toThrow('does not continue the chain')
  })
})

describe('hash computed by the database', () => {
  it('is the documented one for any source, Chinese and control characters included', async () => {
    for (const source of ['gateway', '导入“甲”\\/', 'tab\there "quoted" \u0001\u007f', "it's"]) {
      await database.db.transaction((trx) =>
        appendBlock(trx, 'frames', [Buffer.from(source)], about('2026-04-01T08:00:00', source)),
      )
    }
    expect((await verifyJournal(database.db.pool)).faults).toEqual([])
  })

  it('opens a new day at Beijing midnight to the millisecond', async () => {
    const days = []
    for (const text of ['2026-04-01T23:59:59.999', '2026-04-02T00:00:00.000']) {
      const { blockId } = await append([Buffer.from(text)], text)
      const { rows } = await database.db.pool.query('select day::text from journal_block where id = $1', [
        String(blockId),
      ])
      days.push(rows[0].day)
    }
    expect(days).toEqual(['2026-04-01', '2026-04-02'])
    expect((await verifyJournal(database.db.pool)).faults).toEqual([])
  })
})
