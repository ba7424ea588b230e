import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { blockById, blocksOfEntry, dayRow, dayRows, type JournalDayRow } from './journal.repository.ts'
import { exportBundle, requireDay, sealDay, verifyDay } from './journal.ts'
import { unpackRecords } from './journal-block.ts'
import { blockOfMsg } from './journal-verify.ts'
import { presentBytes } from './quarantine-text.ts'
import { readRecordAs, requireWholeView } from './record-access.ts'

const read = { permission: 'journal:read' } as const
const takeOut = { permission: 'journal:export' } as const

const presentDay = (row: JournalDayRow): contract.JournalDay => ({
  day: row.day,
  blocks: row.blocks,
  records: Number(row.records),
  bytes: Number(row.bytes),
  firstBlock: row.first_block,
  lastBlock: row.last_block,
  genesis: row.genesis.toString('hex'),
  head: row.head.toString('hex'),
  sealed: row.root !== null,
  root: row.root?.toString('hex') ?? null,
  sealedAt: row.sealed_at === null ? null : shanghaiIso(row.sealed_at.getTime()),
  sealedBy: row.sealed_by,
})

/** Days, verification, sealing, evidence bundles, and the raw bytes behind one value. */
export const journalRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/journal/days', { schema: contract.listJournalDays, config: read }, async (request) => {
      const { cursor, limit = 100 } = request.query
      if (cursor !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(cursor))
        throw new AppError('request.cursor-invalid', { detail: cursor })
      const rows = await dayRows(deps.db.pool, cursor, limit)
      const last = rows.at(-1)
      return {
        items: rows.map(presentDay),
        next: last !== undefined && rows.length === limit ? last.day : null,
      }
    })

    app.post(
      '/journal/days/:day/verify',
      { schema: contract.verifyJournalDay, config: read },
      async (request) => {
        const report = await verifyDay(deps.db.pool, request.params.day)
        return {
          ok: report.faults.length === 0,
          blocks: report.blocks,
          records: report.records,
          faults: report.faults.slice(0, 100).map((f) => ({
            day: f.day,
            block: f.block === undefined ? null : String(f.block),
            record: f.record ?? null,
            msg: f.msg === undefined ? null : String(f.msg),
            what: f.what,
          })),
        }
      },
    )

    app.post(
      '/journal/days/:day/seal',
      { schema: contract.sealJournalDay, config: takeOut },
      async (request) => {
        const { day } = request.params
        return await deps.db.transaction(async (trx) => {
          const row = await sealDay(trx, day, request.actor.name, deps.clock.now())
          await recordAudit(trx, request.actor, 'journal.sealed', `journal:${day}`, {
            root: row.root?.toString('hex'),
          })
          return presentDay(row)
        })
      },
    )

    app.get(
      '/journal/days/:day/evidence.tar',
      { schema: contract.getEvidenceBundle, config: takeOut },
      async (request, reply) => {
        const { day } = request.params
        const msg = request.query.msg === undefined ? undefined : BigInt(request.query.msg)
        await requireDay(deps.db.pool, day)
        await requireWholeView(deps.db, request.actor)
        await deps.db.transaction((trx) =>
          recordAudit(trx, request.actor, 'journal.exported', `journal:${day}`, {
            msg: request.query.msg ?? null,
          }),
        )
        const name = `shanshui-evidence-${day}${msg === undefined ? '' : `-${msg}`}.tar`
        reply.type('application/x-tar').header('content-disposition', `attachment; filename="${name}"`)
        return reply.send(Readable.from(exportBundle(deps.db.pool, day, msg)) as never)
      },
    )

    app.get('/journal/records/:msg', { schema: contract.getJournalRecord, config: read }, async (request) =>
      presentRecord(deps, request.actor, BigInt(request.params.msg)),
    )
  }

async function presentRecord(deps: Deps, actor: Actor, msg: bigint): Promise<contract.JournalRecord> {
  const { block: id, index } = blockOfMsg(msg)
  const record = await readRecordAs(deps.db, actor, msg)
  const block = record && (await blockById(deps.db.pool, id))
  if (record === undefined || block === undefined)
    throw new AppError('intake.record-unknown', { detail: `msg ${msg}` })
  return {
    msg: String(msg),
    block: String(id),
    index,
    day: block.day,
    kind: block.kind,
    source: block.source,
    receivedAt: shanghaiIso(block.receivedToMs),
    sealed: ((await dayRow(deps.db.pool, block.day))?.root ?? null) !== null,
    blockHash: block.hash.toString('hex'),
    raw: presentBytes(record.bytes),
    file: block.kind === 'file' ? await placeInFile(deps.db.pool, block.entry, id, index) : null,
  }
}

/** Which file a record is a slice of, and where in it. */
async function placeInFile(
  q: Queryable,
  entry: bigint,
  block: bigint,
  index: number,
): Promise<{ name: string; offset: number } | null> {
  let name: string | undefined
  let offset = 0
  for await (const part of blocksOfEntry(q, entry)) {
    for (const [i, record] of unpackRecords(part.data, part.records).entries()) {
      if (part.id === block && i === index) return { name: name ?? '', offset }
      if (name === undefined) name = (JSON.parse(record.toString()) as { name: string }).name
      else offset += record.byteLength
    }
  }
  return null
}
