/**
 * Backup and restore of a whole installation. The embedded PostgreSQL brings no pg_dump, so the product does it: one
 * repeatable-read snapshot while the server goes on working, binary COPY of every table, checksums, streams with flat
 * memory. A restore is one transaction into the structure that the migrations make.
 */

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type Database, migrate, type Queryable, readMigrations, type Trx } from '../db/index.ts'
import { AppError } from '../errors.ts'
import {
  createPartition,
  dropEverything,
  dropForeignKeys,
  emptyTables,
  migrationsOf,
  partitionsOf,
  quoted,
  relationCount,
  restoreForeignKeys,
  sequencesOf,
  setSequence,
  setTriggers,
  tablesOf,
} from './backup.repository.ts'
import {
  type BackupRecord,
  type BackupWriter,
  backupFormat,
  type Manifest,
  readBackup,
  type TableBegin,
  type TableEnd,
  writeBackup,
} from './backup-file.ts'
import { keptFiles, putFile } from './backup-folder.ts'

export interface BackupReport {
  readonly tables: number
  readonly rows: number
  readonly bytes: number
  /** Files of the data folder, and their bytes. */
  readonly files: number
  readonly fileBytes: number
}

export interface BackupOptions {
  readonly version: string
  readonly now: number
  /** Folder whose files go along; nothing in it is ever changed or deleted, so it fits any moment before. */
  readonly folder?: string
  /** Told after each table. */
  readonly onTable?: (table: TableEnd) => void
}

/** Writes everything the database holds at one moment into a file. Errors leave no file behind. */
export async function backupTo(db: Database, file: string, options: BackupOptions): Promise<BackupReport> {
  const writer = writeBackup(file)
  const client = await db.pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = await tablesOf(client)
    await writer.manifest(await manifestOf(client, tables, options))
    let rows = 0
    for (const table of tables) {
      const end = await copyTable(client, table, writer)
      rows += end.rows
      options.onTable?.(end)
    }
    await client.query('commit')
    const copied = options.folder === undefined ? noFiles : await copyFiles(options.folder, writer)
    return { tables: tables.length, rows, ...copied, bytes: await writer.finish() }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    await writer.abandon()
    throw error
  } finally {
    client.release()
  }
}

const noFiles = { files: 0, fileBytes: 0 }

async function copyFiles(folder: string, writer: BackupWriter): Promise<typeof noFiles> {
  let [files, fileBytes] = [0, 0]
  for (const name of await keptFiles(folder)) {
    await writer.file(name)
    const hash = createHash('sha256')
    let bytes = 0
    for await (const piece of createReadStream(join(folder, name), { highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer)
      bytes += (piece as Buffer).length
      await writer.rows(piece as Buffer)
    }
    await writer.end({ name, rows: 0, bytes, sha256: hash.digest('hex') })
    files++
    fileBytes += bytes
  }
  return { files, fileBytes }
}

async function manifestOf(
  q: Queryable,
  tables: readonly TableBegin[],
  options: BackupOptions,
): Promise<Manifest> {
  const { rows } = await q.query<{ server: string }>(`select current_setting('server_version') as server`)
  return {
    format: backupFormat,
    version: options.version,
    madeAt: new Date(options.now).toISOString(),
    server: rows[0]?.server ?? '',
    migrations: await migrationsOf(q),
    partitions: await partitionsOf(q),
    tables: tables.map((table) => table.name),
    sequences: await sequencesOf(q),
  }
}

const columnList = (table: TableBegin) => table.columns.map(quoted).join(', ')

async function copyTable(client: Trx, table: TableBegin, writer: BackupWriter): Promise<TableEnd> {
  await writer.begin(table)
  const hash = createHash('sha256')
  let bytes = 0
  const stream = client.query(
    copyTo(`copy ${quoted(table.name)} (${columnList(table)}) to stdout (format binary)`, {
      highWaterMark: 1 << 20,
    }),
  )
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    await writer.rows(chunk)
  }
  const end = { name: table.name, rows: stream.rowCount, bytes, sha256: hash.digest('hex') }
  await writer.end(end)
  return end
}

