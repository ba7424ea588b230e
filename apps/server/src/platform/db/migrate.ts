/**
 * Forward-only migrations: numbered SQL files, each in its own transaction, under an advisory lock, recorded with
 * its checksum. Rooms number inside their own range, so a lower number may arrive after a higher one was applied.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { AppError } from '../errors.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export const migrationsFolder = join(import.meta.dirname, '..', '..', 'migrations')
/** Any constant: two servers that start together wait for each other on it. */
const lockKey = 7_212_026

/** Reads `NNNN_name.sql` in order. Errors: a number used twice, a name that does not fit. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const [, number, name] = /^(\d{4})_([a-z0-9-_]+)\.sql$/.exec(file) ?? []
      if (number === undefined || name === undefined) throw new Error(`迁移文件名应为 NNNN_name.sql：${file}`)
      const sql = readFileSync(join(folder, file), 'utf8')
      return { version: Number(number), name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
  for (const [index, migration] of migrations.entries()) {
    const before = migrations[index - 1]
    if (before?.version === migration.version)
      throw new Error(`迁移编号重复：${before.name} 与 ${migration.name}`)
  }
  return migrations
}

interface AppliedRow {
  version: number
  name: string
  checksum: string
}

async function appliedRows(client: pg.ClientBase): Promise<AppliedRow[]> {
  const { rows } = await client.query<AppliedRow>(
    'select version, name, checksum from schema_migration order by version',
  )
  return rows
}

/** Migrations that the database has not seen. Errors: `migration.changed`, `migration.newer`. */
export function pendingMigrations(known: readonly Migration[], applied: readonly AppliedRow[]): Migration[] {
  const byVersion = new Map(known.map((migration) => [migration.version, migration]))
  for (const row of applied) {
    const migration = byVersion.get(row.version)
    if (migration === undefined) {
      throw new AppError('migration.newer', {
        detail: `数据库中有本版本没有的迁移 ${row.version} ${row.name}`,
      })
    }
    if (migration.checksum !== row.checksum) {
      throw new AppError('migration.changed', {
        detail: `迁移 ${row.version} ${row.name} 与执行时的内容不同`,
      })
    }
  }
  const seen = new Set(applied.map((row) => row.version))
  return known.filter((migration) => !seen.has(migration.version))
}

const needs =
  '连接用户须拥有该数据库；由数据库管理员先执行 create role shanshui_app nologin; grant shanshui_app to 连接用户; 即可'

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  // Indexes made concurrently cannot be in a transaction; such a file says so in its first line.
  const alone = migration.sql.startsWith('-- no-transaction')
  if (!alone) await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.checksum,
    ])
    if (!alone) await client.query('commit')
  } catch (error) {
    if (!alone) await client.query('rollback')
    const reason = error instanceof Error ? error.message : String(error)
    if ((error as { code?: string }).code === '42501') {
      const detail = `迁移 ${migration.version} ${migration.name}：${reason}。${needs}`
      throw new AppError('migration.not-allowed', { detail, cause: error })
    }
    throw new Error(`迁移 ${migration.version} ${migration.name} 失败：${reason}`, { cause: error })
  }
}

/** Brings the database to the newest structure. Returns what was applied, in order. */
export async function migrate(
  pool: pg.Pool,
  known: readonly Migration[] = readMigrations(),
): Promise<Migration[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(`create table if not exists schema_migration (
      version int primary key, name text not null, checksum text not null,
      applied_at timestamptz not null default now())`)
    const pending = pendingMigrations(known, await appliedRows(client))
    for (const migration of pending) await apply(client, migration)
    return pending
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
    client.release()
  }
}

/** How far the database is; changes nothing. */
export async function migrationState(
  pool: pg.Pool,
  known: readonly Migration[] = readMigrations(),
): Promise<{ applied: number; pending: readonly string[] }> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('schema_migration') is not null as there`,
    )
    const applied = rows[0]?.there === true ? await appliedRows(client) : []
    return {
      applied: applied.length,
      pending: pendingMigrations(known, applied).map((m) => `${m.version} ${m.name}`),
    }
  } finally {
    client.release()
  }
}
