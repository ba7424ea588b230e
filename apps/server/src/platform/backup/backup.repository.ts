/** What a backup must know of the database's structure. Names come from the catalogue and are quoted. */
import type { Queryable } from '../db/index.ts'
import type { Partition, TableBegin } from './backup-file.ts'

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Structure that migrations make and the loader must not fill. */
const skipped = ['schema_migration']

/** Tables with rows of their own, partitions included, in order of name. Generated columns are left out. */
export async function tablesOf(q: Queryable): Promise<TableBegin[]> {
  const { rows } = await q.query<TableBegin>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relname <> all($1)
     group by c.relname order by c.relname`,
    [skipped],
  )
  return rows
}

export async function partitionsOf(q: Queryable): Promise<Partition[]> {
  const { rows } = await q.query<Partition>(
    `select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound,
       c.relrowsecurity as "rowSecurity"
     from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relispartition
     order by c.relname`,
  )
  return rows
}

export async function sequencesOf(q: Queryable): Promise<{ name: string; last: string }[]> {
  const { rows } = await q.query<{ name: string; last: string }>(
    `select sequencename as name, last_value::text as last from pg_sequences
     where schemaname = 'public' and last_value is not null order by sequencename`,
  )
  return rows
}

export async function migrationsOf(
  q: Queryable,
): Promise<{ version: number; name: string; checksum: string }[]> {
  const { rows } = await q.query<{ version: number; name: string; checksum: string }>(
    'select version, name, checksum from schema_migration order by version',
  )
  return rows
}

/** Tables and views in the schema; 0 in a database that was never used. */
export async function relationCount(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')`,
  )
  return rows[0]?.n ?? 0
}

/** Empties the schema: tables, functions and what else the migrations made. */
export async function dropEverything(q: Queryable): Promise<void> {
  await q.query('drop schema public cascade')
  await q.query('create schema public')
}

export async function createPartition(q: Queryable, partition: Partition): Promise<void> {
  const [name, parent] = [quoted(partition.name), quoted(partition.parent)]
  await q.query(`create table ${name} (like ${parent} including all)`)
  if (partition.rowSecurity) await q.query(`alter table ${name} enable row level security`)
  await q.query(`alter table ${parent} attach partition ${name} ${partition.bound}`)
}

export interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** Takes the foreign keys off, so that tables load in any order; `restoreForeignKeys` checks all rows at once. */
export async function dropForeignKeys(q: Queryable): Promise<ForeignKey[]> {
  const { rows } = await q.query<ForeignKey>(
    `select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = 'public'::regnamespace
     order by c.relname, k.conname`,
  )
  for (const key of rows)
    await q.query(`alter table ${quoted(key.table)} drop constraint ${quoted(key.name)}`)
  return rows
}

export async function restoreForeignKeys(q: Queryable, keys: readonly ForeignKey[]): Promise<void> {
  for (const key of keys) {
    await q.query(`alter table ${quoted(key.table)} add constraint ${quoted(key.name)} ${key.definition}`)
  }
}

/** Triggers that guard rows against people are in the way of a restore. */
export async function setTriggers(q: Queryable, tables: readonly string[], enabled: boolean): Promise<void> {
  for (const table of tables) {
    await q.query(`alter table ${quoted(table)} ${enabled ? 'enable' : 'disable'} trigger user`)
  }
}

export async function emptyTables(q: Queryable, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) await q.query(`truncate ${tables.map(quoted).join(', ')}`)
}

export async function setSequence(q: Queryable, name: string, last: string): Promise<void> {
  await q.query('select setval($1::regclass, $2::bigint, true)', [quoted(name), last])
}