/** Reads a file from end to end and checks it. Errors: `backup.damaged`, `backup.newer`. */
export async function checkBackup(file: string): Promise<{ manifest: Manifest; rows: number }> {
  let manifest: Manifest | undefined
  let rows = 0
  const ended: string[] = []
  for await (const record of readBackup(file)) {
    if (record.kind === 'manifest') manifest = record.manifest
    if (record.kind !== 'end') continue
    rows += record.table.rows
    ended.push(record.table.name)
  }
  if (manifest === undefined) throw new AppError('backup.damaged', { detail: '没有清单' })
  const missing = manifest.tables.filter((table) => !ended.includes(table))
  if (missing.length > 0) throw new AppError('backup.damaged', { detail: `缺少表 ${missing.join('、')}` })
  requireKnownMigrations(manifest)
  return { manifest, rows }
}

function requireKnownMigrations(manifest: Manifest): void {
  const known = new Map(readMigrations().map((migration) => [migration.version, migration.checksum]))
  for (const { version, name, checksum } of manifest.migrations) {
    if (!known.has(version))
      throw new AppError('backup.newer', { detail: `备份含有本版本没有的迁移 ${version} ${name}` })
    if (known.get(version) !== checksum)
      throw new AppError('migration.changed', { detail: `迁移 ${version} ${name} 与备份时的内容不同` })
  }
}

export interface RestoreOptions {
  /** Replaces what the database holds. */
  readonly force?: boolean
  /** Where files that the backup holds go; left out, they are passed by. */
  readonly folder?: string
  readonly onTable?: (table: TableEnd) => void
}

/**
 * Loads a backup into an empty database and brings its structure to this release. The file is checked whole before
 * anything is touched; rows come in one transaction.
 * Errors: `backup.damaged`, `backup.newer`, `backup.not-empty`.
 */
export async function restoreFrom(
  db: Database,
  file: string,
  options: RestoreOptions = {},
): Promise<BackupReport> {
  const { manifest, rows } = await checkBackup(file)
  const relations = await relationCount(db.pool)
  if (relations > 0 && options.force !== true) {
    throw new AppError('backup.not-empty', { detail: `目标数据库中已有 ${relations} 个表、视图或序列` })
  }
  if (relations > 0) await db.transaction(dropEverything)
  let restored = noFiles
  try {
    const versions = new Set(manifest.migrations.map((migration) => migration.version))
    await migrate(
      db.pool,
      readMigrations().filter((migration) => versions.has(migration.version)),
    )
    restored = await db.transaction((trx) => load(trx, file, manifest, options))
  } catch (error) {
    await db.transaction(dropEverything).catch(() => undefined)
    throw error
  }
  await migrate(db.pool)
  return { tables: manifest.tables.length, rows, bytes: 0, ...restored }
}

async function load(
  trx: Trx,
  file: string,
  manifest: Manifest,
  options: RestoreOptions,
): Promise<typeof noFiles> {
  let [files, fileBytes] = [0, 0]
  for (const partition of manifest.partitions) await createPartition(trx, partition)
  const keys = await dropForeignKeys(trx)
  await setTriggers(trx, manifest.tables, false)
  await emptyTables(trx, manifest.tables)
  const records = readBackup(file)
  for await (const record of records) {
    if (record.kind === 'file' && options.folder !== undefined) {
      fileBytes += await putFile(options.folder, record.name, records)
      files++
    }
    if (record.kind !== 'begin') continue
    const end = await loadTable(trx, record.table, records)
    options.onTable?.(end)
  }
  await setTriggers(trx, manifest.tables, true)
  await restoreForeignKeys(trx, keys)
  for (const { name, last } of manifest.sequences) await setSequence(trx, name, last)
  return { files, fileBytes }
}

async function loadTable(
  trx: Trx,
  table: TableBegin,
  records: AsyncGenerator<BackupRecord>,
): Promise<TableEnd> {
  let end: TableEnd | undefined
  async function* rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const next = await records.next()
      if (
        next.done === true ||
        !('table' in next.value || 'bytes' in next.value) ||
        next.value.kind === 'begin'
      )
        throw new AppError('backup.damaged', { detail: `表 ${table.name} 没有结束` })
      if (next.value.kind === 'end') {
        end = next.value.table
        return
      }
      yield next.value.bytes
    }
  }
  const target = trx.query(
    copyFrom(`copy ${quoted(table.name)} (${columnList(table)}) from stdin (format binary)`),
  )
  await pipeline(rows(), target)
  if (end === undefined || target.rowCount !== end.rows) {
    throw new AppError('backup.damaged', {
      detail: `表 ${table.name} 应有 ${end?.rows} 行，实有 ${target.rowCount} 行`,
    })
  }
  return end
}
